/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last page: what was done, what to do now, what to enter on other devices, and undo. */
#include "pages.h"

#include "rst-dialogs.h"
#include "rst-facts-mailbox.h"
#include "rst-look.h"
#include "rst-setup-view.h"
#include "rst-text.h"
#include "rst-vault.h"
#include "rst-widgets.h"
#include "rst-writer.h"

#include <glib/gi18n-lib.h>

/* The question before undoing names so many files. */
#define MAX_PATHS 8

struct _RstPageDone
{
  RstPage     parent_instance;

  /* Template Widgets */
  GtkImage   *icon;
  GtkListBox *problems;
  GtkWidget  *next_group;
  GtkListBox *next;
  GtkWidget  *other_group;
  GtkListBox *other;
  GtkWidget  *files_group;
  GtkListBox *files;
};

G_DEFINE_FINAL_TYPE (RstPageDone, rst_page_done, RST_TYPE_PAGE)

static void
add_step (RstPageDone *self,
          const char  *title,
          const char  *subtitle)
{
  GtkWidget *row = rst_row_new (title, subtitle);
  GtkWidget *check = gtk_check_button_new ();

  rst_row_add_check (row, GTK_CHECK_BUTTON (check));
  gtk_list_box_append (self->next, row);
}

static const char *
get_program_name (const RstSetup *setup)
{
  const RstClient *client = rst_client_find (setup->client);

  return client != NULL ? client->name : setup->client;
}

/* Those that read mail; what only sends is not worth a word. */
static char *
list_programs (GPtrArray *setups)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (setups, i);
      const RstClient *client = rst_client_find (setup->client);

      if (client == NULL || rst_client_receives (client))
        g_ptr_array_add (names, (gpointer) get_program_name (setup));
    }
  g_ptr_array_add (names, NULL);
  return rst_text_join_list ((const char * const *) names->pdata);
}

/* The device that takes mail away is one that the person has to find. */
static void
add_removal (RstPageDone *self)
{
  RstFacts *mailbox = rst_journey_get_mailbox (rst_page_get_journey (RST_PAGE (self)));
  g_autofree char *text = NULL;
  RstRemoval removal;

  if (mailbox == NULL || !rst_facts_get_removal (mailbox, &removal))
    return;
  text = rst_removal_describe (&removal);
  add_step (self, _("Find out what takes old mail off the server"), text);
}

static void
update_steps (RstPageDone *self,
              GPtrArray   *setups)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  GPtrArray *todo = rst_journey_get_todo (journey);

  rst_list_clear (self->next);
  for (guint i = 0; i < todo->len; i++)
    add_step (self, g_ptr_array_index (todo, i), _("So that no mail is taken away from other devices"));
  for (guint i = 0; i < setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (setups, i);
      const char *program = get_program_name (setup);

      for (guint k = 0; k < setup->next->len; k++)
        {
          const char *step = g_ptr_array_index (setup->next, k);

          add_step (self, step, strstr (step, program) == NULL ? program : NULL);
        }
    }
  add_removal (self);
  add_step (self, _("Send a letter to this address and see it arrive"),
            _("Also look for it among the sent mail"));
  if (rst_answers_get (rst_journey_get_answers (journey), RST_KEY_DEVICES) != RST_DEVICES_ONE)
    add_step (self, _("Look at the same letter on the other devices"), NULL);
  if (rst_journey_get_advice (journey)->settings.backup)
    add_step (self, _("Set up a backup of the mail on this computer"), NULL);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RstPageDone) self = user_data;
  g_autoptr(RstFacts) facts = rst_look_at_finish (result, NULL);
  RstFacts *before = rst_journey_get_mailbox (RST_JOURNEY (object));
  RstRemoval removal;

  if (facts == NULL || before == NULL || !rst_facts_get_removal (facts, &removal) ||
      rst_facts_get_removal (before, &removal))
    return;
  rst_journey_set_mailbox (RST_JOURNEY (object), facts);
  add_removal (self);
}

/* The sign-in was some minutes ago: did anything take mail away meanwhile? */
static void
look_again (RstPageDone *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstCandidate *incoming = rst_journey_get_incoming (journey);

  if (rst_journey_get_mailbox (journey) != NULL && rst_journey_is_checked (journey) &&
      rst_journey_get_secret (journey) != NULL && incoming != NULL)
    rst_look_at_async (journey, incoming, rst_page_get_cancellable (RST_PAGE (self)), looked_cb,
                       g_object_ref (self));
}

static void
add_value (GtkListBox *list,
           const char *title,
           const char *value)
{
  GtkWidget *row = rst_row_new (title, value);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "rst-answer");
  gtk_list_box_append (list, row);
}

static void
add_server (RstPageDone    *self,
            const char     *title,
            const RstLogin *login)
{
  g_autofree char *value = NULL;

  if (login->endpoint == NULL)
    return;
  value = g_strdup_printf (_("%s, port %u, %s, user name %s"), login->endpoint->host, login->endpoint->port,
                           login->endpoint->security == RST_SECURITY_TLS ? "SSL/TLS" : "STARTTLS",
                           login->username != NULL ? login->username : "–");
  add_value (self->other, title, value);
}

static void
update_others (RstPageDone *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  const RstAnswers *answers = rst_journey_get_answers (journey);
  g_autoptr(RstAccount) account = rst_journey_make_account (journey);
  g_autofree char *title = NULL;

  rst_list_clear (self->other);
  gtk_widget_set_visible (self->other_group, account != NULL &&
                          rst_answers_get (answers, RST_KEY_DEVICES) != RST_DEVICES_ONE);
  if (account == NULL)
    return;
  title = g_strdup_printf (_("Receiving Mail (%s)"),
                           rst_protocol_get_title (account->incoming.endpoint->protocol));
  add_server (self, title, &account->incoming);
  add_server (self, _("Sending Mail (SMTP)"), &account->outgoing);
}

static void
update_files (RstPageDone *self,
              GPtrArray   *setups)
{
  guint n = 0;

  rst_list_clear (self->files);
  for (guint i = 0; i < setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (setups, i);

      for (guint k = 0; k < setup->edits->len; k++)
        {
          const RstEdit *edit = g_ptr_array_index (setup->edits, k);
          g_autofree char *path = rst_path_shorten (edit->path);

          if (!rst_edit_changes (edit))
            continue;
          gtk_list_box_append (self->files, rst_row_new (path, edit->summary));
          n++;
        }
    }
  gtk_widget_set_visible (self->files_group, n > 0);
}

static void
update_texts (RstPageDone *self,
              GPtrArray   *setups)
{
  RstPage *page = RST_PAGE (self);
  RstJourney *journey = rst_page_get_journey (page);
  gboolean changed = rst_journey_get_result (journey) != NULL;
  g_autofree char *programs = list_programs (setups);
  g_autofree char *text = g_strdup_printf (rst_journey_get_mode (journey) == RST_METHOD_POP
                                             ? _("%s: fetching the mail of %s with POP.")
                                             : _("%s: reading the mail of %s with IMAP."),
                                           programs, rst_journey_get_address (journey)->display);

  rst_page_set_heading (page, changed ? _("This Computer Is Set Up") : _("Everything Was Set Up Already"));
  rst_page_set_description (page, text);
  rst_page_set_start (page, changed ? _("Undo This Setup…") : _("Back"), changed ? "page.undo" : NULL);
}

static void
rst_page_done_enter (RstPage *page)
{
  RstPageDone *self = RST_PAGE_DONE (page);
  GPtrArray *setups = rst_journey_get_setups (rst_page_get_journey (page));

  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), TRUE);
  gtk_widget_set_visible (self->next_group, TRUE);
  update_texts (self, setups);
  update_steps (self, setups);
  update_others (self);
  update_files (self, setups);
  look_again (self);
}

static void
show_error (RstPageDone  *self,
            const GError *error)
{
  rst_list_clear (self->problems);
  gtk_list_box_append (self->problems, rst_row_new_error (NULL, error));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), TRUE);
  rst_page_show_part (RST_PAGE (self), GTK_WIDGET (self->problems));
}

static void
add_paths (RstPageDone *self,
           GPtrArray   *paths,
           const char  *what)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *path = rst_path_shorten (g_ptr_array_index (paths, i));

      gtk_list_box_append (self->files, rst_row_new (path, what));
    }
}

static void
show_undone (RstPageDone         *self,
             const RstUndoReport *report)
{
  RstPage *page = RST_PAGE (self);
  gboolean has_files = report->restored->len + report->kept->len + report->left->len > 0;

  rst_list_clear (self->files);
  add_paths (self, report->restored, _("Exactly as before"));
  add_paths (self, report->kept, _("Changed since: only what was added by the setup was taken out"));
  add_paths (self, report->left, _("Left alone: what the setup wrote is no longer there"));
  gtk_widget_set_visible (self->files_group, has_files);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
  gtk_widget_set_visible (self->next_group, FALSE);
  gtk_widget_set_visible (self->other_group, FALSE);
  rst_page_set_heading (page, _("The Setup Was Undone"));
  rst_page_set_description (page, has_files ? _("The files are as they were before.")
                                            : _("The password store is as it was before."));
  rst_page_set_start (page, _("Back"), NULL);
  if (report->store_error != NULL)
    show_error (self, report->store_error);
  rst_journey_set_result (rst_page_get_journey (page), NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RstPageDone) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RstUndoReport) report = rst_writer_undo_finish (result, &error);

  if (report != NULL)
    show_undone (self, report);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
answer_cb (gboolean yes,
           gpointer user_data)
{
  RstPage *page = user_data;
  const char *id = rst_journey_get_result (rst_page_get_journey (page));

  if (yes && id != NULL)
    rst_writer_undo_async (id, &rst_secret_service, NULL, undone_cb,
                           g_object_ref (page));
}

static GPtrArray *
list_changed (GPtrArray *setups)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (setups, i);

      for (guint k = 0; k < setup->edits->len; k++)
        if (rst_edit_changes (g_ptr_array_index (setup->edits, k)))
          g_ptr_array_add (paths, rst_path_shorten (((RstEdit *) g_ptr_array_index (setup->edits, k))->path));
    }
  return paths;
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RstPage *page = user_data;
  g_autoptr(GPtrArray) paths = list_changed (rst_journey_get_setups (rst_page_get_journey (page)));
  GString *files = g_string_new (NULL);

  for (guint i = 0; i < MIN (paths->len, MAX_PATHS); i++)
    g_string_append_printf (files, "%s\n", (const char *) g_ptr_array_index (paths, i));
  if (paths->len > MAX_PATHS)
    g_string_append_printf (files, g_dngettext (GETTEXT_PACKAGE, "and %u more\n", "and %u more\n",
                                                paths->len - MAX_PATHS), paths->len - MAX_PATHS);
  rst_dialog_undo (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), files->str, answer_cb, page);
  g_string_free (files, TRUE);
}

static void
rst_page_done_constructed (GObject *object)
{
  static const GActionEntry actions[] = { { "undo", undo_cb, NULL, NULL, NULL, { 0 } } };

  G_OBJECT_CLASS (rst_page_done_parent_class)->constructed (object);

  rst_page_add_actions (RST_PAGE (object), actions, G_N_ELEMENTS (actions));
}

static void
rst_page_done_class_init (RstPageDoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_done_constructed;
  RST_PAGE_CLASS (klass)->enter = rst_page_done_enter;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-done.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, icon);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, problems);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, next_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, next);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, other_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, other);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, files_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageDone, files);
}

static void
rst_page_done_init (RstPageDone *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
