/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plans: arrangements of methods over a person's devices. One table in rst-plan.c; a plan added
 * there appears in the consequence table, in the advice and in the tests.
 */
#pragma once

#include "rst-answers.h"
#include "rst-device.h"

G_BEGIN_DECLS

typedef enum {
  RST_PLAN_IMAP,
  RST_PLAN_IMAP_ARCHIVE,
  RST_PLAN_POP_DAYS,
  RST_PLAN_POP_REMOVE,
  RST_PLAN_ARCHIVE_PC,
  RST_PLAN_WEB,
} RstPlan;

#define RST_N_PLANS (RST_PLAN_WEB + 1)

/* The adjustable parts of a plan. */
typedef struct {
  guint         leave_days;      /* POP: days that copies stay on the server; 0 removes at once */
  guint         offline_days;    /* IMAP: recent mail kept readable offline; G_MAXUINT all */
  gboolean      archive;         /* one device keeps own copies */
  RstDeviceKind archive_kind;    /* which kind of device that is */
  guint         move_days;       /* archived mail older than this leaves the server; 0 never */
  gboolean      headers_first;   /* IMAP on a small device or slow line: whole letters on demand */
  gboolean      backup;          /* the device needs a backup of its mail */
} RstPlanSettings;

const char *rst_plan_get_nick            (RstPlan                plan);
gboolean    rst_plan_from_nick           (const char            *nick,
                                          RstPlan               *plan);
RstMethod   rst_plan_get_mode            (RstPlan                plan);
double      rst_plan_get_burden          (RstPlan                plan);
guint       rst_plan_get_finality        (RstPlan                plan);
const char *rst_plan_get_headline        (RstPlan                plan);
char       *rst_plan_get_technical       (RstPlan                plan,
                                          const RstPlanSettings *settings);
gboolean    rst_plan_server_can_be_empty (const RstAnswers      *answers);
gboolean    rst_plan_wants_privacy       (const RstAnswers      *answers);
gboolean    rst_plan_is_possible         (RstPlan                plan,
                                          const RstAnswers      *answers);
void        rst_plan_get_settings        (RstPlan                plan,
                                          const RstAnswers      *answers,
                                          RstPlanSettings       *settings);
void        rst_plan_apply               (RstPlan                plan,
                                          const RstPlanSettings *settings,
                                          RstDevice             *device,
                                          gboolean               is_archive);
GPtrArray  *rst_plan_list_devices        (RstPlan                plan,
                                          const RstAnswers      *answers);

G_END_DECLS
