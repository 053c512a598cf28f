/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the wizard asks a page when pages are turned: each passes on to the page's class. */
#include "rst-page.h"

/**
 * rst_page_skip:
 * @self: a page
 *
 * Returns: whether there is nothing to show on it now
 */
gboolean
rst_page_skip (RstPage *self)
{
  g_return_val_if_fail (RST_IS_PAGE (self), FALSE);

  return RST_PAGE_GET_CLASS (self)->skip != NULL && RST_PAGE_GET_CLASS (self)->skip (self);
}

/**
 * rst_page_is_settled:
 * @self: a page
 *
 * Returns: whether it need not be shown again after an earlier page was changed
 */
gboolean
rst_page_is_settled (RstPage *self)
{
  g_return_val_if_fail (RST_IS_PAGE (self), FALSE);

  return RST_PAGE_GET_CLASS (self)->is_settled == NULL || RST_PAGE_GET_CLASS (self)->is_settled (self);
}

/**
 * rst_page_apply:
 * @self: a page
 *
 * Puts what was entered into the journey.
 *
 * Returns: %FALSE if something has to be corrected first; the page then shows what
 */
gboolean
rst_page_apply (RstPage *self)
{
  g_return_val_if_fail (RST_IS_PAGE (self), FALSE);

  return RST_PAGE_GET_CLASS (self)->apply == NULL || RST_PAGE_GET_CLASS (self)->apply (self);
}

/**
 * rst_page_commit_async:
 * @self: a page
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does what has to be done before the next page may come.
 */
void
rst_page_commit_async (RstPage             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (RST_IS_PAGE (self));

  RST_PAGE_GET_CLASS (self)->commit_async (self, cancellable, callback, user_data);
}

/**
 * rst_page_commit_finish:
 * @self: a page
 * @result: what the callback got
 *
 * Returns: whether to go on
 */
gboolean
rst_page_commit_finish (RstPage      *self,
                        GAsyncResult *result)
{
  g_return_val_if_fail (RST_IS_PAGE (self), FALSE);

  return RST_PAGE_GET_CLASS (self)->commit_finish (self, result);
}
