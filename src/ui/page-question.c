/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One question of core/rst-questions.c: its answers as radio rows, “not sure” apart from them, and why
 * it is asked. Arrows and digits choose; nothing is chosen beforehand, and choosing does not go on.
 */
#include "pages.h"

#include "rst-help-library.h"
#include "rst-steps.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPageQuestion
{
  RstPage            parent_instance;

  /* Template Widgets */
  RstSteps          *steps;
  GtkListBox        *choices;
  GtkListBox        *not_sure;
  GtkLabel          *why;
  GtkWidget         *more;

  /* Borrowed References */
  const RstQuestion *question;
  GtkWidget         *rows[8];   /* in the order of the screen */
  GtkCheckButton    *checks[8];
  guint              n_rows;
};

G_DEFINE_FINAL_TYPE (RstPageQuestion, rst_page_question, RST_TYPE_PAGE)

/* “Not sure” stands last and has the value 0. */
static guint
value_of_row (RstPageQuestion *self,
              guint            row)
{
  return (row + 1) % self->n_rows;
}

static int
get_chosen (RstPageQuestion *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      return (int) i;
  return -1;
}

/* The focus is on the rows, so they have to say what is chosen. */
static void
toggled_cb (RstPageQuestion *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_STATE_SELECTED,
                                 gtk_check_button_get_active (self->checks[i]), -1);
  rst_page_set_complete (RST_PAGE (self), get_chosen (self) >= 0);
}

static void
add_choice (RstPageQuestion *self,
            GtkListBox      *list,
            guint            value)
{
  const char *label = rst_question_get_label (self->question, value);
  GtkWidget *row = rst_row_new (label, rst_question_get_hint (self->question, value));
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_focusable (check, FALSE);
  if (self->n_rows > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->checks[0]);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  rst_row_add_check (row, GTK_CHECK_BUTTON (check));
  gtk_list_box_append (list, row);
  self->rows[self->n_rows] = row;
  self->checks[self->n_rows++] = GTK_CHECK_BUTTON (check);
}

static void
choose (RstPageQuestion *self,
        int              row)
{
  row = CLAMP (row, 0, (int) self->n_rows - 1);
  gtk_check_button_set_active (self->checks[row], TRUE);
  gtk_widget_grab_focus (self->rows[row]);
}

/* On a row that is not chosen yet, Enter chooses; otherwise it goes on, as everywhere. */
static gboolean
press_enter (RstPageQuestion *self)
{
  int chosen = get_chosen (self);

  for (guint i = 0; i < self->n_rows; i++)
    if (gtk_widget_has_focus (self->rows[i]) && (int) i != chosen)
      {
        choose (self, (int) i);
        return GDK_EVENT_STOP;
      }
  if (chosen < 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
  return GDK_EVENT_STOP;
}

static gboolean
is_in_choices (RstPageQuestion *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && focus != self->more;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  RstPageQuestion *self = user_data;
  guint digit = keyval >= GDK_KEY_KP_1 ? keyval - GDK_KEY_KP_1 : keyval - GDK_KEY_1;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || !is_in_choices (self))
    return GDK_EVENT_PROPAGATE;
  if (digit < self->n_rows)
    choose (self, (int) digit);
  else if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    choose (self, get_chosen (self) + 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    choose (self, get_chosen (self) - 1);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    return press_enter (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
rst_page_question_skip (RstPage *page)
{
  RstJourney *journey = rst_page_get_journey (page);

  return !rst_question_is_asked (RST_PAGE_QUESTION (page)->question, rst_journey_get_answers (journey));
}

static gboolean
rst_page_question_is_settled (RstPage *page)
{
  RstJourney *journey = rst_page_get_journey (page);

  return rst_journey_has_answered (journey, rst_question_get_key (RST_PAGE_QUESTION (page)->question));
}

static void
update_steps (RstPageQuestion  *self,
              const RstAnswers *answers)
{
  guint step = 1;

  for (guint i = 0; rst_questions_get (i) != self->question; i++)
    step += rst_question_is_asked (rst_questions_get (i), answers);
  rst_steps_set (self->steps, step, step + rst_questions_count_left (answers, self->question));
}

static void
rst_page_question_enter (RstPage *page)
{
  RstPageQuestion *self = RST_PAGE_QUESTION (page);
  RstJourney *journey = rst_page_get_journey (page);
  const RstAnswers *answers = rst_journey_get_answers (journey);
  RstKey key = rst_question_get_key (self->question);
  gboolean answered = rst_journey_has_answered (journey, key);

  for (guint i = 0; i < self->n_rows; i++)
    gtk_check_button_set_active (self->checks[i],
                                 answered && value_of_row (self, i) == rst_answers_get (answers, key));
  update_steps (self, answers);
  toggled_cb (self);
}

static gboolean
rst_page_question_apply (RstPage *page)
{
  RstPageQuestion *self = RST_PAGE_QUESTION (page);

  rst_journey_answer (rst_page_get_journey (page), rst_question_get_key (self->question),
                      value_of_row (self, (guint) get_chosen (self)));
  return TRUE;
}

static void
rst_page_question_constructed (GObject *object)
{
  RstPageQuestion *self = RST_PAGE_QUESTION (object);
  const char *help;
  RstKey key;

  G_OBJECT_CLASS (rst_page_question_parent_class)->constructed (object);

  if (!rst_key_from_nick (rst_page_get_id (RST_PAGE (self)), &key))
    g_error ("There is no question “%s”", rst_page_get_id (RST_PAGE (self)));
  self->question = rst_questions_find (key);
  help = rst_question_get_help (self->question);
  rst_page_set_heading (RST_PAGE (self), rst_question_get_text (self->question));
  gtk_label_set_text (self->why, rst_question_get_why (self->question));
  rst_page_set_help_topic (RST_PAGE (self), rst_help_library_has (help) ? help : "which-to-choose");
  gtk_widget_set_visible (self->more, rst_help_library_has (help));
  for (guint value = 1; value <= rst_question_get_n_choices (self->question); value++)
    add_choice (self, self->choices, value);
  add_choice (self, self->not_sure, RST_NOT_SURE);
}

static void
rst_page_question_class_init (RstPageQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_question_constructed;
  RST_PAGE_CLASS (klass)->skip = rst_page_question_skip;
  RST_PAGE_CLASS (klass)->is_settled = rst_page_question_is_settled;
  RST_PAGE_CLASS (klass)->enter = rst_page_question_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_question_apply;

  g_type_ensure (RST_TYPE_STEPS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-question.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageQuestion, steps);
  gtk_widget_class_bind_template_child (widget_class, RstPageQuestion, choices);
  gtk_widget_class_bind_template_child (widget_class, RstPageQuestion, not_sure);
  gtk_widget_class_bind_template_child (widget_class, RstPageQuestion, why);
  gtk_widget_class_bind_template_child (widget_class, RstPageQuestion, more);
}

static void
rst_page_question_init (RstPageQuestion *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
