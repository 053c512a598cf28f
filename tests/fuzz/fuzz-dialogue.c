/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any bytes to a protocol's dialogue as if a server sent them: built once for each protocol
 * (FUZZ_DIALOGUE). The first byte says how the connection and the sign-in are to be.
 */
#include "fuzz.h"

#include "rst-error.h"
#include "rst-talk.h"
#include "rst-text.h"

#include <string.h>

#define PASSWORD "himitsu-no-tegami-7"

extern const RstDialogue FUZZ_DIALOGUE;

enum { STARTTLS = 1, SIGN_IN = 2, EIGHT_BIT = 4, TOKEN = 8 };

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_false (rst_text_has_control (text));
}

static void
check_facts (const RstFacts *facts,
             gboolean        signs_in)
{
  GHashTableIter iter;
  gpointer name, value;

  if (facts->greeting != NULL)
    check_text (facts->greeting);
  for (char **word = facts->capabilities; *word != NULL; word++)
    check_text (*word);
  g_assert_cmpuint (g_strv_length (facts->capabilities), <=, 256);
  if (facts->clear_greeting != NULL)
    check_text (facts->clear_greeting);
  for (guint i = 0; i < RST_N_STAGES; i++)
    g_assert_cmpuint (g_strv_length (facts->told[i]), <=, 256);
  g_hash_table_iter_init (&iter, facts->more);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      check_text (value);
      g_assert_null (signs_in ? strstr (value, PASSWORD) : NULL);
    }
  g_assert_true (!facts->signed_in || signs_in);
}

/* Exactly one line leaves, and nothing secret outside TLS. */
static void
check_out (RstTalk *talk)
{
  g_assert_true (g_str_has_suffix (talk->out->str, "\r\n"));
  g_assert_cmpuint (strcspn (talk->out->str, "\r\n"), ==, talk->out->len - 2);
  g_assert_true (talk->secured || (!talk->out_secret && strstr (talk->out->str, PASSWORD) == NULL));
  rst_talk_sent (talk);
}

static RstStep
take_step (RstTalk  *talk,
           RstStep   step,
           GError  **error)
{
  if (step == RST_STEP_SECURE)
    {
      g_assert_false (talk->secured);
      step = rst_talk_secured (talk, error);
    }
  if (step != RST_STEP_SEND)
    return step;
  check_out (talk);
  return RST_STEP_READ;
}

static void
play (RstTalk     *talk,
      const char  *bytes,
      gsize        left,
      GError     **error)
{
  RstStep step = RST_STEP_READ;
  const char *feed;

  if (talk->facts->endpoint->security == RST_SECURITY_TLS)
    step = take_step (talk, rst_talk_secured (talk, error), error);
  while (step == RST_STEP_READ && left > 0 && (feed = memchr (bytes, '\n', left)) != NULL)
    {
      gsize whole = (gsize) (feed - bytes) + 1;
      gsize length = whole - 1;

      while (length > 0 && bytes[length - 1] == '\r')
        length--;
      step = take_step (talk, rst_talk_line (talk, bytes, length, whole - length, error), error);
      bytes += whole;
      left -= whole;
    }
  g_assert_cmpint (step == RST_STEP_FAIL, ==, *error != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint how = size > 0 ? data[0] : 0;
  RstSecurity security = how & STARTTLS ? RST_SECURITY_STARTTLS : RST_SECURITY_TLS;
  g_autoptr (RstEndpoint) endpoint =
    rst_endpoint_new (FUZZ_DIALOGUE.protocol, security, "mail.example.org", 0, NULL);
  g_autoptr (RstFacts) facts = rst_facts_new (endpoint);
  g_autoptr (RstSecret) secret = how & TOKEN ? rst_secret_new_token (PASSWORD, strlen (PASSWORD))
                                             : rst_secret_new (PASSWORD, strlen (PASSWORD), NULL);
  g_autoptr (GError) error = NULL;
  RstTalk *talk = rst_talk_new (&FUZZ_DIALOGUE, facts,
                                !(how & SIGN_IN)  ? NULL
                                : how & EIGHT_BIT ? "tarō"
                                                  : "taro",
                                secret);

  if (size > 0)
    play (talk, (const char *) data + 1, size - 1, &error);
  rst_talk_end (talk);
  check_facts (facts, (how & SIGN_IN) != 0);
  if (error != NULL)
    {
      g_assert_true (error->domain == RST_ERROR);
      check_text (error->message);
      g_assert_null (how & SIGN_IN ? strstr (error->message, PASSWORD) : NULL);
    }
  rst_talk_free (talk);
  return 0;
}
