/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-copies-row.h"

#include "rst-accessible.h"

#include <glib/gi18n-lib.h>

/* A length is a number of days; nothing and for ever are at the ends. */
#define REMOVED 0
#define KEPT G_MAXUINT

/* Those that are always there; what is suggested and what is chosen come in between. */
static const guint usual[] = { REMOVED, 3, 7, 14, 30, 90, KEPT };

struct _RstCopiesRow
{
  AdwComboRow  parent_instance;

  RstJourney  *journey; /* (owned) (nullable) until it is shown */
  GArray      *lengths; /* (owned) (element-type guint) of the choices */
  gboolean     showing;
};

G_DEFINE_FINAL_TYPE (RstCopiesRow, rst_copies_row, ADW_TYPE_COMBO_ROW)

static guint
get_length (RstLeave leave,
            guint    days)
{
  return leave == RST_LEAVE_DAYS ? days : leave == RST_LEAVE_KEEP ? KEPT : REMOVED;
}

static char *
get_label (guint length)
{
  if (length == REMOVED)
    return g_strdup (C_("copies on the server", "Removed at once"));
  if (length == KEPT)
    return g_strdup (C_("copies on the server", "Kept"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", length), length);
}

static guint
get_suggested (RstCopiesRow *self)
{
  guint days;
  RstLeave leave = rst_journey_suggest_copies (self->journey, &days);

  return get_length (leave, days);
}

static guint
get_chosen (RstCopiesRow *self)
{
  guint days;
  RstLeave leave = rst_journey_get_copies (self->journey, &days);

  return get_length (leave, days);
}

static char *
explain (RstCopiesRow *self)
{
  guint suggested = get_suggested (self);
  guint chosen = get_chosen (self);
  g_autofree char *label = get_label (suggested);

  if (chosen < suggested)
    /* Translators: for how long copies should stay on the server, such as “14 days” or “Kept”. */
    return g_strdup_printf (_("Shorter than suggested (%s). Mail may be gone from the server before your "
                              "other devices have read it."), label);
  if (chosen > suggested)
    /* Translators: for how long copies should stay on the server, such as “14 days” or “Kept”. */
    return g_strdup_printf (_("Longer than suggested (%s)."), label);
  return rst_journey_explain_copies (self->journey);
}

/* Both what is chosen and why are read out. */
static void
update_reason (RstCopiesRow *self)
{
  g_autofree char *reason = explain (self);
  g_autofree char *label = get_label (get_chosen (self));
  g_autofree char *description = g_strdup_printf ("%s. %s", label, reason);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), reason);
  rst_accessible_describe (GTK_WIDGET (self), description);
}

static void
selected_cb (RstCopiesRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  guint length;

  if (self->showing || self->journey == NULL || selected >= self->lengths->len)
    return;
  length = g_array_index (self->lengths, guint, selected);
  rst_journey_choose_copies (self->journey,
                             length == REMOVED ? RST_LEAVE_REMOVE
                             : length == KEPT ? RST_LEAVE_KEEP : RST_LEAVE_DAYS,
                             length == KEPT ? 0 : length);
  update_reason (self);
}

/* In order, and each only once. */
static void
add_length (GArray *lengths,
            guint   length)
{
  guint at = 0;

  while (at < lengths->len && g_array_index (lengths, guint, at) < length)
    at++;
  if (at == lengths->len || g_array_index (lengths, guint, at) != length)
    g_array_insert_val (lengths, at, length);
}

/**
 * rst_copies_row_show:
 * @self: a row
 * @journey: what it is about, and what takes the choice
 *
 * Brings the row up to date.
 */
void
rst_copies_row_show (RstCopiesRow *self,
                     RstJourney   *journey)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  guint chosen, at = 0;

  g_return_if_fail (RST_IS_COPIES_ROW (self) && RST_IS_JOURNEY (journey));

  g_set_object (&self->journey, journey);
  chosen = get_chosen (self);
  g_array_set_size (self->lengths, 0);
  g_array_append_vals (self->lengths, usual, G_N_ELEMENTS (usual));
  add_length (self->lengths, get_suggested (self));
  add_length (self->lengths, chosen);
  for (guint i = 0; i < self->lengths->len; i++)
    {
      guint length = g_array_index (self->lengths, guint, i);
      g_autofree char *label = get_label (length);

      gtk_string_list_append (list, label);
      if (length == chosen)
        at = i;
    }
  self->showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), at);
  self->showing = FALSE;
  update_reason (self);
}

static void
rst_copies_row_finalize (GObject *object)
{
  RstCopiesRow *self = RST_COPIES_ROW (object);

  g_clear_object (&self->journey);
  g_array_unref (self->lengths);

  G_OBJECT_CLASS (rst_copies_row_parent_class)->finalize (object);
}

static void
rst_copies_row_class_init (RstCopiesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_copies_row_finalize;
}

static void
rst_copies_row_init (RstCopiesRow *self)
{
  self->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
