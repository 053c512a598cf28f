/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A described device in one line, for files and the command line:
 *
 *   NAME:KIND:METHOD[:OPTION]…      "Office PC:computer:pop:days=14:deletes-follow"
 */
#include "rst-device.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-answers.h"
#include "rst-error.h"

/* The options of the one-line form that are a plain yes. */
static const struct {
  const char *nick;
  gsize       offset;
} flags[] = {
  { "deletes-follow", G_STRUCT_OFFSET (RstDevice, deletes_follow) },
  { "archive", G_STRUCT_OFFSET (RstDevice, archive) },
  { "backup", G_STRUCT_OFFSET (RstDevice, backup) },
  { "here", G_STRUCT_OFFSET (RstDevice, is_here) },
};

/* The options that are a number. */
static const struct {
  const char *nick;
  gsize       offset;
} numbers[] = {
  { "days", G_STRUCT_OFFSET (RstDevice, days) },
  { "offline", G_STRUCT_OFFSET (RstDevice, offline_days) },
  { "person", G_STRUCT_OFFSET (RstDevice, person) },
  { "rests", G_STRUCT_OFFSET (RstDevice, rests_days) },
  { "retention", G_STRUCT_OFFSET (RstDevice, retention_days) },
  { "move", G_STRUCT_OFFSET (RstDevice, move_days) },
  { "space", G_STRUCT_OFFSET (RstDevice, space) },
};

static gboolean
set_number (RstDevice  *self,
            const char *option)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize length = strlen (numbers[i].nick);
      guint64 value;

      if (strncmp (option, numbers[i].nick, length) != 0 || option[length] != '=')
        continue;
      if (!g_ascii_string_to_unsigned (option + length + 1, 10, 0, RST_MAX_DAYS, &value, NULL))
        return FALSE;
      G_STRUCT_MEMBER (guint, self, numbers[i].offset) = value;
      return TRUE;
    }

  return FALSE;
}

static gboolean
set_option (RstDevice  *self,
            const char *option)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_str_equal (option, flags[i].nick))
      {
        G_STRUCT_MEMBER (gboolean, self, flags[i].offset) = TRUE;
        return TRUE;
      }

  for (guint i = RST_COPIES_REMOVE; i <= RST_COPIES_KEEP; i++)
    if (i != RST_COPIES_DAYS && g_str_equal (option, rst_copies_get_nick (i)))
      {
        self->copies = i;
        return TRUE;
      }

  if (g_str_has_prefix (option, "program="))
    {
      g_free (self->program);
      self->program = g_strdup (option + strlen ("program="));
      return TRUE;
    }

  if (!set_number (self, option))
    return FALSE;
  if (g_str_has_prefix (option, "days="))
    self->copies = self->days > 0 ? RST_COPIES_DAYS : RST_COPIES_REMOVE;
  return TRUE;
}

static gboolean
find_method (const char *nick,
             RstMethod  *method)
{
  for (*method = RST_METHOD_UNKNOWN; *method <= RST_METHOD_WEB; (*method)++)
    if (g_str_equal (rst_method_get_nick (*method), nick))
      return TRUE;

  return FALSE;
}

/**
 * rst_device_parse:
 * @text: NAME:KIND:METHOD[:OPTION]…; an empty NAME means its kind
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the device, or %NULL with %RST_ERROR_INPUT
 */
RstDevice *
rst_device_parse (const char  *text,
                  GError     **error)
{
  g_auto(GStrv) parts = NULL;
  g_autoptr(RstDevice) self = NULL;
  RstDeviceKind kind;
  RstMethod method;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, ":", -1);
  if (g_strv_length (parts) < 3 || !rst_device_kind_from_nick (parts[1], &kind) ||
      !find_method (parts[2], &method))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("“%s” does not describe a device. Write NAME:KIND:METHOD, for example "
                     "“Office:computer:pop:days=14”."), text);
      return NULL;
    }

  self = rst_device_new (*parts[0] == '\0' ? NULL : parts[0], kind, method);
  for (guint i = 3; parts[i] != NULL; i++)
    if (!set_option (self, parts[i]))
      {
        g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                     _("“%s” is not a property of a device."), parts[i]);
        return NULL;
      }

  return g_steal_pointer (&self);
}

/**
 * rst_device_to_string:
 * @self: a device
 *
 * Returns: (transfer full): the form that rst_device_parse() reads
 */
char *
rst_device_to_string (const RstDevice *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  g_string_append_printf (text, "%s:%s:%s", self->name == NULL ? "" : self->name,
                          rst_device_kind_get_nick (self->kind),
                          rst_method_get_nick (self->method));
  if (self->copies == RST_COPIES_REMOVE || self->copies == RST_COPIES_KEEP)
    g_string_append_printf (text, ":%s", rst_copies_get_nick (self->copies));
  if (self->program != NULL)
    g_string_append_printf (text, ":program=%s", self->program);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint value = G_STRUCT_MEMBER (guint, self, numbers[i].offset);
      gboolean counts = g_str_equal (numbers[i].nick, "days") ? self->copies == RST_COPIES_DAYS : value > 0;

      if (counts)
        g_string_append_printf (text, ":%s=%u", numbers[i].nick, MIN (value, RST_MAX_DAYS));
    }
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (G_STRUCT_MEMBER (gboolean, self, flags[i].offset))
      g_string_append_printf (text, ":%s", flags[i].nick);

  return g_string_free (text, FALSE);
}
