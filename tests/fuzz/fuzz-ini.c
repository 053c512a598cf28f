/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the reader of INI files: unchanged it is written as it was, and what is set is
 * read back from what is written. */
#include "fuzz.h"

#include "rst-ini.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (RstIni) ini = rst_ini_new (text);
  g_autoptr (GPtrArray) sections = rst_ini_list_sections (ini);
  g_autofree char *same = rst_ini_render (ini);
  g_autoptr (RstIni) again = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *value = NULL;

  g_assert_cmpstr (same, ==, text);
  for (guint i = 0; i < sections->len; i++)
    {
      g_autofree char *path = rst_ini_get (ini, g_ptr_array_index (sections, i), "Path");

      g_assert_true (path == NULL || strchr (path, '\n') == NULL);
    }
  rst_ini_set (ini, "Profile7", "Path", "x.default");
  changed = rst_ini_render (ini);
  again = rst_ini_new (changed);
  value = rst_ini_get (again, "Profile7", "Path");
  g_assert_cmpstr (value, ==, "x.default");
  return 0;
}
