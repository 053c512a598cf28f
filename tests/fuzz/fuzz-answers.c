/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the readers of answers, of the short code for them and of described devices: what they
 * take, they take again from what they write. */
#include "fuzz.h"

#include "rst-answers.h"
#include "rst-device.h"
#include "rst-error.h"

static void
check_again (const RstAnswers *answers)
{
  g_autoptr (RstAnswers) again = rst_answers_new ();
  g_autoptr (RstAnswers) decoded = NULL;
  g_autofree char *text = rst_answers_to_string (answers);
  g_autofree char *code = rst_answers_to_code (answers);

  g_assert_true (rst_answers_parse_lines (again, g_strdelimit (text, " ", '\n'), NULL));
  g_assert_true (rst_answers_equal (again, answers));
  decoded = rst_answers_new_from_code (code, NULL);
  g_assert_nonnull (decoded);
  g_assert_true (rst_answers_equal (decoded, answers));
}

static void
check_answers (const char *text)
{
  g_autoptr (RstAnswers) lines = rst_answers_new ();
  g_autoptr (RstAnswers) one = rst_answers_new ();
  g_autoptr (RstAnswers) coded = NULL;
  g_autoptr (GError) error = NULL;

  if (rst_answers_parse_lines (lines, text, NULL))
    check_again (lines);
  if (rst_answers_parse (one, text, NULL))
    check_again (one);
  coded = rst_answers_new_from_code (text, &error);
  g_assert_cmpint (coded == NULL, ==, error != NULL);
  if (coded != NULL)
    check_again (coded);
}

static void
check_device (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstDevice) device = rst_device_parse (text, &error);
  g_autoptr (RstDevice) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *rewritten = NULL;

  g_assert_cmpint (device == NULL, ==, error != NULL);
  if (device == NULL)
    return;
  written = rst_device_to_string (device);
  again = rst_device_parse (written, NULL);
  g_assert_nonnull (again);
  rewritten = rst_device_to_string (again);
  g_assert_cmpstr (written, ==, rewritten);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_answers (text);
  if (g_utf8_validate (text, -1, NULL))
    check_device (text);
  return 0;
}
