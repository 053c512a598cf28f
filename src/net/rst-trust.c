/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which certificate authorities are trusted: the system's, and, if asked for, those of one more
 * file. GLib can read a database from one file only, so both are put into one file in memory.
 */
#include "rst-probe.h"

#include "rst-authorities.h"
#include "rst-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* No file of authorities is larger (bytes); the system's has some 200 KB. */
#define FILE_MAX (4 * 1024 * 1024)

/* Where distributions keep the system's authorities in one file. */
static const char * const bundles[] = {
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
};

static gboolean
fail_file (const char *path,
           const char *reason,
           GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, RST_ERROR, RST_ERROR_FILE, _("The certificate file “%s” cannot be used: %s"),
               shown, reason);
  return FALSE;
}

/* Only an ordinary file of sensible size: a device or a pipe could keep us for ever. */
static gboolean
copy_file (const char *path,
           int         to,
           GError    **error)
{
  int from = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;
  gssize copied = 0;
  gboolean ok = FALSE;

  if (from < 0 || fstat (from, &info) != 0)
    fail_file (path, g_strerror (errno), error);
  else if (!S_ISREG (info.st_mode) || info.st_size > FILE_MAX)
    fail_file (path, _("it is not an ordinary file, or too large"), error);
  else
    {
      g_autofree char *buffer = g_malloc ((gsize) info.st_size + 1);

      errno = EIO; /* what a file that shrank meanwhile amounts to */
      copied = read (from, buffer, (gsize) info.st_size);
      ok = copied == info.st_size && write (to, buffer, (gsize) copied) == copied &&
           write (to, "\n", 1) == 1;
      if (!ok)
        fail_file (path, g_strerror (errno), error);
    }
  if (from >= 0)
    close (from);
  return ok;
}

static const char *
find_bundle (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bundles); i++)
    if (access (bundles[i], R_OK) == 0)
      return bundles[i];
  return NULL;
}

static void
close_memory (gpointer data)
{
  close (GPOINTER_TO_INT (data));
}

static char *
memory_path (int memory)
{
  return g_strdup_printf ("/proc/self/fd/%d", memory);
}

/* The database reads its file again when it is first used, so the memory has to live as long. */
static GTlsDatabase *
open_memory (int      memory,
             GError **error)
{
  g_autofree char *path = memory_path (memory);
  GTlsDatabase *database = g_tls_file_database_new (path, error);

  if (database == NULL)
    return NULL;
  g_object_set_data_full (G_OBJECT (database), "rst-memory", GINT_TO_POINTER (memory),
                          close_memory);
  return database;
}

/* That there is a certificate at all: a file without one would make an empty database. Looks at the
 * bounded copy: the file may be another one by now. */
static gboolean
check_copy (const char *path,
            int         memory,
            GError    **error)
{
  g_autofree char *copy = memory_path (memory);
  g_autoptr (GError) local = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (copy, &local);

  if (certificates == NULL)
    return fail_file (path, local != NULL ? local->message : _("there is no certificate in it"),
                      error);
  g_list_free_full (certificates, g_object_unref);
  return TRUE;
}

/**
 * rst_probe_load_trust:
 * @ca_file: (nullable): a PEM file with further authorities
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the authorities to trust: the system's and those of
 * @ca_file; %NULL with %RST_ERROR_FILE if @ca_file cannot be read or holds no certificate
 */
GTlsDatabase *
rst_probe_load_trust (const char  *ca_file,
                      GError     **error)
{
  const char *bundle = find_bundle ();
  g_autoptr (GTlsDatabase) database = NULL;
  int memory;

  if (ca_file == NULL)
    return rst_authorities_get_default ();
  memory = memfd_create ("authorities", MFD_CLOEXEC);
  if (memory < 0)
    {
      fail_file (ca_file, g_strerror (errno), error);
      return NULL;
    }
  if (copy_file (ca_file, memory, error) && check_copy (ca_file, memory, error) &&
      (bundle == NULL || copy_file (bundle, memory, error)) &&
      (database = open_memory (memory, error)) != NULL)
    return rst_authorities_new (database);
  close (memory);
  return NULL;
}
