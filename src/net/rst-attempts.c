/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-attempts.h"

#include <string.h>
#include <sys/random.h>

typedef struct {
  RstGrantFunc changed;
  gpointer     data;
} Waiter;

typedef struct {
  guint    running;
  guint    failed;
  gboolean accepted;
  GQueue   waiters; /* (element-type Waiter) (owned) */
} Record;

static GHashTable *records; /* (element-type utf8 Record) (owned) */

static void
record_free (gpointer data)
{
  Record *record = data;

  g_queue_clear_full (&record->waiters, g_free);
  g_free (record);
}

static Record *
look_up (const char *key)
{
  Record *record;

  if (records == NULL)
    records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free);
  record = g_hash_table_lookup (records, key);
  if (record == NULL)
    {
      record = g_new0 (Record, 1);
      g_queue_init (&record->waiters);
      g_hash_table_insert (records, g_strdup (key), record);
    }
  return record;
}

/**
 * rst_attempts_key:
 * @host: a server
 * @username: whom to sign in
 * @password: the password
 *
 * Names an attempt without keeping the password: a digest under a key that ends with the program.
 *
 * Returns: (transfer full): the name
 */
char *
rst_attempts_key (const char *host,
                  const char *username,
                  RstSecret  *password)
{
  static guchar salt[32];
  static gboolean salted;
  g_autofree char *digest = NULL;

  if (!salted && getrandom (salt, sizeof salt, 0) != (gssize) sizeof salt)
    g_error ("no randomness");
  salted = TRUE;
  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, salt, sizeof salt,
                                      rst_secret_peek (password), -1);
  return g_strdup_printf ("%s %s %s", digest, host, username);
}

/**
 * rst_attempts_begin:
 * @key: names the attempt
 * @changed: (scope async): called once after %RST_GRANT_LATER, when it is worth asking again
 * @data: for @changed
 *
 * Asks leave to send a password. After %RST_GRANT_NOW rst_attempts_end() has to follow.
 *
 * Returns: whether it may be sent
 */
RstGrant
rst_attempts_begin (const char   *key,
                    RstGrantFunc  changed,
                    gpointer      data)
{
  Record *record = look_up (key);
  Waiter *waiter;

  if (record->accepted || record->running + record->failed < RST_ATTEMPTS_MAX)
    {
      record->running++;
      return RST_GRANT_NOW;
    }
  if (record->failed >= RST_ATTEMPTS_MAX)
    return RST_GRANT_NEVER;
  waiter = g_new (Waiter, 1);
  *waiter = (Waiter) { changed, data };
  g_queue_push_tail (&record->waiters, waiter);
  return RST_GRANT_LATER;
}

/**
 * rst_attempts_forget:
 * @key: names the attempt
 * @data: what was given to rst_attempts_begin()
 *
 * Stops waiting.
 */
void
rst_attempts_forget (const char *key,
                     gpointer    data)
{
  Record *record = look_up (key);

  for (GList *link = record->waiters.head; link != NULL; link = link->next)
    if (((Waiter *) link->data)->data == data)
      {
        g_free (link->data);
        g_queue_delete_link (&record->waiters, link);
        return;
      }
}

/**
 * rst_attempts_end:
 * @key: names the attempt
 * @accepted: whether the server let the person in
 *
 * An attempt has ended. Those who wait are called.
 */
void
rst_attempts_end (const char *key,
                  gboolean    accepted)
{
  Record *record = look_up (key);
  guint n = g_queue_get_length (&record->waiters);

  record->running--;
  if (accepted)
    record->accepted = TRUE;
  else
    record->failed++;
  /* Those called may wait again, at the end of the queue, or make others stop waiting. */
  while (n-- > 0 && !g_queue_is_empty (&record->waiters))
    {
      g_autofree Waiter *waiter = g_queue_pop_head (&record->waiters);

      waiter->changed (waiter->data);
    }
}

/**
 * rst_attempts_reset:
 *
 * Forgets all attempts, as a new run of the program would.
 */
void
rst_attempts_reset (void)
{
  g_clear_pointer (&records, g_hash_table_unref);
}
