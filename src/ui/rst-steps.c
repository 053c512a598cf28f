/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-steps.h"

#include <glib/gi18n-lib.h>

struct _RstSteps
{
  GtkWidget  parent_instance;

  /* Owned References */
  GtkWidget *label;
  GtkWidget *bars;
};

G_DEFINE_FINAL_TYPE (RstSteps, rst_steps, GTK_TYPE_WIDGET)

/**
 * rst_steps_set:
 * @self: a row of steps
 * @step: the present one, the first is 1
 * @n_steps: how many there are at most
 */
void
rst_steps_set (RstSteps *self,
               guint     step,
               guint     n_steps)
{
  g_autofree char *text = NULL;
  GtkWidget *bar;

  g_return_if_fail (RST_IS_STEPS (self));

  text = g_strdup_printf (_("Question %u of %u"), step, n_steps);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  while ((bar = gtk_widget_get_first_child (self->bars)) != NULL)
    gtk_box_remove (GTK_BOX (self->bars), bar);
  for (guint i = 0; i < n_steps; i++)
    {
      bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (bar, i < step ? "rst-step-done" : "rst-step");
      gtk_box_append (GTK_BOX (self->bars), bar);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n_steps,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) step,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
rst_steps_dispose (GObject *object)
{
  RstSteps *self = RST_STEPS (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->bars, gtk_widget_unparent);

  G_OBJECT_CLASS (rst_steps_parent_class)->dispose (object);
}

static void
rst_steps_class_init (RstStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_steps_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
rst_steps_init (RstSteps *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  self->label = gtk_label_new ("");
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "dim-label");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->bars = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_halign (self->bars, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->bars, GTK_WIDGET (self));
}
