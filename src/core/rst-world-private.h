/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world's state, shared by the files that operate on it and look at it.
 */
#pragma once

#include "rst-world.h"

G_BEGIN_DECLS

/* Days that deleted mail stays in the server's trash. */
#define RST_TRASH_DAYS 30

/* One letter and its place on the server. */
typedef struct {
  int       day;        /* on which it arrived or was sent */
  guint     size;       /* megabytes */
  RstFolder folder;
  guint     uid;        /* what POP and IMAP programs know it by; a move gives it a new one */
  int       trash_day;  /* on which it went to the trash */
  int       sender;     /* the device that sent it, or RST_ACTOR_SERVER if it was received */
  gboolean  read;       /* the server's read mark, which IMAP devices share */
  gboolean  opened;     /* a person has read it, on whatever device */
  gboolean  refused;
  gboolean  exposed;    /* somebody who broke into the server has read it */
  RstCause  removed;    /* why it is not on the server */
  RstCause  lost;       /* why no copy is left anywhere */
} RstLetter;

/* What one device holds of one letter. */
typedef struct {
  guint     copies;     /* own copies; more than one if it was fetched again */
  gboolean  offline;    /* offline copy of an IMAP program */
  gboolean  archived;
  gboolean  backed_up;
  gboolean  seen;       /* has been visible here before */
  gboolean  read;       /* this device's own read mark, which POP does not share */
  gboolean  deleted;    /* deleted here by the person */
  guint     uid;        /* the uid under which a POP program fetched it last; 0 never */
  int       fetched;    /* the day of that */
  RstCause  gone;       /* why it is not here any more */
} RstHolding;

typedef struct {
  gboolean present;
  gboolean online;
} RstDeviceState;

struct _RstWorld {
  int             day;
  guint           next_uid;
  guint           quota;          /* megabytes; 0 is no limit */
  guint           expiry;         /* days after which the provider deletes; 0 never */
  gboolean        server_up;
  gboolean        provider_keeps; /* the provider keeps mail whatever a POP program asks */
  gboolean        pop_marks_read; /* fetching by POP sets the server's read mark */
  GPtrArray      *devices;        /* RstDevice, shared by copies, never changed */
  RstDeviceState *states;         /* one a device */
  GArray         *letters;        /* RstLetter */
  GArray         *holdings;       /* RstHolding, all devices of letter 0, of letter 1, … */
  GPtrArray      *moments;        /* (nullable) RstMoment, if a story is being recorded */
};

static inline RstLetter *
rst_world_letter (const RstWorld *self,
                  guint           letter)
{
  return &g_array_index (self->letters, RstLetter, letter);
}

static inline RstHolding *
rst_world_holding (const RstWorld *self,
                   guint           device,
                   guint           letter)
{
  return &g_array_index (self->holdings, RstHolding, letter * self->devices->len + device);
}

static inline const RstDevice *
rst_world_device (const RstWorld *self,
                  guint           device)
{
  return g_ptr_array_index (self->devices, device);
}

int      rst_world_add_letter  (RstWorld       *self,
                                guint           megabytes,
                                RstFolder       folder,
                                int             sender);
gboolean rst_world_can_reach   (const RstWorld *self,
                                guint           device);
gboolean rst_world_has_copy    (const RstWorld *self,
                                guint           letter);
void     rst_world_take_off    (RstWorld       *self,
                                guint           letter,
                                RstCauseKind    kind,
                                int             actor);
void     rst_world_note_lost   (RstWorld       *self,
                                guint           letter,
                                RstCause        cause);
gboolean rst_world_synchronise (RstWorld       *self,
                                guint           device);
void     rst_world_back_up     (RstWorld       *self,
                                guint           device);
void     rst_world_add_moment  (RstWorld       *self,
                                RstDeed         deed,
                                int             actor,
                                int             letter);

G_END_DECLS
