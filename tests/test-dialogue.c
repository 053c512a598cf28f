/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays every transcript of tests/cases/talk to the pure dialogue: no sockets, no clock.
 * test-probe.c plays the same ones through the real probe.
 */
#include "lib-script.h"
#include "rst-talk.h"

#include <string.h>

/* A transcript played to a conversation. */
typedef struct {
  const TestScript *script;
  RstTalk          *talk;    /* (owned) */
  RstStep           step;
  GError           *error;   /* (owned) (nullable) */
  GString          *arrived; /* (owned) bytes that nobody has read yet */
} Play;

static GString *traced;

static const RstDialogue *
find_dialogue (RstProtocol protocol)
{
  for (gsize i = 0; rst_dialogues[i] != NULL; i++)
    if (rst_dialogues[i]->protocol == protocol)
      return rst_dialogues[i];
  g_assert_not_reached ();
}

/* Feeds what has arrived, as long as the dialogue wants to read. */
static void
feed (Play *self)
{
  char *feed_at;

  while (self->step == RST_STEP_READ &&
         (feed_at = memchr (self->arrived->str, '\n', self->arrived->len)) != NULL)
    {
      gsize whole = (gsize) (feed_at - self->arrived->str) + 1;
      gsize length = whole - 1;

      while (length > 0 && self->arrived->str[length - 1] == '\r')
        length--;
      self->step = rst_talk_line (self->talk, self->arrived->str, length, whole - length,
                                  &self->error);
      g_string_erase (self->arrived, 0, (gssize) whole);
    }
  if (self->step == RST_STEP_READ && self->arrived->len >= RST_LINE_MAX)
    self->step = rst_talk_exceed (self->talk, &self->error);
}

static void
arrive (Play       *self,
        const char *text)
{
  const char *eol = self->script->eol;

  g_string_append (self->arrived, text);
  g_string_append (self->arrived, g_str_equal (eol, "lf")   ? "\n"
                                  : g_str_equal (eol, "cr") ? "\r\r\n"
                                                            : "\r\n");
}

static void
hear (Play           *self,
      const TestItem *item)
{
  g_autofree char *said = NULL;

  /* Leave is taken by whoever drives the dialogue. */
  if (self->step == RST_STEP_DONE && g_str_equal (item->text, self->talk->dialogue->goodbye))
    return;
  g_assert_cmpint (self->step, ==, RST_STEP_SEND);
  g_assert_true (g_str_has_suffix (self->talk->out->str, "\r\n"));
  said = g_strndup (self->talk->out->str, self->talk->out->len - 2);
  if (!test_item_matches (item, said))
    g_error ("“%s” instead of “%s”", said, item->text);
  /* What is secret leaves inside TLS only. */
  g_assert_true (!self->talk->out_secret || self->talk->secured);
  rst_talk_sent (self->talk);
  self->step = RST_STEP_READ;
}

static void
play_item (Play           *self,
           const TestItem *item)
{
  if (item->verb == 'S')
    arrive (self, item->text);
  else if (item->verb == 'r')
    test_item_append_raw (item, self->arrived);
  else if (item->verb == 'l')
    for (guint i = 0; i < item->number; i++)
      arrive (self, item->text);
  else if (item->verb == 'f')
    for (guint i = 0; i < item->number; i += strlen (item->text))
      g_string_append (self->arrived, item->text);
  else if (item->verb == 'C' || item->verb == '*')
    hear (self, item);
  else if (item->verb == 't')
    {
      g_assert_cmpint (self->step, ==, RST_STEP_SECURE);
      g_assert_cmpint (self->arrived->len, ==, 0);
      self->step = rst_talk_secured (self->talk, &self->error);
    }
  else if (item->verb == 'x' && self->talk->phase == RST_PHASE_GOODBYE)
    self->step = RST_STEP_DONE;
  feed (self);
}

static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  g_string_append_printf (traced, "%s\n", message);
}

/* What is traced of a server's line is short, however long that is (fetchmail CVE-2021-36386). */
static void
check_trace (void)
{
  g_auto (GStrv) lines = g_strsplit (traced->str, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    g_assert_true (strstr (*line, " S: ") == NULL || strlen (*line) < 1024);
}

static void
test_play (gconstpointer data)
{
  g_autoptr (TestScript) script = test_script_load (data);
  g_autoptr (RstEndpoint) endpoint = test_script_endpoint (script, 0);
  g_autoptr (RstSecret) secret = test_script_secret (script);
  g_autoptr (RstFacts) facts = rst_facts_new (endpoint);
  Play play = { .script = script, .step = RST_STEP_READ, .arrived = g_string_new (NULL) };

  g_string_truncate (traced, 0);
  play.talk = rst_talk_new (find_dialogue (script->protocol), facts, script->user, secret);
  if (script->security == RST_SECURITY_TLS)
    play.step = rst_talk_secured (play.talk, &play.error);
  for (guint i = 0; i < script->items->len; i++)
    play_item (&play, &g_array_index (script->items, TestItem, i));
  g_assert_true (play.step == RST_STEP_DONE || play.step == RST_STEP_FAIL);
  g_assert_cmpint (play.step == RST_STEP_FAIL, ==, play.error != NULL);
  rst_talk_end (play.talk);
  /* What was told in the clear, and only that, is forgotten. */
  if (!play.talk->secured)
    g_assert_true (facts->greeting == NULL && facts->clear_greeting == NULL &&
                   facts->capabilities[0] == NULL && facts->auth[0] == NULL &&
                   facts->told[RST_STAGE_CLEAR][0] == NULL);
  facts->error = g_steal_pointer (&play.error);
  test_script_check (script, facts);
  test_script_check_leak (script, traced->str);
  check_trace ();
  if (facts->error != NULL)
    test_script_check_leak (script, facts->error->message);
  g_string_free (play.arrived, TRUE);
  rst_talk_free (play.talk);
}

static void
add_scripts (const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (TestScript) script = test_script_load (path);
      g_autofree char *name = g_strdup_printf ("/dialogue/%s/%s",
                                               rst_protocol_get_nick (script->protocol),
                                               script->name);

      if (!script->network)
        g_test_add_data_func (name, path, test_play);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *folder = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  traced = g_string_new (NULL);
  g_log_set_handler ("restante", G_LOG_LEVEL_DEBUG, log_cb, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "cases", "talk", NULL);
  paths = test_find_files (folder, ".talk");
  g_assert_cmpint (paths->len, >, 40);
  add_scripts (paths);
  result = g_test_run ();
  g_string_free (traced, TRUE);
  return result;
}
