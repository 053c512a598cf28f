/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-hosts.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define THREADS_MAX 16

typedef struct {
  char         *host;      /* (owned) */
  GMainContext *context;   /* (owned) where the answer is due */
  GTask        *task;      /* (owned) (nullable) touched in @context only; NULL: answered or given up */
  GSource      *cancelled; /* (owned) (nullable) */
  GList        *addresses; /* (owned) (element-type GInetAddress) */
  int           status;    /* of getaddrinfo() */
} Job;

static void
clear_waiter (Job *self)
{
  if (self->cancelled != NULL)
    {
      g_source_destroy (self->cancelled);
      g_clear_pointer (&self->cancelled, g_source_unref);
    }
  g_clear_object (&self->task);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  clear_waiter (self);
  g_resolver_free_addresses (self->addresses);
  g_main_context_unref (self->context);
  g_free (self->host);
  g_free (self);
}

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static gboolean
answered_cb (gpointer user_data)
{
  Job *self = user_data;

  if (self->task == NULL)
    return G_SOURCE_REMOVE;
  if (self->addresses != NULL)
    g_task_return_pointer (self->task, g_steal_pointer (&self->addresses), free_addresses);
  else if (self->status == 0 || self->status == EAI_NONAME || self->status == EAI_NODATA)
    g_task_return_new_error (self->task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "%s",
                             gai_strerror (EAI_NONAME));
  else
    g_task_return_new_error (self->task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "%s",
                             gai_strerror (self->status));
  clear_waiter (self);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Job *self = user_data;

  g_task_return_error_if_cancelled (self->task);
  clear_waiter (self);
  return G_SOURCE_REMOVE;
}

/* The addresses keep the order in which getaddrinfo() wants them tried (RFC 6724). */
static GList *
copy_addresses (const struct addrinfo *found)
{
  GList *addresses = NULL;

  for (const struct addrinfo *one = found; one != NULL; one = one->ai_next)
    {
      g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (one->ai_addr, one->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        addresses = g_list_prepend (addresses, g_object_ref (g_inet_socket_address_get_address (
                                                 G_INET_SOCKET_ADDRESS (address))));
    }
  return g_list_reverse (addresses);
}

static void
work (gpointer data,
      gpointer user_data)
{
  const struct addrinfo hints = { .ai_flags = AI_ADDRCONFIG, .ai_family = AF_UNSPEC,
                                  .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP };
  Job *self = data;
  struct addrinfo *found = NULL;

  self->status = getaddrinfo (self->host, NULL, &hints, &found);
  if (self->status == 0)
    {
      self->addresses = copy_addresses (found);
      freeaddrinfo (found);
    }
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, answered_cb, self, job_free);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (work, NULL, THREADS_MAX, FALSE, NULL));
  return pool;
}

/**
 * rst_hosts_look_up_async:
 * @host: a host name in A-labels
 * @cancellable: (nullable): to wait no longer
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Looks up the addresses of a host, as the system does it.
 */
void
rst_hosts_look_up_async (const char          *host,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_hosts_look_up_async);
  job->host = g_strdup (host);
  job->context = g_main_context_ref (g_task_get_context (task));
  if (cancellable != NULL)
    {
      job->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (job->cancelled, G_SOURCE_FUNC (cancelled_cb), job, NULL);
      g_source_attach (job->cancelled, job->context);
    }
  job->task = g_steal_pointer (&task);
  g_thread_pool_push (get_pool (), job, NULL);
}

/**
 * rst_hosts_look_up_finish:
 * @result: what the callback was given
 * @error: return location for an error of #GResolverError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type GInetAddress): the addresses, as those of
 *   g_resolver_lookup_by_name_finish()
 */
GList *
rst_hosts_look_up_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Blocks of IPv4 that lead nowhere on the internet and that GIO has no word for. */
static const struct {
  guint8 first[4];
  guint  bits;
} private_blocks[] = {
  { { 0, 0, 0, 0 }, 8 },      /* this network: 0.0.0.0 is this computer (RFC 1122 section 3.2.1.3) */
  { { 100, 64, 0, 0 }, 10 },  /* behind a provider's translation (RFC 6598) */
  { { 192, 0, 0, 0 }, 24 },   /* RFC 6890 */
  { { 198, 18, 0, 0 }, 15 },  /* RFC 2544 */
  { { 224, 0, 0, 0 }, 3 },    /* to many (RFC 5771), never used, to all (RFC 919) */
};

static gboolean
is_private_block (const guint8 *bytes)
{
  guint32 address = (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];

  for (gsize i = 0; i < G_N_ELEMENTS (private_blocks); i++)
    {
      const guint8 *b = private_blocks[i].first;
      guint32 first = (guint32) b[0] << 24 | (guint32) b[1] << 16 | (guint32) b[2] << 8 | b[3];

      if ((address ^ first) >> (32 - private_blocks[i].bits) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An IPv4 address in the clothes of IPv6: mapped and compatible (RFC 4291 section 2.5.5), translated
 * (RFC 6052), 6to4 (RFC 3056). */
static GInetAddress *
unwrap (GInetAddress *address)
{
  static const struct {
    guint8 prefix[12];
    gsize  length;
    gsize  at;
  } forms[] = {
    { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 12, 12 },
    { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 12, 12 },
    { { 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0 }, 12, 12 },
    { { 0x20, 0x02 }, 2, 2 },
  };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (memcmp (bytes, forms[i].prefix, forms[i].length) == 0)
      return g_inet_address_new_from_bytes (bytes + forms[i].at, G_SOCKET_FAMILY_IPV4);
  return NULL;
}

/**
 * rst_hosts_is_private:
 * @address: an address
 *
 * Returns: whether it lies in a private network (RFC 1918, RFC 4193), on this link or in this computer,
 *   or is no address of one host on the internet (RFC 6890); whichever way it is written
 */
gboolean
rst_hosts_is_private (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  g_autoptr (GInetAddress) inner = NULL;

  if (g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address) ||
      g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address) ||
      g_inet_address_get_is_multicast (address))
    return TRUE;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return is_private_block (bytes);
  inner = unwrap (address);
  return (bytes[0] & 0xfe) == 0xfc || (inner != NULL && rst_hosts_is_private (inner));
}
