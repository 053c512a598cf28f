/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What real servers said, recorded: files of lines that begin with “C: ”, “S: ” or “# ”. A
 * recording answers commands as the server did, whoever asked and in whatever order.
 */
#pragma once

#include "rst-endpoint.h"

G_BEGIN_DECLS

typedef struct _TestRecording TestRecording;

TestRecording *test_recording_new          (RstProtocol    protocol);
void           test_recording_free         (TestRecording *self);
void           test_recording_add          (TestRecording *self,
                                            const char    *path,
                                            gboolean       secured);
GPtrArray     *test_recording_get_greeting (TestRecording *self);
GPtrArray     *test_recording_answer       (TestRecording *self,
                                            const char    *command,
                                            gboolean       secured);
gboolean       test_recording_knows        (TestRecording *self,
                                            const char    *key,
                                            gboolean       secured);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRecording, test_recording_free)

G_END_DECLS
