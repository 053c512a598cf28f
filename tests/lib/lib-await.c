/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib-await.h"

/* A test that still waits after this time has hung (microseconds). */
#define AWAIT_MAX_US (45 * G_USEC_PER_SEC)

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A GAsyncReadyCallback: give it the address of a result that is NULL, then call test_await(). */
void
test_await_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

/* Runs the default context until the call has ended. Returns @slot's result, which the caller
 * owns. */
GAsyncResult *
test_await (GAsyncResult **slot)
{
  gint64 start = g_get_monotonic_time ();
  guint tick = g_timeout_add (100, tick_cb, NULL);

  while (*slot == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, AWAIT_MAX_US);
    }
  g_source_remove (tick);
  return *slot;
}

/* Reads a file of the tests' own. */
char *
test_read_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}
