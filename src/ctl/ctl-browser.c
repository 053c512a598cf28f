/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-browser.h"

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "ctl-output.h"
#include "rst-error.h"
#include "rst-oauth.h"

/**
 * ctl_browser_check:
 * @candidate: a server at which one signs in on the provider's page
 * @wanted: --browser was given
 * @error: return location for an error
 *
 * Returns: whether we can sign in there; otherwise %RST_ERROR_NOMECH
 */
gboolean
ctl_browser_check (const RstCandidate  *candidate,
                   gboolean             wanted,
                   GError             **error)
{
  if (!rst_candidate_wants_browser (candidate))
    g_set_error (error, RST_ERROR, RST_ERROR_NOMECH,
                 _("%s takes no password. The mail program opens the provider’s page, on which you sign in; "
                   "this command is not registered there."), candidate->endpoint->host);
  else if (!wanted && !ctl_ask_is_possible ())
    g_set_error (error, RST_ERROR, RST_ERROR_NOMECH,
                 _("%s takes no password: one signs in in the browser, with --browser."),
                 candidate->endpoint->host);
  else
    return TRUE;
  return FALSE;
}

/* With somebody at a terminal on a display the page opens by itself; if it does not, its address is
 * there to be copied. */
static void
open_cb (const char *url,
         gpointer    data)
{
  const char *display = g_getenv ("WAYLAND_DISPLAY");

  if (display == NULL)
    display = g_getenv ("DISPLAY");
  ctl_message (_("Open this address in your browser: %s"), url);
  ctl_message (_("Waiting for the sign-in, for %d minutes at most…"), RST_OAUTH_MINUTES);
  if (display != NULL && *display != '\0' && ctl_ask_is_possible ())
    g_app_info_launch_default_for_uri_async (url, NULL, NULL, NULL, NULL);
}

/**
 * ctl_browser_sign_in:
 * @await: who waits
 * @candidate: a server that ctl_browser_check() allows
 * @username: (nullable): the name to use in place of what @candidate has
 * @trust: (nullable): the authorities to trust
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the access token
 */
RstSecret *
ctl_browser_sign_in (CtlAwait            *await,
                     const RstCandidate  *candidate,
                     const char          *username,
                     GTlsDatabase        *trust,
                     GError             **error)
{
  const char *hint = username != NULL ? username : candidate->username;

  rst_oauth_sign_in_async (candidate->issuer, hint, trust, open_cb, NULL, ctl_await_cancellable (await),
                           ctl_await_cb, await);
  return rst_oauth_sign_in_finish (ctl_await_result (await), error);
}

/**
 * ctl_browser_keep:
 * @candidates: (element-type RstCandidate): servers, the first of which takes a token
 *
 * Leaves only those that take the same token: it is for nobody else.
 */
void
ctl_browser_keep (GPtrArray *candidates)
{
  const RstCandidate *first = candidates->pdata[0];

  for (guint i = candidates->len; i > 1; i--)
    {
      const RstCandidate *candidate = candidates->pdata[i - 1];

      if (!rst_candidate_wants_browser (candidate) || candidate->issuer != first->issuer)
        g_ptr_array_remove_index (candidates, i - 1);
    }
}
