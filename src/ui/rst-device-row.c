/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-device-row.h"

#include "rst-accessible.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_DAYS 14

struct _RstDeviceRow
{
  AdwExpanderRow  parent_instance;

  /* Template Widgets */
  GtkImage       *icon;
  AdwEntryRow    *name;
  AdwComboRow    *kind;
  AdwComboRow    *method;
  AdwComboRow    *copies;
  GtkWidget      *days_row;
  GtkSpinButton  *days;
  AdwActionRow   *remove;

  /* Owned References */
  RstDevice      *device;
  GPtrArray      *found; /* (nullable) (element-type GtkWidget) rows of what was found */

  gboolean        showing; /* the widgets are being set, not used */
};

enum {
  CHANGED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order of the lists. This computer is none of the last two. */
static const RstDeviceKind kinds[] = {
  RST_DEVICE_PHONE, RST_DEVICE_TABLET, RST_DEVICE_LAPTOP,
  RST_DEVICE_COMPUTER, RST_DEVICE_BROWSER, RST_DEVICE_SERVICE,
};

#define N_KINDS_HERE 4

static const RstMethod methods[] = {
  RST_METHOD_NONE, RST_METHOD_IMAP, RST_METHOD_POP, RST_METHOD_UNKNOWN,
};

static const RstCopies copies[] = {
  RST_COPIES_REMOVE, RST_COPIES_DAYS, RST_COPIES_KEEP, RST_COPIES_UNKNOWN,
};

G_DEFINE_FINAL_TYPE (RstDeviceRow, rst_device_row, ADW_TYPE_EXPANDER_ROW)

static const char *
get_icon (RstDeviceKind kind)
{
  switch (kind)
    {
    case RST_DEVICE_LAPTOP:
      return "computer-laptop-symbolic";
    case RST_DEVICE_PHONE:
      return "phone-symbolic";
    case RST_DEVICE_TABLET:
      return "tablet-symbolic";
    case RST_DEVICE_BROWSER:
      return "web-browser-symbolic";
    case RST_DEVICE_SERVICE:
      return "emblem-synchronizing-symbolic";
    case RST_DEVICE_COMPUTER:
    default:
      return "computer-symbolic";
    }
}

static void
update_visibility (RstDeviceRow *self)
{
  gboolean asked = self->device->kind != RST_DEVICE_BROWSER && self->found == NULL;
  gboolean pop = asked && self->device->method == RST_METHOD_POP;

  gtk_widget_set_visible (GTK_WIDGET (self->method), asked);
  gtk_widget_set_visible (GTK_WIDGET (self->copies), pop);
  gtk_widget_set_visible (self->days_row, pop && self->device->copies == RST_COPIES_DAYS);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), !self->device->is_here);
}

static void
changed_cb (RstDeviceRow *self)
{
  if (self->showing)
    return;
  g_free (self->device->name);
  self->device->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  self->device->kind = kinds[adw_combo_row_get_selected (self->kind)];
  self->device->method = methods[adw_combo_row_get_selected (self->method)];
  self->device->copies = copies[adw_combo_row_get_selected (self->copies)];
  self->device->days = (guint) gtk_spin_button_get_value_as_int (self->days);
  update_visibility (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (RstDeviceRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* A list of words for the values of a property. */
static void
set_choices (AdwComboRow *row,
             guint        n,
             const char *(*get_label) (guint))
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, get_label (i));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  rst_accessible_follow_combo (row);
}

static const char *
get_kind_label (guint index)
{
  return rst_device_kind_get_name (kinds[index]);
}

static const char *
get_method_label (guint index)
{
  if (methods[index] == RST_METHOD_NONE)
    return C_("set up now", "Not yet");
  if (methods[index] == RST_METHOD_UNKNOWN)
    return C_("set up now", "I do not know");
  return rst_method_get_name (methods[index]);
}

static const char *
get_copies_label (guint index)
{
  switch (copies[index])
    {
    case RST_COPIES_REMOVE:
      return C_("copies on the server", "Removed at once");
    case RST_COPIES_DAYS:
      return C_("copies on the server", "Kept for some days");
    case RST_COPIES_KEEP:
      return C_("copies on the server", "Kept");
    case RST_COPIES_UNKNOWN:
    default:
      return C_("copies on the server", "I do not know");
    }
}

static void
select_values (RstDeviceRow *self)
{
  const RstDevice *device = self->device;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == device->kind)
      adw_combo_row_set_selected (self->kind, i);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i] == device->method)
      adw_combo_row_set_selected (self->method, i);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (copies[i] == device->copies)
      adw_combo_row_set_selected (self->copies, i);
  gtk_spin_button_set_value (self->days, device->days > 0 ? device->days : DEFAULT_DAYS);
  gtk_editable_set_text (GTK_EDITABLE (self->name), device->name != NULL ? device->name : "");
}

/**
 * rst_device_row_new:
 * @device: a device
 *
 * Returns: (transfer floating): a row about it
 */
GtkWidget *
rst_device_row_new (const RstDevice *device)
{
  RstDeviceRow *self = g_object_new (RST_TYPE_DEVICE_ROW, NULL);

  self->device = rst_device_copy (device);
  self->showing = TRUE;
  set_choices (self->kind, device->is_here ? N_KINDS_HERE : G_N_ELEMENTS (kinds), get_kind_label);
  set_choices (self->method, G_N_ELEMENTS (methods), get_method_label);
  set_choices (self->copies, G_N_ELEMENTS (copies), get_copies_label);
  select_values (self);
  self->showing = FALSE;
  update_visibility (self);
  rst_device_row_set_title (self, device);
  return GTK_WIDGET (self);
}

/**
 * rst_device_row_get_device:
 * @self: a row
 *
 * Returns: (transfer none): the device as it is described
 */
const RstDevice *
rst_device_row_get_device (RstDeviceRow *self)
{
  g_return_val_if_fail (RST_IS_DEVICE_ROW (self), NULL);

  return self->device;
}

static char *
describe (RstDeviceRow    *self,
          const RstDevice *device)
{
  g_autofree char *method = NULL;

  if (self->found != NULL)
    {
      const char *first = adw_preferences_row_get_title (g_ptr_array_index (self->found, 0));

      /* Translators: %s is a mail program */
      return self->found->len == 1 ? g_strdup_printf (_("We found %s"), first)
                                   : g_strdup_printf (_("We found %s and %u more"), first,
                                                      self->found->len - 1);
    }
  if (device->kind == RST_DEVICE_BROWSER)
    return g_strdup (rst_device_kind_get_name (device->kind));
  method = rst_device_describe (device);
  /* Translators: a kind of device, and how it reads: “Phone · IMAP” */
  return g_strdup_printf (C_("device", "%s · %s"), rst_device_kind_get_name (device->kind), method);
}

/**
 * rst_device_row_set_title:
 * @self: a row
 * @device: the device as it is known elsewhere, with the name that it has there
 *
 * Shows name and method of the device, also while the row is closed.
 */
void
rst_device_row_set_title (RstDeviceRow    *self,
                          const RstDevice *device)
{
  const char *name = rst_device_get_name (device);
  g_autofree char *text = describe (self, device);
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name);

  rst_row_set_texts (GTK_WIDGET (self), name, text);
  rst_row_set_name (GTK_WIDGET (self->remove), remove);
  gtk_image_set_from_icon_name (self->icon, get_icon (device->kind));
}

/**
 * rst_device_row_set_found:
 * @self: the row of this computer
 * @found: (element-type RstDevice): the programs that were found to read the mail
 *
 * Shows what was found instead of asking for it.
 */
void
rst_device_row_set_found (RstDeviceRow *self,
                          GPtrArray    *found)
{
  g_return_if_fail (RST_IS_DEVICE_ROW (self) && found != NULL);

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->found, i));
  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (found->len > 0)
    self->found = g_ptr_array_new ();
  for (guint i = 0; i < found->len; i++)
    {
      const RstDevice *program = g_ptr_array_index (found, i);
      g_autofree char *method = rst_device_describe (program);
      GtkWidget *row = rst_row_new (program->program, method);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->found, row);
    }
  update_visibility (self);
  rst_device_row_set_title (self, self->device);
}

static void
rst_device_row_finalize (GObject *object)
{
  RstDeviceRow *self = RST_DEVICE_ROW (object);

  g_clear_pointer (&self->device, rst_device_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  G_OBJECT_CLASS (rst_device_row_parent_class)->finalize (object);
}

static void
rst_device_row_class_init (RstDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rst_device_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", RST_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", RST_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, name);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, kind);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, method);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, copies);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, days_row);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, days);
  gtk_widget_class_bind_template_child (widget_class, RstDeviceRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rst_device_row_init (RstDeviceRow *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rst_accessible_follow_expander (ADW_EXPANDER_ROW (self));
  /* The text within takes the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->days))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days that copies stay"), -1);
}
