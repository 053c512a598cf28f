/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions: order, words, and the condition under which each is asked.
 *
 * A question that is not asked would not change the advice, or is answered by another one. Its
 * answer then stays "not sure".
 */
#include "rst-questions.h"

#include <glib/gi18n-lib.h>

#include "rst-plan.h"
#include "rst-topic.h"

#define MAX_CHOICES 3

typedef struct {
  const char *label;
  const char *hint;      /* (nullable): smaller text below the label */
} Choice;

struct _RstQuestion {
  RstKey       key;
  const char  *text;
  const char  *short_text; /* in the list of answers */
  const char  *why;
  const char  *help;
  gboolean   (*is_asked) (const RstAnswers *answers); /* (nullable): always */
  RstKey       settled_by;                            /* the last question that is_asked looks at */
  Choice       choices[MAX_CHOICES];                  /* in the order of the key's values */
};

static gboolean
loss_matters (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_OLDMAIL) == RST_OLDMAIL_EVERYTHING ||
         rst_answers_get (answers, RST_KEY_OUTAGE) == RST_OUTAGE_MUST;
}

static gboolean
line_matters (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_DEVICES) == RST_DEVICES_ONE ||
         rst_answers_get (answers, RST_KEY_SPACE) == RST_SPACE_LITTLE;
}

static const RstQuestion questions[] = {
  {
    .key = RST_KEY_DEVICES,
    .text = N_("On how many devices do you read this mail?"),
    .short_text = N_("Devices"),
    .why = N_("Devices that share a mailbox have to agree on where the mail is kept."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("One"), N_("One computer or one phone, and nothing else") },
      { N_("Two or more"), N_("For example a computer and a phone") },
    },
  },
  {
    .key = RST_KEY_PEOPLE,
    .text = N_("Does anybody or anything else read this address?"),
    .short_text = N_("Other readers"),
    .why = N_("A second reader that takes mail off the server leaves nothing for the first."),
    .help = RST_TOPIC_MIXING,
    .choices = {
      { N_("No, only me"), NULL },
      { N_("Other people too"), N_("A shared address, such as an office’s") },
      { N_("A service collects it"), N_("Another mailbox, or an office system that fetches mail") },
    },
  },
  {
    .key = RST_KEY_PLACES,
    .text = N_("Where do you read this mail?"),
    .short_text = N_("Places"),
    .why = N_("Mail that was taken to one device is not there when you read somewhere else."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("In one place"), N_("Always on the same desk, or always on the phone you carry") },
      { N_("In several places"), N_("For example at home, at work and on the way") },
      { N_("Also in a web browser"), N_("On the provider’s web page") },
    },
  },
  {
    .key = RST_KEY_SWITCHING,
    .text = N_("How often do you replace or reset your phone or computer?"),
    .short_text = N_("New devices"),
    .why = N_("Mail that lies only on a device has to be carried over to the next one."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("Every year or two"), NULL },
      { N_("Less often"), NULL },
      { N_("Hardly ever"), NULL },
    },
  },
  {
    .key = RST_KEY_SPACE,
    .text = N_("How much free space has the device with the least?"),
    .short_text = N_("Free space"),
    .why = N_("Mail that is kept on a device takes its space."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("Little"), N_("Less than 5 GB") },
      { N_("Plenty"), NULL },
    },
  },
  {
    .key = RST_KEY_OLDMAIL,
    .text = N_("Do you want to keep old mail?"),
    .short_text = N_("Old mail"),
    .why = N_("What has to last for years should not lie in one place only."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("Yes, everything"), NULL },
      { N_("About a year"), NULL },
      { N_("No"), N_("Mail that is dealt with may go") },
    },
  },
  {
    .key = RST_KEY_OUTAGE,
    .text = N_("Must you be able to read your mail while the mail server is away?"),
    .short_text = N_("Server away"),
    .why = N_("Maintenance and breakdowns happen, for half a day perhaps. New mail then waits in "
              "any case; this is about mail that has arrived."),
    .help = RST_TOPIC_CHOOSING,
    .choices = {
      { N_("Yes, I must"), NULL },
      { N_("It would be nice"), NULL },
      { N_("No, I can wait"), NULL },
    },
  },
  {
    .key = RST_KEY_SERVERLOSS,
    .text = N_("And if the mail on the server were lost for good?"),
    .short_text = N_("Server lost"),
    .why = N_("A contract that runs out, a mistake while updating a web site or a break-in can "
              "delete everything on the server."),
    .help = RST_TOPIC_CHOOSING,
    .is_asked = loss_matters,
    .settled_by = RST_KEY_OUTAGE,
    .choices = {
      { N_("That would be a disaster"), NULL },
      { N_("I would be sorry"), NULL },
      { N_("I could live with it"), NULL },
    },
  },
  {
    .key = RST_KEY_CONNECTION,
    .text = N_("Are you always connected to the internet?"),
    .short_text = N_("Connection"),
    .why = N_("Mail that rests on the server needs a connection each time it is read."),
    .help = RST_TOPIC_CHOOSING,
    .is_asked = line_matters,
    .settled_by = RST_KEY_SPACE,
    .choices = {
      { N_("Yes, nearly always"), NULL },
      { N_("No"), N_("Slow, paid by volume, or only now and then") },
    },
  },
  {
    .key = RST_KEY_PRIVACY,
    .text = N_("Should the mail stay on the server after you have received it?"),
    .short_text = N_("Mail on the server"),
    .why = N_("Mail on the server can be read by whoever gets into it, and it is the only other "
              "copy if your device breaks."),
    .help = RST_TOPIC_CHOOSING,
    .is_asked = rst_plan_server_can_be_empty,
    .settled_by = RST_KEY_PLACES,
    .choices = {
      { N_("No, nothing shall stay there"), N_("Mail is then only on the device") },
    },
  },
};

/**
 * rst_questions_get_n:
 *
 * Returns: the number of questions
 */
guint
rst_questions_get_n (void)
{
  return G_N_ELEMENTS (questions);
}

/**
 * rst_questions_get:
 * @index: position in the order of asking
 *
 * Returns: (transfer none): the question
 */
const RstQuestion *
rst_questions_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (questions), NULL);

  return &questions[index];
}

/**
 * rst_questions_find:
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the question of @key; %NULL if it is a fact nobody is asked
 */
const RstQuestion *
rst_questions_find (RstKey key)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (questions[i].key == key)
      return &questions[i];

  return NULL;
}

/**
 * rst_questions_next:
 * @answers: what has been said so far
 * @after: (nullable): the question just answered, %NULL before the first
 *
 * Returns: (transfer none) (nullable): the next question to ask, %NULL after the last
 */
const RstQuestion *
rst_questions_next (const RstAnswers  *answers,
                    const RstQuestion *after)
{
  const RstQuestion *end = questions + G_N_ELEMENTS (questions);

  for (const RstQuestion *q = after == NULL ? questions : after + 1; q < end; q++)
    if (rst_question_is_asked (q, answers))
      return q;

  return NULL;
}

/**
 * rst_questions_count_left:
 * @answers: what has been said so far
 * @after: (nullable): the question now shown, %NULL before the first
 *
 * Counts the longest way that is still possible, for a progress display that never grows: a
 * question counts unless what has been said already rules it out.
 *
 * Returns: how many questions may follow
 */
guint
rst_questions_count_left (const RstAnswers  *answers,
                          const RstQuestion *after)
{
  const RstQuestion *end = questions + G_N_ELEMENTS (questions);
  guint n = 0;

  for (const RstQuestion *q = after == NULL ? questions : after + 1; q < end; q++)
    {
      gboolean open = q->is_asked != NULL && (after == NULL || after->key < q->settled_by);

      if (open || rst_question_is_asked (q, answers))
        n++;
    }

  return n;
}

/**
 * rst_questions_forget_unasked:
 * @answers: answers
 *
 * Sets the answers of questions that are no longer asked back to "not sure", after an earlier
 * answer was changed. Facts that were found stay.
 */
void
rst_questions_forget_unasked (RstAnswers *answers)
{
  g_return_if_fail (answers != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      RstKey key = questions[i].key;

      if (rst_answers_get_evidence (answers, key) == RST_EVIDENCE_PERSON &&
          !rst_question_is_asked (&questions[i], answers))
        rst_answers_set (answers, key, RST_NOT_SURE);
    }
}

/**
 * rst_question_get_key:
 * @self: a question
 *
 * Returns: the key that its answer is stored under
 */
RstKey
rst_question_get_key (const RstQuestion *self)
{
  return self->key;
}

/**
 * rst_question_get_text:
 * @self: a question
 *
 * Returns: (transfer none): the question, translated
 */
const char *
rst_question_get_text (const RstQuestion *self)
{
  return _(self->text);
}

/**
 * rst_question_get_short_text:
 * @self: a question
 *
 * Returns: (transfer none): one or two words for the list of answers, translated
 */
const char *
rst_question_get_short_text (const RstQuestion *self)
{
  return _(self->short_text);
}

/**
 * rst_question_get_why:
 * @self: a question
 *
 * Returns: (transfer none): why it is asked, translated
 */
const char *
rst_question_get_why (const RstQuestion *self)
{
  return _(self->why);
}

/**
 * rst_question_get_help:
 * @self: a question
 *
 * Returns: (transfer none): id of its help topic
 */
const char *
rst_question_get_help (const RstQuestion *self)
{
  return self->help;
}

/**
 * rst_question_is_asked:
 * @self: a question
 * @answers: what has been said so far
 *
 * Returns: whether the answer can still matter
 */
gboolean
rst_question_is_asked (const RstQuestion *self,
                       const RstAnswers  *answers)
{
  g_return_val_if_fail (self != NULL && answers != NULL, FALSE);

  return self->is_asked == NULL || self->is_asked (answers);
}

/**
 * rst_question_get_n_choices:
 * @self: a question
 *
 * Returns: the number of answers besides "not sure"; they have the values from 1 on
 */
guint
rst_question_get_n_choices (const RstQuestion *self)
{
  return rst_key_get_n_values (self->key);
}

/* Answering "yes, it may stay" to the last question is no wish at all: it is kept as not sure. */
static const char *
not_sure_label (const RstQuestion *self)
{
  return self->key == RST_KEY_PRIVACY ? _("Yes, or I am not sure") : _("I am not sure");
}

/**
 * rst_question_get_label:
 * @self: a question
 * @value: %RST_NOT_SURE or one of the values of its key
 *
 * Returns: (transfer none): the answer, translated
 */
const char *
rst_question_get_label (const RstQuestion *self,
                        guint              value)
{
  g_return_val_if_fail (value <= rst_question_get_n_choices (self), NULL);

  if (value == RST_NOT_SURE)
    return not_sure_label (self);

  return _(self->choices[value - 1].label);
}

/**
 * rst_question_get_hint:
 * @self: a question
 * @value: %RST_NOT_SURE or one of the values of its key
 *
 * Returns: (transfer none) (nullable): smaller text below the answer, translated
 */
const char *
rst_question_get_hint (const RstQuestion *self,
                       guint              value)
{
  const char *hint;

  g_return_val_if_fail (value <= rst_question_get_n_choices (self), NULL);

  if (value == RST_NOT_SURE)
    return _("That is fine: the advice then stays on the safe side.");

  hint = self->choices[value - 1].hint;
  return hint == NULL ? NULL : _(hint);
}
