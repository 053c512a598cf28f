/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-advice-rows.h"

#include "rst-help-library.h"
#include "rst-questions.h"
#include "rst-tag-row.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

static const char *
icon_of_key (RstKey key)
{
  static const char *icons[RST_N_KEYS] = {
    [RST_KEY_DEVICES] = "phone-symbolic",
    [RST_KEY_PEOPLE] = "system-users-symbolic",
    [RST_KEY_PLACES] = "mark-location-symbolic",
    [RST_KEY_SWITCHING] = "view-refresh-symbolic",
    [RST_KEY_SPACE] = "drive-harddisk-symbolic",
    [RST_KEY_OLDMAIL] = "document-save-symbolic",
    [RST_KEY_OUTAGE] = "network-server-symbolic",
    [RST_KEY_SERVERLOSS] = "dialog-warning-symbolic",
    [RST_KEY_CONNECTION] = "network-wireless-symbolic",
    [RST_KEY_PRIVACY] = "system-lock-screen-symbolic",
    [RST_KEY_OFFERS] = "network-server-symbolic",
    [RST_KEY_QUOTA] = "drive-harddisk-symbolic",
    [RST_KEY_EXPIRES] = "alarm-symbolic",
    [RST_KEY_EXISTING] = "computer-symbolic",
  };

  return key < RST_N_KEYS ? icons[key] : "mail-unread-symbolic";
}

static const char *
icon_of_event (const char *event)
{
  static const struct {
    const char *part;
    const char *icon;
  } icons[] = {
    { "server", "network-server-symbolic" },
    { "full", "drive-harddisk-symbolic" },
    { "computer", "computer-symbolic" },
    { "device", "phone-symbolic" },
    { "stolen", "phone-symbolic" },
    { "delete", "user-trash-symbolic" },
    { "mistake", "user-trash-symbolic" },
    { "send", "document-send-symbolic" },
    { "read", "mail-read-symbolic" },
    { "folder", "folder-symbolic" },
    { "away", "web-browser-symbolic" },
    { "person", "system-users-symbolic" },
    { "service", "emblem-synchronizing-symbolic" },
    { "expiry", "alarm-symbolic" },
    { "intruder", "dialog-warning-symbolic" },
    { "offline", "airplane-mode-symbolic" },
    { "old", "document-open-recent-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (strstr (event, icons[i].part) != NULL)
      return icons[i].icon;
  return "mail-unread-symbolic";
}

/* Kept has a tick, waiting a clock, attention a triangle, lost a cross; red is for lost only. */
static const struct {
  const char *icon;
  RstTint     tint;
} outcome_looks[RST_N_OUTCOMES] = {
  [RST_OUTCOME_KEPT] = { "object-select-symbolic", RST_TINT_GOOD },
  [RST_OUTCOME_DIFFERS] = { "view-dual-symbolic", RST_TINT_PLAIN },
  [RST_OUTCOME_DOUBLED] = { "edit-copy-symbolic", RST_TINT_PLAIN },
  [RST_OUTCOME_ELSEWHERE] = { "dialog-warning-symbolic", RST_TINT_WARNING },
  [RST_OUTCOME_EXPOSED] = { "view-reveal-symbolic", RST_TINT_WARNING },
  [RST_OUTCOME_NOT_NOW] = { "document-open-recent-symbolic", RST_TINT_WARNING },
  [RST_OUTCOME_REFUSED] = { "mail-reply-sender-symbolic", RST_TINT_WARNING },
  [RST_OUTCOME_PARTLY_LOST] = { "window-close-symbolic", RST_TINT_BAD },
  [RST_OUTCOME_LOST] = { "window-close-symbolic", RST_TINT_BAD },
};

/**
 * rst_reason_row_new:
 * @reason: a reason
 *
 * Returns: (transfer floating): a row; one that rests on an answer leads back to its question
 */
GtkWidget *
rst_reason_row_new (const RstReason *reason)
{
  g_autofree char *title = reason->source != NULL
    ? g_strdup_printf (C_("reason", "%s (%s)"), reason->title, reason->source)
    : g_strdup (reason->title);
  GtkWidget *row = rst_row_new_disc (icon_of_key (reason->key), RST_TINT_PLAIN, title, reason->text);
  g_autofree char *name = NULL;

  if (rst_questions_find (reason->key) == NULL)
    return row;
  name = g_strdup_printf (_("%s. %s Change this answer"), title, reason->text);
  rst_row_set_action (row, "document-edit-symbolic", "wizard.change", rst_key_get_nick (reason->key));
  rst_row_set_name (row, name);
  return row;
}

static const RstConsequence *
find_consequence (const RstAdvice *advice,
                  const char      *event)
{
  for (guint i = 0; i < advice->consequences->len; i++)
    {
      const RstConsequence *consequence = g_ptr_array_index (advice->consequences, i);

      if (g_str_equal (consequence->event, event))
        return consequence;
    }
  return NULL;
}

/* The weightiest event that would end otherwise than it does with @advice. */
static char *
describe_difference (const RstWhatIf  *what_if,
                     const RstAdvice  *advice,
                     const RstAnswers *answers)
{
  RstAnswers changed = *answers;
  g_autoptr(GPtrArray) others = NULL;

  rst_answers_set (&changed, what_if->key, what_if->value);
  others = rst_advice_compare (&changed, what_if->plan);
  for (guint i = 0; i < others->len; i++)
    {
      const RstConsequence *other = g_ptr_array_index (others, i);
      const RstConsequence *now = find_consequence (advice, other->event);

      if (now != NULL && now->outcome != other->outcome)
        /* Translators: an event, how it would end, and how it ends now:
         * “The server loses its mail: kept …” */
        return g_strdup_printf (_("%s: “%s” instead of “%s”"), other->title,
                                rst_outcome_get_name (other->outcome), rst_outcome_get_name (now->outcome));
    }
  return NULL;
}

/**
 * rst_what_if_row_new:
 * @what_if: one answer changed
 * @advice: the advice that it would change
 * @answers: the answers for it
 *
 * Returns: (transfer floating): a row that opens to the other advice
 */
GtkWidget *
rst_what_if_row_new (const RstWhatIf  *what_if,
                     const RstAdvice  *advice,
                     const RstAnswers *answers)
{
  g_autofree char *difference = describe_difference (what_if, advice, answers);
  g_autofree char *answer = g_strdup_printf ("%s=%u", rst_key_get_nick (what_if->key), what_if->value);
  GtkWidget *row = rst_expander_new (what_if->title, rst_plan_get_mode (what_if->plan) == RST_METHOD_POP
                                                       ? _("POP instead")
                                                       : _("IMAP"));
  GtkWidget *inside = rst_row_new (what_if->text, difference);
  GtkWidget *use = g_object_new (GTK_TYPE_BUTTON,
                                 "label", _("Use This Answer"),
                                 "valign", GTK_ALIGN_CENTER,
                                 "action-name", "page.use",
                                 NULL);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (use))), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (use), "s", answer);
  adw_action_row_add_suffix (ADW_ACTION_ROW (inside), use);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inside);
  return row;
}

/**
 * rst_consequence_row_new:
 * @consequence: what an event does to the mail
 *
 * Returns: (transfer floating): a row; leads to its help page if there is one
 */
GtkWidget *
rst_consequence_row_new (const RstConsequence *consequence)
{
  GtkWidget *row = rst_tag_row_new (icon_of_event (consequence->event), consequence->title, consequence->text,
                                    outcome_looks[consequence->outcome].icon,
                                    rst_outcome_get_name (consequence->outcome),
                                    outcome_looks[consequence->outcome].tint);

  gtk_widget_add_css_class (row, "rst-full");
  if (rst_help_library_has (consequence->help))
    rst_row_set_action (row, "go-next-symbolic", "app.help", consequence->help);
  return row;
}

/**
 * rst_warning_row_new:
 * @warning: a warning
 *
 * Returns: (transfer floating): a row; leads to its help page if there is one
 */
GtkWidget *
rst_warning_row_new (const RstWarning *warning)
{
  gboolean info = warning->severity == RST_SEVERITY_INFO;
  GtkWidget *row = rst_row_new_disc (info ? "help-about-symbolic" : "dialog-warning-symbolic",
                                     info ? RST_TINT_PLAIN : RST_TINT_WARNING, warning->title, warning->text);

  gtk_widget_add_css_class (row, "rst-full");
  gtk_widget_add_css_class (row, "rst-emphasis");
  if (rst_help_library_has (warning->help))
    rst_row_set_action (row, "go-next-symbolic", "app.help", warning->help);
  return row;
}

/**
 * rst_sureness_tag_new:
 * @sureness: how sure an advice is
 *
 * Returns: (transfer floating): a tag
 */
GtkWidget *
rst_sureness_tag_new (RstSureness sureness)
{
  static const struct {
    const char *icon;
    RstTint     tint;
  } looks[] = {
    [RST_SURENESS_CLEAR] = { "object-select-symbolic", RST_TINT_ACCENT },
    [RST_SURENESS_CLOSE] = { "view-dual-symbolic", RST_TINT_PLAIN },
    [RST_SURENESS_FORCED] = { "changes-prevent-symbolic", RST_TINT_PLAIN },
  };

  return rst_tag_new (looks[sureness].icon, rst_sureness_get_name (sureness), looks[sureness].tint);
}
