/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mixing check, over the arrangements in cases/mixing: what is found, when, how severe, and
 * that each recommended choice settles the matter.
 *
 * A case is a key file: the devices in one-line form, and what the report must say.
 */
#include "rst-mixing.h"

static GPtrArray *
read_devices (GKeyFile *file)
{
  g_auto(GStrv) texts = g_key_file_get_string_list (file, "arrangement", "devices", NULL, NULL);
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);

  g_assert_nonnull (texts);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      RstDevice *device = rst_device_parse (texts[i], &error);

      g_assert_no_error (error);
      g_ptr_array_add (devices, device);
    }

  return devices;
}

/* "pop-days:caution:14 sent-apart:info:-1": id, severity and day of each finding; lost ones have a
 * cross. */
static char *
list_findings (const RstMixingReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->findings->len; i++)
    {
      const RstMixingFinding *finding = report->findings->pdata[i];

      g_string_append_printf (text, "%s%s:%s:%d%s", i > 0 ? " " : "", finding->id,
                              rst_severity_get_nick (finding->severity), finding->days,
                              finding->lost ? ":lost" : "");
    }

  return g_string_free (text, FALSE);
}

static char *
list_choices (const RstMixingReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->choices->len; i++)
    {
      const RstMixingChoice *choice = report->choices->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", choice->id,
                              choice->recommended ? "*" : "");
    }

  return g_string_free (text, FALSE);
}

static void
check (GKeyFile   *file,
       const char *key,
       const char *got)
{
  g_autofree char *expected = g_key_file_get_string (file, "report", key, NULL);

  if (expected != NULL)
    g_assert_cmpstr (got, ==, expected);
}

/* Whatever is chosen, except to leave it, ends the conflict. */
static void
check_choices (const RstMixingReport *report,
               GPtrArray             *devices,
               RstMixingFlags         flags)
{
  for (guint i = 0; i < report->choices->len; i++)
    {
      const RstMixingChoice *choice = report->choices->pdata[i];
      g_autoptr(GPtrArray) changed = rst_mixing_apply (devices, choice->id, choice->days);
      g_autoptr(RstMixingReport) after = rst_mixing_check (changed, NULL, flags);

      g_assert_cmpuint (changed->len, ==, devices->len);
      g_assert_cmpint (after->conflict, ==, g_str_equal (choice->id, "leave"));
    }
}

static void
test_case (gconstpointer path)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = NULL;
  g_autoptr(RstMixingReport) report = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *choices = NULL;
  RstMixingFlags flags = RST_MIXING_DEFAULT;
  GDate today;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  devices = read_devices (file);
  if (g_key_file_get_boolean (file, "arrangement", "provider-decides", NULL))
    flags |= RST_MIXING_PROVIDER_DECIDES;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 25, G_DATE_NOVEMBER, 2026);
  report = rst_mixing_check (devices, &today, flags);
  findings = list_findings (report);
  choices = list_choices (report);
  check (file, "findings", findings);
  check (file, "choices", choices);
  check (file, "severity", rst_severity_get_nick (report->severity));
  check (file, "title", report->title);
  check (file, "text", report->text);
  if (report->findings->len > 0)
    check (file, "detail", ((RstMixingFinding *) report->findings->pdata[0])->detail);
  g_assert_cmpint (report->conflict, ==, report->choices->len > 0);
  check_choices (report, devices, flags);
}

/* Any two devices: the report is whole, a conflict is never just good to know, and whoever empties
 * the server is in conflict with everybody who is known to read. */
static void
test_all_pairs (void)
{
  static const char * const methods[] = {
    "imap", "pop:remove", "pop:days=7", "pop:days=30", "pop:keep", "pop:keep:deletes-follow",
    "pop", "web", "unknown", "none", "imap:archive:move=30", "imap:retention=90",
  };
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    for (guint j = 0; j < G_N_ELEMENTS (methods); j++)
      {
        g_autoptr(GPtrArray) devices =
          g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
        g_autofree char *one = g_strconcat (":computer:", methods[i], NULL);
        g_autofree char *two = g_strconcat (":phone:", methods[j], NULL);
        g_autoptr(RstMixingReport) report = NULL;

        g_ptr_array_add (devices, rst_device_parse (one, NULL));
        g_ptr_array_add (devices, rst_device_parse (two, NULL));
        report = rst_mixing_check (devices, NULL, RST_MIXING_DEFAULT);
        g_assert_true (*report->title != '\0' && *report->text != '\0');
        if (report->conflict)
          g_assert_cmpint (report->severity, >=, RST_SEVERITY_CAUTION);
        if (g_str_equal (methods[i], "pop:remove") && !g_str_equal (methods[j], "none") &&
            !g_str_equal (methods[j], "unknown"))
          g_assert_true (report->conflict);
        check_choices (report, devices, RST_MIXING_DEFAULT);
        for (guint k = 1; k < report->findings->len; k++)
          g_assert_cmpint (((RstMixingFinding *) report->findings->pdata[k - 1])->severity, >=,
                           ((RstMixingFinding *) report->findings->pdata[k])->severity);
      }
}

static void
test_device_lines (void)
{
  static const char * const lines[] = {
    ":computer:imap", "Office:computer:pop:days=14:deletes-follow", ":phone:pop:remove",
    ":computer:pop:program=Thunderbird:days=7:here", ":service:pop:keep:rests=3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(RstDevice) device = rst_device_parse (lines[i], NULL);
      g_autofree char *text = rst_device_to_string (device);

      g_assert_cmpstr (text, ==, lines[i]);
    }
}

/* No days at all is at once: it must not pass for a device that leaves copies. */
static void
test_no_days (void)
{
  g_autoptr(RstDevice) device = rst_device_parse (":computer:pop:days=0", NULL);

  g_assert_cmpint (device->copies, ==, RST_COPIES_REMOVE);
}

static void
test_bad_device_lines (void)
{
  static const char * const lines[] = {
    "", "computer", ":toaster:imap", ":computer:imap4", ":computer:pop:days=", ":computer:pop:days=x",
    ":computer:pop:days=99999999", ":computer:pop:sometimes",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (rst_device_parse (lines[i], &error));
      g_assert_nonnull (error);
    }
}

static void
add_cases (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "cases", "mixing", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/mixing/case/", name, NULL);

      if (g_str_has_suffix (name, ".ini"))
        g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_case, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mixing/all-pairs", test_all_pairs);
  g_test_add_func ("/mixing/device-lines", test_device_lines);
  g_test_add_func ("/mixing/no-days", test_no_days);
  g_test_add_func ("/mixing/bad-device-lines", test_bad_device_lines);
  add_cases ();

  return g_test_run ();
}
