/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-picture.h"

#include <adwaita.h>

#include "rst-picture-draw.h"

struct _RstPicture {
  GtkWidget         parent_instance;

  /* Owned References */
  RstStory         *story;     /* (nullable) */
  RstPictureLayout *layout;    /* (nullable) of the current size */
  GPtrArray        *labels;    /* (element-type GtkLabel) name and state of each place, in turn */
  AdwAnimation     *animation; /* elapsed milliseconds of the current step */

  guint             step;
  double            elapsed_ms;
};

G_DEFINE_FINAL_TYPE (RstPicture, rst_picture, GTK_TYPE_WIDGET)

enum {
  PROP_STEP = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_motion (RstPicture *self)
{
  return adw_get_enable_animations (GTK_WIDGET (self));
}

static void
rst_picture_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  RstPicture *self = RST_PICTURE (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->story != NULL && self->layout != NULL)
    {
      RstPictureMoment moment = {
        .story = self->story,
        .layout = self->layout,
        .palette = rst_art_get_palette (adw_style_manager_get_dark (style),
                                        adw_style_manager_get_high_contrast (style)),
        .step = self->step,
        .elapsed_ms = self->elapsed_ms,
        .still = !has_motion (self),
      };
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

      rst_picture_moment_draw (&moment, cr);
      cairo_destroy (cr);
    }
  for (guint i = 0; i < self->labels->len; i++)
    gtk_widget_snapshot_child (widget, self->labels->pdata[i], snapshot);
}

/* Returns the label's height. */
static int
allocate_label (RstPicture *self,
                guint       index,
                double      centre,
                double      top,
                double      column)
{
  GtkWidget *label = self->labels->pdata[index];
  int minimum, natural, width, height;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  width = MAX (minimum, MIN (natural, (int) column - 8));
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (label,
                            &(GtkAllocation) { (int) (centre - width / 2.0), (int) top, width, height },
                            -1);
  return height;
}

static void
rst_picture_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  RstPicture *self = RST_PICTURE (widget);

  g_clear_pointer (&self->layout, rst_picture_layout_free);
  if (self->story == NULL)
    return;
  self->layout = rst_picture_layout_new (self->story, width, height);
  for (guint i = 0; i < self->story->places->len; i++)
    {
      const RstPictureSpot *spot = rst_picture_layout_get (self->layout, i);
      double top = i == 0 ? 0 : spot->base + 6;

      top += allocate_label (self, 2 * i, spot->port.x, top, spot->column);
      allocate_label (self, 2 * i + 1, spot->port.x, top, spot->column);
    }
}

static GtkSizeRequestMode
rst_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rst_picture_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  RstPicture *self = RST_PICTURE (widget);
  int width = for_size > 0 ? for_size : 340;

  for (guint i = 0; i < self->labels->len; i++)
    gtk_widget_measure (self->labels->pdata[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 300;
      *natural = 680;
      return;
    }
  *minimum = self->story != NULL ? (int) rst_picture_layout_min_height (self->story, width) : 280;
  *natural = MAX (*minimum, 480);
}

static void
describe (RstPicture *self)
{
  g_autofree char *text = rst_story_describe_step (self->story, self->step);
  RstStoryStep *step = self->story->steps->pdata[self->step];

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  for (guint i = 0; i < self->story->places->len; i++)
    {
      RstStoryPlace *place = self->story->places->pdata[i];
      GtkWidget *name = self->labels->pdata[2 * i];
      GtkWidget *state = self->labels->pdata[2 * i + 1];

      gtk_label_set_text (GTK_LABEL (name), place->name);
      gtk_label_set_text (GTK_LABEL (state), step->summaries[i]);
      gtk_widget_set_tooltip_text (name, place->name);
      gtk_widget_set_tooltip_text (state, step->summaries[i]);
    }
}

static void
advance_cb (double   value,
            gpointer user_data)
{
  RstPicture *self = user_data;

  self->elapsed_ms = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkWidget *
new_label (RstPicture *self,
           const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_widget_add_css_class (label, style_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
rst_picture_dispose (GObject *object)
{
  RstPicture *self = RST_PICTURE (object);

  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  if (self->labels != NULL)
    g_ptr_array_set_size (self->labels, 0);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->layout, rst_picture_layout_free);
  g_clear_pointer (&self->story, rst_story_free);

  G_OBJECT_CLASS (rst_picture_parent_class)->dispose (object);
}

static void
rst_picture_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_STEP)
    g_value_set_uint (value, RST_PICTURE (object)->step);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rst_picture_class_init (RstPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_picture_dispose;
  object_class->get_property = rst_picture_get_property;
  widget_class->snapshot = rst_picture_snapshot;
  widget_class->measure = rst_picture_measure;
  widget_class->size_allocate = rst_picture_size_allocate;
  widget_class->get_request_mode = rst_picture_get_request_mode;

  properties[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "picture.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "picture.next", NULL);
  gtk_widget_class_set_css_name (widget_class, "picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rst_picture_init (RstPicture *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, 1,
                                             adw_callback_animation_target_new (advance_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_LINEAR);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rst_picture_set_story:
 * @self: a picture
 * @story: (transfer full): the story to show, from its first step
 */
void
rst_picture_set_story (RstPicture *self,
                       RstStory   *story)
{
  g_return_if_fail (RST_IS_PICTURE (self));
  g_return_if_fail (story != NULL && story->steps->len > 0);

  g_clear_pointer (&self->layout, rst_picture_layout_free);
  g_clear_pointer (&self->story, rst_story_free);
  self->story = story;
  g_ptr_array_set_size (self->labels, 0);
  for (guint i = 0; i < story->places->len; i++)
    {
      g_ptr_array_add (self->labels, new_label (self, "heading"));
      g_ptr_array_add (self->labels, new_label (self, "caption"));
    }
  rst_picture_set_step (self, 0, FALSE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rst_picture_get_story:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): the story it shows
 */
const RstStory *
rst_picture_get_story (RstPicture *self)
{
  g_return_val_if_fail (RST_IS_PICTURE (self), NULL);

  return self->story;
}

/**
 * rst_picture_get_step:
 * @self: a picture
 *
 * Returns: the step it shows, counted from 0
 */
guint
rst_picture_get_step (RstPicture *self)
{
  g_return_val_if_fail (RST_IS_PICTURE (self), 0);

  return self->step;
}

/**
 * rst_picture_set_step:
 * @self: a picture with a story
 * @step: the step to show, counted from 0
 * @animate: let the letters fly, if the desktop allows animations
 */
void
rst_picture_set_step (RstPicture *self,
                      guint       step,
                      gboolean    animate)
{
  double duration;

  g_return_if_fail (RST_IS_PICTURE (self));
  g_return_if_fail (self->story != NULL && step < self->story->steps->len);

  adw_animation_reset (self->animation);
  self->step = step;
  duration = rst_picture_moment_duration_ms (self->story, step);
  self->elapsed_ms = duration;
  describe (self);
  if (animate && has_motion (self))
    {
      adw_timed_animation_set_duration (ADW_TIMED_ANIMATION (self->animation), (guint) duration);
      adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->animation), duration);
      adw_animation_play (self->animation);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
}
