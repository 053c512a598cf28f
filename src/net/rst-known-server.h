/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the list of providers says about a mail server, for who knows only its name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *rst_known_server_wants_app_password (const char *host);

G_END_DECLS
