/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journey's last part: password, programs, and the account made of everything. */
#include "rst-journey-private.h"

#include "rst-facts-mailbox.h"

/**
 * rst_journey_get_trust:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the authorities to trust; %NULL: the system's
 */
GTlsDatabase *
rst_journey_get_trust (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->trust;
}

/**
 * rst_journey_get_name:
 * @self: a journey
 *
 * Returns: (transfer none): the person's name for outgoing mail; may be empty
 */
const char *
rst_journey_get_name (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->name;
}

void
rst_journey_set_name (RstJourney *self,
                      const char *name)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  g_free (self->name);
  self->name = g_strdup (name);
}

/**
 * rst_journey_get_secret:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the password
 */
RstSecret *
rst_journey_get_secret (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->secret;
}

/**
 * rst_journey_set_secret:
 * @self: a journey
 * @secret: (nullable): the password
 *
 * Takes the password. Another one than before has not been checked yet.
 */
void
rst_journey_set_secret (RstJourney *self,
                        RstSecret  *secret)
{
  g_return_if_fail (RST_IS_JOURNEY (self));
  g_return_if_fail (secret == NULL || !rst_secret_is_token (secret));

  if (secret != NULL && self->secret != NULL &&
      g_str_equal (rst_secret_peek (secret), rst_secret_peek (self->secret)))
    return;
  if (secret != NULL)
    rst_secret_ref (secret);
  g_clear_pointer (&self->secret, rst_secret_unref);
  self->secret = secret;
  self->checked = FALSE;
}

/**
 * rst_journey_wants_secret:
 * @self: a journey
 *
 * Returns: whether the servers take a password; %FALSE where the mail program opens the provider's
 *   own sign-in page
 */
gboolean
rst_journey_wants_secret (RstJourney *self)
{
  RstCandidate *incoming = rst_journey_get_incoming (self);

  return incoming == NULL || incoming->auth != RST_AUTH_OAUTH2;
}

/**
 * rst_journey_wants_browser:
 * @self: a journey
 *
 * Returns: whether the sign-in on the provider's page can be tried here
 */
gboolean
rst_journey_wants_browser (RstJourney *self)
{
  RstCandidate *incoming = rst_journey_get_incoming (self);

  return incoming != NULL && rst_candidate_wants_browser (incoming);
}

gboolean
rst_journey_is_checked (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return self->checked;
}

void
rst_journey_set_checked (RstJourney *self,
                         gboolean    checked)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  self->checked = checked;
}

/**
 * rst_journey_get_scan:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the mail programs found; %NULL until they have been looked for
 */
RstScan *
rst_journey_get_scan (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->scan;
}

static void
scan_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RstJourney) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RstScan) scan = rst_scan_finish (result, &error);

  if (scan == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Looking for mail programs failed: %s", error->message);
      return;
    }
  g_clear_pointer (&self->scan, rst_scan_unref);
  self->scan = g_steal_pointer (&scan);
  rst_journey_gather_facts (self);
  if (rst_journey_has_devices (self))
    rst_journey_forget_advice (self);
  rst_journey_notify (self, PROP_SCAN);
}

/**
 * rst_journey_scan:
 * @self: a journey
 *
 * Looks for the mail programs on this computer; “notify::scan” tells when they are known. A look that
 * is still going on is dropped.
 */
void
rst_journey_scan (RstJourney *self)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  if (self->scanning != NULL)
    g_cancellable_cancel (self->scanning);
  g_clear_object (&self->scanning);
  self->scanning = g_cancellable_new ();
  rst_scan_async (self->scanning, scan_cb, g_object_ref (self));
}

/**
 * rst_journey_has_program:
 * @self: a journey
 * @id: a mail program
 *
 * Returns: whether the person chose it to be set up
 */
gboolean
rst_journey_has_program (RstJourney *self,
                         const char *id)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return g_hash_table_lookup (self->programs, id) != NULL;
}

void
rst_journey_set_program (RstJourney *self,
                         const char *id,
                         gboolean    chosen)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  g_hash_table_replace (self->programs, g_strdup (id), GINT_TO_POINTER (chosen));
}

/* Whether the password can be kept in this computer’s password store. */
static gboolean
can_store (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return self->secret != NULL && self->vault != RST_VAULT_ABSENT;
}

void
rst_journey_set_vault (RstJourney    *self,
                       RstVaultState  state)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  self->vault = state;
}

/**
 * rst_journey_make_account:
 * @self: a journey
 *
 * Returns: (transfer full) (nullable): the account as mail programs will have it; %NULL while the
 *   address or the incoming server is not known
 */
RstAccount *
rst_journey_make_account (RstJourney *self)
{
  RstCandidate *incoming, *outgoing;
  RstAccount *account;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  incoming = rst_journey_get_incoming (self);
  outgoing = rst_journey_get_outgoing (self);
  if (self->address == NULL || incoming == NULL)
    return NULL;
  account = rst_account_new (self->address->full);
  account->name = *self->name != '\0' ? g_strdup (self->name) : NULL;
  account->ca_file = g_strdup (self->ca_file);
  rst_login_set (&account->incoming, incoming->endpoint, incoming->username, incoming->auth);
  if (outgoing != NULL)
    rst_login_set (&account->outgoing, outgoing->endpoint, outgoing->username, outgoing->auth);
  account->store_secret = can_store (self);
  if (rst_account_is_pop (account))
    {
      account->login_delay = rst_facts_get_delay (incoming->probe);
      account->leave = rst_journey_get_copies (self, &account->leave_days);
    }
  return account;
}

/**
 * rst_journey_get_result:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the id of what was written, for taking it back; %NULL if
 *   nothing was written, or all of it was taken back
 */
const char *
rst_journey_get_result (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->result;
}

/**
 * rst_journey_set_result:
 * @self: a journey
 * @id: (nullable): the id of what was written; %NULL: it was taken back
 * @setups: (nullable) (element-type RstSetup): what was written
 */
void
rst_journey_set_result (RstJourney *self,
                        const char *id,
                        GPtrArray  *setups)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  g_free (self->result);
  self->result = g_strdup (id);
  self->finished = TRUE;
  if (setups != NULL)
    g_ptr_array_ref (setups);
  g_clear_pointer (&self->setups, g_ptr_array_unref);
  self->setups = setups;
}

/**
 * rst_journey_get_setups:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable) (element-type RstSetup): what was written
 */
GPtrArray *
rst_journey_get_setups (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->setups;
}

/**
 * rst_journey_would_lose:
 * @self: a journey
 *
 * Returns: whether leaving now would throw away what was entered
 */
gboolean
rst_journey_would_lose (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return !self->finished && (self->answered != 0 || self->secret != NULL);
}
