/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-case.h"

#include <string.h>

static const char * const languages[] = { "C", NULL };
static const char * const dirs[] = { "/etc/a", "/usr/b", "/usr/c", NULL };

Fixture *
fixture_new_with_database (const char *id,
                           const char *mail,
                           const char *database_url)
{
  Fixture *self = g_new0 (Fixture, 1);

  for (gsize i = 0; rst_sources[i] != NULL; i++)
    if (g_str_equal (rst_sources[i]->id, id))
      self->source = rst_sources[i];
  g_assert_nonnull (self->source);
  self->address = rst_address_parse (mail, NULL);
  self->search = (RstSearch) { self->address, dirs, languages, database_url };
  self->findings = rst_findings_new (id);
  self->source->ask (&self->search, self->findings);
  return self;
}

Fixture *
fixture_new (const char *id,
             const char *mail)
{
  return fixture_new_with_database (id, mail, NULL);
}

void
fixture_free (Fixture *self)
{
  rst_address_free (self->address);
  rst_findings_free (self->findings);
  g_free (self);
}

char *
list_asks (Fixture *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->findings->asks->len; i++)
    {
      g_autofree char *text = rst_ask_describe (g_ptr_array_index (self->findings->asks, i));

      g_string_append_printf (out, "%s\n", text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gint
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const RstCandidate *first = *(const RstCandidate * const *) a;
  const RstCandidate *second = *(const RstCandidate * const *) b;

  return (gint) first->rank - (gint) second->rank;
}

char *
list_candidates (Fixture *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_ptr_array_sort (self->findings->candidates, compare_ranks);
  for (guint i = 0; i < self->findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (self->findings->candidates, i);
      g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

      g_string_append_printf (out, "%s %s\n", url, rst_trust_get_nick (candidate->trust));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

RstReply *
reply_new (RstAskKind      kind,
           const char     *name,
           RstReplyStatus  status)
{
  g_autoptr (RstAsk) ask = rst_ask_new (kind, name);
  RstReply *reply = rst_reply_new (ask);

  reply->status = status;
  return reply;
}

void
read_reply (Fixture  *self,
            RstReply *reply)
{
  self->source->read (&self->search, reply, self->findings);
  rst_reply_free (reply);
}

void
assert_text (char       *got,
             const char *wanted)
{
  g_autofree char *owned = got;

  g_assert_cmpstr (owned, ==, wanted);
}

RstReply *
document_new (RstAskKind  kind,
              const char *name,
              const char *host,
              const char *text)
{
  RstReply *reply = reply_new (kind, name, RST_REPLY_OK);

  reply->body = g_bytes_new (text, strlen (text));
  reply->host = g_strdup (host);
  return reply;
}
