/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-source-list.h"

#include "rst-text.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstSourceList
{
  AdwBin      parent_instance;

  /* Borrowed References: widgets */
  GtkWidget  *summary;
  GtkWidget  *summary_icon;
  GPtrArray  *rows;   /* (owned) one per source */
  GPtrArray  *icons;  /* (owned) one per row */

  /* Owned References */
  RstJourney *journey;
};

G_DEFINE_FINAL_TYPE (RstSourceList, rst_source_list, ADW_TYPE_BIN)

static const struct {
  const char *name;
  const char *icon; /* NULL: a spinner */
  const char *style;
} search_icons[] = {
  { "running", NULL, NULL },
  { "found", "object-select-symbolic", "success" },
  { "nothing", "action-unavailable-symbolic", "dim-label" },
  { "failed", "dialog-warning-symbolic", "rst-warning" },
};

/**
 * rst_search_icon_new:
 *
 * Returns: (transfer floating): an icon that rst_search_icon_set() changes without moving anything
 */
GtkWidget *
rst_search_icon_new (void)
{
  GtkWidget *stack = gtk_stack_new ();

  gtk_widget_set_valign (stack, GTK_ALIGN_CENTER);
  gtk_stack_set_transition_type (GTK_STACK (stack), GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (GTK_STACK (stack), 150);
  for (guint i = 0; i < G_N_ELEMENTS (search_icons); i++)
    {
      GtkWidget *icon = search_icons[i].icon == NULL
        ? gtk_spinner_new ()
        : g_object_new (GTK_TYPE_IMAGE, "icon-name", search_icons[i].icon,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      if (search_icons[i].style != NULL)
        gtk_widget_add_css_class (icon, search_icons[i].style);
      gtk_stack_add_named (GTK_STACK (stack), icon, search_icons[i].name);
    }
  return stack;
}

/**
 * rst_search_icon_set:
 * @icon: what rst_search_icon_new() made
 * @name: "running", "found", "nothing" or "failed"
 */
void
rst_search_icon_set (GtkWidget  *icon,
                     const char *name)
{
  GtkWidget *spinner = gtk_stack_get_child_by_name (GTK_STACK (icon), "running");

  gtk_stack_set_visible_child_name (GTK_STACK (icon), name);
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), g_str_equal (name, "running"));
}

/**
 * rst_search_get_state:
 * @journey: a journey with an address
 *
 * Returns: how far the search has come
 */
RstSearchState
rst_search_get_state (RstJourney *journey)
{
  RstDiscovery *discovery = rst_journey_get_discovery (journey);

  if (discovery != NULL && (rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP) != NULL ||
                            rst_discovery_get_chosen (discovery, RST_PROTOCOL_POP3) != NULL))
    return RST_SEARCH_FOUND;
  return rst_journey_is_searching (journey) ? RST_SEARCH_RUNNING : RST_SEARCH_NOTHING;
}

/**
 * rst_search_describe:
 * @journey: a journey with an address
 * @brief: in as few words as possible
 *
 * Returns: (transfer full): how the search stands
 */
char *
rst_search_describe (RstJourney *journey,
                     gboolean    brief)
{
  const RstAddress *address = rst_journey_get_address (journey);
  const char *at = address != NULL ? strrchr (address->display, '@') : NULL;
  const char *domain = at != NULL ? at + 1 : "";

  switch (rst_search_get_state (journey))
    {
    case RST_SEARCH_RUNNING:
      return brief ? g_strdup (_("Searching…"))
                   : g_strdup_printf (_("Looking for the mail servers of %s"), domain);
    case RST_SEARCH_FOUND:
      return brief ? g_strdup (_("Servers found"))
                   : g_strdup_printf (_("Mail servers of %s found"), domain);
    case RST_SEARCH_NOTHING:
    default:
      return brief ? g_strdup (_("No servers found"))
                   : g_strdup_printf (_("No mail servers of %s found"), domain);
    }
}

static char *
list_hosts (RstDiscovery *discovery,
            const char   *source)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new ();
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);

  for (guint i = 0; i < candidates->len && hosts->len < 3; i++)
    {
      RstCandidate *candidate = g_ptr_array_index (candidates, i);

      if (g_strv_contains ((const char * const *) candidate->sources, source) &&
          !g_ptr_array_find_with_equal_func (hosts, candidate->endpoint->host, g_str_equal, NULL))
        g_ptr_array_add (hosts, candidate->endpoint->host);
    }
  g_ptr_array_add (hosts, NULL);
  return rst_text_join_list ((const char * const *) hosts->pdata);
}

static char *
describe_report (RstDiscovery          *discovery,
                 const RstSourceReport *report)
{
  g_autofree char *hosts = NULL;

  switch (report->outcome)
    {
    case RST_SOURCE_WAITING:
      return g_strdup (_("Asking…"));
    case RST_SOURCE_FOUND:
      hosts = list_hosts (discovery, report->id);
      return *hosts != '\0' ? g_strdup_printf (_("Names %s"), hosts) : g_strdup (_("Answered"));
    case RST_SOURCE_NOTHING:
      return g_strdup (_("Nothing there"));
    case RST_SOURCE_FAILED:
      return g_strdup (report->detail != NULL ? report->detail : _("Could not be asked"));
    case RST_SOURCE_SKIPPED:
    default:
      return g_strdup (_("Not asked"));
    }
}

static void
add_row (RstSourceList         *self,
         const RstSourceReport *report)
{
  GtkWidget *row = rst_row_new (report->title, NULL);
  GtkWidget *icon = rst_search_icon_new ();

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->summary), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->icons, icon);
}

static void
update_rows (RstSourceList *self,
             RstDiscovery  *discovery)
{
  static const char *icons[] = {
    [RST_SOURCE_WAITING] = "running",
    [RST_SOURCE_FOUND] = "found",
    [RST_SOURCE_NOTHING] = "nothing",
    [RST_SOURCE_FAILED] = "failed",
    [RST_SOURCE_SKIPPED] = "nothing",
  };
  GPtrArray *reports = rst_discovery_get_reports (discovery);

  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = g_ptr_array_index (reports, i);
      g_autofree char *text = describe_report (discovery, report);

      if (i >= self->rows->len)
        add_row (self, report);
      adw_action_row_set_subtitle (g_ptr_array_index (self->rows, i), text);
      rst_search_icon_set (g_ptr_array_index (self->icons, i), icons[report->outcome]);
    }
}

static char *
describe_progress (RstDiscovery *discovery)
{
  GPtrArray *reports = rst_discovery_get_reports (discovery);
  guint answered = 0;
  guint asked = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      RstSourceOutcome outcome = ((RstSourceReport *) g_ptr_array_index (reports, i))->outcome;

      asked += outcome != RST_SOURCE_SKIPPED;
      answered += outcome != RST_SOURCE_SKIPPED && outcome != RST_SOURCE_WAITING;
    }
  return g_strdup_printf (_("%u of %u places have answered. Only hosts of the address’s own domain are told "
                            "the part before @."),
                          answered, asked);
}

static void
update (RstSourceList *self)
{
  static const char *icons[] = {
    [RST_SEARCH_RUNNING] = "running",
    [RST_SEARCH_FOUND] = "found",
    [RST_SEARCH_NOTHING] = "failed",
  };
  RstDiscovery *discovery = rst_journey_get_discovery (self->journey);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), discovery != NULL);
  if (discovery == NULL)
    return;
  title = rst_search_describe (self->journey, FALSE);
  subtitle = describe_progress (discovery);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->summary), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->summary), subtitle);
  rst_search_icon_set (self->summary_icon, icons[rst_search_get_state (self->journey)]);
  update_rows (self, discovery);
}

/**
 * rst_source_list_set_journey:
 * @self: a list of sources
 * @journey: the journey whose search it shows
 */
void
rst_source_list_set_journey (RstSourceList *self,
                             RstJourney    *journey)
{
  g_return_if_fail (RST_IS_SOURCE_LIST (self));
  g_return_if_fail (self->journey == NULL);

  self->journey = g_object_ref (journey);
  g_signal_connect_object (journey, "notify::discovery", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * rst_source_list_set_expanded:
 * @self: a list of sources
 * @expanded: whether the single places are shown
 */
void
rst_source_list_set_expanded (RstSourceList *self,
                              gboolean       expanded)
{
  g_return_if_fail (RST_IS_SOURCE_LIST (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->summary), expanded);
}

static void
rst_source_list_dispose (GObject *object)
{
  RstSourceList *self = RST_SOURCE_LIST (object);

  g_clear_object (&self->journey);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->icons, g_ptr_array_unref);

  G_OBJECT_CLASS (rst_source_list_parent_class)->dispose (object);
}

static void
rst_source_list_class_init (RstSourceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rst_source_list_dispose;
}

static void
rst_source_list_init (RstSourceList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = g_ptr_array_new ();
  self->icons = g_ptr_array_new ();
  self->summary = rst_expander_new ("", NULL);
  self->summary_icon = rst_search_icon_new ();
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self->summary), self->summary_icon);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->summary);
  adw_bin_set_child (ADW_BIN (self), list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
