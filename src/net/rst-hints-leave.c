/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long POP leaves copies on the server, by the advice and by what the provider suggests. Pure. */
#include "rst-hints.h"

#include "rst-plan.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

/* In days; nothing, and for ever, are at the ends. Nothing stays for longer than the server keeps it. */
static guint
get_wish (const RstHints   *self,
          const RstAnswers *answers)
{
  guint expires = rst_answers_get (answers, RST_KEY_EXPIRES);

  if (self->leave == RST_LEAVE_DAYS)
    return expires > 0 ? MIN (self->leave_days, expires) : self->leave_days;
  return self->leave == RST_LEAVE_KEEP ? G_MAXUINT : 0;
}

/* Who wants an empty server, or has little room there. */
static gboolean
wants_little (const RstAnswers *answers)
{
  return rst_plan_wants_privacy (answers) || rst_answers_get (answers, RST_KEY_QUOTA) == RST_QUOTA_SMALL;
}

/**
 * rst_hints_suggest_leave:
 * @self: (nullable): the hints
 * @answers: answers and facts
 * @advised: for how many days copies should stay on the server by the advice; 0: not at all
 * @days: (out): for how many days they are to stay, for %RST_LEAVE_DAYS; else 0
 *
 * What POP does with the copies as long as the person says nothing else: what is advised, or what the
 * provider suggests if they stay for longer then, so that this never costs anybody mail. Who wants an empty
 * server, or has little room there, is left with the advice.
 *
 * Returns: what becomes of the copies
 */
RstLeave
rst_hints_suggest_leave (const RstHints   *self,
                         const RstAnswers *answers,
                         guint             advised,
                         guint            *days)
{
  *days = advised;
  if (advised == 0)
    return RST_LEAVE_REMOVE;
  if (self == NULL || self->leave_by == NULL || wants_little (answers))
    return RST_LEAVE_DAYS;
  *days = MAX (advised, get_wish (self, answers));
  if (*days < G_MAXUINT)
    return RST_LEAVE_DAYS;
  *days = 0;
  return RST_LEAVE_KEEP;
}

static const char *
explain (const RstHints   *self,
         const RstAnswers *answers,
         guint             advised)
{
  guint wished = get_wish (self, answers);

  if (wished == advised)
    return _("As advised, and as your provider suggests.");
  if (wished < advised)
    return _("As advised. What your provider suggests would delete mail sooner, perhaps before your other "
             "devices have read it.");
  if (advised > 0 && !wants_little (answers))
    return _("As your provider suggests, which is longer than advised.");
  return _("As advised. What your provider suggests would leave more mail on the server than fits your "
           "answers, or the room there.");
}

/**
 * rst_hints_explain_leave:
 * @self: (nullable): the hints
 * @answers: answers and facts
 * @advised: for how many days copies should stay on the server by the advice; 0: not at all
 *
 * Returns: (transfer full): why rst_hints_suggest_leave() says what it says, and who suggests something
 */
char *
rst_hints_explain_leave (const RstHints   *self,
                         const RstAnswers *answers,
                         guint             advised)
{
  const char *text, *who;

  if (self == NULL || self->leave_by == NULL)
    return g_strdup (_("As advised."));
  text = explain (self, answers, advised);
  who = rst_hints_describe_source (self->leave_by);
  return who != NULL ? g_strdup_printf (C_("hint", "%s (%s)"), text, who) : g_strdup (text);
}
