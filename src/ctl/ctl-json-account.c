/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An account of a mail program, as JSON.
 */
#include "ctl-json.h"

static void
add_login (JsonBuilder    *json,
           const char     *name,
           const RstLogin *login)
{
  if (login->endpoint == NULL)
    {
      ctl_json_string (json, name, NULL);
      return;
    }
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  ctl_json_endpoint (json, login->endpoint);
  ctl_json_string (json, "username", login->username);
  json_builder_end_object (json);
}

/**
 * ctl_json_copies:
 * @leave: what POP does with the copies on the server
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
ctl_json_copies (RstLeave leave)
{
  static const char * const leaves[] = {
    [RST_LEAVE_REMOVE] = "remove", [RST_LEAVE_DAYS] = "days", [RST_LEAVE_KEEP] = "keep",
  };

  return leaves[leave];
}

/**
 * ctl_json_account:
 * @self: a builder within an object
 * @account: an account
 *
 * Adds the members of an account.
 */
void
ctl_json_account (JsonBuilder      *self,
                  const RstAccount *account)
{
  gboolean pop = rst_account_is_pop (account);

  ctl_json_string (self, "address", account->address);
  ctl_json_string (self, "name", account->name);
  ctl_json_string (self, "method", account->incoming.endpoint == NULL ? NULL : pop ? "pop" : "imap");
  if (pop)
    {
      ctl_json_string (self, "copies", ctl_json_copies (account->leave));
      if (account->leave == RST_LEAVE_DAYS)
        ctl_json_int (self, "leave_days", account->leave_days);
      ctl_json_bool (self, "deletes_follow", account->delete_along);
    }
  add_login (self, "incoming", &account->incoming);
  add_login (self, "outgoing", &account->outgoing);
}
