/* The page: a template whose marks, {{name}}, are replaced by what functions write. */
#include "report/page.h"

#include "report/markup.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static void write_title(FILE *stream, irmi_timeline *timeline) {
  irmi_markup_text(stream, irmi_shortened(&timeline->facts[IRMI_AFTER],
                                          irm_program_name(timeline->facts[IRMI_AFTER].planned),
                                          IRMI_PICTURE_TEXT));
}

static void write_script_hash(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  fputs(irmi_page_page_js_hash, stream);
}

static void write_style_hashes(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  fprintf(stream, "%s %s", irmi_page_panel_css_hash, irmi_page_page_css_hash);
}

static void write_panel_css(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  fputs(irmi_page_panel_css, stream);
}

static void write_page_css(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  fputs(irmi_page_page_css, stream);
}

static void write_script(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  fputs(irmi_page_page_js, stream);
}

static void write_paragraph(FILE *stream, const char *class, const char *text) {
  fprintf(stream, "<p class=\"%s\">", class);
  irmi_markup_text(stream, text);
  fputs("</p>\n", stream);
}

static void write_lead(FILE *stream, irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  write_paragraph(stream, "lead", irmi_timeline_lead(timeline));
  write_paragraph(stream, "quiet", irmi_timeline_sizes(timeline));
  write_paragraph(
      stream, "quiet",
      irmi_text(
          facts,
          "As planned the arena is %s: %s. Beside it there are outputs of %s and inputs of %s.",
          irmi_shortened(facts, facts->arena_formula, IRMI_PICTURE_TEXT), irmi_proof_text(facts),
          irmi_bytes_text(facts, facts->output_bytes), irmi_bytes_text(facts, facts->input_bytes)));
}

static void write_before_arena(FILE *stream, irmi_timeline *timeline) {
  fprintf(stream, "%" PRIu64, timeline->picture[IRMI_BEFORE].arena);
}

static void write_after_arena(FILE *stream, irmi_timeline *timeline) {
  fprintf(stream, "%" PRIu64, timeline->picture[IRMI_AFTER].arena);
}

static void write_before_drawing(FILE *stream, irmi_timeline *timeline) {
  irmi_svg_picture(stream, &timeline->panel[IRMI_BEFORE], "Arrays as written, bar by bar");
}

static void write_after_drawing(FILE *stream, irmi_timeline *timeline) {
  irmi_svg_picture(stream, &timeline->panel[IRMI_AFTER], "Arrays as planned, bar by bar");
}

static void write_before_alive(FILE *stream, irmi_timeline *timeline) {
  irmi_page_alive(stream, timeline, IRMI_BEFORE);
}

static void write_after_alive(FILE *stream, irmi_timeline *timeline) {
  irmi_page_alive(stream, timeline, IRMI_AFTER);
}

static void write_before_table(FILE *stream, irmi_timeline *timeline) {
  irmi_page_blocks(stream, timeline, IRMI_BEFORE);
}

static void write_after_table(FILE *stream, irmi_timeline *timeline) {
  irmi_page_blocks(stream, timeline, IRMI_AFTER);
}

static void write_legend(FILE *stream, irmi_timeline *timeline) {
  (void)timeline;
  for (int k = 0; irmi_legend[k][0]; k++) {
    fputs("<li><svg width=\"44\" height=\"18\" aria-hidden=\"true\">", stream);
    irmi_svg_sample(stream, irmi_legend[k][0], 2, 2);
    fprintf(stream, "</svg>%s</li>\n", irmi_legend[k][1]);
  }
}

/* Marks -----------------------------------------------------------------------------------------*/

typedef struct page_mark {
  const char *name;
  void (*write)(FILE *stream, irmi_timeline *timeline);
} page_mark;

static const page_mark marks[] = {{"title", write_title},
                                  {"script-hash", write_script_hash},
                                  {"style-hashes", write_style_hashes},
                                  {"panel-css", write_panel_css},
                                  {"page-css", write_page_css},
                                  {"script", write_script},
                                  {"lead", write_lead},
                                  {"before-arena", write_before_arena},
                                  {"after-arena", write_after_arena},
                                  {"before-drawing", write_before_drawing},
                                  {"after-drawing", write_after_drawing},
                                  {"before-alive", write_before_alive},
                                  {"after-alive", write_after_alive},
                                  {"before-table", write_before_table},
                                  {"after-table", write_after_table},
                                  {"legend", write_legend},
                                  {"source", irmi_page_source},
                                  {"fates", irmi_page_fates},
                                  {"kernels", irmi_page_kernels},
                                  {"data", irmi_page_data}};

static const page_mark *find_mark(const char *name, size_t length) {
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if (strlen(marks[k].name) == length && memcmp(marks[k].name, name, length) == 0)
      return &marks[k];
  assert(!"the template has a mark that nothing writes");
  return NULL;
}

void irmi_page_print(FILE *stream, irmi_timeline *timeline) {
  const char *at = irmi_page_page_html, *open;
  while ((open = strstr(at, "{{"))) {
    const char *name = open + 2, *close = strstr(name, "}}");
    fwrite(at, 1, (size_t)(open - at), stream);
    find_mark(name, (size_t)(close - name))->write(stream, timeline);
    at = close + 2;
  }
  fputs(at, stream);
}
