/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DNS questions: what answers mean, that a host is looked up once, how many run at once, and what
 * happens when nobody waits any more.
 */
#include "fake-resolver.h"
#include "rst-dns.h"

typedef struct {
  guint     pending;
  RstReply *last; /* (owned) */
} Waits;

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Waits *waits = user_data;

  g_clear_pointer (&waits->last, rst_reply_free);
  waits->last = rst_dns_ask_finish (result);
  waits->pending--;
}

static void
ask (RstDns       *dns,
     RstAskKind    kind,
     const char   *name,
     GCancellable *cancellable,
     Waits        *waits)
{
  g_autoptr (RstAsk) question = rst_ask_new (kind, name);

  waits->pending++;
  rst_dns_ask_async (dns, question, cancellable, replied_cb, waits);
}

static void
wait_for (Waits *waits)
{
  while (waits->pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

static RstReplyStatus
ask_and_wait (RstDns     *dns,
              RstAskKind  kind,
              const char *name,
              Waits      *waits)
{
  ask (dns, kind, name, NULL, waits);
  wait_for (waits);
  return waits->last->status;
}

static void
test_answers (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  Waits waits = { 0 };

  fake_resolver_set (resolver, "a.example", "192.0.2.1");
  fake_resolver_set (resolver, "b.example", "broken");
  fake_resolver_set (resolver, "_imaps._tcp.example", "10 1 993 a.example,0 0 0 ");
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "a.example", &waits), ==, RST_REPLY_OK);
  g_assert_cmpuint (waits.last->addresses->len, ==, 1);
  g_assert_null (waits.last->detail);
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "b.example", &waits), ==, RST_REPLY_FAILED);
  g_assert_nonnull (waits.last->detail);
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "c.example", &waits), ==, RST_REPLY_NOTHING);
  g_assert_nonnull (waits.last->detail);
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_SRV, "_imaps._tcp.example", &waits), ==, RST_REPLY_OK);
  g_assert_cmpuint (waits.last->records->len, ==, 2);
  g_assert_cmpstr (((RstSrv *) g_ptr_array_index (waits.last->records, 1))->target, ==, "");
  g_assert_cmpuint (((RstSrv *) g_ptr_array_index (waits.last->records, 0))->port, ==, 993);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

static void
test_random_name (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  Waits waits = { 0 };
  g_autofree char *first = NULL;

  g_assert_cmpint (ask_and_wait (dns, RST_ASK_ANY_HOST, "example.org", &waits), ==, RST_REPLY_NOTHING);
  first = g_strdup (fake_resolver_get_last (resolver));
  g_assert_cmpstr (waits.last->ask->name, ==, "example.org");
  g_assert_true (g_str_has_suffix (first, ".example.org"));
  ask_and_wait (dns, RST_ASK_ANY_HOST, "example.org", &waits);
  g_assert_cmpstr (fake_resolver_get_last (resolver), !=, first);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

static void
test_once (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  Waits waits = { 0 };

  fake_resolver_set (resolver, "a.example", "192.0.2.1");
  for (guint i = 0; i < 5; i++)
    ask (dns, RST_ASK_HOST, "a.example", NULL, &waits);
  wait_for (&waits);
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "a.example", &waits), ==, RST_REPLY_OK);
  g_assert_cmpuint (waits.last->addresses->len, ==, 1);
  g_assert_cmpuint (fake_resolver_get_asked (resolver, "a.example"), ==, 1);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

static void
test_some_at_once (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  Waits waits = { 0 };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("h%u.example", i);

      ask (dns, RST_ASK_HOST, name, NULL, &waits);
    }
  wait_for (&waits);
  g_assert_cmpuint (fake_resolver_get_most (resolver), ==, 8);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

static void
test_time_limit (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  gint64 start = g_get_monotonic_time ();
  Waits waits = { 0 };

  fake_resolver_set (resolver, "s.example", "silent");
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "s.example", &waits), ==, RST_REPLY_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

/* One of two stops waiting: the other is answered. Both stop: the question is dropped, and one who asks
 * later gets a real answer. */
static void
test_cancel (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  gint64 start = g_get_monotonic_time ();
  Waits waits = { 0 };

  fake_resolver_set (resolver, "s.example", "silent");
  ask (dns, RST_ASK_HOST, "s.example", first, &waits);
  ask (dns, RST_ASK_HOST, "s.example", second, &waits);
  g_cancellable_cancel (first);
  while (waits.pending > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (waits.last->status, ==, RST_REPLY_FAILED);
  g_cancellable_cancel (second);
  wait_for (&waits);
  fake_resolver_set (resolver, "s.example", "192.0.2.1");
  g_assert_cmpint (ask_and_wait (dns, RST_ASK_HOST, "s.example", &waits), ==, RST_REPLY_OK);
  g_assert_cmpuint (fake_resolver_get_asked (resolver, "s.example"), ==, 2);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

/* Questions that are still in the queue when nobody wants them are not asked. */
static void
test_cancel_queue (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waits waits = { 0 };

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("s%u.example", i);

      fake_resolver_set (resolver, name, "silent");
      ask (dns, i % 2 ? RST_ASK_HOST : RST_ASK_SRV, name, cancellable, &waits);
    }
  g_cancellable_cancel (cancellable);
  wait_for (&waits);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fake_resolver_get_asked (resolver, "s7.example"), ==, 1);
  g_assert_cmpuint (fake_resolver_get_asked (resolver, "s39.example"), ==, 0);
  rst_reply_free (waits.last);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dns/answers", test_answers);
  g_test_add_func ("/dns/random-name", test_random_name);
  g_test_add_func ("/dns/once", test_once);
  g_test_add_func ("/dns/some-at-once", test_some_at_once);
  g_test_add_func ("/dns/time-limit", test_time_limit);
  g_test_add_func ("/dns/cancel", test_cancel);
  g_test_add_func ("/dns/cancel-queue", test_cancel_queue);
  return g_test_run ();
}
