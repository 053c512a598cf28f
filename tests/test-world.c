/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world against what real servers and programs do: one small scene each.
 */
#include "rst-world.h"

/* Two devices and a mailbox, the way most scenes begin. */
typedef struct {
  RstWorld *world;
  guint     computer;
  guint     phone;
} Scene;

static void
scene_clear (Scene *scene)
{
  rst_world_free (scene->world);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* Descriptions in the one-line form; the first is the computer, the second the phone. */
static Scene
set_scene (const char *computer,
           const char *phone)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  const char *texts[] = { computer, phone };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      RstDevice *device = texts[i] == NULL ? NULL : rst_device_parse (texts[i], &error);

      g_assert_no_error (error);
      if (device != NULL)
        g_ptr_array_add (devices, device);
    }

  return (Scene) { .world = rst_world_new (devices), .computer = 0, .phone = 1 };
}

static RstSight
look (const Scene *scene,
      guint        device,
      guint        letter)
{
  return rst_world_look (scene->world, device, letter, NULL, NULL);
}

static RstCauseKind
why (const Scene *scene,
     guint        device,
     guint        letter)
{
  RstCause cause;

  rst_world_look (scene->world, device, letter, NULL, &cause);
  return cause.kind;
}

static gboolean
on_server (const Scene *scene,
           guint        letter)
{
  return rst_world_get_folder (scene->world, letter, NULL) != RST_FOLDER_NONE;
}

static void
test_pop_takes_mail (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:remove", ":phone:imap:offline=30");
  int letter = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_receive (s.world, s.phone);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_VISIBLE);

  rst_world_pass_days (s.world, 1);
  g_assert_false (on_server (&s, letter));
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (rst_world_look (s.world, s.phone, letter, NULL, &cause), ==,
                   RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_FETCHED);
  g_assert_cmpint (cause.actor, ==, s.computer);
  g_assert_cmpint (cause.day, ==, 1);
}

static void
test_pop_leaves_copies (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:pop:keep");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_pass_days (s.world, 200);
  g_assert_true (on_server (&s, letter));
  g_assert_cmpuint (rst_world_count_shown (s.world, s.computer, letter), ==, 1);
  g_assert_cmpuint (rst_world_count_shown (s.world, s.phone, letter), ==, 1);
}

/* It looks fine on the phone, and vanishes some days after the computer fetched it. */
static void
test_pop_days (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=14", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_receive_all (s.world);
  rst_world_pass_days (s.world, 13);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_VISIBLE);
  rst_world_pass_days (s.world, 1);
  g_assert_cmpint (rst_world_look (s.world, s.phone, letter, NULL, &cause), ==,
                   RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_DAYS_OVER);
  g_assert_cmpint (cause.day, ==, 14);
}

/* The days count only while the program runs. */
static void
test_pop_days_while_off (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=14", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  rst_world_set_online (s.world, s.computer, FALSE);
  rst_world_pass_days (s.world, 100);
  g_assert_true (on_server (&s, letter));
  rst_world_set_online (s.world, s.computer, TRUE);
  rst_world_receive (s.world, s.computer);
  g_assert_false (on_server (&s, letter));
}

/* One device that does not leave copies empties the mailbox for everybody. */
static void
test_one_remover_is_enough (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:remove", ":phone:pop:keep");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (why (&s, s.phone, letter), ==, RST_CAUSE_FETCHED);
}

static void
test_pop_sees_inbox_only (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int filed = rst_world_arrive_filtered (s.world, 1);
  int sent = rst_world_send (s.world, s.phone, 1);

  rst_world_receive_all (s.world);
  g_assert_cmpint (look (&s, s.phone, filed), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.phone, sent), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (why (&s, s.computer, filed), ==, RST_CAUSE_FOLDER);
  g_assert_cmpint (why (&s, s.computer, sent), ==, RST_CAUSE_FOLDER);
}

static void
test_pop_keeps_sent_mail (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int letter = rst_world_send (s.world, s.computer, 1);

  rst_world_pass_days (s.world, 1);
  g_assert_false (on_server (&s, letter));
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (why (&s, s.phone, letter), ==, RST_CAUSE_SENT_ELSEWHERE);
}

/* Servers differ: Dovecot and Courier mark what POP fetches as read, Cyrus does not. */
static void
test_read_marks (void)
{
  for (guint marks = 0; marks < 2; marks++)
    {
      g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
      int letter = rst_world_arrive (s.world, 1);

      rst_world_set_pop_marks_read (s.world, marks);
      rst_world_receive_all (s.world);
      g_assert_cmpint (rst_world_shows_read (s.world, s.phone, letter), ==, marks);
      g_assert_false (rst_world_shows_read (s.world, s.computer, letter));
      g_assert_false (rst_world_is_opened (s.world, letter));
    }
}

/* A letter that was read by IMAP is still offered by POP, as a new one. */
static void
test_read_by_imap_is_new_by_pop (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_read (s.world, s.phone, letter);
  rst_world_receive (s.world, s.computer);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_false (rst_world_shows_read (s.world, s.computer, letter));
}

static void
test_imap_shares_all (void)
{
  g_auto(Scene) s = set_scene (":computer:imap", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  int sent = rst_world_send (s.world, s.phone, 1);

  rst_world_read (s.world, s.computer, letter);
  g_assert_true (rst_world_shows_read (s.world, s.phone, letter));
  g_assert_cmpint (look (&s, s.computer, sent), ==, RST_SIGHT_VISIBLE);

  rst_world_file (s.world, s.computer, letter);
  g_assert_cmpint (rst_world_get_folder (s.world, letter, NULL), ==, RST_FOLDER_OTHER);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_VISIBLE);
}

/* A clean-up on the phone empties the computer, and offline copies with it. */
static void
test_imap_delete (void)
{
  g_auto(Scene) s = set_scene (":computer:imap:offline=400", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_receive_all (s.world);
  rst_world_delete (s.world, s.phone, letter);
  g_assert_cmpint (rst_world_get_folder (s.world, letter, NULL), ==, RST_FOLDER_TRASH);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);

  rst_world_pass_days (s.world, 31);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_LOST);
  g_assert_true (rst_world_is_lost (s.world, letter, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_DELETED);
  g_assert_cmpint (cause.actor, ==, s.phone);
}

static void
test_archive_does_not_follow (void)
{
  g_auto(Scene) s = set_scene (":computer:imap:archive", ":phone:imap:offline=400");
  int letter = rst_world_arrive (s.world, 1);
  RstHold hold;

  rst_world_receive_all (s.world);
  rst_world_lose_server (s.world);
  rst_world_receive_all (s.world);
  g_assert_cmpint (rst_world_look (s.world, s.computer, letter, &hold, NULL), ==,
                   RST_SIGHT_VISIBLE);
  g_assert_cmpint (hold, ==, RST_HOLD_ARCHIVE);
  g_assert_cmpint (why (&s, s.phone, letter), ==, RST_CAUSE_SERVER_LOST);
  g_assert_cmpint (rst_world_find_copy (s.world, letter), ==, s.computer);
}

/* Mail that is moved into an archive leaves the server, and only the archive has it. */
static void
test_archive_moves (void)
{
  g_auto(Scene) s = set_scene (":computer:imap:archive:move=90", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_pass_days (s.world, 89);
  g_assert_true (on_server (&s, letter));
  rst_world_pass_days (s.world, 1);
  g_assert_false (on_server (&s, letter));
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (why (&s, s.phone, letter), ==, RST_CAUSE_ARCHIVED);
}

/* While the server is away, POP mail is readable and IMAP mail only as far as it is kept offline;
 * afterwards everything is back. */
static void
test_server_down (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap:offline=10");
  int old = rst_world_arrive (s.world, 1);
  int recent, late;

  rst_world_pass_days (s.world, 20);
  recent = rst_world_arrive (s.world, 1);
  rst_world_receive_all (s.world);
  rst_world_server_down (s.world);
  late = rst_world_arrive (s.world, 1);
  rst_world_receive_all (s.world);

  g_assert_cmpint (look (&s, s.computer, old), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.phone, recent), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.phone, old), ==, RST_SIGHT_NOT_NOW);
  g_assert_cmpint (why (&s, s.phone, old), ==, RST_CAUSE_SERVER_DOWN);
  g_assert_cmpint (look (&s, s.computer, late), ==, RST_SIGHT_NOT_NOW);

  rst_world_server_up (s.world);
  rst_world_receive_all (s.world);
  g_assert_cmpint (look (&s, s.phone, old), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.computer, late), ==, RST_SIGHT_VISIBLE);
}

static void
test_server_lost (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int fetched = rst_world_arrive (s.world, 1);
  int fresh, sent;
  RstCause cause;

  rst_world_receive_all (s.world);
  sent = rst_world_send (s.world, s.phone, 1);
  fresh = rst_world_arrive (s.world, 1);
  rst_world_lose_server (s.world);

  g_assert_cmpint (look (&s, s.computer, fetched), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.phone, fetched), ==, RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (look (&s, s.computer, fresh), ==, RST_SIGHT_LOST);
  g_assert_true (rst_world_is_lost (s.world, sent, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_SERVER_LOST);
}

/* A broken POP device takes what only it had; what is still on the server comes back. */
static void
test_device_lost (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=14", NULL);
  int old = rst_world_arrive (s.world, 1);
  int recent;
  RstCause cause;

  rst_world_pass_days (s.world, 30);
  recent = rst_world_arrive (s.world, 1);
  rst_world_receive_all (s.world);
  rst_world_replace_device (s.world, s.computer);

  g_assert_true (rst_world_is_lost (s.world, old, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_DEVICE_LOST);
  g_assert_cmpint (cause.actor, ==, s.computer);
  g_assert_cmpint (look (&s, s.computer, recent), ==, RST_SIGHT_VISIBLE);
}

static void
test_backup (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:remove:backup", NULL);
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive (s.world, s.computer);
  rst_world_lose_device (s.world, s.computer);
  g_assert_false (rst_world_is_lost (s.world, letter, NULL));
  rst_world_replace_device (s.world, s.computer);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
}

/* An archive is not the mail program's own. */
static void
test_account_removed (void)
{
  g_auto(Scene) s = set_scene (":computer:imap:archive", ":phone:pop:remove");
  int archived = rst_world_arrive (s.world, 1);
  int fetched;
  RstCause cause;

  rst_world_receive_all (s.world);
  fetched = rst_world_arrive (s.world, 1);
  rst_world_receive (s.world, s.phone);
  rst_world_remove_account (s.world, s.phone);
  rst_world_remove_account (s.world, s.computer);
  g_assert_false (rst_world_is_lost (s.world, archived, NULL));
  g_assert_true (rst_world_is_lost (s.world, fetched, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_ACCOUNT_REMOVED);
  g_assert_cmpint (cause.actor, ==, s.phone);
}

static void
test_imap_device_comes_back (void)
{
  g_auto(Scene) s = set_scene (":computer:imap", NULL);
  int letter = rst_world_arrive (s.world, 1);
  int sent = rst_world_send (s.world, s.computer, 1);

  rst_world_replace_device (s.world, s.computer);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.computer, sent), ==, RST_SIGHT_VISIBLE);
}

/* New ids make a POP program fetch everything again that is still on the server. */
static void
test_server_moves (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  rst_world_move_server (s.world);
  rst_world_receive_all (s.world);
  g_assert_cmpuint (rst_world_count_shown (s.world, s.computer, letter), ==, 2);
  g_assert_cmpuint (rst_world_count_shown (s.world, s.phone, letter), ==, 1);
}

/* So does moving a letter away by IMAP and back. */
static void
test_letter_moves (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  rst_world_file (s.world, s.phone, letter);
  rst_world_receive_all (s.world);
  g_assert_cmpuint (rst_world_count_shown (s.world, s.computer, letter), ==, 1);
  rst_world_unfile (s.world, s.phone, letter);
  rst_world_receive_all (s.world);
  g_assert_cmpuint (rst_world_count_shown (s.world, s.computer, letter), ==, 2);
}

/* IMAP deletes what POP has fetched: the POP device keeps its copy. */
static void
test_pop_copy_is_its_own (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  rst_world_delete (s.world, s.phone, letter);
  rst_world_pass_days (s.world, 31);
  g_assert_false (on_server (&s, letter));
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_VISIBLE);
}

static void
test_pop_delete (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", ":phone:pop:keep");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive_all (s.world);
  rst_world_delete (s.world, s.computer, letter);
  rst_world_receive_all (s.world);
  g_assert_cmpint (look (&s, s.computer, letter), ==, RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (why (&s, s.computer, letter), ==, RST_CAUSE_DELETED_HERE);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_VISIBLE);
  g_assert_true (on_server (&s, letter));
}

static void
test_delete_follows (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep:deletes-follow", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_receive_all (s.world);
  rst_world_delete (s.world, s.computer, letter);
  g_assert_true (rst_world_is_lost (s.world, letter, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_DELETE_FOLLOWED);
  g_assert_cmpint (cause.actor, ==, s.computer);
}

/* One quota for inbox, folders, sent mail and trash; what does not fit goes back. */
static void
test_quota (void)
{
  g_auto(Scene) s = set_scene (":computer:imap", NULL);
  int first = rst_world_arrive (s.world, 4);
  int refused;

  rst_world_set_quota (s.world, 10);
  rst_world_send (s.world, s.computer, 3);
  rst_world_arrive_filtered (s.world, 2);
  rst_world_delete (s.world, s.computer, first);
  g_assert_cmpuint (rst_world_get_used (s.world), ==, 9);

  refused = rst_world_arrive (s.world, 2);
  g_assert_cmpint (look (&s, s.computer, refused), ==, RST_SIGHT_REFUSED);
  g_assert_cmpint (why (&s, s.computer, refused), ==, RST_CAUSE_MAILBOX_FULL);
  g_assert_false (rst_world_is_lost (s.world, refused, NULL));

  rst_world_pass_days (s.world, 31);
  g_assert_cmpint (look (&s, s.computer, rst_world_arrive (s.world, 2)), ==, RST_SIGHT_VISIBLE);
}

/* Copies that nobody removes fill the mailbox; deleting on the computer does not free it. */
static void
test_hoarding (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep", NULL);
  int letter = rst_world_arrive (s.world, 8);

  rst_world_set_quota (s.world, 10);
  rst_world_receive (s.world, s.computer);
  rst_world_delete (s.world, s.computer, letter);
  rst_world_pass_days (s.world, 60);
  g_assert_cmpint (look (&s, s.computer, rst_world_arrive (s.world, 8)), ==, RST_SIGHT_REFUSED);
}

/* The provider spares the folders that the person made. */
static void
test_expiry (void)
{
  g_auto(Scene) s = set_scene (":computer:imap", NULL);
  int inbox = rst_world_arrive (s.world, 1);
  int filed = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_file (s.world, s.computer, filed);
  rst_world_set_expiry (s.world, 60);
  rst_world_pass_days (s.world, 59);
  g_assert_true (on_server (&s, inbox));
  rst_world_pass_days (s.world, 1);
  g_assert_true (rst_world_is_lost (s.world, inbox, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_EXPIRED);
  g_assert_cmpint (cause.actor, ==, RST_ACTOR_SERVER);
  g_assert_cmpint (look (&s, s.computer, filed), ==, RST_SIGHT_VISIBLE);
}

static void
test_retention (void)
{
  g_auto(Scene) s = set_scene (":computer:imap:retention=30", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  RstCause cause;

  rst_world_pass_days (s.world, 30);
  g_assert_true (rst_world_is_lost (s.world, letter, &cause));
  g_assert_cmpint (cause.kind, ==, RST_CAUSE_RETENTION);
  g_assert_cmpint (cause.actor, ==, s.computer);
}

static void
test_full_device (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:keep:space=3", NULL);
  int first = rst_world_arrive (s.world, 2);
  int second = rst_world_arrive (s.world, 2);

  rst_world_receive (s.world, s.computer);
  g_assert_cmpint (look (&s, s.computer, first), ==, RST_SIGHT_VISIBLE);
  g_assert_cmpint (look (&s, s.computer, second), ==, RST_SIGHT_ELSEWHERE);
  g_assert_cmpint (why (&s, s.computer, second), ==, RST_CAUSE_DEVICE_FULL);
}

/* Some providers keep mail whatever the program asks. */
static void
test_provider_keeps (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:remove", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_set_provider_keeps (s.world, TRUE);
  rst_world_receive_all (s.world);
  g_assert_true (on_server (&s, letter));
}

/* An intruder reads what is on the server, a thief what is on the device. */
static void
test_secrets (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:remove", ":phone:imap");
  int fetched = rst_world_arrive (s.world, 1);
  int fresh;

  rst_world_receive (s.world, s.computer);
  fresh = rst_world_arrive (s.world, 1);
  rst_world_break_in (s.world);
  g_assert_true (rst_world_is_exposed (s.world, fresh));
  g_assert_false (rst_world_is_exposed (s.world, fetched));
  rst_world_steal_device (s.world, s.computer);
  g_assert_true (rst_world_is_exposed (s.world, fetched));
}

static void
test_web (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=14", ":browser:web");
  int letter = rst_world_arrive (s.world, 1);

  rst_world_receive (s.world, s.computer);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_VISIBLE);
  rst_world_server_down (s.world);
  g_assert_cmpint (look (&s, s.phone, letter), ==, RST_SIGHT_NOT_NOW);
}

/* The same script twice is the same world; a copy goes its own way. */
static void
test_copy (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=14", ":phone:imap");
  int letter = rst_world_arrive (s.world, 1);
  g_autoptr(RstWorld) copy = NULL;

  rst_world_receive_all (s.world);
  copy = rst_world_copy (s.world);
  rst_world_lose_server (copy);
  g_assert_true (on_server (&s, letter));
  g_assert_cmpint (rst_world_get_folder (copy, letter, NULL), ==, RST_FOLDER_NONE);
}

static void
test_moments (void)
{
  g_auto(Scene) s = set_scene (":computer:pop:days=2", ":phone:imap");
  GPtrArray *moments;
  const RstMoment *last;

  rst_world_record (s.world);
  rst_world_arrive (s.world, 1);
  rst_world_receive_all (s.world);
  rst_world_pass_days (s.world, 2);

  moments = rst_world_get_moments (s.world);
  last = moments->pdata[moments->len - 1];
  g_assert_cmpint (((RstMoment *) moments->pdata[0])->deed, ==, RST_DEED_START);
  g_assert_cmpint (((RstMoment *) moments->pdata[1])->deed, ==, RST_DEED_ARRIVE);
  g_assert_cmpint (rst_world_get_day (last->after), ==, 2);
  g_assert_cmpint (last->actor, ==, s.computer);
}

/* A small generator of its own, so that a life that fails can be lived again. */
static guint
next_number (guint32 *state,
             guint    below)
{
  *state = *state * 1664525 + 1013904223;

  return (*state >> 8) % below;
}

static GPtrArray *
choose_devices (guint32 *state)
{
  static const char * const kinds[] = {
    ":computer:imap:offline=30", ":computer:imap:archive:move=20:backup", ":computer:pop:remove",
    ":computer:pop:days=5:backup", ":phone:pop:keep:deletes-follow", ":phone:imap:retention=40",
    ":phone:pop:days=3:space=4:rests=6", ":browser:web", ":service:pop:keep", ":tablet:unknown",
  };
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  guint n = 1 + next_number (state, 4);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (devices,
                     rst_device_parse (kinds[next_number (state, G_N_ELEMENTS (kinds))], NULL));

  return devices;
}

static void
do_something (RstWorld *world,
              guint32  *state)
{
  guint device = next_number (state, rst_world_get_n_devices (world));
  guint n = rst_world_get_n_letters (world);
  guint letter = n == 0 ? 0 : next_number (state, n);

  switch (next_number (state, n == 0 ? 9 : 14))
    {
    case 0: rst_world_arrive (world, 1 + next_number (state, 3)); break;
    case 1: rst_world_arrive_filtered (world, 1); break;
    case 2: rst_world_receive (world, device); break;
    case 3: rst_world_pass_days (world, next_number (state, 9)); break;
    case 4: rst_world_send (world, device, 1); break;
    case 5: rst_world_set_online (world, device, next_number (state, 3) > 0); break;
    case 6: rst_world_replace_device (world, device); break;
    case 7: rst_world_server_down (world); break;
    case 8: rst_world_server_up (world); break;
    case 9: rst_world_delete (world, device, letter); break;
    case 10: rst_world_read (world, device, letter); break;
    case 11: rst_world_file (world, device, letter); break;
    case 12: rst_world_move_server (world); break;
    default: if (next_number (state, 9) == 0) rst_world_lose_server (world); break;
    }
}

/* What must hold at every moment: what is seen lies somewhere, what is gone has a cause. */
static void
check_world (const RstWorld *world)
{
  for (guint i = 0; i < rst_world_get_n_letters (world); i++)
    {
      RstCause lost;
      gboolean is_lost = rst_world_is_lost (world, i, &lost);

      g_assert_true (!is_lost || lost.kind != RST_CAUSE_NONE);
      for (guint d = 0; d < rst_world_get_n_devices (world); d++)
        {
          RstHold hold;
          RstCause cause;
          RstSight sight = rst_world_look (world, d, i, &hold, &cause);

          g_assert_true ((sight == RST_SIGHT_LOST) == is_lost);
          g_assert_true ((sight == RST_SIGHT_VISIBLE) == (hold != RST_HOLD_NOTHING));
          g_assert_true (sight == RST_SIGHT_VISIBLE || cause.kind != RST_CAUSE_NONE);
          g_assert_cmpint (cause.day, <=, rst_world_get_day (world));
          if (hold == RST_HOLD_SERVER)
            g_assert_cmpint (rst_world_get_folder (world, i, NULL), !=, RST_FOLDER_NONE);
        }
    }
}

static void
test_any_life (void)
{
  for (guint32 life = 1; life <= 400; life++)
    {
      guint32 state = life;
      g_autoptr(GPtrArray) devices = choose_devices (&state);
      g_autoptr(RstWorld) world = rst_world_new (devices);

      if (life % 3 == 0)
        rst_world_set_quota (world, 8);
      if (life % 5 == 0)
        rst_world_set_expiry (world, 25);
      for (guint i = 0; i < 60; i++)
        {
          do_something (world, &state);
          check_world (world);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void      (*run) (void);
  } tests[] = {
    { "/world/pop/takes-mail", test_pop_takes_mail },
    { "/world/pop/leaves-copies", test_pop_leaves_copies },
    { "/world/pop/days", test_pop_days },
    { "/world/pop/days-while-off", test_pop_days_while_off },
    { "/world/pop/one-remover-is-enough", test_one_remover_is_enough },
    { "/world/pop/sees-inbox-only", test_pop_sees_inbox_only },
    { "/world/pop/keeps-sent-mail", test_pop_keeps_sent_mail },
    { "/world/pop/read-marks", test_read_marks },
    { "/world/pop/read-by-imap-is-new", test_read_by_imap_is_new_by_pop },
    { "/world/pop/copy-is-its-own", test_pop_copy_is_its_own },
    { "/world/pop/delete", test_pop_delete },
    { "/world/pop/delete-follows", test_delete_follows },
    { "/world/pop/full-device", test_full_device },
    { "/world/imap/shares-all", test_imap_shares_all },
    { "/world/imap/delete", test_imap_delete },
    { "/world/imap/archive-does-not-follow", test_archive_does_not_follow },
    { "/world/imap/archive-moves", test_archive_moves },
    { "/world/imap/device-comes-back", test_imap_device_comes_back },
    { "/world/imap/retention", test_retention },
    { "/world/server/down", test_server_down },
    { "/world/server/lost", test_server_lost },
    { "/world/server/moves", test_server_moves },
    { "/world/server/letter-moves", test_letter_moves },
    { "/world/server/quota", test_quota },
    { "/world/server/hoarding", test_hoarding },
    { "/world/server/expiry", test_expiry },
    { "/world/server/provider-keeps", test_provider_keeps },
    { "/world/device/lost", test_device_lost },
    { "/world/device/backup", test_backup },
    { "/world/device/account-removed", test_account_removed },
    { "/world/device/web", test_web },
    { "/world/secrets", test_secrets },
    { "/world/copy", test_copy },
    { "/world/moments", test_moments },
    { "/world/any-life", test_any_life },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].run);

  return g_test_run ();
}
