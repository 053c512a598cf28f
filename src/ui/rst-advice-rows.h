/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an advice as rows of lists. */
#pragma once

#include <gtk/gtk.h>

#include "rst-advice.h"

G_BEGIN_DECLS

GtkWidget *rst_reason_row_new      (const RstReason      *reason);
GtkWidget *rst_what_if_row_new     (const RstWhatIf      *what_if,
                                    const RstAdvice      *advice,
                                    const RstAnswers     *answers);
GtkWidget *rst_consequence_row_new (const RstConsequence *consequence);
GtkWidget *rst_warning_row_new     (const RstWarning     *warning);
GtkWidget *rst_sureness_tag_new    (RstSureness           sureness);

G_END_DECLS
