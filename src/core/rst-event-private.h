/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of an event: its script, and what the advice needs to weigh it.
 */
#pragma once

#include "rst-answers.h"
#include "rst-event.h"
#include "rst-world.h"

G_BEGIN_DECLS

/* Who plays which part: indices of devices. With one device, computer and phone are the same. */
typedef struct {
  guint computer;   /* the main device; it keeps the archive if there is one */
  guint phone;      /* the device that is carried about */
  guint guest;      /* the device that the event brings along, if it does */
  guint expiry;     /* days after which this provider deletes mail, if it does */
} RstCast;

/* A device that only this event needs. */
typedef enum {
  RST_GUEST_NONE,
  RST_GUEST_BROWSER,
  RST_GUEST_PERSON,
  RST_GUEST_SERVICE,
} RstGuest;

/* On which devices an event is judged. */
typedef enum {
  RST_VIEWER_EVERYBODY,
  RST_VIEWER_PHONE,
  RST_VIEWER_GUEST,
} RstViewer;

/* The letters that an event is about, as bits; all of them for a catastrophe. */
typedef guint64 RstLetters;
#define RST_LETTERS_ALL G_MAXUINT64
#define RST_LETTERS_MAX 64

/* Room for one number per event. */
#define RST_MAX_EVENTS 48

/* Size of an ordinary letter, in megabytes. */
#define RST_LETTER_SIZE 2

/* What happens in an event, as operations on the world. A script ends at the moment that is judged,
 * and returns the letters it is about; what it does to them is found by looking at the world, never
 * stated. */
typedef RstLetters (*RstScript) (RstWorld      *world,
                                 const RstCast *cast);

/* An entry is everything there is to an event: its words, its script, and how much it matters by
 * the answer that drives it. The weights are in the unit "how bad would it be, over ten years, if
 * this took all mail away for good": how often it happens times how much it hurts. An event that
 * hits only some mail, or only hides it, counts in proportion (rst-weights.c). */
struct _RstEvent {
  const char *id;
  const char *title;         /* for a person with several devices */
  const char *title_one;     /* (nullable) for a person with one */
  const char *gain;          /* reason: this event is why the plan is better */
  const char *moot;          /* reason: this event is no argument for the other plan */
  const char *remedy;        /* (nullable) what to do against it, in a warning */
  const char *help;
  RstScript   script;        /* what happens, up to the moment that is judged */
  RstScript   after;         /* (nullable) how it ends, after that moment; for stories */
  RstGuest    guest;
  RstViewer   viewer;
  gboolean    needs_two;     /* nothing to see with one device only */
  gboolean    small_device;  /* the phone has little space */
  gboolean    standing;      /* judged against having all mail everywhere, not against before */
  gboolean    rare;          /* so rare that going to another device for the mail is no harm */
  gboolean    wants_gone;    /* the person wants the letter to be gone everywhere */
  gboolean    about_secrets; /* the question is who can read the mail, not where it is */
  gboolean    story_only;    /* a single step for stories; not in the table */
  RstKey      driver;        /* the answer that says how much it matters */
  double      weights[4];    /* by the value of that answer, "not sure" first */
};

/* For events that matter the same whatever the answers: no answer drives them. */
#define RST_ALWAYS RST_KEY_OFFERS
#define RST_SAME(weight) { weight, weight, weight, weight }

extern const RstEvent rst_events_everyday[];
extern const guint    rst_n_events_everyday;
extern const RstEvent rst_events_mishaps[];
extern const guint    rst_n_events_mishaps;

guint       rst_event_get_index  (const RstEvent *self);
void        rst_event_live       (RstWorld       *world,
                                  const RstCast  *cast);
RstLetters  rst_letters_only     (int             letter);
RstDevice  *rst_event_make_guest (RstGuest        guest);
int         rst_event_find_guest (GPtrArray      *devices,
                                  RstGuest        guest);
void        rst_cast_init        (RstCast        *self,
                                  GPtrArray      *devices,
                                  RstGuest        guest);

G_END_DECLS
