/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world: one mailbox on a server, the devices that read it, and where each letter lives.
 *
 * A letter lies in a folder on the server, on devices, or both. There are four kinds of copy on a
 * device, and they differ in one thing, what makes them go:
 *
 *   own copy      fetched by POP, or sent from here; stays until the device loses it
 *   offline copy  kept by an IMAP program for reading without the server; follows the server, so
 *                 it goes when the server's letter goes
 *   archive       an own archive of an IMAP program; does not follow the server
 *   backup        a copy of own copies and archive, outside the device
 *
 * Every letter and every device's view of it remembers why it is no longer there: which operation,
 * by whom, on which day. There is no clock, no chance and no I/O: a day passes when a script says
 * so. Operations are in rst-world-server.c and rst-world-device.c, observation in rst-world-look.c.
 */
#pragma once

#include "rst-device.h"

G_BEGIN_DECLS

typedef struct _RstWorld RstWorld;

#define RST_ACTOR_SERVER (-1)
#define RST_NO_LETTER (-1)

/* Why a letter is not where it was, or cannot be read. */
typedef enum {
  RST_CAUSE_NONE,
  RST_CAUSE_FETCHED,            /* a POP program took it off the server when it fetched it */
  RST_CAUSE_DAYS_OVER,          /* a POP program took it off the server after its days */
  RST_CAUSE_DELETED,            /* deleted by somebody, for everybody */
  RST_CAUSE_DELETED_HERE,       /* deleted on this device only */
  RST_CAUSE_DELETE_FOLLOWED,    /* deleted on a POP device whose program deletes there too */
  RST_CAUSE_ARCHIVED,           /* moved from the server into a device's archive */
  RST_CAUSE_RETENTION,          /* a program deletes mail of this age by itself */
  RST_CAUSE_EXPIRED,            /* the provider deletes mail of this age */
  RST_CAUSE_SERVER_LOST,        /* the server lost its data */
  RST_CAUSE_SERVER_DOWN,        /* the server does not answer */
  RST_CAUSE_DEVICE_LOST,        /* the device that had it is gone */
  RST_CAUSE_ACCOUNT_REMOVED,    /* removing the account deleted what the program had */
  RST_CAUSE_OFFLINE,            /* the device has no connection */
  RST_CAUSE_NOT_FETCHED,        /* waits on the server for the POP program */
  RST_CAUSE_FOLDER,             /* lies in a folder: POP sees the inbox only */
  RST_CAUSE_SENT_ELSEWHERE,     /* sent from another device, which alone keeps what it sent */
  RST_CAUSE_MAILBOX_FULL,       /* refused by the server, returned to its sender */
  RST_CAUSE_DEVICE_FULL,        /* no space on the device */
} RstCauseKind;

#define RST_N_CAUSES (RST_CAUSE_DEVICE_FULL + 1)

typedef struct {
  RstCauseKind kind;
  int          actor;           /* index of a device, or RST_ACTOR_SERVER */
  int          day;
} RstCause;

typedef enum {
  RST_FOLDER_NONE,              /* not on the server */
  RST_FOLDER_INBOX,
  RST_FOLDER_SENT,
  RST_FOLDER_OTHER,
  RST_FOLDER_TRASH,
} RstFolder;

/* What a person sees of one letter on one device. */
typedef enum {
  RST_SIGHT_VISIBLE,
  RST_SIGHT_ELSEWHERE,          /* not here; somewhere else it is */
  RST_SIGHT_NOT_NOW,            /* cannot be read here for now */
  RST_SIGHT_REFUSED,            /* never got into the mailbox */
  RST_SIGHT_LOST,               /* no copy is left anywhere */
} RstSight;

/* Where the letter lies that is visible. */
typedef enum {
  RST_HOLD_NOTHING,
  RST_HOLD_SERVER,
  RST_HOLD_OWN,
  RST_HOLD_OFFLINE,
  RST_HOLD_ARCHIVE,
} RstHold;

/* One operation, as it is kept for stories. */
typedef enum {
  RST_DEED_START,
  RST_DEED_ARRIVE,
  RST_DEED_REFUSE,
  RST_DEED_RECEIVE,
  RST_DEED_READ,
  RST_DEED_SEND,
  RST_DEED_DELETE,
  RST_DEED_FILE,
  RST_DEED_DAYS,
  RST_DEED_EMPTY_TRASH,
  RST_DEED_EXPIRE,
  RST_DEED_SERVER_DOWN,
  RST_DEED_SERVER_UP,
  RST_DEED_SERVER_LOST,
  RST_DEED_SERVER_MOVED,
  RST_DEED_INTRUDER,
  RST_DEED_DEVICE_LOST,
  RST_DEED_DEVICE_NEW,
  RST_DEED_ACCOUNT_REMOVED,
  RST_DEED_ACCOUNT_ADDED,
  RST_DEED_OFFLINE,
  RST_DEED_ONLINE,
} RstDeed;

typedef struct {
  RstDeed   deed;
  int       actor;              /* index of a device, or RST_ACTOR_SERVER */
  int       letter;             /* the letter it was done to, or RST_NO_LETTER */
  RstWorld *after;              /* the world right after it */
} RstMoment;

/* State */
RstWorld        *rst_world_new                (GPtrArray      *devices);
RstWorld        *rst_world_copy               (const RstWorld *self);
void             rst_world_free               (RstWorld       *self);
int              rst_world_get_day            (const RstWorld *self);
guint            rst_world_get_n_devices      (const RstWorld *self);
const RstDevice *rst_world_get_device         (const RstWorld *self,
                                               guint           device);
guint            rst_world_get_n_letters      (const RstWorld *self);
int              rst_world_get_letter_day     (const RstWorld *self,
                                               guint           letter);
guint            rst_world_get_used           (const RstWorld *self);
gboolean         rst_world_is_server_up       (const RstWorld *self);
gboolean         rst_world_is_present         (const RstWorld *self,
                                               guint           device);
gboolean         rst_world_is_online          (const RstWorld *self,
                                               guint           device);
void             rst_world_set_quota          (RstWorld       *self,
                                               guint           megabytes);
void             rst_world_set_expiry         (RstWorld       *self,
                                               guint           days);
void             rst_world_set_provider_keeps (RstWorld       *self,
                                               gboolean        keeps);
void             rst_world_set_pop_marks_read (RstWorld       *self,
                                               gboolean        marks);
void             rst_world_record             (RstWorld       *self);
GPtrArray       *rst_world_get_moments        (const RstWorld *self);

/* What happens at the server */
int  rst_world_arrive          (RstWorld *self,
                                guint     megabytes);
int  rst_world_arrive_filtered (RstWorld *self,
                                guint     megabytes);
void rst_world_pass_days       (RstWorld *self,
                                guint     days);
void rst_world_server_down     (RstWorld *self);
void rst_world_server_up       (RstWorld *self);
void rst_world_lose_server     (RstWorld *self);
void rst_world_move_server     (RstWorld *self);
void rst_world_break_in        (RstWorld *self);

/* What happens at a device */
void rst_world_receive        (RstWorld *self,
                               guint     device);
void rst_world_receive_all    (RstWorld *self);
void rst_world_read           (RstWorld *self,
                               guint     device,
                               guint     letter);
int  rst_world_send           (RstWorld *self,
                               guint     device,
                               guint     megabytes);
void rst_world_delete         (RstWorld *self,
                               guint     device,
                               guint     letter);
void rst_world_file           (RstWorld *self,
                               guint     device,
                               guint     letter);
void rst_world_unfile         (RstWorld *self,
                               guint     device,
                               guint     letter);
void rst_world_lose_device    (RstWorld *self,
                               guint     device);
void rst_world_steal_device   (RstWorld *self,
                               guint     device);
void rst_world_remove_account (RstWorld *self,
                               guint     device);
void rst_world_add_account    (RstWorld *self,
                               guint     device);
void rst_world_replace_device (RstWorld *self,
                               guint     device);
void rst_world_set_online     (RstWorld *self,
                               guint     device,
                               gboolean  online);

/* Observation */
RstSight  rst_world_look        (const RstWorld *self,
                                 guint           device,
                                 guint           letter,
                                 RstHold        *hold,
                                 RstCause       *cause);
gboolean  rst_world_shows_read  (const RstWorld *self,
                                 guint           device,
                                 guint           letter);
gboolean  rst_world_is_opened   (const RstWorld *self,
                                 guint           letter);
guint     rst_world_count_shown (const RstWorld *self,
                                 guint           device,
                                 guint           letter);
gboolean  rst_world_is_exposed  (const RstWorld *self,
                                 guint           letter);
gboolean  rst_world_is_sent     (const RstWorld *self,
                                 guint           letter);
RstFolder rst_world_get_folder  (const RstWorld *self,
                                 guint           letter,
                                 RstCause       *removed);
RstHold   rst_world_get_hold    (const RstWorld *self,
                                 guint           device,
                                 guint           letter);
gboolean  rst_world_is_lost     (const RstWorld *self,
                                 guint           letter,
                                 RstCause       *cause);
int       rst_world_find_copy   (const RstWorld *self,
                                 guint           letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstWorld, rst_world_free)

G_END_DECLS
