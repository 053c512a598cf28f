/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice: what, how sure, because of what, why not the other way, what would change it, and what
 * happens to the mail. The person may use the other way without giving a reason.
 */
#include "pages.h"

#include "rst-advice-rows.h"
#include "rst-picture-window.h"
#include "rst-scene.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define MAX_WHAT_IFS 3
#define MAX_CONSEQUENCES 6

struct _RstPageAdvice
{
  RstPage     parent_instance;

  /* Template Widgets */
  RstScene   *scene;
  GtkLabel   *technical;
  AdwBin     *sureness;
  GtkListBox *first_warning;
  GtkListBox *reasons;
  GtkWidget  *provider_group;
  GtkListBox *provider;
  GtkLabel   *contrast_title;
  GtkLabel   *contrast;
  GtkWidget  *what_ifs_group;
  GtkListBox *what_ifs;
  GtkLabel   *sureness_text;
  GtkListBox *consequences;
  GtkWidget  *warnings_group;
  GtkListBox *warnings;
};

G_DEFINE_FINAL_TYPE (RstPageAdvice, rst_page_advice, RST_TYPE_PAGE)

/* Only one what-if is open at a time. */
static void
expanded_cb (AdwExpanderRow *row,
             GParamSpec     *pspec,
             gpointer        user_data)
{
  RstPageAdvice *self = user_data;
  GtkWidget *other = gtk_widget_get_first_child (GTK_WIDGET (self->what_ifs));

  if (!adw_expander_row_get_expanded (row))
    return;
  for (; other != NULL; other = gtk_widget_get_next_sibling (other))
    if (ADW_IS_EXPANDER_ROW (other) && other != GTK_WIDGET (row))
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (other), FALSE);
}

static void
update_reasons (RstPageAdvice   *self,
                const RstAdvice *advice)
{
  rst_list_clear (self->reasons);
  for (guint i = 0; i < advice->reasons->len; i++)
    gtk_list_box_append (self->reasons, rst_reason_row_new (g_ptr_array_index (advice->reasons, i)));
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->reasons), ADW_TYPE_PREFERENCES_GROUP),
                          advice->reasons->len > 0);
}

static void
update_provider (RstPageAdvice *self)
{
  g_autoptr(GPtrArray) hints = rst_journey_list_hints (rst_page_get_journey (RST_PAGE (self)));

  rst_list_clear (self->provider);
  for (guint i = 0; i < hints->len; i++)
    gtk_list_box_append (self->provider, rst_text_row_new (g_ptr_array_index (hints, i)));
  gtk_widget_set_visible (self->provider_group, hints->len > 0);
}

static void
update_what_ifs (RstPageAdvice   *self,
                 const RstAdvice *advice)
{
  const RstAnswers *answers = rst_journey_get_answers (rst_page_get_journey (RST_PAGE (self)));

  rst_list_clear (self->what_ifs);
  for (guint i = 0; i < MIN (advice->what_ifs->len, MAX_WHAT_IFS); i++)
    {
      GtkWidget *row = rst_what_if_row_new (g_ptr_array_index (advice->what_ifs, i), advice, answers);

      g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);
      gtk_list_box_append (self->what_ifs, row);
    }
  gtk_widget_set_visible (self->what_ifs_group, advice->what_ifs->len > 0);
}

/* What is lost is never hidden behind the row that shows the rest. */
static void
update_consequences (RstPageAdvice   *self,
                     const RstAdvice *advice)
{
  GPtrArray *all = advice->consequences;
  GtkWidget *more = NULL;

  rst_list_clear (self->consequences);
  for (guint i = 0; i < all->len; i++)
    {
      const RstConsequence *consequence = g_ptr_array_index (all, i);
      GtkWidget *row = rst_consequence_row_new (consequence);

      if (i < MAX_CONSEQUENCES || consequence->outcome >= RST_OUTCOME_PARTLY_LOST)
        {
          gtk_list_box_append (self->consequences, row);
          continue;
        }
      if (more == NULL)
        {
          g_autofree char *title = g_strdup_printf (_("All %u Events"), all->len);

          more = rst_expander_new (title, NULL);
        }
      adw_expander_row_add_row (ADW_EXPANDER_ROW (more), row);
    }
  if (more != NULL)
    gtk_list_box_append (self->consequences, more);
}

static void
update_warnings (RstPageAdvice   *self,
                 const RstAdvice *advice)
{
  guint rest = 0;

  rst_list_clear (self->first_warning);
  rst_list_clear (self->warnings);
  for (guint i = 0; i < advice->warnings->len; i++)
    {
      const RstWarning *warning = g_ptr_array_index (advice->warnings, i);
      gboolean first = i == 0 && warning->severity > RST_SEVERITY_INFO;

      gtk_list_box_append (first ? self->first_warning : self->warnings, rst_warning_row_new (warning));
      rest += !first;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->first_warning), rest < advice->warnings->len);
  gtk_widget_set_visible (self->warnings_group, rest > 0);
}

static void
update_buttons (RstPageAdvice   *self,
                const RstAdvice *advice)
{
  RstPage *page = RST_PAGE (self);

  if (rst_journey_get_address (rst_page_get_journey (page)) != NULL)
    rst_page_set_next (page, _("Set Up This Computer"), NULL);
  else
    rst_page_set_next (page, _("Enter the Address"), "page.address");
  if (advice->chosen)
    rst_page_set_secondary (page, _("Follow the Advice"), "page.follow");
  else if (advice->sureness == RST_SURENESS_FORCED || advice->other == advice->plan)
    rst_page_set_secondary (page, NULL, NULL);
  else
    rst_page_set_secondary (page, rst_plan_get_mode (advice->other) == RST_METHOD_POP ? _("Use POP Instead")
                                                                                      : _("Use IMAP Instead"),
                            "page.other");
}

static void
update (RstPageAdvice *self)
{
  const RstAdvice *advice = rst_journey_get_advice (rst_page_get_journey (RST_PAGE (self)));

  rst_scene_set_scene (self->scene, rst_plan_get_nick (advice->plan));
  rst_page_set_heading (RST_PAGE (self), advice->headline);
  gtk_label_set_text (self->technical, advice->technical);
  adw_bin_set_child (self->sureness, rst_sureness_tag_new (advice->sureness));
  gtk_label_set_text (self->sureness_text, advice->sureness_text);
  gtk_label_set_text (self->contrast_title, advice->contrast_title);
  gtk_label_set_text (self->contrast, advice->contrast);
  update_warnings (self, advice);
  update_reasons (self, advice);
  update_provider (self);
  update_what_ifs (self, advice);
  update_consequences (self, advice);
  update_buttons (self, advice);
}

/* A change of the facts while the page is hidden waits until it is entered. */
static void
advice_changed_cb (RstPageAdvice *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
rst_page_advice_enter (RstPage *page)
{
  update (RST_PAGE_ADVICE (page));
}

static void
use_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  RstPage *page = user_data;
  g_auto(GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "=", 2);
  RstKey key;

  if (rst_key_from_nick (parts[0], &key))
    rst_journey_answer (rst_page_get_journey (page), key, (guint) atoi (parts[1]));
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
other_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  RstJourney *journey = rst_page_get_journey (user_data);
  RstPlan other = rst_journey_get_advice (journey)->other;

  rst_journey_choose_plan (journey, &other);
  gtk_widget_grab_focus (user_data);
}

static void
follow_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  rst_journey_choose_plan (rst_page_get_journey (user_data), NULL);
  gtk_widget_grab_focus (user_data);
}

static void
address_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  gtk_widget_activate_action (user_data, "wizard.change", "s", "start");
}

static void
picture_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RstJourney *journey = rst_page_get_journey (user_data);
  const RstAdvice *advice = rst_journey_get_advice (journey);
  g_autoptr(GPtrArray) devices = rst_journey_arrange_devices (journey);
  GtkRoot *root = gtk_widget_get_root (user_data);
  const RstConsequence *first = g_ptr_array_index (advice->consequences, 0);

  gtk_window_present (GTK_WINDOW (rst_picture_window_new (GTK_WINDOW (root), advice->plan,
                                                          rst_journey_get_answers (journey), devices,
                                                          first->event)));
}

static void
rst_page_advice_constructed (GObject *object)
{
  static const GActionEntry actions[] = {
    { "use", use_cb, "s", NULL, NULL, { 0 } },
    { "other", other_cb, NULL, NULL, NULL, { 0 } },
    { "follow", follow_cb, NULL, NULL, NULL, { 0 } },
    { "address", address_cb, NULL, NULL, NULL, { 0 } },
    { "picture", picture_cb, NULL, NULL, NULL, { 0 } },
  };
  RstPage *page = RST_PAGE (object);

  G_OBJECT_CLASS (rst_page_advice_parent_class)->constructed (object);

  rst_page_add_actions (page, actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (rst_page_get_journey (page), "notify::advice",
                           G_CALLBACK (advice_changed_cb), page, G_CONNECT_SWAPPED);
}

static void
rst_page_advice_class_init (RstPageAdviceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_advice_constructed;
  RST_PAGE_CLASS (klass)->enter = rst_page_advice_enter;

  g_type_ensure (RST_TYPE_SCENE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-advice.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, scene);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, technical);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, sureness);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, first_warning);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, reasons);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, provider_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, provider);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, contrast_title);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, contrast);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, what_ifs_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, what_ifs);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, sureness_text);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, consequences);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageAdvice, warnings);
}

static void
rst_page_advice_init (RstPageAdvice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
