/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkLabel takes the focus only if its text can be selected, hence the widget around it. */
#include "rst-heading.h"

struct _RstHeading
{
  GtkWidget  parent_instance;

  /* Owned References */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RstHeading, rst_heading, GTK_TYPE_WIDGET)

enum {
  PROP_LABEL = 1,
  PROP_XALIGN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rst_heading_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  RstHeading *self = RST_HEADING (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    case PROP_XALIGN:
      g_value_set_float (value, gtk_label_get_xalign (GTK_LABEL (self->label)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_label (RstHeading *self,
           const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "",
                                  -1);
}

static void
rst_heading_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  RstHeading *self = RST_HEADING (object);
  gboolean centred = prop_id == PROP_XALIGN && g_value_get_float (value) == 0.5;

  switch (prop_id)
    {
    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;
    case PROP_XALIGN:
      gtk_label_set_xalign (GTK_LABEL (self->label), g_value_get_float (value));
      gtk_label_set_justify (GTK_LABEL (self->label), centred ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
      gtk_widget_set_halign (self->label, centred ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_heading_dispose (GObject *object)
{
  RstHeading *self = RST_HEADING (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (rst_heading_parent_class)->dispose (object);
}

static void
rst_heading_class_init (RstHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_heading_dispose;
  object_class->get_property = rst_heading_get_property;
  object_class->set_property = rst_heading_set_property;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0.5,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_widget_class_set_css_name (widget_class, "rstheading");
}

static void
rst_heading_init (RstHeading *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "wrap", TRUE,
                              "justify", GTK_JUSTIFY_CENTER,
                              "max-width-chars", 36,
                              "halign", GTK_ALIGN_CENTER,
                              NULL);
  gtk_widget_add_css_class (self->label, "title-1");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LEVEL, 1, -1);
}
