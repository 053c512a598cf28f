/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-resolver.h"

struct _FakeResolver {
  GResolver   parent_instance;

  GResolver  *before;  /* (owned) the one in place of which this is */
  GHashTable *answers; /* (owned) (element-type utf8 utf8) */
  GPtrArray  *asked;   /* (owned) (element-type utf8) */
  guint       running;
  guint       most;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
return_error (GTask         *task,
              GResolverError code)
{
  g_task_return_new_error (task, G_RESOLVER_ERROR, (gint) code, "told to fail");
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (user_data);
}

/* Answers: an address, "broken", "silent" until cancelled, or SRV records "PRIORITY WEIGHT PORT TARGET",
 * comma between; a name that was not told does not exist. */
static void
start (FakeResolver *self,
       const char   *name,
       GTask        *task)
{
  const char *answer = g_hash_table_lookup (self->answers, name);

  g_ptr_array_add (self->asked, g_strdup (name));
  self->running++;
  self->most = MAX (self->most, self->running);
  if (answer == NULL)
    return_error (task, G_RESOLVER_ERROR_NOT_FOUND);
  else if (g_str_equal (answer, "broken"))
    return_error (task, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
  else if (g_str_equal (answer, "silent"))
    g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (cancelled_cb), g_object_ref (task),
                           g_object_unref);
  else
    g_task_return_pointer (task, g_strdup (answer), g_free);
}

static void
lookup_by_name_async (GResolver           *resolver,
                      const char          *name,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  start (FAKE_RESOLVER (resolver), name, task);
}

static GList *
lookup_by_name_finish (GResolver     *resolver,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autofree char *answer = g_task_propagate_pointer (G_TASK (result), error);

  FAKE_RESOLVER (resolver)->running--;
  return answer != NULL ? g_list_append (NULL, g_inet_address_new_from_string (answer)) : NULL;
}

/* What a connection asks when nobody has looked the name up for it. */
static void
lookup_by_name_with_flags_async (GResolver                *resolver,
                                 const char               *name,
                                 GResolverNameLookupFlags  flags,
                                 GCancellable             *cancellable,
                                 GAsyncReadyCallback       callback,
                                 gpointer                  user_data)
{
  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    {
      g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

      FAKE_RESOLVER (resolver)->running++;
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no IPv6");
      return;
    }
  lookup_by_name_async (resolver, name, cancellable, callback, user_data);
}

static void
lookup_records_async (GResolver           *resolver,
                      const char          *name,
                      GResolverRecordType  type,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_SRV);
  start (FAKE_RESOLVER (resolver), name, task);
}

static GList *
lookup_records_finish (GResolver     *resolver,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autofree char *answer = g_task_propagate_pointer (G_TASK (result), error);
  g_auto (GStrv) records = answer != NULL ? g_strsplit (answer, ",", -1) : NULL;
  GList *list = NULL;

  FAKE_RESOLVER (resolver)->running--;
  for (char **record = records; record != NULL && *record != NULL; record++)
    {
      g_auto (GStrv) f = g_strsplit (*record, " ", 4);

      list = g_list_append (list, g_variant_ref_sink (g_variant_new (
                                    "(qqqs)", (guint16) atoi (f[0]), (guint16) atoi (f[1]),
                                    (guint16) atoi (f[2]), f[3])));
    }
  return list;
}

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_clear_object (&self->before);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->asked);

  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
  resolver_class->lookup_by_name_async = lookup_by_name_async;
  resolver_class->lookup_by_name_finish = lookup_by_name_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_by_name_finish;
  resolver_class->lookup_records_async = lookup_records_async;
  resolver_class->lookup_records_finish = lookup_records_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
}

/* Puts a resolver that knows nothing in place of the system's. */
FakeResolver *
fake_resolver_install (void)
{
  FakeResolver *self = g_object_new (FAKE_TYPE_RESOLVER, NULL);

  self->before = g_resolver_get_default ();
  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

void
fake_resolver_remove (FakeResolver *self)
{
  g_resolver_set_default (self->before);
  g_assert_cmpuint (self->running, ==, 0);
  g_object_unref (self);
}

void
fake_resolver_set (FakeResolver *self,
                   const char   *name,
                   const char   *answer)
{
  g_hash_table_replace (self->answers, g_strdup (name), g_strdup (answer));
}

/* How often @name was asked for. */
guint
fake_resolver_get_asked (FakeResolver *self,
                         const char   *name)
{
  guint times = 0;

  for (guint i = 0; i < self->asked->len; i++)
    times += g_str_equal (g_ptr_array_index (self->asked, i), name);
  return times;
}

/* The most questions that were open at once. */
guint
fake_resolver_get_most (FakeResolver *self)
{
  return self->most;
}

const char *
fake_resolver_get_last (FakeResolver *self)
{
  return g_ptr_array_index (self->asked, self->asked->len - 1);
}
