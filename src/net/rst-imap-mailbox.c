/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-imap-mailbox.h"

#include "rst-imap.h"

#include <string.h>

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* The purposes that mail programs know, in the order in which they are told. */
static const char * const purposes[] = { "archive", "drafts", "junk", "sent", "trash" };

/* Where in @words the value of @name stands, from @from on; 0 if nowhere. */
static guint
find_value (char       **words,
            guint        from,
            const char  *name)
{
  for (guint i = from; words[i] != NULL && words[i + 1] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], name) == 0)
      return i + 1;
  return 0;
}

static void
note_value (RstTalk     *talk,
            const char  *fact,
            char       **words,
            const char  *name)
{
  guint i = find_value (words, 1, name);

  if (i > 0)
    rst_talk_note_number (talk, fact, words[i]);
}

/**
 * rst_imap_note_quota:
 * @talk: a conversation
 * @text: what follows QUOTA, such as `"User quota" (STORAGE 10 10240 MESSAGE 3 100)`
 *
 * Notes how much there is and may be, in KiB. The first root that limits storage counts.
 */
void
rst_imap_note_quota (RstTalk    *talk,
                     const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);
  guint i = words[0] != NULL ? find_value (words, 1, "STORAGE") : 0;

  if (i == 0 || !g_ascii_isdigit (*words[i]) || words[i + 1] == NULL ||
      !g_ascii_isdigit (*words[i + 1]) || g_hash_table_contains (talk->facts->more, "quota-limit"))
    return;
  rst_talk_note_number (talk, "quota-used", words[i]);
  rst_talk_note_number (talk, "quota-limit", words[i + 1]);
}

/**
 * rst_imap_note_status:
 * @talk: a conversation
 * @text: what follows STATUS, such as `INBOX (MESSAGES 3 UNSEEN 1)`
 *
 * Notes how many messages there are and how they are numbered; what the server leaves out is not known.
 */
void
rst_imap_note_status (RstTalk    *talk,
                      const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);

  if (words[0] == NULL || g_ascii_strcasecmp (words[0], "INBOX") != 0)
    return;
  note_value (talk, "messages", words, "MESSAGES");
  note_value (talk, "unseen", words, "UNSEEN");
  note_value (talk, "size", words, "SIZE");
  note_value (talk, "uid-next", words, "UIDNEXT");
  note_value (talk, "uid-validity", words, "UIDVALIDITY");
}

static gboolean
is_marked (char       **words,
           const char  *attribute)
{
  for (guint i = 1; words[i] != NULL && !g_str_equal (words[i], ")"); i++)
    if (words[i][0] == '\\' && g_ascii_strcasecmp (words[i] + 1, attribute) == 0)
      return TRUE;
  return FALSE;
}

static void
count_folder (RstTalk *talk)
{
  const char *before = g_hash_table_lookup (talk->facts->more, "folders");
  g_autofree char *now = g_strdup_printf ("%u", before != NULL ? (guint) atoi (before) + 1 : 1);

  rst_talk_note (talk, "folders", now);
}

/**
 * rst_imap_note_folder:
 * @talk: a conversation
 * @text: what follows LIST, such as `(\HasNoChildren \Drafts) "." INBOX.Drafts`
 *
 * Counts the folder, if mail can be in it, and notes what it is for, if the server says that it is for
 * something.
 */
void
rst_imap_note_folder (RstTalk    *talk,
                      const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);
  const char *before = g_hash_table_lookup (talk->facts->more, "special-use");
  g_auto (GStrv) known = g_strsplit (before != NULL ? before : "", " ", -1);
  g_autoptr (GString) now = g_string_new (NULL);

  if (g_strcmp0 (words[0], "(") != 0)
    return;
  if (!is_marked (words, "Noselect") && !is_marked (words, "NonExistent"))
    count_folder (talk);
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (is_marked (words, purposes[i]) || g_strv_contains ((const char * const *) known, purposes[i]))
      g_string_append_printf (now, "%s%s", now->len > 0 ? " " : "", purposes[i]);
  rst_talk_note (talk, "special-use", now->str);
}

/* “ 1-Nov-2026 10:00:00 +0900”: the day is enough. */
static char *
read_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text + (*text == ' '), "-", 3);
  guint64 day, year;
  g_autofree char *digits = NULL;
  const char *month;

  if (g_strv_length (parts) != 3 || strlen (parts[1]) != 3 || strlen (parts[2]) < 4)
    return NULL;
  month = strstr (months, parts[1]);
  digits = g_strndup (parts[2], 4);
  if (month == NULL || (month - months) % 3 != 0 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 31, &day, NULL) ||
      !g_ascii_string_to_unsigned (digits, 10, 1970, 9999, &year, NULL))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", (guint) year, (guint) (month - months) / 3 + 1, (guint) day);
}

/**
 * rst_imap_note_message:
 * @talk: a conversation
 * @text: what follows FETCH, such as `(UID 7 INTERNALDATE " 1-Nov-2026 10:00:00 +0900")`
 *
 * Notes since when there is mail, and by which number the first message is known.
 */
void
rst_imap_note_message (RstTalk    *talk,
                       const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);
  guint i = words[0] != NULL ? find_value (words, 1, "INTERNALDATE") : 0;
  g_autofree char *day = i > 0 ? read_day (words[i]) : NULL;

  if (day != NULL)
    rst_talk_note (talk, "oldest", day);
  if (words[0] != NULL)
    note_value (talk, "first-uid", words, "UID");
}

/**
 * rst_imap_note_older:
 * @talk: a conversation
 * @text: what follows ESEARCH, such as `(TAG "a9") COUNT 0`
 *
 * Notes how many messages came before the day of the first one.
 */
void
rst_imap_note_older (RstTalk    *talk,
                     const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);

  guint i = find_value (words, 0, "COUNT");

  if (i > 0)
    rst_talk_note_number (talk, "older", words[i]);
}

/**
 * rst_imap_format_day:
 * @day: a day, such as `2025-10-01`
 *
 * Returns: (transfer full) (nullable): the day as a search wants it, such as `1-Oct-2025` (RFC 9051, date);
 *   %NULL if it is none
 */
char *
rst_imap_format_day (const char *day)
{
  guint64 year, month, number;
  g_auto (GStrv) parts = g_strsplit (day, "-", 3);

  if (g_strv_length (parts) != 3 || !g_ascii_string_to_unsigned (parts[0], 10, 1970, 9999, &year, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 12, &month, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 1, 31, &number, NULL))
    return NULL;
  return g_strdup_printf ("%u-%.3s-%04u", (guint) number, months + (month - 1) * 3, (guint) year);
}

/**
 * rst_imap_note_server:
 * @talk: a conversation
 * @text: what follows ID, such as `("name" "Dovecot" "version" "2.3")`
 *
 * Notes what the server calls itself.
 */
void
rst_imap_note_server (RstTalk    *talk,
                      const char *text)
{
  g_auto (GStrv) words = rst_imap_words (text);
  guint name = words[0] != NULL ? find_value (words, 1, "name") : 0;
  guint version = words[0] != NULL ? find_value (words, 1, "version") : 0;
  g_autofree char *both = NULL;

  if (name == 0)
    return;
  both = g_strdup_printf ("%s %s", words[name], version > 0 ? words[version] : "");
  rst_talk_note (talk, "server", both);
}
