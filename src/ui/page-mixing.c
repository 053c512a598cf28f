/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The warning before writing: two readers of one mailbox would take mail away from each other. Passed
 * over if there is nothing to decide.
 */
#include "pages.h"

#include "rst-mailbox-rows.h"
#include "rst-picture-window.h"
#include "rst-scene.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

#define MIN_DAYS 7
#define MAX_DAYS 365

struct _RstPageMixing
{
  RstPage          parent_instance;

  /* Template Widgets */
  GtkListBox      *choices;
  GtkListBox      *findings;

  /* Borrowed References: widgets */
  GPtrArray       *checks;  /* (owned) one per choice */
  GtkSpinButton   *days;    /* (nullable) */

  /* Owned References */
  RstMixingReport *report;
};

G_DEFINE_FINAL_TYPE (RstPageMixing, rst_page_mixing, RST_TYPE_PAGE)

static void
toggled_cb (RstPageMixing *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    {
      const RstMixingChoice *choice = g_ptr_array_index (self->report->choices, i);
      gboolean active = gtk_check_button_get_active (g_ptr_array_index (self->checks, i));

      any |= active;
      if (self->days != NULL && choice->days > 0)
        gtk_widget_set_sensitive (GTK_WIDGET (self->days), active);
    }
  rst_page_set_complete (RST_PAGE (self), any);
}

static GtkWidget *
days_row_new (RstPageMixing         *self,
              const RstMixingChoice *choice)
{
  GtkWidget *row = rst_row_new (_("Days that copies stay on the server"), NULL);
  guint planned;

  rst_journey_get_copies (rst_page_get_journey (RST_PAGE (self)), &planned);
  self->days = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (MIN_DAYS, MAX (MAX_DAYS, planned), 1));
  gtk_spin_button_set_value (self->days, MAX (choice->days, planned));
  gtk_widget_set_valign (GTK_WIDGET (self->days), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->days), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Days that copies stay on the server"), -1);
  /* The text within takes the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->days))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Days that copies stay on the server"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->days));
  return row;
}

static void
add_choice (RstPageMixing         *self,
            const RstMixingChoice *choice)
{
  GtkWidget *row = rst_row_new (choice->title, choice->text);
  GtkWidget *check = gtk_check_button_new ();

  if (self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->checks, 0));
  g_ptr_array_add (self->checks, check);
  rst_row_add_check (row, GTK_CHECK_BUTTON (check));
  if (choice->recommended)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), rst_tag_new (NULL, _("Recommended"), RST_TINT_ACCENT));
  gtk_list_box_append (self->choices, row);
  if (choice->days > 0)
    gtk_list_box_append (self->choices, days_row_new (self, choice));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), choice->recommended);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
add_finding (RstPageMixing          *self,
             const RstMixingFinding *finding)
{
  g_autofree char *text = finding->detail != NULL ? g_strdup_printf ("%s %s", finding->text, finding->detail)
                                                  : g_strdup (finding->text);
  GtkWidget *row = rst_row_new_disc (finding->lost ? "window-close-symbolic" : "dialog-warning-symbolic",
                                     finding->lost ? RST_TINT_BAD : RST_TINT_WARNING, finding->title, text);

  gtk_widget_add_css_class (row, "rst-full");
  gtk_list_box_append (self->findings, row);
}

static gboolean
rst_page_mixing_skip (RstPage *page)
{
  RstPageMixing *self = RST_PAGE_MIXING (page);
  g_autoptr(RstMixingReport) report = rst_journey_check_mixing (rst_page_get_journey (page));

  if (report == NULL)
    return TRUE;
  g_clear_pointer (&self->report, rst_mixing_report_free);
  self->report = g_steal_pointer (&report);
  return FALSE;
}

static void
rst_page_mixing_enter (RstPage *page)
{
  RstPageMixing *self = RST_PAGE_MIXING (page);
  GtkWidget *compare;

  rst_list_clear (self->choices);
  rst_list_clear (self->findings);
  g_ptr_array_set_size (self->checks, 0);
  self->days = NULL;
  rst_page_set_heading (page, self->report->title);
  rst_page_set_description (page, self->report->text);
  for (guint i = 0; i < self->report->choices->len; i++)
    add_choice (self, g_ptr_array_index (self->report->choices, i));
  for (guint i = 0; i < self->report->findings->len; i++)
    add_finding (self, g_ptr_array_index (self->report->findings, i));
  compare = rst_mailbox_compare_new (rst_page_get_journey (page));
  if (compare != NULL)
    gtk_list_box_append (self->findings, compare);
  toggled_cb (self);
}

static gboolean
rst_page_mixing_apply (RstPage *page)
{
  RstPageMixing *self = RST_PAGE_MIXING (page);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      {
        const RstMixingChoice *choice = g_ptr_array_index (self->report->choices, i);
        guint days = choice->days > 0 ? (guint) gtk_spin_button_get_value_as_int (self->days) : 0;

        rst_journey_settle_mixing (rst_page_get_journey (page), choice->id, days);
        return TRUE;
      }
  return FALSE;
}

/* The event that shows what is found: a letter is taken away at once, or when its days are over. */
static const char *
get_story (RstPageMixing *self)
{
  const RstMixingFinding *first = g_ptr_array_index (self->report->findings, 0);

  return first->days > 0 ? "month" : "new-letter";
}

static void
picture_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RstJourney *journey = rst_page_get_journey (user_data);
  g_autoptr(GPtrArray) devices = rst_journey_list_devices (journey);
  GtkRoot *root = gtk_widget_get_root (user_data);

  gtk_window_present (GTK_WINDOW (rst_picture_window_new (GTK_WINDOW (root),
                                                          rst_journey_get_advice (journey)->plan,
                                                          rst_journey_get_answers (journey), devices,
                                                          get_story (user_data))));
}

static void
rst_page_mixing_constructed (GObject *object)
{
  static const GActionEntry actions[] = {
    { "picture", picture_cb, NULL, NULL, NULL, { 0 } },
  };

  G_OBJECT_CLASS (rst_page_mixing_parent_class)->constructed (object);

  rst_page_add_actions (RST_PAGE (object), actions, G_N_ELEMENTS (actions));
}

static void
rst_page_mixing_finalize (GObject *object)
{
  RstPageMixing *self = RST_PAGE_MIXING (object);

  g_clear_pointer (&self->report, rst_mixing_report_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (rst_page_mixing_parent_class)->finalize (object);
}

static void
rst_page_mixing_class_init (RstPageMixingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_mixing_constructed;
  G_OBJECT_CLASS (klass)->finalize = rst_page_mixing_finalize;
  RST_PAGE_CLASS (klass)->skip = rst_page_mixing_skip;
  RST_PAGE_CLASS (klass)->enter = rst_page_mixing_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_mixing_apply;

  g_type_ensure (RST_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-mixing.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageMixing, choices);
  gtk_widget_class_bind_template_child (widget_class, RstPageMixing, findings);
}

static void
rst_page_mixing_init (RstPageMixing *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
