/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Providers in Japan known to this program.
 */
#include "rst-providers.h"

#include <glib/gi18n-lib.h>

#define FLAG(name) RST_PROVIDER_##name
#define SOFTBANK "https://www.softbank.jp/en/mobile/iphone/service/mail/email_i/", "2026-11"
#define SONET "https://www.nuro.jp/hikari/option/mail/imap/", "2026-11"
#define BIGLOBE "https://faq.support.biglobe.ne.jp/faq_detail.html?faq_id=12820", "2026-11"

const RstProvider rst_providers_japan[] = {
  { "Yahoo! JAPAN", "yahoo.co.jp ymail.ne.jp", NULL,
    "imaps://imap.mail.yahoo.co.jp pop3s://pop.mail.yahoo.co.jp "
    "submissions://smtp.mail.yahoo.co.jp",
    FLAG (LOCAL) | FLAG (SWITCH_ON), RST_ORIGIN_LISTS,
    RST_FACTS ({ RST_PROVIDER_FACT_UNUSED, 180, "http://info.mail.yahoo.co.jp/guidelines/mail.html",
                 "2026-11" }) },
  { "Yahoo! BB", "ybb.ne.jp", NULL,
    "pop3s://ybbpop.mail.yahoo.co.jp submissions://ybbsmtp.mail.yahoo.co.jp",
    FLAG (LOCAL), RST_ORIGIN_DATABASE },
  { "docomo", "docomo.ne.jp", NULL, "imaps://imap.spmode.ne.jp submissions://smtp.spmode.ne.jp",
    FLAG (OWN_USER) | FLAG (MAIL_PASSWORD) | FLAG (NO_POP) | FLAG (DROPS_OLDEST), RST_ORIGIN_HELP },
  { "SoftBank", "i.softbank.jp", NULL, "imaps://imap.softbank.jp submissions://smtp.softbank.jp",
    FLAG (LOCAL) | FLAG (MAIL_PASSWORD) | FLAG (NO_POP) | FLAG (DROPS_OLDEST),
    RST_ORIGIN_DATABASE, RST_FACTS ({ RST_PROVIDER_FACT_QUOTA, 200 * RST_MEGABYTE, SOFTBANK },
                                    { RST_PROVIDER_FACT_MESSAGES, 5000, SOFTBANK }) },
  { "OCN", "ocn.ne.jp .ocn.ne.jp", NULL,
    "pop3s://pop.ocn.ne.jp imaps://imap.ocn.ne.jp submissions://smtp.ocn.ne.jp",
    FLAG (MAIL_PASSWORD), RST_ORIGIN_LISTS },
  { "So-net", "so-net.ne.jp .so-net.ne.jp", NULL,
    "imaps://imap.so-net.ne.jp submission://mail.so-net.ne.jp",
    FLAG (MAIL_PASSWORD) | FLAG (IMAP_PAID), RST_ORIGIN_LISTS,
    RST_FACTS ({ RST_PROVIDER_FACT_QUOTA, 3 * RST_GIGABYTE, SONET },
               { RST_PROVIDER_FACT_EXPIRES, 2 * 365, SONET }) },
  { "BIGLOBE", "biglobe.ne.jp .biglobe.ne.jp", NULL,
    "imaps://mail.biglobe.ne.jp pop3s://mail.biglobe.ne.jp submissions://mail.biglobe.ne.jp",
    FLAG (MAIL_PASSWORD), RST_ORIGIN_HELP,
    RST_FACTS ({ RST_PROVIDER_FACT_QUOTA, 5 * RST_GIGABYTE, BIGLOBE },
               { RST_PROVIDER_FACT_UNUSED, 90, BIGLOBE }) },
  { "@nifty", "nifty.com", NULL,
    "pop3s://pop.nifty.com imaps://imap.nifty.com submissions://smtp.nifty.com",
    FLAG (LOCAL) | FLAG (IMAP_PAID), RST_ORIGIN_LISTS },
  { "IIJmio", "iijmio-mail.jp", NULL, "pop3://mbox.iijmio-mail.jp submission://mbox.iijmio-mail.jp",
    FLAG (DOTTED), RST_ORIGIN_DATABASE },
  { "mopera U", "mopera.net", NULL,
    "imaps://mail.mopera.net pop3s://mail.mopera.net submissions://mail.mopera.net "
    "submission://mail.mopera.net",
    FLAG (LOCAL), RST_ORIGIN_DATABASE },
  { "Sakura Internet", ".sakura.ne.jp", NULL,
    "imaps://%EMAILDOMAIN% pop3s://%EMAILDOMAIN% submissions://%EMAILDOMAIN% "
    "submission://%EMAILDOMAIN%",
    0, RST_ORIGIN_LISTS },
  { NULL },
};
