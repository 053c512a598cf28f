/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How soon programs show their first window, by turns on one X display:
 *
 *   tests/with-display bench-start RUNS PROGRAM PROGRAM…
 *
 * Each starts in a home folder of its own, new in every run. Mapped: there is a window; painted: it
 * shows some colours. Prints medians, and their ratio to those of the first program.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEAST_WIDTH 120
#define LEAST_HEIGHT 80
#define COLOURS 12
#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define STEP_US 2000

typedef struct {
  const char *program;
  GArray     *mapped;  /* microseconds a run */
  GArray     *painted;
} Candidate;

/* A window may be gone by the time it is asked about. */
static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  return 0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static double
median_ms (GArray *times)
{
  g_array_sort (times, compare);
  return g_array_index (times, gint64, times->len / 2) / 1000.0;
}

static Window
find_window (Display *display)
{
  Window root, parent, *children = NULL;
  Window found = None;
  unsigned int n = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n))
    return None;
  for (unsigned int i = 0; i < n && found == None; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (display, children[i], &attributes) && attributes.map_state == IsViewable &&
          attributes.width >= LEAST_WIDTH && attributes.height >= LEAST_HEIGHT)
        found = children[i];
    }
  if (children != NULL)
    XFree (children);
  return found;
}

static gboolean
is_painted (Display *display,
            Window   window)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);
  XWindowAttributes attributes;
  XImage *image;

  if (!XGetWindowAttributes (display, window, &attributes))
    return FALSE;
  image = XGetImage (display, window, 0, 0, (unsigned) attributes.width, (unsigned) attributes.height,
                     AllPlanes, ZPixmap);
  if (image == NULL)
    return FALSE;
  for (int y = 0; y < image->height && g_hash_table_size (colours) <= COLOURS; y++)
    for (int x = 0; x < image->width; x++)
      g_hash_table_add (colours, GSIZE_TO_POINTER (XGetPixel (image, x, y) + 1));
  XDestroyImage (image);
  return g_hash_table_size (colours) > COLOURS;
}

static pid_t
start (const char *program,
       const char *home)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  g_setenv ("HOME", home, TRUE);
  g_unsetenv ("XDG_CONFIG_HOME");
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("XDG_CACHE_HOME");
  setpgid (0, 0);
  execl (program, program, NULL);
  _exit (127);
}

static void
measure (Display   *display,
         Candidate *candidate)
{
  g_autofree char *home = g_dir_make_tmp ("bench-start-XXXXXX", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", home);
  gint64 begin = g_get_monotonic_time ();
  pid_t child = start (candidate->program, home);
  Window window = None;
  gint64 mapped = 0, painted = 0;

  while (painted == 0 && g_get_monotonic_time () - begin < PATIENCE_US)
    {
      if (window == None && (window = find_window (display)) != None)
        mapped = g_get_monotonic_time () - begin;
      if (window != None && is_painted (display, window))
        painted = g_get_monotonic_time () - begin;
      g_usleep (STEP_US);
    }
  kill (-child, SIGKILL);
  waitpid (child, NULL, 0);
  while (find_window (display) != None)
    g_usleep (STEP_US);
  if (system (remove) != 0 || painted == 0)
    g_error ("%s shows nothing", candidate->program);
  g_array_append_val (candidate->mapped, mapped);
  g_array_append_val (candidate->painted, painted);
}

int
main (int    argc,
      char **argv)
{
  Display *display = XOpenDisplay (NULL);
  int runs = argc > 2 ? atoi (argv[1]) : 0;
  g_autofree Candidate *candidates = g_new0 (Candidate, MAX (argc, 2));
  double least[2] = { 0 };

  if (display == NULL || runs < 1)
    {
      fprintf (stderr, "Usage: with-display bench-start RUNS PROGRAM PROGRAM…\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  for (int i = 0; i < argc - 2; i++)
    candidates[i] = (Candidate) { argv[i + 2], g_array_new (FALSE, FALSE, sizeof (gint64)),
                                  g_array_new (FALSE, FALSE, sizeof (gint64)) };
  for (int run = 0; run < runs; run++)
    for (int i = 0; i < argc - 2; i++)
      measure (display, &candidates[i]);
  for (int i = 0; i < argc - 2; i++)
    {
      double mapped = median_ms (candidates[i].mapped);
      double painted = median_ms (candidates[i].painted);
      g_autofree char *name = g_path_get_basename (candidates[i].program);

      if (i == 0)
        {
          least[0] = mapped;
          least[1] = painted;
        }
      printf ("%-12s mapped %4.0f ms (%.2f), painted %4.0f ms (%.2f)\n", name, mapped, mapped / least[0],
              painted, painted / least[1]);
      g_array_unref (candidates[i].mapped);
      g_array_unref (candidates[i].painted);
    }
  XCloseDisplay (display);
  return 0;
}
