/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What programs read: one JSON object a run, or a line, with "version": 1. Members are only ever added.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "rst-account.h"
#include "rst-advice.h"
#include "rst-facts.h"
#include "rst-mixing.h"

G_BEGIN_DECLS

JsonBuilder *ctl_json_new      (void);
void         ctl_json_print    (JsonBuilder           *self);
void         ctl_json_print_line (JsonBuilder         *self);
void         ctl_json_text     (JsonBuilder           *self,
                                const char            *text);
void         ctl_json_string   (JsonBuilder           *self,
                                const char            *name,
                                const char            *value);
void         ctl_json_int      (JsonBuilder           *self,
                                const char            *name,
                                gint64                 value);
void         ctl_json_bool     (JsonBuilder           *self,
                                const char            *name,
                                gboolean               value);
void         ctl_json_ms       (JsonBuilder           *self,
                                const char            *name,
                                gint64                 microseconds);
void         ctl_json_strv     (JsonBuilder           *self,
                                const char            *name,
                                const char * const    *values);
void         ctl_json_list     (JsonBuilder           *self,
                                const char            *name,
                                GPtrArray             *values);
void         ctl_json_error    (JsonBuilder           *self,
                                const GError          *error);
void         ctl_json_endpoint (JsonBuilder           *self,
                                const RstEndpoint     *endpoint);
const char  *ctl_json_copies   (RstLeave               leave);
void         ctl_json_account  (JsonBuilder           *self,
                                const RstAccount      *account);
void         ctl_json_devices  (JsonBuilder           *self,
                                const char            *name,
                                GPtrArray             *devices);
void         ctl_json_facts    (JsonBuilder           *self,
                                const RstFacts        *facts);
void         ctl_json_advice   (JsonBuilder           *self,
                                const RstAdvice       *advice);
void         ctl_json_mixing   (JsonBuilder           *self,
                                const RstMixingReport *report);

G_END_DECLS
