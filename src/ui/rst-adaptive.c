/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state changes in an idle callback after the allocation, since widgets must not ask for another
 * size while they are being allocated.
 */
#include "rst-adaptive.h"

struct _RstAdaptive
{
  GtkWidget  parent_instance;

  /* Owned References */
  GtkWidget *child;
  guint      idle;

  gboolean   narrow;
  gboolean   wanted;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RstAdaptive, rst_adaptive, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum {
  PROP_CHILD = 1,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static gboolean
apply_width_cb (gpointer user_data)
{
  RstAdaptive *self = user_data;

  self->idle = 0;
  if (self->narrow == self->wanted)
    return G_SOURCE_REMOVE;
  self->narrow = self->wanted;
  if (self->narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
set_child (RstAdaptive *self,
           GtkWidget   *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * rst_adaptive_get_narrow:
 * @self: an adaptive bin
 *
 * Returns: whether it is narrower than %RST_NARROW_WIDTH, or than that in proportion to larger text
 */
gboolean
rst_adaptive_get_narrow (RstAdaptive *self)
{
  g_return_val_if_fail (RST_IS_ADAPTIVE (self), FALSE);

  return self->narrow;
}

/* The setting is in 1024ths of a dot per inch; 96 dots are text of the usual size. */
static int
get_narrow_width (RstAdaptive *self)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 96 * 1024 ? RST_NARROW_WIDTH * (dpi / 1024) / 96 : RST_NARROW_WIDTH;
}

static GtkSizeRequestMode
rst_adaptive_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rst_adaptive_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  RstAdaptive *self = RST_ADAPTIVE (widget);

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural,
                        minimum_baseline, natural_baseline);
}

static void
rst_adaptive_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  RstAdaptive *self = RST_ADAPTIVE (widget);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
  self->wanted = width < get_narrow_width (self);
  if (self->wanted != self->narrow && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_width_cb, self, NULL);
}

static void
rst_adaptive_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  if (GTK_IS_WIDGET (child))
    set_child (RST_ADAPTIVE (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = rst_adaptive_add_child;
}

static void
rst_adaptive_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RstAdaptive *self = RST_ADAPTIVE (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_adaptive_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_CHILD)
    set_child (RST_ADAPTIVE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rst_adaptive_dispose (GObject *object)
{
  RstAdaptive *self = RST_ADAPTIVE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  set_child (self, NULL);

  G_OBJECT_CLASS (rst_adaptive_parent_class)->dispose (object);
}

static void
rst_adaptive_class_init (RstAdaptiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_adaptive_dispose;
  object_class->get_property = rst_adaptive_get_property;
  object_class->set_property = rst_adaptive_set_property;
  widget_class->get_request_mode = rst_adaptive_get_request_mode;
  widget_class->measure = rst_adaptive_measure;
  widget_class->size_allocate = rst_adaptive_size_allocate;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rst_adaptive_init (RstAdaptive *self)
{
}
