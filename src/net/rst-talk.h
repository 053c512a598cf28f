/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One conversation with a server: the state that a dialogue works on, and the few verbs it has.
 * Pure: the owner feeds lines and carries out the steps. All limits on what a server may send
 * are kept here, so that they hold without a network too.
 */
#pragma once

#include "rst-dialogue.h"
#include "rst-error.h"
#include "rst-facts.h"
#include "rst-sasl.h"
#include "rst-secret.h"

G_BEGIN_DECLS

/* The longest line that a server may send, its line end included (bytes). */
#define RST_LINE_MAX 8192
/* The longest IMAP literal that is accepted after the sign-in (bytes). */
#define RST_LITERAL_MAX 4096
/* How much of a server's text is shown (characters). */
#define RST_TEXT_MAX 200

struct _RstTalk {
  const RstDialogue *dialogue;
  RstFacts          *facts;        /* (owned) */
  guint              state;
  RstPhase           phase;
  gboolean           secured;      /* TLS with a verified certificate runs */

  char              *username;     /* (owned) (nullable) NULL: do not sign in */
  RstSecret         *password;     /* (owned) (nullable) */
  RstSasl           *sasl;         /* (owned) (nullable) the attempt under way */
  const char        *mechanism;    /* (nullable) by which it is made */
  RstBinding         binding;      /* what ties a sign-in to this TLS connection */

  GString           *out;          /* (owned) what to send */
  gboolean           out_secret;   /* it must be neither traced nor sent in the clear */
  gboolean           after_secret; /* the next line may echo a secret */

  gsize              answer_bytes; /* of the current answer */
  guint              answer_lines;
  guint tag; /* IMAP: number of the last command; SMTP: code of an unfinished reply */
  GString           *unfolded;     /* (owned) a reply that spans lines, so far */
  gsize              literal_left; /* IMAP: bytes of a literal still to come */
  gboolean unfolded_whole; /* IMAP: the text in unfolded is complete, the next line starts anew */
  gboolean           noted;        /* the current answer brought what was asked for */
};

RstTalk    *rst_talk_new            (const RstDialogue *dialogue,
                                     RstFacts          *facts,
                                     const char        *username,
                                     RstSecret         *password);
void        rst_talk_free           (RstTalk           *self);
RstStep     rst_talk_line           (RstTalk           *self,
                                     const char        *bytes,
                                     gsize              length,
                                     gsize              end_length,
                                     GError           **error);
RstStep     rst_talk_secured        (RstTalk           *self,
                                     GError           **error);
void        rst_talk_sent           (RstTalk           *self);
void        rst_talk_end            (RstTalk           *self);

/* For dialogues. */
void        rst_talk_enter          (RstTalk           *self,
                                     guint              state);
RstStep     rst_talk_say            (RstTalk           *self,
                                     guint              state,
                                     const char        *format,
                                     ...) G_GNUC_PRINTF (3, 4);
RstStep     rst_talk_say_secret     (RstTalk           *self,
                                     guint              state,
                                     const char        *prefix,
                                     const char        *secret);
void        rst_talk_add_capability (RstTalk           *self,
                                     const char        *word);
void        rst_talk_add_auth       (RstTalk           *self,
                                     const char        *mechanism);
void        rst_talk_forget         (RstTalk           *self);
void        rst_talk_note           (RstTalk           *self,
                                     const char        *name,
                                     const char        *text);
void        rst_talk_note_number    (RstTalk           *self,
                                     const char        *name,
                                     const char        *digits);
RstStep     rst_talk_fail           (RstTalk           *self,
                                     GError           **error,
                                     RstError           code,
                                     const char        *sentence,
                                     const char        *server_text);
gboolean    rst_talk_cut            (RstTalk           *self);
RstStep     rst_talk_exceed         (RstTalk           *self,
                                     GError           **error);
RstStep     rst_talk_fail_size      (RstTalk           *self,
                                     GError           **error);
RstStep     rst_talk_fail_protocol  (RstTalk           *self,
                                     GError           **error);
const char *rst_phase_describe      (RstPhase           phase);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstTalk, rst_talk_free)

G_END_DECLS
