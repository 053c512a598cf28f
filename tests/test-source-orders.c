/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each source in each world of cases/discovery by itself: replies come in every order that is possible, or
 * in many where that would be too many, each time with the records of DNS turned round. What the source
 * found must be the same at the end.
 */
#include "discovery-world.h"

#include <string.h>

/* Orders to try of a source that has more. */
#define ORDERS_MAX 300

typedef struct {
  World           *world;  /* (unowned) */
  const RstSource *source;
  RstSearch        search;
  GArray          *turns;  /* (owned) (element-type guint) which of the open asks is answered next … */
  GArray          *open;   /* (owned) (element-type guint) … of how many there were */
  guint32          seed;   /* 0: in turn; else drawn */
} Orders;

static gint
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
add_texts (GString    *out,
           const char *title,
           GPtrArray  *texts,
           gboolean    sorted)
{
  if (sorted)
    g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "%s %s\n", title, (char *) g_ptr_array_index (texts, i));
}

/* Notes are shown in an order of their own, and asks when they are sent; all else as it is here. */
static char *
describe (RstFindings *findings)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) asks = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (findings->candidates, i);
      g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

      g_string_append_printf (out, "%s %s %s %u\n", url, candidate->username,
                              rst_trust_get_nick (candidate->trust), candidate->rank);
    }
  for (guint i = 0; i < findings->extras->len; i++)
    g_string_append_printf (out, "extra %s\n", ((RstExtra *) g_ptr_array_index (findings->extras, i))->url);
  for (guint i = 0; i < findings->stated->len; i++)
    g_string_append_printf (out, "stated %p\n", g_ptr_array_index (findings->stated, i));
  for (guint i = 0; i < findings->asks->len; i++)
    g_ptr_array_add (asks, rst_ask_describe (g_ptr_array_index (findings->asks, i)));
  add_texts (out, "instruction", findings->instructions, FALSE);
  add_texts (out, "note", findings->notes, TRUE);
  add_texts (out, "ask", asks, TRUE);
  g_string_append_printf (out, "failed %d denied %u unproven %d\n", findings->failed, findings->denied,
                          findings->unproven);
  return g_string_free (out, FALSE);
}

static guint
choose (Orders *self,
        guint   step,
        guint   open)
{
  guint zero = 0;

  if (self->seed != 0)
    {
      self->seed = self->seed * 1664525u + 1013904223u;
      return (self->seed >> 8) % open;
    }
  if (step == self->turns->len)
    {
      g_array_append_val (self->turns, zero);
      g_array_append_val (self->open, open);
    }
  g_assert_cmpuint (g_array_index (self->open, guint, step), ==, open);
  return g_array_index (self->turns, guint, step);
}

static char *
run (Orders *self,
     guint32 records)
{
  g_autoptr (RstFindings) findings = rst_findings_new (self->source->id);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_ask_free);
  guint sent = 0;

  self->source->ask (&self->search, findings);
  for (guint step = 0;; step++)
    {
      g_autoptr (RstAsk) ask = NULL;
      g_autoptr (RstReply) reply = NULL;

      for (; sent < findings->asks->len; sent++)
        g_ptr_array_add (open, rst_ask_copy (g_ptr_array_index (findings->asks, sent)));
      if (open->len == 0)
        return describe (findings);
      ask = g_ptr_array_steal_index (open, choose (self, step, open->len));
      reply = world_reply (self->world, ask, records + step);
      self->source->read (&self->search, reply, findings);
    }
}

/* The next order, like the next number on a counter whose wheels have the sizes that were met. */
static gboolean
advance (Orders *self)
{
  while (self->turns->len > 0)
    {
      guint last = self->turns->len - 1;
      guint *turn = &g_array_index (self->turns, guint, last);

      if (++*turn < g_array_index (self->open, guint, last))
        return TRUE;
      g_array_set_size (self->turns, last);
      g_array_set_size (self->open, last);
    }
  return FALSE;
}

static void
try_orders (World           *world,
            const RstSource *source)
{
  static const char * const none[] = { NULL };
  Orders self = { world, source, { world->address, none, none, "https://v1.ispdb.net/" }, NULL, NULL, 0 };
  g_autofree char *first = NULL;
  gboolean more = TRUE;

  self.turns = g_array_new (FALSE, FALSE, sizeof (guint));
  self.open = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint order = 1; more; order++)
    {
      g_autofree char *got = run (&self, order);

      if (first == NULL)
        first = g_strdup (got);
      g_assert_cmpstr (got, ==, first);
      more = self.seed != 0 ? order < 2 * ORDERS_MAX : advance (&self);
      if (more && order == ORDERS_MAX)
        self.seed = 1;
    }
  g_array_unref (self.turns);
  g_array_unref (self.open);
}

static void
test_world (gconstpointer data)
{
  g_autoptr (World) world = world_load (data);

  for (gsize i = 0; rst_sources[i] != NULL; i++)
    try_orders (world, rst_sources[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "cases", "discovery", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".search"))
      {
        g_autofree char *path = g_strconcat ("/source-orders/", name, NULL);

        g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_world, g_free);
      }
  return g_test_run ();
}
