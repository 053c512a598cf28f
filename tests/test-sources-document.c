/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's document for mail programs and its digest in DNS; texts in DNS and JSON as bytes. No
 * network.
 */
#include "rst-json.h"
#include "rst-txt.h"
#include "source-case.h"

#include <string.h>

#define URL "https://ua-auto-config.example.org/.well-known/user-agent-configuration.json"
#define NAME "_ua-auto-config.example.org"
#define FULL \
  "{\"protocols\":{\"jmap\":{\"url\":\"https://jmap.example.org/s\"}," \
  "\"imap\":{\"host\":\"imap.example.org\"}," \
  "\"pop3\":{\"host\":\"pop.example.org\"},\"submit\":{\"host\":\"smtp.example.org\"}," \
  "\"managesieve\":{\"host\":\"imap.example.org\"},\"caldav\":{\"url\":\"https://dav.example.org/c/\"}," \
  "\"carddav\":{\"url\":\"http://dav.example.org/a/\"}},\"authentication\":{\"password\":true," \
  "\"oauth-public\":{\"issuer\":\"https://sso.example.org\"}},\"info\":{\"provider\":{\"name\":\"Example\"}}}"
#define SERVERS \
  "imaps://imap.example.org:993 provider\npop3s://pop.example.org:995 provider\n" \
  "submissions://smtp.example.org:465 provider\n"

static char *
make_digest (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize length = sizeof bytes;

  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, bytes, &length);
  return g_base64_encode (bytes, length);
}

static RstReply *
texts_new (const char *format,
           const char *digest)
{
  RstReply *reply = reply_new (RST_ASK_TXT, NAME, RST_REPLY_OK);
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);
  g_autofree char *all = g_strjoinv (digest, parts);
  g_auto (GStrv) texts = g_strsplit (all, "|", -1);

  for (char **text = texts; *text != NULL; text++)
    g_ptr_array_add (reply->texts, g_strdup (*text));
  return reply;
}

static Fixture *
read_both (const char *document,
           const char *texts,
           gboolean    texts_first)
{
  Fixture *self = fixture_new ("pacc", "taro@example.org");
  g_autofree char *digest = make_digest (document);

  if (texts_first)
    read_reply (self, texts_new (texts, digest));
  read_reply (self, document_new (RST_ASK_HTTPS, URL, "ua-auto-config.example.org", document));
  if (!texts_first)
    {
      g_assert_cmpuint (self->findings->candidates->len, ==, 0);
      read_reply (self, texts_new (texts, digest));
    }
  return self;
}

static void
test_asks (void)
{
  g_autoptr (Fixture) self = fixture_new ("pacc", "taro@example.org");
  g_autoptr (Fixture) suffix = fixture_new ("pacc", "taro@co.uk");

  assert_text (list_asks (self), URL "\nTXT " NAME "\n");
  assert_text (list_asks (suffix), "");
}

/* Only what a digest vouches for is used, whichever comes first. */
static void
test_digest (void)
{
  static const struct {
    const char *texts;
    gboolean    good, failed;
  } cases[] = {
    { "v=UAAC1; a=sha256; d=@", TRUE, FALSE },
    { "D=@;x=y; A=SHA256 ;V=uaac1;", TRUE, FALSE },
    { "unrelated|v=UAAC1; a=sha256; d=AAAA|v=UAAC1;a=sha256;d=@", TRUE, FALSE },
    { "v=UAAC1; a=sha256; d=AAAA", FALSE, TRUE },
    { "v=UAAC1; a=sha256; d=", FALSE, TRUE },
    { "v=UAAC2; a=sha256; d=@", FALSE, FALSE },
    { "v=UAAC1; a=md5; d=@", FALSE, FALSE },
    { "v=UAAC1; a=sha256", FALSE, FALSE },
    { "=;;=;d", FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = read_both (FULL, cases[i / 2].texts, i % 2 == 0);

      assert_text (list_candidates (self), cases[i / 2].good ? SERVERS : "");
      g_assert_cmpint (self->findings->failed, ==, cases[i / 2].failed);
      g_assert_cmpuint (self->findings->notes->len, ==, cases[i / 2].good ? 0 : 1);
    }
}

static void
test_content (void)
{
  g_autoptr (Fixture) self = read_both (FULL, "v=UAAC1; a=sha256; d=@", TRUE);
  const RstCandidate *first = g_ptr_array_index (self->findings->candidates, 0);

  g_assert_cmpint (first->auth, ==, RST_AUTH_PASSWORD);
  g_assert_cmpuint (first->auths, ==, 1u << RST_AUTH_PASSWORD | 1u << RST_AUTH_OAUTH2);
  g_assert_cmpstr (first->username, ==, "taro@example.org");
  g_assert_cmpuint (self->findings->extras->len, ==, 2);
  g_assert_cmpstr (((RstExtra *) g_ptr_array_index (self->findings->extras, 0))->url, ==,
                   "https://dav.example.org/c/");
}

/* Vouched for or not, it may say anything. */
static void
test_odd_documents (void)
{
  static const struct {
    const char *document, *candidates;
    gboolean    failed;
  } cases[] = {
    { "{\"protocols\":{\"smtp\":{\"host\":\"s.example.org\"}}}",
      "submissions://s.example.org:465 provider\n" },
    { "{\"protocols\":{\"imap\":{\"host\":\"bad name\"},\"pop3\":{\"host\":7}}}", "" },
    { "{\"protocols\":{\"imap\":{\"host\":\"localhost\"},\"pop3\":\"pop.example.org\"}}", "" },
    { "{\"protocols\":[],\"authentication\":{\"password\":\"yes\"}}", "" },
    { "{\"protocols\":{\"caldav\":{\"url\":\"javascript:1\"},\"jmap\":{\"url\":\"https://a b/\"}}}", "" },
    { "{}", "" },
    { "[]", "", TRUE },
    { "<html>", "", TRUE },
    { "{\"protocols\":", "", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = read_both (cases[i].document, "v=UAAC1; a=sha256; d=@", TRUE);

      assert_text (list_candidates (self), cases[i].candidates);
      g_assert_cmpint (self->findings->failed, ==, cases[i].failed);
      g_assert_cmpuint (self->findings->extras->len, ==, 0);
    }
}

static void
test_silence (void)
{
  g_autoptr (Fixture) self = fixture_new ("pacc", "taro@example.org");

  read_reply (self, texts_new ("v=UAAC1; a=sha256; d=@", "AAAA"));
  read_reply (self, reply_new (RST_ASK_HTTPS, URL, RST_REPLY_NOTHING));
  g_assert_cmpuint (self->findings->candidates->len, ==, 0);
  g_assert_false (self->findings->failed);
}

/* Nesting beyond all sense must not cost the stack. */
static void
test_json_bombs (void)
{
  static const char * const pieces[] = { "[", "{\"a\":", "{\"a\":[" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonParser) parser = NULL;

      while (text->len < RST_REPLY_MAX - 8)
        g_string_append (text, pieces[i]);
      bytes = g_bytes_new (text->str, text->len);
      parser = rst_json_parse (bytes);
      g_assert_null (parser);
    }
}

#define HEADER "\x12\x34\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00\x01x\x00\x00\x10\x00\x01"
#define RECORD(LENGTH) "\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x3c\x00" LENGTH

static GPtrArray *
parse_answer (const char *answer,
              gsize       length)
{
  return rst_txt_parse ((const guint8 *) answer, length);
}

/* Strings of a record are joined; what is not UTF-8 is mended; what is cut off is no answer. */
static void
test_texts (void)
{
  static const char joined[] = HEADER RECORD ("\x08") "\x03" "abc" "\x03" "def";
  static const char binary[] = HEADER RECORD ("\x05") "\x04" "a\xff\xfe" "b";
  static const char liar[] = HEADER RECORD ("\x03") "\xff" "ab";
  g_autoptr (GPtrArray) first = parse_answer (joined, sizeof joined - 1);
  g_autoptr (GPtrArray) second = parse_answer (binary, sizeof binary - 1);
  g_autoptr (GPtrArray) third = parse_answer (liar, sizeof liar - 1);

  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (first, 0), ==, "abcdef");
  g_assert_true (g_utf8_validate (g_ptr_array_index (second, 0), -1, NULL));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (second, 0), "a"));
  g_assert_cmpstr (g_ptr_array_index (third, 0), ==, "ab");
  for (gsize length = 0; length < sizeof joined - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (joined, length + 1);
      g_autoptr (GPtrArray) texts = parse_answer (cut, length);

      g_assert_true (texts == NULL || texts->len == 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources/pacc-asks", test_asks);
  g_test_add_func ("/sources/pacc-digest", test_digest);
  g_test_add_func ("/sources/pacc-content", test_content);
  g_test_add_func ("/sources/pacc-odd-documents", test_odd_documents);
  g_test_add_func ("/sources/pacc-silence", test_silence);
  g_test_add_func ("/sources/json-bombs", test_json_bombs);
  g_test_add_func ("/sources/texts", test_texts);
  return g_test_run ();
}
