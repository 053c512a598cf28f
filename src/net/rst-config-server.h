/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One server section of a settings file (draft-ietf-mailmaint-autoconfig), first as the text of its
 * elements, then checked and turned into a candidate, or into an extra if it goes with mail. Strict about
 * each value: one that makes no sense costs its section, and no unknown value ever means “without
 * encryption”.
 */
#pragma once

#include "rst-address.h"
#include "rst-candidate.h"
#include "rst-extra.h"

G_BEGIN_DECLS

/* No host, port, name or method is longer (bytes). */
#define RST_CONFIG_VALUE_MAX 255

typedef struct {
  gboolean      incoming;
  gboolean      is_extra; /* it is for something beside mail: @extra */
  RstExtraKind  extra;
  gboolean      local;    /* the file is this computer's own: it may name hosts without a domain */
  char         *type;     /* (owned) (nullable) attribute: imap, pop3, smtp, caldav … */
  char         *host;     /* (owned) (nullable) the first of each … */
  char         *port;     /* (owned) (nullable) */
  char         *socket;   /* (owned) (nullable) */
  char         *url;      /* (owned) (nullable) */
  char         *username; /* (owned) (nullable) */
  char         *leave;    /* (owned) (nullable) <leaveMessagesOnServer> */
  char         *days;     /* (owned) (nullable) <daysToLeaveMessagesOnServer> */
  GPtrArray    *auth;     /* (owned) (element-type utf8) … but all of these, in order */
} RstConfigServer;

RstConfigServer *rst_config_server_new       (gboolean          incoming,
                                              const char       *type);
RstConfigServer *rst_config_server_new_extra (const char       *element,
                                              const char       *type);
void             rst_config_server_free      (RstConfigServer  *self);
void             rst_config_server_set       (RstConfigServer  *self,
                                              gboolean          in_pop3,
                                              const char       *element,
                                              const char       *value);
RstCandidate    *rst_config_server_resolve   (RstConfigServer  *self,
                                              const RstAddress *address,
                                              GError          **error);
RstExtra        *rst_config_server_get_extra (RstConfigServer  *self,
                                              const RstAddress *address,
                                              const char       *source,
                                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstConfigServer, rst_config_server_free)

G_END_DECLS
