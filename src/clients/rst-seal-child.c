/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-seal-child.h"

#include "rst-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  gsize size;
  char data[];
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  rst_wipe (input->data, input->size);
  g_free (input);
}

static gboolean
set_unusable (GError **error)
{
  g_set_error_literal (error, RST_ERROR, RST_ERROR_STORE,
                       _("The program’s store of passwords cannot be opened."));
  return FALSE;
}

/* Each certificate of a PEM file (RFC 7468) in one line. */
static void
append_authorities (GString    *out,
                    const char *pem)
{
  static const char begin[] = "-----BEGIN CERTIFICATE-----", end[] = "-----END CERTIFICATE-----";

  for (const char *p = strstr (pem, begin); p != NULL; p = strstr (p, begin))
    {
      const char *last = strstr (p, end);

      if (last == NULL)
        return;
      g_string_append (out, "ca ");
      for (p += strlen (begin); p < last; p++)
        if (!g_ascii_isspace (*p))
          g_string_append_c (out, *p);
      g_string_append_c (out, '\n');
    }
}

static gboolean
is_base64 (const char *text)
{
  while (g_ascii_isalnum (*text) || *text == '+' || *text == '/' || *text == '=')
    text++;
  return *text == '\0';
}

static void
append_login (GString            *out,
              const RstLogins    *logins,
              const RstSealLogin *login)
{
  g_autoptr (GArray) stored = rst_logins_list_for (logins, login->origin);

  g_string_append_printf (out, "user %s\n", login->user);
  for (guint i = 0; i < stored->len; i++)
    {
      const RstLoginBlobs *blobs = &g_array_index (stored, RstLoginBlobs, i);

      if (is_base64 (blobs->name) && is_base64 (blobs->password))
        g_string_append_printf (out, "old %s %s\n", blobs->name, blobs->password);
    }
}

/* What the child reads: put together at once, so that no copy of the password is left behind. */
static GBytes *
make_input (const RstSeal   *seal,
            const RstLogins *logins,
            const char      *pem,
            RstSecret       *secret)
{
  const char *password = secret != NULL ? rst_secret_peek (secret) : "";
  g_autoptr (GString) rest = g_string_new ("\n");
  Input *input;

  if (pem != NULL)
    append_authorities (rest, pem);
  for (guint i = 0; secret != NULL && i < seal->logins->len; i++)
    append_login (rest, logins, g_ptr_array_index (seal->logins, i));
  input = g_malloc (sizeof *input + strlen (password) + rest->len);
  input->size = strlen (password) + rest->len;
  memcpy (input->data, password, strlen (password));
  memcpy (input->data + strlen (password), rest->str, rest->len);
  return g_bytes_new_with_free_func (input->data, input->size, input_free, input);
}

/* Next to the program in the folder where it was built, otherwise where it was installed. */
static char *
find_helper (void)
{
  static const char * const built[] = { "../clients/restante-nss", "../src/clients/restante-nss" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");

  for (gsize i = 0; i < G_N_ELEMENTS (built); i++)
    {
      g_autofree char *path = g_build_filename (folder, built[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_build_filename (RST_LIBEXECDIR, "restante-nss", NULL);
}

/**
 * rst_seal_child_run:
 * @seal: the request
 * @logins: the passwords that are stored already
 * @pem: (nullable): authorities to trust
 * @password: (nullable): the password for all sign-ins of @seal, %NULL to store none
 * @folder: the folder with the copies
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Lets the child work in @folder.
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL with %RST_ERROR_STORE or an error of GIO
 */
char *
rst_seal_child_run (const RstSeal    *seal,
                    const RstLogins  *logins,
                    const char       *pem,
                    RstSecret        *password,
                    const char       *folder,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GBytes) input = make_input (seal, logins, pem, password);
  g_autofree char *helper = find_helper ();
  g_autofree char *home = g_strconcat ("HOME=", folder, NULL);
  const char *environment[] = { "LC_ALL=C", home, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) output = NULL;
  gsize size;
  const char *data;

  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  child = g_subprocess_launcher_spawn (launcher, error, helper, folder, NULL);
  if (child == NULL)
    return NULL;
  if (!g_subprocess_communicate (child, input, cancellable, &output, NULL, error))
    {
      g_subprocess_force_exit (child);
      return NULL;
    }
  if (!g_subprocess_get_successful (child))
    {
      set_unusable (error);
      return NULL;
    }
  data = g_bytes_get_data (output, &size);
  return g_strndup (data != NULL ? data : "", size);
}

/**
 * rst_seal_child_take:
 * @seal: the request
 * @output: what the child said
 * @with_password: whether it was given a password
 * @logins: where to put the encrypted passwords
 * @error: return location for an error
 *
 * Understands the child. What it finds stored already stays as it is.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_STORE
 */
gboolean
rst_seal_child_take (const RstSeal  *seal,
                     const char     *output,
                     gboolean        with_password,
                     RstLogins      *logins,
                     GError        **error)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  if (g_strcmp0 (lines[0], "locked") == 0)
    {
      g_set_error (error, RST_ERROR, RST_ERROR_STORE, _("%s has a primary password."), seal->program);
      return FALSE;
    }
  if (g_strv_length (lines) < (with_password ? seal->logins->len : 0))
    return set_unusable (error);
  for (guint i = 0; with_password && i < seal->logins->len; i++)
    {
      const RstSealLogin *login = g_ptr_array_index (seal->logins, i);
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (g_str_equal (lines[i], "same"))
        continue;
      if (g_strv_length (words) != 3)
        return set_unusable (error);
      rst_logins_put (logins, login->origin, words[0], words[1],
                      g_str_equal (words[2], "-") ? NULL : words[2], g_get_real_time () / 1000);
    }
  return TRUE;
}
