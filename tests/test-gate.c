/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The gate: never more turns than allowed for one address, first come first served, and nobody is
 * forgotten or waits for ever.
 */
#include "rst-gate.h"

typedef struct {
  RstTurn *turn;
  GError  *error;
  gboolean done;
} Visitor;

static void
entered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Visitor *self = user_data;

  self->turn = rst_gate_enter_finish (result, &self->error);
  self->done = TRUE;
}

static GPtrArray *
make_addresses (const char *list)
{
  g_auto (GStrv) names = g_strsplit (list, " ", -1);
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (names[i]));
  return addresses;
}

static void
enter (RstGate      *gate,
       Visitor      *visitor,
       const char   *list,
       GCancellable *cancellable)
{
  g_autoptr (GPtrArray) addresses = make_addresses (list);

  *visitor = (Visitor) { 0 };
  rst_gate_enter_async (gate, visitor, addresses, cancellable, entered_cb, visitor);
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_limit (void)
{
  g_autoptr (RstGate) gate = rst_gate_new (2, 0);
  Visitor visitors[5];
  Visitor other;

  for (guint i = 0; i < G_N_ELEMENTS (visitors); i++)
    enter (gate, &visitors[i], "192.0.2.1", NULL);
  enter (gate, &other, "192.0.2.2", NULL);
  settle ();
  g_assert_true (visitors[0].done && visitors[1].done && other.done);
  g_assert_false (visitors[2].done || visitors[3].done || visitors[4].done);
  g_assert_true (rst_gate_holds (gate, &visitors[2]));
  g_assert_false (rst_gate_holds (gate, &visitors[0]));
  rst_gate_leave (visitors[1].turn);
  settle ();
  g_assert_true (visitors[2].done);
  g_assert_false (visitors[3].done || visitors[4].done);
  rst_gate_leave (visitors[0].turn);
  rst_gate_leave (visitors[2].turn);
  rst_gate_leave (other.turn);
  settle ();
  g_assert_true (visitors[3].done && visitors[4].done);
  rst_gate_leave (visitors[3].turn);
  rst_gate_leave (visitors[4].turn);
  settle ();
}

/* Who needs two addresses is not overtaken for ever by those who need one of them. */
static void
test_several_addresses (void)
{
  g_autoptr (RstGate) gate = rst_gate_new (1, 0);
  Visitor first, both, second, third;

  enter (gate, &first, "192.0.2.1", NULL);
  enter (gate, &both, "192.0.2.1 192.0.2.2 192.0.2.2", NULL);
  enter (gate, &second, "192.0.2.2", NULL);
  enter (gate, &third, "2001:db8::1", NULL);
  settle ();
  g_assert_true (first.done && third.done);
  g_assert_false (both.done || second.done);
  rst_gate_leave (first.turn);
  settle ();
  g_assert_true (both.done);
  g_assert_false (second.done);
  rst_gate_leave (both.turn);
  settle ();
  g_assert_true (second.done);
  rst_gate_leave (second.turn);
  rst_gate_leave (third.turn);
  settle ();
}

static void
test_cancelled (void)
{
  g_autoptr (RstGate) gate = rst_gate_new (1, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Visitor first, both, second;

  enter (gate, &first, "192.0.2.1", NULL);
  enter (gate, &both, "192.0.2.1 192.0.2.2", cancellable);
  enter (gate, &second, "192.0.2.2", NULL);
  settle ();
  g_assert_false (both.done || second.done);
  g_cancellable_cancel (cancellable);
  settle ();
  g_assert_error (both.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (both.turn);
  g_clear_error (&both.error);
  g_assert_true (second.done);
  rst_gate_leave (first.turn);
  rst_gate_leave (second.turn);
  settle ();
}

static void
test_rest (void)
{
  g_autoptr (RstGate) gate = rst_gate_new (1, 100);
  Visitor first, second;
  gint64 start;

  enter (gate, &first, "192.0.2.1", NULL);
  enter (gate, &second, "192.0.2.1", NULL);
  settle ();
  start = g_get_monotonic_time ();
  rst_gate_leave (first.turn);
  while (!second.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 99 * G_TIME_SPAN_MILLISECOND);
  rst_gate_leave (second.turn);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/limit", test_limit);
  g_test_add_func ("/gate/several-addresses", test_several_addresses);
  g_test_add_func ("/gate/cancelled", test_cancelled);
  g_test_add_func ("/gate/rest", test_rest);
  return g_test_run ();
}
