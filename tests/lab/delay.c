/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins two network interfaces and hands every frame from one to the other after a fixed time, as
 * "tc netem delay" would: that needs a kernel module which an ordinary user cannot load.
 *
 *   delay INTERFACE INTERFACE MILLISECONDS
 *
 * Needs CAP_NET_RAW in its network namespace and nothing else. Frames keep their order, and carry
 * their checksum and segmentation offload along (PACKET_VNET_HDR), so no interface setting has to
 * be changed. Ends with its parent. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FRAME_MAX (64 * 1024 + 1024)
#define SOCKET_BUFFER (8 << 20)

typedef struct Frame Frame;

struct Frame
{
  Frame *next;
  int64_t due;
  size_t size;
  unsigned char bytes[];
};

/* One direction: frames read from `from` wait here until they are due at `to`. */
typedef struct
{
  int from, to;
  Frame *first, *last;
} Line;

static int64_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C (1000000000) + time.tv_nsec;
}

static int
open_interface (const char *name)
{
  struct sockaddr_ll address = {
    .sll_family = AF_PACKET,
    .sll_protocol = htons (ETH_P_ALL),
    .sll_ifindex = if_nametoindex (name),
  };
  struct packet_mreq membership = {
    .mr_ifindex = address.sll_ifindex,
    .mr_type = PACKET_MR_PROMISC,
  };
  int on = 1, buffer = SOCKET_BUFFER;
  int fd = socket (AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, htons (ETH_P_ALL));

  if (fd < 0 || address.sll_ifindex == 0 ||
      setsockopt (fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) < 0 ||
      setsockopt (fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) < 0 ||
      setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer) < 0 ||
      bind (fd, (struct sockaddr *) &address, sizeof address) < 0 ||
      setsockopt (fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership, sizeof membership) < 0)
    err (1, "%s", name);
  return fd;
}

static void
take_in (Line *line, int64_t delay)
{
  static unsigned char buffer[FRAME_MAX];
  ssize_t size;

  while ((size = recv (line->from, buffer, sizeof buffer, 0)) > 0)
    {
      Frame *frame = malloc (sizeof *frame + size);

      if (frame == NULL)
        err (1, NULL);
      frame->next = NULL;
      frame->due = now () + delay;
      frame->size = size;
      memcpy (frame->bytes, buffer, size);
      if (line->last != NULL)
        line->last->next = frame;
      else
        line->first = frame;
      line->last = frame;
    }
}

static void
send_due (Line *line)
{
  while (line->first != NULL && line->first->due <= now ())
    {
      Frame *frame = line->first;

      if (send (line->to, frame->bytes, frame->size, 0) < 0 && errno != EAGAIN && errno != ENOBUFS)
        warn ("send");
      line->first = frame->next;
      if (line->first == NULL)
        line->last = NULL;
      free (frame);
    }
}

/* Sleeps until a frame comes in or the next one is due. */
static void
wait_for_work (const Line lines[2])
{
  struct pollfd fds[2] = { { lines[0].from, POLLIN, 0 }, { lines[1].from, POLLIN, 0 } };
  struct timespec *timeout = NULL, rest;
  int64_t due = INT64_MAX;

  for (int i = 0; i < 2; i++)
    if (lines[i].first != NULL && lines[i].first->due < due)
      due = lines[i].first->due;
  if (due != INT64_MAX)
    {
      int64_t left = due - now ();

      left = left < 0 ? 0 : left;
      rest = (struct timespec) { left / 1000000000, left % 1000000000 };
      timeout = &rest;
    }
  if (ppoll (fds, 2, timeout, NULL) < 0 && errno != EINTR)
    err (1, "ppoll");
}

int
main (int argc, char **argv)
{
  Line lines[2] = { 0 };
  int64_t delay;

  if (argc != 4)
    errx (2, "usage: delay INTERFACE INTERFACE MILLISECONDS");
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  prctl (PR_SET_TIMERSLACK, 1000);
  lines[0].from = lines[1].to = open_interface (argv[1]);
  lines[1].from = lines[0].to = open_interface (argv[2]);
  delay = atoll (argv[3]) * 1000000;

  for (;;)
    {
      wait_for_work (lines);
      for (int i = 0; i < 2; i++)
        {
          take_in (&lines[i], delay);
          send_due (&lines[i]);
        }
    }
}
