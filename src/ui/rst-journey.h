/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The journey: everything that the pages of the wizard share. Who the person is, what was found, what
 * was answered, advised, approved and chosen. Pages change it through these functions and redraw on
 * “notify”; it never knows a page.
 */
#pragma once

#include "rst-address.h"
#include "rst-advice.h"
#include "rst-discovery.h"
#include "rst-mixing.h"
#include "rst-probe.h"
#include "rst-questions.h"
#include "rst-scan.h"
#include "rst-vault.h"

G_BEGIN_DECLS

/* What the program was started with. */
typedef struct
{
  const char   *provider_dir; /* (nullable) folder with settings files, instead of the usual ones */
  const char   *ca_file;      /* (nullable) file with an authority to trust … */
  GTlsDatabase *trust;        /* (nullable) … and what it holds */
  gboolean      offline;      /* look at files only */
} RstJourneyOptions;

#define RST_TYPE_JOURNEY (rst_journey_get_type ())
G_DECLARE_FINAL_TYPE (RstJourney, rst_journey, RST, JOURNEY, GObject)

RstJourney       *rst_journey_new             (const RstJourneyOptions *options);
void              rst_journey_stop            (RstJourney              *self);

/* The address, and the search for its servers: “notify::address”, “notify::discovery”. */
const RstAddress *rst_journey_get_address     (RstJourney              *self);
void              rst_journey_set_address     (RstJourney              *self,
                                               const RstAddress        *address);
RstDiscovery     *rst_journey_get_discovery   (RstJourney              *self);
gboolean          rst_journey_is_searching    (RstJourney              *self);
void              rst_journey_search_again    (RstJourney              *self);
gboolean          rst_journey_may_ask_openly  (RstJourney              *self);
void              rst_journey_search_openly   (RstJourney              *self);

/* Answers and advice: “notify::advice”. */
const RstAnswers *rst_journey_get_answers     (RstJourney              *self);
void              rst_journey_answer          (RstJourney              *self,
                                               RstKey                   key,
                                               guint                    value);
gboolean          rst_journey_has_answered    (RstJourney              *self,
                                               RstKey                   key);
const RstAdvice  *rst_journey_get_advice      (RstJourney              *self);
void              rst_journey_choose_plan     (RstJourney              *self,
                                               const RstPlan           *plan);
RstMethod         rst_journey_get_mode        (RstJourney              *self);

/* The devices that the person described: “notify::advice”. */
GPtrArray        *rst_journey_get_devices     (RstJourney              *self);
gboolean          rst_journey_has_devices     (RstJourney              *self);
void              rst_journey_add_device      (RstJourney              *self,
                                               guint                    index,
                                               RstDevice               *device);
RstDevice        *rst_journey_take_device     (RstJourney              *self,
                                               guint                    index);
void              rst_journey_describe_device (RstJourney              *self,
                                               guint                    index,
                                               const RstDevice         *as);
GPtrArray        *rst_journey_list_found      (RstJourney              *self);
GPtrArray        *rst_journey_arrange_devices (RstJourney              *self);

/* The servers that will be used: “notify::servers”. */
RstCandidate     *rst_journey_get_incoming    (RstJourney              *self);
RstCandidate     *rst_journey_get_outgoing    (RstJourney              *self);
void              rst_journey_set_servers     (RstJourney              *self,
                                               RstCandidate            *incoming,
                                               RstCandidate            *outgoing);
gboolean          rst_journey_is_approved     (RstJourney              *self,
                                               const char              *host);
void              rst_journey_set_approved    (RstJourney              *self,
                                               const char              *host,
                                               gboolean                 approved);
GTlsDatabase     *rst_journey_get_trust       (RstJourney              *self);

/* Name and password. */
const char       *rst_journey_get_name        (RstJourney              *self);
void              rst_journey_set_name        (RstJourney              *self,
                                               const char              *name);
RstSecret        *rst_journey_get_secret      (RstJourney              *self);
void              rst_journey_set_secret      (RstJourney              *self,
                                               RstSecret               *secret);
gboolean          rst_journey_wants_secret    (RstJourney              *self);
gboolean          rst_journey_wants_browser   (RstJourney              *self);
gboolean          rst_journey_is_checked      (RstJourney              *self);
void              rst_journey_set_checked     (RstJourney              *self,
                                               gboolean                 checked);

/* What the mailbox told when somebody signed in. */
RstFacts         *rst_journey_get_mailbox     (RstJourney              *self);
gboolean          rst_journey_set_mailbox     (RstJourney              *self,
                                               RstFacts                *facts);
GPtrArray        *rst_journey_list_hints      (RstJourney              *self);

/* The programs on this computer: “notify::scan”. */
RstScan          *rst_journey_get_scan        (RstJourney              *self);
void              rst_journey_scan            (RstJourney              *self);
const RstAccount *rst_journey_find_account    (RstJourney              *self,
                                               RstFoundClient          *found);
gboolean          rst_journey_has_program     (RstJourney              *self,
                                               const char              *id);
void              rst_journey_set_program     (RstJourney              *self,
                                               const char              *id,
                                               gboolean                 chosen);
void              rst_journey_set_vault       (RstJourney              *self,
                                               RstVaultState            state);
GPtrArray        *rst_journey_list_devices    (RstJourney              *self);
RstMixingReport  *rst_journey_check_mixing    (RstJourney              *self);
void              rst_journey_settle_mixing   (RstJourney              *self,
                                               const char              *choice,
                                               guint                    days);
GPtrArray        *rst_journey_get_todo        (RstJourney              *self);

/* What POP does with the copies on the server. */
RstLeave          rst_journey_suggest_copies  (RstJourney              *self,
                                               guint                   *days);
char             *rst_journey_explain_copies  (RstJourney              *self);
RstLeave          rst_journey_get_copies      (RstJourney              *self,
                                               guint                   *days);
void              rst_journey_choose_copies   (RstJourney              *self,
                                               RstLeave                 leave,
                                               guint                    days);

/* What will be written, and what was. */
RstAccount       *rst_journey_make_account    (RstJourney              *self);
const char       *rst_journey_get_result      (RstJourney              *self);
void              rst_journey_set_result      (RstJourney              *self,
                                               const char              *id,
                                               GPtrArray               *setups);
GPtrArray        *rst_journey_get_setups      (RstJourney              *self);
gboolean          rst_journey_would_lose      (RstJourney              *self);

G_END_DECLS
