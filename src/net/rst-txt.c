/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-txt.h"

#include <arpa/nameser.h>
#include <glib/gi18n-lib.h>
#include <netdb.h>
#include <resolv.h>

#define TEXTS_MAX 64

/* The strings of one record, joined without anything between. */
static char *
join_strings (const guint8 *data,
              gsize         length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < length; i += 1 + data[i])
    g_string_append_len (text, (const char *) data + i + 1, (gssize) MIN (data[i], length - i - 1));
  return g_utf8_make_valid (text->str, (gssize) text->len);
}

/**
 * rst_txt_parse:
 * @answer: (array length=length): an answer from a name server (RFC 1035 section 4.1)
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the texts in it, made valid UTF-8, or %NULL
 *   if it is not an answer
 */
GPtrArray *
rst_txt_parse (const guint8 *answer,
               gsize         length)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  ns_msg message;
  int count;

  if (ns_initparse (answer, (int) length, &message) < 0)
    return NULL;
  count = ns_msg_count (message, ns_s_an);
  for (int i = 0; i < count && texts->len < TEXTS_MAX; i++)
    {
      ns_rr record;

      if (ns_parserr (&message, ns_s_an, i, &record) < 0)
        return NULL;
      if (ns_rr_type (record) == ns_t_txt)
        g_ptr_array_add (texts, join_strings (ns_rr_rdata (record), ns_rr_rdlen (record)));
    }
  return g_steal_pointer (&texts);
}

static void
look_up (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  g_autofree guint8 *answer = g_malloc (NS_MAXMSG);
  g_autoptr (GPtrArray) texts = NULL;
  struct __res_state state = { 0 };
  int length;
  int problem;

  if (res_ninit (&state) != 0)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL, "%s", _("No name server."));
      return;
    }
  state.retrans = 2;
  state.retry = 1;
  length = res_nquery (&state, task_data, ns_c_in, ns_t_txt, answer, NS_MAXMSG);
  problem = state.res_h_errno;
  res_nclose (&state);
  if (length >= 0)
    texts = rst_txt_parse (answer, MIN ((gsize) length, NS_MAXMSG));
  if (texts != NULL && texts->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&texts), (GDestroyNotify) g_ptr_array_unref);
  else if (texts != NULL || problem == HOST_NOT_FOUND || problem == NO_DATA)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "%s", _("No text."));
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "%s",
                             _("No name server."));
}

/**
 * rst_txt_lookup_async:
 * @name: a DNS name
 * @cancellable: (nullable): to stop waiting
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Looks up the texts of a name.
 */
void
rst_txt_lookup_async (const char          *name,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_txt_lookup_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, look_up);
}

/**
 * rst_txt_lookup_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the texts, at least one, or %NULL with a
 *   %G_RESOLVER_ERROR
 */
GPtrArray *
rst_txt_lookup_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
