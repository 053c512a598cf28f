/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two looks at a mailbox tell, and where they must not claim anything. */
#include "rst-glance.h"

#include "rst-mixing.h"

#include <string.h>

#define DAY (24 * 60 * 60)

/* “messages first next validity” of IMAP; “messages name” of POP. */
static RstGlance *
make_look (const char *text,
           gint64      when)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  RstGlance *look = rst_glance_new ("box", when);

  look->messages = g_ascii_strtoull (words[0], NULL, 10);
  if (g_strv_length (words) == 4)
    {
      look->first = g_ascii_strtoull (words[1], NULL, 10);
      look->next = g_ascii_strtoull (words[2], NULL, 10);
      look->validity = g_ascii_strtoull (words[3], NULL, 10);
    }
  else if (words[1] != NULL)
    look->name = g_strdup (words[1]);
  return look;
}

static void
test_compare (void)
{
  static const struct {
    const char *before, *now;
    guint64     gone;
  } cases[] = {
    /* Nothing changed; only new mail came. */
    { "3 1 4 7", "3 1 4 7", 0 },
    { "3 1 4 7", "5 1 6 7", 0 },
    { "0 0 4 7", "2 4 6 7", 0 },
    /* Deleted, or filed, in the middle or at the end. */
    { "3 1 4 7", "2 1 4 7", 0 },
    { "3 1 4 7", "1 1 9 7", 0 },
    /* The oldest went. */
    { "3 1 4 7", "2 2 4 7", 1 },
    { "3 1 4 7", "1 3 4 7", 2 },
    { "3 1 4 7", "3 2 5 7", 1 },
    { "3 1 4 7", "9 2 11 7", 1 },
    /* All that was there went, whatever came meanwhile. */
    { "3 1 4 7", "0 0 4 7", 3 },
    { "3 1 4 7", "0 0 6 7", 4 },
    { "3 1 4 7", "2 4 6 7", 3 },
    { "3 1 4 7", "9 5 14 7", 3 },
    /* What came went before anybody saw it. */
    { "0 0 4 7", "0 0 5 7", 1 },
    { "0 0 4 7", "0 0 4 7", 0 },
    /* Other numbers, or none: nothing is known. */
    { "3 1 4 7", "2 2 4 8", 0 },
    { "3 1 4 7", "0 0 1 8", 0 },
    { "3 1 4 0", "0 0 4 7", 0 },
    { "3 1 4 0", "0 0 4 0", 0 },
    { "3 0 4 7", "2 2 4 7", 0 },
    { "3 1 4 7", "2 0 4 7", 0 },
    { "3 5 6 7", "3 1 4 7", 0 },
    { "3 1 0 7", "2 9 0 7", 1 },
    /* POP. */
    { "3 a", "3 a", 0 },
    { "3 a", "2 a", 0 },
    { "3 a", "2 b", 1 },
    { "3 a", "1 c", 2 },
    { "3 a", "0", 3 },
    { "3 a", "3 b", 0 },
    { "3 a", "5 b", 0 },
    { "3", "0", 0 },
    { "3 a", "2", 0 },
    { "0", "0", 0 },
    /* One protocol is not the other. */
    { "3 a", "2 2 4 7", 0 },
    { "3 1 4 7", "2 b", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstGlance) before = make_look (cases[i].before, 1000);
      g_autoptr (RstGlance) now = make_look (cases[i].now, 2000);

      g_test_message ("%s → %s", cases[i].before, cases[i].now);
      g_assert_cmpuint (rst_glance_compare (before, now), ==, cases[i].gone);
      now->when = 999;
      g_assert_cmpuint (rst_glance_compare (before, now), ==, 0);
      now->when = 2000;
      now->mailbox[0] = 'x';
      g_assert_cmpuint (rst_glance_compare (before, now), ==, 0);
    }
}

static void
test_follow (void)
{
  g_autoptr (RstGlance) first = make_look ("5 1 6 7", 10 * DAY);
  g_autoptr (RstGlance) second = make_look ("3 3 6 7", 11 * DAY);
  g_autoptr (RstGlance) third = make_look ("3 3 6 7", 12 * DAY);
  g_autoptr (RstGlance) fourth = make_look ("2 4 6 7", 13 * DAY);
  g_autoptr (RstGlance) late = make_look ("2 4 6 7", 60 * DAY);

  rst_glance_follow (first, NULL);
  g_assert_cmpuint (first->removal.at_least, ==, 0);
  rst_glance_follow (second, first);
  g_assert_cmpuint (second->removal.at_least, ==, 2);
  g_assert_cmpint (second->removal.since, ==, 10 * DAY);
  /* It is not forgotten because nothing went today … */
  rst_glance_follow (third, second);
  g_assert_cmpuint (third->removal.at_least, ==, 2);
  rst_glance_follow (fourth, third);
  g_assert_cmpuint (fourth->removal.at_least, ==, 3);
  g_assert_cmpint (fourth->removal.since, ==, 10 * DAY);
  g_assert_cmpint (fourth->removal.until, ==, 13 * DAY);
  /* … but when nothing went for a month. */
  rst_glance_follow (late, fourth);
  g_assert_cmpuint (late->removal.at_least, ==, 0);
}

static void
test_mailbox (void)
{
  g_autoptr (RstEndpoint) imap = rst_endpoint_parse ("imaps://mail.example.org", NULL);
  g_autoptr (RstEndpoint) starttls = rst_endpoint_parse ("imap://mail.example.org", NULL);
  g_autoptr (RstEndpoint) pop = rst_endpoint_parse ("pop3s://mail.example.org", NULL);
  g_autofree char *one = rst_glance_get_mailbox (imap, "taro");
  g_autofree char *same = rst_glance_get_mailbox (starttls, "taro");
  g_autofree char *other = rst_glance_get_mailbox (pop, "taro");
  g_autofree char *hers = rst_glance_get_mailbox (imap, "hanako");

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, !=, hers);
  g_assert_null (strstr (one, "taro"));
}

static gboolean
has_finding (RstMixingReport *report)
{
  for (guint i = 0; i < report->findings->len; i++)
    if (g_str_equal (((RstMixingFinding *) report->findings->pdata[i])->id, "mail-vanishes"))
      return TRUE;
  return FALSE;
}

/* Somebody else is to blame only if nobody in the list is. */
static void
test_mixing (void)
{
  static const struct {
    const char *device;
    gboolean    expected;
  } cases[] = {
    { "Phone:phone:imap", TRUE },
    { "Office:computer:pop:keep", TRUE },
    { "Office:computer:pop:days=14", FALSE },
    { "Office:computer:pop:remove", FALSE },
  };
  const RstRemoval removal = { .at_least = 3, .since = 1764000000, .until = 1764086400 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
      g_autoptr (RstMixingReport) report = NULL;

      g_ptr_array_add (devices, rst_device_parse (cases[i].device, NULL));
      report = rst_mixing_check (devices, NULL, RST_MIXING_DEFAULT);
      rst_mixing_add_removal (report, devices, &removal);
      g_test_message ("%s: %s", cases[i].device, report->text);
      g_assert_cmpint (has_finding (report), ==, cases[i].expected);
      g_assert_cmpint (strstr (report->text, "at least 3 messages") != NULL, ==, cases[i].expected);
      g_assert_false (report->conflict);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glance/compare", test_compare);
  g_test_add_func ("/glance/follow", test_follow);
  g_test_add_func ("/glance/mailbox", test_mailbox);
  g_test_add_func ("/glance/mixing", test_mixing);
  return g_test_run ();
}
