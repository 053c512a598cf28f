/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-approve.h"

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "ctl-output.h"

static gboolean
is_named (const char *list,
          const char *host)
{
  g_auto (GStrv) names = g_strsplit_set (list != NULL ? list : "", ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "any") || g_ascii_strcasecmp (names[i], host) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_approved (const CtlApproval  *self,
             const RstCandidate *candidate)
{
  if (is_named (self->list, candidate->endpoint->host))
    return TRUE;
  return self->yes && candidate->trust >= RST_TRUST_DNS;
}

static gboolean
same_host (gconstpointer a,
           gconstpointer b)
{
  return g_str_equal (((const RstCandidate *) a)->endpoint->host, ((const RstCandidate *) b)->endpoint->host);
}

/* One candidate for each host that is not approved yet. */
static GPtrArray *
list_open (const CtlApproval *self,
           GPtrArray         *candidates)
{
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    if (!is_approved (self, candidates->pdata[i]) &&
        !g_ptr_array_find_with_equal_func (open, candidates->pdata[i], same_host, NULL))
      g_ptr_array_add (open, candidates->pdata[i]);
  return open;
}

static char *
describe (const RstCandidate *candidate)
{
  return g_strdup_printf (C_("server", "%s: %s"), candidate->endpoint->host,
                          rst_trust_describe (candidate->trust));
}

static CtlExit
ask (GPtrArray *open)
{
  g_autoptr (GError) error = NULL;

  if (rst_candidate_wants_browser (open->pdata[0]))
    ctl_message (_("What the browser brings back would be used to sign in at:"));
  else
    ctl_message (_("The password would be given to:"));
  for (guint i = 0; i < open->len; i++)
    {
      g_autofree char *line = describe (open->pdata[i]);

      ctl_message ("  %s", line);
    }
  if (ctl_ask_yes (_("Are these the right servers?"), &error))
    return CTL_EXIT_DONE;
  ctl_message (_("Then nothing is sent and nothing is changed."));
  return CTL_EXIT_CANCELLED;
}

/**
 * ctl_approve:
 * @self: what the command line says
 * @candidates: (element-type RstCandidate): the servers that would be given the password
 *
 * Makes sure that the person agrees to every host.
 *
 * Returns: %CTL_EXIT_DONE, or how to end, which has been explained
 */
CtlExit
ctl_approve (const CtlApproval *self,
             GPtrArray         *candidates)
{
  g_autoptr (GPtrArray) open = list_open (self, candidates);
  g_autoptr (GString) hosts = g_string_new (NULL);

  if (open->len == 0)
    return CTL_EXIT_DONE;
  if (ctl_ask_is_possible ())
    return ask (open);
  for (guint i = 0; i < open->len; i++)
    {
      const RstCandidate *candidate = open->pdata[i];
      g_autofree char *line = describe (candidate);

      ctl_message ("%s", line);
      g_string_append_printf (hosts, "%s%s", i > 0 ? "," : "", candidate->endpoint->host);
    }
  ctl_message (_("restantectl: A host may be given the password only if you say so. If you know it, "
                 "add --approve=%s."), hosts->str);
  return CTL_EXIT_UNREACHABLE;
}
