/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sentence parts of an advice: memory, and the names of outcomes and severities.
 */
#include "rst-reason.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *nick;
  const char *name;
} Name;

static const Name severities[] = {
  [RST_SEVERITY_INFO] = { "info", N_("Good to know") },
  [RST_SEVERITY_CAUTION] = { "caution", N_("Take care") },
  [RST_SEVERITY_WILL_LOSE] = { "will-lose", N_("Mail will be lost") },
};

static const Name outcomes[] = {
  [RST_OUTCOME_KEPT] = { "kept", N_("Kept") },
  [RST_OUTCOME_DIFFERS] = { "differs", N_("Differs") },
  [RST_OUTCOME_DOUBLED] = { "doubled", N_("Twice") },
  [RST_OUTCOME_ELSEWHERE] = { "elsewhere", N_("Not everywhere") },
  [RST_OUTCOME_EXPOSED] = { "exposed", N_("Readable by others") },
  [RST_OUTCOME_NOT_NOW] = { "not-now", N_("Not for now") },
  [RST_OUTCOME_REFUSED] = { "refused", N_("Sent back") },
  [RST_OUTCOME_PARTLY_LOST] = { "partly-lost", N_("Partly lost") },
  [RST_OUTCOME_LOST] = { "lost", N_("Lost") },
};

/**
 * rst_severity_get_nick:
 * @severity: how bad it is
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_severity_get_nick (RstSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity].nick;
}

/**
 * rst_severity_get_name:
 * @severity: how bad it is
 *
 * Returns: (transfer none): a few words, translated
 */
const char *
rst_severity_get_name (RstSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return _(severities[severity].name);
}

/**
 * rst_outcome_get_nick:
 * @outcome: what happens to the mail
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_outcome_get_nick (RstOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcomes), NULL);

  return outcomes[outcome].nick;
}

/**
 * rst_outcome_get_name:
 * @outcome: what happens to the mail
 *
 * Returns: (transfer none): one or two words, translated
 */
const char *
rst_outcome_get_name (RstOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcomes), NULL);

  return _(outcomes[outcome].name);
}

/**
 * rst_sentence_start:
 * @text: words, such as the name of a device
 *
 * Returns: (transfer full): @text as the beginning of a sentence: its first letter is a capital
 */
char *
rst_sentence_start (const char *text)
{
  g_autofree char *first = NULL;
  const char *rest;

  g_return_val_if_fail (text != NULL, NULL);

  if (*text == '\0')
    return g_strdup (text);

  rest = g_utf8_next_char (text);
  first = g_utf8_strup (text, rest - text);
  return g_strconcat (first, rest, NULL);
}

/**
 * rst_reason_free:
 * @self: (transfer full): a reason
 */
void
rst_reason_free (RstReason *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->source);
  g_free (self->help);
  g_free (self);
}

/**
 * rst_what_if_free:
 * @self: (transfer full): a change of one answer
 */
void
rst_what_if_free (RstWhatIf *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

/**
 * rst_consequence_free:
 * @self: (transfer full): a consequence
 */
void
rst_consequence_free (RstConsequence *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->help);
  g_free (self);
}

/**
 * rst_warning_free:
 * @self: (transfer full): a warning
 */
void
rst_warning_free (RstWarning *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->help);
  g_free (self);
}
