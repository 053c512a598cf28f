/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All answers at a glance, each with a way back to its question, and what was found without asking. */
#include "pages.h"

#include "rst-text.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPageAnswers
{
  RstPage     parent_instance;

  /* Template Widgets */
  GtkListBox *answers;
  GtkWidget  *known;
  GtkListBox *facts;
};

G_DEFINE_FINAL_TYPE (RstPageAnswers, rst_page_answers, RST_TYPE_PAGE)

static void
add_answer (RstPageAnswers    *self,
            const RstQuestion *question,
            guint              value)
{
  const char *text = rst_question_get_text (question);
  const char *label = rst_question_get_label (question, value);
  g_autofree char *name = g_strdup_printf (_("%s %s. Change this answer"), text, label);
  GtkWidget *row = rst_row_new (text, label);

  gtk_widget_add_css_class (row, "rst-answer");
  rst_row_set_action (row, "document-edit-symbolic", "wizard.change",
                      rst_key_get_nick (rst_question_get_key (question)));
  rst_row_set_name (row, name);
  gtk_list_box_append (self->answers, row);
}

static const char *
describe_offers (guint value)
{
  switch (value)
    {
    case RST_OFFERS_BOTH:
      return _("The provider offers both IMAP and POP.");
    case RST_OFFERS_IMAP:
      return _("The provider offers IMAP only.");
    case RST_OFFERS_POP:
      return _("The provider offers POP only.");
    default:
      return NULL;
    }
}

static const char *
describe_existing (guint value)
{
  switch (value)
    {
    case RST_EXISTING_IMAP:
      return _("A program on this computer reads this mail with IMAP already.");
    case RST_EXISTING_POP_REMOVE:
      return _("A program on this computer takes this mail off the server with POP at once.");
    case RST_EXISTING_POP_DAYS:
      return _("A program on this computer fetches this mail with POP and leaves copies for some days.");
    case RST_EXISTING_POP_KEEP:
      return _("A program on this computer fetches this mail with POP and leaves copies on the server.");
    default:
      return NULL;
    }
}

static gboolean
add_fact (RstPageAnswers *self,
          const char     *icon,
          const char     *text)
{
  if (text == NULL)
    return FALSE;
  gtk_list_box_append (self->facts, rst_row_new_icon (icon, text, NULL));
  return TRUE;
}

static void
update_facts (RstPageAnswers *self)
{
  const RstAnswers *answers = rst_journey_get_answers (rst_page_get_journey (RST_PAGE (self)));
  gboolean any;

  rst_list_clear (self->facts);
  any = add_fact (self, "network-server-symbolic",
                  describe_offers (rst_answers_get (answers, RST_KEY_OFFERS)));
  any |= add_fact (self, "computer-symbolic",
                   describe_existing (rst_answers_get (answers, RST_KEY_EXISTING)));
  gtk_widget_set_visible (self->known, any);
}

static void
add_devices (RstPageAnswers *self)
{
  GPtrArray *devices = rst_journey_get_devices (rst_page_get_journey (RST_PAGE (self)));
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  g_autofree char *name = NULL;
  GtkWidget *row;

  for (guint i = 1; i < devices->len; i++)
    g_ptr_array_add (names, (gpointer) rst_device_get_name (g_ptr_array_index (devices, i)));
  if (names->len == 0)
    g_ptr_array_add (names, (gpointer) _("Not described"));
  g_ptr_array_add (names, NULL);
  list = rst_text_join_list ((const char * const *) names->pdata);
  row = rst_row_new (_("Devices besides this computer"), list);
  name = g_strdup_printf (_("%s: %s. Change the list"), _("Devices besides this computer"), list);
  gtk_widget_add_css_class (row, "rst-answer");
  rst_row_set_action (row, "document-edit-symbolic", "wizard.change", "devicelist");
  rst_row_set_name (row, name);
  gtk_list_box_append (self->answers, row);
}

static void
rst_page_answers_enter (RstPage *page)
{
  RstPageAnswers *self = RST_PAGE_ANSWERS (page);
  const RstAnswers *answers = rst_journey_get_answers (rst_page_get_journey (page));

  rst_list_clear (self->answers);
  for (guint i = 0; i < rst_questions_get_n (); i++)
    {
      const RstQuestion *question = rst_questions_get (i);

      if (rst_question_is_asked (question, answers))
        add_answer (self, question, rst_answers_get (answers, rst_question_get_key (question)));
      if (rst_question_get_key (question) == RST_KEY_DEVICES &&
          rst_answers_get (answers, RST_KEY_DEVICES) == RST_DEVICES_SEVERAL)
        add_devices (self);
    }
  update_facts (self);
}

static void
rst_page_answers_constructed (GObject *object)
{
  RstPageAnswers *self = RST_PAGE_ANSWERS (object);

  G_OBJECT_CLASS (rst_page_answers_parent_class)->constructed (object);

  g_signal_connect_object (rst_page_get_journey (RST_PAGE (self)), "notify::advice",
                           G_CALLBACK (update_facts), self, G_CONNECT_SWAPPED);
}

static void
rst_page_answers_class_init (RstPageAnswersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_answers_constructed;
  RST_PAGE_CLASS (klass)->enter = rst_page_answers_enter;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-answers.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageAnswers, answers);
  gtk_widget_class_bind_template_child (widget_class, RstPageAnswers, known);
  gtk_widget_class_bind_template_child (widget_class, RstPageAnswers, facts);
}

static void
rst_page_answers_init (RstPageAnswers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
