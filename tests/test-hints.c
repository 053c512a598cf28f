/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the provider wishes, read off the servers that it names. */
#include "rst-hints.h"
#include "rst-providers.h"

static RstCandidate *
add (GPtrArray  *candidates,
     const char *url,
     const char *source,
     guint       rank)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);
  RstCandidate *candidate = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);

  candidate->trust = RST_TRUST_PROVIDER;
  candidate->rank = rank;
  rst_candidate_add_source (candidate, source);
  g_ptr_array_add (candidates, candidate);
  return candidate;
}

static char *
list (GPtrArray *candidates,
      GPtrArray *instructions)
{
  g_autoptr (GPtrArray) hints = rst_hints_list (candidates, instructions);

  g_ptr_array_add (hints, NULL);
  return g_strjoinv ("|", (char **) hints->pdata);
}

static void
check (GPtrArray  *candidates,
       const char *expected)
{
  g_autofree char *text = list (candidates, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_preference (void)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  RstCandidate *imap = add (candidates, "imaps://imap.example.org", "isp", 0);
  RstCandidate *pop;

  check (candidates, "");
  pop = add (candidates, "pop3s://pop.example.org", "isp", 1);
  check (candidates, "The provider prefers IMAP to POP.");
  imap->rank = 2;
  check (candidates, "The provider prefers POP to IMAP.");
  /* Equal, or by two who do not know of each other, or only guessed. */
  pop->rank = 2;
  check (candidates, "");
  pop->rank = 1;
  pop->trust = RST_TRUST_GUESS;
  check (candidates, "");
  g_ptr_array_set_size (candidates, 1);
  add (candidates, "pop3s://pop.example.org", "srv", 0);
  check (candidates, "");
}

static void
test_leave (void)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  g_autoptr (GPtrArray) instructions = g_ptr_array_new ();
  RstCandidate *pop = add (candidates, "pop3s://pop.example.org", "isp", 0);
  g_autofree char *text = NULL;

  check (candidates, "");
  pop->leave_known = TRUE;
  pop->leave = RST_LEAVE_KEEP;
  check (candidates, "With POP, the provider wants copies to stay on the server.");
  pop->leave = RST_LEAVE_DAYS;
  pop->leave_days = 14;
  check (candidates, "With POP, the provider wants copies to stay on the server for 14 days.");
  pop->leave = RST_LEAVE_REMOVE;
  g_ptr_array_add (instructions, (gpointer) "Switch POP on first.");
  text = list (candidates, instructions);
  g_assert_cmpstr (text, ==, "Switch POP on first.|With POP, the provider’s settings take mail off the "
                             "server as soon as it is fetched.");
}

static void
test_decides (void)
{
  g_assert_true (rst_providers_decide_pop ("taro@gmail.com"));
  g_assert_false (rst_providers_decide_pop ("taro@gmx.de"));
  g_assert_false (rst_providers_decide_pop ("taro@nobody.example"));
  g_assert_false (rst_providers_decide_pop ("taro"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hints/preference", test_preference);
  g_test_add_func ("/hints/leave", test_leave);
  g_test_add_func ("/hints/decides", test_decides);
  return g_test_run ();
}
