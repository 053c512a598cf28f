/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The result of setup as JSON, as far as the steps came.
 */
#include "setup.h"

#include "ctl-json.h"
#include "ctl-server.h"
#include "rst-diff.h"
#include "rst-typo.h"

static void
add_servers (JsonBuilder *json,
             Setup       *self)
{
  gboolean decided = self->account != NULL;

  json_builder_set_member_name (json, "incoming");
  ctl_json_candidate (json, decided ? setup_get_incoming (self) : NULL);
  json_builder_set_member_name (json, "outgoing");
  ctl_json_candidate (json, decided ? setup_get_outgoing (self) : NULL);
}

static void
add_hints (JsonBuilder *json,
           Setup       *self)
{
  g_autoptr (GPtrArray) hints = self->servers != NULL ? setup_list_hints (self) : g_ptr_array_new ();

  ctl_json_list (json, "hints", hints);
}

static void
add_method (JsonBuilder *json,
            const Setup *self)
{
  if (self->account == NULL)
    {
      ctl_json_string (json, "mode", NULL);
      return;
    }
  ctl_json_string (json, "mode", self->method == RST_METHOD_POP ? "pop" : "imap");
  if (self->method != RST_METHOD_POP)
    return;
  ctl_json_string (json, "copies", ctl_json_copies (self->account->leave));
  if (self->account->leave != RST_LEAVE_KEEP)
    ctl_json_int (json, "leave_days", self->account->leave_days);
}

static void
add_object (JsonBuilder *json,
            const char  *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

static void
add_edit (JsonBuilder    *json,
          const RstSetup *setup,
          const RstEdit  *edit)
{
  static const char * const kinds[] = {
    [RST_EDIT_TEXT] = "text", [RST_EDIT_BINARY] = "binary", [RST_EDIT_DIRECTORY] = "directory",
  };
  g_autofree char *diff = rst_diff_unified (edit, RST_DIFF_CONTEXT);

  json_builder_begin_object (json);
  ctl_json_string (json, "client", setup->client);
  ctl_json_string (json, "path", edit->path);
  ctl_json_string (json, "kind", kinds[edit->kind]);
  ctl_json_bool (json, "new", edit->before == NULL);
  ctl_json_string (json, "summary", edit->summary);
  ctl_json_string (json, "diff", diff);
  json_builder_end_object (json);
}

static void
add_edits (JsonBuilder *json,
           const Setup *self)
{
  json_builder_set_member_name (json, "edits");
  json_builder_begin_array (json);
  for (guint i = 0; self->setups != NULL && i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->edits->len; j++)
        if (rst_edit_changes (setup->edits->pdata[j]))
          add_edit (json, setup, setup->edits->pdata[j]);
    }
  json_builder_end_array (json);
}

static void
add_clients (JsonBuilder *json,
             const Setup *self)
{
  json_builder_set_member_name (json, "clients");
  json_builder_begin_array (json);
  for (guint i = 0; self->targets != NULL && i < self->targets->len; i++)
    json_builder_add_string_value (json, ((RstFoundClient *) self->targets->pdata[i])->client->id);
  json_builder_end_array (json);
}

/* The paths that were written: none unless all were. */
static void
add_written (JsonBuilder *json,
             const Setup *self)
{
  json_builder_set_member_name (json, "written");
  json_builder_begin_array (json);
  for (guint i = 0; self->undo_id != NULL && i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->edits->len; j++)
        if (rst_edit_changes (setup->edits->pdata[j]))
          ctl_json_text (json, ((RstEdit *) setup->edits->pdata[j])->path);
    }
  json_builder_end_array (json);
}

static void
add_next (JsonBuilder *json,
          const Setup *self)
{
  json_builder_set_member_name (json, "next");
  json_builder_begin_array (json);
  for (guint i = 0; self->undo_id != NULL && i < self->setups->len; i++)
    {
      GPtrArray *next = ((RstSetup *) self->setups->pdata[i])->next;

      for (guint j = 0; j < next->len; j++)
        ctl_json_text (json, next->pdata[j]);
    }
  json_builder_end_array (json);
}

/**
 * setup_print_json:
 * @self: a setup
 * @status: how it ended
 *
 * Prints all that is known by now as one object.
 */
void
setup_print_json (Setup   *self,
                  CtlExit  status)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();
  g_autofree char *suggestion = rst_typo_suggest (self->address);

  ctl_json_string (json, "address", self->address->full);
  ctl_json_string (json, "suggestion", suggestion);
  ctl_json_int (json, "exit", status);
  add_method (json, self);
  if (self->advice != NULL)
    {
      add_object (json, "advice");
      ctl_json_advice (json, self->advice);
      json_builder_end_object (json);
    }
  add_servers (json, self);
  add_hints (json, self);
  add_clients (json, self);
  if (self->report != NULL)
    {
      add_object (json, "mixing");
      ctl_json_mixing (json, self->report);
      json_builder_end_object (json);
    }
  add_edits (json, self);
  ctl_json_bool (json, "dry_run", self->dry_run);
  ctl_json_bool (json, "signed_in", self->signed_in);
  add_written (json, self);
  ctl_json_string (json, "undo", self->undo_id);
  add_next (json, self);
  ctl_json_error (json, self->error);
  ctl_json_print (json);
}
