/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * AdwMessageDialog and AdwAboutWindow are what the oldest supported libadwaita has; newer ones have
 * other types for both. Only this file knows them.
 */
#include "rst-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  RstDialogAnswer  answer;
  GtkWindow       *parent; /* (owned) also keeps the owner of user_data */
  gpointer         user_data;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;

  question->answer (g_str_equal (response, "yes"), question->user_data);
}

static void
ask (GtkWindow       *parent,
     const char      *heading,
     const char      *body,
     const char      *no,
     const char      *yes,
     RstDialogAnswer  answer,
     gpointer         user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);
  Question *question = g_new0 (Question, 1);

  question->answer = answer;
  question->parent = g_object_ref (parent);
  question->user_data = user_data;
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "no", no);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "yes", yes);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * rst_dialog_leave:
 * @parent: the wizard
 * @answer: gets the answer
 * @user_data: for @answer, alive at least as long as @parent
 *
 * Asks whether to leave although the answers get lost.
 */
void
rst_dialog_leave (GtkWindow       *parent,
                  RstDialogAnswer  answer,
                  gpointer         user_data)
{
  ask (parent, _("Leave Without Setting Up?"),
       _("The answers are lost. Nothing on this computer has been changed."),
       _("Stay"), _("Leave"), answer, user_data);
}

/**
 * rst_dialog_undo:
 * @parent: the wizard
 * @files: the files that are put back, one a line; may be empty
 * @answer: gets the answer
 * @user_data: for @answer, alive at least as long as @parent
 *
 * Asks whether to take a setup back.
 */
void
rst_dialog_undo (GtkWindow       *parent,
                 const char      *files,
                 RstDialogAnswer  answer,
                 gpointer         user_data)
{
  g_autofree char *body = NULL;

  if (*files != '\0')
    body = g_strdup_printf (_("These files become as they were before:\n%s\n"
                              "The password is removed from the password store."), files);
  else
    body = g_strdup (_("The password store becomes as it was before."));
  ask (parent, _("Undo This Setup?"), body, _("Keep It"), _("Undo"), answer, user_data);
}

/**
 * rst_dialog_about:
 * @parent: (nullable): the window that it belongs to
 *
 * Tells what this program is.
 */
void
rst_dialog_about (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name", _("Restante"),
                         "application-icon", RST_APP_ID,
                         "version", RST_VERSION,
                         "comments", _("Advises how to set up mail, and sets it up."),
                         "developer-name", _("The Restante developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "translator-credits", _("translator-credits"),
                         NULL);
}
