/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A transcript, FILE.talk: what a server does, what we must answer, and what must come out. The
 * same file is played to the pure dialogue and, by a server, to the real probe.
 *
 *   protocol imap|pop3|smtp      security starttls|tls      certificate NAME      host NAME
 *   user NAME      password REST-OF-LINE      token TOKEN      timeout MS      pace byte      eol lf|split|cr
 *   network            only a real connection shows what is tested here
 *   error KIND|none    says TEXT      within MS      signed-in MECHANISM|no
 *   cause NICK         try TEXT (what the person is told to try)
 *   capability WORD    no-capability WORD      auth WORD      no-auth WORD
 *   fact NAME VALUE    no-fact NAME            greeting TEXT  silent-on TEXT    clear-greeting TEXT
 *   told-clear WORD…   told-encrypted WORD…    told-signed-in WORD…    (all words that were listed then)
 *   ---
 *   S: line to send    C: line to expect   C* pattern to expect    raw ESCAPED    flood BYTES TEXT
 *   lines NUMBER TEXT  chunks NUMBER TEXT (of HTTP)  tls   close   wait MS   swallow   head
 *
 * In lines of both sides %plain% is the initial response of PLAIN for user and password, %user64%
 * and %password64% are their base64, and %password% is the password. With a token %xoauth2% is the
 * message of XOAUTH2, and %oauthbearer% how that of OAUTHBEARER begins. Lines sent one after the other
 * leave in one piece, and `# ` begins a remark. In `raw` the byte \\001 stands for a nul byte.
 * `swallow` reads whatever comes once, `head` all lines up to an empty one.
 */
#pragma once

#include "rst-probe.h"

G_BEGIN_DECLS

typedef struct {
  char verb;    /* 'S', 'C', '*' (a pattern), 'r' (raw), 'f' (flood), 'l' (lines), 'k' (chunks), 't',
                   'x' (close), 'w', 'e' (swallow), 'h' (head) */
  char *text;   /* (owned) */
  guint number;
} TestItem;

typedef struct {
  char        *name;        /* (owned) */
  RstProtocol  protocol;
  RstSecurity  security;
  char        *certificate; /* (owned) */
  char        *host;        /* (owned) */
  char        *user;        /* (owned) (nullable) */
  char        *password;    /* (owned) (nullable) */
  gboolean     token;       /* it is an access token */
  guint        timeout_ms;
  guint        within_ms;
  gboolean     pace_byte;
  char        *eol;         /* (owned) "crlf", "lf", "cr" (two carriage returns), "split" */
  gboolean     network;
  GPtrArray   *expected;    /* (element-type utf8) (owned) lines such as "error tamper" */
  GArray      *items;       /* (element-type TestItem) (owned) */
  guint16      upstream;    /* not 0: TLS is left to a server on this port of 127.0.0.1 */
} TestScript;

TestScript  *test_script_load       (const char       *path);
TestScript  *test_script_parse      (const char       *name,
                                     const char       *text);
void         test_script_free       (TestScript       *self);
RstEndpoint *test_script_endpoint   (const TestScript *self,
                                     guint16           port);
RstSecret   *test_script_secret     (const TestScript *self);
void         test_item_append_raw   (const TestItem   *item,
                                     GString          *out);
gboolean     test_item_matches      (const TestItem   *item,
                                     const char       *line);
void         test_script_check      (const TestScript *self,
                                     const RstFacts   *facts);
void         test_script_check_leak (const TestScript *self,
                                     const char       *text);
GPtrArray   *test_find_files        (const char       *folder,
                                     const char       *suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestScript, test_script_free)

G_END_DECLS
