/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib-script.h"

#include "lib-await.h"
#include "rst-bearer.h"
#include "rst-error.h"

#include <stdlib.h>
#include <string.h>

static char *
base64 (const char *text)
{
  return g_base64_encode ((const guchar *) text, strlen (text));
}

static char *
plain (const char *user,
       const char *password)
{
  GString *message = g_string_new (NULL);
  char *encoded;

  g_string_append_c (message, '\0');
  g_string_append (message, user);
  g_string_append_c (message, '\0');
  g_string_append (message, password);
  encoded = g_base64_encode ((const guchar *) message->str, message->len);
  g_string_free (message, TRUE);
  return encoded;
}

/* The port is another one each time: of OAUTHBEARER only what comes before it. */
static void
expand_token (const TestScript *self,
              GString          *out)
{
  g_autofree char *head = g_strdup_printf ("n,a=%s,\001host=%s\001port=", self->user, self->host);
  g_autofree char *whole = g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", self->user, self->password);
  g_autofree char *message = base64 (whole);
  g_autofree char *begin = NULL;

  head[strlen (head) / 3 * 3] = '\0';
  begin = base64 (head);
  g_string_replace (out, "%xoauth2%", message, 0);
  g_string_replace (out, "%oauthbearer%", begin, 0);
}

static char *
expand (const TestScript *self,
        const char       *text)
{
  GString *out = g_string_new (text);

  if (self->token)
    expand_token (self, out);
  if (self->user != NULL && self->password != NULL)
    {
      g_autofree char *message = plain (self->user, self->password);
      g_autofree char *user = base64 (self->user);
      g_autofree char *password = base64 (self->password);

      g_string_replace (out, "%plain%", message, 0);
      g_string_replace (out, "%user64%", user, 0);
      g_string_replace (out, "%password64%", password, 0);
      g_string_replace (out, "%password%", self->password, 0);
    }
  return g_string_free (out, FALSE);
}

static void
item_clear (gpointer data)
{
  g_free (((TestItem *) data)->text);
}

void
test_script_free (TestScript *self)
{
  g_free (self->name);
  g_free (self->certificate);
  g_free (self->host);
  g_free (self->user);
  g_free (self->password);
  g_free (self->eol);
  g_ptr_array_unref (self->expected);
  g_array_unref (self->items);
  g_free (self);
}

static void
set_text (char       **member,
          const char  *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static RstProtocol
read_protocol (const char *value)
{
  for (guint i = 0; i < RST_N_PROTOCOLS; i++)
    if (g_str_equal (value, rst_protocol_get_nick (i)))
      return i;
  g_error ("no protocol %s", value);
}

static void
read_header (TestScript *self,
             const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  const char *value = words[1] != NULL ? words[1] : "";

  if (g_str_equal (words[0], "protocol"))
    self->protocol = read_protocol (value);
  else if (g_str_equal (words[0], "security"))
    self->security = g_str_equal (value, "tls") ? RST_SECURITY_TLS : RST_SECURITY_STARTTLS;
  else if (g_str_equal (words[0], "certificate"))
    set_text (&self->certificate, value);
  else if (g_str_equal (words[0], "host"))
    set_text (&self->host, value);
  else if (g_str_equal (words[0], "user"))
    self->user = g_strcompress (value);
  else if (g_str_equal (words[0], "password"))
    self->password = g_strcompress (value);
  else if (g_str_equal (words[0], "token"))
    {
      self->password = g_strdup (value);
      self->token = TRUE;
    }
  else if (g_str_equal (words[0], "timeout"))
    self->timeout_ms = (guint) atoi (value);
  else if (g_str_equal (words[0], "within"))
    self->within_ms = (guint) atoi (value);
  else if (g_str_equal (words[0], "pace"))
    self->pace_byte = TRUE;
  else if (g_str_equal (words[0], "eol"))
    set_text (&self->eol, value);
  else if (g_str_equal (words[0], "network"))
    self->network = TRUE;
  else
    g_ptr_array_add (self->expected, g_strdup (line));
}

static void
read_item (TestScript *self,
           const char *line)
{
  TestItem item = { 0 };

  if (g_str_has_prefix (line, "S:") || g_str_has_prefix (line, "C:") ||
      g_str_has_prefix (line, "C*"))
    {
      item.verb = line[1] == '*' ? '*' : line[0];
      item.text = expand (self, line[2] == ' ' ? line + 3 : line + 2);
    }
  else if (g_str_has_prefix (line, "raw "))
    {
      item.verb = 'r';
      item.text = g_strcompress (line + 4);
    }
  else if (g_str_has_prefix (line, "flood ") || g_str_has_prefix (line, "lines ") ||
           g_str_has_prefix (line, "chunks "))
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 3);

      item.verb = line[0] == 'c' ? 'k' : line[0];
      item.number = (guint) atoi (words[1]);
      item.text = g_strdup (words[2]);
    }
  else if (g_str_has_prefix (line, "wait "))
    {
      item.verb = 'w';
      item.number = (guint) atoi (line + 5);
    }
  else if (g_str_equal (line, "tls") || g_str_equal (line, "head"))
    item.verb = line[0];
  else if (g_str_equal (line, "close") || g_str_equal (line, "swallow"))
    item.verb = g_str_equal (line, "close") ? 'x' : 'e';
  else
    g_error ("%s: what is “%s”?", self->name, line);
  g_array_append_val (self->items, item);
}

TestScript *
test_script_load (const char *path)
{
  g_autofree char *text = test_read_file (path);
  g_autofree char *name = g_path_get_basename (path);

  return test_script_parse (name, text);
}

TestScript *
test_script_parse (const char *name,
                   const char *text)
{
  TestScript *self = g_new0 (TestScript, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean head = TRUE;

  self->name = g_strdup (name);
  self->security = RST_SECURITY_STARTTLS;
  self->certificate = g_strdup ("good");
  self->host = g_strdup ("localhost");
  self->eol = g_strdup ("crlf");
  self->expected = g_ptr_array_new_with_free_func (g_free);
  self->items = g_array_new (FALSE, FALSE, sizeof (TestItem));
  g_array_set_clear_func (self->items, item_clear);
  for (char **line = lines; *line != NULL; line++)
    if (head && g_str_equal (*line, "---"))
      head = FALSE;
    else if (**line == '\0' || **line == '#')
      continue;
    else if (head)
      read_header (self, *line);
    else
      read_item (self, *line);
  g_assert_false (head);
  return self;
}

RstEndpoint *
test_script_endpoint (const TestScript *self,
                      guint16           port)
{
  g_autoptr (GError) error = NULL;
  RstEndpoint *endpoint = rst_endpoint_new (self->protocol, self->security, self->host, port,
                                            &error);

  g_assert_no_error (error);
  return endpoint;
}

RstSecret *
test_script_secret (const TestScript *self)
{
  g_autoptr (GError) error = NULL;
  RstSecret *secret;

  if (self->password == NULL)
    return NULL;
  secret = self->token ? rst_secret_new_token (self->password, strlen (self->password))
                       : rst_secret_new (self->password, strlen (self->password), &error);
  g_assert_no_error (error);
  g_assert_nonnull (secret);
  return secret;
}

gboolean
test_item_matches (const TestItem *item,
                   const char     *line)
{
  return item->verb == '*' ? g_pattern_match_simple (item->text, line)
                           : g_str_equal (item->text, line);
}

void
test_item_append_raw (const TestItem *item,
                      GString        *out)
{
  for (const char *p = item->text; *p != '\0'; p++)
    g_string_append_c (out, *p == '\001' ? '\0' : *p);
}

static void
check_error (const RstFacts *facts,
             const char     *kind)
{
  if (g_str_equal (kind, "none"))
    g_assert_no_error (facts->error);
  else if (facts->error == NULL)
    g_error ("no error, %s expected", kind);
  else if (g_strcmp0 (rst_error_get_nick (facts->error), kind) != 0)
    g_error ("error %s, %s expected: %s", rst_error_get_nick (facts->error), kind,
             facts->error->message);
}

static void
check_advice (const RstFacts *facts,
              const char     *text)
{
  const char *advice = rst_error_get_advice (facts->error);

  if (advice == NULL || strstr (advice, text) == NULL)
    g_error ("“%s” expected in “%s”", text, advice);
}

static void
check_sign_in (const RstFacts *facts,
               const char     *mechanism)
{
  g_assert_cmpint (facts->signed_in, ==, !g_str_equal (mechanism, "no"));
  if (facts->signed_in)
    g_assert_cmpstr (facts->mechanism, ==, mechanism);
}

static void
check_told (const RstFacts *facts,
            RstStage        stage,
            const char     *expected)
{
  g_autofree char *told = g_strjoinv (" ", facts->told[stage]);

  g_assert_cmpstr (told, ==, expected);
}

static void
check_fact (const RstFacts *facts,
            const char     *expected)
{
  g_auto (GStrv) words = g_strsplit (expected, " ", 2);

  g_assert_cmpstr (g_hash_table_lookup (facts->more, words[0]), ==, words[1]);
}

/* Holds what the script expects against what came out. */
void
test_script_check (const TestScript *self,
                   const RstFacts   *facts)
{
  for (guint i = 0; i < self->expected->len; i++)
    {
      const char *line = g_ptr_array_index (self->expected, i);
      g_auto (GStrv) words = g_strsplit (line, " ", 2);
      const char *value = words[1] != NULL ? words[1] : "";

      if (g_str_equal (words[0], "error"))
        check_error (facts, value);
      else if (g_str_equal (words[0], "cause"))
        g_assert_cmpstr (rst_trouble_get_nick (rst_error_get_cause (facts->error)), ==, value);
      else if (g_str_equal (words[0], "try"))
        check_advice (facts, value);
      else if (g_str_equal (words[0], "says"))
        g_assert_nonnull (strstr (facts->error->message, value));
      else if (g_str_equal (words[0], "silent-on"))
        g_assert_null (strstr (facts->error->message, value));
      else if (g_str_equal (words[0], "signed-in"))
        check_sign_in (facts, value);
      else if (g_str_equal (words[0], "capability"))
        g_assert_true (rst_facts_has_capability (facts, value));
      else if (g_str_equal (words[0], "no-capability"))
        g_assert_false (rst_facts_has_capability (facts, value));
      else if (g_str_equal (words[0], "auth"))
        g_assert_true (rst_facts_has_auth (facts, value));
      else if (g_str_equal (words[0], "no-auth"))
        g_assert_false (rst_facts_has_auth (facts, value));
      else if (g_str_equal (words[0], "clear-greeting"))
        g_assert_cmpstr (facts->clear_greeting, ==, *value != '\0' ? value : NULL);
      else if (g_str_equal (words[0], "told-clear"))
        check_told (facts, RST_STAGE_CLEAR, value);
      else if (g_str_equal (words[0], "told-encrypted"))
        check_told (facts, RST_STAGE_ENCRYPTED, value);
      else if (g_str_equal (words[0], "told-signed-in"))
        check_told (facts, RST_STAGE_SIGNED_IN, value);
      else if (g_str_equal (words[0], "fact"))
        check_fact (facts, value);
      else if (g_str_equal (words[0], "no-fact"))
        g_assert_null (g_hash_table_lookup (facts->more, value));
      else if (g_str_equal (words[0], "greeting"))
        g_assert_cmpstr (facts->greeting, ==, *value != '\0' ? value : NULL);
      else
        g_error ("%s: what is “%s”?", self->name, line);
    }
}

/* The password may be nowhere in @text, neither bare nor encoded. */
void
test_script_check_leak (const TestScript *self,
                        const char       *text)
{
  g_autofree char *message = NULL;
  g_autofree char *encoded = NULL;

  if (self->user == NULL || self->password == NULL)
    return;
  message = plain (self->user, self->password);
  encoded = base64 (self->password);
  if (strstr (text, self->password) != NULL || strstr (text, message) != NULL ||
      strstr (text, encoded) != NULL || rst_bearer_gives_away (text, self->password))
    g_error ("%s: the password is in:\n%s", self->name, text);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
find_into (GPtrArray  *found,
           const char *folder,
           const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        find_into (found, path, suffix);
      else if (g_str_has_suffix (name, suffix))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
}

/* All files below @folder whose names end in @suffix, sorted. */
GPtrArray *
test_find_files (const char *folder,
                 const char *suffix)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  find_into (found, folder, suffix);
  g_ptr_array_sort (found, compare_names);
  return found;
}
