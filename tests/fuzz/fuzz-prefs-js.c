/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the reader of prefs.js: unchanged it is written as it was, and what is set is
 * read back from what is written. */
#include "fuzz.h"

#include "rst-prefs-js.h"

#include <string.h>

static void
check_names (const RstPrefs *prefs)
{
  g_autoptr (GPtrArray) names = rst_prefs_list_names (prefs);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      rst_prefs_get_string (prefs, name);
      rst_prefs_get_int (prefs, name, 0);
      rst_prefs_get_bool (prefs, name, FALSE);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (RstPrefs) prefs = rst_prefs_new (text);
  g_autoptr (RstPrefs) again = NULL;
  g_autofree char *same = rst_prefs_render (prefs);
  g_autofree char *changed = NULL;

  g_assert_cmpstr (same, ==, text);
  check_names (prefs);
  g_assert_true (rst_prefs_set_string (prefs, "mail.test", "a\"\\b", NULL));
  rst_prefs_set_int (prefs, "mail.number", -7);
  changed = rst_prefs_render (prefs);
  again = rst_prefs_new (changed);
  g_assert_cmpstr (rst_prefs_get_string (again, "mail.test"), ==, "a\"\\b");
  g_assert_cmpint (rst_prefs_get_int (again, "mail.number", 0), ==, -7);
  rst_prefs_overlay (again, text);
  return 0;
}
