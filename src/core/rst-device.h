/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One device (or program, or collecting service) that reads a mailbox, described.
 *
 * The same description is used for a real arrangement (said by the person, or found on this
 * computer) and for the arrangement that a plan proposes.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  RST_DEVICE_COMPUTER,
  RST_DEVICE_LAPTOP,
  RST_DEVICE_PHONE,
  RST_DEVICE_TABLET,
  RST_DEVICE_BROWSER,
  RST_DEVICE_SERVICE,
} RstDeviceKind;

#define RST_N_DEVICE_KINDS (RST_DEVICE_SERVICE + 1)

/* How a device reads. UNKNOWN: it reads, nobody knows how. NONE: not set up yet. */
typedef enum {
  RST_METHOD_UNKNOWN,
  RST_METHOD_NONE,
  RST_METHOD_IMAP,
  RST_METHOD_POP,
  RST_METHOD_WEB,
} RstMethod;

/* What a POP program does with the mail on the server after fetching it. */
typedef enum {
  RST_COPIES_UNKNOWN,
  RST_COPIES_REMOVE,
  RST_COPIES_DAYS,
  RST_COPIES_KEEP,
} RstCopies;

/* A plain description. `program` and `account` identify a mail program here, if known: two
 * descriptions with the same `program` are the same account set up twice in one program. */
typedef struct {
  char          *name;             /* (nullable) as the person calls it; NULL: program or kind */
  char          *program;          /* (nullable): "Thunderbird" */
  RstDeviceKind  kind;
  RstMethod      method;
  RstCopies      copies;           /* POP only */
  guint          days;             /* with RST_COPIES_DAYS: days that copies stay on the server */
  guint          offline_days;     /* IMAP: recent mail readable offline; G_MAXUINT all, 0 none */
  guint          person;           /* 0 is the person asking, others count up */
  guint          rests_days;       /* longest time that the device is not switched on */
  guint          retention_days;   /* the program itself deletes mail older than this; 0 never */
  guint          move_days;        /* archive: older mail leaves the server; 0 never */
  guint          space;            /* megabytes for own copies; 0 is plenty */
  gboolean       deletes_follow;   /* POP: deleting here also deletes on the server */
  gboolean       archive;          /* keeps own copies that do not follow the server */
  gboolean       backup;           /* what lies on this device is backed up elsewhere */
  gboolean       is_here;          /* this computer */
} RstDevice;

#define RST_TYPE_DEVICE (rst_device_get_type ())

GType rst_device_get_type (void) G_GNUC_CONST;

RstDevice  *rst_device_new       (const char       *name,
                                  RstDeviceKind     kind,
                                  RstMethod         method);
RstDevice  *rst_device_new_pop   (const char       *name,
                                  RstDeviceKind     kind,
                                  RstCopies         copies,
                                  guint             days);
RstDevice  *rst_device_copy      (const RstDevice  *self);
void        rst_device_free      (RstDevice        *self);
RstDevice  *rst_device_parse     (const char       *text,
                                  GError          **error);
char       *rst_device_to_string (const RstDevice  *self);
const char *rst_device_get_name  (const RstDevice  *self);
const char *rst_device_refer     (const RstDevice  *self);
char       *rst_device_describe  (const RstDevice  *self);

const char *rst_device_kind_get_nick  (RstDeviceKind  kind);
gboolean    rst_device_kind_from_nick (const char    *nick,
                                       RstDeviceKind *kind);
const char *rst_device_kind_get_name  (RstDeviceKind  kind);
const char *rst_method_get_nick       (RstMethod      method);
const char *rst_method_get_name       (RstMethod      method);
const char *rst_copies_get_nick       (RstCopies      copies);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDevice, rst_device_free)

G_END_DECLS
