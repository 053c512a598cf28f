/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journey’s part about POP: how long copies stay on the server. */
#include "rst-journey-private.h"

static guint
get_advised_days (RstJourney *self)
{
  const RstAdvice *advice = rst_journey_get_advice (self);
  RstPlanSettings settings;

  if (advice->mode == RST_METHOD_POP)
    return advice->settings.leave_days;
  rst_plan_get_settings (RST_PLAN_POP_DAYS, self->answers, &settings);
  return settings.leave_days;
}

/* None about a server that nobody named but the person. */
static const RstHints *
get_hints (RstJourney *self)
{
  const RstCandidate *found, *used = rst_journey_get_incoming (self);

  if (self->discovery == NULL)
    return NULL;
  found = rst_discovery_get_chosen (self->discovery, RST_PROTOCOL_POP3);
  if (used != NULL && (found == NULL || !g_str_equal (found->endpoint->host, used->endpoint->host)))
    return NULL;
  return rst_discovery_get_hints (self->discovery);
}

/**
 * rst_journey_suggest_copies:
 * @self: a journey
 * @days: (out): for how many days they stay, for %RST_LEAVE_DAYS; else 0
 *
 * Returns: what POP does with the copies if the person does not choose, by the advice and the provider
 */
RstLeave
rst_journey_suggest_copies (RstJourney *self,
                            guint      *days)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), RST_LEAVE_KEEP);

  return rst_hints_suggest_leave (get_hints (self), self->answers, get_advised_days (self), days);
}

/**
 * rst_journey_explain_copies:
 * @self: a journey
 *
 * Returns: (transfer full): why rst_journey_suggest_copies() says what it says
 */
char *
rst_journey_explain_copies (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return rst_hints_explain_leave (get_hints (self), self->answers, get_advised_days (self));
}

/**
 * rst_journey_get_copies:
 * @self: a journey
 * @days: (out): for how many days they stay, for %RST_LEAVE_DAYS; else 0
 *
 * Returns: what POP does with the copies: what was settled with the other devices; else what the person
 *   chose; else what is suggested
 */
RstLeave
rst_journey_get_copies (RstJourney *self,
                        guint      *days)
{
  RstLeave leave;

  g_return_val_if_fail (RST_IS_JOURNEY (self), RST_LEAVE_KEEP);

  leave = rst_journey_suggest_copies (self, days);
  if (self->has_copies)
    {
      leave = self->copies;
      *days = self->copies_days;
    }
  if (self->keep_days == 0)
    return leave;
  *days = self->keep_days;
  return RST_LEAVE_DAYS;
}

/**
 * rst_journey_choose_copies:
 * @self: a journey
 * @leave: what the person wants POP to do with the copies
 * @days: for how many days they stay, for %RST_LEAVE_DAYS; else 0
 *
 * Takes the choice; what was settled with the other devices is open again. Who chooses what is suggested
 * follows the suggestion from then on.
 */
void
rst_journey_choose_copies (RstJourney *self,
                           RstLeave    leave,
                           guint       days)
{
  guint suggested_days;
  RstLeave suggested;

  g_return_if_fail (RST_IS_JOURNEY (self));
  g_return_if_fail (leave == RST_LEAVE_DAYS ? days > 0 && days <= RST_MAX_DAYS : days == 0);

  suggested = rst_journey_suggest_copies (self, &suggested_days);
  self->has_copies = leave != suggested || days != suggested_days;
  self->copies = leave;
  self->copies_days = days;
  rst_journey_settle_mixing (self, NULL, 0);
}
