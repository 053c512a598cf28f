/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * INI files of other programs, such as Mozilla's profiles.ini: sections and keys are read tolerantly,
 * and changes touch only the lines they are about. Comments, order, blank lines and line ends stay.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RstIni RstIni;

RstIni     *rst_ini_new           (const char   *text);
void        rst_ini_free          (RstIni       *self);
GPtrArray  *rst_ini_list_sections (const RstIni *self);
char       *rst_ini_get           (const RstIni *self,
                                   const char   *section,
                                   const char   *key);
void        rst_ini_set           (RstIni       *self,
                                   const char   *section,
                                   const char   *key,
                                   const char   *value);
char       *rst_ini_render        (const RstIni *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstIni, rst_ini_free)

G_END_DECLS
