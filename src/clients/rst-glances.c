/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-glances.h"

#include "rst-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* What is more than that has not been written by this program. */
#define MAX_BYTES (64 * 1024)
#define MAX_MAILBOXES 64
#define DIGEST_LENGTH 64

/**
 * rst_glances_get_path:
 *
 * Returns: (transfer full): the file that remembers
 */
char *
rst_glances_get_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "restante", "looks", NULL);
}

/* What cannot be read is as good as nothing: it is only a memory. */
static GKeyFile *
parse (GBytes *contents)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize size = 0;
  const char *text = contents != NULL ? g_bytes_get_data (contents, &size) : NULL;

  if (size == 0 || size > MAX_BYTES || !g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, NULL))
    return g_key_file_new ();
  return g_steal_pointer (&file);
}

static guint64
get_number (GKeyFile   *file,
            const char *group,
            const char *key)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return 0;
  return value;
}

static gboolean
is_digest (const char *text)
{
  return text != NULL && strlen (text) == DIGEST_LENGTH && text[strspn (text, "0123456789abcdef")] == '\0';
}

static RstGlance *
load (GKeyFile   *file,
      const char *mailbox)
{
  g_autofree char *name = g_key_file_get_value (file, mailbox, "name", NULL);
  RstGlance *look;

  if (!is_digest (mailbox) || !g_key_file_has_group (file, mailbox))
    return NULL;
  look = rst_glance_new (mailbox, (gint64) get_number (file, mailbox, "when"));
  look->messages = get_number (file, mailbox, "messages");
  look->first = get_number (file, mailbox, "first");
  look->next = get_number (file, mailbox, "next");
  look->validity = get_number (file, mailbox, "validity");
  look->removal.since = (gint64) get_number (file, mailbox, "since");
  look->removal.until = (gint64) get_number (file, mailbox, "until");
  if (look->removal.since > 0 && look->removal.until >= look->removal.since)
    look->removal.at_least = get_number (file, mailbox, "removed");
  if (is_digest (name))
    look->name = g_steal_pointer (&name);
  return look;
}

static void
set_number (GKeyFile   *file,
            const char *group,
            const char *key,
            guint64     value)
{
  if (value > 0 && value <= G_MAXINT64)
    g_key_file_set_uint64 (file, group, key, value);
}

static void
save (GKeyFile      *file,
      const RstGlance *look)
{
  g_key_file_remove_group (file, look->mailbox, NULL);
  g_key_file_set_uint64 (file, look->mailbox, "when", (guint64) MAX (look->when, 0));
  set_number (file, look->mailbox, "messages", look->messages);
  set_number (file, look->mailbox, "first", look->first);
  set_number (file, look->mailbox, "next", look->next);
  set_number (file, look->mailbox, "validity", look->validity);
  if (look->name != NULL)
    g_key_file_set_value (file, look->mailbox, "name", look->name);
  if (look->removal.at_least == 0)
    return;
  set_number (file, look->mailbox, "removed", look->removal.at_least);
  set_number (file, look->mailbox, "since", (guint64) look->removal.since);
  set_number (file, look->mailbox, "until", (guint64) look->removal.until);
}

/* Keeps the file small: what was looked at longest ago goes. */
static void
trim (GKeyFile *file)
{
  while (TRUE)
    {
      gsize n;
      g_auto (GStrv) groups = g_key_file_get_groups (file, &n);
      gsize oldest = 0;

      if (n <= MAX_MAILBOXES)
        return;
      for (gsize i = 1; i < n; i++)
        if (get_number (file, groups[i], "when") < get_number (file, groups[oldest], "when"))
          oldest = i;
      g_key_file_remove_group (file, groups[oldest], NULL);
    }
}

static void
write_file (const char *path,
            GBytes     *before,
            GKeyFile   *file)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  char *text = g_key_file_to_data (file, &size, NULL);

  after = g_bytes_new_take (text, size);
  if (g_mkdir_with_parents (folder, 0700) != 0 || !rst_file_replace (path, before, after, 0600, &error))
    g_debug ("The look was not remembered: %s", error != NULL ? error->message : folder);
}

/**
 * rst_glances_note:
 * @looks: (element-type RstGlance): looks of this moment
 *
 * Finds out for each what it tells together with the one before it, and remembers it. That it cannot be
 * remembered is no error.
 */
void
rst_glances_note (GPtrArray *looks)
{
  g_autofree char *path = rst_glances_get_path ();
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GKeyFile) file = NULL;
  gboolean readable = rst_file_read (path, &before, NULL);

  file = parse (before);
  for (guint i = 0; i < looks->len; i++)
    {
      RstGlance *look = looks->pdata[i];
      g_autoptr (RstGlance) earlier = load (file, look->mailbox);

      rst_glance_follow (look, earlier);
      save (file, look);
    }
  trim (file);
  if (readable && looks->len > 0)
    write_file (path, before, file);
}

static void
note_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  rst_glances_note (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * rst_glances_note_async:
 * @looks: (element-type RstGlance): looks of this moment, left alone until it is done
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * rst_glances_note() in a thread of its own.
 */
void
rst_glances_note_async (GPtrArray           *looks,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_glances_note_async);
  g_task_set_task_data (task, g_ptr_array_ref (looks), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, note_thread);
}

/**
 * rst_glances_note_finish:
 * @result: what the callback got
 *
 * The looks now say what they tell.
 */
void
rst_glances_note_finish (GAsyncResult *result)
{
  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * rst_glances_find:
 * @mailbox: rst_glance_get_mailbox()
 * @now: seconds since 1970
 * @removal: (out): mail that went away
 *
 * Returns: whether earlier looks saw that something takes mail away
 */
gboolean
rst_glances_find (const char *mailbox,
                gint64      now,
                RstRemoval *removal)
{
  g_autofree char *path = rst_glances_get_path ();
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (RstGlance) earlier = NULL;
  g_autoptr (RstGlance) look = rst_glance_new (mailbox, now);

  (void) rst_file_read (path, &contents, NULL);
  file = parse (contents);
  earlier = load (file, mailbox);
  if (earlier == NULL)
    return FALSE;
  /* As if the same were seen again. */
  look->messages = earlier->messages;
  look->first = earlier->first;
  look->validity = earlier->validity;
  look->name = g_strdup (earlier->name);
  rst_glance_follow (look, earlier);
  *removal = look->removal;
  return removal->at_least > 0;
}

/**
 * rst_glances_forget:
 * @error: return location for an error
 *
 * Removes everything that is remembered.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE
 */
gboolean
rst_glances_forget (GError **error)
{
  g_autofree char *path = rst_glances_get_path ();

  if (g_unlink (path) == 0 || errno == ENOENT || errno == ENOTDIR)
    return TRUE;
  rst_file_set_error (error, errno, TRUE, path);
  return FALSE;
}
