/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-scene.h"

#include "rst-art.h"

#include <adwaita.h>

#define SCENE_HEIGHT 112.0
#define MAX_PROPS 4

/* One thing in a scene: what, where its middle stands, how big, and its letters. */
typedef struct {
  RstArtKind     kind;
  double         x;
  double         scale;
  guint          n_letters;
  RstLetterState state;
} Prop;

typedef struct {
  const char *id;
  double      width;
  Prop        props[MAX_PROPS];
  guint       n_props;
  RstArtPoint badge; /* y 0: none */
} Scene;

static const Scene scenes[] = {
  { "start", 220, { { RST_ART_OFFICE, 110, 0.8, 7, RST_LETTER_MAIL } }, 1, { 0, 0 } },
  { "imap", 340,
    { { RST_ART_MONITOR, 52, 0.54, 6, RST_LETTER_SEEN },
      { RST_ART_OFFICE, 178, 0.74, 6, RST_LETTER_MAIL },
      { RST_ART_PHONE, 300, 0.6, 6, RST_LETTER_SEEN } },
    3, { 0, 0 } },
  { "imap-archive", 372,
    { { RST_ART_MONITOR, 52, 0.54, 6, RST_LETTER_SEEN },
      { RST_ART_CUPBOARD, 124, 0.56, 6, RST_LETTER_COPY },
      { RST_ART_OFFICE, 226, 0.74, 6, RST_LETTER_MAIL },
      { RST_ART_PHONE, 334, 0.6, 6, RST_LETTER_SEEN } },
    4, { 0, 0 } },
  { "pop-days", 290,
    { { RST_ART_MONITOR, 62, 0.66, 6, RST_LETTER_MAIL }, { RST_ART_OFFICE, 204, 0.74, 3, RST_LETTER_COPY } },
    2, { 0, 0 } },
  { "pop-remove", 290,
    { { RST_ART_MONITOR, 62, 0.66, 6, RST_LETTER_MAIL }, { RST_ART_OFFICE, 204, 0.74, 6, RST_LETTER_GONE } },
    2, { 0, 0 } },
  { "archive-pc", 340,
    { { RST_ART_MONITOR, 58, 0.6, 8, RST_LETTER_MAIL },
      { RST_ART_OFFICE, 184, 0.74, 4, RST_LETTER_COPY },
      { RST_ART_PHONE, 300, 0.6, 4, RST_LETTER_SEEN } },
    3, { 0, 0 } },
  { "web", 320,
    { { RST_ART_OFFICE, 96, 0.74, 6, RST_LETTER_MAIL }, { RST_ART_BROWSER, 248, 0.72, 6, RST_LETTER_SEEN } },
    2, { 0, 0 } },
  { "mixing", 340,
    { { RST_ART_MONITOR, 58, 0.6, 7, RST_LETTER_MAIL },
      { RST_ART_OFFICE, 184, 0.72, 7, RST_LETTER_GONE },
      { RST_ART_PHONE, 297, 0.62, 7, RST_LETTER_GONE } },
    3, { 318, 38 } },
};

struct _RstScene {
  GtkWidget    parent_instance;

  const Scene *scene;
};

G_DEFINE_FINAL_TYPE (RstScene, rst_scene, GTK_TYPE_WIDGET)

enum {
  PROP_SCENE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
draw_prop (cairo_t             *cr,
           const RstArtPalette *palette,
           const Prop          *prop)
{
  double width, height;

  rst_art_get_size (prop->kind, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, prop->x - width / 2 * prop->scale, SCENE_HEIGHT - 5 - height * prop->scale);
  cairo_scale (cr, prop->scale, prop->scale);
  rst_art_draw (cr, palette, prop->kind);
  for (guint i = 0; i < MIN (prop->n_letters, rst_art_get_capacity (prop->kind)); i++)
    {
      double letter;
      RstArtPoint centre = rst_art_get_slot (prop->kind, prop->n_letters, i, &letter);

      rst_art_letter (cr, palette, centre, letter, prop->state, FALSE);
    }
  cairo_restore (cr);
}

static void
rst_scene_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  RstScene *self = RST_SCENE (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const RstArtPalette *palette = rst_art_get_palette (adw_style_manager_get_dark (style),
                                                      adw_style_manager_get_high_contrast (style));
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double scale = MIN (width / self->scene->width, height / SCENE_HEIGHT);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_translate (cr, (width - self->scene->width * scale) / 2, (height - SCENE_HEIGHT * scale) / 2);
  cairo_scale (cr, scale, scale);
  rst_art_ground (cr, palette, 6, self->scene->width - 6, SCENE_HEIGHT - 4);
  for (guint i = 0; i < self->scene->n_props; i++)
    draw_prop (cr, palette, &self->scene->props[i]);
  if (self->scene->badge.y > 0)
    rst_art_badge (cr, palette, self->scene->badge, 10);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
rst_scene_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
rst_scene_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  RstScene *self = RST_SCENE (widget);
  double size = orientation == GTK_ORIENTATION_HORIZONTAL ? self->scene->width : SCENE_HEIGHT;

  *natural = (int) size;
  *minimum = (int) (size * (orientation == GTK_ORIENTATION_HORIZONTAL ? 0.5 : 0.8));
}

static void
rst_scene_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  if (prop_id == PROP_SCENE)
    rst_scene_set_scene (RST_SCENE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rst_scene_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  if (prop_id == PROP_SCENE)
    g_value_set_string (value, RST_SCENE (object)->scene->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rst_scene_class_init (RstSceneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = rst_scene_set_property;
  object_class->get_property = rst_scene_get_property;
  widget_class->snapshot = rst_scene_snapshot;
  widget_class->measure = rst_scene_measure;
  widget_class->get_request_mode = rst_scene_get_request_mode;

  properties[PROP_SCENE] = g_param_spec_string ("scene", NULL, NULL, "start",
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rst_scene_init (RstScene *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->scene = &scenes[0];
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rst_scene_set_scene:
 * @self: a scene
 * @scene: its id; an unknown one shows "start"
 */
void
rst_scene_set_scene (RstScene   *self,
                     const char *scene)
{
  g_return_if_fail (RST_IS_SCENE (self));

  self->scene = &scenes[0];
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_strcmp0 (scenes[i].id, scene) == 0)
      self->scene = &scenes[i];
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCENE]);
}
