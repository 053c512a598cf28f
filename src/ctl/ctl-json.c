/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-json.h"

#include <stdio.h>

#include "rst-error.h"

#define FORMAT_VERSION 1

/**
 * ctl_json_new:
 *
 * Returns: (transfer full): a builder within the one object of this run
 */
JsonBuilder *
ctl_json_new (void)
{
  JsonBuilder *self = json_builder_new ();

  json_builder_begin_object (self);
  ctl_json_int (self, "version", FORMAT_VERSION);
  return self;
}

static void
print (JsonBuilder *self,
       gboolean     pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (self);
  root = json_builder_get_root (self);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  text = json_generator_to_data (generator, NULL);
  fputs (text, stdout);
  putchar ('\n');
}

/**
 * ctl_json_print:
 * @self: a builder from ctl_json_new(), with all else that was begun ended
 *
 * Ends the object and writes it to standard output.
 */
void
ctl_json_print (JsonBuilder *self)
{
  print (self, TRUE);
}

/**
 * ctl_json_print_line:
 * @self: a builder from ctl_json_new(), with all else that was begun ended
 *
 * Ends the object and writes it to standard output, on one line.
 */
void
ctl_json_print_line (JsonBuilder *self)
{
  print (self, FALSE);
}

/**
 * ctl_json_text:
 * @self: a builder where a value is due
 * @text: a text, such as a path, of any encoding; JSON has but one
 *
 * Adds the text.
 */
void
ctl_json_text (JsonBuilder *self,
               const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_add_string_value (self, valid);
}

/**
 * ctl_json_string:
 * @self: a builder
 * @name: the member
 * @value: (nullable): its value; %NULL becomes null
 */
void
ctl_json_string (JsonBuilder *self,
                 const char  *name,
                 const char  *value)
{
  json_builder_set_member_name (self, name);
  if (value != NULL)
    ctl_json_text (self, value);
  else
    json_builder_add_null_value (self);
}

/**
 * ctl_json_int:
 * @self: a builder
 * @name: the member
 * @value: its value
 */
void
ctl_json_int (JsonBuilder *self,
              const char  *name,
              gint64       value)
{
  json_builder_set_member_name (self, name);
  json_builder_add_int_value (self, value);
}

/**
 * ctl_json_bool:
 * @self: a builder
 * @name: the member
 * @value: its value
 */
void
ctl_json_bool (JsonBuilder *self,
               const char  *name,
               gboolean     value)
{
  json_builder_set_member_name (self, name);
  json_builder_add_boolean_value (self, value);
}

/**
 * ctl_json_ms:
 * @self: a builder
 * @name: the member
 * @microseconds: a duration, or a negative number if it did not come to that: null
 *
 * Adds a duration in whole milliseconds.
 */
void
ctl_json_ms (JsonBuilder *self,
             const char  *name,
             gint64       microseconds)
{
  if (microseconds < 0)
    ctl_json_string (self, name, NULL);
  else
    ctl_json_int (self, name, (microseconds + 500) / 1000);
}

/**
 * ctl_json_strv:
 * @self: a builder
 * @name: the member
 * @values: (nullable): a list of texts
 */
void
ctl_json_strv (JsonBuilder        *self,
               const char         *name,
               const char * const *values)
{
  json_builder_set_member_name (self, name);
  json_builder_begin_array (self);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    ctl_json_text (self, values[i]);
  json_builder_end_array (self);
}

/**
 * ctl_json_list:
 * @self: a builder
 * @name: the member
 * @values: (nullable) (element-type utf8): a list of texts
 */
void
ctl_json_list (JsonBuilder *self,
               const char  *name,
               GPtrArray   *values)
{
  json_builder_set_member_name (self, name);
  json_builder_begin_array (self);
  for (guint i = 0; values != NULL && i < values->len; i++)
    ctl_json_text (self, values->pdata[i]);
  json_builder_end_array (self);
}

/**
 * ctl_json_error:
 * @self: a builder
 * @error: (nullable): what went wrong; %NULL becomes null
 *
 * Adds the member “error”: its kind, its cause if that is known, what happened and what to try.
 */
void
ctl_json_error (JsonBuilder  *self,
                const GError *error)
{
  if (error == NULL)
    {
      ctl_json_string (self, "error", NULL);
      return;
    }
  json_builder_set_member_name (self, "error");
  json_builder_begin_object (self);
  ctl_json_string (self, "kind", rst_error_get_nick (error));
  ctl_json_string (self, "cause", rst_trouble_get_nick (rst_error_get_cause (error)));
  ctl_json_string (self, "text", error->message);
  ctl_json_string (self, "try", rst_error_get_advice (error));
  json_builder_end_object (self);
}

/**
 * ctl_json_endpoint:
 * @self: a builder within an object
 * @endpoint: a server
 *
 * Adds the members that say where a server is.
 */
void
ctl_json_endpoint (JsonBuilder       *self,
                   const RstEndpoint *endpoint)
{
  g_autofree char *url = rst_endpoint_to_string (endpoint);

  ctl_json_string (self, "url", url);
  ctl_json_string (self, "protocol", rst_protocol_get_nick (endpoint->protocol));
  ctl_json_string (self, "host", endpoint->host);
  ctl_json_int (self, "port", endpoint->port);
  ctl_json_string (self, "security", rst_security_get_nick (endpoint->security));
}
