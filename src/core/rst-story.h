/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A story: a plan lives through events, told step by step.
 *
 * Each step says what happened and why, and holds what the server and every device show, letter by
 * letter, so that text and picture come from the same run.
 */
#pragma once

#include "rst-answers.h"
#include "rst-plan.h"

G_BEGIN_DECLS

/* What stands in one letter's place at the server or at a device. */
typedef enum {
  RST_LETTER_ABSENT,     /* never was here */
  RST_LETTER_MAIL,       /* the mail itself lies here */
  RST_LETTER_SEEN,       /* seen here, lies elsewhere */
  RST_LETTER_COPY,       /* own copy that does not follow the server */
  RST_LETTER_NOT_NOW,    /* cannot be read here for now */
  RST_LETTER_GONE,       /* was here, is no longer; it still is somewhere */
  RST_LETTER_LOST,       /* was here; no copy is left anywhere */
} RstLetterState;

/* The server, a device, or the archive of a device. */
typedef enum {
  RST_PLACE_SERVER,
  RST_PLACE_DEVICE,
  RST_PLACE_ARCHIVE,
} RstPlaceType;

typedef struct {
  RstPlaceType   type;
  RstDeviceKind  kind;
  RstMethod      method;
  guint          device;      /* index of the device, also for its archive; 0 for the server */
  char          *name;
} RstStoryPlace;

typedef struct {
  guint   id;
  guint   day;                /* the day on which it arrived */
  char   *name;               /* "letter 3" */
} RstStoryLetter;

/* Where letters come from that were on no place before. */
#define RST_STORY_OUTSIDE G_MAXUINT

/* A letter is carried from one place to another (indices into places and letters). */
typedef struct {
  guint   letter;
  guint   from;               /* or RST_STORY_OUTSIDE */
  guint   to;
} RstStoryMove;

typedef struct {
  const char *event;          /* (nullable) id of its event; the first step has none */
  guint       day;            /* day of the story, 0 is the first */
  int         actor;          /* index of the place that acted, -1 nobody in the picture */
  int         follow;         /* the letter the step is about, -1 none */
  char       *when;           /* "Monday", "Monday, 14 days later" */
  char       *text;           /* what happens: one sentence, without a full stop */
  char       *why;            /* (nullable) what that means: one sentence, without a full stop */
  guint8     *states;         /* RstLetterState [place * n_letters + letter] */
  char      **summaries;      /* per place: "sees 7 letters, keeps 6 copies"; NULL-terminated */
  GArray     *moves;          /* RstStoryMove */
} RstStoryStep;

typedef struct {
  RstPlan     plan;
  guint       n_letters;
  GPtrArray  *places;         /* RstStoryPlace, the server first */
  GPtrArray  *letters;        /* RstStoryLetter */
  GPtrArray  *steps;          /* RstStoryStep */
} RstStory;

RstStory       *rst_story_new             (RstPlan              plan,
                                           const RstAnswers    *answers,
                                           const char * const  *events,
                                           GError             **error);
RstStory       *rst_story_new_for_devices (GPtrArray           *devices,
                                           const char * const  *events,
                                           GError             **error);
void            rst_story_free            (RstStory            *self);
RstLetterState  rst_story_get_state       (const RstStory      *self,
                                           guint                step,
                                           guint                place,
                                           guint                letter);
char           *rst_story_describe_step   (const RstStory      *self,
                                           guint                step);
const char     *rst_letter_state_get_nick (RstLetterState       state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstStory, rst_story_free)

G_END_DECLS
