/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Works on copies of a Mozilla profile's key4.db and cert9.db with Mozilla's own library, NSS, which is
 * one per process and is not linked but looked for: the program's own copy first. Runs in a private
 * folder, its only argument; knows nothing of the profile.
 *
 * Standard input: the password (an empty line for none), then for each sign-in a line `user NAME`, and
 * under it a line `old NAME-BLOB PASSWORD-BLOB` for each encrypted name and password that are stored for
 * the same server. Before them, lines `ca BASE64`: certificates that become authorities for TLS servers.
 * Standard output: `locked` if the store has a primary password; otherwise for each sign-in a line
 * `NAME-BLOB PASSWORD-BLOB OLD-NAME-BLOB`, the last being the one that is for the same name, or `-`; or
 * `same` if that name has this password already.
 */
#include <glib.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Seconds after which the child ends itself. */
#define TIME_LIMIT 20

#define MAX_LINE 65536

/* The part of NSS's interface that is used, as in nss.h, pk11pub.h, pk11sdr.h, cert.h, seccomon.h;
 * declared here so that neither headers nor library are needed to build. */
typedef struct {
  int type;
  unsigned char *data;
  unsigned int len;
} Item;

typedef struct {
  unsigned int ssl, email, code;
} Trust;

enum {
  INIT_NO_MODULES = 0x4,
  INIT_NO_ROOTS = 0x10,
  VALID_AUTHORITY = 1 << 3,
  TRUSTED_AUTHORITY = 1 << 4,
};

static struct {
  int (*initialize) (const char *folder, const char *cert_prefix, const char *key_prefix, const char *modules,
                     guint32 flags);
  int (*shutdown) (void);
  void *(*key_slot) (void);
  int (*needs_login) (void *slot);
  int (*needs_user_init) (void *slot);
  int (*init_pin) (void *slot, const char *officer, const char *user);
  int (*encrypt) (Item *key, Item *in, Item *out, void *context);
  int (*decrypt) (Item *in, Item *out, void *context);
  void (*free_item) (Item *item, int free_struct);
  void *(*decode_cert) (void *handle, Item *der, char *nickname, int permanent, int copy);
  int (*import_cert) (void *slot, void *cert, unsigned long key, const char *nickname, int trust);
  int (*get_trust) (const void *cert, Trust *trust);
  int (*change_trust) (void *handle, void *cert, Trust *trust);
  void *(*cert_db) (void);
  void (*destroy_cert) (void *cert);
  void (*free_slot) (void *slot);
} nss;

static const struct {
  const char *name;
  gpointer *function;
} symbols[] = {
  { "NSS_Initialize", (gpointer *) &nss.initialize },
  { "NSS_Shutdown", (gpointer *) &nss.shutdown },
  { "PK11_GetInternalKeySlot", (gpointer *) &nss.key_slot },
  { "PK11_NeedLogin", (gpointer *) &nss.needs_login },
  { "PK11_NeedUserInit", (gpointer *) &nss.needs_user_init },
  { "PK11_InitPin", (gpointer *) &nss.init_pin },
  { "PK11SDR_Encrypt", (gpointer *) &nss.encrypt },
  { "PK11SDR_Decrypt", (gpointer *) &nss.decrypt },
  { "SECITEM_ZfreeItem", (gpointer *) &nss.free_item },
  { "CERT_NewTempCertificate", (gpointer *) &nss.decode_cert },
  { "PK11_ImportCert", (gpointer *) &nss.import_cert },
  { "CERT_GetCertTrust", (gpointer *) &nss.get_trust },
  { "CERT_ChangeCertTrust", (gpointer *) &nss.change_trust },
  { "CERT_GetDefaultCertDB", (gpointer *) &nss.cert_db },
  { "CERT_DestroyCertificate", (gpointer *) &nss.destroy_cert },
  { "PK11_FreeSlot", (gpointer *) &nss.free_slot },
};

/* Mozilla's copy finds its neighbours only if they are there already. */
static gpointer
open_library (const char *folder)
{
  static const char * const neighbours[] = { "libnspr4.so", "libplc4.so", "libplds4.so", "libmozsqlite3.so",
                                             "libnssutil3.so" };
  g_autofree char *path = g_build_filename (folder, "libnss3.so", NULL);

  if (*folder != '\0' && !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  for (gsize i = 0; *folder != '\0' && i < G_N_ELEMENTS (neighbours); i++)
    {
      g_autofree char *neighbour = g_build_filename (folder, neighbours[i], NULL);

      (void) dlopen (neighbour, RTLD_NOW | RTLD_GLOBAL);
    }
  return dlopen (*folder != '\0' ? path : "libnss3.so", RTLD_NOW | RTLD_GLOBAL);
}

static gboolean
load_library (void)
{
  static const char * const folders[] = { "/usr/lib/thunderbird", "/usr/lib64/thunderbird",
                                          "/opt/thunderbird", "" };
  gpointer library = NULL;
  gboolean complete;

  for (gsize i = 0; library == NULL && i < G_N_ELEMENTS (folders); i++)
    library = open_library (folders[i]);
  complete = library != NULL;
  for (gsize i = 0; complete && i < G_N_ELEMENTS (symbols); i++)
    {
      *symbols[i].function = dlsym (library, symbols[i].name);
      complete = *symbols[i].function != NULL;
    }
  return complete;
}

static char *
encrypt (const char *text)
{
  Item key = { 0 }, out = { 0 };
  Item in = { .data = (unsigned char *) text, .len = (unsigned int) strlen (text) };
  char *blob;

  if (nss.encrypt (&key, &in, &out, NULL) != 0)
    return NULL;
  blob = g_base64_encode (out.data, out.len);
  nss.free_item (&out, 0);
  return blob;
}

static gboolean
decrypts_to (const char *blob,
             const char *text)
{
  gsize length;
  g_autofree guchar *data = g_base64_decode (blob, &length);
  Item in = { .data = data, .len = (unsigned int) length }, out = { 0 };
  gboolean same;

  if (nss.decrypt (&in, &out, NULL) != 0)
    return FALSE;
  same = out.len == strlen (text) && memcmp (out.data, text, out.len) == 0;
  nss.free_item (&out, 0);
  return same;
}

static gboolean
is_trusted (const void *cert)
{
  Trust trust = { 0 };

  return nss.get_trust (cert, &trust) == 0 && (trust.ssl & TRUSTED_AUTHORITY) != 0;
}

static gboolean
import_authority (void       *slot,
                  const char *base64,
                  guint       number)
{
  g_autofree char *nickname = g_strdup_printf ("Restante %u", number);
  gsize length;
  g_autofree guchar *data = g_base64_decode (base64, &length);
  Item der = { .data = data, .len = (unsigned int) length };
  Trust trust = { .ssl = VALID_AUTHORITY | TRUSTED_AUTHORITY };
  void *cert = nss.decode_cert (nss.cert_db (), &der, NULL, 0, 1);
  gboolean done;

  if (cert == NULL)
    return FALSE;
  done = is_trusted (cert) ||
         (nss.import_cert (slot, cert, 0, nickname, 0) == 0 &&
          nss.change_trust (nss.cert_db (), cert, &trust) == 0);
  nss.destroy_cert (cert);
  return done;
}

/* One line of standard input without its end, to be wiped; NULL at the end. */
static char *
read_line (void)
{
  static char line[MAX_LINE];

  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\n")] = '\0';
  return line;
}

/* What is known about one sign-in. */
typedef struct {
  char *user;    /* (owned) (nullable) */
  char *old;     /* (owned) (nullable) the encrypted name that stands for @user */
  gboolean same; /* and has this password */
} Login;

static void
login_clear (Login *login)
{
  g_clear_pointer (&login->user, g_free);
  g_clear_pointer (&login->old, g_free);
  login->same = FALSE;
}

static gboolean
print_login (const Login *login,
             const char  *password)
{
  g_autofree char *user_blob = NULL;
  g_autofree char *password_blob = NULL;

  if (login->same)
    {
      puts ("same");
      return TRUE;
    }
  user_blob = encrypt (login->user);
  password_blob = encrypt (password);
  if (user_blob == NULL || password_blob == NULL)
    return FALSE;
  printf ("%s %s %s\n", user_blob, password_blob, login->old != NULL ? login->old : "-");
  return TRUE;
}

/* @blobs: an encrypted name and an encrypted password. */
static void
take_old (Login      *login,
          const char *blobs,
          const char *password)
{
  g_auto (GStrv) words = g_strsplit (blobs, " ", 2);

  if (g_strv_length (words) != 2 || !decrypts_to (words[0], login->user))
    return;
  login->old = g_strdup (words[0]);
  login->same = decrypts_to (words[1], password);
}

static gboolean
serve (void       *slot,
       const char *password,
       Login      *login)
{
  const char *line;
  guint n = 0;

  while ((line = read_line ()) != NULL)
    if (g_str_has_prefix (line, "user "))
      {
        if (login->user != NULL && !print_login (login, password))
          return FALSE;
        login_clear (login);
        login->user = g_strdup (line + strlen ("user "));
      }
    else if (login->user != NULL && login->old == NULL && g_str_has_prefix (line, "old "))
      take_old (login, line + strlen ("old "), password);
    else if (g_str_has_prefix (line, "ca ") && !import_authority (slot, line + strlen ("ca "), ++n))
      return FALSE;
  return login->user == NULL || print_login (login, password);
}

static gboolean
work_with (void       *slot,
           const char *password)
{
  Login login = { 0 };
  gboolean done;

  if (nss.needs_user_init (slot) && nss.init_pin (slot, NULL, "") != 0)
    return FALSE;
  if (nss.needs_login (slot))
    {
      puts ("locked");
      return TRUE;
    }
  done = serve (slot, password, &login);
  login_clear (&login);
  return done;
}

static gboolean
work (const char *folder,
      const char *password)
{
  g_autofree char *config = g_strconcat ("sql:", folder, NULL);
  gboolean done;
  void *slot;

  if (nss.initialize (config, "", "", "secmod.db", INIT_NO_MODULES | INIT_NO_ROOTS) != 0)
    return FALSE;
  slot = nss.key_slot ();
  done = slot != NULL && work_with (slot, password);
  if (slot != NULL)
    nss.free_slot (slot);
  return nss.shutdown () == 0 && done;
}

int
main (int   argc,
      char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  char password[2048];
  const char *line;
  gboolean done;

  (void) setrlimit (RLIMIT_CORE, &no_core);
  (void) prctl (PR_SET_DUMPABLE, 0);
  (void) setvbuf (stdin, NULL, _IONBF, 0);
  alarm (TIME_LIMIT);
  if (argc != 2 || (line = read_line ()) == NULL ||
      g_strlcpy (password, line, sizeof password) >= sizeof password)
    return 2;
  explicit_bzero ((char *) line, strlen (line));
  if (!load_library ())
    return 3;
  done = work (argv[1], password);
  explicit_bzero (password, sizeof password);
  return fflush (stdout) == 0 && done ? 0 : 1;
}
