/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call on the Secret Service: a connection of its own, a time limit that rests while a prompt is
 * shown, and a result that comes exactly once, even if the service never answers. Everything that
 * libsecret calls back with later falls on deaf ears.
 *
 * Each libsecret callback owns a reference on the call, drops it at its end, and asks first
 * whether the call is over.
 */
#pragma once

#define SECRET_API_SUBJECT_TO_CHANGE

#include <libsecret/secret.h>

#include "rst-vault.h"

G_BEGIN_DECLS

typedef struct _RstVaultCall RstVaultCall;

typedef void (*RstVaultNext) (RstVaultCall *call);

struct _RstVaultCall {
  GTask         *task;      /* (owned) (nullable) NULL: it is over */
  GCancellable  *inner;     /* (owned) what libsecret gets */
  SecretService *service;   /* (owned) (nullable) until it is open */
  RstSecretItem *item;      /* (owned) (nullable) */
  RstSecret     *password;  /* (owned) (nullable) what to store */
  GList         *items;     /* (owned) (element-type SecretItem) found */
  GSource       *limit;     /* (owned) (nullable) NULL while a prompt is shown */
  GSource       *cancelled; /* (owned) (nullable) the caller's cancellable */
  gboolean       dismissed; /* the person closed a prompt */
  gboolean       searched;  /* once, so that all is unlocked now */
  RstVaultNext   next;
};

/* Milliseconds; for the tests to shorten. */
extern guint rst_vault_time_limit;

void          rst_vault_call_open           (const RstSecretItem  *item,
                                             RstSecret            *password,
                                             GTask                *task,
                                             RstVaultNext          next);
RstVaultCall *rst_vault_call_ref            (RstVaultCall         *self);
void          rst_vault_call_unref          (RstVaultCall         *self);
gboolean      rst_vault_call_is_over        (RstVaultCall         *self);
void          rst_vault_call_set_prompting  (RstVaultCall         *self,
                                             gboolean              prompting);
void          rst_vault_call_return_boolean (RstVaultCall         *self,
                                             gboolean              value);
void          rst_vault_call_return_int     (RstVaultCall         *self,
                                             int                   value);
void          rst_vault_call_return_secret  (RstVaultCall         *self,
                                             RstSecret            *secret);
void          rst_vault_call_return_error   (RstVaultCall         *self,
                                             GError               *error);
void          rst_vault_search              (RstVaultCall         *self,
                                             RstVaultNext          next);
gboolean      rst_vault_is_absent           (const GError         *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstVaultCall, rst_vault_call_unref)

G_END_DECLS
