/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-secrets.h"

#define BUS_NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/login"
#define PROMPT ROOT "/prompt/p1"
#define ITEM COLLECTION "/1"

static const char xml[] =
  "<node>"
  " <interface name='org.freedesktop.Secret.Service'>"
  "  <method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "   <arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "  <method name='SearchItems'><arg type='a{ss}' direction='in'/>"
  "   <arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "  <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "  <method name='Unlock'><arg type='ao' direction='in'/>"
  "   <arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "  <property name='Collections' type='ao' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Collection'>"
  "  <method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>"
  "   <arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "  <property name='Items' type='ao' access='read'/>"
  "  <property name='Label' type='s' access='read'/>"
  "  <property name='Locked' type='b' access='read'/>"
  "  <property name='Created' type='t' access='read'/>"
  "  <property name='Modified' type='t' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Item'>"
  "  <method name='Delete'><arg type='o' direction='out'/></method>"
  "  <property name='Attributes' type='a{ss}' access='read'/>"
  "  <property name='Label' type='s' access='read'/>"
  "  <property name='Locked' type='b' access='read'/>"
  "  <property name='Created' type='t' access='read'/>"
  "  <property name='Modified' type='t' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Prompt'>"
  "  <method name='Prompt'><arg type='s' direction='in'/></method>"
  "  <method name='Dismiss'/>"
  "  <signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  " </interface>"
  "</node>";

static FakeSecrets behaviour;
static GDBusConnection *connection;
static guint ids[4];
static gboolean prompting;
static gboolean dismissed;
static gboolean has_item;

static void
complete (gboolean  closed,
          GVariant *result)
{
  g_dbus_connection_emit_signal (connection, NULL, PROMPT, "org.freedesktop.Secret.Prompt", "Completed",
                                 g_variant_new ("(bv)", closed, result), NULL);
}

static void
prompt (void)
{
  const char *none[] = { NULL };

  prompting = TRUE;
  if (behaviour == FAKE_PROMPT_DISMISSED)
    complete (TRUE, g_variant_new_objv (none, 0));
  else if (behaviour == FAKE_KEEPS)
    complete (TRUE, g_variant_new_object_path ("/"));
  else if (behaviour == FAKE_PROMPT_WRONG_TYPE)
    complete (FALSE, g_variant_new_uint32 (42));
}

static void
method_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  GVariant *reply = NULL;

  if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get (parameters, "(&sv)", &algorithm, NULL);
      if (!g_str_equal (algorithm, "plain"))
        {
          g_dbus_method_invocation_return_dbus_error (invocation,
                                                      "org.freedesktop.DBus.Error.NotSupported", "");
          return;
        }
      reply = g_variant_new ("(vo)", g_variant_new_string (""), ROOT "/session/s1");
    }
  else if (g_str_equal (method, "SearchItems"))
    reply = behaviour == FAKE_KEEPS && has_item ? g_variant_new_parsed ("([%o], @ao [])", ITEM)
                                                : g_variant_new ("(aoao)", NULL, NULL);
  else if (g_str_equal (method, "Delete"))
    reply = g_variant_new ("(o)", PROMPT);
  else if (g_str_equal (method, "CreateItem") && behaviour == FAKE_KEEPS)
    reply = g_variant_new ("(oo)", "/", PROMPT);
  else if (g_str_equal (method, "ReadAlias"))
    reply = g_variant_new ("(o)", COLLECTION);
  else if (g_str_equal (method, "Unlock"))
    {
      g_autoptr (GVariant) objects = g_variant_get_child_value (parameters, 0);

      reply = g_variant_new ("(aoo)", NULL, g_variant_n_children (objects) > 0 ? PROMPT : "/");
    }
  else if (g_str_equal (method, "CreateItem"))
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.example.Failed",
                                                  "<b>no\nspace</b> \xe2\x80\xae left");
      return;
    }
  else if (g_str_equal (method, "Dismiss"))
    {
      dismissed = TRUE;
      complete (TRUE, g_variant_new_objv (NULL, 0));
    }
  else if (g_str_equal (method, "Prompt"))
    prompt ();
  g_dbus_method_invocation_return_value (invocation, reply);
}

static GVariant *
property_cb (GDBusConnection  *bus,
             const char       *sender,
             const char       *path,
             const char       *interface,
             const char       *property,
             GError          **error,
             gpointer          user_data)
{
  const char *collections[] = { COLLECTION, NULL };

  if (g_str_equal (property, "Collections"))
    return g_variant_new_objv (collections, -1);
  if (g_str_equal (property, "Items"))
    return g_variant_new_objv (collections, 0);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Login");
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (behaviour != FAKE_REFUSES && behaviour != FAKE_KEEPS);
  if (g_str_equal (property, "Attributes"))
    return g_variant_new_parsed ("{'host': 'h', 'service': 'imap', 'user': 'taro'}");
  return g_variant_new_uint64 (0);
}

static GDBusMessage *
swallow_cb (GDBusConnection *bus,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

static void
export (guint       index,
        const char *path,
        const char *interface)
{
  static const GDBusInterfaceVTable table = { method_cb, property_cb, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);

  ids[index] = g_dbus_connection_register_object (connection, path,
                                                  g_dbus_node_info_lookup_interface (node, interface), &table,
                                                  NULL, NULL, NULL);
  g_assert_cmpuint (ids[index], >, 0);
}

void
fake_secrets_start (FakeSecrets how)
{
  const GDBusConnectionFlags client = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  behaviour = how;
  prompting = FALSE;
  dismissed = FALSE;
  has_item = how == FAKE_KEEPS;
  connection = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), client,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);
  export (0, ROOT, "org.freedesktop.Secret.Service");
  export (1, COLLECTION, "org.freedesktop.Secret.Collection");
  export (2, PROMPT, "org.freedesktop.Secret.Prompt");
  export (3, ITEM, "org.freedesktop.Secret.Item");
  if (how == FAKE_SILENT)
    g_dbus_connection_add_filter (connection, swallow_cb, NULL, NULL);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", BUS_NAME, 4), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
fake_secrets_stop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_dbus_connection_unregister_object (connection, ids[i]);
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_clear_object (&connection);
}

gboolean
fake_secrets_was_prompting (void)
{
  return prompting;
}

gboolean
fake_secrets_was_dismissed (void)
{
  return dismissed;
}

void
fake_secrets_drop_item (void)
{
  has_item = FALSE;
}
