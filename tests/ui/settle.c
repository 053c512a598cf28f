/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settle.h"

/* Lets the window do for a while what it has to. */
void
settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}
