/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Says what the model makes of a script. Reads the script on standard input, one operation a line,
 * and prints for the server's inbox and for each device the numbers of the letters that lie there:
 *
 *   device NAME:KIND:METHOD[:OPTION]…   as rst_device_parse() reads it; first all devices
 *   arrive · receive DEVICE · delete DEVICE LETTER · file DEVICE LETTER · days N
 *   lose-server · lose-device DEVICE · replace-device DEVICE
 *
 * Letters count from 0 in the order in which they arrive.
 */
#include "rst-world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static guint
find_device (GPtrArray  *devices,
             const char *name)
{
  for (guint i = 0; i < devices->len; i++)
    if (g_strcmp0 (((RstDevice *) devices->pdata[i])->name, name) == 0)
      return i;
  g_printerr ("no device %s\n", name);
  exit (2);
}

static gboolean
run_device_operation (RstWorld   *world,
                      GPtrArray  *devices,
                      char      **words)
{
  guint n = g_strv_length (words);
  guint device = n > 1 ? find_device (devices, words[1]) : 0;
  guint letter = n > 2 ? (guint) atoi (words[2]) : 0;

  if (g_str_equal (words[0], "receive") && n == 2)
    rst_world_receive (world, device);
  else if (g_str_equal (words[0], "delete") && n == 3)
    rst_world_delete (world, device, letter);
  else if (g_str_equal (words[0], "file") && n == 3)
    rst_world_file (world, device, letter);
  else if (g_str_equal (words[0], "lose-device") && n == 2)
    rst_world_lose_device (world, device);
  else if (g_str_equal (words[0], "replace-device") && n == 2)
    rst_world_replace_device (world, device);
  else
    return FALSE;
  return TRUE;
}

static gboolean
run_operation (RstWorld   *world,
               GPtrArray  *devices,
               char      **words)
{
  if (g_str_equal (words[0], "arrive"))
    rst_world_arrive (world, 1);
  else if (g_str_equal (words[0], "days"))
    rst_world_pass_days (world, (guint) atoi (words[1]));
  else if (g_str_equal (words[0], "lose-server"))
    rst_world_lose_server (world);
  else
    return run_device_operation (world, devices, words);
  return TRUE;
}

/* An offline copy of a letter in another folder is not in the program's inbox. */
static gboolean
is_in_inbox (const RstWorld *world,
             guint           device,
             guint           letter)
{
  RstHold hold = rst_world_get_hold (world, device, letter);
  RstFolder folder = rst_world_get_folder (world, letter, NULL);

  return hold == RST_HOLD_OWN ||
         (hold == RST_HOLD_OFFLINE && (folder == RST_FOLDER_INBOX || folder == RST_FOLDER_NONE));
}

static void
print_world (const RstWorld *world,
             GPtrArray      *devices)
{
  printf ("server:");
  for (guint i = 0; i < rst_world_get_n_letters (world); i++)
    if (rst_world_get_folder (world, i, NULL) == RST_FOLDER_INBOX)
      printf (" %u", i);
  printf ("\n");
  for (guint device = 0; device < devices->len; device++)
    {
      printf ("%s:", ((RstDevice *) devices->pdata[device])->name);
      for (guint i = 0; i < rst_world_get_n_letters (world); i++)
        if (is_in_inbox (world, device, i))
          printf (" %u", i);
      printf ("\n");
    }
}

int
main (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  g_autoptr (RstWorld) world = NULL;
  char line[256];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", -1);

      if (words[0] == NULL || words[0][0] == '#' || words[0][0] == '\0')
        continue;
      if (g_str_equal (words[0], "device"))
        {
          g_autoptr (GError) error = NULL;
          RstDevice *device = rst_device_parse (words[1], &error);

          if (device == NULL)
            {
              g_printerr ("%s\n", error->message);
              return 2;
            }
          g_ptr_array_add (devices, device);
          continue;
        }
      if (world == NULL)
        world = rst_world_new (devices);
      if (!run_operation (world, devices, words))
        {
          g_printerr ("what is “%s”?\n", words[0]);
          return 2;
        }
    }
  if (world == NULL)
    return 2;
  print_world (world, devices);
  return 0;
}
