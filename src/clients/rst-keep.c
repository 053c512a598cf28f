/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One list of small steps for each direction, worked off by take_step(), the one place where a step
 * becomes a call. Each callback takes over one reference on the task and passes it on.
 *
 *   store:   look at all entries → journal what was there → for each: copy if other → store
 *   restore: for each, last first: nothing was there → clear
 *                                  other was there → fetch the copy → store it → clear the copy
 *                                  a later setup's copy, needless now → clear the copy
 */
#include "rst-keep.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEPT_SCHEMA "org.restante.Restante.Kept"

typedef enum {
  STEP_LOOK,
  STEP_JOURNAL,
  STEP_COPY,
  STEP_STORE,
  STEP_FETCH,
  STEP_PUT_BACK,
  STEP_DROP_COPY,
  STEP_CLEAR,
} StepKind;

typedef struct {
  StepKind          kind;
  RstJournalSecret *secret; /* borrowed from the journal; NULL for STEP_JOURNAL */
  guint             index;
} Step;

typedef struct {
  RstJournal     *journal;  /* borrowed: may go as soon as the task has returned */
  const RstVault *vault;
  RstSecret      *password; /* (owned) (nullable) */
  RstSecret     **old;      /* (owned) (array length=n_old) of each entry: its other password */
  guint           n_old;
  GArray         *steps;    /* (owned) (element-type Step) */
  guint           next;
  GError         *error;    /* (owned) (nullable) first of a restore, which goes on */
} Keep;

static void
keep_free (Keep *self)
{
  for (guint i = 0; i < self->n_old; i++)
    g_clear_pointer (&self->old[i], rst_secret_unref);
  g_free (self->old);
  g_clear_pointer (&self->password, rst_secret_unref);
  g_array_unref (self->steps);
  g_clear_error (&self->error);
  g_free (self);
}

static Keep *
keep_new (RstJournal     *journal,
          const RstVault *vault)
{
  Keep *self = g_new0 (Keep, 1);

  self->journal = journal;
  self->vault = vault;
  self->n_old = journal->secrets->len;
  self->old = g_new0 (RstSecret *, self->n_old + 1);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  return self;
}

static void
add_step (Keep     *self,
          StepKind  kind,
          guint     index)
{
  Step step = { kind, NULL, index };

  if (kind != STEP_JOURNAL)
    step.secret = g_ptr_array_index (self->journal->secrets, index);
  g_array_append_val (self->steps, step);
}

/* Our own entry for the other password. It has nothing in common with the original's attributes, so
 * that no program takes it for its own. */
static RstSecretItem *
kept_item (const RstJournalSecret *secret)
{
  g_autofree char *label = g_strdup_printf (_("Earlier password of “%s”, kept for undo"),
                                            secret->item->label);

  return rst_secret_item_new (KEPT_SCHEMA, label, "restante-kept", secret->kept, NULL);
}

static void take_step (GTask *task);

/* Ends a step. A store stops at the first error, a restore does what it can. */
static void
step_done (GTask  *task,
           GError *error)
{
  Keep *self = g_task_get_task_data (task);

  if (error != NULL && self->password != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL && self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  self->next++;
  take_step (task);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  const Step *step = &g_array_index (self->steps, Step, self->next);
  g_autoptr (RstSecret) old = NULL;
  GError *error = NULL;

  old = self->vault->lookup_finish (result, &error);
  if (error != NULL)
    step->secret->held = RST_HELD_UNKNOWN;
  else if (old == NULL)
    step->secret->held = RST_HELD_NOTHING;
  else if (g_str_equal (rst_secret_peek (old), rst_secret_peek (self->password)))
    step->secret->held = RST_HELD_SAME;
  else
    {
      step->secret->held = RST_HELD_OTHER;
      step->secret->kept = g_strdup_printf ("%s/%u", self->journal->id, step->index);
      self->old[step->index] = g_steal_pointer (&old);
    }
  step_done (task, error);
}

static void
journal_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (rst_journal_save_held (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
journalled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  step_done (task, error);
}

static void
write_journal (GTask *task)
{
  Keep *self = g_task_get_task_data (task);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, journalled_cb, g_object_ref (task));

  g_task_set_source_tag (inner, write_journal);
  g_task_set_task_data (inner, self->journal, NULL);
  g_task_run_in_thread (inner, journal_thread);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  const Step *step = &g_array_index (self->steps, Step, self->next);
  GError *error = NULL;

  self->vault->store_finish (result, &error);
  /* What could not be put back must not lose its copy. */
  if (error != NULL && step->kind == STEP_PUT_BACK)
    g_clear_pointer (&self->old[step->index], rst_secret_unref);
  step_done (task, error);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  const Step *step = &g_array_index (self->steps, Step, self->next);
  GError *error = NULL;

  self->old[step->index] = self->vault->lookup_finish (result, &error);
  step_done (task, error);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->vault->clear_finish (result, &error);
  step_done (task, error);
}

/* What was found out on the way can make a step needless. */
static gboolean
is_needless (const Keep *self,
             const Step *step)
{
  switch (step->kind)
    {
    case STEP_COPY:
    case STEP_PUT_BACK:
      return self->old[step->index] == NULL;
    case STEP_DROP_COPY:
      return step->secret->held == RST_HELD_OTHER && self->old[step->index] == NULL;
    case STEP_STORE:
      return step->secret->held == RST_HELD_SAME;
    case STEP_LOOK:
    case STEP_JOURNAL:
    case STEP_FETCH:
    case STEP_CLEAR:
    default:
      return FALSE;
    }
}

/* Does the next step, or returns. */
static void
take_step (GTask *task)
{
  Keep *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const Step *step;
  g_autoptr (RstSecretItem) kept = NULL;

  while (self->next < self->steps->len &&
         is_needless (self, &g_array_index (self->steps, Step, self->next)))
    self->next++;
  if (self->next == self->steps->len)
    {
      if (self->error != NULL)
        g_task_return_error (task, g_steal_pointer (&self->error));
      else
        g_task_return_boolean (task, TRUE);
      return;
    }

  step = &g_array_index (self->steps, Step, self->next);
  if (step->kind == STEP_COPY || step->kind == STEP_FETCH || step->kind == STEP_DROP_COPY)
    kept = kept_item (step->secret);
  switch (step->kind)
    {
    case STEP_LOOK:
      self->vault->lookup_async (step->secret->item, cancellable, looked_cb, g_object_ref (task));
      break;
    case STEP_JOURNAL:
      write_journal (task);
      break;
    case STEP_COPY:
      self->vault->store_async (kept, self->old[step->index], cancellable, stored_cb, g_object_ref (task));
      break;
    case STEP_STORE:
      self->vault->store_async (step->secret->item, self->password, cancellable, stored_cb,
                                g_object_ref (task));
      break;
    case STEP_FETCH:
      self->vault->lookup_async (kept, cancellable, fetched_cb, g_object_ref (task));
      break;
    case STEP_PUT_BACK:
      self->vault->store_async (step->secret->item, self->old[step->index], cancellable, stored_cb,
                                g_object_ref (task));
      break;
    case STEP_DROP_COPY:
      self->vault->clear_async (kept, cancellable, cleared_cb, g_object_ref (task));
      break;
    case STEP_CLEAR:
      self->vault->clear_async (step->secret->item, cancellable, cleared_cb, g_object_ref (task));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
start (RstJournal          *journal,
       Keep                *keep,
       gpointer             tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What has been stored counts, even if somebody cancels a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, keep, (GDestroyNotify) keep_free);
  take_step (task);
}

/**
 * rst_keep_store_async:
 * @journal: a journal on disk; stays alive until the end
 * @password: the password for all of its entries
 * @vault: where to store it
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Stores the password. On failure some entries may have been stored: restore them.
 */
void
rst_keep_store_async (RstJournal          *journal,
                      RstSecret           *password,
                      const RstVault      *vault,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Keep *keep = keep_new (journal, vault);
  guint n = journal->secrets->len;

  keep->password = rst_secret_ref (password);
  for (guint i = 0; i < n; i++)
    {
      RstJournalSecret *secret = g_ptr_array_index (journal->secrets, i);

      if (vault->lookup_async != NULL)
        add_step (keep, STEP_LOOK, i);
      else
        secret->held = RST_HELD_NOTHING;
    }
  add_step (keep, STEP_JOURNAL, 0);
  for (guint i = 0; i < n; i++)
    {
      add_step (keep, STEP_COPY, i);
      add_step (keep, STEP_STORE, i);
    }
  start (journal, keep, rst_keep_store_async, cancellable, callback, user_data);
}

/**
 * rst_keep_store_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with the vault's error
 */
gboolean
rst_keep_store_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rst_keep_restore_async:
 * @journal: a journal on disk; stays alive until the end
 * @vault: where the passwords are
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Puts all entries back to what they were. Can be repeated.
 */
void
rst_keep_restore_async (RstJournal          *journal,
                        const RstVault      *vault,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Keep *keep = keep_new (journal, vault);

  for (guint i = journal->secrets->len; i > 0; i--)
    {
      const RstJournalSecret *secret = g_ptr_array_index (journal->secrets, i - 1);

      if (secret->held == RST_HELD_NOTHING)
        add_step (keep, STEP_CLEAR, i - 1);
      if (secret->held == RST_HELD_SAME && secret->kept != NULL)
        add_step (keep, STEP_DROP_COPY, i - 1);
      if (secret->held != RST_HELD_OTHER || secret->kept == NULL || vault->lookup_async == NULL)
        continue;
      add_step (keep, STEP_FETCH, i - 1);
      add_step (keep, STEP_PUT_BACK, i - 1);
      add_step (keep, STEP_DROP_COPY, i - 1);
    }
  start (journal, keep, rst_keep_restore_async, cancellable, callback, user_data);
}

/**
 * rst_keep_restore_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with the first error; the other entries have been put back
 */
gboolean
rst_keep_restore_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
