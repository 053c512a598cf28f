/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-route.h"

#define RST_TYPE_ROUTE (rst_route_get_type ())
G_DECLARE_FINAL_TYPE (RstRoute, rst_route, RST, ROUTE, GNetworkAddress)

#define RST_TYPE_ROUTE_STEPS (rst_route_steps_get_type ())
G_DECLARE_FINAL_TYPE (RstRouteSteps, rst_route_steps, RST, ROUTE_STEPS, GSocketAddressEnumerator)

struct _RstRoute {
  GNetworkAddress parent_instance;

  GPtrArray      *addresses; /* (owned) (element-type GInetAddress) */
};

struct _RstRouteSteps {
  GSocketAddressEnumerator parent_instance;

  RstRoute                *route; /* (owned) */
  guint                    next;
};

static GSocketAddressEnumerator *
rst_route_enumerate (GSocketConnectable *connectable)
{
  RstRouteSteps *steps = g_object_new (RST_TYPE_ROUTE_STEPS, NULL);

  steps->route = g_object_ref (RST_ROUTE (connectable));
  return G_SOCKET_ADDRESS_ENUMERATOR (steps);
}

static void
rst_route_connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = rst_route_enumerate;
}

G_DEFINE_FINAL_TYPE (RstRouteSteps, rst_route_steps, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)
G_DEFINE_FINAL_TYPE_WITH_CODE (RstRoute, rst_route, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      rst_route_connectable_init))

static void
rst_route_finalize (GObject *object)
{
  g_ptr_array_unref (RST_ROUTE (object)->addresses);

  G_OBJECT_CLASS (rst_route_parent_class)->finalize (object);
}

static void
rst_route_class_init (RstRouteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_route_finalize;
}

static void
rst_route_init (RstRoute *self)
{
}

/* The addresses come in the order in which the resolver wants them tried (RFC 6724). */
static GSocketAddress *
rst_route_steps_next (GSocketAddressEnumerator *enumerator,
                      GCancellable             *cancellable,
                      GError                  **error)
{
  RstRouteSteps *self = RST_ROUTE_STEPS (enumerator);
  GPtrArray *addresses = self->route->addresses;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || self->next >= addresses->len)
    return NULL;
  return g_inet_socket_address_new (g_ptr_array_index (addresses, self->next++),
                                    g_network_address_get_port (G_NETWORK_ADDRESS (self->route)));
}

static void
rst_route_steps_finalize (GObject *object)
{
  g_object_unref (RST_ROUTE_STEPS (object)->route);

  G_OBJECT_CLASS (rst_route_steps_parent_class)->finalize (object);
}

static void
rst_route_steps_class_init (RstRouteStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_route_steps_finalize;
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass)->next = rst_route_steps_next;
}

static void
rst_route_steps_init (RstRouteSteps *self)
{
}

/**
 * rst_route_new:
 * @host: the host, for the certificate
 * @port: the port
 * @addresses: (element-type GInetAddress): the host's addresses
 *
 * Returns: (transfer full): where to connect
 */
GSocketConnectable *
rst_route_new (const char *host,
               guint16     port,
               GPtrArray  *addresses)
{
  RstRoute *self = g_object_new (RST_TYPE_ROUTE, "hostname", host, "port", (guint) port, NULL);

  self->addresses = g_ptr_array_ref (addresses);
  return G_SOCKET_CONNECTABLE (self);
}
