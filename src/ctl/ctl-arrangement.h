/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The devices of the mixing check: the accounts found in the mail programs of this computer, and
 * what the person says of other devices.
 */
#pragma once

#include "ctl-await.h"
#include "rst-mixing.h"
#include "rst-scan.h"

G_BEGIN_DECLS

/* The programs here that read one mailbox. */
typedef struct {
  char       *address; /* (owned) */
  GPtrArray  *devices; /* (owned) (element-type RstDevice) */
  RstRemoval  removal; /* what earlier looks at it saw */
} CtlMailbox;

void             ctl_mailbox_free         (CtlMailbox        *self);
RstScan         *ctl_scan                 (CtlAwait          *await,
                                           GError           **error);
RstDevice       *ctl_device_from_account  (const RstClient   *client,
                                           const RstAccount  *account);
GPtrArray       *ctl_parse_devices        (char * const      *texts,
                                           GError           **error);
GPtrArray       *ctl_list_mailboxes       (RstScan           *scan);
RstMixingReport *ctl_check_mixing         (GPtrArray         *devices,
                                           const char        *address,
                                           const RstRemoval  *removal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlMailbox, ctl_mailbox_free)

G_END_DECLS
