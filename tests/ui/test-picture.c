/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture window in this process: every story of every plan can be stepped through, words and
 * drawing go together, it fits into 360 pixels, and playing stops at the end. With RST_SHOTS=FOLDER
 * it also writes images of itself, to be looked at.
 */
#include "accessible-names.h"
#include "settle.h"

#include "rst-event.h"
#include "rst-picture-window.h"
#include "rst-picture.h"

#define NARROWEST 360

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
write_shot (GtkWidget  *window,
            const char *name)
{
  const char *folder = g_getenv ("RST_SHOTS");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;

  if (folder == NULL)
    return;
  settle (300);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/picture-%s.png", folder, name);
  gdk_texture_save_to_png (texture, path);
}

static GtkWidget *
open_window (RstPlan     plan,
             const char *event,
             int         width,
             int         height)
{
  RstAnswers answers = { 0 };
  GtkWidget *window;

  rst_answers_set (&answers, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  window = rst_picture_window_new (NULL, plan, &answers, NULL, event);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  settle (150);
  check_names (window, "picture");
  return window;
}

static void
test_stories (void)
{
  for (guint plan = 0; plan < RST_N_PLANS; plan++)
    {
      GtkWidget *window = open_window (plan, NULL, 900, 700);
      GtkDropDown *stories = GTK_DROP_DOWN (find (window, GTK_TYPE_DROP_DOWN));
      RstPicture *picture = RST_PICTURE (find (window, RST_TYPE_PICTURE));
      guint n = g_list_model_get_n_items (gtk_drop_down_get_model (stories));

      g_assert_cmpuint (n, >, 10);
      for (guint i = 0; i < n; i++)
        {
          guint steps;

          gtk_drop_down_set_selected (stories, i);
          steps = rst_picture_get_story (picture)->steps->len;
          g_assert_cmpuint (rst_picture_get_step (picture), ==, 0);
          for (guint step = 1; step < steps; step++)
            {
              gtk_widget_activate_action (GTK_WIDGET (stories), "picture.next", NULL);
              g_assert_cmpuint (rst_picture_get_step (picture), ==, step);
            }
          gtk_widget_activate_action (GTK_WIDGET (stories), "picture.next", NULL);
          g_assert_cmpuint (rst_picture_get_step (picture), ==, steps - 1);
          gtk_widget_activate_action (GTK_WIDGET (stories), "picture.first", NULL);
          g_assert_cmpuint (rst_picture_get_step (picture), ==, 0);
        }
      gtk_window_destroy (GTK_WINDOW (window));
      settle (20);
    }
}

static void
test_words (void)
{
  GtkWidget *window = open_window (RST_PLAN_IMAP_ARCHIVE, "server-lost", 900, 700);
  RstPicture *picture = RST_PICTURE (find (window, RST_TYPE_PICTURE));
  GtkListBox *list = GTK_LIST_BOX (find (window, GTK_TYPE_LIST_BOX));
  const RstStory *story = rst_picture_get_story (picture);

  gtk_widget_activate_action (GTK_WIDGET (list), "picture.last", NULL);
  for (guint i = 0; i < story->steps->len; i++)
    g_assert_nonnull (gtk_list_box_get_row_at_index (list, (int) i));
  g_assert_null (gtk_list_box_get_row_at_index (list, (int) story->steps->len));
  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (
    gtk_test_accessible_has_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  write_shot (window, "server-lost");
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

/* The canvas has the focus at first, and its keys are those of the steps. */
static void
test_focus (void)
{
  GtkWidget *window = open_window (RST_PLAN_IMAP, "delete", 900, 700);
  GtkWidget *picture = find (window, RST_TYPE_PICTURE);

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == picture);
  g_assert_true (gtk_widget_get_focusable (picture));
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

/* How many letters are in that state there, at the end of the step. */
static guint
count_letters (const RstStory *story,
               guint           step,
               guint           place,
               RstLetterState  state)
{
  guint n = 0;

  for (guint i = 0; i < story->n_letters; i++)
    n += rst_story_get_state (story, step, place, i) == state;
  return n;
}

/* The devices of a person take the place of those of a plan, and an event that no table has can be shown. */
static void
test_devices (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  RstAnswers answers = { 0 };
  const RstStory *story;
  GtkWidget *window;
  guint last;

  g_ptr_array_add (devices, rst_device_parse ("Office:computer:pop:days=14", NULL));
  g_ptr_array_add (devices, rst_device_parse ("Aiko:phone:imap", NULL));
  window = rst_picture_window_new (NULL, RST_PLAN_IMAP, &answers, devices, "month");
  gtk_window_present (GTK_WINDOW (window));
  settle (50);
  story = rst_picture_get_story (RST_PICTURE (find (window, RST_TYPE_PICTURE)));
  last = story->steps->len - 1;
  g_assert_cmpstr (((RstStoryPlace *) story->places->pdata[1])->name, ==, "Office");
  g_assert_cmpstr (((RstStoryPlace *) story->places->pdata[2])->name, ==, "Aiko");
  g_assert_cmpuint (count_letters (story, last, 1, RST_LETTER_GONE), ==, 0);
  g_assert_cmpuint (count_letters (story, 0, 2, RST_LETTER_SEEN), >, 0);
  g_assert_cmpuint (count_letters (story, last, 2, RST_LETTER_SEEN), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

static void
test_narrow (void)
{
  for (guint plan = 0; plan < RST_N_PLANS; plan++)
    {
      GtkWidget *window = open_window (plan, "delete", NARROWEST, 720);
      int minimum;

      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, NARROWEST);
      gtk_widget_activate_action (find (window, GTK_TYPE_DROP_DOWN), "picture.next", NULL);
      settle (1200);
      write_shot (window, rst_plan_get_nick (plan));
      gtk_window_destroy (GTK_WINDOW (window));
      settle (20);
    }
}

static void
test_play (void)
{
  GtkWidget *window = open_window (RST_PLAN_POP_DAYS, "delete", 900, 700);
  RstPicture *picture = RST_PICTURE (find (window, RST_TYPE_PICTURE));
  GtkWidget *child = find (window, GTK_TYPE_DROP_DOWN);

  gtk_widget_activate_action (child, "picture.play", NULL);
  g_assert_cmpuint (rst_picture_get_step (picture), ==, 1);
  settle (350);
  write_shot (window, "flight");
  gtk_widget_activate_action (child, "picture.play", NULL);
  settle (5000);
  /* Paused: nothing goes on by itself. */
  g_assert_cmpuint (rst_picture_get_step (picture), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/picture/stories", test_stories);
  g_test_add_func ("/picture/words", test_words);
  g_test_add_func ("/picture/focus", test_focus);
  g_test_add_func ("/picture/devices", test_devices);
  g_test_add_func ("/picture/narrow", test_narrow);
  g_test_add_func ("/picture/play", test_play);
  return g_test_run ();
}
