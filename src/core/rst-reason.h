/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of an advice that are sentences: reasons, what-ifs, consequences and warnings.
 */
#pragma once

#include "rst-answers.h"
#include "rst-plan.h"

G_BEGIN_DECLS

typedef enum {
  RST_SEVERITY_INFO,
  RST_SEVERITY_CAUTION,
  RST_SEVERITY_WILL_LOSE,
} RstSeverity;

/* What an event does to the mail, worst last. */
typedef enum {
  RST_OUTCOME_KEPT,         /* everything is where the person expects it */
  RST_OUTCOME_DIFFERS,      /* nothing is missing, but devices show it differently */
  RST_OUTCOME_DOUBLED,      /* everything is there, some of it twice */
  RST_OUTCOME_ELSEWHERE,    /* some mail shows on one device only */
  RST_OUTCOME_EXPOSED,      /* somebody else can read it */
  RST_OUTCOME_NOT_NOW,      /* some mail cannot be read for now, and comes back */
  RST_OUTCOME_REFUSED,      /* new mail goes back to its sender */
  RST_OUTCOME_PARTLY_LOST,  /* some mail is gone for good */
  RST_OUTCOME_LOST,         /* all mail is gone for good */
} RstOutcome;

#define RST_N_OUTCOMES (RST_OUTCOME_LOST + 1)

/* "You said X, so Y". */
typedef struct {
  RstKey  key;
  guint   value;       /* RST_NOT_SURE if not knowing it decided */
  char   *title;       /* "You keep everything" */
  char   *text;        /* "So one computer keeps its own copies." */
  char   *source;      /* (nullable) where a fact was found, as a sentence part */
  char   *help;        /* help topic id */
} RstReason;

typedef struct {
  RstKey     key;
  guint      value;    /* the answer that would change the advice */
  RstMethod  mode;
  RstPlan    plan;
  char      *title;    /* "If you read this mail on two or more devices" */
  char      *text;     /* the headline of the other plan */
} RstWhatIf;

typedef struct {
  const char *event;   /* event id */
  RstPlan     plan;
  RstOutcome  outcome;
  double      weight;  /* how much the event matters for these answers; sorted by it */
  char       *title;   /* "The phone is lost or broken" */
  char       *text;    /* what happens, with its cause */
  char       *help;
} RstConsequence;

typedef struct {
  const char  *id;
  RstSeverity  severity;
  char        *title;
  char        *text;
  char        *help;
} RstWarning;

void        rst_reason_free       (RstReason      *self);
void        rst_what_if_free      (RstWhatIf      *self);
void        rst_consequence_free  (RstConsequence *self);
void        rst_warning_free      (RstWarning     *self);
char       *rst_sentence_start    (const char     *text);
const char *rst_severity_get_nick (RstSeverity     severity);
const char *rst_severity_get_name (RstSeverity     severity);
const char *rst_outcome_get_nick  (RstOutcome      outcome);
const char *rst_outcome_get_name  (RstOutcome      outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReason, rst_reason_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstWhatIf, rst_what_if_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstConsequence, rst_consequence_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstWarning, rst_warning_free)

G_END_DECLS
