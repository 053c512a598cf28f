/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first page: the address, and the search that starts by itself shortly after its domain is
 * complete. Going on without an address is possible, for advice only.
 */
#include "pages.h"

#include "rst-adaptive.h"
#include "rst-scene.h"
#include "rst-source-list.h"
#include "rst-typo.h"

#include <glib/gi18n-lib.h>

/* The search starts when nothing was typed for this long (milliseconds). */
#define SEARCH_DELAY_MS 600

struct _RstPageStart
{
  RstPage        parent_instance;

  /* Template Widgets */
  AdwEntryRow   *address;
  GtkRevealer   *problem_revealer;
  GtkLabel      *problem;
  GtkRevealer   *meant_revealer;
  GtkLabel      *meant_label;
  RstSourceList *sources;
  GtkLabel      *start_label;
  GtkLabel      *note;

  char          *meant;  /* (owned) (nullable) the address that was probably meant, while it is shown */
  guint          delay;
  gboolean       opened; /* the list has been opened once; then it is the person's */
};

G_DEFINE_FINAL_TYPE (RstPageStart, rst_page_start, RST_TYPE_PAGE)

static RstAddress *
read_address (RstPageStart  *self,
              GError       **error)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address)));

  return rst_address_parse (g_strstrip (text), error);
}

static gboolean
is_empty (RstPageStart *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address)));

  return *g_strstrip (text) == '\0';
}

static void
show_problem (RstPageStart *self,
              const char   *problem)
{
  if (problem != NULL)
    {
      gtk_label_set_text (self->problem, problem);
      gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->address),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID);
    }
  gtk_revealer_set_reveal_child (self->problem_revealer, problem != NULL);
}

/* Nothing is asked about a domain that looks mistyped before the person has seen that it does. */
static gboolean
show_meant (RstPageStart     *self,
            const RstAddress *address)
{
  const RstAddress *agreed = rst_journey_get_address (rst_page_get_journey (RST_PAGE (self)));
  g_autofree char *text = NULL;

  g_clear_pointer (&self->meant, g_free);
  if (address != NULL && (agreed == NULL || !rst_address_equal (address, agreed)))
    self->meant = rst_typo_suggest (address);
  if (self->meant != NULL)
    {
      text = rst_typo_describe (self->meant);
      gtk_label_set_text (self->meant_label, text);
    }
  gtk_revealer_set_reveal_child (self->meant_revealer, self->meant != NULL);
  return self->meant != NULL;
}

static void
update_labels (RstPageStart *self)
{
  gboolean has_search = rst_journey_get_discovery (rst_page_get_journey (RST_PAGE (self))) != NULL;

  gtk_label_set_text (self->start_label, is_empty (self) ? _("Continue Without an Address") : _("Start"));
  gtk_label_set_text (self->note, has_search
    ? _("No need to wait: the search goes on while you answer.")
    : _("Only hosts of the part after @ learn the address; no password is needed."));
}

static void
open_list_once (RstPageStart *self)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (GTK_WIDGET (self), RST_TYPE_ADAPTIVE);

  if (self->opened || (adaptive != NULL && rst_adaptive_get_narrow (RST_ADAPTIVE (adaptive))))
    return;
  self->opened = TRUE;
  rst_source_list_set_expanded (self->sources, TRUE);
}

static gboolean
search_cb (gpointer user_data)
{
  RstPageStart *self = user_data;
  g_autoptr(RstAddress) address = read_address (self, NULL);

  self->delay = 0;
  if (address == NULL || show_meant (self, address))
    return G_SOURCE_REMOVE;
  rst_journey_set_address (rst_page_get_journey (RST_PAGE (self)), address);
  open_list_once (self);
  update_labels (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (RstPageStart *self)
{
  show_problem (self, NULL);
  show_meant (self, NULL);
  update_labels (self);
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (SEARCH_DELAY_MS, search_cb, self);
}

static void
use_meant_cb (RstPageStart *self)
{
  g_autofree char *meant = g_steal_pointer (&self->meant);

  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  gtk_editable_set_text (GTK_EDITABLE (self->address), meant);
  gtk_editable_set_position (GTK_EDITABLE (self->address), -1);
}

static void
activated_cb (RstPageStart *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

static void
rst_page_start_enter (RstPage *page)
{
  RstPageStart *self = RST_PAGE_START (page);
  const RstAddress *address = rst_journey_get_address (rst_page_get_journey (page));

  if (address != NULL && is_empty (self))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->address), address->display);
      g_clear_handle_id (&self->delay, g_source_remove);
    }
  update_labels (self);
}

static gboolean
rst_page_start_apply (RstPage *page)
{
  RstPageStart *self = RST_PAGE_START (page);
  g_autoptr(RstAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  g_clear_handle_id (&self->delay, g_source_remove);
  if (!is_empty (self))
    {
      address = read_address (self, &error);
      if (address == NULL)
        {
          show_problem (self, error->message);
          gtk_widget_grab_focus (GTK_WIDGET (self->address));
          return FALSE;
        }
      if (self->meant == NULL && show_meant (self, address))
        return FALSE;
    }
  rst_journey_set_address (rst_page_get_journey (page), address);
  return TRUE;
}

static gboolean
rst_page_start_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RST_PAGE_START (widget)->address));
}

static void
rst_page_start_constructed (GObject *object)
{
  RstPageStart *self = RST_PAGE_START (object);

  G_OBJECT_CLASS (rst_page_start_parent_class)->constructed (object);

  rst_source_list_set_journey (self->sources, rst_page_get_journey (RST_PAGE (self)));
}

static void
rst_page_start_dispose (GObject *object)
{
  g_clear_handle_id (&RST_PAGE_START (object)->delay, g_source_remove);

  G_OBJECT_CLASS (rst_page_start_parent_class)->dispose (object);
}

static void
rst_page_start_finalize (GObject *object)
{
  g_free (RST_PAGE_START (object)->meant);

  G_OBJECT_CLASS (rst_page_start_parent_class)->finalize (object);
}

static void
rst_page_start_class_init (RstPageStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_start_constructed;
  G_OBJECT_CLASS (klass)->dispose = rst_page_start_dispose;
  G_OBJECT_CLASS (klass)->finalize = rst_page_start_finalize;
  widget_class->grab_focus = rst_page_start_grab_focus;
  RST_PAGE_CLASS (klass)->enter = rst_page_start_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_start_apply;

  g_type_ensure (RST_TYPE_SCENE);
  g_type_ensure (RST_TYPE_SOURCE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-start.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, address);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, problem);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, meant_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, meant_label);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, sources);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, start_label);
  gtk_widget_class_bind_template_child (widget_class, RstPageStart, note);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_meant_cb);
}

static void
rst_page_start_init (RstPageStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
