/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entry of the wizard: what has to be settled before GTK starts. */
#include "rst-application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/prctl.h>
#include <sys/stat.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr(RstApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RST_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A window of text and lists starts much sooner without a GL driver. */
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  /* A password is typed here: no core dumps, and files of ours are for this person only. */
  prctl (PR_SET_DUMPABLE, 0);
  umask (077);

  application = rst_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
