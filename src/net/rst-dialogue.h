/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * THE SHAPE of a protocol: lines in, steps out. A dialogue is pure: no I/O, no callbacks, no clock.
 * It is one file, dialogue-NAME.c, and one name in the list of meson.build; the file ends with its
 * constant table entry, `const RstDialogue rst_dialogue_NAME`.
 *
 * What drives it is rst-talk.c (limits, parsing, dispatch) and, for the bytes, rst-probe.c.
 */
#pragma once

#include <glib.h>

#include "rst-endpoint.h"

G_BEGIN_DECLS

typedef struct _RstDialogue RstDialogue;
typedef struct _RstTalk RstTalk;

/**
 * RstStep:
 * @RST_STEP_READ: wait for the next line
 * @RST_STEP_SEND: send what was said, then wait for the next line
 * @RST_STEP_SECURE: the server agreed to TLS: upgrade the connection, then report it
 * @RST_STEP_DONE: nothing more to ask
 * @RST_STEP_FAIL: no use in going on; an error is set
 *
 * What a dialogue wants next.
 */
typedef enum {
  RST_STEP_READ,
  RST_STEP_SEND,
  RST_STEP_SECURE,
  RST_STEP_DONE,
  RST_STEP_FAIL,
} RstStep;

/**
 * RstPhase:
 * @RST_PHASE_CONNECT: looking up the name and connecting
 * @RST_PHASE_HANDSHAKE: TLS handshake
 * @RST_PHASE_GREETING: waiting for the server's greeting
 * @RST_PHASE_CAPABILITIES: asking what the server can do
 * @RST_PHASE_STARTTLS: asking for encryption
 * @RST_PHASE_SIGN_IN: signing in
 * @RST_PHASE_MAILBOX: asking about the mailbox
 * @RST_PHASE_GOODBYE: taking leave
 *
 * Where a probe is, for time limits and for messages that say where it stopped.
 */
typedef enum {
  RST_PHASE_CONNECT,
  RST_PHASE_HANDSHAKE,
  RST_PHASE_GREETING,
  RST_PHASE_CAPABILITIES,
  RST_PHASE_STARTTLS,
  RST_PHASE_SIGN_IN,
  RST_PHASE_MAILBOX,
  RST_PHASE_GOODBYE,
} RstPhase;

#define RST_N_PHASES 8

/**
 * RstReplyKind:
 * @RST_REPLY_PARTIAL: the line goes on, nothing to act upon yet
 * @RST_REPLY_DATA: one line of an answer that is not complete
 * @RST_REPLY_PROMPT: the server wants more from us (`+`, 334)
 * @RST_REPLY_END: the last line of an answer
 */
typedef enum {
  RST_REPLY_PARTIAL,
  RST_REPLY_DATA,
  RST_REPLY_PROMPT,
  RST_REPLY_END,
} RstReplyKind;

/* One line as its protocol understands it. The strings live until the next line. */
typedef struct {
  RstReplyKind kind;
  gboolean     ok;     /* END: the server agreed */
  const char *status;  /* IMAP: "OK", "NO", "BAD", "BYE", "PREAUTH" or what an untagged line is
                          about;  POP3: "+OK", "-ERR"; SMTP: the three digits */
  const char  *code;   /* (nullable) what stands in brackets, or SMTP's enhanced status code */
  const char  *text;   /* the rest */
} RstReply;

/* One state: its name in traces, its phase, and what reads the reply that is waited for in it. An answer that
 * exceeds the limits or comes too late is an error, unless the state has something to say of that; then the
 * conversation ends well. */
typedef struct {
  const char *name;
  RstPhase    phase;
  RstStep     (*read) (RstTalk        *talk,
                       const RstReply *reply,
                       GError        **error);
  void        (*cut)  (RstTalk        *talk);
} RstState;

struct _RstDialogue {
  RstProtocol     protocol;
  const char     *service;    /* the protocol's name for SASL */
  const char     *goodbye;    /* what to say when leaving, without the line end */
  gsize           max_answer; /* most bytes in one answer, … */
  guint           max_lines;  /* … and most lines */
  const RstState *states;     /* state 0 waits for the greeting */

  /* Takes one line apart; @line may be altered and lives until the next one. FALSE with @error set
   * if the line breaks the protocol. */
  gboolean        (*parse)   (RstTalk   *talk,
                              char      *line,
                              gsize      end_length,
                              RstReply  *reply,
                              GError   **error);
  /* TLS has just been established after RST_STEP_SECURE; all that was heard before is forgotten. */
  RstStep         (*secured) (RstTalk   *talk,
                              GError   **error);
};

extern const RstDialogue * const rst_dialogues[];

G_END_DECLS
