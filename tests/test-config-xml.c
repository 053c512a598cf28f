/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings files: hand-made oddities (cases/config-xml, each with what must come out), the provider
 * database's real files where they are at hand, and damaged copies of the cases.
 */
#include "fuzz/fuzz.h"
#include "rst-config-xml.h"
#include "rst-error.h"

#include <gio/gio.h>
#include <string.h>

static const char * const languages[] = { "ja_JP.UTF-8", "ja_JP", "ja", "C", NULL };

static GBytes *
load (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

  g_assert_nonnull (file);
  return g_mapped_file_get_bytes (file);
}

static GPtrArray *
list_files (const char *folder,
            const char *suffix)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  return paths;
}

static gboolean
read_file (GBytes      *document,
           const char  *mail,
           RstFindings *findings,
           GError     **error)
{
  g_autoptr (RstAddress) address = rst_address_parse (mail, NULL);
  RstSearch search = { .address = address, .languages = languages };

  return rst_config_xml_read (document, &search, RST_TRUST_PROVIDER, findings, error);
}

static void
print_candidate (GString            *out,
                 const RstCandidate *candidate)
{
  static const char * const auths[] = { "password", "encrypted", "oauth2", "none" };
  static const char * const leaves[] = { "remove", "days", "keep" };
  g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

  g_string_append_printf (out, "%u %s %s", candidate->rank, url, candidate->username);
  g_string_append_printf (out, " %s", auths[candidate->auth]);
  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    if (i != candidate->auth && (candidate->auths & (1u << i)))
      g_string_append_printf (out, "/%s", auths[i]);
  if (candidate->leave_known)
    g_string_append_printf (out, " leave=%s", leaves[candidate->leave]);
  if (candidate->leave_days > 0)
    g_string_append_printf (out, ":%u", candidate->leave_days);
  g_string_append_c (out, '\n');
}

static char *
describe (GBytes *document)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (RstFindings) findings = rst_findings_new ("isp");
  g_autoptr (GError) error = NULL;

  if (!read_file (document, "taro.y+x@example.org", findings, &error))
    g_string_append_printf (out, "error %s: %s\n", rst_error_get_nick (error), error->message);
  for (guint i = 0; i < findings->candidates->len; i++)
    print_candidate (out, g_ptr_array_index (findings->candidates, i));
  for (guint i = 0; i < findings->extras->len; i++)
    {
      const RstExtra *extra = g_ptr_array_index (findings->extras, i);

      g_string_append_printf (out, "extra: %s %s\n", rst_extra_get_nick (extra->kind), extra->url);
    }
  for (guint i = 0; i < findings->instructions->len; i++)
    g_string_append_printf (out, "instruction: %s\n", (char *) g_ptr_array_index (findings->instructions, i));
  for (guint i = 0; i < findings->notes->len; i++)
    g_string_append_printf (out, "note: %s\n", (char *) g_ptr_array_index (findings->notes, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_case (gconstpointer data)
{
  const char *path = data;
  g_autofree char *expected_path = g_strconcat (path, ".expected", NULL);
  g_autoptr (GBytes) document = load (path);
  g_autoptr (GBytes) expected = load (expected_path);
  g_autofree char *wanted = g_strndup (g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  g_autofree char *got = describe (document);

  g_assert_cmpstr (got, ==, wanted);
}

static char *
repeat (const char *head,
        const char *middle,
        gsize       times,
        const char *tail)
{
  GString *out = g_string_new (head);

  while (times-- > 0)
    g_string_append (out, middle);
  return g_string_free (g_string_append (out, tail), FALSE);
}

static void
assert_error (char       *text,
              RstError    kind)
{
  g_autofree char *owned G_GNUC_UNUSED = text;
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));
  g_autoptr (RstFindings) findings = rst_findings_new ("isp");
  g_autoptr (GError) error = NULL;

  g_assert_false (read_file (document, "taro@example.org", findings, &error));
  g_assert_error (error, RST_ERROR, (gint) kind);
  g_assert_cmpuint (findings->candidates->len, ==, 0);
}

#define SERVER "<incomingServer type=\"imap\"><hostname>imap.example.org</hostname><port>993</port>" \
               "<socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>"
#define HEAD "<clientConfig version=\"1.1\"><emailProvider id=\"x\">"
#define TAIL "</emailProvider></clientConfig>"
#define CLOSE_14 "</a></a></a></a></a></a></a></a></a></a></a></a></a></a>"

/* Each limit is met from both sides. */
static void
test_limits (void)
{
  gsize room = RST_REPLY_MAX - strlen (HEAD SERVER TAIL);
  g_autofree char *fitting = repeat (HEAD SERVER, " ", room, TAIL);
  g_autofree char *many = repeat (HEAD, SERVER, RST_CANDIDATES_MAX + 8, TAIL);
  g_autofree char *deep = repeat (HEAD SERVER, "<a>", 14, CLOSE_14 TAIL);
  const char * const good[] = { fitting, many, deep };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GBytes) document = g_bytes_new (good[i], strlen (good[i]));
      g_autoptr (RstFindings) findings = rst_findings_new ("isp");
      g_autoptr (GError) error = NULL;

      g_assert_true (read_file (document, "taro@example.org", findings, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (findings->candidates->len, ==, i == 1 ? RST_CANDIDATES_MAX : 1);
    }
  assert_error (repeat (HEAD SERVER, " ", room + 1, TAIL), RST_ERROR_CONFIG);
  assert_error (repeat (HEAD SERVER, "<a>", 15, CLOSE_14 "</a>" TAIL), RST_ERROR_CONFIG);
  assert_error (repeat (HEAD SERVER, "<a>", 80000, TAIL), RST_ERROR_CONFIG);
}

/* What costs other parsers seconds or gigabytes. */
static void
test_bombs (void)
{
  gint64 start = g_get_monotonic_time ();

  assert_error (g_strdup ("<!DOCTYPE x [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" HEAD "&b;" TAIL),
                RST_ERROR_CONFIG);
  assert_error (g_strdup ("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" HEAD SERVER TAIL), RST_ERROR_CONFIG);
  assert_error (g_strdup (HEAD SERVER "<displayName>&xxe;</displayName>" TAIL), RST_ERROR_CONFIG);
  assert_error (repeat ("<clientConfig", " xmlns:a=\"a\"", 20000, ">"), RST_ERROR_CONFIG);
  assert_error (repeat ("<clientConfig><a", " b=\"\"", 40000, ">"), RST_ERROR_CONFIG);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

/* The address is data: what is in it never becomes markup, and no placeholder is read twice. */
static void
test_placeholders (void)
{
  static const struct {
    const char *mail, *pattern, *username;
  } cases[] = {
    { "taro@example.org", "%EMAILLOCALPART%.%EMAILDOMAIN%", "taro.example.org" },
    { "%EMAILDOMAIN%@example.org", "%EMAILLOCALPART%", "%EMAILDOMAIN%" },
    { "a&b@example.org", "%EMAILADDRESS%", "a&b@example.org" },
    { "太郎@例え.テスト", "%EMAILADDRESS%", "太郎@xn--r8jz45g.xn--zckzah" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        HEAD "<incomingServer type=\"pop3\"><hostname>pop.%%EMAILDOMAIN%%</hostname><port>995</port>"
             "<socketType>SSL</socketType><username>%s</username></incomingServer>" TAIL, cases[i].pattern);
      g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));
      g_autoptr (RstFindings) findings = rst_findings_new ("isp");
      const RstCandidate *candidate;

      g_assert_true (read_file (document, cases[i].mail, findings, NULL));
      candidate = g_ptr_array_index (findings->candidates, 0);
      g_assert_cmpstr (candidate->username, ==, cases[i].username);
      g_assert_true (g_str_has_prefix (candidate->endpoint->host, "pop."));
    }
}

typedef struct {
  guint files, imap, pop, both, servers[RST_N_PROTOCOLS], sockets[RST_N_PROTOCOLS][3];
} Tally;

static void
count_file (Tally      *tally,
            const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) document = load (path);
  g_autoptr (RstFindings) findings = rst_findings_new ("database");
  g_autoptr (GError) error = NULL;
  guint offered = 0;

  if (!read_file (document, "taro@example.org", findings, &error) || findings->candidates->len == 0)
    g_error ("%s: %s", path, error != NULL ? error->message : "nothing");
  for (guint i = 0; i < findings->candidates->len; i++)
    {
      const RstEndpoint *endpoint = ((RstCandidate *) g_ptr_array_index (findings->candidates, i))->endpoint;

      offered |= 1u << endpoint->protocol;
      tally->servers[endpoint->protocol]++;
      tally->sockets[endpoint->protocol][endpoint->security]++;
    }
  for (guint i = 0; i < findings->notes->len; i++)
    g_test_message ("%s: %s", name, (char *) g_ptr_array_index (findings->notes, i));
  tally->files++;
  tally->imap += (offered & 1u << RST_PROTOCOL_IMAP) != 0;
  tally->pop += (offered & 1u << RST_PROTOCOL_POP3) != 0;
  tally->both += (offered & 1u << RST_PROTOCOL_IMAP) && (offered & 1u << RST_PROTOCOL_POP3);
}

/* Every real file gives a server. The figures were counted by another program. */
static void
test_real_files (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RST_SHARED"), "ispdb", NULL);
  g_autoptr (GPtrArray) paths = list_files (folder, ".xml");
  Tally tally = { 0 };

  if (paths->len == 0)
    {
      g_test_skip ("the provider database’s files are not here");
      return;
    }
  for (guint i = 0; i < paths->len; i++)
    count_file (&tally, g_ptr_array_index (paths, i));
  g_assert_cmpuint (tally.files, ==, 163);
  g_assert_cmpuint (tally.imap, ==, 120);
  g_assert_cmpuint (tally.pop, ==, 146);
  g_assert_cmpuint (tally.both, ==, 103);
  g_assert_cmpuint (tally.servers[RST_PROTOCOL_IMAP], ==, 142);
  g_assert_cmpuint (tally.servers[RST_PROTOCOL_POP3], ==, 165);
  g_assert_cmpuint (tally.servers[RST_PROTOCOL_SMTP], ==, 202);
  g_assert_cmpuint (tally.sockets[RST_PROTOCOL_IMAP][RST_SECURITY_NONE], ==, 2);
  g_assert_cmpuint (tally.sockets[RST_PROTOCOL_POP3][RST_SECURITY_NONE], ==, 34);
  g_assert_cmpuint (tally.sockets[RST_PROTOCOL_POP3][RST_SECURITY_STARTTLS], ==, 22);
  g_assert_cmpuint (tally.sockets[RST_PROTOCOL_SMTP][RST_SECURITY_STARTTLS], ==, 67);
}

/* Each case cut at every length, and with each byte replaced by ones that matter to XML. */
static void
test_damaged (gconstpointer data)
{
  static const char bytes[] = "<>&\"'/=!\0\n\xff%;";
  g_autoptr (GBytes) document = load (data);
  gsize size = g_bytes_get_size (document);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (document, NULL), size);

  for (gsize i = 0; i < size; i++)
    LLVMFuzzerTestOneInput (copy, i);
  for (gsize i = 0; i < size; i++)
    {
      guint8 before = copy[i];

      copy[i] = (guint8) bytes[i % (sizeof bytes - 1)];
      LLVMFuzzerTestOneInput (copy, size);
      copy[i] = before;
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "cases", "config-xml", NULL);
  paths = list_files (folder, ".xml");
  g_assert_cmpuint (paths->len, >, 20);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_path_get_basename (g_ptr_array_index (paths, i));
      g_autofree char *as_is = g_strconcat ("/config-xml/case/", name, NULL);
      g_autofree char *damaged = g_strconcat ("/config-xml/damaged/", name, NULL);

      g_test_add_data_func (as_is, g_ptr_array_index (paths, i), test_case);
      g_test_add_data_func (damaged, g_ptr_array_index (paths, i), test_damaged);
    }
  g_test_add_func ("/config-xml/limits", test_limits);
  g_test_add_func ("/config-xml/bombs", test_bombs);
  g_test_add_func ("/config-xml/placeholders", test_placeholders);
  g_test_add_func ("/config-xml/real-files", test_real_files);
  return g_test_run ();
}
