/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-look.h"

#include "rst-facts-mailbox.h"
#include "rst-glances.h"

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * ctl_note_look:
 * @facts: what a probe learnt
 * @username: who signed in, if anybody
 *
 * Remembers what was seen of the mailbox, and adds to @facts what it tells together with the last look.
 */
void
ctl_note_look (RstFacts   *facts,
               const char *username)
{
  g_autoptr (GPtrArray) looks = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_glance_free);
  RstGlance *look = username != NULL ? rst_facts_make_look (facts, username, get_now ()) : NULL;

  if (look == NULL)
    return;
  g_ptr_array_add (looks, look);
  rst_glances_note (looks);
  rst_facts_note_removal (facts, look);
}

/* The one server of a protocol that let us in; %NULL if there are several, which may be several mailboxes. */
static RstFacts *
find_only (GPtrArray   *all,
           RstProtocol  protocol)
{
  RstFacts *found = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      RstFacts *facts = all->pdata[i];

      if (facts->endpoint->protocol != protocol || !facts->signed_in)
        continue;
      if (found != NULL && !g_str_equal (found->endpoint->host, facts->endpoint->host))
        return NULL;
      found = facts;
    }
  return found;
}

/**
 * ctl_compare_inboxes:
 * @all: (element-type RstFacts): what probes with one name and password learnt
 *
 * Adds to the facts whether POP shows what IMAP shows, if both let us in.
 */
void
ctl_compare_inboxes (GPtrArray *all)
{
  RstFacts *imap = find_only (all, RST_PROTOCOL_IMAP);
  RstFacts *pop = find_only (all, RST_PROTOCOL_POP3);

  if (imap != NULL && pop != NULL)
    rst_facts_note_inboxes (imap, pop);
}

static gboolean
find (const RstEndpoint *endpoint,
      const char        *username,
      RstRemoval        *removal)
{
  g_autofree char *mailbox = rst_glance_get_mailbox (endpoint, username);

  return rst_glances_find (mailbox, get_now (), removal);
}

/**
 * ctl_find_removal:
 * @login: where and as whom a program reads
 * @address: (nullable): the address, which is the name to sign in with at many servers
 * @removal: (out): mail that went away
 *
 * Returns: whether earlier looks at this mailbox saw that something takes mail away
 */
gboolean
ctl_find_removal (const RstLogin *login,
                  const char     *address,
                  RstRemoval     *removal)
{
  if (login->endpoint == NULL)
    return FALSE;
  if (login->username != NULL && find (login->endpoint, login->username, removal))
    return TRUE;
  return address != NULL && find (login->endpoint, address, removal);
}

static gboolean
over_cb (gpointer user_data)
{
  g_task_return_boolean (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * ctl_pause:
 * @await: who waits
 * @seconds: for how long
 * @error: return location for an error
 *
 * Returns: whether the time is over; %FALSE if it was interrupted
 */
gboolean
ctl_pause (CtlAwait  *await,
           guint      seconds,
           GError   **error)
{
  GCancellable *cancellable = ctl_await_cancellable (await);
  g_autoptr (GSource) source = g_timeout_source_new_seconds (seconds);
  g_autoptr (GSource) stopped = g_cancellable_source_new (cancellable);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, ctl_await_cb, await);

  g_task_set_source_tag (task, ctl_pause);
  g_source_set_dummy_callback (stopped);
  g_source_add_child_source (source, stopped);
  g_source_set_callback (source, over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, NULL);
  return g_task_propagate_boolean (G_TASK (ctl_await_result (await)), error);
}
