/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-html.h"

#include <glib/gi18n-lib.h>

#define PICTURE_WIDTH 680
#define PICTURE_HEIGHT 420
#define MIN_STEPS 3
#define MAX_STEPS 6

static const char style[] =
  ":root{color-scheme:light dark;--dim:#555;--line:#ccc;--card:#f6f5f4;--mark:#1c71d8}"
  "@media(prefers-color-scheme:dark){:root{--dim:#bbb;--line:#555;--card:#303030;--mark:#99c1f1}}"
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
  "h1{line-height:1.25;margin-bottom:.2em}h2{font-size:1.15rem;margin:2em 0 .5em}"
  "dt{font-weight:600}dd{margin:0 0 .7em}.dim{color:var(--dim)}"
  "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
  "padding:.5em .6em .5em 0;border-top:1px solid var(--line)}th{font-weight:600}"
  ".warning{border-left:.3rem solid var(--mark);background:var(--card);padding:.6em 1em;margin:.6em 0}"
  "figure{margin:1.5em 0;break-inside:avoid}"
  "figure img{width:100%;height:auto;background:#fff;border-radius:.6rem}"
  "figure ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2em 1.5em;margin:.3em 0}"
  "footer{margin-top:3em;border-top:1px solid var(--line)}";

/* Appends @format with every %s escaped for HTML. */
static void
put (GString    *page,
     const char *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
put (GString    *page,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (page, text);
}

static void
put_reasons (GString         *page,
             const RstAdvice *advice)
{
  put (page, "<h2>%s</h2>\n<dl>\n", _("Because"));
  for (guint i = 0; i < advice->reasons->len; i++)
    {
      const RstReason *reason = advice->reasons->pdata[i];

      put (page, "<dt>%s</dt><dd>%s</dd>\n", reason->title, reason->text);
    }
  put (page, "</dl>\n<h2>%s</h2>\n<p>%s</p>\n", advice->contrast_title, advice->contrast);
}

static void
put_what_ifs (GString         *page,
              const RstAdvice *advice)
{
  if (advice->what_ifs->len > 0)
    {
      put (page, "<h2>%s</h2>\n<dl>\n", _("This would change the advice"));
      for (guint i = 0; i < advice->what_ifs->len; i++)
        {
          const RstWhatIf *what_if = advice->what_ifs->pdata[i];

          put (page, "<dt>%s</dt><dd>%s</dd>\n", what_if->title, what_if->text);
        }
      put (page, "</dl>\n");
    }
  put (page, "<h2>%s</h2>\n<p>%s</p>\n", _("How sure is this?"), advice->sureness_text);
}

static void
put_consequences (GString         *page,
                  const RstAdvice *advice)
{
  put (page, "<h2>%s</h2>\n<table>\n", _("What happens when…"));
  for (guint i = 0; i < advice->consequences->len; i++)
    {
      const RstConsequence *consequence = advice->consequences->pdata[i];

      put (page, "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n", consequence->title,
           rst_outcome_get_name (consequence->outcome), consequence->text);
    }
  put (page, "</table>\n");
}

static void
put_warnings (GString         *page,
              const RstAdvice *advice)
{
  for (guint i = 0; i < advice->warnings->len; i++)
    {
      const RstWarning *warning = advice->warnings->pdata[i];

      put (page, "<div class=\"warning\" role=\"note\"><strong>%s: %s</strong><br>%s</div>\n",
           rst_severity_get_name (warning->severity), warning->title, warning->text);
    }
}

static void
put_step (GString        *page,
          const RstStory *story,
          guint           at)
{
  const RstStoryStep *step = story->steps->pdata[at];
  g_autofree char *picture = ctl_html_picture (story, at, PICTURE_WIDTH, PICTURE_HEIGHT);
  g_autofree char *description = rst_story_describe_step (story, at);

  put (page, "<figure><img src=\"%s\" alt=\"%s\">\n<figcaption><ul class=\"dim\">", picture, description);
  for (guint i = 0; i < story->places->len; i++)
    put (page, "<li>%s: %s</li>", ((RstStoryPlace *) story->places->pdata[i])->name, step->summaries[i]);
  put (page, "</ul><strong>%s: %s</strong>", step->when, step->text);
  if (step->why != NULL)
    put (page, "<br>%s", step->why);
  put (page, "</figcaption></figure>\n");
}

/* The story of the event that matters most for these answers, and in which something moves. */
static void
put_story (GString          *page,
           const RstAnswers *answers,
           const RstAdvice  *advice,
           GPtrArray        *devices)
{
  g_autoptr (GPtrArray) arranged = rst_advice_arrange (advice, devices);

  for (guint i = 0; i < advice->consequences->len; i++)
    {
      const RstConsequence *consequence = advice->consequences->pdata[i];
      const char *events[] = { consequence->event, NULL };
      g_autoptr (RstStory) story = arranged->len > 0
        ? rst_story_new_for_devices (arranged, events, NULL)
        : rst_story_new (advice->plan, answers, events, NULL);

      if (story == NULL || story->steps->len < MIN_STEPS)
        continue;
      put (page, "<h2>%s</h2>\n", consequence->title);
      for (guint step = 0; step < MIN (story->steps->len, MAX_STEPS); step++)
        put_step (page, story, step);
      return;
    }
}

/**
 * ctl_html_print_advice:
 * @answers: the answers
 * @advice: the advice for them
 * @devices: (element-type RstDevice): the devices that the person named; may be empty
 *
 * Prints the page on standard output, in the language of the messages.
 */
void
ctl_html_print_advice (const RstAnswers *answers,
                       const RstAdvice  *advice,
                       GPtrArray        *devices)
{
  g_autoptr (GString) page = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *code = rst_answers_to_code (answers);

  /* Translators: the language code of this translation, such as “ja” */
  put (page, "<html lang=\"%s\"><head><meta charset=\"utf-8\">", C_("language code", "en"));
  put (page, "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>", advice->headline);
  g_string_append_printf (page, "<style>%s</style></head>\n<body>\n", style);
  put (page, "<h1>%s</h1>\n<p class=\"dim\">%s · %s</p>\n", advice->headline, advice->technical,
       rst_sureness_get_name (advice->sureness));
  put_warnings (page, advice);
  put_reasons (page, advice);
  put_what_ifs (page, advice);
  put_story (page, answers, advice, devices);
  put_consequences (page, advice);
  put (page, "<footer class=\"dim\"><p>%s <code>%s</code></p></footer>\n</body></html>\n",
       _("Code of these answers:"), code);
  g_print ("%s", page->str);
}
