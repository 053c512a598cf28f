/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page table: which pages the wizard has, and in what order. */
#pragma once

#include "rst-page.h"

G_BEGIN_DECLS

/* A page of the wizard. A page with a question is told apart by it. */
typedef struct
{
  const char *id;
  GType     (*get_type) (void);
} RstPageEntry;

extern const RstPageEntry rst_pages[];
extern const guint        rst_n_pages;

#define RST_TYPE_PAGE_START      (rst_page_start_get_type ())
#define RST_TYPE_PAGE_QUESTION   (rst_page_question_get_type ())
#define RST_TYPE_PAGE_DEVICELIST (rst_page_devicelist_get_type ())
#define RST_TYPE_PAGE_ANSWERS    (rst_page_answers_get_type ())
#define RST_TYPE_PAGE_ADVICE     (rst_page_advice_get_type ())
#define RST_TYPE_PAGE_SERVERS    (rst_page_servers_get_type ())
#define RST_TYPE_PAGE_SIGNIN     (rst_page_signin_get_type ())
#define RST_TYPE_PAGE_BROWSER    (rst_page_browser_get_type ())
#define RST_TYPE_PAGE_PROGRAMS   (rst_page_programs_get_type ())
#define RST_TYPE_PAGE_MIXING     (rst_page_mixing_get_type ())
#define RST_TYPE_PAGE_REVIEW     (rst_page_review_get_type ())
#define RST_TYPE_PAGE_DONE       (rst_page_done_get_type ())

G_DECLARE_FINAL_TYPE (RstPageStart, rst_page_start, RST, PAGE_START, RstPage)
G_DECLARE_FINAL_TYPE (RstPageQuestion, rst_page_question, RST, PAGE_QUESTION, RstPage)
G_DECLARE_FINAL_TYPE (RstPageDevicelist, rst_page_devicelist, RST, PAGE_DEVICELIST, RstPage)
G_DECLARE_FINAL_TYPE (RstPageAnswers, rst_page_answers, RST, PAGE_ANSWERS, RstPage)
G_DECLARE_FINAL_TYPE (RstPageAdvice, rst_page_advice, RST, PAGE_ADVICE, RstPage)
G_DECLARE_FINAL_TYPE (RstPageServers, rst_page_servers, RST, PAGE_SERVERS, RstPage)
G_DECLARE_FINAL_TYPE (RstPageSignin, rst_page_signin, RST, PAGE_SIGNIN, RstPage)
G_DECLARE_FINAL_TYPE (RstPageBrowser, rst_page_browser, RST, PAGE_BROWSER, RstPage)
G_DECLARE_FINAL_TYPE (RstPagePrograms, rst_page_programs, RST, PAGE_PROGRAMS, RstPage)
G_DECLARE_FINAL_TYPE (RstPageMixing, rst_page_mixing, RST, PAGE_MIXING, RstPage)
G_DECLARE_FINAL_TYPE (RstPageReview, rst_page_review, RST, PAGE_REVIEW, RstPage)
G_DECLARE_FINAL_TYPE (RstPageDone, rst_page_done, RST, PAGE_DONE, RstPage)

G_END_DECLS
