/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What travels between the loop of discovery and its sources, as plain data: an ask (what to fetch), and
 * the reply to it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No settings file is longer (bytes); the longest known has 9 KB. */
#define RST_REPLY_MAX (256 * 1024)

/**
 * RstAskKind:
 * @RST_ASK_FILE: the file at this path
 * @RST_ASK_HTTPS: the document at this URL
 * @RST_ASK_HTTP: the document at this URL, over an unprotected connection
 * @RST_ASK_POST: what this URL answers to a body of XML
 * @RST_ASK_HOST: the addresses of this host
 * @RST_ASK_ANY_HOST: the addresses of a host of random name under this domain, which exists only
 *   if every name does
 * @RST_ASK_SRV: the service records (RFC 2782) of this name
 * @RST_ASK_MX: the mail exchangers (RFC 5321 section 5.1) of this domain
 * @RST_ASK_TXT: the texts (RFC 1035 section 3.3.14) of this name
 */
typedef enum {
  RST_ASK_FILE,
  RST_ASK_HTTPS,
  RST_ASK_HTTP,
  RST_ASK_POST,
  RST_ASK_HOST,
  RST_ASK_ANY_HOST,
  RST_ASK_SRV,
  RST_ASK_MX,
  RST_ASK_TXT,
} RstAskKind;

typedef struct {
  RstAskKind  kind;
  char       *name; /* (owned) path, URL or DNS name */
  char       *body; /* (owned) (nullable) what to post */
  gboolean    stay; /* https: follow no redirect to another owner's host, since it tells the address */
} RstAsk;

/**
 * RstReplyStatus:
 * @RST_REPLY_OK: there is an answer
 * @RST_REPLY_NOTHING: the answer is that there is nothing
 * @RST_REPLY_FAILED: no answer, or not one that can be trusted
 */
typedef enum {
  RST_REPLY_OK,
  RST_REPLY_NOTHING,
  RST_REPLY_FAILED,
} RstReplyStatus;

typedef struct {
  guint16  priority;
  guint16  weight;
  guint16  port;
  char    *target; /* (owned) as received; "" or ".": not offered */
} RstSrv;

typedef struct {
  RstAsk         *ask;       /* (owned) */
  RstReplyStatus  status;
  char           *detail;    /* (owned) (nullable) translated: why there is no answer */
  GBytes         *body;      /* (owned) (nullable) file, https: at most RST_REPLY_MAX bytes */
  char           *host;      /* (owned) (nullable) https: the host that gave it, after redirects */
  guint           code;      /* https: the status, or 0 */
  GPtrArray      *visited;   /* (owned) (element-type utf8) https: the URLs that were really sent, in order */
  GPtrArray      *records;   /* (owned) (element-type RstSrv) SRV, MX (priority and target only) */
  GPtrArray      *texts;     /* (owned) (element-type utf8) TXT, the strings of each joined */
  GPtrArray      *addresses; /* (owned) (element-type GInetAddress) hosts */
} RstReply;

RstAsk   *rst_ask_new          (RstAskKind      kind,
                                const char     *name);
RstAsk   *rst_ask_copy         (const RstAsk   *self);
void      rst_ask_free         (RstAsk         *self);
gboolean  rst_ask_is_web       (const RstAsk   *self);
gboolean  rst_ask_equal        (const RstAsk   *a,
                                const RstAsk   *b);
char     *rst_ask_describe     (const RstAsk   *self);

RstReply *rst_reply_new        (const RstAsk   *ask);
RstReply *rst_reply_copy       (const RstReply *self);
void      rst_reply_free       (RstReply       *self);
void      rst_reply_fail       (RstReply       *self,
                                RstReplyStatus  status,
                                char           *detail);
void      rst_reply_add_record (RstReply       *self,
                                guint16         priority,
                                guint16         weight,
                                guint16         port,
                                const char     *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAsk, rst_ask_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReply, rst_reply_free)

G_END_DECLS
