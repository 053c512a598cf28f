/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journey's middle: the method, the servers, and which of them may have the password. */
#include "rst-journey-private.h"

/**
 * rst_journey_get_mode:
 * @self: a journey
 *
 * Returns: how this computer will read: %RST_METHOD_IMAP or %RST_METHOD_POP
 */
RstMethod
rst_journey_get_mode (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), RST_METHOD_IMAP);

  if (self->keep_days > 0)
    return RST_METHOD_POP;
  return rst_journey_get_advice (self)->mode == RST_METHOD_POP ? RST_METHOD_POP : RST_METHOD_IMAP;
}

static RstCandidate *
get_chosen (RstJourney  *self,
            RstProtocol  protocol)
{
  return self->discovery != NULL ? rst_discovery_get_chosen (self->discovery, protocol) : NULL;
}

/**
 * rst_journey_get_incoming:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the server that mail is read from
 */
RstCandidate *
rst_journey_get_incoming (RstJourney *self)
{
  RstProtocol protocol;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  protocol = rst_journey_get_mode (self) == RST_METHOD_POP ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP;
  if (self->incoming != NULL && self->incoming->endpoint->protocol == protocol)
    return self->incoming;
  return get_chosen (self, protocol);
}

/**
 * rst_journey_get_outgoing:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the server that mail is sent through
 */
RstCandidate *
rst_journey_get_outgoing (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->outgoing != NULL ? self->outgoing : get_chosen (self, RST_PROTOCOL_SMTP);
}

static void
set_candidate (RstCandidate **field,
               RstCandidate  *candidate)
{
  if (candidate != NULL)
    rst_candidate_ref (candidate);
  g_clear_pointer (field, rst_candidate_unref);
  *field = candidate;
}

/**
 * rst_journey_set_servers:
 * @self: a journey
 * @incoming: (nullable): entered by hand, to be used instead of what was found
 * @outgoing: (nullable): the same for sending
 */
void
rst_journey_set_servers (RstJourney   *self,
                         RstCandidate *incoming,
                         RstCandidate *outgoing)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  set_candidate (&self->incoming, incoming);
  set_candidate (&self->outgoing, outgoing);
  self->checked = FALSE;
  rst_journey_notify (self, PROP_SERVERS);
}

/* Whether @host was named by somebody on the way, perhaps. */
static gboolean
is_named_openly (RstJourney *self,
                 const char *host)
{
  GPtrArray *candidates = self->discovery != NULL ? rst_discovery_get_candidates (self->discovery) : NULL;

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->trust == RST_TRUST_INSECURE && g_str_equal (candidate->endpoint->host, host))
        return TRUE;
    }
  return FALSE;
}

/* A host may have the password without a further question if it lies in the address's own domain, or
 * if the person entered it by hand. */
static gboolean
is_own_host (RstJourney *self,
             const char *host)
{
  const char *domain = self->address != NULL ? self->address->domain : "";
  RstCandidate *typed[] = { self->incoming, self->outgoing };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    if (typed[i] != NULL && g_str_equal (typed[i]->endpoint->host, host))
      return TRUE;
  if (is_named_openly (self, host))
    return FALSE;
  return g_str_equal (host, domain) ||
         (g_str_has_suffix (host, domain) && host[strlen (host) - strlen (domain) - 1] == '.');
}

/**
 * rst_journey_is_approved:
 * @self: a journey
 * @host: a server's name
 *
 * Returns: whether the person agreed that @host gets the password. Hosts of the address's own
 *   domain are agreed to until the person takes that back
 */
gboolean
rst_journey_is_approved (RstJourney *self,
                         const char *host)
{
  gpointer value;

  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  if (g_hash_table_lookup_extended (self->approved, host, NULL, &value))
    return GPOINTER_TO_INT (value);
  return is_own_host (self, host);
}

/**
 * rst_journey_set_approved:
 * @self: a journey
 * @host: a server's name
 * @approved: whether it may have the password
 */
void
rst_journey_set_approved (RstJourney *self,
                          const char *host,
                          gboolean    approved)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  g_hash_table_replace (self->approved, g_strdup (host), GINT_TO_POINTER (approved));
}
