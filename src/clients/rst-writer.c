/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of a setup and of an undo. The files are done in a worker thread, one step at a time; the
 * passwords through the vault in the caller's context. Each callback takes over one reference on the
 * task and passes it on.
 *
 *   apply: prepare (thread) → passwords → write (thread) ┬→ done
 *                                  └──── on failure ─────┴→ passwords back → abandon → error
 *   undo:  files back (thread) → passwords back → close (thread) → report
 */
#include "rst-writer.h"

#include "rst-error.h"
#include "rst-keep.h"
#include "rst-transaction.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GPtrArray      *setups;      /* (owned) (element-type RstSetup) */
  char           *address;     /* (owned) (nullable) */
  RstSecret      *password;    /* (owned) (nullable) */
  const RstVault *vault;       /* (nullable) */
  RstTransaction *transaction; /* (owned) (nullable) */
  GError         *error;       /* (owned) (nullable) what is returned when all has been put back */
} Apply;

typedef struct {
  char           *id;          /* (owned) (nullable) */
  const RstVault *vault;       /* (nullable) */
  RstTransaction *transaction; /* (owned) (nullable) */
  RstUndoReport  *report;      /* (owned) (nullable) */
} Undo;

static void
apply_free (Apply *self)
{
  g_ptr_array_unref (self->setups);
  g_free (self->address);
  g_clear_pointer (&self->password, rst_secret_unref);
  g_clear_pointer (&self->transaction, rst_transaction_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
undo_free (Undo *self)
{
  g_free (self->id);
  g_clear_pointer (&self->transaction, rst_transaction_free);
  g_clear_pointer (&self->report, rst_undo_report_free);
  g_free (self);
}

/* Runs one blocking step of @task in a thread. It gets the task's data, which nobody else touches
 * meanwhile. */
static void
run_step (GTask               *task,
          GTaskThreadFunc      step,
          GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) inner = g_task_new (NULL, g_task_get_cancellable (task), callback,
                                        g_object_ref (task));

  g_task_set_source_tag (inner, run_step);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, step);
}

static void
return_step (GTask    *task,
             gboolean  done,
             GError   *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Says of a failure that nothing came of the setup, unless something could not be put back. */
static void
return_failure (GTask    *task,
                GError   *error,
                gboolean  stuck)
{
  if (!stuck && error->domain == RST_ERROR)
    {
      /* Translators: a sentence that says what went wrong. */
      char *message = g_strdup_printf (_("%s Nothing was set up."), error->message);

      g_free (error->message);
      error->message = message;
    }
  g_task_return_error (task, error);
}

static void
abandon_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Apply *self = data;

  rst_transaction_abandon (self->transaction);
  return_step (task, TRUE, NULL);
}

static void
abandoned_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Apply *self = g_task_get_task_data (task);

  if (self->error != NULL)
    return_failure (task, g_steal_pointer (&self->error), self->transaction->stuck);
  else
    g_task_return_pointer (task, g_strdup (""), g_free);
}

static void
put_back_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Apply *self = g_task_get_task_data (task);

  if (!rst_keep_restore_finish (result, NULL))
    {
      self->transaction->stuck = TRUE;
      g_prefix_error (&self->error, "%s ", _("The password store could not be put back as it was; try to "
                                             "undo this setup."));
    }
  run_step (task, abandon_thread, abandoned_cb);
}

/* Takes the passwords back, and with them the last trace. */
static void
fail (GTask  *task,
      GError *error)
{
  Apply *self = g_task_get_task_data (task);

  self->error = error;
  if (self->password != NULL)
    rst_keep_restore_async (self->transaction->journal, self->vault, NULL, put_back_cb,
                            g_object_ref (task));
  else
    run_step (task, abandon_thread, abandoned_cb);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Apply *self = data;
  GError *error = NULL;
  gboolean done = rst_transaction_write (self->transaction, cancellable, &error);

  return_step (task, done, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Apply *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_strdup (self->transaction->journal->id), g_free);
  else
    fail (task, error);
}

/* Whether everything that was to be done had been done before: the store has this password. */
static gboolean
changed_nothing (const RstJournal *journal)
{
  if (journal->files->len > 0)
    return FALSE;
  for (guint i = 0; i < journal->secrets->len; i++)
    {
      const RstJournalSecret *secret = g_ptr_array_index (journal->secrets, i);

      if (secret->held != RST_HELD_SAME)
        return FALSE;
    }
  return TRUE;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Apply *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rst_keep_store_finish (result, &error))
    fail (task, error);
  else if (changed_nothing (self->transaction->journal))
    run_step (task, abandon_thread, abandoned_cb);
  else
    run_step (task, write_thread, written_cb);
}

static void
prepare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Apply *self = data;
  GError *error = NULL;

  self->transaction = rst_transaction_prepare (self->setups, self->address, self->password != NULL,
                                               &error);
  return_step (task, self->transaction != NULL, error);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Apply *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    return_failure (task, error, FALSE);
  else if (self->transaction->journal->folder == NULL)
    g_task_return_pointer (task, g_strdup (""), g_free);
  else if (self->password != NULL && self->transaction->journal->secrets->len > 0)
    rst_keep_store_async (self->transaction->journal, self->password, self->vault,
                          g_task_get_cancellable (task), stored_cb, g_object_ref (task));
  else
    run_step (task, write_thread, written_cb);
}

/**
 * rst_writer_apply_async:
 * @setups: (element-type RstSetup): what to do, in order; not to be changed until the callback
 * @address: (nullable): the mail address that is set up, for the history
 * @password: (nullable): the password for all secrets of the setups; %NULL leaves them out
 * @vault: (nullable): where to store it; %NULL leaves it out
 * @cancellable: (nullable): cancels between files; everything is put back then
 * @callback: called when done
 * @user_data: for @callback
 *
 * Carries out setups, all or none of them. What is planned and how everything was is on disk before
 * anything changes, then the passwords are stored, then the files written. Programs whose lock
 * is held, and files that are not as they were read, are a %RST_ERROR_CONFLICT before that.
 */
void
rst_writer_apply_async (GPtrArray           *setups,
                        const char          *address,
                        RstSecret           *password,
                        const RstVault      *vault,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Apply *self = g_new0 (Apply, 1);

  g_task_set_source_tag (task, rst_writer_apply_async);
  /* What has been written counts, even if somebody cancels a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  self->setups = g_ptr_array_ref (setups);
  self->address = g_strdup (address);
  self->password = password != NULL && vault != NULL ? rst_secret_ref (password) : NULL;
  self->vault = vault;
  g_task_set_task_data (task, self, (GDestroyNotify) apply_free);
  run_step (task, prepare_thread, prepared_cb);
}

/**
 * rst_writer_apply_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the id under which it can be undone, the empty string if there
 *   was nothing to do; %NULL with %RST_ERROR_CONFLICT, %RST_ERROR_FILE, %RST_ERROR_STORE or
 *   %G_IO_ERROR_CANCELLED, and everything as before; what could not be put back is named in the
 *   message, and can be undone
 */
char *
rst_writer_apply_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Undo *self = data;
  GError *error = NULL;
  gboolean done = rst_journal_set_state (self->transaction->journal, RST_JOURNAL_UNDONE, &error);

  return_step (task, done, error);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Undo *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_steal_pointer (&self->report), (GDestroyNotify) rst_undo_report_free);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Undo *self = g_task_get_task_data (task);

  if (rst_keep_restore_finish (result, &self->report->store_error))
    run_step (task, close_thread, closed_cb);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->report), (GDestroyNotify) rst_undo_report_free);
}

static void
undo_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Undo *self = data;
  GError *error = NULL;
  gboolean done;

  self->transaction = rst_transaction_open (self->id, &error);
  if (self->transaction != NULL)
    self->report = rst_transaction_undo (self->transaction, cancellable, &error);
  done = self->report != NULL && rst_transaction_hand_over (self->transaction, self->report, &error);
  return_step (task, done, error);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Undo *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (self->vault != NULL)
    rst_keep_restore_async (self->transaction->journal, self->vault, g_task_get_cancellable (task),
                            restored_cb, g_object_ref (task));
  else
    run_step (task, close_thread, closed_cb);
}

/**
 * rst_writer_undo_async:
 * @id: (nullable): id of a setup; %NULL for the last one that has not been undone
 * @vault: (nullable): where the passwords are; %NULL leaves them there
 * @cancellable: (nullable): cancels between files; the rest can be undone later
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes a setup back, finished or not.
 */
void
rst_writer_undo_async (const char          *id,
                       const RstVault      *vault,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Undo *self = g_new0 (Undo, 1);

  g_task_set_source_tag (task, rst_writer_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  self->id = g_strdup (id);
  self->vault = vault;
  g_task_set_task_data (task, self, (GDestroyNotify) undo_free);
  run_step (task, undo_thread, undone_cb);
}

/**
 * rst_writer_undo_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what became of each file; %NULL with %RST_ERROR_INPUT if there is
 *   no such setup, %RST_ERROR_CONFLICT, %RST_ERROR_FILE or %G_IO_ERROR_CANCELLED
 */
RstUndoReport *
rst_writer_undo_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
