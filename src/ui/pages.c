/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plot of the program: its pages in order. PAGE (name) is page-name.c and page-name.ui; each
 * QUESTION is asked if its answer could matter (core/rst-questions.c); any page may find that it has
 * nothing to say and be passed over.
 */
#include "pages.h"

#define PAGE(name) { #name, rst_page_##name##_get_type }
#define QUESTION(key) { #key, rst_page_question_get_type }

const RstPageEntry rst_pages[] = {
  PAGE (start),
  QUESTION (devices),
  PAGE (devicelist),
  QUESTION (people),
  QUESTION (places),
  QUESTION (switching),
  QUESTION (space),
  QUESTION (oldmail),
  QUESTION (outage),
  QUESTION (serverloss),
  QUESTION (connection),
  QUESTION (privacy),
  PAGE (answers),
  PAGE (advice),
  PAGE (servers),
  PAGE (signin),
  PAGE (browser),
  PAGE (programs),
  PAGE (mixing),
  PAGE (review),
  PAGE (done),
};

#undef PAGE
#undef QUESTION

const guint rst_n_pages = G_N_ELEMENTS (rst_pages);
