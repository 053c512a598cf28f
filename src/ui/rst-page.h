/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One page of the wizard. A page shows and changes the journey and sets its own properties; it never
 * touches another page or a button of the frame: the wizard derives those from the properties.
 *
 * To add a page: write page-NAME.c and page-NAME.ui, and add one line to pages.c.
 */
#pragma once

#include <adwaita.h>

#include "rst-journey.h"

G_BEGIN_DECLS

#define RST_TYPE_PAGE (rst_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (RstPage, rst_page, RST, PAGE, AdwBin)

/**
 * RstPageClass:
 * @skip: whether the page has nothing to ask or tell now. Asked before each visit
 * @enter: the page is about to be shown; brings it up to date with the journey
 * @is_settled: whether it need not be shown again after an earlier page was changed
 * @apply: puts what was entered into the journey; returns %FALSE to stay
 * @commit_async: does what takes time before the next page may come; may be cancelled
 * @commit_finish: whether to go on. The page itself shows what went wrong
 *
 * What a page can do. Each of them may be left out.
 */
struct _RstPageClass
{
  AdwBinClass parent_class;

  gboolean (*skip)          (RstPage              *self);
  void     (*enter)         (RstPage              *self);
  gboolean (*is_settled)    (RstPage              *self);
  gboolean (*apply)         (RstPage              *self);
  void     (*commit_async)  (RstPage              *self,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  gboolean (*commit_finish) (RstPage              *self,
                             GAsyncResult         *result);
};

const char   *rst_page_get_id          (RstPage              *self);
RstJourney   *rst_page_get_journey     (RstPage              *self);
GCancellable *rst_page_get_cancellable (RstPage              *self);
gboolean      rst_page_skip            (RstPage              *self);
void          rst_page_enter           (RstPage              *self);
void          rst_page_leave           (RstPage              *self);
gboolean      rst_page_is_settled      (RstPage              *self);
gboolean      rst_page_apply           (RstPage              *self);
void          rst_page_commit_async    (RstPage              *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      rst_page_commit_finish   (RstPage              *self,
                                        GAsyncResult         *result);
GActionGroup *rst_page_get_actions     (RstPage              *self);
void          rst_page_add_actions     (RstPage              *self,
                                        const GActionEntry   *entries,
                                        int                   n_entries);
void          rst_page_set_heading     (RstPage              *self,
                                        const char           *heading);
void          rst_page_set_description (RstPage              *self,
                                        const char           *description);
void          rst_page_set_help_topic  (RstPage              *self,
                                        const char           *topic);
void          rst_page_set_complete    (RstPage              *self,
                                        gboolean              complete);
void          rst_page_set_next        (RstPage              *self,
                                        const char           *label,
                                        const char           *action);
void          rst_page_set_secondary   (RstPage              *self,
                                        const char           *label,
                                        const char           *action);
void          rst_page_set_start       (RstPage              *self,
                                        const char           *label,
                                        const char           *action);
void          rst_page_set_status      (RstPage              *self,
                                        const char           *status);
void          rst_page_show_part       (RstPage              *self,
                                        GtkWidget            *part);

G_END_DECLS
