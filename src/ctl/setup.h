/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * setup: the whole job, as a row of steps over one state. The row is in verb-setup.c. A step explains
 * on standard error why it cannot go on, and returns how to end.
 */
#pragma once

#include "ctl-await.h"
#include "ctl-options.h"
#include "ctl-password.h"
#include "ctl-search.h"
#include "rst-advice.h"
#include "rst-hints.h"
#include "rst-mixing.h"
#include "rst-scan.h"

G_BEGIN_DECLS

/* “as the plan says” for a number of days. */
#define SETUP_DAYS_UNSET G_MININT
/* Until somebody deletes them. */
#define SETUP_DAYS_KEEP G_MAXINT

typedef struct {
  /* What the command line says. */
  const CtlVerb   *verb;
  CtlOptions       options;
  CtlSearch        search;
  CtlPassword      password;
  RstAnswers       answers;
  char           **clients;     /* (owned) (nullable) --client */
  char           **device_texts; /* (owned) (nullable) --device */
  char            *mode;        /* (owned) (nullable) --mode */
  char            *config;      /* (owned) (nullable) --config */
  char            *approve;     /* (owned) (nullable) --approve */
  char            *user;        /* (owned) (nullable) --user */
  char            *name;        /* (owned) (nullable) --name */
  char            *mixing;      /* (owned) (nullable) --mixing */
  char            *leave_text;  /* (owned) (nullable) --leave-days */
  int              leave_days;
  gboolean         no_secret;
  gboolean         browser;
  gboolean         dry_run;
  gboolean         yes;

  /* What the steps found out. */
  CtlAwait        *await;       /* (owned) */
  RstAddress      *address;     /* (owned) */
  GTlsDatabase    *trust;       /* (owned) (nullable) */
  RstDiscovery    *discovery;   /* (owned) (nullable) NULL: the servers come from a file */
  GPtrArray       *servers;     /* (owned) (element-type RstCandidate) all that was found */
  RstHints         hints;       /* what the provider wishes */
  RstCandidate    *found[RST_N_PROTOCOLS]; /* (unowned) (nullable) the usable one of each */
  RstScan         *scan;        /* (owned) */
  RstAdvice       *advice;      /* (owned) (nullable) NULL: the person chose the method */
  RstMethod        method;      /* IMAP or POP */
  RstAccount      *account;     /* (owned) as the programs will have it */
  GPtrArray       *targets;     /* (owned) (element-type RstFoundClient) programs to set up */
  RstMixingReport *report;      /* (owned) (nullable) */
  GPtrArray       *setups;      /* (owned) (element-type RstSetup) that change something */
  RstSecret       *secret;      /* (owned) (nullable) */
  gboolean         signed_in;
  char            *undo_id;     /* (owned) (nullable) what was written */
  GError          *error;       /* (owned) (nullable) why a step ended the row */
} Setup;

CtlExit       setup_find_servers    (Setup         *self);
CtlExit       setup_look_around     (Setup         *self);
CtlExit       setup_choose_method   (Setup         *self);
CtlExit       setup_choose_programs (Setup         *self);
CtlExit       setup_check_mixing    (Setup         *self);
CtlExit       setup_make_plan       (Setup         *self);
CtlExit       setup_use_browser     (Setup         *self);
CtlExit       setup_get_password    (Setup         *self);
CtlExit       setup_seal_password   (Setup         *self);
CtlExit       setup_review          (Setup         *self);
CtlExit       setup_write           (Setup         *self);

RstCandidate *setup_get_incoming    (Setup         *self);
RstCandidate *setup_get_outgoing    (Setup         *self);
RstCandidate *setup_broken_sender   (const Setup   *self);
gboolean      setup_changes_files   (const Setup   *self);
gboolean      setup_stores_secrets  (const Setup   *self);
char         *setup_list_clients    (void);
GPtrArray    *setup_list_hints      (Setup         *self);
void          setup_make_account    (Setup         *self);
void          setup_print_servers   (Setup         *self);
void          setup_print_json      (Setup         *self,
                                     CtlExit        status);
CtlExit       setup_fail            (Setup         *self,
                                     GError        *error);

G_END_DECLS
