/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A described device: memory and names.
 */
#include "rst-device.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *nick;
  const char *name;  /* as a label */
  const char *refer; /* within a sentence */
} Kind;

static const Kind kinds[RST_N_DEVICE_KINDS] = {
  [RST_DEVICE_COMPUTER] = { "computer", N_("Computer"), N_("the computer") },
  [RST_DEVICE_LAPTOP] = { "laptop", N_("Laptop"), N_("the laptop") },
  [RST_DEVICE_PHONE] = { "phone", N_("Phone"), N_("the phone") },
  [RST_DEVICE_TABLET] = { "tablet", N_("Tablet"), N_("the tablet") },
  [RST_DEVICE_BROWSER] = { "browser", N_("Web browser"), N_("the provider’s web page") },
  [RST_DEVICE_SERVICE] = { "service", N_("Collecting service"), N_("the collecting service") },
};

static const char * const method_nicks[] = {
  [RST_METHOD_UNKNOWN] = "unknown",
  [RST_METHOD_NONE] = "none",
  [RST_METHOD_IMAP] = "imap",
  [RST_METHOD_POP] = "pop",
  [RST_METHOD_WEB] = "web",
};

static const char * const copies_nicks[] = {
  [RST_COPIES_UNKNOWN] = "unknown",
  [RST_COPIES_REMOVE] = "remove",
  [RST_COPIES_DAYS] = "days",
  [RST_COPIES_KEEP] = "keep",
};

G_DEFINE_BOXED_TYPE (RstDevice, rst_device, rst_device_copy, rst_device_free)

/**
 * rst_device_new:
 * @name: (nullable): what the person calls it
 * @kind: its kind
 * @method: how it reads
 *
 * Returns: (transfer full): a device without further properties
 */
RstDevice *
rst_device_new (const char    *name,
                RstDeviceKind  kind,
                RstMethod      method)
{
  RstDevice *self = g_new0 (RstDevice, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->method = method;

  return self;
}

/**
 * rst_device_new_pop:
 * @name: (nullable): what the person calls it
 * @kind: its kind
 * @copies: what happens to the server's copies
 * @days: days that they stay, with %RST_COPIES_DAYS
 *
 * Returns: (transfer full): a device that reads by POP
 */
RstDevice *
rst_device_new_pop (const char    *name,
                    RstDeviceKind  kind,
                    RstCopies      copies,
                    guint          days)
{
  RstDevice *self = rst_device_new (name, kind, RST_METHOD_POP);

  self->copies = copies;
  self->days = days;

  return self;
}

/**
 * rst_device_copy:
 * @self: a device
 *
 * Returns: (transfer full): a copy
 */
RstDevice *
rst_device_copy (const RstDevice *self)
{
  RstDevice *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->program = g_strdup (self->program);

  return copy;
}

/**
 * rst_device_free:
 * @self: (transfer full): a device
 */
void
rst_device_free (RstDevice *self)
{
  g_free (self->name);
  g_free (self->program);
  g_free (self);
}

/**
 * rst_device_get_name:
 * @self: a device
 *
 * Returns: (transfer none): its name as a label
 */
const char *
rst_device_get_name (const RstDevice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->name != NULL)
    return self->name;

  if (self->program != NULL)
    return self->program;

  return self->is_here ? _("This computer") : rst_device_kind_get_name (self->kind);
}

/**
 * rst_device_refer:
 * @self: a device
 *
 * Returns: (transfer none): its name within a sentence
 */
const char *
rst_device_refer (const RstDevice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->name != NULL)
    return self->name;
  if (self->program != NULL)
    return self->program;

  return self->is_here ? _("this computer") : _(kinds[self->kind].refer);
}

/**
 * rst_device_describe:
 * @self: a device
 *
 * Returns: (transfer full): how it reads, in a few words: "POP, copies stay for 14 days"
 */
char *
rst_device_describe (const RstDevice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->method != RST_METHOD_POP)
    return g_strdup (rst_method_get_name (self->method));

  switch (self->copies)
    {
    case RST_COPIES_REMOVE:
      return g_strdup (_("POP, copies are removed at once"));
    case RST_COPIES_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "POP, copies stay for %u day",
                                           "POP, copies stay for %u days", self->days),
                              self->days);
    case RST_COPIES_KEEP:
      return g_strdup (_("POP, copies stay"));
    case RST_COPIES_UNKNOWN:
    default:
      return g_strdup (_("POP, copies not known"));
    }
}

/**
 * rst_device_kind_get_nick:
 * @kind: a kind of device
 *
 * Returns: (transfer none): its name in JSON and on the command line
 */
const char *
rst_device_kind_get_nick (RstDeviceKind kind)
{
  g_return_val_if_fail (kind < RST_N_DEVICE_KINDS, NULL);

  return kinds[kind].nick;
}

/**
 * rst_device_kind_from_nick:
 * @nick: a name
 * @kind: (out): the kind of that name
 *
 * Returns: whether there is one
 */
gboolean
rst_device_kind_from_nick (const char    *nick,
                           RstDeviceKind *kind)
{
  g_return_val_if_fail (nick != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < RST_N_DEVICE_KINDS; i++)
    if (g_str_equal (kinds[i].nick, nick))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * rst_device_kind_get_name:
 * @kind: a kind of device
 *
 * Returns: (transfer none): its name as a label, translated
 */
const char *
rst_device_kind_get_name (RstDeviceKind kind)
{
  g_return_val_if_fail (kind < RST_N_DEVICE_KINDS, NULL);

  return _(kinds[kind].name);
}

/**
 * rst_method_get_nick:
 * @method: a method
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_method_get_nick (RstMethod method)
{
  g_return_val_if_fail (method < G_N_ELEMENTS (method_nicks), NULL);

  return method_nicks[method];
}

/**
 * rst_method_get_name:
 * @method: a method
 *
 * Returns: (transfer none): its name as a label, translated
 */
const char *
rst_method_get_name (RstMethod method)
{
  switch (method)
    {
    case RST_METHOD_IMAP:
      return _("IMAP");
    case RST_METHOD_POP:
      return _("POP");
    case RST_METHOD_WEB:
      return _("Web browser");
    case RST_METHOD_NONE:
      return _("Not set up yet");
    case RST_METHOD_UNKNOWN:
    default:
      return _("Not known");
    }
}

/**
 * rst_copies_get_nick:
 * @copies: what happens to the server's copies
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_copies_get_nick (RstCopies copies)
{
  g_return_val_if_fail (copies < G_N_ELEMENTS (copies_nicks), NULL);

  return copies_nicks[copies];
}
