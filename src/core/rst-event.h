/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events: short scripts over the world. One table in rst-event.c; an event added there appears
 * in the consequence table, in the advice, in stories and in the tests.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RstEvent RstEvent;

guint           rst_events_get_n    (void);
const RstEvent *rst_events_get      (guint       index);
char           *rst_events_list_ids (void);
const RstEvent *rst_events_find     (const char *id);

const char *rst_event_get_id      (const RstEvent *self);
const char *rst_event_get_title   (const RstEvent *self);
gboolean    rst_event_is_in_table (const RstEvent *self);

G_END_DECLS
