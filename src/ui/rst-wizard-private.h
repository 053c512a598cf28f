/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure that the two parts of the wizard share: pages (rst-wizard.c) and frame. */
#pragma once

#include "rst-adaptive.h"
#include "rst-search-button.h"
#include "rst-wizard.h"

G_BEGIN_DECLS

struct _RstWizard
{
  AdwApplicationWindow  parent_instance;

  /* Template Widgets */
  RstAdaptive          *adaptive;
  AdwWindowTitle       *window_title;
  GtkStack             *stack;
  GtkActionBar         *action_bar;
  GtkButton            *start_button;
  RstSearchButton      *search_button;
  GtkLabel             *status;
  GtkSpinner           *spinner;
  GtkButton            *secondary_button;
  GtkMenuButton        *more_button; /* holds the secondary action where it is narrow */
  GMenu                *more_menu;
  GtkButton            *next_button;

  /* Borrowed References */
  RstPage             **pages;      /* made when first needed, owned by the stack */

  /* Owned References */
  RstJourney           *journey;
  GCancellable         *committing; /* (nullable) while a page commits */
  GSignalGroup         *page_signals;

  int                   current;
  int                   return_to;  /* a page from which an earlier one is being changed, or -1 */
  gboolean              leaving;    /* the person has agreed to lose what was entered */
};

void rst_wizard_update_frame (RstWizard *self);
void rst_wizard_update_title (RstWizard *self);

G_END_DECLS
