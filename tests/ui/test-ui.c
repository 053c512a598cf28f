/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window in this process, on a private display: every template can be made, every page fits into
 * 360 pixels, everything that takes the focus has a name, and the page table can be walked to and fro.
 */
#include "accessible-names.h"
#include "settle.h"

#include "pages.h"
#include "rst-device-row.h"
#include "rst-application.h"
#include "rst-help-library.h"
#include "rst-widgets.h"
#include "rst-found-window.h"
#include "rst-wizard.h"

#define NARROWEST 360

static RstApplication *application;

typedef struct
{
  RstJourney *journey;
  RstWizard  *wizard;
} Fixture;

static RstCandidate *
make_server (RstProtocol protocol,
             const char *host)
{
  g_autoptr(RstEndpoint) endpoint = rst_endpoint_new (protocol, RST_SECURITY_TLS, host,
                                                      rst_protocol_default_port (protocol, RST_SECURITY_TLS),
                                                      NULL);
  RstCandidate *server = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);

  server->probe = rst_facts_new (endpoint);
  server->probe->reachable = TRUE;
  server->probe->secured = TRUE;
  server->probe->tls.verified = TRUE;
  server->probe->tls.version = g_strdup ("TLS 1.3");
  server->probe->tls.not_after = g_date_time_new_utc (2030, 1, 1, 0, 0, 0);
  return server;
}

/* Nothing is asked of the network: the servers are there as if they had been entered and probed. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(RstAddress) address = rst_address_parse ("taro@practice.test", NULL);
  g_autoptr(RstCandidate) incoming = make_server (RST_PROTOCOL_IMAP, "imap.practice.test");
  g_autoptr(RstCandidate) outgoing = make_server (RST_PROTOCOL_SMTP, "smtp.elsewhere.test");
  g_autoptr(RstSecret) secret = rst_secret_new ("tegami", 6, NULL);

  fixture->journey = rst_journey_new (&(RstJourneyOptions) { NULL, NULL, NULL, TRUE });
  rst_journey_set_address (fixture->journey, address);
  rst_journey_set_servers (fixture->journey, incoming, outgoing);
  rst_journey_set_secret (fixture->journey, secret);
  fixture->wizard = rst_wizard_new (GTK_APPLICATION (application), fixture->journey);
  rst_wizard_start (fixture->wizard);
  gtk_window_present (GTK_WINDOW (fixture->wizard));
  settle (50);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer journey = fixture->journey;

  g_object_add_weak_pointer (journey, &journey);
  gtk_window_destroy (GTK_WINDOW (fixture->wizard));
  g_object_unref (fixture->journey);
  settle (50);
  g_assert_null (journey);
}

static void
check_width (Fixture    *fixture,
             const char *page)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->wizard), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_test_message ("%s needs %d pixels", page, minimum);
  g_assert_cmpint (minimum, <=, NARROWEST);
}

static const char *
get_id (Fixture *fixture)
{
  return rst_page_get_id (rst_wizard_get_page (fixture->wizard));
}

/* Answers whatever is asked with a choice, so that the page is complete. */
static void
complete_page (Fixture *fixture)
{
  RstKey key;

  if (!rst_key_from_nick (get_id (fixture), &key))
    return;
  rst_journey_answer (fixture->journey, key, 1);
  rst_page_enter (rst_wizard_get_page (fixture->wizard));
}

static void
go (Fixture    *fixture,
    const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), action, NULL);
  settle (260);
}

/* Goes on from the page that is shown; the password is not sent anywhere. */
static void
go_on (Fixture *fixture)
{
  RstPage *page = rst_wizard_get_page (fixture->wizard);
  GObject *password;

  complete_page (fixture);
  if (!g_str_equal (get_id (fixture), "signin"))
    {
      go (fixture, "wizard.next");
      return;
    }
  password = gtk_widget_get_template_child (GTK_WIDGET (page), RST_TYPE_PAGE_SIGNIN, "password");
  gtk_editable_set_text (GTK_EDITABLE (password), "tegami");
  g_action_group_activate_action (rst_page_get_actions (page), "unchecked", NULL);
  settle (260);
}

static void
test_walk (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) way = g_ptr_array_new ();

  while (!g_str_equal (get_id (fixture), "programs"))
    {
      const char *id = get_id (fixture);

      g_ptr_array_add (way, (gpointer) id);
      check_names (GTK_WIDGET (fixture->wizard), id);
      go_on (fixture);
      g_assert_cmpstr (get_id (fixture), !=, id);
      g_assert_cmpuint (way->len, <, rst_n_pages);
    }
  g_assert_cmpuint (way->len, >=, 12);
  while (way->len > 0)
    {
      go (fixture, "wizard.back");
      g_assert_cmpstr (get_id (fixture), ==, g_ptr_array_index (way, way->len - 1));
      g_ptr_array_set_size (way, (int) way->len - 1);
    }
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->wizard), NARROWEST, 640);
  settle (100);
  while (!g_str_equal (get_id (fixture), "programs"))
    {
      check_width (fixture, get_id (fixture));
      check_names (GTK_WIDGET (fixture->wizard), get_id (fixture));
      go_on (fixture);
    }
  check_width (fixture, get_id (fixture));
}

/* Servers that take no password: their page takes the place of that for one, with something to do there
 * only if @client says so. */
static void
check_browser (Fixture  *fixture,
               gboolean  client)
{
  g_autoptr(RstCandidate) incoming = make_server (RST_PROTOCOL_IMAP, "imap.practice.test");
  g_autoptr(RstCandidate) outgoing = make_server (RST_PROTOCOL_SMTP, "smtp.practice.test");
  const RstIssuerTexts texts = { .issuer = (char *) "id.practice.test", .client_id = (char *) "restante" };
  g_autofree char *label = NULL;
  g_autofree char *secondary = NULL;

  incoming->auth = outgoing->auth = RST_AUTH_OAUTH2;
  incoming->issuer = client ? rst_issuer_new (&texts, NULL) : NULL;
  rst_journey_set_servers (fixture->journey, incoming, outgoing);
  gtk_window_set_default_size (GTK_WINDOW (fixture->wizard), NARROWEST, 640);
  while (!g_str_equal (get_id (fixture), "browser"))
    {
      g_assert_cmpstr (get_id (fixture), !=, "signin");
      g_assert_cmpstr (get_id (fixture), !=, "programs");
      go_on (fixture);
    }
  check_width (fixture, "browser");
  check_names (GTK_WIDGET (fixture->wizard), "browser");
  g_object_get (rst_wizard_get_page (fixture->wizard), "next-label", &label, "secondary-label", &secondary,
                NULL);
  g_assert_cmpstr (label, ==, client ? "Open the Browser" : NULL);
  g_assert_cmpstr (secondary, ==, client ? "Continue Without Checking" : NULL);
  if (client)
    g_action_group_activate_action (rst_page_get_actions (rst_wizard_get_page (fixture->wizard)), "unchecked",
                                    NULL);
  else
    go (fixture, "wizard.next");
  settle (260);
  g_assert_cmpstr (get_id (fixture), ==, "programs");
  g_assert_false (rst_journey_is_checked (fixture->journey));
}

static void
test_browser (Fixture       *fixture,
              gconstpointer  data)
{
  check_browser (fixture, TRUE);
}

static void
test_browser_without_client (Fixture       *fixture,
                             gconstpointer  data)
{
  check_browser (fixture, FALSE);
}

/* “Change” leads to the question and back; a question that becomes necessary comes in between. */
static void
test_change (Fixture       *fixture,
             gconstpointer  data)
{
  while (!g_str_equal (get_id (fixture), "answers"))
    {
      RstKey key;

      if (rst_key_from_nick (get_id (fixture), &key))
        {
          rst_journey_answer (fixture->journey, key, key == RST_KEY_OLDMAIL ? RST_OLDMAIL_NONE :
                                                     key == RST_KEY_OUTAGE ? RST_OUTAGE_NO : 1);
          rst_page_enter (rst_wizard_get_page (fixture->wizard));
        }
      g_assert_cmpstr (get_id (fixture), !=, "serverloss");
      go (fixture, "wizard.next");
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.change", "s", "oldmail");
  settle (260);
  g_assert_cmpstr (get_id (fixture), ==, "oldmail");
  rst_journey_answer (fixture->journey, RST_KEY_OLDMAIL, RST_OLDMAIL_EVERYTHING);
  rst_page_enter (rst_wizard_get_page (fixture->wizard));
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "serverloss");
  complete_page (fixture);
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "answers");
}

static GtkListBox *
get_list (Fixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (rst_wizard_get_page (fixture->wizard));

  return GTK_LIST_BOX (gtk_widget_get_template_child (page, RST_TYPE_PAGE_DEVICELIST, "list"));
}

static void
open_device_list (Fixture *fixture)
{
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "devices");
  rst_journey_answer (fixture->journey, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  rst_page_enter (rst_wizard_get_page (fixture->wizard));
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "devicelist");
}

static RstDeviceRow *
add_device (Fixture    *fixture,
            const char *kind)
{
  GActionGroup *actions = rst_page_get_actions (rst_wizard_get_page (fixture->wizard));

  g_action_group_activate_action (actions, "add", g_variant_new_string (kind));
  settle (20);
  return RST_DEVICE_ROW (gtk_widget_get_last_child (GTK_WIDGET (get_list (fixture))));
}

static void
choose (RstDeviceRow *row,
        const char   *part,
        const char   *label)
{
  AdwComboRow *combo = ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (row), RST_TYPE_DEVICE_ROW,
                                                                     part));
  GListModel *model = adw_combo_row_get_model (combo);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          adw_combo_row_set_selected (combo, i);
          return;
        }
    }
  g_error ("no “%s” in “%s”", label, part);
}

static void
type_name (RstDeviceRow *row,
           const char   *name)
{
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (row), RST_TYPE_DEVICE_ROW,
                                                                      "name")), name);
}

static const char *
get_device_name (Fixture *fixture,
                 guint    index)
{
  return rst_device_get_name (rst_journey_get_devices (fixture->journey)->pdata[index]);
}

static gboolean
has_warning (Fixture    *fixture,
             const char *id)
{
  GPtrArray *warnings = rst_journey_get_advice (fixture->journey)->warnings;

  for (guint i = 0; i < warnings->len; i++)
    if (g_str_equal (((const RstWarning *) warnings->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* The list is asked for with several devices only, and need not be filled. */
static void
test_devices_optional (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GPtrArray) arranged = NULL;

  open_device_list (fixture);
  g_assert_cmpuint (rst_journey_get_devices (fixture->journey)->len, ==, 1);
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "people");
  arranged = rst_journey_arrange_devices (fixture->journey);
  g_assert_null (arranged);
  go (fixture, "wizard.back");
  go (fixture, "wizard.back");
  g_assert_cmpstr (get_id (fixture), ==, "devices");
  rst_journey_answer (fixture->journey, RST_KEY_DEVICES, RST_DEVICES_ONE);
  rst_page_enter (rst_wizard_get_page (fixture->wizard));
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "people");
}

/* What is said of a device is in the advice, the picture’s arrangement and the mixing check. */
static void
test_devices_matter (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(RstMixingReport) none = NULL, conflict = NULL;
  g_autoptr(GPtrArray) arranged = NULL;
  RstDeviceRow *office;

  open_device_list (fixture);
  choose (add_device (fixture, "phone"), "method", "IMAP");
  g_assert_false (has_warning (fixture, "unknown-device"));
  none = rst_journey_check_mixing (fixture->journey);
  g_assert_null (none);

  office = add_device (fixture, "computer");
  g_assert_true (has_warning (fixture, "unknown-device"));
  type_name (office, "  Office & co  ");
  choose (office, "method", "POP");
  choose (office, "copies", "Removed at once");
  g_assert_cmpstr (get_device_name (fixture, 2), ==, "Office & co");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (office)), ==, "Office & co");
  g_assert_true (has_warning (fixture, "pop-takes-mail"));
  conflict = rst_journey_check_mixing (fixture->journey);
  g_assert_nonnull (conflict);
  g_assert_nonnull (strstr (conflict->text, "Office & co"));

  arranged = rst_journey_arrange_devices (fixture->journey);
  g_assert_cmpuint (arranged->len, ==, 3);
  g_assert_cmpint (((const RstDevice *) arranged->pdata[2])->method, ==, RST_METHOD_IMAP);
  rst_journey_answer (fixture->journey, RST_KEY_DEVICES, RST_DEVICES_ONE);
  g_assert_false (has_warning (fixture, "pop-takes-mail"));
}

/* What was removed comes back at its place with all that was said of it. */
static void
test_devices_undo (Fixture       *fixture,
                   gconstpointer  data)
{
  GActionGroup *actions;
  RstDeviceRow *phone;
  const RstDevice *back;

  open_device_list (fixture);
  actions = rst_page_get_actions (rst_wizard_get_page (fixture->wizard));
  phone = add_device (fixture, "phone");
  add_device (fixture, "phone");
  g_assert_cmpstr (get_device_name (fixture, 1), ==, "Phone");
  g_assert_cmpstr (get_device_name (fixture, 2), ==, "Phone 2");
  choose (phone, "method", "POP");
  choose (phone, "copies", "Kept for some days");
  g_signal_emit_by_name (phone, "remove");
  g_assert_cmpuint (rst_journey_get_devices (fixture->journey)->len, ==, 2);
  g_assert_null (gtk_list_box_get_row_at_index (get_list (fixture), 2));
  g_action_group_activate_action (actions, "undo", NULL);
  back = rst_journey_get_devices (fixture->journey)->pdata[1];
  g_assert_cmpint (back->method, ==, RST_METHOD_POP);
  g_assert_cmpint (back->copies, ==, RST_COPIES_DAYS);
  g_assert_cmpuint (back->days, ==, 14);
  g_assert_nonnull (gtk_list_box_get_row_at_index (get_list (fixture), 2));

  g_signal_emit_by_name (gtk_widget_get_last_child (GTK_WIDGET (get_list (fixture))), "remove");
  go (fixture, "wizard.next");
  g_action_group_activate_action (actions, "undo", NULL);
  g_assert_cmpuint (rst_journey_get_devices (fixture->journey)->len, ==, 2);
}

/* Opened rows of every kind have names and fit, and the list is on the page of answers. */
static void
test_devices_page (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *kinds[] = { "phone", "tablet", "laptop", "computer", "browser", "service" };

  gtk_window_set_default_size (GTK_WINDOW (fixture->wizard), NARROWEST, 640);
  open_device_list (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      RstDeviceRow *row = add_device (fixture, kinds[i]);

      if (!g_str_equal (kinds[i], "browser"))
        {
          choose (row, "method", "POP");
          choose (row, "copies", "Kept for some days");
        }
    }
  type_name (add_device (fixture, "phone"),
             "A very long name of a device that nobody would ever give to one");
  settle (300);
  check_width (fixture, "devicelist");
  check_names (GTK_WIDGET (fixture->wizard), "devicelist");
  while (!g_str_equal (get_id (fixture), "answers"))
    go_on (fixture);
  check_width (fixture, "answers");
  check_names (GTK_WIDGET (fixture->wizard), "answers");
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.change", "s", "devicelist");
  settle (260);
  g_assert_cmpstr (get_id (fixture), ==, "devicelist");
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "answers");
}

static gboolean
says (GtkWidget  *widget,
      const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* An opened what-if shows another plan and what is different; nothing changes until it is used. */
static void
test_what_if (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *page, *row;
  RstPlan before;

  while (!g_str_equal (get_id (fixture), "advice"))
    go_on (fixture);
  page = GTK_WIDGET (rst_wizard_get_page (fixture->wizard));
  before = rst_journey_get_advice (fixture->journey)->plan;
  row = gtk_widget_get_first_child (GTK_WIDGET (gtk_widget_get_template_child (page, RST_TYPE_PAGE_ADVICE,
                                                                               "what_ifs")));
  g_assert_true (ADW_IS_EXPANDER_ROW (row));
  g_assert_true (says (row, "Use This Answer"));
  g_assert_true (says (row, "” instead of “"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  settle (260);
  check_names (GTK_WIDGET (fixture->wizard), "advice");
  g_assert_cmpint (rst_journey_get_advice (fixture->journey)->plan, ==, before);
  gtk_widget_activate_action (page, "page.use", "s", "oldmail=2");
  settle (50);
  g_assert_cmpuint (rst_answers_get (rst_journey_get_answers (fixture->journey), RST_KEY_OLDMAIL), ==, 2);
}

/* An address that cannot be one keeps the first page, and says so. */
static void
test_bad_address (Fixture       *fixture,
                  gconstpointer  data)
{
  RstPage *page = rst_wizard_get_page (fixture->wizard);
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (page), RST_TYPE_PAGE_START,
                                                                    "address"));
  GtkRevealer *problem = GTK_REVEALER (gtk_widget_get_template_child (GTK_WIDGET (page), RST_TYPE_PAGE_START,
                                                                      "problem_revealer"));

  gtk_editable_set_text (entry, "no address & <b>");
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "start");
  g_assert_true (gtk_revealer_get_reveal_child (problem));
  gtk_editable_set_text (entry, "");
  g_assert_false (gtk_revealer_get_reveal_child (problem));
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "devices");
  g_assert_null (rst_journey_get_address (fixture->journey));
}

/* A domain that looks mistyped: nothing is asked of it before the person goes on or takes the other one. */
static void
test_mistyped (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (rst_wizard_get_page (fixture->wizard));
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_template_child (page, RST_TYPE_PAGE_START, "address"));
  GtkRevealer *meant = GTK_REVEALER (gtk_widget_get_template_child (page, RST_TYPE_PAGE_START,
                                                                    "meant_revealer"));
  GtkWidget *button = gtk_widget_get_last_child (gtk_revealer_get_child (meant));

  gtk_editable_set_text (entry, "taro@gmial.com");
  settle (800);
  g_assert_true (gtk_revealer_get_reveal_child (meant));
  g_assert_cmpstr (rst_journey_get_address (fixture->journey)->domain, ==, "practice.test");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "taro@gmail.com");
  g_assert_false (gtk_revealer_get_reveal_child (meant));
  /* Quicker than it shows: it still does, once. */
  gtk_editable_set_text (entry, "taro@gmial.com");
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "start");
  g_assert_true (gtk_revealer_get_reveal_child (meant));
  g_assert_cmpstr (rst_journey_get_address (fixture->journey)->domain, !=, "gmial.com");
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "devices");
  g_assert_cmpstr (rst_journey_get_address (fixture->journey)->domain, ==, "gmial.com");
  /* Once is enough. */
  go (fixture, "wizard.back");
  go (fixture, "wizard.next");
  g_assert_cmpstr (get_id (fixture), ==, "devices");
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

/* How the servers were found, and a report of it that does not say who the person is. */
static void
test_found (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *window;
  GtkWidget *copy;
  g_autofree char *text = NULL;

  window = rst_found_window_new (GTK_WINDOW (fixture->wizard), fixture->journey);
  gtk_window_present (GTK_WINDOW (window));
  settle (100);
  check_names (window, "how was this found");
  copy = find_button (window, "Copy _Report");
  g_assert_nonnull (copy);
  g_signal_emit_by_name (copy, "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, pasted_cb, &text);
  settle (200);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "mail servers of practice.test"));
  g_assert_nonnull (strstr (text, "Settings files on this computer"));
  g_assert_null (strstr (text, "taro"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_approval (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(RstCandidate) foreign = make_server (RST_PROTOCOL_IMAP, "imap.elsewhere.test");

  rst_journey_set_servers (fixture->journey, NULL, NULL);
  g_assert_true (rst_journey_is_approved (fixture->journey, "practice.test"));
  g_assert_true (rst_journey_is_approved (fixture->journey, "imap.practice.test"));
  g_assert_false (rst_journey_is_approved (fixture->journey, "notpractice.test"));
  g_assert_false (rst_journey_is_approved (fixture->journey, "practice.test.evil.example"));
  g_assert_false (rst_journey_is_approved (fixture->journey, foreign->endpoint->host));
  rst_journey_set_approved (fixture->journey, foreign->endpoint->host, TRUE);
  g_assert_true (rst_journey_is_approved (fixture->journey, foreign->endpoint->host));
  rst_journey_set_approved (fixture->journey, "imap.practice.test", FALSE);
  g_assert_false (rst_journey_is_approved (fixture->journey, "imap.practice.test"));
}

/* The questions of the core are the pages of the window, in the same order. */
static void
test_table (void)
{
  int before = -1;

  for (guint i = 0; i < rst_questions_get_n (); i++)
    {
      const char *nick = rst_key_get_nick (rst_question_get_key (rst_questions_get (i)));
      int found = -1;

      for (guint k = 0; k < rst_n_pages; k++)
        if (g_str_equal (rst_pages[k].id, nick))
          found = (int) k;
      g_assert_cmpint (found, >, before);
      before = found;
    }
}

static void
test_topics (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < rst_n_pages; i++)
    {
      g_autoptr(RstPage) page = g_object_ref_sink (g_object_new (rst_pages[i].get_type (),
                                                                 "id", rst_pages[i].id,
                                                                 "journey", fixture->journey,
                                                                 NULL));
      g_autofree char *topic = NULL;

      g_object_get (page, "help-topic", &topic, NULL);
      g_test_message ("%s: %s", rst_pages[i].id, topic);
      g_assert_true (rst_help_library_has (topic));
    }
}

/* Text from elsewhere is shown as it is; a warning about markup would end the test. */
static void
test_foreign_text (void)
{
  static const char *text = "a < b & “c” <b>d</b>";
  g_autoptr(GtkWidget) row = g_object_ref_sink (rst_row_new (text, text));
  g_autoptr(GtkWidget) expander = g_object_ref_sink (rst_expander_new (text, text));

  g_assert_true (has_text (row));
  g_assert_true (has_text (expander));
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)));
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (expander)));
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

  g_test_add_func ("/ui/table", test_table);
  g_test_add_func ("/ui/foreign-text", test_foreign_text);
  g_test_add ("/ui/topics", Fixture, NULL, set_up, test_topics, tear_down);
  g_test_add ("/ui/walk", Fixture, NULL, set_up, test_walk, tear_down);
  g_test_add ("/ui/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/ui/browser", Fixture, NULL, set_up, test_browser, tear_down);
  g_test_add ("/ui/browser/without-client", Fixture, NULL, set_up, test_browser_without_client, tear_down);
  g_test_add ("/ui/change", Fixture, NULL, set_up, test_change, tear_down);
  g_test_add ("/ui/devices/optional", Fixture, NULL, set_up, test_devices_optional, tear_down);
  g_test_add ("/ui/devices/matter", Fixture, NULL, set_up, test_devices_matter, tear_down);
  g_test_add ("/ui/devices/undo", Fixture, NULL, set_up, test_devices_undo, tear_down);
  g_test_add ("/ui/devices/page", Fixture, NULL, set_up, test_devices_page, tear_down);
  g_test_add ("/ui/what-if", Fixture, NULL, set_up, test_what_if, tear_down);
  g_test_add ("/ui/bad-address", Fixture, NULL, set_up, test_bad_address, tear_down);
  g_test_add ("/ui/mistyped", Fixture, NULL, set_up, test_mistyped, tear_down);
  g_test_add ("/ui/approval", Fixture, NULL, set_up, test_approval, tear_down);
  g_test_add ("/ui/found", Fixture, NULL, set_up, test_found, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
