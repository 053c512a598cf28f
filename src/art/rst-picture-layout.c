/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-picture-layout.h"

/* Space for the labels of the office above it, and of devices below the ground. */
#define OFFICE_TOP 36.0
#define LABELS 64.0
#define LABELS_NARROW 84.0 /* words wrap */
#define ARCHIVE_WEIGHT 1.6
#define NARROW 500.0
#define ONE_ROW_MAX 720.0

/* One column: a device, and its archive if it has one. */
typedef struct {
  guint  device;  /* index of the place */
  int    archive; /* index of the place, or -1 */
  int    order;   /* left to right */
  double weight;
  double centre, width;
  guint  row;
} Column;

static int
device_order (RstDeviceKind kind)
{
  static const int orders[RST_N_DEVICE_KINDS] = {
    [RST_DEVICE_COMPUTER] = 0, [RST_DEVICE_LAPTOP] = 1,  [RST_DEVICE_PHONE] = 2,
    [RST_DEVICE_TABLET] = 3,   [RST_DEVICE_BROWSER] = 4, [RST_DEVICE_SERVICE] = 5,
  };

  return orders[kind];
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  const Column *left = a;
  const Column *right = b;

  return left->order != right->order ? left->order - right->order
                                     : (int) left->device - (int) right->device;
}

static GArray *
list_columns (const RstStory *story)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (Column));

  for (guint i = 0; i < story->places->len; i++)
    {
      RstStoryPlace *place = story->places->pdata[i];
      Column column = { .device = i, .archive = -1, .weight = 1, .order = device_order (place->kind) };

      if (place->type != RST_PLACE_DEVICE)
        continue;
      for (guint j = 0; j < story->places->len; j++)
        {
          RstStoryPlace *other = story->places->pdata[j];

          if (other->type == RST_PLACE_ARCHIVE && other->device == place->device)
            column.archive = (int) j;
        }
      if (column.archive >= 0)
        column.weight = ARCHIVE_WEIGHT;
      g_array_append_val (columns, column);
    }
  g_array_sort (columns, compare_columns);
  return columns;
}

static double
labels_height (double width)
{
  return width < NARROW ? LABELS_NARROW : LABELS;
}

static guint
count_rows (guint  n_columns,
            double width)
{
  return n_columns > 4 && width < ONE_ROW_MAX ? 2 : 1;
}

static void
place_row (GArray *columns,
           guint   first,
           guint   end,
           double  width)
{
  double margin = width < NARROW ? 14 : 70;
  double total = 0;
  double x = margin;

  for (guint i = first; i < end; i++)
    total += g_array_index (columns, Column, i).weight;
  for (guint i = first; i < end; i++)
    {
      Column *column = &g_array_index (columns, Column, i);

      column->width = (width - 2 * margin) * column->weight / total;
      column->centre = x + column->width / 2;
      column->row = first > 0 ? 1 : 0;
      x += column->width;
    }
}

static RstPictureSpot
stand (RstArtKind kind,
       double     centre,
       double     base,
       double     scale,
       double     column)
{
  double width, height;

  rst_art_get_size (kind, &width, &height);
  return (RstPictureSpot) {
    .kind = kind,
    .scale = scale,
    .corner = { centre - width * scale / 2, base - height * scale },
    .port = { centre, base - height * scale - 8 },
    .column = column,
    .base = base,
  };
}

static double
device_scale (GArray *columns)
{
  double narrowest = G_MAXDOUBLE;

  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = &g_array_index (columns, Column, i);

      narrowest = MIN (narrowest, column->width / column->weight);
    }
  return CLAMP (narrowest / 190, 0.42, 1.06);
}

static void
place_column (RstPictureLayout *self,
              const RstStory   *story,
              const Column     *column,
              double            scale)
{
  RstStoryPlace *place = story->places->pdata[column->device];
  RstArtKind kind = rst_art_for_device (place->kind);
  double base = self->ground[column->row];
  double width, height, extra = 0;

  rst_art_get_size (kind, &width, &height);
  if (column->archive >= 0)
    {
      double archive_width, archive_height, gap = 24 * scale;

      rst_art_get_size (RST_ART_CUPBOARD, &archive_width, &archive_height);
      extra = gap + archive_width * scale;
      g_array_index (self->spots, RstPictureSpot, column->archive) =
        stand (RST_ART_CUPBOARD, column->centre + (width * scale + gap) / 2, base, scale,
               column->width * 0.4);
    }
  g_array_index (self->spots, RstPictureSpot, column->device) =
    stand (kind, column->centre - extra / 2, base, scale,
           column->archive >= 0 ? column->width * 0.6 : column->width);
}

/**
 * rst_picture_layout_new:
 * @story: a story
 * @width: the width of the canvas in pixels
 * @height: its height
 *
 * Returns: (transfer full): where everything stands
 */
RstPictureLayout *
rst_picture_layout_new (const RstStory *story,
                        double          width,
                        double          height)
{
  RstPictureLayout *self = g_new0 (RstPictureLayout, 1);
  g_autoptr (GArray) columns = list_columns (story);
  guint rows = count_rows (columns->len, width);
  guint first_row = rows == 1 ? columns->len : (columns->len + 1) / 2;
  double office_scale = CLAMP (width / 680, 0.94, 1.32);
  double scale, row_height;

  self->width = width;
  self->height = height;
  self->spots = g_array_sized_new (FALSE, TRUE, sizeof (RstPictureSpot), story->places->len);
  g_array_set_size (self->spots, story->places->len);

  place_row (columns, 0, first_row, width);
  place_row (columns, first_row, columns->len, width);
  scale = device_scale (columns);
  row_height = 118 * scale + labels_height (width);
  self->ground[rows - 1] = height - labels_height (width);
  self->ground[0] = height - labels_height (width) - (rows - 1) * row_height;
  if (rows == 1)
    self->ground[1] = self->ground[0];

  for (guint i = 0; i < columns->len; i++)
    place_column (self, story, &g_array_index (columns, Column, i), scale);
  for (guint i = 0; i < story->places->len; i++)
    if (((RstStoryPlace *) story->places->pdata[i])->type == RST_PLACE_SERVER)
      {
        RstPictureSpot spot = stand (RST_ART_OFFICE, width / 2, OFFICE_TOP + 131 * office_scale,
                                     office_scale, width * 0.9);

        spot.port = (RstArtPoint) { width / 2, spot.base + 6 };
        g_array_index (self->spots, RstPictureSpot, i) = spot;
      }
  return self;
}

/**
 * rst_picture_layout_free:
 * @self: (transfer full): a layout
 */
void
rst_picture_layout_free (RstPictureLayout *self)
{
  g_array_unref (self->spots);
  g_free (self);
}

/**
 * rst_picture_layout_get:
 * @self: a layout
 * @place: index of a place of the story
 *
 * Returns: (transfer none): where it stands
 */
RstPictureSpot *
rst_picture_layout_get (const RstPictureLayout *self,
                        guint                   place)
{
  return &g_array_index (self->spots, RstPictureSpot, place);
}

/**
 * rst_picture_layout_office:
 * @self: a layout
 * @place: index of a device or archive
 *
 * Lines leave the office spread out in the order of the devices, so that they never cross.
 *
 * Returns: where the line to @place leaves the office
 */
RstArtPoint
rst_picture_layout_office (const RstPictureLayout *self,
                           guint                   place)
{
  const RstPictureSpot *office = rst_picture_layout_get (self, 0);
  double lean = (rst_picture_layout_get (self, place)->port.x - self->width / 2) / (self->width / 2);

  return (RstArtPoint) { office->port.x + 84 * office->scale * lean, office->port.y };
}

/**
 * rst_picture_layout_min_height:
 * @story: a story
 * @width: the width of the canvas in pixels
 *
 * Returns: the height below which drawings would overlap
 */
guint
rst_picture_layout_min_height (const RstStory *story,
                               double          width)
{
  g_autoptr (GArray) columns = list_columns (story);
  guint rows = count_rows (columns->len, width);
  double office = OFFICE_TOP + 131 * CLAMP (width / 680, 0.94, 1.32);
  double scale;

  place_row (columns, 0, rows == 1 ? columns->len : (columns->len + 1) / 2, width);
  if (rows == 2)
    place_row (columns, (columns->len + 1) / 2, columns->len, width);
  scale = columns->len > 0 ? device_scale (columns) : 1;
  return (guint) (office + 50 + rows * (124 * scale + labels_height (width)));
}
