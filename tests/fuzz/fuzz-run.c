/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drives a fuzz target without libFuzzer: fuzz-NAME SECONDS FOLDER…. Each seed is fed as it is, then,
 * until the time is over, seeds that are cut, changed and joined. What it tries is the same each time.
 */
#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

/* What means something to one format or another. */
static const char bytes[] = "\0\n\r\t \"'\\{}[]()<>#=:;,.@%$`*+-/0129AZaz\x80\xff";

static guint64 runs;

static void
feed (const guint8 *data,
      gsize         size)
{
  /* Exactly as long as it says, so that a sanitizer sees what is read beyond its end. */
  g_autofree guint8 *copy = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
  runs++;
}

static gint
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
load_folder (GPtrArray  *seeds,
             const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);

      g_assert_no_error (error);
      g_ptr_array_add (seeds, g_mapped_file_get_bytes (file));
    }
}

static GBytes *
pick (GPtrArray *seeds,
      GRand     *rand)
{
  return g_ptr_array_index (seeds, g_rand_int_range (rand, 0, (gint32) seeds->len));
}

static guint
pick_position (GRand        *rand,
               const GArray *text)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) text->len + 1);
}

/* A change is a byte that means something, a piece left out, a piece of a seed put in, or an end. */
static void
change (GArray    *text,
        GPtrArray *seeds,
        GRand     *rand)
{
  guint at = pick_position (rand, text);
  GBytes *other = pick (seeds, rand);
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint from = (guint) g_rand_int_range (rand, 0, (gint32) size + 1);
  guint length = (guint) g_rand_int_range (rand, 0, 64);

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      g_array_set_size (text, at);
      break;
    case 1:
      g_array_remove_range (text, at, MIN (length, text->len - at));
      break;
    case 2:
      g_array_insert_vals (text, at, data + from, (guint) MIN (length, size - from));
      break;
    default:
      if (at < text->len)
        g_array_index (text, guint8, at) = (guint8) bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
    }
}

static void
feed_changed (GPtrArray *seeds,
              GRand     *rand)
{
  GBytes *seed = pick (seeds, rand);
  g_autoptr (GArray) text = g_array_new (FALSE, FALSE, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (seed, &size);

  g_array_append_vals (text, data, (guint) size);
  for (gint n = g_rand_int_range (rand, 1, 6); n > 0; n--)
    change (text, seeds, rand);
  feed ((const guint8 *) text->data, text->len);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  g_assert_cmpint (argc, >, 2);
  end = start + (gint64) g_ascii_strtoull (argv[1], NULL, 10) * G_USEC_PER_SEC;
  for (int i = 2; i < argc; i++)
    load_folder (seeds, argv[i]);
  g_assert_cmpuint (seeds->len, >, 0);
  for (guint i = 0; i < seeds->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      feed (data, size);
    }
  while (g_get_monotonic_time () < end)
    feed_changed (seeds, rand);
  g_print ("%u seeds, %" G_GUINT64_FORMAT " runs, %" G_GUINT64_FORMAT " a second\n", seeds->len, runs,
           runs * G_USEC_PER_SEC / (guint64) MAX (g_get_monotonic_time () - start, 1));
  return 0;
}
