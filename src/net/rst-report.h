/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a search for servers went, as text to be copied and given to somebody who helps. It does not say
 * who the person is (rst-redact.h); hosts and facts are in it.
 */
#pragma once

#include "rst-discovery.h"

G_BEGIN_DECLS

char *rst_report_new             (RstDiscovery       *discovery);
char *rst_report_explain_choice  (RstDiscovery       *discovery,
                                  RstProtocol         protocol);
char *rst_report_describe_source (const RstSourceReport *report);

G_END_DECLS
