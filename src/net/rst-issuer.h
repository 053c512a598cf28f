/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who hands out access tokens for a mail account (OAuth 2.0, RFC 6749), and as which registered
 * client this program asks: the <oAuth2> element of a settings file, completed by the issuer's own
 * description of itself (RFC 8414, OpenID Connect Discovery). Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char     *id;            /* (owned) (nullable) the issuer as an https URL (RFC 8414 section 2) */
  char     *auth_url;      /* (owned) (nullable) where the person signs in; NULL: ask the issuer */
  char     *token_url;     /* (owned) (nullable) where the token is; NULL: ask the issuer */
  char     *scope;         /* (owned) (nullable) what the token is to allow */
  char     *client_id;     /* (owned) */
  char     *client_secret; /* (owned) (nullable) known to all who have the file (RFC 8252 section 8.5) */
  gboolean  names_itself;  /* it says in each answer who it is (RFC 9207) */
} RstIssuer;

/* The texts of the element, as they stand in the file. */
typedef struct {
  char *issuer;        /* (owned) (nullable) */
  char *scope;         /* (owned) (nullable) */
  char *auth_url;      /* (owned) (nullable) */
  char *token_url;     /* (owned) (nullable) */
  char *client_id;     /* (owned) (nullable) */
  char *client_secret; /* (owned) (nullable) */
} RstIssuerTexts;

void       rst_issuer_texts_set    (RstIssuerTexts       *self,
                                    const char           *element,
                                    const char           *text);
void       rst_issuer_texts_clear  (RstIssuerTexts       *self);

RstIssuer *rst_issuer_new          (const RstIssuerTexts *texts,
                                    GError              **error);
RstIssuer *rst_issuer_ref          (RstIssuer            *self);
void       rst_issuer_unref        (RstIssuer            *self);
RstIssuer *rst_issuer_copy         (const RstIssuer      *self);
gboolean   rst_issuer_is_complete  (const RstIssuer      *self);
char      *rst_issuer_get_host     (const RstIssuer      *self);
char      *rst_issuer_metadata_url (const RstIssuer      *self,
                                    guint                 attempt);
gboolean   rst_issuer_read_metadata (RstIssuer           *self,
                                    GBytes               *document,
                                    GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstIssuer, rst_issuer_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RstIssuerTexts, rst_issuer_texts_clear)

G_END_DECLS
