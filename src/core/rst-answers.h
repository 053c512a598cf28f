/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person said about how they read mail, and what is known about the provider.
 *
 * The vocabulary (keys and values) is one table in rst-answers.c; the command line, answer files,
 * the questions and the advice all use it. An answer that is absent means "not sure".
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The first ten keys are questions, the others facts about the provider and this computer. */
typedef enum {
  RST_KEY_DEVICES,
  RST_KEY_PEOPLE,
  RST_KEY_PLACES,
  RST_KEY_SWITCHING,
  RST_KEY_SPACE,
  RST_KEY_OLDMAIL,
  RST_KEY_OUTAGE,
  RST_KEY_SERVERLOSS,
  RST_KEY_CONNECTION,
  RST_KEY_PRIVACY,
  RST_KEY_OFFERS,
  RST_KEY_QUOTA,
  RST_KEY_EXPIRES,
  RST_KEY_EXISTING,
} RstKey;

#define RST_N_QUESTIONS (RST_KEY_PRIVACY + 1)
#define RST_N_KEYS (RST_KEY_EXISTING + 1)

/* The value of a key: 0 is "not sure", the others count in the order of the vocabulary.
 * RST_KEY_EXPIRES alone holds a number of days. */
#define RST_NOT_SURE 0
#define RST_MAX_DAYS 36500

enum { RST_DEVICES_ONE = 1, RST_DEVICES_SEVERAL };
enum { RST_PEOPLE_ME = 1, RST_PEOPLE_OTHERS, RST_PEOPLE_SERVICE };
enum { RST_PLACES_ONE = 1, RST_PLACES_SEVERAL, RST_PLACES_BROWSER };
enum { RST_SWITCHING_OFTEN = 1, RST_SWITCHING_SOMETIMES, RST_SWITCHING_RARELY };
enum { RST_SPACE_LITTLE = 1, RST_SPACE_PLENTY };
enum { RST_OLDMAIL_EVERYTHING = 1, RST_OLDMAIL_YEAR, RST_OLDMAIL_NONE };
enum { RST_OUTAGE_MUST = 1, RST_OUTAGE_NICE, RST_OUTAGE_NO };
enum { RST_SERVERLOSS_DISASTER = 1, RST_SERVERLOSS_SORRY, RST_SERVERLOSS_FINE };
enum { RST_CONNECTION_ALWAYS = 1, RST_CONNECTION_LIMITED };
enum { RST_PRIVACY_EMPTY_SERVER = 1 };
enum { RST_OFFERS_BOTH = 1, RST_OFFERS_IMAP, RST_OFFERS_POP };
enum { RST_QUOTA_SMALL = 1, RST_QUOTA_LARGE };
enum {
  RST_EXISTING_NONE = 1,
  RST_EXISTING_IMAP,
  RST_EXISTING_POP_REMOVE,
  RST_EXISTING_POP_DAYS,
  RST_EXISTING_POP_KEEP,
};

/* Where a value comes from; shown with the reason that rests on it. */
typedef enum {
  RST_EVIDENCE_PERSON,
  RST_EVIDENCE_SERVER,
  RST_EVIDENCE_PROVIDER_LIST,
  RST_EVIDENCE_COMPUTER,
} RstEvidence;

/* A plain value: may be copied by assignment and zeroed for "nothing said". */
typedef struct {
  guint16 values[RST_N_KEYS];
  guint8  evidence[RST_N_KEYS];
} RstAnswers;

#define RST_TYPE_ANSWERS (rst_answers_get_type ())

GType rst_answers_get_type (void) G_GNUC_CONST;

RstAnswers  *rst_answers_new           (void);
RstAnswers  *rst_answers_copy          (const RstAnswers  *self);
void         rst_answers_free          (RstAnswers        *self);
gboolean     rst_answers_equal         (const RstAnswers  *self,
                                        const RstAnswers  *other);
guint        rst_answers_get           (const RstAnswers  *self,
                                        RstKey             key);
void         rst_answers_set           (RstAnswers        *self,
                                        RstKey             key,
                                        guint              value);
RstEvidence  rst_answers_get_evidence  (const RstAnswers  *self,
                                        RstKey             key);
void         rst_answers_set_fact      (RstAnswers        *self,
                                        RstKey             key,
                                        guint              value,
                                        RstEvidence        evidence);
const char  *rst_answers_get_nick      (const RstAnswers  *self,
                                        RstKey             key);
gboolean     rst_answers_set_nick      (RstAnswers        *self,
                                        const char        *key,
                                        const char        *value,
                                        GError           **error);
gboolean     rst_answers_parse         (RstAnswers        *self,
                                        const char        *text,
                                        GError           **error);
gboolean     rst_answers_parse_lines   (RstAnswers        *self,
                                        const char        *text,
                                        GError           **error);
char        *rst_answers_to_string     (const RstAnswers  *self);
char        *rst_answers_to_code       (const RstAnswers  *self);
RstAnswers  *rst_answers_new_from_code (const char        *code,
                                        GError           **error);

const char *rst_key_get_nick       (RstKey       key);
gboolean    rst_key_from_nick      (const char  *nick,
                                    RstKey      *key);
guint       rst_key_get_n_values   (RstKey       key);
const char *rst_key_get_value_nick (RstKey       key,
                                    guint        value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAnswers, rst_answers_free)

G_END_DECLS
