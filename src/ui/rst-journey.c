/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journey's first half: address, search, answers, advice. The second is rst-journey-setup.c. */
#include "rst-journey-private.h"

G_DEFINE_FINAL_TYPE (RstJourney, rst_journey, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

void
rst_journey_notify (RstJourney *self,
                    guint       prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
rst_journey_forget_advice (RstJourney *self)
{
  g_clear_pointer (&self->advice, rst_advice_free);
  rst_journey_notify (self, PROP_ADVICE);
}

/**
 * rst_journey_new:
 * @options: (nullable): what the program was started with
 *
 * Returns: (transfer full): a journey at its start
 */
RstJourney *
rst_journey_new (const RstJourneyOptions *options)
{
  RstJourney *self = g_object_new (RST_TYPE_JOURNEY, NULL);

  if (options != NULL)
    {
      self->provider_dir = g_strdup (options->provider_dir);
      self->ca_file = g_strdup (options->ca_file);
      g_set_object (&self->trust, options->trust);
      self->offline = options->offline;
    }
  return self;
}

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/**
 * rst_journey_stop:
 * @self: a journey
 *
 * Ends everything that runs in the background.
 */
void
rst_journey_stop (RstJourney *self)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  cancel (&self->search);
  cancel (&self->scanning);
}

/**
 * rst_journey_get_address:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the address that it is about
 */
const RstAddress *
rst_journey_get_address (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->address;
}

static void
discovery_changed_cb (RstJourney   *self,
                      RstDiscovery *discovery)
{
  if (discovery != self->discovery)
    return;
  rst_journey_gather_facts (self);
  rst_journey_notify (self, PROP_DISCOVERY);
  rst_journey_notify (self, PROP_SERVERS);
}

static void
discovery_ran_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RstJourney) self = user_data;
  g_autoptr(GError) error = NULL;

  /* Why nothing was found is in the reports of the sources. */
  if (!rst_discovery_run_finish (RST_DISCOVERY (object), result, &error))
    g_debug ("The search ended: %s", error->message);
  discovery_changed_cb (self, RST_DISCOVERY (object));
}

static void
start_search (RstJourney *self)
{
  const char *folders[] = { self->provider_dir, NULL };
  RstDiscoveryOptions options = {
    .provider_dirs = self->provider_dir != NULL ? folders : NULL,
    .trust = self->trust,
    .probe = TRUE,
    .network = !self->offline,
    .allow_http = self->allow_http,
  };

  cancel (&self->search);
  g_clear_object (&self->discovery);
  if (self->address == NULL)
    return;
  self->discovery = rst_discovery_new (self->address, &options);
  self->search = g_cancellable_new ();
  g_signal_connect_object (self->discovery, "changed", G_CALLBACK (discovery_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rst_discovery_run_async (self->discovery, self->search, discovery_ran_cb, g_object_ref (self));
}

/**
 * rst_journey_set_address:
 * @self: a journey
 * @address: (nullable): the address that it is about
 *
 * A new address starts the search for its servers and forgets what belonged to the former one. The
 * answers stay.
 */
void
rst_journey_set_address (RstJourney       *self,
                         const RstAddress *address)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  if (self->address == address ||
      (self->address != NULL && address != NULL && rst_address_equal (self->address, address)))
    return;

  g_clear_pointer (&self->address, rst_address_free);
  if (address != NULL)
    self->address = rst_address_copy (address);
  g_hash_table_remove_all (self->approved);
  self->allow_http = FALSE;
  self->has_copies = FALSE;
  g_clear_pointer (&self->mailbox, rst_facts_unref);
  rst_journey_set_secret (self, NULL);
  rst_journey_set_servers (self, NULL, NULL);
  rst_journey_search_again (self);
  rst_journey_notify (self, PROP_ADDRESS);
}

/**
 * rst_journey_search_again:
 * @self: a journey
 *
 * Starts the search for servers afresh.
 */
void
rst_journey_search_again (RstJourney *self)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  start_search (self);
  rst_journey_gather_facts (self);
  rst_journey_notify (self, PROP_DISCOVERY);
  rst_journey_notify (self, PROP_SERVERS);
}

/**
 * rst_journey_may_ask_openly:
 * @self: a journey
 *
 * Returns: whether the person can still be asked for rst_journey_search_openly()
 */
gboolean
rst_journey_may_ask_openly (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return self->address != NULL && !self->offline && !self->allow_http;
}

/**
 * rst_journey_search_openly:
 * @self: a journey
 *
 * Searches again; the person agreed that the provider is asked over an unprotected connection where
 * nothing better works.
 */
void
rst_journey_search_openly (RstJourney *self)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  self->allow_http = TRUE;
  rst_journey_search_again (self);
}

/**
 * rst_journey_get_discovery:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): the search for the address's servers
 */
RstDiscovery *
rst_journey_get_discovery (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->discovery;
}

/**
 * rst_journey_is_searching:
 * @self: a journey
 *
 * Returns: whether the search still runs
 */
gboolean
rst_journey_is_searching (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return self->discovery != NULL && rst_discovery_is_running (self->discovery);
}

/**
 * rst_journey_get_answers:
 * @self: a journey
 *
 * Returns: (transfer none): what was answered and what is known
 */
const RstAnswers *
rst_journey_get_answers (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->answers;
}

/**
 * rst_journey_answer:
 * @self: a journey
 * @key: what was asked
 * @value: the answer, or %RST_NOT_SURE
 *
 * Takes an answer. Questions that need not be asked any more lose theirs.
 */
void
rst_journey_answer (RstJourney *self,
                    RstKey      key,
                    guint       value)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  if (rst_journey_has_answered (self, key) && rst_answers_get (self->answers, key) == value)
    return;
  self->answered |= 1u << key;
  rst_answers_set (self->answers, key, value);
  rst_questions_forget_unasked (self->answers);
  for (guint i = 0; i < rst_questions_get_n (); i++)
    if (!rst_question_is_asked (rst_questions_get (i), self->answers))
      self->answered &= ~(1u << rst_question_get_key (rst_questions_get (i)));
  self->has_choice = FALSE;
  rst_journey_forget_advice (self);
  rst_journey_notify (self, PROP_SERVERS);
}

/**
 * rst_journey_has_answered:
 * @self: a journey
 * @key: a question
 *
 * Returns: whether it was asked and passed, be it with “not sure”
 */
gboolean
rst_journey_has_answered (RstJourney *self,
                          RstKey      key)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  return (self->answered & (1u << key)) != 0;
}

/**
 * rst_journey_get_advice:
 * @self: a journey
 *
 * Returns: (transfer none): the advice for the answers so far, valid until “notify::advice”
 */
const RstAdvice *
rst_journey_get_advice (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->advice == NULL)
    {
      g_autoptr(GPtrArray) devices = rst_journey_list_present (self);

      self->advice = rst_advice_new_full (self->answers, devices, self->has_choice ? &self->choice : NULL);
    }
  return self->advice;
}

/**
 * rst_journey_choose_plan:
 * @self: a journey
 * @plan: (nullable): the plan that the person wants; %NULL: the advised one
 */
void
rst_journey_choose_plan (RstJourney    *self,
                         const RstPlan *plan)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  self->has_choice = plan != NULL;
  if (plan != NULL)
    self->choice = *plan;
  self->mixing_settled = FALSE;
  self->keep_days = 0;
  rst_journey_forget_advice (self);
  rst_journey_notify (self, PROP_SERVERS);
}

static void
rst_journey_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  RstJourney *self = RST_JOURNEY (object);

  switch (prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_boxed (value, self->address);
      break;
    case PROP_DISCOVERY:
      g_value_set_object (value, self->discovery);
      break;
    case PROP_ADVICE:
      g_value_set_pointer (value, (gpointer) rst_journey_get_advice (self));
      break;
    case PROP_SERVERS:
      g_value_set_boxed (value, rst_journey_get_incoming (self));
      break;
    case PROP_SCAN:
      g_value_set_boxed (value, self->scan);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_journey_finalize (GObject *object)
{
  RstJourney *self = RST_JOURNEY (object);

  rst_journey_stop (self);
  g_free (self->provider_dir);
  g_free (self->ca_file);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->address, rst_address_free);
  g_clear_object (&self->discovery);
  g_clear_pointer (&self->answers, rst_answers_free);
  g_clear_pointer (&self->advice, rst_advice_free);
  g_clear_pointer (&self->incoming, rst_candidate_unref);
  g_clear_pointer (&self->outgoing, rst_candidate_unref);
  g_clear_pointer (&self->approved, g_hash_table_unref);
  g_free (self->name);
  g_clear_pointer (&self->secret, rst_secret_unref);
  g_clear_pointer (&self->scan, rst_scan_unref);
  g_clear_pointer (&self->programs, g_hash_table_unref);
  g_free (self->result);
  g_clear_pointer (&self->setups, g_ptr_array_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->todo, g_ptr_array_unref);
  g_clear_pointer (&self->mailbox, rst_facts_unref);

  G_OBJECT_CLASS (rst_journey_parent_class)->finalize (object);
}

static void
rst_journey_class_init (RstJourneyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rst_journey_finalize;
  object_class->get_property = rst_journey_get_property;

  properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, RST_TYPE_ADDRESS, flags);
  properties[PROP_DISCOVERY] = g_param_spec_object ("discovery", NULL, NULL, RST_TYPE_DISCOVERY, flags);
  properties[PROP_ADVICE] = g_param_spec_pointer ("advice", NULL, NULL, flags);
  properties[PROP_SERVERS] = g_param_spec_boxed ("servers", NULL, NULL, RST_TYPE_CANDIDATE, flags);
  properties[PROP_SCAN] = g_param_spec_boxed ("scan", NULL, NULL, RST_TYPE_SCAN, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rst_journey_init (RstJourney *self)
{
  self->answers = rst_answers_new ();
  self->approved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->todo = g_ptr_array_new_with_free_func (g_free);
  self->programs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->name = g_strdup (g_get_real_name ());
  if (g_str_equal (self->name, "Unknown"))
    self->name[0] = '\0';
}
