/* The drawing: both pictures in one SVG file, or one of them in a page. */
#include "report/markup.h"
#include "report/page.h"

#include <inttypes.h>
#include <string.h>

enum { MARGIN = 16, GAP = 24, LINE = 20, LEGEND_STEP = 22, ALIVE = 12 };

const char *const irmi_legend[][2] = {
    {"array", "array in the arena"},
    {"room", "array in an output's bytes, which the caller brings"},
    {"workspace", "partial results of a reduction"},
    {"handed", "in place: a new array is written over the old one"},
    {"swapped", "two slots change places with each iteration of a loop"},
    {"alive", "where most bytes are alive"},
    {NULL, NULL}};

void irmi_svg_sample(FILE *stream, const char *kind, int x, int y) {
  if (strcmp(kind, "swapped") == 0) {
    fprintf(stream,
            "<g class=\"swap\"><path d=\"M%d %dv14m0 -14l-4 5m4 -5l4 5m-4 9l-4 -5m4 5l4 -5\"/></g>",
            x + 20, y);
    return;
  }
  if (strcmp(kind, "alive") == 0) {
    fprintf(stream, "<rect class=\"peak\" x=\"%d\" y=\"%d\" width=\"40\" height=\"14\"/>", x, y);
    return;
  }
  fprintf(stream,
          "<g class=\"%s\"><rect class=\"bytes\" x=\"%d\" y=\"%d\" width=\"40\" height=\"14\"/>"
          "<rect class=\"edge\" x=\"%d\" y=\"%d\" width=\"40\" height=\"14\"/>",
          kind, x, y, x, y);
  if (strcmp(kind, "handed") == 0)
    fprintf(stream,
            "<rect class=\"bytes odd\" x=\"%d\" y=\"%d\" width=\"20\" height=\"14\"/>"
            "<path class=\"handover\" d=\"M%d %dv1l6 6l-6 6v1\"/>",
            x + 20, y, x + 20, y);
  fputs("</g>", stream);
}

void irmi_svg_picture(FILE *stream, const irmi_panel *panel, const char *label) {
  int width = irmi_panel_width(panel), height = irmi_panel_height(panel);
  fprintf(stream,
          "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"",
          width, height, width, height);
  irmi_markup_text(stream, label);
  fputs("\">\n", stream);
  irmi_panel_draw(stream, panel);
  fputs("</svg>\n", stream);
}

/* Alone -----------------------------------------------------------------------------------------*/

static void write_words(FILE *stream, const char *class, int x, int y, const char *text) {
  fprintf(stream, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
  irmi_markup_text(stream, text);
  fputs("</text>\n", stream);
}

static void write_legend(FILE *stream, int y) {
  for (int k = 0; irmi_legend[k][0]; k++) {
    irmi_svg_sample(stream, irmi_legend[k][0], MARGIN, y + k * LEGEND_STEP - 12);
    write_words(stream, "words", MARGIN + 50, y + k * LEGEND_STEP, irmi_legend[k][1]);
  }
}

static int count_alive(const irmi_picture *picture) {
  int count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++)
    count += picture->blocks[k].at_peak;
  return count;
}

/* Lines that write_alive takes. */
static int alive_lines(const irmi_picture *picture) {
  int count = count_alive(picture);
  return 3 + (count > ALIVE ? ALIVE : count);
}

/* The peak in words, and the blocks that are alive there, a line each. */
static void write_alive(FILE *stream, irmi_timeline *timeline, int which, int x, int y) {
  const irmi_picture *picture = &timeline->picture[which];
  irmi_facts *facts = picture->facts;
  int count = count_alive(picture), shown = 0;
  write_words(stream, "words", x, y, irmi_timeline_peak(timeline, which));
  for (uint32_t k = 0; k < picture->block_count && shown < ALIVE; k++) {
    const irmi_block *block = &picture->blocks[k];
    if (!block->at_peak) continue;
    write_words(
        stream, "words", x + 12, y += LINE,
        irmi_text(facts, "%s: %s, %s", irmi_shortened(facts, irmi_block_text(picture, block), 40),
                  irmi_bytes_text(facts, block->bytes), irmi_slot_text(picture, block->slot)));
    shown++;
  }
  if (count > shown)
    write_words(stream, "words", x + 12, y += LINE, irmi_text(facts, "and %d more", count - shown));
  if (*irmi_timeline_inputs(timeline, which))
    write_words(stream, "words", x, y + LINE, irmi_timeline_inputs(timeline, which));
}

static void write_side(FILE *stream, irmi_timeline *timeline, int which, int x, int y) {
  const irmi_panel *panel = &timeline->panel[which];
  write_words(stream, "caption", x, y + 14,
              which == IRMI_BEFORE ? "Before: as written, each array with bytes of its own"
                                   : "After: as planned");
  fprintf(stream, "<g id=\"%s\" transform=\"translate(%d %d)\">\n", timeline->picture[which].key, x,
          y + LINE);
  irmi_panel_draw(stream, panel);
  fputs("</g>\n", stream);
  write_alive(stream, timeline, which, x, y + LINE + irmi_panel_height(panel) + LINE);
}

static void open_file(FILE *stream, irmi_timeline *timeline, int width, int height) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  fprintf(stream,
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
          "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n<title>",
          width, height, width, height);
  irmi_markup_print(stream, "Where the memory of %s goes",
                    irmi_shortened(facts, irm_program_name(facts->planned), IRMI_PICTURE_TEXT));
  fprintf(stream, "</title>\n<style>%s</style>\n", irmi_page_panel_css);
  fprintf(stream, "<rect class=\"sheet\" width=\"%d\" height=\"%d\"/>\n", width, height);
  write_words(stream, "heading", MARGIN, MARGIN + 14,
              irmi_text(facts, "Where the memory of %s goes",
                        irmi_shortened(facts, irm_program_name(facts->planned), 60)));
  write_words(stream, "words", MARGIN, MARGIN + 14 + LINE + 4, irmi_timeline_lead(timeline));
  write_words(stream, "words", MARGIN, MARGIN + 14 + 2 * LINE + 4, irmi_timeline_sizes(timeline));
}

void irmi_svg_print(FILE *stream, irmi_timeline *timeline) {
  int left = irmi_panel_width(&timeline->panel[IRMI_BEFORE]);
  int right = irmi_panel_width(&timeline->panel[IRMI_AFTER]);
  int width = 2 * MARGIN + left + GAP + right, top = MARGIN + 4 * LINE;
  int before = alive_lines(&timeline->picture[IRMI_BEFORE]);
  int after = alive_lines(&timeline->picture[IRMI_AFTER]);
  int lines = 3 + (before > after ? before : after);
  int legend = top + irmi_panel_height(&timeline->panel[IRMI_BEFORE]) + lines * LINE;
  open_file(stream, timeline, width < 900 ? 900 : width, legend + 6 * LEGEND_STEP + MARGIN);
  write_side(stream, timeline, IRMI_BEFORE, MARGIN, top);
  write_side(stream, timeline, IRMI_AFTER, MARGIN + left + GAP, top);
  write_legend(stream, legend);
  fputs("</svg>\n", stream);
}
