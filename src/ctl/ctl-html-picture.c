/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-html.h"

#include <cairo-svg.h>

#include "rst-picture-draw.h"

static cairo_status_t
append_cb (void         *closure,
           const guchar *data,
           unsigned int  length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * ctl_html_picture:
 * @story: a story
 * @step: one of its steps
 * @width: in pixels
 * @height: in pixels
 *
 * Draws the end of a step. As an image of its own, so that the identifiers in several drawings cannot
 * meet in one page.
 *
 * Returns: (transfer full): an SVG image as a `data:` URL
 */
char *
ctl_html_picture (const RstStory *story,
                  guint           step,
                  double          width,
                  double          height)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (RstPictureLayout) layout = rst_picture_layout_new (story, width, height);
  RstPictureMoment moment = {
    .story = story,
    .layout = layout,
    .palette = rst_art_get_palette (FALSE, FALSE),
    .step = step,
    .elapsed_ms = rst_picture_moment_duration_ms (story, step),
  };
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *base64 = NULL;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  rst_picture_moment_draw (&moment, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  base64 = g_base64_encode (bytes->data, bytes->len);
  return g_strconcat ("data:image/svg+xml;base64,", base64, NULL);
}
