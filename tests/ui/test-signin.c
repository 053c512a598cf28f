/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page that asks for the password, against servers that refuse it: what was typed stays, what each
 * server said is shown, and nobody gets past it.
 */
#include "settle.h"

#include "pages.h"
#include "rst-application.h"
#include "rst-attempts.h"
#include "rst-wizard.h"

#include "lib-probe.h"

#include <string.h>

#define PASSWORD "sesame-7"

static RstApplication *application;

typedef struct
{
  RstJourney *journey;
  RstWizard  *wizard;
  TestScript *scripts[2]; /* who reads, who sends */
  TestServer *servers[2];
} Fixture;

/* A server that plays the transcript, as if it had been found and probed. */
static RstCandidate *
start_server (Fixture    *fixture,
              guint       which,
              const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", name, NULL);
  g_autoptr(RstEndpoint) endpoint = NULL;
  RstCandidate *server;

  fixture->scripts[which] = test_script_load (path);
  fixture->servers[which] = test_server_start (fixture->scripts[which]);
  endpoint = test_script_endpoint (fixture->scripts[which], test_server_get_port (fixture->servers[which]));
  server = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);
  server->probe = rst_facts_new (endpoint);
  server->probe->reachable = TRUE;
  server->probe->secured = TRUE;
  server->probe->tls.verified = TRUE;
  return server;
}

static const char *
get_id (Fixture *fixture)
{
  return rst_page_get_id (rst_wizard_get_page (fixture->wizard));
}

/* Up to the page in question; whatever is asked before is answered with a choice. */
static void
walk (Fixture *fixture)
{
  RstKey key;

  while (!g_str_equal (get_id (fixture), "signin"))
    {
      if (rst_key_from_nick (get_id (fixture), &key))
        {
          rst_journey_answer (fixture->journey, key, 1);
          rst_page_enter (rst_wizard_get_page (fixture->wizard));
        }
      g_assert_cmpstr (get_id (fixture), !=, "programs");
      gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.next", NULL);
      settle (260);
    }
}

static void
start (Fixture    *fixture,
       const char *incoming_name,
       const char *outgoing_name)
{
  g_autoptr(RstAddress) address = rst_address_parse ("taro@practice.test", NULL);
  g_autoptr(RstCandidate) incoming = start_server (fixture, 0, incoming_name);
  g_autoptr(RstCandidate) outgoing = start_server (fixture, 1, outgoing_name);

  rst_attempts_reset ();
  fixture->journey = rst_journey_new (&(RstJourneyOptions) { NULL, NULL, test_get_trust (), TRUE });
  rst_journey_set_address (fixture->journey, address);
  rst_journey_set_servers (fixture->journey, incoming, outgoing);
  rst_journey_set_approved (fixture->journey, "localhost", TRUE);
  fixture->wizard = rst_wizard_new (GTK_APPLICATION (application), fixture->journey);
  rst_wizard_start (fixture->wizard);
  gtk_window_present (GTK_WINDOW (fixture->wizard));
  settle (50);
  walk (fixture);
}

static void
end (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->servers); i++)
    {
      g_autofree char *failure = test_server_stop (fixture->servers[i], NULL);

      g_assert_cmpstr (failure, ==, NULL);
      test_script_free (fixture->scripts[i]);
    }
  gtk_window_destroy (GTK_WINDOW (fixture->wizard));
  g_object_unref (fixture->journey);
  settle (50);
}

static GObject *
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (rst_wizard_get_page (fixture->wizard)),
                                        RST_TYPE_PAGE_SIGNIN, name);
}

/* What is said in the rows below the password. */
static char *
read_results (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (get_child (fixture, "results"))); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (text, "%s: %s\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                            adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
  return g_string_free (text, FALSE);
}

/* Types the password, signs in, and waits until a server has been judged. */
static char *
sign_in (Fixture *fixture)
{
  char *results = NULL;

  gtk_editable_set_text (GTK_EDITABLE (get_child (fixture, "password")), PASSWORD);
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.next", NULL);
  do
    {
      g_free (results);
      settle (20);
      results = read_results (fixture);
    }
  while (*results == '\0' || strstr (results, "Signing in…") != NULL);
  settle (260);
  return results;
}

static void
check_stays (Fixture *fixture)
{
  g_assert_cmpstr (get_id (fixture), ==, "signin");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_child (fixture, "password"))), ==, PASSWORD);
  g_assert_false (rst_journey_is_checked (fixture->journey));
}

/* One server refuses, and the other is not asked. */
static void
test_refused (void)
{
  Fixture fixture = { 0 };
  g_autofree char *results = NULL;

  start (&fixture, "imap/p26-wrong-password.talk", "smtp/p26-wrong-password.talk");
  results = sign_in (&fixture);
  g_test_message ("%s", results);
  g_assert_nonnull (strstr (results, "localhost: The server refused the user name or the password"));
  check_stays (&fixture);
  g_assert_cmpuint (test_server_get_position (fixture.servers[1]), ==, 0);
  end (&fixture);
}

/* One lets us in, the other does not. */
static void
test_sending_refused (void)
{
  Fixture fixture = { 0 };
  g_autofree char *results = NULL;

  start (&fixture, "imap/sign-in-tls.talk", "smtp/p26-wrong-password.talk");
  results = sign_in (&fixture);
  g_test_message ("%s", results);
  g_assert_nonnull (strstr (results, "localhost: Signed in. Mail can be read."));
  g_assert_nonnull (strstr (results, "localhost: The server refused the user name or the password"));
  check_stays (&fixture);
  end (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = g_object_new (RST_TYPE_APPLICATION,
                              "application-id", RST_APP_ID,
                              "resource-base-path", "/org/restante/Restante",
                              "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE,
                              NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/signin/refused", test_refused);
  g_test_add_func ("/signin/sending-refused", test_sending_refused);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
