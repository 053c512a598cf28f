/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the plug-ins have in common: reading a text that must not be lost, telling an account that is
 * there already from one that is in the way, names that are still free, and the edits and secrets
 * that a plan is made of.
 */
#pragma once

#include "rst-block.h"
#include "rst-client.h"

G_BEGIN_DECLS

/* What a program already has for a mailbox. */
typedef enum {
  RST_PRESENT_NOT,
  RST_PRESENT_SAME,
  RST_PRESENT_OTHER, /* with other settings */
} RstPresent;

/* Walks over the lines of a text and knows whose managed block a line is in. */
typedef struct {
  char **lines; /* (owned) without line ends */
  guint  next;
  char  *owner; /* (owned) (nullable) the address that the block around the line is about */
} RstLines;

void        rst_lines_init         (RstLines          *self,
                                    const char        *text);
void        rst_lines_clear        (RstLines          *self);
const char *rst_lines_next         (RstLines          *self);

char       *rst_config_read        (const RstFiles    *files,
                                    const char        *path,
                                    GError           **error);
RstAccount *rst_config_account     (const char        *owner,
                                    const char        *user,
                                    const char        *host);
gboolean    rst_config_login       (RstLogin          *login,
                                    RstProtocol        protocol,
                                    RstSecurity        security,
                                    const char        *host,
                                    guint              port,
                                    const char        *user);
RstPresent  rst_config_present     (const RstClient   *client,
                                    GPtrArray         *accounts,
                                    const RstAccount  *account);
gboolean    rst_config_conflict    (const RstClient   *client,
                                    const RstAccount  *account,
                                    const char        *path,
                                    GError           **error);
char       *rst_config_free_name   (GPtrArray         *taken,
                                    const char        *wanted);
void        rst_config_add_text    (RstSetup          *setup,
                                    const RstFiles    *files,
                                    const char        *path,
                                    guint              mode,
                                    const char        *text,
                                    const char        *summary);
void        rst_config_add_folder  (RstSetup          *setup,
                                    const char        *path);
void        rst_config_add_secret  (RstSetup          *setup,
                                    const RstAccount  *account,
                                    const RstLogin    *login);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RstLines, rst_lines_clear)

G_END_DECLS
