/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-ask.h"

/**
 * rst_ask_new:
 * @kind: what kind of thing to fetch
 * @name: its path, URL or DNS name
 *
 * Returns: (transfer full): a new ask
 */
RstAsk *
rst_ask_new (RstAskKind  kind,
             const char *name)
{
  RstAsk *self = g_new0 (RstAsk, 1);

  self->kind = kind;
  self->name = g_strdup (name);
  return self;
}

/**
 * rst_ask_copy:
 * @self: an ask
 *
 * Returns: (transfer full): a copy
 */
RstAsk *
rst_ask_copy (const RstAsk *self)
{
  RstAsk *copy = rst_ask_new (self->kind, self->name);

  copy->body = g_strdup (self->body);
  copy->stay = self->stay;
  return copy;
}

/**
 * rst_ask_free:
 * @self: (transfer full): an ask
 */
void
rst_ask_free (RstAsk *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

/**
 * rst_ask_is_web:
 * @self: an ask
 *
 * Returns: whether a web server is asked
 */
gboolean
rst_ask_is_web (const RstAsk *self)
{
  return self->kind == RST_ASK_HTTPS || self->kind == RST_ASK_HTTP || self->kind == RST_ASK_POST;
}

/**
 * rst_ask_equal:
 * @a: an ask
 * @b: another one
 *
 * Returns: whether both ask the same thing in the same way
 */
gboolean
rst_ask_equal (const RstAsk *a,
               const RstAsk *b)
{
  return a->kind == b->kind && g_str_equal (a->name, b->name);
}

/**
 * rst_ask_describe:
 * @self: an ask
 *
 * Returns: (transfer full): what is asked, the way an administrator would write it
 */
char *
rst_ask_describe (const RstAsk *self)
{
  switch (self->kind)
    {
    case RST_ASK_FILE:
    case RST_ASK_HTTPS:
    case RST_ASK_HTTP:
      return g_strdup (self->name);
    case RST_ASK_POST:
      return g_strconcat ("POST ", self->name, NULL);
    case RST_ASK_HOST:
      return g_strconcat ("A/AAAA ", self->name, NULL);
    case RST_ASK_ANY_HOST:
      return g_strconcat ("A/AAAA *.", self->name, NULL);
    case RST_ASK_SRV:
      return g_strconcat ("SRV ", self->name, NULL);
    case RST_ASK_MX:
      return g_strconcat ("MX ", self->name, NULL);
    case RST_ASK_TXT:
      return g_strconcat ("TXT ", self->name, NULL);
    }
  g_return_val_if_reached (NULL);
}

static void
srv_free (gpointer data)
{
  RstSrv *self = data;

  g_free (self->target);
  g_free (self);
}

/**
 * rst_reply_new:
 * @ask: what was asked
 *
 * Returns: (transfer full): an empty reply to it
 */
RstReply *
rst_reply_new (const RstAsk *ask)
{
  RstReply *self = g_new0 (RstReply, 1);

  self->ask = rst_ask_copy (ask);
  self->visited = g_ptr_array_new_with_free_func (g_free);
  self->records = g_ptr_array_new_with_free_func (srv_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * rst_reply_copy:
 * @self: a reply
 *
 * Returns: (transfer full): a copy
 */
RstReply *
rst_reply_copy (const RstReply *self)
{
  RstReply *copy = rst_reply_new (self->ask);

  copy->status = self->status;
  copy->detail = g_strdup (self->detail);
  copy->body = self->body != NULL ? g_bytes_ref (self->body) : NULL;
  copy->host = g_strdup (self->host);
  copy->code = self->code;
  for (guint i = 0; i < self->visited->len; i++)
    g_ptr_array_add (copy->visited, g_strdup (g_ptr_array_index (self->visited, i)));
  for (guint i = 0; i < self->records->len; i++)
    {
      const RstSrv *record = g_ptr_array_index (self->records, i);

      rst_reply_add_record (copy, record->priority, record->weight, record->port, record->target);
    }
  for (guint i = 0; i < self->texts->len; i++)
    g_ptr_array_add (copy->texts, g_strdup (g_ptr_array_index (self->texts, i)));
  for (guint i = 0; i < self->addresses->len; i++)
    g_ptr_array_add (copy->addresses, g_object_ref (g_ptr_array_index (self->addresses, i)));
  return copy;
}

/**
 * rst_reply_free:
 * @self: (transfer full): a reply
 */
void
rst_reply_free (RstReply *self)
{
  g_return_if_fail (self != NULL);

  rst_ask_free (self->ask);
  g_free (self->detail);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->host);
  g_ptr_array_unref (self->visited);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}

/**
 * rst_reply_fail:
 * @self: a reply
 * @status: how it ended
 * @detail: (transfer full) (nullable): why, in words
 */
void
rst_reply_fail (RstReply       *self,
                RstReplyStatus  status,
                char           *detail)
{
  self->status = status;
  g_free (self->detail);
  self->detail = detail;
}

/**
 * rst_reply_add_record:
 * @self: a reply to %RST_ASK_SRV or %RST_ASK_MX
 * @priority: lower comes first
 * @weight: share among equal priorities; MX: 0
 * @port: the port; MX: 0
 * @target: the host, `""` or `"."` for “not offered”
 */
void
rst_reply_add_record (RstReply   *self,
                      guint16     priority,
                      guint16     weight,
                      guint16     port,
                      const char *target)
{
  RstSrv *record = g_new0 (RstSrv, 1);

  record->priority = priority;
  record->weight = weight;
  record->port = port;
  record->target = g_strdup (target);
  g_ptr_array_add (self->records, record);
}
