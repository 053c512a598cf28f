/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks for mail programs on this computer: which are installed, their profiles, whether they run,
 * and the accounts they have. Reads only; every file is opened with the bounds of rst-file.h.
 */
#pragma once

#include <gio/gio.h>

#include "rst-client.h"

G_BEGIN_DECLS

typedef struct {
  RstProfile *profile;  /* (owned) */
  GPtrArray  *accounts; /* (owned) (element-type RstAccount) */
  gboolean    running;  /* the program has this profile open */
} RstFoundProfile;

typedef struct {
  const RstClient *client;
  gboolean         installed; /* an executable was found */
  GPtrArray       *profiles;  /* (owned) (element-type RstFoundProfile) */
  RstFiles        *files;     /* (owned) what was read, the input of RstClient.plan */
  GError          *error;     /* (owned) (nullable) a file that could not be read */
} RstFoundClient;

typedef struct _RstScan RstScan;

#define RST_TYPE_SCAN (rst_scan_get_type ())

GType            rst_scan_get_type       (void);
RstScan         *rst_scan_ref            (RstScan             *self);
void             rst_scan_unref          (RstScan             *self);
void             rst_scan_async          (GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
RstScan         *rst_scan_finish         (GAsyncResult        *result,
                                          GError             **error);
GPtrArray       *rst_scan_get_clients    (RstScan             *self);
RstFoundClient  *rst_scan_find           (RstScan             *self,
                                          const char          *client_id);
RstFoundProfile *rst_found_client_default (RstFoundClient     *self);
RstSetup        *rst_scan_plan           (RstScan             *self,
                                          RstFoundClient      *found,
                                          const RstAccount    *account,
                                          GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstScan, rst_scan_unref)

G_END_DECLS
