/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-picture-window.h"

#include <glib/gi18n.h>

#include "rst-accessible.h"
#include "rst-event.h"
#include "rst-picture-draw.h"
#include "rst-picture.h"

/* While playing, a step stays at least this long, and long enough to read it (milliseconds). */
#define REST_MS 2500
#define REST_PER_CHARACTER_MS 60

struct _RstPictureWindow {
  AdwWindow        parent_instance;

  /* Template Widgets */
  GtkDropDown     *stories;
  GtkToggleButton *as_text;
  GtkStack        *stack;
  RstPicture      *picture;
  GtkListBox      *list;
  GtkWidget       *caption;
  GtkLabel        *when;
  GtkLabel        *text;
  GtkLabel        *why;
  GtkButton       *play;
  GtkScale        *scale;
  GtkAdjustment   *position;
  GtkLabel        *counter;

  /* Owned References */
  RstAnswers      *answers;
  GPtrArray       *devices; /* (nullable) (element-type RstDevice) */
  GPtrArray       *events; /* (element-type RstEvent) (unowned elements) in the order of the list */
  GSimpleActionGroup *actions;

  RstPlan          plan;
  guint            timer; /* 0: paused */
};

G_DEFINE_FINAL_TYPE (RstPictureWindow, rst_picture_window, ADW_TYPE_WINDOW)

static guint
get_n_steps (RstPictureWindow *self)
{
  const RstStory *story = rst_picture_get_story (self->picture);

  return story != NULL ? story->steps->len : 0;
}

static void
set_enabled (RstPictureWindow *self,
             const char       *name,
             gboolean          enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Shows the step that the picture is at, in words and on the slider. */
static void
update (RstPictureWindow *self)
{
  const RstStory *story = rst_picture_get_story (self->picture);
  guint at = rst_picture_get_step (self->picture);
  RstStoryStep *step = story->steps->pdata[at];
  /* Translators: place in a story, such as “Step 3 of 6” */
  g_autofree char *counter = g_strdup_printf (_("Step %u of %u"), at + 1, story->steps->len);

  gtk_label_set_text (self->when, step->when);
  gtk_label_set_text (self->text, step->text);
  gtk_label_set_text (self->why, step->why != NULL ? step->why : "");
  gtk_label_set_text (self->counter, counter);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  step->text, -1);
  gtk_adjustment_set_value (self->position, at + 1);
  set_enabled (self, "previous", at > 0);
  set_enabled (self, "next", at + 1 < story->steps->len);
  gtk_button_set_icon_name (self->play, self->timer != 0 ? "media-playback-pause-symbolic"
                                                         : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), self->timer != 0 ? _("Pause") : _("Play"));
  rst_accessible_name (GTK_WIDGET (self->play), gtk_widget_get_tooltip_text (GTK_WIDGET (self->play)));
}

static void
go_to (RstPictureWindow *self,
       guint             step,
       gboolean          animate)
{
  if (step >= get_n_steps (self) || step == rst_picture_get_step (self->picture))
    return;
  rst_picture_set_step (self->picture, step, animate);
  update (self);
}

static void
pause_story (RstPictureWindow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static gboolean play_on_cb (gpointer user_data);

static void
wait_for_reader (RstPictureWindow *self)
{
  const RstStory *story = rst_picture_get_story (self->picture);
  guint at = rst_picture_get_step (self->picture);
  RstStoryStep *step = story->steps->pdata[at];
  glong characters = g_utf8_strlen (step->text, -1) +
                     (step->why != NULL ? g_utf8_strlen (step->why, -1) : 0);
  guint rest = MAX (REST_MS, (guint) characters * REST_PER_CHARACTER_MS);

  self->timer = g_timeout_add (rest + (guint) rst_picture_moment_duration_ms (story, at), play_on_cb, self);
}

static gboolean
play_on_cb (gpointer user_data)
{
  RstPictureWindow *self = user_data;
  guint next = rst_picture_get_step (self->picture) + 1;

  self->timer = 0;
  if (next < get_n_steps (self))
    {
      rst_picture_set_step (self->picture, next, TRUE);
      if (next + 1 < get_n_steps (self))
        wait_for_reader (self);
    }
  update (self);
  return G_SOURCE_REMOVE;
}

static void
play_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RstPictureWindow *self = user_data;

  if (self->timer != 0)
    pause_story (self);
  else
    {
      gboolean at_end = rst_picture_get_step (self->picture) + 1 == get_n_steps (self);

      rst_picture_set_step (self->picture, at_end ? 0 : rst_picture_get_step (self->picture) + 1,
                            !at_end);
      wait_for_reader (self);
    }
  update (self);
}

static void
step_by (RstPictureWindow *self,
         int               by)
{
  pause_story (self);
  go_to (self, (guint) ((int) rst_picture_get_step (self->picture) + by), by > 0);
  update (self);
}

static void
previous_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  step_by (user_data, -1);
}

static void
next_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  step_by (user_data, 1);
}

static void
first_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  RstPictureWindow *self = user_data;

  pause_story (self);
  go_to (self, 0, FALSE);
  update (self);
}

static void
last_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RstPictureWindow *self = user_data;

  pause_story (self);
  go_to (self, get_n_steps (self) - 1, FALSE);
  update (self);
}

static void
position_changed_cb (RstPictureWindow *self)
{
  guint step = (guint) gtk_adjustment_get_value (self->position);

  if (step == 0 || step - 1 == rst_picture_get_step (self->picture))
    return;
  pause_story (self);
  go_to (self, step - 1, FALSE);
}

static void
show_as_text_cb (RstPictureWindow *self)
{
  gboolean text = gtk_toggle_button_get_active (self->as_text);

  gtk_stack_set_visible_child_name (self->stack, text ? "text" : "picture");
  gtk_widget_set_visible (self->caption, !text);
}

static void
row_activated_cb (RstPictureWindow *self,
                  GtkListBoxRow    *row)
{
  pause_story (self);
  go_to (self, (guint) gtk_list_box_row_get_index (row), FALSE);
  gtk_toggle_button_set_active (self->as_text, FALSE);
  update (self);
}

static void
fill_list (RstPictureWindow *self)
{
  const RstStory *story = rst_picture_get_story (self->picture);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < story->steps->len; i++)
    {
      g_autofree char *description = rst_story_describe_step (story, i);
      g_autofree char *escaped = g_markup_escape_text (description, -1);
      RstStoryStep *step = story->steps->pdata[i];
      g_autofree char *title = g_markup_escape_text (step->text, -1);

      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->list, row);
    }
}

static void
select_story_cb (RstPictureWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->stories);
  g_autoptr (GError) error = NULL;
  const char *events[2] = { NULL, NULL };
  RstStory *story;

  if (selected == GTK_INVALID_LIST_POSITION || self->events->len == 0)
    return;
  pause_story (self);
  events[0] = rst_event_get_id (self->events->pdata[selected]);
  story = self->devices != NULL ? rst_story_new_for_devices (self->devices, events, &error)
                                : rst_story_new (self->plan, self->answers, events, &error);
  if (story == NULL)
    {
      g_warning ("no story for %s: %s", events[0], error->message);
      return;
    }
  gtk_adjustment_configure (self->position, 1, 1, story->steps->len, 1, 1, 0);
  gtk_scale_clear_marks (self->scale);
  for (guint i = 1; i <= story->steps->len; i++)
    gtk_scale_add_mark (self->scale, i, GTK_POS_BOTTOM, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rst_event_get_title (self->events->pdata[selected]), -1);
  rst_picture_set_story (self->picture, story);
  fill_list (self);
  update (self);
}

static void
setup_title_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* In the header a long title is cut, so that the window can be narrow; in the list it is whole. */
  if (GPOINTER_TO_INT (user_data))
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 8);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_title_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));

  gtk_label_set_text (label, gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
new_title_factory (gboolean in_header)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_title_cb), GINT_TO_POINTER (in_header));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_title_cb), NULL);
  return factory;
}

static void
rst_picture_window_dispose (GObject *object)
{
  RstPictureWindow *self = RST_PICTURE_WINDOW (object);

  pause_story (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_PICTURE_WINDOW);
  g_clear_pointer (&self->answers, rst_answers_free);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (rst_picture_window_parent_class)->dispose (object);
}

static void
add_shortcut (GtkWidgetClass *widget_class,
              guint           key,
              const char     *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, 0, action, NULL);
}

static void
rst_picture_window_class_init (RstPictureWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_picture_window_dispose;

  g_type_ensure (RST_TYPE_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/restante/Restante/ui/rst-picture-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, stories);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, as_text);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, caption);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, when);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, text);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, why);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, play);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, scale);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, position);
  gtk_widget_class_bind_template_child (widget_class, RstPictureWindow, counter);
  gtk_widget_class_bind_template_callback (widget_class, select_story_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_as_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_changed_cb);

  add_shortcut (widget_class, GDK_KEY_Home, "picture.first");
  add_shortcut (widget_class, GDK_KEY_End, "picture.last");
  add_shortcut (widget_class, GDK_KEY_space, "picture.play");
  add_shortcut (widget_class, GDK_KEY_Escape, "window.close");
}

static void
rst_picture_window_init (RstPictureWindow *self)
{
  static const GActionEntry entries[] = {
    { "previous", previous_cb }, { "next", next_cb }, { "first", first_cb },
    { "last", last_cb },         { "play", play_cb },
  };

  g_autoptr (GtkListItemFactory) header = new_title_factory (TRUE);
  g_autoptr (GtkListItemFactory) list = new_title_factory (FALSE);

  self->events = g_ptr_array_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  rst_accessible_name (gtk_widget_get_first_child (GTK_WIDGET (self->stories)), _("What Happens"));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "picture", G_ACTION_GROUP (self->actions));
  gtk_drop_down_set_factory (self->stories, header);
  gtk_drop_down_set_list_factory (self->stories, list);
}

/**
 * rst_picture_window_new:
 * @parent: the window it belongs to
 * @plan: the plan to show
 * @answers: the person's answers, which say what devices there are if @devices does not
 * @devices: (nullable) (element-type RstDevice): the devices as they are set up, instead of @plan
 * @event: (nullable): id of the event to begin with
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWidget *
rst_picture_window_new (GtkWindow        *parent,
                        RstPlan           plan,
                        const RstAnswers *answers,
                        GPtrArray        *devices,
                        const char       *event)
{
  RstPictureWindow *self = g_object_new (RST_TYPE_PICTURE_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  self->plan = plan;
  self->answers = rst_answers_copy (answers);
  if (devices != NULL && devices->len > 0)
    self->devices = g_ptr_array_ref (devices);
  for (guint i = 0; i < rst_events_get_n (); i++)
    {
      const RstEvent *candidate = rst_events_get (i);

      gboolean is_first = g_strcmp0 (rst_event_get_id (candidate), event) == 0;

      if (!rst_event_is_in_table (candidate) && !is_first)
        continue;
      if (is_first)
        selected = self->events->len;
      g_ptr_array_add (self->events, (gpointer) candidate);
      gtk_string_list_append (titles, rst_event_get_title (candidate));
    }
  gtk_drop_down_set_model (self->stories, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->stories, selected);
  select_story_cb (self);
  /* The arrow keys step from the start. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->picture));
  return GTK_WIDGET (self);
}
