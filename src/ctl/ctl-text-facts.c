/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a probe learnt about a server, in words.
 */
#include "ctl-text.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-error.h"
#include "rst-facts-mailbox.h"
#include "rst-text.h"

#define LABEL_COLUMNS 16
/* So many bytes more would not fit into 64 bits. */
#define MAX_KIB (G_MAXUINT64 / 1024)

static void
row (const char *label,
     const char *text)
{
  if (text != NULL && *text != '\0')
    ctl_print_row (2, label, LABEL_COLUMNS, text);
}

static void
print_tls (const RstFacts *facts)
{
  const RstTlsFacts *tls = &facts->tls;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  g_autofree char *chain = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  if (!facts->secured && tls->problems == 0)
    return;
  text = rst_text_join_list ((const char * const[]) { tls->version != NULL ? tls->version : "TLS",
                                                      tls->cipher != NULL ? tls->cipher
                                                                          : _("method unknown"), NULL });
  row (_("Encryption"), text);
  if (tls->not_after != NULL)
    day = rst_text_format_day (tls->not_after);
  if (tls->verified && day != NULL)
    {
      g_autofree char *good = g_strdup_printf (_("valid until %s"), day);

      row (_("Certificate"), good);
    }
  chain = rst_text_join_list ((const char * const *) tls->chain);
  row (_("Issued by"), chain);
  problems = rst_facts_describe_problems (facts);
  for (guint i = 0; i < problems->len; i++)
    if (facts->error == NULL || !g_str_equal (facts->error->message, problems->pdata[i]))
      row (_("Certificate"), problems->pdata[i]);
}

/* One thing that a server told: how it is called here, and its value as a person reads it. */
typedef struct {
  const char *key;
  const char *label;
  char       *(*format) (const RstFacts *facts,
                         const char     *value);
  gboolean    deep; /* only for who wants to know all */
  char       *(*describe) (const RstFacts *facts); /* from several facts; NULL: the value as it is */
} Fact;

static char *
format_size (const RstFacts *facts,
             const char     *value)
{
  guint64 bytes;

  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &bytes, NULL) ? g_format_size (bytes)
                                                                              : g_strdup (value);
}

/* Both are in KiB; the servers may claim anything. */
static char *
format_quota (const RstFacts *facts,
              const char     *value)
{
  g_autofree char *used_text = NULL;
  g_autofree char *limit_text = NULL;
  guint64 used, limit;

  if (!rst_facts_get_number (facts, "quota-used", &used) ||
      !rst_facts_get_number (facts, "quota-limit", &limit) || used > MAX_KIB || limit > MAX_KIB)
    return g_strdup (value);
  used_text = g_format_size (used * 1024);
  limit_text = g_format_size (limit * 1024);
  if (limit == 0)
    return g_strdup (used_text);
  return g_strdup_printf (_("%s of %s (%u %%)"), used_text, limit_text,
                          (guint) MIN (used * 100.0 / limit, 999.0));
}

static const char *
get_purpose (const char *name)
{
  static const struct {
    const char *name;
    const char *text;
  } purposes[] = {
    { "archive", NC_("folder", "archive") }, { "drafts", NC_("folder", "drafts") },
    { "junk", NC_("folder", "junk") },       { "sent", NC_("folder", "sent mail") },
    { "trash", NC_("folder", "trash") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i].name, name))
      return g_dpgettext2 (GETTEXT_PACKAGE, "folder", purposes[i].text);
  return name;
}

static char *
format_purposes (const RstFacts *facts,
                 const char     *value)
{
  g_auto (GStrv) names = g_strsplit (value, " ", -1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (texts, (gpointer) get_purpose (names[i]));
  g_ptr_array_add (texts, NULL);
  return rst_text_join_list ((const char * const *) texts->pdata);
}

static char *
format_yes (const RstFacts *facts,
            const char     *value)
{
  return g_strdup (_("yes"));
}

static char *
format_bits (const RstFacts *facts,
             const char     *value)
{
  const char *kind = g_hash_table_lookup (facts->more, "key-kind");

  /* Translators: a kind of key and its size, such as “RSA, 2048 bits”. */
  return g_strdup_printf (_("%s, %s bits"), kind != NULL ? kind : "?", value);
}

static char *
format_removal (const RstFacts *facts,
                const char     *value)
{
  RstRemoval removal;

  return rst_facts_get_removal (facts, &removal) ? rst_removal_describe (&removal) : g_strdup (value);
}

/* In the order of the rows. What has no label is part of another row. */
static const Fact known[] = {
  { "server", N_("Server program"), NULL, TRUE },
  { "implementation", N_("Server program"), NULL, TRUE },
  { "key-bits", N_("Key"), format_bits, TRUE },
  { "key-kind", NULL, NULL },
  { "weak-key", N_("Weak key"), format_yes, TRUE },
  { "self-signed", N_("Self-signed"), format_yes, TRUE },
  { "incomplete-chain", NULL, NULL },
  { "alert", N_("The server says"), NULL },
  { "utf8-address", N_("Your address"), .describe = rst_facts_describe_letters },
  { "utf8-user", NULL, NULL },
  { "messages", N_("Messages"), NULL },
  { "unseen", N_("Unread"), NULL },
  { "size", N_("Size of all"), format_size },
  { "oldest", N_("Oldest mail"), .describe = rst_facts_describe_oldest },
  { "older", NULL, NULL },
  { "quota-limit", N_("Mailbox used"), format_quota },
  { "quota-used", NULL, NULL },
  { "folders", N_("Folders"), .describe = rst_facts_describe_folders },
  { "folders-cut", NULL, NULL },
  { "special-use", N_("Folders for"), format_purposes },
  { "expire", N_("Mail is kept"), .describe = rst_facts_describe_keeping },
  { "expire-by-mailbox", NULL, NULL },
  { "login-delay", N_("Sign-in every"), .describe = rst_facts_describe_delay },
  { "login-delay-by-mailbox", NULL, NULL },
  { "size-limit", N_("Largest letter"), format_size },
  { "first-uid", N_("First message"), NULL, TRUE },
  { "uid-next", N_("Next message"), NULL, TRUE },
  { "uid-validity", N_("Numbering"), NULL, TRUE },
  { "same-inbox", N_("POP and IMAP"), .describe = rst_facts_describe_inbox },
  { "other-messages", NULL, NULL },
  { "removed", N_("Mail vanishes"), format_removal },
  { "removed-since", NULL, NULL },
};

static gboolean
is_known (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].key, key))
      return TRUE;
  return FALSE;
}

static void
print_known (const RstFacts *facts,
             gboolean        deep)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const char *value = g_hash_table_lookup (facts->more, known[i].key);
      g_autofree char *text = NULL;

      if (value == NULL || known[i].label == NULL || (known[i].deep && !deep))
        continue;
      if (known[i].format != NULL)
        text = known[i].format (facts, value);
      else if (known[i].describe != NULL)
        text = known[i].describe (facts);
      row (_(known[i].label), text != NULL ? text : value);
    }
}

static void
print_more (const RstFacts *facts)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (facts->more), (GCompareFunc) g_strcmp0);

  print_known (facts, TRUE);
  for (GList *l = names; l != NULL; l = l->next)
    if (!is_known (l->data))
      row (l->data, g_hash_table_lookup (facts->more, l->data));
}

/**
 * ctl_print_mailbox:
 * @facts: what a probe learnt
 *
 * Prints what it says about the mailbox, as rows.
 */
void
ctl_print_mailbox (const RstFacts *facts)
{
  print_known (facts, FALSE);
}

static void
print_words (const char   *label,
             char * const *words)
{
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  row (label, text);
}

/* What was listed after the sign-in and not before it. */
static void
print_new_words (const RstFacts *facts)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (char **word = facts->told[RST_STAGE_SIGNED_IN]; *word != NULL; word++)
    if (!g_strv_contains ((const char * const *) facts->told[RST_STAGE_ENCRYPTED], *word))
      g_ptr_array_add (words, *word);
  g_ptr_array_add (words, NULL);
  print_words (_("After sign-in"), (char * const *) words->pdata);
}

static void
print_greeting (const RstFacts *facts)
{
  g_autofree char *text = NULL;

  row (_("Greeting"), facts->greeting);
  if (facts->greeting != NULL || facts->clear_greeting == NULL)
    return;
  text = g_strdup_printf (_("%s (before encryption)"), facts->clear_greeting);
  row (_("Greeting"), text);
}

/**
 * ctl_print_facts:
 * @facts: what a probe learnt
 *
 * Prints it as rows.
 */
void
ctl_print_facts (const RstFacts *facts)
{
  g_autofree char *auth = g_strjoinv (" ", facts->auth);

  row (_("Reached"), facts->reachable ? _("yes") : _("no"));
  print_tls (facts);
  print_greeting (facts);
  row (_("Sign-in by"), auth);
  print_words (_("In the clear"), facts->told[RST_STAGE_CLEAR]);
  print_words (_("Can do"), facts->told[RST_STAGE_ENCRYPTED]);
  print_new_words (facts);
  print_more (facts);
  if (facts->signed_in)
    {
      g_autofree char *text = facts->mechanism != NULL ? g_strdup_printf (_("yes, by %s"), facts->mechanism)
                                                       : g_strdup (_("yes"));

      row (_("Signed in"), text);
    }
  if (facts->error == NULL)
    return;
  row (_("Problem"), facts->error->message);
  row (_("What to try"), rst_error_get_advice (facts->error));
}
