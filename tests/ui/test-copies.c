/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long POP leaves copies on the server, on the page of the mail programs: what is suggested there and
 * by whom, and that the account that is written follows the choice.
 */
#include "accessible-names.h"
#include "settle.h"

#include "pages.h"
#include "rst-application.h"

#include <glib/gstdio.h>
#include <string.h>

#define NARROWEST 360
#define BY " (Settings files on this computer)"
#define LONGER "As your provider suggests, which is longer than advised." BY
#define SOONER \
  "As advised. What your provider suggests would delete mail sooner, perhaps before your other devices " \
  "have read it." BY
#define SHORT \
  "Shorter than suggested (21 days). Mail may be gone from the server before your other devices have read it."

#define CONFIG \
  "<clientConfig version='1.1'><emailProvider id='practice.test'><domain>practice.test</domain>" \
  "<incomingServer type='imap'><hostname>imap.practice.test</hostname><port>993</port>" \
  "<socketType>SSL</socketType><username>%%EMAILADDRESS%%</username>" \
  "<authentication>password-cleartext</authentication></incomingServer>" \
  "<incomingServer type='pop3'><hostname>pop.practice.test</hostname><port>995</port>" \
  "<socketType>SSL</socketType><username>%%EMAILADDRESS%%</username>" \
  "<authentication>password-cleartext</authentication><pop3>%s</pop3></incomingServer>" \
  "<outgoingServer type='smtp'><hostname>smtp.practice.test</hostname><port>465</port>" \
  "<socketType>SSL</socketType><username>%%EMAILADDRESS%%</username>" \
  "<authentication>password-cleartext</authentication></outgoingServer></emailProvider></clientConfig>"

typedef struct
{
  char       *folder;
  RstJourney *journey;
  GtkWindow  *window;
  RstPage    *page;
} Fixture;

static void
await_servers (RstJourney *journey)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (rst_journey_is_searching (journey))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      settle (10);
    }
}

/* The page after the provider said @wish, and whoever sits here wants POP. */
static void
start (Fixture    *fixture,
       const char *wish)
{
  static const RstPlan pop = RST_PLAN_POP_DAYS;
  g_autoptr(RstAddress) address = rst_address_parse ("taro@practice.test", NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  fixture->folder = g_dir_make_tmp ("restante-copies.XXXXXX", NULL);
  path = g_build_filename (fixture->folder, "practice.test.xml", NULL);
  text = g_strdup_printf (CONFIG, wish);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  fixture->journey = rst_journey_new (&(RstJourneyOptions) { fixture->folder, NULL, NULL, TRUE });
  rst_journey_set_address (fixture->journey, address);
  await_servers (fixture->journey);
  rst_journey_choose_plan (fixture->journey, &pop);
  fixture->page = g_object_new (RST_TYPE_PAGE_PROGRAMS, "id", "programs", "journey", fixture->journey, NULL);
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (fixture->window, NARROWEST, 640);
  gtk_window_present (fixture->window);
  rst_page_enter (fixture->page);
  settle (50);
}

static void
end (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "practice.test.xml", NULL);

  gtk_window_destroy (fixture->window);
  rst_journey_stop (fixture->journey);
  g_object_unref (fixture->journey);
  settle (50);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static GObject *
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->page), RST_TYPE_PAGE_PROGRAMS, name);
}

static const char *
get_selected (AdwComboRow *row)
{
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static void
select_label (AdwComboRow *row,
              const char  *label)
{
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("There is no “%s”", label);
}

/* What the row shows, and what will be written. */
static void
check (Fixture    *fixture,
       const char *label,
       const char *reason,
       RstLeave    leave,
       guint       days)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_child (fixture, "copies"));
  g_autoptr(RstAccount) account = rst_journey_make_account (fixture->journey);

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
  g_assert_cmpstr (get_selected (row), ==, label);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, reason);
  g_assert_true (rst_account_is_pop (account));
  g_assert_cmpint (account->leave, ==, leave);
  g_assert_cmpuint (account->leave_days, ==, days);
}

#define KEEP "<leaveMessagesOnServer>true</leaveMessagesOnServer>"
#define FOR(days) KEEP "<daysToLeaveMessagesOnServer>" days "</daysToLeaveMessagesOnServer>"

static void
test_suggestion (void)
{
  static const struct {
    const char *wish;
    const char *label;
    const char *reason;
    RstLeave    leave;
    guint       days;
  } cases[] = {
    { "", "14 days", "As advised.", RST_LEAVE_DAYS, 14 },
    { FOR ("21"), "21 days", LONGER, RST_LEAVE_DAYS, 21 },
    { KEEP, "Kept", LONGER, RST_LEAVE_KEEP, 0 },
    { FOR ("2"), "14 days", SOONER, RST_LEAVE_DAYS, 14 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture = { 0 };
      int minimum;

      start (&fixture, cases[i].wish);
      check (&fixture, cases[i].label, cases[i].reason, cases[i].leave, cases[i].days);
      check_names (GTK_WIDGET (fixture.window), "programs with POP");
      gtk_widget_measure (GTK_WIDGET (fixture.page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, NARROWEST);
      end (&fixture);
    }
}

static void
test_choice (void)
{
  Fixture fixture = { 0 };
  AdwComboRow *row;

  start (&fixture, FOR ("21"));
  row = ADW_COMBO_ROW (get_child (&fixture, "copies"));
  select_label (row, "7 days");
  check (&fixture, "7 days", SHORT, RST_LEAVE_DAYS, 7);
  /* Coming back to the page forgets nothing. */
  rst_page_enter (fixture.page);
  settle (50);
  g_assert_cmpstr (get_selected (row), ==, "7 days");
  select_label (row, "Removed at once");
  check (&fixture, "Removed at once", SHORT, RST_LEAVE_REMOVE, 0);
  select_label (row, "Kept");
  check (&fixture, "Kept", "Longer than suggested (21 days).", RST_LEAVE_KEEP, 0);
  select_label (row, "21 days");
  check (&fixture, "21 days", LONGER, RST_LEAVE_DAYS, 21);
  end (&fixture);
}

static gboolean
choose_one_program (Fixture *fixture)
{
  GPtrArray *clients = rst_scan_get_clients (rst_journey_get_scan (fixture->journey));
  gboolean any = FALSE;

  for (guint i = 0; i < clients->len; i++)
    {
      const RstClient *client = ((RstFoundClient *) g_ptr_array_index (clients, i))->client;

      rst_journey_set_program (fixture->journey, client->id, !any && rst_client_receives (client));
      any |= rst_client_receives (client);
    }
  return any;
}

/* The last decision counts: what the row says, or what was settled with other devices after it. */
static void
test_settled (void)
{
  Fixture fixture = { 0 };
  AdwComboRow *row;

  start (&fixture, FOR ("21"));
  row = ADW_COMBO_ROW (get_child (&fixture, "copies"));
  while (rst_journey_get_scan (fixture.journey) == NULL)
    settle (10);
  select_label (row, "7 days");
  if (choose_one_program (&fixture))
    {
      rst_journey_settle_mixing (fixture.journey, "archive-pc", 40);
      rst_page_enter (fixture.page);
      settle (50);
      check (&fixture, "40 days", "Longer than suggested (21 days).", RST_LEAVE_DAYS, 40);
      select_label (row, "Kept");
      check (&fixture, "Kept", "Longer than suggested (21 days).", RST_LEAVE_KEEP, 0);
    }
  else
    g_test_skip ("no mail program is installed here");
  end (&fixture);
}

/* A choice ends with the address it was for, and IMAP has none. */
static void
test_forgotten (void)
{
  static const RstPlan imap = RST_PLAN_IMAP, pop = RST_PLAN_POP_DAYS;
  g_autoptr(RstAddress) other = rst_address_parse ("hana@practice.test", NULL);
  Fixture fixture = { 0 };

  start (&fixture, FOR ("21"));
  select_label (ADW_COMBO_ROW (get_child (&fixture, "copies")), "3 days");
  rst_journey_choose_plan (fixture.journey, &imap);
  rst_page_enter (fixture.page);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_child (&fixture, "copies_group"))));
  rst_journey_set_address (fixture.journey, other);
  await_servers (fixture.journey);
  rst_journey_choose_plan (fixture.journey, &pop);
  rst_page_enter (fixture.page);
  settle (50);
  check (&fixture, "21 days", LONGER, RST_LEAVE_DAYS, 21);
  end (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(RstApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = g_object_new (RST_TYPE_APPLICATION,
                              "application-id", RST_APP_ID,
                              "resource-base-path", "/org/restante/Restante",
                              "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE,
                              NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/copies/suggestion", test_suggestion);
  g_test_add_func ("/copies/choice", test_choice);
  g_test_add_func ("/copies/settled", test_settled);
  g_test_add_func ("/copies/forgotten", test_forgotten);
  return g_test_run ();
}
