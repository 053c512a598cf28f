/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Secret Service that misbehaves in one chosen way. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  FAKE_SILENT,            /* answers nothing at all */
  FAKE_REFUSES,           /* cannot make entries, and says so with markup and a bidi override */
  FAKE_PROMPT_DISMISSED,  /* locked; the prompt is closed at once */
  FAKE_PROMPT_OPEN,       /* locked; the prompt is never closed */
  FAKE_PROMPT_WRONG_TYPE, /* locked; the prompt ends with a result of the wrong type */
  FAKE_KEEPS,             /* has our entry; the prompt before deleting or making one is closed at once */
} FakeSecrets;

void     fake_secrets_start         (FakeSecrets behaviour);
void     fake_secrets_stop          (void);
void     fake_secrets_drop_item     (void);
gboolean fake_secrets_was_prompting (void);
gboolean fake_secrets_was_dismissed (void);

G_END_DECLS
