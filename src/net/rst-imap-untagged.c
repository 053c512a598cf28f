/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-imap-untagged.h"

#include "rst-signin.h"

#include <string.h>

#define CAPABILITY_CODE "CAPABILITY "
/* Gmail's, with the address of a page; an address that a server gives is not to be followed. */
#define WEB_ALERT_CODE "WEBALERT"

/* What the server lists after the sign-in replaces what it listed before, but for the ways to sign
 * in: Cyrus goes on to list them, and LOGINDISABLED with them. */
static void
note_capabilities (RstTalk    *talk,
                   const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);
  gboolean before = talk->phase != RST_PHASE_SIGN_IN && !talk->facts->signed_in;
  g_auto (GStrv) auth = g_strdupv (talk->facts->auth);

  rst_talk_forget (talk);
  for (char **word = words; *word != NULL; word++)
    {
      if (!before && g_ascii_strcasecmp (*word, "LOGINDISABLED") == 0)
        continue;
      rst_talk_add_capability (talk, *word);
      if (before && g_ascii_strncasecmp (*word, "AUTH=", 5) == 0)
        rst_talk_add_auth (talk, *word + 5);
    }
  if (!before)
    for (char **name = auth; *name != NULL; name++)
      rst_talk_add_auth (talk, *name);
  talk->noted = TRUE;
}

/**
 * rst_imap_note_code:
 * @talk: a conversation
 * @reply: a reply
 *
 * Notes what the reply's response code says, if it has one.
 */
void
rst_imap_note_code (RstTalk        *talk,
                    const RstReply *reply)
{
  if (reply->code == NULL)
    return;
  if (g_ascii_strncasecmp (reply->code, CAPABILITY_CODE, strlen (CAPABILITY_CODE)) == 0)
    note_capabilities (talk, reply->code + strlen (CAPABILITY_CODE));
  else if (g_ascii_strcasecmp (reply->code, "ALERT") == 0 ||
           g_ascii_strncasecmp (reply->code, WEB_ALERT_CODE, strlen (WEB_ALERT_CODE)) == 0)
    rst_talk_note (talk, "alert", reply->text);
}

/**
 * rst_imap_read_data:
 * @talk: a conversation
 * @reply: an untagged line that may come at any time
 * @error: return location for an error
 *
 * Returns: what to do next
 */
RstStep
rst_imap_read_data (RstTalk         *talk,
                    const RstReply  *reply,
                    GError         **error)
{
  if (g_ascii_strcasecmp (reply->status, "BYE") == 0)
    return rst_signin_turned_away (talk, reply, error);
  if (g_ascii_strcasecmp (reply->status, "PREAUTH") == 0)
    return rst_talk_fail_protocol (talk, error);
  if (g_ascii_strcasecmp (reply->status, "CAPABILITY") == 0)
    note_capabilities (talk, reply->text);
  else if (g_ascii_strcasecmp (reply->status, "OK") == 0 ||
           g_ascii_strcasecmp (reply->status, "NO") == 0)
    rst_imap_note_code (talk, reply);
  return RST_STEP_READ;
}
