/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure that the parts of the journey share; see rst-journey.h. */
#pragma once

#include "rst-journey.h"

G_BEGIN_DECLS

struct _RstJourney
{
  GObject        parent_instance;

  /* Owned References */
  char          *provider_dir;
  char          *ca_file;
  GTlsDatabase  *trust;
  RstAddress    *address;
  RstDiscovery  *discovery;
  GCancellable  *search;
  GCancellable  *scanning;
  RstAnswers    *answers;
  RstAdvice     *advice;     /* made when asked for */
  RstCandidate  *incoming;   /* only if entered by hand */
  RstCandidate  *outgoing;
  GHashTable    *approved;   /* host → TRUE or FALSE */
  char          *name;
  RstSecret     *secret;
  RstScan       *scan;
  GHashTable    *programs;   /* id → TRUE or FALSE */
  char          *result;
  GPtrArray     *setups;
  GPtrArray     *todo;       /* (element-type utf8) what the person has to do elsewhere */
  GPtrArray     *devices;    /* made when asked for */
  RstFacts      *mailbox;    /* what the sign-in told */

  guint          answered;   /* bit mask of keys that were asked and passed */
  gboolean       offline;
  gboolean       allow_http;   /* the person agreed to it, for this address */
  gboolean       has_choice; /* the person chose another plan than the advised one */
  RstPlan        choice;
  gboolean       has_copies; /* the person chose what POP does with copies … */
  RstLeave       copies;
  guint          copies_days; /* … for RST_LEAVE_DAYS */
  guint          keep_days;  /* settled: copies stay on the server for so long; 0: as advised */
  gboolean       mixing_settled;
  gboolean       finished;   /* it was written, and perhaps taken back */
  gboolean       checked;    /* the sign-in has worked */
  RstVaultState  vault;
};

enum {
  PROP_ADDRESS = 1,
  PROP_DISCOVERY,
  PROP_ADVICE,
  PROP_SERVERS,
  PROP_SCAN,
  N_PROPS
};

void rst_journey_notify        (RstJourney *self,
                                guint       prop);
void rst_journey_forget_advice (RstJourney *self);
void rst_journey_gather_facts  (RstJourney *self);

/* The parts of an arrangement. */
void       rst_journey_add_found     (RstJourney *self,
                                      GPtrArray  *devices);
void       rst_journey_add_described (RstJourney *self,
                                      GPtrArray  *devices);
void       rst_journey_add_others    (RstJourney *self,
                                      GPtrArray  *devices);
GPtrArray *rst_journey_list_present  (RstJourney *self);

G_END_DECLS
