/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frame that all pages share: scrolled, clamped, a heading that takes the focus, a description,
 * and the page's own parts below, which a template lists as children.
 */
#include "rst-page.h"

#include "rst-accessible.h"
#include "rst-heading.h"

enum {
  PROP_ID = 1,
  PROP_JOURNEY,
  PROP_HEADING,
  PROP_DESCRIPTION,
  PROP_HELP_TOPIC,
  PROP_NEXT_LABEL,
  PROP_NEXT_ACTION,
  PROP_SECONDARY_LABEL,
  PROP_SECONDARY_ACTION,
  PROP_START_LABEL,
  PROP_START_ACTION,
  PROP_STATUS,
  PROP_COMPLETE,
  PROP_BARE,
  PROP_SHOWS_SEARCH,
  PROP_MAXIMUM_WIDTH,
  N_PROPS
};

/* All properties of type string are kept by their number. */
#define N_TEXTS (PROP_STATUS + 1)

typedef struct
{
  /* Template Widgets */
  GtkWidget          *scroller;
  GtkWidget          *clamp;
  GtkWidget          *body;
  GtkWidget          *above;
  GtkWidget          *heading;
  GtkWidget          *description;

  /* Owned References */
  RstJourney         *journey;
  GCancellable       *cancellable;
  GSimpleActionGroup *actions;
  char               *texts[N_TEXTS];

  gboolean            complete;
  gboolean            bare;
  gboolean            shows_search;
} RstPagePrivate;

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (RstPage, rst_page, ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (RstPage)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void
set_text (RstPage    *self,
          guint       prop,
          const char *text)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  if (g_strcmp0 (priv->texts[prop], text) == 0)
    return;
  g_free (priv->texts[prop]);
  priv->texts[prop] = g_strdup (text);
  if (prop == PROP_HEADING)
    g_object_set (priv->heading, "label", text, NULL);
  if (prop == PROP_DESCRIPTION)
    {
      gtk_label_set_text (GTK_LABEL (priv->description), text != NULL ? text : "");
      gtk_widget_set_visible (priv->description, text != NULL);
      rst_accessible_describe (priv->heading, text);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/**
 * rst_page_get_id:
 * @self: a page
 *
 * Returns: (transfer none): its name in the page table
 */
const char *
rst_page_get_id (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_val_if_fail (RST_IS_PAGE (self), NULL);

  return priv->texts[PROP_ID];
}

/**
 * rst_page_get_journey:
 * @self: a page
 *
 * Returns: (transfer none): the state that all pages share
 */
RstJourney *
rst_page_get_journey (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_val_if_fail (RST_IS_PAGE (self), NULL);

  return priv->journey;
}

/**
 * rst_page_get_cancellable:
 * @self: a page
 *
 * For what the page does on its own while it is shown; cancelled when it is left.
 *
 * Returns: (transfer none): a cancellable
 */
GCancellable *
rst_page_get_cancellable (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_val_if_fail (RST_IS_PAGE (self), NULL);

  if (priv->cancellable == NULL)
    priv->cancellable = g_cancellable_new ();
  return priv->cancellable;
}

/**
 * rst_page_enter:
 * @self: a page
 *
 * Brings the page up to date before it is shown.
 */
void
rst_page_enter (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_if_fail (RST_IS_PAGE (self));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (priv->scroller)), 0);
  if (RST_PAGE_GET_CLASS (self)->enter != NULL)
    RST_PAGE_GET_CLASS (self)->enter (self);
}

/**
 * rst_page_leave:
 * @self: a page
 *
 * The page is no longer shown: ends what it was doing.
 */
void
rst_page_leave (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_if_fail (RST_IS_PAGE (self));

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
}

/**
 * rst_page_get_actions:
 * @self: a page
 *
 * Returns: (transfer none): the page's own actions; the wizard offers them as “page.NAME”
 */
GActionGroup *
rst_page_get_actions (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_return_val_if_fail (RST_IS_PAGE (self), NULL);

  return G_ACTION_GROUP (priv->actions);
}

/**
 * rst_page_add_actions:
 * @self: a page
 * @entries: (array length=n_entries): actions; their user data is @self
 * @n_entries: how many
 *
 * Adds actions for the buttons of the frame and for shortcuts.
 */
void
rst_page_add_actions (RstPage            *self,
                      const GActionEntry *entries,
                      int                 n_entries)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  g_action_map_add_action_entries (G_ACTION_MAP (priv->actions), entries, n_entries, self);
}

static void
rst_page_commit_at_once (RstPage             *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_page_commit_at_once);

  g_task_return_boolean (task, TRUE);
}

static gboolean
rst_page_commit_task_finish (RstPage      *self,
                             GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* The focus of a page is its heading, where reading starts. */
static gboolean
rst_page_grab_focus (GtkWidget *widget)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (widget));

  return gtk_widget_grab_focus (priv->heading);
}

static void
rst_page_map (GtkWidget *widget)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (widget));

  if (priv->texts[PROP_HEADING] != NULL)
    rst_accessible_name_lists (widget, priv->texts[PROP_HEADING]);

  GTK_WIDGET_CLASS (rst_page_parent_class)->map (widget);
}

static void
rst_page_add_child (GtkBuildable *buildable,
                    GtkBuilder   *builder,
                    GObject      *child,
                    const char   *type)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (buildable));

  if (priv->body == NULL || !GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "above") == 0)
    gtk_box_append (GTK_BOX (priv->above), GTK_WIDGET (child));
  else
    gtk_box_append (GTK_BOX (priv->body), GTK_WIDGET (child));
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = rst_page_add_child;
}

static void
rst_page_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (object));

  switch (prop_id)
    {
    case PROP_JOURNEY:
      g_value_set_object (value, priv->journey);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      break;
    case PROP_BARE:
      g_value_set_boolean (value, priv->bare);
      break;
    case PROP_SHOWS_SEARCH:
      g_value_set_boolean (value, priv->shows_search);
      break;
    case PROP_MAXIMUM_WIDTH:
      g_value_set_int (value, adw_clamp_get_maximum_size (ADW_CLAMP (priv->clamp)));
      break;
    default:
      g_value_set_string (value, priv->texts[prop_id]);
    }
}

static void
rst_page_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (object));

  switch (prop_id)
    {
    case PROP_JOURNEY:
      priv->journey = g_value_dup_object (value);
      break;
    case PROP_COMPLETE:
      if (priv->complete != g_value_get_boolean (value))
        {
          priv->complete = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_BARE:
      priv->bare = g_value_get_boolean (value);
      break;
    case PROP_SHOWS_SEARCH:
      priv->shows_search = g_value_get_boolean (value);
      break;
    case PROP_MAXIMUM_WIDTH:
      adw_clamp_set_maximum_size (ADW_CLAMP (priv->clamp), g_value_get_int (value));
      adw_clamp_set_tightening_threshold (ADW_CLAMP (priv->clamp), g_value_get_int (value) * 2 / 3);
      break;
    default:
      set_text (RST_PAGE (object), prop_id, g_value_get_string (value));
    }
}

static void
rst_page_dispose (GObject *object)
{
  RstPage *self = RST_PAGE (object);
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  rst_page_leave (self);
  g_clear_object (&priv->journey);
  g_clear_object (&priv->actions);

  G_OBJECT_CLASS (rst_page_parent_class)->dispose (object);
}

static void
rst_page_finalize (GObject *object)
{
  RstPagePrivate *priv = rst_page_get_instance_private (RST_PAGE (object));

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (priv->texts[i]);

  G_OBJECT_CLASS (rst_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const char *texts[N_TEXTS] = {
    [PROP_ID] = "id",
    [PROP_HEADING] = "heading",
    [PROP_DESCRIPTION] = "description",
    [PROP_HELP_TOPIC] = "help-topic",
    [PROP_NEXT_LABEL] = "next-label",
    [PROP_NEXT_ACTION] = "next-action",
    [PROP_SECONDARY_LABEL] = "secondary-label",
    [PROP_SECONDARY_ACTION] = "secondary-action",
    [PROP_START_LABEL] = "start-label",
    [PROP_START_ACTION] = "start-action",
    [PROP_STATUS] = "status",
  };
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  for (guint i = 0; i < N_TEXTS; i++)
    if (texts[i] != NULL)
      properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL,
                                           i == PROP_ID ? flags | G_PARAM_CONSTRUCT_ONLY : flags);
  properties[PROP_JOURNEY] = g_param_spec_object ("journey", NULL, NULL, RST_TYPE_JOURNEY,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, TRUE,
                                                    flags | G_PARAM_CONSTRUCT);
  properties[PROP_BARE] = g_param_spec_boolean ("bare", NULL, NULL, FALSE, flags);
  properties[PROP_SHOWS_SEARCH] = g_param_spec_boolean ("shows-search", NULL, NULL, FALSE, flags);
  properties[PROP_MAXIMUM_WIDTH] = g_param_spec_int ("maximum-width", NULL, NULL, 100, 2000, 640, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rst_page_class_init (RstPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_page_dispose;
  object_class->finalize = rst_page_finalize;
  object_class->get_property = rst_page_get_property;
  object_class->set_property = rst_page_set_property;
  widget_class->grab_focus = rst_page_grab_focus;
  widget_class->map = rst_page_map;
  klass->commit_async = rst_page_commit_at_once;
  klass->commit_finish = rst_page_commit_task_finish;

  install_properties (object_class);

  g_type_ensure (RST_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, clamp);
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, body);
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, above);
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, heading);
  gtk_widget_class_bind_template_child_private (widget_class, RstPage, description);
}

static void
rst_page_init (RstPage *self)
{
  RstPagePrivate *priv = rst_page_get_instance_private (self);

  priv->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
