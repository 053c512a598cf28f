/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice over all combinations of answers, and the cases in cases/advice.
 */
#include "rst-advice.h"
#include "rst-consequence.h"
#include "rst-questions.h"

/* Every question answered or not sure. */
#define MAX_COMBINATIONS 300000

static RstAnswers
say (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, " ", -1);
  RstAnswers answers = { 0 };

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;

      if (*parts[i] != '\0')
        rst_answers_parse (&answers, parts[i], &error);
      g_assert_no_error (error);
    }

  return answers;
}

/* The combination after @answers in counting order of the questions; FALSE after the last. */
static gboolean
count_on (RstAnswers *answers,
          guint       from)
{
  for (guint key = 0; key < RST_N_QUESTIONS; key++)
    {
      guint value = rst_answers_get (answers, key);
      guint first = MIN (from, rst_key_get_n_values (key) - 1);

      if (value < rst_key_get_n_values (key))
        {
          rst_answers_set (answers, key, value + 1);
          return TRUE;
        }
      rst_answers_set (answers, key, first);
    }

  return FALSE;
}

static guint
index_of (const RstAnswers *answers)
{
  guint index = 0;

  for (int key = RST_N_QUESTIONS - 1; key >= 0; key--)
    index = index * (rst_key_get_n_values (key) + 1) + rst_answers_get (answers, key);

  return index;
}

/* All plans, by index_of(); made once. */
static const guint8 *
pick_all (guint *n)
{
  static guint8 picks[MAX_COMBINATIONS];
  static guint count;
  RstAnswers answers = { 0 };

  if (count == 0)
    do
      {
        guint index = index_of (&answers);

        g_assert_cmpuint (index, <, MAX_COMBINATIONS);
        picks[index] = rst_advice_pick (&answers);
        count++;
      }
    while (count_on (&answers, 0));

  *n = count;
  return picks;
}

#define SAID(key, value) (rst_answers_get (answers, RST_KEY_##key) == RST_##key##_##value)

static void
fail_for (const char       *rule,
          const RstAnswers *answers,
          RstPlan           plan)
{
  g_autofree char *text = rst_answers_to_string (answers);

  g_test_message ("%s: %s gives %s", rule, text, rst_plan_get_nick (plan));
  g_test_fail ();
}

/* The rules that the weights must amount to. A wish for an empty server, where nothing stands
 * against it, outweighs the three that would keep mail on the server. */
static const char *
broken_rule (const RstAnswers *answers,
             RstPlan           plan)
{
  gboolean imap = rst_plan_get_mode (plan) == RST_METHOD_IMAP;
  gboolean wish = rst_plan_wants_privacy (answers);
  gboolean only_small = SAID (SPACE, LITTLE) && !SAID (DEVICES, SEVERAL);

  if (rst_plan_get_mode (plan) == RST_METHOD_WEB)
    return "a plan sets up a mail program";
  if ((SAID (DEVICES, SEVERAL) || SAID (PEOPLE, OTHERS) || SAID (PLACES, BROWSER)) && !imap)
    return "whoever shares the mailbox reads on the server";
  if (SAID (SWITCHING, OFTEN) && !imap && !wish)
    return "frequent changes of devices";
  if (SAID (SPACE, LITTLE) && !imap && !wish)
    return "little space";
  if (plan == RST_PLAN_POP_REMOVE && !(wish && SAID (DEVICES, ONE) && SAID (PEOPLE, ME)))
    return "the server is emptied at once for nobody who has not asked for it";
  if ((SAID (OLDMAIL, EVERYTHING) || SAID (SERVERLOSS, DISASTER) || SAID (OUTAGE, MUST)) &&
      plan == RST_PLAN_IMAP && !only_small && !wish)
    return "own copies where they matter";
  if (SAID (DEVICES, ONE) && SAID (PEOPLE, ME) && SAID (PLACES, ONE) && SAID (SWITCHING, RARELY) &&
      !SAID (SPACE, LITTLE) && (SAID (CONNECTION, LIMITED) || SAID (OUTAGE, MUST)) && imap)
    return "one device that has to do without the server";

  return NULL;
}

static void
test_rules (void)
{
  RstAnswers answers = { 0 };
  guint n;
  const guint8 *picks = pick_all (&n);
  guint plans[RST_N_PLANS] = { 0 };

  do
    {
      RstPlan plan = picks[index_of (&answers)];
      const char *rule = broken_rule (&answers, plan);

      plans[plan]++;
      if (rule != NULL)
        fail_for (rule, &answers, plan);
    }
  while (count_on (&answers, 0));

  g_test_message ("%u combinations: imap %u, imap-archive %u, pop-days %u, pop-remove %u, "
                  "archive-pc %u", n, plans[RST_PLAN_IMAP], plans[RST_PLAN_IMAP_ARCHIVE],
                  plans[RST_PLAN_POP_DAYS], plans[RST_PLAN_POP_REMOVE], plans[RST_PLAN_ARCHIVE_PC]);
}

/* Answers that ask for more of the same mailbox: more devices, readers, or changes of devices. */
static gboolean
asks_for_more (RstKey key,
               guint  less,
               guint  more)
{
  if (key == RST_KEY_DEVICES)
    return less == RST_DEVICES_ONE && more == RST_DEVICES_SEVERAL;
  if (key == RST_KEY_PEOPLE)
    return less == RST_PEOPLE_ME && more > RST_PEOPLE_ME;

  return key == RST_KEY_SWITCHING && less > more;
}

static void
test_more_never_turns_to_pop (void)
{
  RstAnswers answers = { 0 };
  guint n;
  const guint8 *picks = pick_all (&n);
  guint checked = 0;

  do
    for (guint key = 0; key < RST_N_QUESTIONS; key++)
      for (guint value = 1; value <= rst_key_get_n_values (key); value++)
        {
          RstAnswers more = answers;
          RstPlan plan = picks[index_of (&answers)];

          if (!asks_for_more (key, rst_answers_get (&answers, key), value))
            continue;
          checked++;
          rst_answers_set (&more, key, value);
          if (rst_plan_get_mode (plan) == RST_METHOD_IMAP &&
              rst_plan_get_mode (picks[index_of (&more)]) == RST_METHOD_POP)
            fail_for ("more turned IMAP to POP", &more, picks[index_of (&more)]);
        }
  while (count_on (&answers, 0));

  g_assert_cmpuint (checked, >, n / 2);
}

/* Not knowing an answer never gives a plan that is harder to take back than every answer would. */
static void
test_not_sure_is_not_bold (void)
{
  RstAnswers answers = { 0 };
  guint n;
  const guint8 *picks = pick_all (&n);

  do
    for (guint key = 0; key < RST_N_QUESTIONS; key++)
      {
        RstPlan plan = picks[index_of (&answers)];
        guint boldest = 0;

        if (rst_answers_get (&answers, key) != RST_NOT_SURE || key == RST_KEY_PRIVACY)
          continue;
        for (guint value = 1; value <= rst_key_get_n_values (key); value++)
          {
            RstAnswers known = answers;

            rst_answers_set (&known, key, value);
            boldest = MAX (boldest, rst_plan_get_finality (picks[index_of (&known)]));
          }
        if (rst_plan_get_finality (plan) > boldest)
          fail_for (rst_key_get_nick (key), &answers, plan);
      }
  while (count_on (&answers, 0));
}

static const RstWarning *
find_warning (const RstAdvice *advice,
              const char      *id)
{
  for (guint i = 0; i < advice->warnings->len; i++)
    if (g_str_equal (((const RstWarning *) advice->warnings->pdata[i])->id, id))
      return advice->warnings->pdata[i];

  return NULL;
}

/* Whatever the person called a disaster and the plan would let happen is said. */
static void
check_not_silent (const RstAdvice  *advice,
                  const RstAnswers *answers)
{
  const RstEvent *event = rst_events_find ("server-lost");
  RstSetup setup;
  RstOutcome outcome;

  rst_setup_init (&setup, advice->plan, answers);
  outcome = rst_consequence_get_run (&setup, event)->outcome;
  if (SAID (SERVERLOSS, DISASTER) && outcome >= RST_OUTCOME_PARTLY_LOST)
    {
      const RstWarning *warning = find_warning (advice, "server-lost");

      g_assert_nonnull (warning);
      g_assert_cmpint (warning->severity, ==, RST_SEVERITY_WILL_LOSE);
    }
  if (advice->plan == RST_PLAN_POP_REMOVE)
    g_assert_cmpint (find_warning (advice, "only-copy")->severity, ==, RST_SEVERITY_WILL_LOSE);
  if (SAID (PEOPLE, SERVICE))
    g_assert_nonnull (find_warning (advice, "service"));
  if (rst_answers_get (answers, RST_KEY_EXISTING) >= RST_EXISTING_POP_REMOVE &&
      advice->mode == RST_METHOD_IMAP)
    g_assert_nonnull (find_warning (advice, "existing-pop"));
}

static void
check_reasons (const RstAdvice  *advice,
               const RstAnswers *answers)
{
  gboolean seen[RST_N_KEYS] = { FALSE };

  g_assert_cmpuint (advice->reasons->len, >=, 1);
  g_assert_cmpuint (advice->reasons->len, <=, 4);
  for (guint i = 0; i < advice->reasons->len; i++)
    {
      const RstReason *reason = advice->reasons->pdata[i];

      g_assert_false (seen[reason->key]);
      seen[reason->key] = TRUE;
      g_assert_cmpuint (reason->value, ==, rst_answers_get (answers, reason->key));
      g_assert_true (g_str_has_suffix (reason->text, "."));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (((RstReason *) advice->reasons->pdata[j])->text, !=, reason->text);
    }
}

static void
check_what_ifs (const RstAdvice  *advice,
                const RstAnswers *answers)
{
  for (guint i = 0; i < advice->what_ifs->len; i++)
    {
      const RstWhatIf *what_if = advice->what_ifs->pdata[i];
      RstAnswers changed = *answers;

      g_assert_cmpuint (what_if->value, !=, rst_answers_get (answers, what_if->key));
      rst_answers_set (&changed, what_if->key, what_if->value);
      g_assert_cmpint (rst_advice_pick (&changed), ==, what_if->plan);
      g_assert_cmpint (what_if->plan, !=, advice->plan);
    }
}

static void
check_advice (const RstAnswers *answers)
{
  g_autoptr(RstAdvice) advice = rst_advice_new (answers);
  guint offers = rst_answers_get (answers, RST_KEY_OFFERS);

  g_assert_cmpint (advice->plan, ==, rst_advice_pick (answers));
  g_assert_cmpint (advice->mode, ==, rst_plan_get_mode (advice->plan));
  g_assert_true (rst_plan_is_possible (advice->plan, answers));
  g_assert_cmpint (advice->sureness == RST_SURENESS_FORCED, ==,
                   offers == RST_OFFERS_IMAP || offers == RST_OFFERS_POP);
  if (offers == RST_OFFERS_IMAP)
    g_assert_cmpint (advice->mode, ==, RST_METHOD_IMAP);
  if (offers == RST_OFFERS_POP)
    g_assert_cmpint (advice->mode, ==, RST_METHOD_POP);
  if (advice->sureness == RST_SURENESS_FORCED)
    g_assert_cmpint (((RstReason *) advice->reasons->pdata[0])->key, ==, RST_KEY_OFFERS);
  g_assert_true (*advice->headline != '\0' && *advice->contrast != '\0');
  g_assert_cmpuint (advice->consequences->len, >, 10);
  check_reasons (advice, answers);
  check_what_ifs (advice, answers);
  check_not_silent (advice, answers);
}

/* Every question answered; with a provider that forces the choice, every seventh of them. */
static void
test_whole_advice (void)
{
  gint64 start = g_get_monotonic_time ();
  guint n = 0;

  for (guint offers = RST_NOT_SURE; offers <= RST_OFFERS_POP; offers++)
    {
      RstAnswers answers = say ("devices=one people=me places=one switching=often space=little "
                                "oldmail=everything outage=must serverloss=disaster "
                                "connection=always");

      rst_answers_set (&answers, RST_KEY_OFFERS, offers);
      do
        {
          if (offers == RST_OFFERS_BOTH || n++ % 7 == 0)
            check_advice (&answers);
        }
      while (count_on (&answers, 1));
    }

  g_test_message ("%.1f s", (g_get_monotonic_time () - start) / 1e6);
}

/* The facts turn up in reasons, settings and warnings, and break no rule. */
static void
test_facts (void)
{
  for (guint quota = 0; quota <= RST_QUOTA_LARGE; quota++)
    for (guint existing = 0; existing <= RST_EXISTING_POP_KEEP; existing++)
      for (guint expires = 0; expires <= 400; expires += 100)
        for (guint offers = 0; offers <= RST_OFFERS_POP; offers++)
          for (guint devices = 0; devices <= RST_DEVICES_SEVERAL; devices++)
            {
              RstAnswers answers = say ("oldmail=everything");
              RstPlan plan;

              rst_answers_set (&answers, RST_KEY_DEVICES, devices);
              rst_answers_set (&answers, RST_KEY_QUOTA, quota);
              rst_answers_set (&answers, RST_KEY_EXISTING, existing);
              rst_answers_set (&answers, RST_KEY_EXPIRES, expires);
              rst_answers_set (&answers, RST_KEY_OFFERS, offers);
              check_advice (&answers);

              plan = rst_advice_pick (&answers);
              if (quota == RST_QUOTA_SMALL || (expires > 0 && expires < 365))
                g_assert_cmpint (plan, !=, RST_PLAN_IMAP);
              if (devices == RST_DEVICES_SEVERAL && offers != RST_OFFERS_POP)
                g_assert_cmpint (rst_plan_get_mode (plan), ==, RST_METHOD_IMAP);
            }
}

static void
test_evidence (void)
{
  RstAnswers answers = { 0 };
  g_autoptr(RstAdvice) advice = NULL;
  const RstReason *reason;

  rst_answers_set_fact (&answers, RST_KEY_OFFERS, RST_OFFERS_POP, RST_EVIDENCE_SERVER);
  advice = rst_advice_new (&answers);
  reason = advice->reasons->pdata[0];
  g_assert_cmpint (reason->key, ==, RST_KEY_OFFERS);
  g_assert_cmpstr (reason->source, ==, "as the mail server says");
}

/* A person may choose against the advice: what follows is then that of the choice. */
static void
test_choice (void)
{
  RstAnswers answers = say ("devices=several serverloss=disaster");
  RstPlan plan = RST_PLAN_POP_REMOVE;
  g_autoptr(RstAdvice) advice = rst_advice_new_full (&answers, NULL, &plan);

  g_assert_true (advice->chosen);
  g_assert_cmpint (advice->plan, ==, RST_PLAN_POP_REMOVE);
  g_assert_cmpint (advice->mode, ==, RST_METHOD_POP);
  g_assert_cmpuint (advice->settings.leave_days, ==, 0);
  g_assert_cmpint (advice->runner_up, ==, RST_PLAN_IMAP_ARCHIVE);
  g_assert_nonnull (find_warning (advice, "only-copy"));
}

static void
test_devices (void)
{
  RstAnswers answers = say ("devices=several");
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  g_autoptr(RstAdvice) advice = NULL;

  g_ptr_array_add (devices, rst_device_parse (":computer:pop:remove", NULL));
  g_ptr_array_add (devices, rst_device_parse (":phone:imap", NULL));
  advice = rst_advice_new_full (&answers, devices, NULL);
  g_assert_nonnull (find_warning (advice, "pop-takes-mail"));
}

/* Which computer keeps the archive is said if the devices are known; phones alone cannot. */
static void
test_archive_device (void)
{
  RstAnswers answers = say ("devices=several serverloss=disaster");
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  g_autoptr(RstAdvice) phones = NULL;
  g_autoptr(RstAdvice) advice = NULL;

  g_ptr_array_add (devices, rst_device_parse (":phone:imap", NULL));
  g_ptr_array_add (devices, rst_device_parse (":tablet:imap", NULL));
  phones = rst_advice_new_full (&answers, devices, NULL);
  g_assert_cmpint (phones->archive_device, ==, -1);
  g_assert_nonnull (find_warning (phones, "no-archive-device"));

  g_ptr_array_add (devices, rst_device_parse (":laptop:imap", NULL));
  g_ptr_array_add (devices, rst_device_parse (":computer:imap:here", NULL));
  advice = rst_advice_new_full (&answers, devices, NULL);
  g_assert_cmpint (advice->plan, ==, RST_PLAN_IMAP_ARCHIVE);
  g_assert_cmpint (advice->archive_device, ==, 3);
  g_assert_null (find_warning (advice, "no-archive-device"));
}

static void
test_speed (void)
{
  RstAnswers answers = { 0 };
  gint64 start, took;
  guint n = 100;

  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RstAdvice) advice = NULL;

      rst_answers_set (&answers, i % RST_N_QUESTIONS, i % 2);
      advice = rst_advice_new (&answers);
      g_assert_nonnull (advice);
    }
  took = (g_get_monotonic_time () - start) / n;
  g_test_message ("%" G_GINT64_FORMAT " µs for an advice", took);
  g_assert_cmpint (took, <, 5000);
}

static void
check_list (GKeyFile   *file,
            const char *key,
            const char *got)
{
  g_autofree char *expected = g_key_file_get_string (file, "advice", key, NULL);

  if (expected != NULL)
    g_assert_cmpstr (got, ==, expected);
}

static char *
list_reasons (const RstAdvice *advice)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < advice->reasons->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            rst_key_get_nick (((RstReason *) advice->reasons->pdata[i])->key));

  return g_string_free (text, FALSE);
}

static char *
list_warnings (const RstAdvice *advice)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < advice->warnings->len; i++)
    {
      const RstWarning *warning = advice->warnings->pdata[i];

      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "", warning->id,
                              rst_severity_get_nick (warning->severity));
    }

  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer path)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(RstAdvice) advice = NULL;
  g_autofree char *said = NULL;
  g_autofree char *reasons = NULL;
  g_autofree char *warnings = NULL;
  g_autofree char *days = NULL;
  RstAnswers answers;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  said = g_key_file_get_string (file, "answers", "said", &error);
  g_assert_no_error (error);

  answers = say (said);
  advice = rst_advice_new (&answers);
  reasons = list_reasons (advice);
  warnings = list_warnings (advice);
  days = g_strdup_printf ("%u", advice->settings.leave_days);
  check_list (file, "plan", rst_plan_get_nick (advice->plan));
  check_list (file, "sureness", rst_sureness_get_nick (advice->sureness));
  check_list (file, "reasons", reasons);
  check_list (file, "warnings", warnings);
  check_list (file, "leave-days", days);
}

static void
add_cases (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "cases", "advice", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/advice/case/", name, NULL);

      if (g_str_has_suffix (name, ".ini"))
        g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_case, g_free);
    }
}

/* The plan is applied to the devices as they were named; this computer keeps the archive, and its
 * programs are one device. */
static void
test_arrange (void)
{
  static const char *texts[] = {
    "Office:computer:pop:days=14", ":phone:unknown", "Thunderbird:computer:imap:here:program=Thunderbird",
    "mutt:computer:imap:here:program=mutt", ":browser:web", ":service:unknown", NULL,
  };
  static const char *wanted[] = { "imap", "imap", "imap", "web", "pop" };
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  g_autoptr (GPtrArray) arranged = NULL;
  g_autoptr (RstAdvice) advice = NULL;
  RstAnswers answers = { 0 };

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (devices, rst_device_parse (texts[i], NULL));
  rst_answers_set (&answers, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  rst_answers_set (&answers, RST_KEY_OLDMAIL, RST_OLDMAIL_EVERYTHING);
  advice = rst_advice_new_full (&answers, devices, NULL);
  g_assert_cmpint (advice->plan, ==, RST_PLAN_IMAP_ARCHIVE);
  arranged = rst_advice_arrange (advice, devices);
  g_assert_cmpuint (arranged->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < arranged->len; i++)
    {
      const RstDevice *device = arranged->pdata[i];

      g_assert_cmpstr (rst_method_get_nick (device->method), ==, wanted[i]);
      g_assert_cmpint (device->archive, ==, device->is_here);
    }
  g_assert_cmpint (((RstDevice *) arranged->pdata[4])->copies, ==, RST_COPIES_KEEP);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice/rules", test_rules);
  g_test_add_func ("/advice/more-never-turns-to-pop", test_more_never_turns_to_pop);
  g_test_add_func ("/advice/not-sure-is-not-bold", test_not_sure_is_not_bold);
  g_test_add_func ("/advice/whole", test_whole_advice);
  g_test_add_func ("/advice/facts", test_facts);
  g_test_add_func ("/advice/evidence", test_evidence);
  g_test_add_func ("/advice/choice", test_choice);
  g_test_add_func ("/advice/devices", test_devices);
  g_test_add_func ("/advice/archive-device", test_archive_device);
  g_test_add_func ("/advice/arrange", test_arrange);
  g_test_add_func ("/advice/speed", test_speed);
  add_cases ();

  return g_test_run ();
}
