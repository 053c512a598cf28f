/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-application.h"

#include "rst-dialogs.h"
#include "rst-help-window.h"
#include "rst-probe.h"
#include "rst-wizard.h"

#include <glib/gi18n-lib.h>

struct _RstApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (RstApplication, rst_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "address", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Mail address to set up"), N_("ADDRESS") },
  { "provider-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Folder with settings files of providers"), N_("FOLDER") },
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("File with an authority to trust besides the usual ones"), N_("FILE") },
  { NULL }
};

static void
open_wizard (RstApplication          *self,
             const RstJourneyOptions *journey_options,
             const char              *address)
{
  g_autoptr(RstJourney) journey = rst_journey_new (journey_options);
  RstWizard *wizard = rst_wizard_new (GTK_APPLICATION (self), journey);
  g_autoptr(RstAddress) parsed = address != NULL ? rst_address_parse (address, NULL) : NULL;

  if (parsed != NULL)
    rst_journey_set_address (journey, parsed);
  rst_wizard_start (wizard);
  gtk_window_present (GTK_WINDOW (wizard));
}

static char *
lookup_path (GApplicationCommandLine *command_line,
             const char              *option)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  const char *path;
  g_autoptr(GFile) file = NULL;

  if (!g_variant_dict_lookup (dict, option, "^&ay", &path))
    return NULL;
  file = g_application_command_line_create_file_for_arg (command_line, path);
  return g_file_get_path (file);
}

static int
rst_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  RstApplication *self = RST_APPLICATION (application);
  g_autofree char *provider_dir = lookup_path (command_line, "provider-dir");
  g_autofree char *ca_file = lookup_path (command_line, "ca-file");
  g_autoptr(GTlsDatabase) trust = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  const char *address = arguments[0] != NULL ? arguments[1] : NULL;
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);

  g_variant_dict_lookup (dict, "address", "&s", &address);
  if (ca_file != NULL)
    {
      trust = rst_probe_load_trust (ca_file, &error);
      if (trust == NULL)
        {
          g_application_command_line_printerr (command_line, "restante: %s\n", error->message);
          return 2;
        }
    }
  open_wizard (self, &(RstJourneyOptions) { provider_dir, ca_file, trust, FALSE }, address);
  return 0;
}

/* In the help window that is open already if there is one. @topic: (nullable): NULL for the contents. */
static void
show_help (RstApplication *self,
           const char     *topic)
{
  RstHelpWindow *window = NULL;

  g_return_if_fail (RST_IS_APPLICATION (self));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RST_IS_HELP_WINDOW (l->data))
      window = l->data;
  if (window == NULL)
    window = rst_help_window_new (GTK_APPLICATION (self));
  rst_help_window_show_topic (window, topic);
  gtk_window_present (GTK_WINDOW (window));
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  const char *topic = g_variant_get_string (parameter, NULL);

  show_help (user_data, *topic != '\0' ? topic : NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  rst_dialog_about (gtk_application_get_active_window (user_data));
}

/* Each window may have a question before it closes, so they are asked one by one. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
rst_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "help", help_cb, "s", NULL, NULL, { 0 } },
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  };

  G_APPLICATION_CLASS (rst_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (RST_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit",
                                         (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "window.close",
                                         (const char *[]) { "<Control>w", NULL });
}

static void
rst_application_class_init (RstApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->command_line = rst_application_command_line;
  application_class->startup = rst_application_startup;
}

static void
rst_application_init (RstApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[ADDRESS]"));
}

/**
 * rst_application_new:
 *
 * Returns: (transfer full): the application
 */
RstApplication *
rst_application_new (void)
{
  return g_object_new (RST_TYPE_APPLICATION,
                       "application-id", RST_APP_ID,
                       "resource-base-path", "/org/restante/Restante",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
