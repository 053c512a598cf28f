/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop of discovery in worlds of files (cases/discovery): each is searched many times, with
 * everything coming in another order, and must end the same; and it is cancelled at every moment.
 */
#include "discovery-answer.h"
#include "discovery-world.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  RstDiscovery *discovery;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
  WorldRun     *run;         /* (unowned) lives as long as the discovery */
  guint         changes;
  gboolean      ended;
  gboolean      completed;
} Search;

static void
changed_cb (RstDiscovery *discovery,
            gpointer      user_data)
{
  Search *self = user_data;

  g_assert_false (self->ended);
  self->changes++;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Search *self = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_false (self->ended);
  self->ended = TRUE;
  self->completed = rst_discovery_run_finish (RST_DISCOVERY (source), result, &error);
  if (!self->completed)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
search_start (Search  *self,
              World   *world,
              guint32  seed)
{
  const RstDiscoveryOptions options = {
    .sources = (const char * const *) world->sources,
    .probe = !world->no_probe,
    .network = !world->no_network,
    .allow_http = world->allow_http,
  };

  *self = (Search) { 0 };
  self->cancellable = g_cancellable_new ();
  self->discovery = rst_discovery_new (world->address, &options);
  self->run = world_run_new (world, seed);
  rst_discovery_set_outside (self->discovery, world_run_get_outside (self->run));
  g_signal_connect (self->discovery, "changed", G_CALLBACK (changed_cb), self);
  rst_discovery_run_async (self->discovery, self->cancellable, ended_cb, self);
  g_assert_true (rst_discovery_is_running (self->discovery));
}

/* One thing happens at a time, and all that follows from it before the next. */
static void
turn (Search *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (!world_run_step (self->run) && !self->ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
search_end (Search *self)
{
  guint asked;

  while (!self->ended)
    turn (self);
  g_assert_false (rst_discovery_is_running (self->discovery));
  /* What is still out comes in late, and must not matter. */
  asked = world_run_get_asked (self->run, "");
  do
    while (g_main_context_iteration (NULL, FALSE))
      ;
  while (world_run_step (self->run));
  g_assert_cmpuint (world_run_get_asked (self->run, ""), ==, asked);
}

static void
search_clear (Search *self)
{
  g_object_unref (self->cancellable);
  g_assert_finalize_object (self->discovery);
}

static char *
describe_chosen (Search      *self,
                 const char  *protocol)
{
  RstProtocol wanted = RST_PROTOCOL_IMAP;
  const RstCandidate *chosen;
  g_autofree char *url = NULL;

  while (!g_str_equal (rst_protocol_get_nick (wanted), protocol))
    wanted++;
  chosen = rst_discovery_get_chosen (self->discovery, wanted);
  url = chosen != NULL ? rst_endpoint_to_string (chosen->endpoint) : g_strdup ("-");
  return g_strdup_printf ("chosen %s %s %s", protocol, url, chosen != NULL ? chosen->username : "");
}

static const RstSourceReport *
find_report (Search     *self,
             const char *id)
{
  GPtrArray *reports = rst_discovery_get_reports (self->discovery);

  for (guint i = 0; i < reports->len; i++)
    if (g_str_equal (((RstSourceReport *) g_ptr_array_index (reports, i))->id, id))
      return g_ptr_array_index (reports, i);
  g_assert_not_reached ();
}

static gboolean
is_listed (Search     *self,
           const char *url,
           const char *sources)
{
  GPtrArray *candidates = rst_discovery_get_candidates (self->discovery);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *other = rst_endpoint_to_string (candidate->endpoint);
      g_autofree char *ids = g_strjoinv (",", candidate->sources);

      if (g_str_equal (other, url) && g_str_equal (ids, sources))
        return TRUE;
    }
  return FALSE;
}

static const char *
find_trust (Search     *self,
            const char *url)
{
  GPtrArray *candidates = rst_discovery_get_candidates (self->discovery);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *other = rst_endpoint_to_string (candidate->endpoint);

      if (g_str_equal (other, url))
        return rst_trust_get_nick (candidate->trust);
    }
  return NULL;
}

static gboolean
has_extra (Search     *self,
           const char *kind,
           const char *url)
{
  GPtrArray *extras = rst_discovery_get_extras (self->discovery);

  for (guint i = 0; i < extras->len; i++)
    {
      const RstExtra *extra = g_ptr_array_index (extras, i);

      if (g_str_equal (rst_extra_get_nick (extra->kind), kind) && g_str_equal (extra->url, url))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_told (Search     *self,
          const char *id,
          const char *who,
          const char *what)
{
  GPtrArray *list = find_report (self, id)->told;

  for (guint i = 0; i < list->len; i++)
    {
      const RstTold *told = g_ptr_array_index (list, i);

      if (g_str_equal (told->who != NULL ? told->who : "dns", who))
        return g_str_equal (rst_told_get_nick (told->what), what);
    }
  return g_str_equal (what, "nothing");
}

static GPtrArray *
list_hints (Search *self)
{
  return rst_hints_list (rst_discovery_get_hints (self->discovery),
                         rst_discovery_get_address (self->discovery), NULL);
}

static gboolean
has_hint (Search     *self,
          const char *text)
{
  g_autoptr (GPtrArray) hints = list_hints (self);

  return g_ptr_array_find_with_equal_func (hints, text, g_str_equal, NULL);
}

static guint
count_hints (Search *self)
{
  g_autoptr (GPtrArray) hints = list_hints (self);

  return hints->len;
}

static void
check_line (Search     *self,
            const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "chosen"))
    {
      g_autofree char *got = describe_chosen (self, words[1]);

      g_assert_true (g_str_has_prefix (got, line) || (g_test_message ("got %s, not %s", got, line), FALSE));
    }
  else if (g_str_equal (words[0], "source"))
    {
      const RstSourceReport *report = find_report (self, words[1]);

      g_assert_cmpstr (rst_source_outcome_get_nick (report->outcome), ==, words[2]);
    }
  else if (g_str_equal (words[0], "detail"))
    g_assert_cmpstr (find_report (self, words[1])->detail, ==, strstr (line, words[2]));
  else if (g_str_equal (words[0], "listed"))
    g_assert_true (is_listed (self, words[1], words[2]) || (g_test_message ("missing: %s", line), FALSE));
  else if (g_str_equal (words[0], "instruction"))
    g_assert_true (g_ptr_array_find_with_equal_func (rst_discovery_get_instructions (self->discovery),
                                                     line + strlen ("instruction "), g_str_equal, NULL));
  else if (g_str_equal (words[0], "extra"))
    g_assert_true (has_extra (self, words[1], words[2]));
  else if (g_str_equal (words[0], "extras"))
    g_assert_cmpuint (rst_discovery_get_extras (self->discovery)->len, ==, atoi (words[1]));
  else if (g_str_equal (words[0], "told"))
    g_assert_true (has_told (self, words[1], words[2], words[3]));
  else if (g_str_equal (words[0], "trust"))
    g_assert_cmpstr (find_trust (self, words[1]), ==, words[2]);
  else if (g_str_equal (words[0], "unasked"))
    g_assert_cmpuint (world_run_get_asked (self->run, line + strlen ("unasked ")), ==, 0);
  else if (g_str_equal (words[0], "instructions"))
    g_assert_cmpuint (rst_discovery_get_instructions (self->discovery)->len, ==, atoi (words[1]));
  else if (g_str_equal (words[0], "hint"))
    g_assert_true (has_hint (self, line + strlen ("hint ")) || (g_test_message ("no %s", line), FALSE));
  else if (g_str_equal (words[0], "hints"))
    g_assert_cmpuint (count_hints (self), ==, atoi (words[1]));
  else if (g_str_equal (words[0], "within"))
    g_assert_cmpint (rst_discovery_get_elapsed_us (self->discovery) / 1000, <=, atoi (words[1]));
  else
    g_assert_cmpstr (words[0], ==, "orders");
}

static guint
get_orders (World *world)
{
  for (guint i = 0; i < world->expected->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (world->expected, i), "orders "))
      return (guint) atoi ((char *) g_ptr_array_index (world->expected, i) + strlen ("orders "));
  return 60;
}

static void
test_case (gconstpointer data)
{
  g_autoptr (World) world = world_load (data);
  g_autofree char *first = NULL;
  guint orders = get_orders (world);

  for (guint32 seed = 1; seed <= orders; seed++)
    {
      Search search;
      g_autofree char *all = NULL;

      search_start (&search, world, seed);
      search_end (&search);
      g_assert_true (search.completed);
      g_assert_cmpuint (search.changes, >, 0);
      g_assert_cmpuint (world_run_get_most (search.run), <=, 9);
      g_assert_cmpuint (world_run_get_most_on_host (search.run), <=, 2);
      for (guint i = 0; i < world->expected->len; i++)
        check_line (&search, g_ptr_array_index (world->expected, i));
      all = discovery_describe (search.discovery);
      if (first == NULL)
        first = g_strdup (all);
      g_assert_cmpstr (all, ==, first);
      search_clear (&search);
    }
}

/* Cancelled before anything, after one reply, after two, … the search ends at once, says so, and leaves
 * nothing behind. */
static void
test_cancel (gconstpointer data)
{
  g_autoptr (World) world = world_load (data);
  gboolean completed = FALSE;

  for (guint after = 0; !completed; after++)
    {
      Search search;
      gint64 start;

      search_start (&search, world, after + 1);
      while (!search.ended && world_run_get_steps (search.run) < after)
        turn (&search);
      completed = search.ended;
      g_cancellable_cancel (search.cancellable);
      start = g_get_monotonic_time ();
      while (!search.ended)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
      if (!completed)
        g_assert_false (search.completed);
      search_end (&search);
      search_clear (&search);
    }
}

/* Who listens may cancel from within the signal, and even wait there. */
static void
cancel_cb (RstDiscovery *discovery,
           gpointer      user_data)
{
  Search *self = user_data;

  g_cancellable_cancel (self->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_cancel_in_signal (gconstpointer data)
{
  g_autoptr (World) world = world_load (data);
  Search search;

  search_start (&search, world, 1);
  g_signal_connect (search.discovery, "changed", G_CALLBACK (cancel_cb), &search);
  search_end (&search);
  g_assert_false (search.completed);
  search_clear (&search);
}

/* Nothing is asked or probed twice, however many sources lead to it. */
static void
test_once (gconstpointer data)
{
  g_autoptr (World) world = world_load (data);
  Search search;

  search_start (&search, world, 1);
  search_end (&search);
  g_assert_cmpuint (world_run_get_asked (search.run, "imaps://imap.example.org:993"), ==, 1);
  g_assert_cmpuint (world_run_get_asked (search.run, "https://autoconfig."), ==, 1);
  g_assert_cmpuint (world_run_get_asked (search.run, "SRV _imaps"), ==, 1);
  search_clear (&search);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs (text, file);
  fclose (file);
}

static RstDiscovery *
search_disk (const char * const *dirs,
             const char         *mail)
{
  static const char * const sources[] = { "file", NULL };
  const RstDiscoveryOptions options = { .sources = sources, .provider_dirs = dirs };
  g_autoptr (RstAddress) address = rst_address_parse (mail, NULL);
  RstDiscovery *discovery = rst_discovery_new (address, &options);
  Search search = { .discovery = discovery };

  rst_discovery_run_async (discovery, NULL, ended_cb, &search);
  while (!search.ended)
    g_main_context_iteration (NULL, TRUE);
  return discovery;
}

/* The real disk, without network: files, a missing folder, what is no file, too long a file. */
static void
test_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("restante-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.example.xml", NULL);
  g_autofree char *blanks = g_strnfill (RST_REPLY_MAX + 1, ' ');
  const char *dirs[] = { missing, folder, NULL };
  static const struct {
    const char *mail, *outcome, *imap;
  } cases[] = {
    { "taro@good.example", "found", "imap.good.example" },
    { "taro@none.example", "nothing", NULL },
    { "taro@broken.example", "failed", NULL },
    { "taro@long.example", "failed", NULL },
    { "taro@pipe.example", "failed", NULL },
  };

  write_file (folder, "good.example.xml",
              "<clientConfig><emailProvider><incomingServer type=\"imap\">"
              "<hostname>imap.good.example</hostname><port>993</port><socketType>SSL</socketType>"
              "</incomingServer></emailProvider></clientConfig>");
  write_file (folder, "broken.example.xml", "<clientConfig>");
  write_file (folder, "long.example.xml", blanks);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstDiscovery) discovery = search_disk (dirs, cases[i].mail);
      GPtrArray *reports = rst_discovery_get_reports (discovery);
      const RstSourceReport *report = g_ptr_array_index (reports, 0);
      const RstCandidate *chosen = rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP);

      g_assert_cmpstr (report->id, ==, "file");
      g_assert_cmpstr (rst_source_outcome_get_nick (report->outcome), ==, cases[i].outcome);
      g_assert_cmpuint (report->asked->len, ==, 2);
      g_assert_cmpstr (chosen != NULL ? chosen->endpoint->host : NULL, ==, cases[i].imap);
      for (guint k = 1; k < reports->len; k++)
        g_assert_cmpint (((RstSourceReport *) g_ptr_array_index (reports, k))->outcome, ==,
                         RST_SOURCE_SKIPPED);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat (cases[i].mail + strlen ("taro@"), ".xml", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
add_cases (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".search"))
      {
        g_autofree char *case_path = g_strconcat ("/discovery/case/", name, NULL);
        g_autofree char *cancel_path = g_strconcat ("/discovery/cancel/", name, NULL);
        char *path = g_build_filename (folder, name, NULL);

        g_test_add_data_func (case_path, path, test_case);
        g_test_add_data_func_full (cancel_path, path, test_cancel, g_free);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *all = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "cases", "discovery", NULL);
  all = g_build_filename (folder, "everything-agrees.search", NULL);
  add_cases (folder);
  g_test_add_data_func ("/discovery/once", all, test_once);
  g_test_add_data_func ("/discovery/cancel-in-signal", all, test_cancel_in_signal);
  g_test_add_func ("/discovery/disk", test_disk);
  return g_test_run ();
}
