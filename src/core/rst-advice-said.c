/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers and facts as sentences: as the first half of a reason, and as a condition.
 */
#include "rst-advice-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *text;      /* "You keep everything" */
  const char *condition; /* "If you keep everything" */
} Said;

#define MAX_VALUES 6

/* By key and value; the first of each is "not sure". */
static const Said said[RST_N_KEYS][MAX_VALUES] = {
  [RST_KEY_DEVICES] = {
    { N_("You are not sure how many devices read this mail"), NULL },
    { N_("You read this mail on one device"), N_("If you read this mail on one device only") },
    { N_("You read this mail on two or more devices"), N_("If you read this mail on two devices") },
  },
  [RST_KEY_PEOPLE] = {
    { N_("You are not sure who else reads this address"), NULL },
    { N_("Only you read this address"), N_("If only you read this address") },
    { N_("Other people read this address too"), N_("If other people read this address too") },
    { N_("A service collects this mail"), N_("If a service collects this mail") },
  },
  [RST_KEY_PLACES] = {
    { N_("You are not sure where you read this mail"), NULL },
    { N_("You read this mail in one place"), N_("If you read this mail in one place only") },
    { N_("You read this mail in several places"), N_("If you read this mail in several places") },
    { N_("You also read in a web browser"), N_("If you also read in a web browser") },
  },
  [RST_KEY_SWITCHING] = {
    { N_("You are not sure how often devices change"), NULL },
    { N_("You change devices every year or two"), N_("If you change devices every year or two") },
    { N_("You change devices now and then"), N_("If you change devices now and then") },
    { N_("You hardly ever change devices"), N_("If you hardly ever change devices") },
  },
  [RST_KEY_SPACE] = {
    { N_("You are not sure how much space there is"), NULL },
    { N_("One of your devices has little space"), N_("If a device has little space") },
    { N_("Your devices have plenty of space"), N_("If your devices have plenty of space") },
  },
  [RST_KEY_OLDMAIL] = {
    { N_("You are not sure about old mail"), NULL },
    { N_("You keep everything"), N_("If you keep everything") },
    { N_("You keep mail for about a year"), N_("If you keep mail for about a year") },
    { N_("You need no old mail"), N_("If you need no old mail") },
  },
  [RST_KEY_OUTAGE] = {
    { N_("You are not sure about reading while the server is away"), NULL },
    { N_("You must be able to read while the server is away"),
      N_("If you must be able to read while the server is away") },
    { N_("You would like to read while the server is away"),
      N_("If you would like to read while the server is away") },
    { N_("You can wait while the server is away"), N_("If you can wait while the server is away") },
  },
  [RST_KEY_SERVERLOSS] = {
    { N_("You are not sure what losing the server’s mail would mean"), NULL },
    { N_("Losing the server’s mail would be a disaster for you"),
      N_("If losing the server’s mail would be a disaster") },
    { N_("You would be sorry to lose the server’s mail"),
      N_("If you would be sorry to lose the server’s mail") },
    { N_("You could live without the server’s mail"),
      N_("If you could live without the server’s mail") },
  },
  [RST_KEY_CONNECTION] = {
    { N_("You are not sure about your connection"), NULL },
    { N_("You are nearly always connected"), N_("If you are nearly always connected") },
    { N_("Your connection is slow, paid by volume, or rare"),
      N_("If your connection is slow, paid by volume, or rare") },
  },
  [RST_KEY_PRIVACY] = {
    { N_("You did not ask for an empty server"), NULL },
    { N_("You want no mail left on the server"), N_("If you want no mail left on the server") },
  },
  [RST_KEY_OFFERS] = {
    { N_("It is not known what the provider offers"), NULL },
    { N_("The provider offers both IMAP and POP"), N_("If the provider offers both") },
    { N_("The provider offers only IMAP"), N_("If the provider offers only IMAP") },
    { N_("The provider offers only POP"), N_("If the provider offers only POP") },
  },
  [RST_KEY_QUOTA] = {
    { N_("It is not known how large the mailbox is"), NULL },
    { N_("The mailbox is small or nearly full"), N_("If the mailbox is small or nearly full") },
    { N_("The mailbox is large"), N_("If the mailbox is large") },
  },
  [RST_KEY_EXPIRES] = {
    { N_("It is not known whether the provider deletes old mail"), NULL },
    { N_("The provider deletes old mail"), N_("If the provider deletes old mail") },
  },
  [RST_KEY_EXISTING] = {
    { N_("It is not known how the address is set up now"), NULL },
    { N_("The address is not set up yet"), N_("If the address is not set up yet") },
    { N_("The address is set up by IMAP already"), N_("If it is set up by IMAP already") },
    { N_("The address is set up by POP, which empties the server"),
      N_("If it is set up by POP, which empties the server") },
    { N_("The address is set up by POP, with copies for some days"),
      N_("If it is set up by POP, with copies for some days") },
    { N_("The address is set up by POP, and copies stay"),
      N_("If it is set up by POP, and copies stay") },
  },
};

static const Said *
find (RstKey key,
      guint  value)
{
  if (key == RST_KEY_EXPIRES)
    value = MIN (value, 1);

  return &said[key][value];
}

/* The answer as a sentence without a full stop. */
const char *
rst_said_get_text (RstKey key,
                   guint  value)
{
  return _(find (key, value)->text);
}

/* The answer as a condition, without what follows from it. */
const char *
rst_said_get_condition (RstKey key,
                        guint  value)
{
  return _(find (key, value)->condition);
}

/* Where a fact was found, as a part of a sentence; NULL if the person said it. */
const char *
rst_evidence_get_text (RstEvidence evidence)
{
  switch (evidence)
    {
    case RST_EVIDENCE_SERVER:
      return _("as the mail server says");
    case RST_EVIDENCE_PROVIDER_LIST:
      return _("as the list of providers says");
    case RST_EVIDENCE_COMPUTER:
      return _("as found on this computer");
    case RST_EVIDENCE_PERSON:
    default:
      return NULL;
    }
}
