/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discovery-world.h"

#include "rst-error.h"

#include <string.h>

/* The outside that discovery is given. It belongs to the discovery, which frees it. */
struct _WorldRun {
  RstOutside outside;
  World     *world;   /* (unowned) */
  guint32    seed;
  GPtrArray *pending; /* (owned) (element-type Pending) what has been asked and not answered */
  GPtrArray *asked;   /* (owned) (element-type utf8) everything that has been asked or probed */
  guint      steps;
  guint      probing; /* probes that run now … */
  guint      most;    /* … and the most at once … */
  guint      on_host; /* … of them on one host */
};

typedef struct {
  GTask        *task;        /* (owned) */
  RstAsk       *ask;         /* (owned) (nullable) */
  RstEndpoint  *endpoint;    /* (owned) (nullable) a probe */
  GCancellable *cancellable; /* (owned) */
  gboolean      never;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_object_unref (self->task);
  g_clear_pointer (&self->ask, rst_ask_free);
  g_clear_pointer (&self->endpoint, rst_endpoint_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static char *
describe (const Pending *pending)
{
  return pending->ask != NULL ? rst_ask_describe (pending->ask) : rst_endpoint_to_string (pending->endpoint);
}

static gboolean
is_url (const char        *word,
        const RstEndpoint *endpoint)
{
  g_autoptr (RstEndpoint) other = rst_endpoint_parse (word, NULL);

  return other != NULL && rst_endpoint_equal (other, endpoint);
}

/* The rest of the first line that starts with @verb and is about this, split into words. */
static char **
find_line (World         *world,
           const char    *verb,
           const Pending *pending)
{
  g_autofree char *about = describe (pending);

  for (guint i = 0; i < world->facts->len; i++)
    {
      const char *line = g_ptr_array_index (world->facts, i);
      g_auto (GStrv) words = g_strsplit (line, " ", -1);

      if (!g_str_equal (words[0], verb) || words[1] == NULL)
        continue;
      if (pending->endpoint != NULL ? is_url (words[1], pending->endpoint)
                                    : g_str_equal (line + strlen (verb) + 1, about) ||
                                        g_str_equal (words[1], pending->ask->name))
        return g_steal_pointer (&words);
    }
  return NULL;
}

static void
fill_document (World    *world,
               RstReply *reply,
               char    **words)
{
  gboolean moved = g_str_equal (words[2], "from");
  g_autofree char *led_to = moved ? g_strdup_printf ("https://%s/", words[3]) : NULL;
  g_autofree char *path = g_build_filename (world->folder, words[moved ? 4 : 2], NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GUri) uri = g_uri_parse (reply->ask->name, G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (file);
  reply->body = g_mapped_file_get_bytes (file);
  if (led_to != NULL)
    g_ptr_array_add (reply->visited, g_steal_pointer (&led_to));
  reply->host = g_strdup (moved ? words[3] : g_uri_get_host (uri));
}

static void
fill_records (World    *world,
              RstReply *reply)
{
  for (guint i = 0; i < world->facts->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (world->facts, i), " ", -1);

      if (g_str_equal (words[0], "srv") && g_str_equal (words[1], reply->ask->name))
        rst_reply_add_record (reply, (guint16) atoi (words[2]), (guint16) atoi (words[3]),
                              (guint16) atoi (words[4]), words[5]);
      else if (g_str_equal (words[0], "mx") && g_str_equal (words[1], reply->ask->name))
        rst_reply_add_record (reply, (guint16) atoi (words[2]), 0, 0, words[3]);
      else if (g_str_equal (words[0], "txt") && g_str_equal (words[1], reply->ask->name))
        g_ptr_array_add (reply->texts, g_strjoinv (" ", words + 2));
    }
}

static RstReply *
make_reply (World         *world,
            const Pending *pending)
{
  static const char * const verbs[] = {
    [RST_ASK_FILE] = "file", [RST_ASK_HTTPS] = "https", [RST_ASK_POST] = "post", [RST_ASK_HOST] = "host",
    [RST_ASK_SRV] = "srv",   [RST_ASK_MX] = "mx",       [RST_ASK_TXT] = "txt",
    [RST_ASK_ANY_HOST] = "every-host", [RST_ASK_HTTP] = "http",
  };
  RstReply *reply = rst_reply_new (pending->ask);
  g_auto (GStrv) failing = find_line (world, "fail", pending);
  g_auto (GStrv) words = find_line (world, verbs[pending->ask->kind], pending);

  if (rst_ask_is_web (pending->ask))
    g_ptr_array_add (reply->visited, g_strdup (pending->ask->name));
  if (failing != NULL || g_cancellable_is_cancelled (pending->cancellable))
    rst_reply_fail (reply, RST_REPLY_FAILED, g_strdup ("It failed."));
  else if (words == NULL)
    rst_reply_fail (reply, RST_REPLY_NOTHING, g_strdup ("There is nothing."));
  else if (pending->ask->kind == RST_ASK_HTTPS || pending->ask->kind == RST_ASK_HTTP ||
           pending->ask->kind == RST_ASK_POST)
    fill_document (world, reply, words);
  else
    fill_records (world, reply);
  return reply;
}

static RstFacts *
make_facts (World         *world,
            const Pending *pending)
{
  g_auto (GStrv) good = find_line (world, "good", pending);
  g_auto (GStrv) cert = find_line (world, "cert", pending);
  g_auto (GStrv) silent = find_line (world, "silent", pending);
  RstFacts *facts = rst_facts_new (pending->endpoint);

  facts->reachable = good != NULL || cert != NULL;
  facts->secured = facts->reachable;
  facts->tls.verified = good != NULL;
  if (good == NULL || g_cancellable_is_cancelled (pending->cancellable))
    facts->error =
      g_error_new_literal (RST_ERROR, cert != NULL ? RST_ERROR_CERT : RST_ERROR_NET, "It failed.");
  if (silent != NULL)
    {
      g_clear_error (&facts->error);
      facts->error =
        g_error_new (RST_ERROR, RST_ERROR_NET, "%s keeps silent.", pending->endpoint->host);
      rst_error_set_cause (facts->error, RST_TROUBLE_SILENT);
    }
  if (good != NULL)
    {
      g_strfreev (facts->auth);
      facts->auth = g_strdupv (good + 2);
    }
  return facts;
}

static void
add_pending (WorldRun     *self,
             Pending      *pending,
             GCancellable *cancellable)
{
  g_auto (GStrv) never = find_line (self->world, pending->endpoint != NULL ? "hang" : "never", pending);

  g_set_object (&pending->cancellable, cancellable);
  pending->never = never != NULL;
  g_ptr_array_add (self->asked, describe (pending));
  g_ptr_array_add (self->pending, pending);
}

static void
world_ask_async (RstOutside          *outside,
                 const RstAsk        *ask,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (pending->task, world_ask_async);
  pending->ask = rst_ask_copy (ask);
  add_pending ((WorldRun *) outside, pending, cancellable);
}

static RstReply *
world_ask_finish (RstOutside   *outside,
                  GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
world_probe_async (RstOutside          *outside,
                   const RstEndpoint   *endpoint,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  WorldRun *self = (WorldRun *) outside;
  Pending *pending = g_new0 (Pending, 1);
  guint same = 0;

  g_assert_cmpint (endpoint->security, !=, RST_SECURITY_NONE);
  pending->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (pending->task, world_probe_async);
  pending->endpoint = rst_endpoint_copy (endpoint);
  add_pending (self, pending, cancellable);
  self->probing++;
  self->most = MAX (self->most, self->probing);
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *other = g_ptr_array_index (self->pending, i);

      same += other->endpoint != NULL && g_str_equal (other->endpoint->host, endpoint->host);
    }
  self->on_host = MAX (self->on_host, same);
}

static RstFacts *
world_probe_finish (RstOutside   *outside,
                    GAsyncResult *result)
{
  ((WorldRun *) outside)->probing--;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
world_free_run (RstOutside *outside)
{
  WorldRun *self = (WorldRun *) outside;

  g_assert_cmpuint (self->pending->len, ==, 0);
  g_ptr_array_unref (self->pending);
  g_ptr_array_unref (self->asked);
  g_free (self);
}

/* The next number of a fixed sequence, so that a failure comes back. */
static guint
draw (guint32 *seed,
      guint    below)
{
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) % below;
}

/* Picks one of those that can be answered. */
static gint
pick (WorldRun *self)
{
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (self->pending, i);

      if (!pending->never || g_cancellable_is_cancelled (pending->cancellable))
        g_array_append_val (ready, i);
    }
  if (ready->len == 0)
    return -1;
  return (gint) g_array_index (ready, guint, draw (&self->seed, ready->len));
}

static void
shuffle (GPtrArray *array,
         guint32   *seed)
{
  for (guint n = array->len; n > 1; n--)
    {
      guint other = draw (seed, n);
      gpointer last = array->pdata[n - 1];

      array->pdata[n - 1] = array->pdata[other];
      array->pdata[other] = last;
    }
}

/* Name servers turn the order of records round. */
static RstReply *
make_shuffled_reply (World         *world,
                     const Pending *pending,
                     guint32       *seed)
{
  RstReply *reply = make_reply (world, pending);

  shuffle (reply->records, seed);
  shuffle (reply->texts, seed);
  return reply;
}

/**
 * world_reply:
 * @self: a world
 * @ask: what is asked
 * @seed: of the order of records
 *
 * Returns: (transfer full): what comes back
 */
RstReply *
world_reply (World        *self,
             const RstAsk *ask,
             guint32       seed)
{
  const Pending pending = { .ask = (RstAsk *) ask };

  return make_shuffled_reply (self, &pending, &seed);
}

/**
 * world_run_step:
 * @self: a run
 *
 * Answers one of the things that were asked.
 *
 * Returns: whether there was one
 */
gboolean
world_run_step (WorldRun *self)
{
  gint picked = pick (self);
  Pending *pending;

  if (picked < 0)
    return FALSE;
  self->steps++;
  pending = g_ptr_array_steal_index_fast (self->pending, (guint) picked);
  if (pending->ask != NULL)
    g_task_return_pointer (pending->task, make_shuffled_reply (self->world, pending, &self->seed),
                           (GDestroyNotify) rst_reply_free);
  else
    g_task_return_pointer (pending->task, make_facts (self->world, pending),
                           (GDestroyNotify) rst_facts_unref);
  pending_free (pending);
  return TRUE;
}

WorldRun *
world_run_new (World   *world,
               guint32  seed)
{
  WorldRun *self = g_new0 (WorldRun, 1);

  self->outside = (RstOutside) { world_ask_async, world_ask_finish, world_probe_async, world_probe_finish,
                                 world_free_run };
  self->world = world;
  self->seed = seed;
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  return self;
}

RstOutside *
world_run_get_outside (WorldRun *self)
{
  return &self->outside;
}

guint
world_run_get_steps (WorldRun *self)
{
  return self->steps;
}

/* How often something was asked whose description starts with @name. */
guint
world_run_get_asked (WorldRun   *self,
                     const char *name)
{
  guint times = 0;

  for (guint i = 0; i < self->asked->len; i++)
    times += g_str_has_prefix (g_ptr_array_index (self->asked, i), name);
  return times;
}

guint
world_run_get_most (WorldRun *self)
{
  return self->most;
}

guint
world_run_get_most_on_host (WorldRun *self)
{
  return self->on_host;
}

World *
world_load (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  World *self = g_new0 (World, 1);
  gboolean expecting = FALSE;

  g_assert_nonnull (file);
  text = g_strndup (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  lines = g_strsplit (text, "\n", -1);
  self->folder = g_path_get_dirname (path);
  self->facts = g_ptr_array_new_with_free_func (g_free);
  self->expected = g_ptr_array_new_with_free_func (g_free);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "address "))
      self->address = rst_address_parse (*line + strlen ("address "), NULL);
    else if (g_str_has_prefix (*line, "sources "))
      self->sources = g_strsplit (*line + strlen ("sources "), ",", -1);
    else if (g_str_equal (*line, "no-probe"))
      self->no_probe = TRUE;
    else if (g_str_equal (*line, "allow-http"))
      self->allow_http = TRUE;
    else if (g_str_equal (*line, "no-network"))
      self->no_network = TRUE;
    else if (g_str_equal (*line, "---"))
      expecting = TRUE;
    else if (**line != '\0' && **line != '#')
      g_ptr_array_add (expecting ? self->expected : self->facts, g_strdup (*line));
  g_assert_nonnull (self->address);
  return self;
}

void
world_free (World *self)
{
  rst_address_free (self->address);
  g_strfreev (self->sources);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->expected);
  g_free (self->folder);
  g_free (self);
}
