/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The devices that read the mail, one row each, this computer first. Asked if there are several; may be
 * left as it is. Every change goes to the journey at once; what was removed can be put back.
 */
#include "pages.h"

#include "rst-device-row.h"

#include <glib/gi18n-lib.h>

#define MAX_DEVICES 12
#define SLIDE_IN 1000 /* milliseconds, far more than a toast takes */

struct _RstPageDevicelist
{
  RstPage        parent_instance;

  /* Template Widgets */
  GtkListBox    *list;
  GtkMenuButton *add;
  GMenu         *kinds;

  /* Owned References */
  RstDevice     *removed; /* (nullable): what can be put back … */
  AdwToast      *toast;   /* (nullable): … as long as this is shown */

  guint          dismissal; /* of the toast, when it may go */
  guint          removed_from;
  guint          frames;  /* since a device was added */
  gboolean       visited;
};

G_DEFINE_FINAL_TYPE (RstPageDevicelist, rst_page_devicelist, RST_TYPE_PAGE)

static RstDeviceRow *
get_row (RstPageDevicelist *self,
         guint              index)
{
  return RST_DEVICE_ROW (gtk_list_box_get_row_at_index (self->list, (int) index));
}

/* The row itself takes no focus, its first part does. */
static void
focus_row (RstDeviceRow *row)
{
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

/* Names may have changed to stay apart from each other. */
static void
update_titles (RstPageDevicelist *self)
{
  GPtrArray *devices = rst_journey_get_devices (rst_page_get_journey (RST_PAGE (self)));

  for (guint i = 0; i < devices->len; i++)
    rst_device_row_set_title (get_row (self, i), g_ptr_array_index (devices, i));
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), devices->len < MAX_DEVICES);
}

static void
changed_cb (RstPageDevicelist *self,
            RstDeviceRow      *row)
{
  rst_journey_describe_device (rst_page_get_journey (RST_PAGE (self)),
                               (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)),
                               rst_device_row_get_device (row));
  update_titles (self);
}

static void
dismissed_cb (RstPageDevicelist *self)
{
  g_clear_handle_id (&self->dismissal, g_source_remove);
  g_clear_object (&self->toast);
}

static gboolean
dismiss_cb (gpointer user_data)
{
  RstPageDevicelist *self = user_data;

  self->dismissal = 0;
  adw_toast_dismiss (self->toast);
  return G_SOURCE_REMOVE;
}

/* libadwaita 1.2 crashes if a toast has to go, or to make room for another, while it still slides in. */
static void
forget_removed (RstPageDevicelist *self)
{
  g_clear_pointer (&self->removed, rst_device_free);
  if (self->toast != NULL && self->dismissal == 0)
    self->dismissal = g_timeout_add (SLIDE_IN, dismiss_cb, self);
}

static void remove_cb (RstPageDevicelist *self,
                       RstDeviceRow      *row);

static RstDeviceRow *
insert_row (RstPageDevicelist *self,
            guint              index)
{
  GPtrArray *devices = rst_journey_get_devices (rst_page_get_journey (RST_PAGE (self)));
  GtkWidget *row = rst_device_row_new (g_ptr_array_index (devices, index));

  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (self->list, row, (int) index);
  return RST_DEVICE_ROW (row);
}

static void
put_back (RstPageDevicelist *self)
{
  RstDevice *device = g_steal_pointer (&self->removed);
  guint index = self->removed_from;

  if (device == NULL)
    return;
  rst_journey_add_device (rst_page_get_journey (RST_PAGE (self)), index, device);
  focus_row (insert_row (self, index));
  update_titles (self);
  forget_removed (self);
}

static void
offer_undo (RstPageDevicelist *self,
            const char        *name)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *title = g_strdup_printf (_("“%s” removed"), name);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  g_clear_handle_id (&self->dismissal, g_source_remove);
  if (self->toast != NULL)
    adw_toast_set_title (self->toast, escaped);
  if (self->toast != NULL || overlay == NULL)
    return;
  self->toast = adw_toast_new (escaped);
  adw_toast_set_button_label (self->toast, _("Undo"));
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (put_back), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (self->toast));
}

static void
remove_cb (RstPageDevicelist *self,
           RstDeviceRow      *row)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  forget_removed (self);
  focus_row (get_row (self, index - 1));
  self->removed = rst_journey_take_device (journey, index);
  self->removed_from = index;
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  update_titles (self);
  offer_undo (self, rst_device_get_name (self->removed));
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  put_back (user_data);
}

/* Where a menu was open, the window puts the focus in its place with the next frame: this comes after. */
static gboolean
focus_last_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  RstPageDevicelist *self = RST_PAGE_DEVICELIST (widget);

  if (self->frames++ == 0)
    return G_SOURCE_CONTINUE;
  focus_row (RST_DEVICE_ROW (gtk_widget_get_last_child (GTK_WIDGET (self->list))));
  return G_SOURCE_REMOVE;
}

static void
add_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  RstPageDevicelist *self = user_data;
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  guint index = rst_journey_get_devices (journey)->len;
  RstDeviceKind kind;
  RstDeviceRow *row;

  if (index >= MAX_DEVICES || !rst_device_kind_from_nick (g_variant_get_string (parameter, NULL), &kind))
    return;
  forget_removed (self);
  rst_journey_add_device (journey, index,
                          rst_device_new (NULL, kind, kind == RST_DEVICE_BROWSER ? RST_METHOD_WEB
                                                                                 : RST_METHOD_UNKNOWN));
  row = insert_row (self, index);
  update_titles (self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  self->frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_last_cb, NULL, NULL);
}

/* What the mail programs of this computer say may come while the page is shown. */
static void
update_found (RstPageDevicelist *self)
{
  g_autoptr(GPtrArray) found = rst_journey_list_found (rst_page_get_journey (RST_PAGE (self)));

  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    rst_device_row_set_found (get_row (self, 0), found);
}

static gboolean
rst_page_devicelist_skip (RstPage *page)
{
  const RstAnswers *answers = rst_journey_get_answers (rst_page_get_journey (page));

  return rst_answers_get (answers, RST_KEY_DEVICES) != RST_DEVICES_SEVERAL;
}

static gboolean
rst_page_devicelist_is_settled (RstPage *page)
{
  return RST_PAGE_DEVICELIST (page)->visited;
}

/* Going on ends the undo at once; the page is unmapped only when it has been turned. */
static gboolean
rst_page_devicelist_apply (RstPage *page)
{
  forget_removed (RST_PAGE_DEVICELIST (page));
  return TRUE;
}

static void
rst_page_devicelist_enter (RstPage *page)
{
  RstPageDevicelist *self = RST_PAGE_DEVICELIST (page);
  guint n_devices = rst_journey_get_devices (rst_page_get_journey (page))->len;

  self->visited = TRUE;
  for (guint i = 0; i < n_devices; i++)
    if (gtk_list_box_get_row_at_index (self->list, (int) i) == NULL)
      insert_row (self, i);
  update_found (self);
  update_titles (self);
}

static void
rst_page_devicelist_constructed (GObject *object)
{
  static const GActionEntry actions[] = {
    { "add", add_cb, "s", NULL, NULL, { 0 } },
    { "undo", undo_cb, NULL, NULL, NULL, { 0 } },
  };
  RstPage *page = RST_PAGE (object);

  G_OBJECT_CLASS (rst_page_devicelist_parent_class)->constructed (object);

  rst_page_add_actions (page, actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (rst_page_get_journey (page), "notify::scan", G_CALLBACK (update_found), page,
                           G_CONNECT_SWAPPED);
}

static void
rst_page_devicelist_unmap (GtkWidget *widget)
{
  forget_removed (RST_PAGE_DEVICELIST (widget));

  GTK_WIDGET_CLASS (rst_page_devicelist_parent_class)->unmap (widget);
}

static void
rst_page_devicelist_finalize (GObject *object)
{
  RstPageDevicelist *self = RST_PAGE_DEVICELIST (object);

  g_clear_handle_id (&self->dismissal, g_source_remove);
  g_clear_pointer (&self->removed, rst_device_free);
  g_clear_object (&self->toast);

  G_OBJECT_CLASS (rst_page_devicelist_parent_class)->finalize (object);
}

static void
rst_page_devicelist_class_init (RstPageDevicelistClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_devicelist_constructed;
  G_OBJECT_CLASS (klass)->finalize = rst_page_devicelist_finalize;
  widget_class->unmap = rst_page_devicelist_unmap;
  RST_PAGE_CLASS (klass)->skip = rst_page_devicelist_skip;
  RST_PAGE_CLASS (klass)->is_settled = rst_page_devicelist_is_settled;
  RST_PAGE_CLASS (klass)->enter = rst_page_devicelist_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_devicelist_apply;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/restante/Restante/ui/page-devicelist.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageDevicelist, list);
  gtk_widget_class_bind_template_child (widget_class, RstPageDevicelist, add);
  gtk_widget_class_bind_template_child (widget_class, RstPageDevicelist, kinds);
}

static void
rst_page_devicelist_init (RstPageDevicelist *self)
{
  static const RstDeviceKind order[RST_N_DEVICE_KINDS] = {
    RST_DEVICE_PHONE, RST_DEVICE_TABLET, RST_DEVICE_LAPTOP,
    RST_DEVICE_COMPUTER, RST_DEVICE_BROWSER, RST_DEVICE_SERVICE,
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *action = g_strdup_printf ("page.add::%s", rst_device_kind_get_nick (order[i]));

      g_menu_append (self->kinds, rst_device_kind_get_name (order[i]), action);
    }
}
