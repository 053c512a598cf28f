/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-talk.h"

#include "rst-facts-mailbox.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * rst_talk_new:
 * @dialogue: the protocol
 * @facts: where to note what is learnt
 * @username: (nullable): whom to sign in, or %NULL not to
 * @password: (nullable): the password
 *
 * Starts a conversation; the first line expected is the greeting.
 *
 * Returns: (transfer full): the conversation
 */
RstTalk *
rst_talk_new (const RstDialogue *dialogue,
              RstFacts          *facts,
              const char        *username,
              RstSecret         *password)
{
  RstTalk *self = g_new0 (RstTalk, 1);

  self->dialogue = dialogue;
  self->facts = rst_facts_ref (facts);
  self->out = g_string_new (NULL);
  self->unfolded = g_string_new (NULL);
  self->phase = RST_PHASE_GREETING;
  if (username != NULL && password != NULL)
    {
      self->username = g_strdup (username);
      self->password = rst_secret_ref (password);
    }
  return self;
}

/**
 * rst_talk_free:
 * @self: (transfer full): a conversation
 */
void
rst_talk_free (RstTalk *self)
{
  g_return_if_fail (self != NULL);

  rst_talk_sent (self);
  g_string_free (self->out, TRUE);
  g_string_free (self->unfolded, TRUE);
  g_clear_pointer (&self->sasl, rst_sasl_free);
  g_clear_pointer (&self->password, rst_secret_unref);
  rst_wipe_free (self->binding.exporter);
  rst_wipe_free (self->binding.unique);
  g_free (self->username);
  rst_facts_unref (self->facts);
  g_free (self);
}

/**
 * rst_talk_enter:
 * @self: a conversation
 * @state: the state to go to
 *
 * The only way to change the state.
 */
void
rst_talk_enter (RstTalk *self,
                guint    state)
{
  const RstState *states = self->dialogue->states;

  if (state != self->state)
    g_debug ("%s: %s -> %s", self->facts->endpoint->host, states[self->state].name,
             states[state].name);
  self->state = state;
  self->phase = states[state].phase;
}

static void
start_answer (RstTalk *self)
{
  self->answer_bytes = 0;
  self->answer_lines = 0;
  self->noted = FALSE;
}

/**
 * rst_talk_say:
 * @self: a conversation
 * @state: the state in which the answer is read
 * @format: the line to send, without its end
 * @...: arguments
 *
 * Prepares a line that is not secret.
 *
 * Returns: %RST_STEP_SEND
 */
RstStep
rst_talk_say (RstTalk    *self,
              guint       state,
              const char *format,
              ...)
{
  va_list args;

  rst_talk_sent (self);
  va_start (args, format);
  g_string_vprintf (self->out, format, args);
  va_end (args);
  g_debug ("%s: C: %s", self->facts->endpoint->host, self->out->str);
  g_string_append (self->out, "\r\n");
  start_answer (self);
  rst_talk_enter (self, state);
  return RST_STEP_SEND;
}

/**
 * rst_talk_say_secret:
 * @self: a conversation
 * @state: the state in which the answer is read
 * @prefix: the part of the line that is not secret
 * @secret: the part that is; the caller wipes its own copy
 *
 * Prepares a line that is never traced, only sent inside TLS, and wiped when it has been sent.
 *
 * Returns: %RST_STEP_SEND
 */
RstStep
rst_talk_say_secret (RstTalk    *self,
                     guint       state,
                     const char *prefix,
                     const char *secret)
{
  rst_talk_sent (self);
  g_string_free (self->out, TRUE);
  /* Of its final size from the start: a string that grows leaves copies behind. */
  self->out = g_string_sized_new (strlen (prefix) + strlen (secret) + 3);
  g_string_append (self->out, prefix);
  g_string_append (self->out, secret);
  g_string_append (self->out, "\r\n");
  self->out_secret = TRUE;
  g_debug ("%s: C: %s(secret)", self->facts->endpoint->host, prefix);
  start_answer (self);
  rst_talk_enter (self, state);
  return RST_STEP_SEND;
}

/**
 * rst_talk_sent:
 * @self: a conversation
 *
 * What was prepared has been sent; it is wiped.
 */
void
rst_talk_sent (RstTalk *self)
{
  self->after_secret = self->out_secret;
  self->out_secret = FALSE;
  rst_wipe (self->out->str, self->out->len);
  g_string_truncate (self->out, 0);
}

/* What can be cut may have as many lines as fit into its bytes. */
static gboolean
within_limits (RstTalk *self,
               gsize    length)
{
  gboolean any_lines = self->dialogue->states[self->state].cut != NULL;

  self->answer_bytes += length;
  self->answer_lines++;
  return length <= RST_LINE_MAX && self->answer_bytes <= self->dialogue->max_answer &&
         (any_lines || self->answer_lines <= self->dialogue->max_lines);
}

static void
trace_line (RstTalk    *self,
            const char *line)
{
  g_autofree char *clean = NULL;

  if (self->after_secret || rst_sasl_gives_away (line, self->username, self->password))
    {
      g_debug ("%s: S: (%" G_GSIZE_FORMAT " bytes after a secret)", self->facts->endpoint->host,
               strlen (line));
      return;
    }
  clean = rst_text_clean (line, -1, RST_TEXT_MAX);
  g_debug ("%s: S: %s", self->facts->endpoint->host, clean);
}

/**
 * rst_talk_line:
 * @self: a conversation
 * @bytes: a line without its end, not terminated
 * @length: its length in bytes
 * @end_length: the length of its end: 1 or 2, or more if there were several carriage returns
 * @error: return location for an error
 *
 * Reads one line.
 *
 * Returns: what to do next
 */
RstStep
rst_talk_line (RstTalk     *self,
               const char  *bytes,
               gsize        length,
               gsize        end_length,
               GError     **error)
{
  g_autofree char *line = NULL;
  RstReply reply = { .status = "", .text = "" };

  if (!within_limits (self, length + end_length))
    return rst_talk_exceed (self, error);
  if (memchr (bytes, '\0', length) != NULL)
    return rst_talk_fail_protocol (self, error);
  line = g_strndup (bytes, length);
  trace_line (self, line);
  if (!self->dialogue->parse (self, line, end_length, &reply, error))
    return RST_STEP_FAIL;
  if (reply.kind == RST_REPLY_PARTIAL)
    return RST_STEP_READ;
  if (reply.kind == RST_REPLY_END)
    self->after_secret = FALSE;
  return self->dialogue->states[self->state].read (self, &reply, error);
}

/**
 * rst_talk_secured:
 * @self: a conversation that returned %RST_STEP_SECURE, or that begins inside TLS
 * @error: return location for an error
 *
 * TLS with a verified certificate now runs on the connection. Whatever was heard before is
 * forgotten (RFC 9051 section 6.2.1, RFC 2595 section 4, RFC 3207 section 4.2), but for what is only shown.
 *
 * Returns: what to do next
 */
RstStep
rst_talk_secured (RstTalk  *self,
                  GError  **error)
{
  self->facts->clear_greeting = g_steal_pointer (&self->facts->greeting);
  g_string_truncate (self->unfolded, 0);
  self->literal_left = 0;
  self->unfolded_whole = FALSE;
  self->secured = TRUE;
  rst_talk_forget (self);
  start_answer (self);
  if (self->facts->endpoint->security == RST_SECURITY_STARTTLS)
    return self->dialogue->secured (self, error);
  self->phase = RST_PHASE_GREETING;
  return RST_STEP_READ;
}

static gboolean
has_other_letters (const char *username)
{
  gsize length = strcspn (username, "@");

  for (gsize i = 0; i < length; i++)
    if ((username[i] & 0x80) != 0)
      return TRUE;
  return FALSE;
}

/**
 * rst_talk_end:
 * @self: a conversation that is over
 *
 * What was told in the clear is worth nothing.
 */
void
rst_talk_end (RstTalk *self)
{
  if (!self->facts->signed_in)
    {
      g_strfreev (self->facts->told[RST_STAGE_SIGNED_IN]);
      self->facts->told[RST_STAGE_SIGNED_IN] = g_new0 (char *, 1);
    }
  else if (has_other_letters (self->username))
    rst_talk_note (self, "utf8-address", rst_facts_takes_utf8 (self->facts) ? "yes" : "no");
  if (self->secured)
    return;
  rst_talk_forget (self);
  g_clear_pointer (&self->facts->greeting, g_free);
}

/**
 * rst_talk_fail:
 * @self: a conversation
 * @error: return location for an error
 * @code: the kind of trouble
 * @sentence: what happened, translated
 * @server_text: (nullable): what the server said about it
 *
 * Sets the error. The server's words are added only if they came over a verified connection
 * (anybody could have put them there otherwise) and do not repeat the password.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_talk_fail (RstTalk     *self,
               GError     **error,
               RstError     code,
               const char  *sentence,
               const char  *server_text)
{
  g_autofree char *clean = NULL;

  if (server_text != NULL && self->secured)
    clean = rst_text_clean (server_text, -1, RST_TEXT_MAX);
  if (clean != NULL && (rst_sasl_gives_away (server_text, self->username, self->password) ||
                        rst_sasl_gives_away (clean, self->username, self->password)))
    g_clear_pointer (&clean, g_free);
  if (clean == NULL || *clean == '\0')
    g_set_error_literal (error, RST_ERROR, code, sentence);
  else
    /* Translators: the first part is a sentence, the second the untranslated words of a mail
     * server. */
    g_set_error (error, RST_ERROR, code, _("%s The server said: “%s”"), sentence, clean);
  return RST_STEP_FAIL;
}

/**
 * rst_talk_cut:
 * @self: a conversation whose answer has no end, in size or in time
 *
 * Does without the rest of the answer, if the state allows that.
 *
 * Returns: whether the conversation has ended well; it has failed otherwise
 */
gboolean
rst_talk_cut (RstTalk *self)
{
  const RstState *state = &self->dialogue->states[self->state];

  if (state->cut != NULL)
    state->cut (self);
  return state->cut != NULL;
}

/**
 * rst_talk_exceed:
 * @self: a conversation in which the server sends more than a line or an answer may have
 * @error: return location for an error
 *
 * Returns: %RST_STEP_DONE if the rest can be done without, or %RST_STEP_FAIL
 */
RstStep
rst_talk_exceed (RstTalk  *self,
                 GError  **error)
{
  return rst_talk_cut (self) ? RST_STEP_DONE : rst_talk_fail_size (self, error);
}

/**
 * rst_talk_fail_size:
 * @self: a conversation
 * @error: return location for an error
 *
 * Sets the error for an answer without end.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_talk_fail_size (RstTalk  *self,
                    GError  **error)
{
  return rst_talk_fail (self, error, RST_ERROR_PROTO,
                        _("The server sends far more than an answer can be."), NULL);
}

/**
 * rst_talk_fail_protocol:
 * @self: a conversation
 * @error: return location for an error
 *
 * Sets the error for an answer that makes no sense in this protocol.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_talk_fail_protocol (RstTalk  *self,
                        GError  **error)
{
  g_autofree char *sentence = NULL;

  if (self->phase == RST_PHASE_GREETING)
    sentence = g_strdup_printf (_("What answers there is not a server for %s."),
                                rst_protocol_get_title (self->dialogue->protocol));
  else
    sentence = g_strdup_printf (_("The server gave an answer that makes no sense (%s)."),
                                rst_phase_describe (self->phase));
  return rst_talk_fail (self, error, RST_ERROR_PROTO, sentence, NULL);
}

/**
 * rst_phase_describe:
 * @phase: a phase
 *
 * Returns: (transfer none): what goes on in it, translated, to stand in brackets or after a dash
 */
const char *
rst_phase_describe (RstPhase phase)
{
  static const char * const texts[RST_N_PHASES] = {
    [RST_PHASE_CONNECT] = N_("while connecting"),
    [RST_PHASE_HANDSHAKE] = N_("while setting up encryption"),
    [RST_PHASE_GREETING] = N_("while waiting for its greeting"),
    [RST_PHASE_CAPABILITIES] = N_("while asking what it can do"),
    [RST_PHASE_STARTTLS] = N_("while asking for encryption"),
    [RST_PHASE_SIGN_IN] = N_("while signing in"),
    [RST_PHASE_MAILBOX] = N_("while asking about the mailbox"),
    [RST_PHASE_GOODBYE] = N_("while taking leave"),
  };

  g_return_val_if_fail (phase < RST_N_PHASES, NULL);
  return _(texts[phase]);
}
