/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a help page: the part of Mallard 1.0 (projectmallard.org) that our pages use, as a tree. What
 * is not in that part is an error, so that a page never shows less than its author wrote.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RST_NODE_TEXT,
  RST_NODE_PAGE,
  RST_NODE_INFO,
  RST_NODE_TITLE,
  RST_NODE_DESC,
  RST_NODE_LINK,
  RST_NODE_SECTION,
  RST_NODE_P,
  RST_NODE_LIST,
  RST_NODE_STEPS,
  RST_NODE_ITEM,
  RST_NODE_NOTE,
  RST_NODE_TABLE,
  RST_NODE_THEAD,
  RST_NODE_TBODY,
  RST_NODE_TR,
  RST_NODE_TD,
  RST_NODE_EM,
  RST_NODE_GUI,
  RST_NODE_APP,
  RST_NODE_CODE,
  RST_NODE_KEY,
} RstNodeKind;

#define RST_N_NODE_KINDS (RST_NODE_KEY + 1)

typedef struct {
  RstNodeKind  kind;
  char        *text;     /* (owned) (nullable) of a text */
  char        *id;       /* (owned) (nullable) of a page or section */
  char        *type;     /* (owned) (nullable) of a page, link or title */
  char        *xref;     /* (owned) (nullable) of a link: the page it leads to */
  char        *style;    /* (owned) (nullable) of a note */
  GPtrArray   *children; /* (owned) (element-type RstNode) */
} RstNode;

typedef enum {
  RST_MALLARD_ERROR_SIZE,
  RST_MALLARD_ERROR_ELEMENT,
  RST_MALLARD_ERROR_ATTRIBUTE,
} RstMallardError;

#define RST_MALLARD_ERROR (rst_mallard_error_quark ())

GQuark         rst_mallard_error_quark (void);
RstNode       *rst_mallard_parse       (const char     *text,
                                        gssize          length,
                                        GError        **error);
void           rst_node_free           (RstNode        *self);
const RstNode *rst_node_find           (const RstNode  *self,
                                        RstNodeKind     kind,
                                        const char     *type);
char          *rst_node_get_text       (const RstNode  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstNode, rst_node_free)

G_END_DECLS
