/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help pages that the core points to, each the name of a file help/C/NAME.page. What the core
 * says (a question, an event, a reason, a warning, a finding) names its page by one of these.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RST_TOPIC_BASICS   "what-are-pop-and-imap"
#define RST_TOPIC_CHOOSING "which-to-choose"
#define RST_TOPIC_MIXING   "mixing"
#define RST_TOPIC_AFTER    "after-the-setup"
#define RST_TOPIC_PASSWORD "password"

G_END_DECLS
