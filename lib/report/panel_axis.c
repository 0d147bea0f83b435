/* Under the plot: lines of the source, loops and branches. Over it: slots that change places. */
#include "report/markup.h"
#include "report/panel.h"

#include <string.h>

enum { FONT = 11, SPAN = 18, LINES = 22, SWAP = 7 };

static int width_of(const char *text) {
  return (int)((double)strlen(text) * IRMI_LETTER * FONT) + 4;
}

/* Lines -----------------------------------------------------------------------------------------*/

static bool same_place(irm_loc a, irm_loc b) {
  return a.line == b.line && a.path == b.path;
}

static void draw_line(FILE *stream, const irmi_panel *panel, uint32_t first, uint32_t end) {
  irmi_facts *facts = panel->picture->facts;
  irm_loc loc = irmi_op_place(panel->picture->steps[first].op);
  const char *text = loc.path ? loc.path : loc.line ? irmi_text(facts, "%u", loc.line) : "";
  int left = irmi_panel_x(panel, 2 * first), right = irmi_panel_x(panel, 2 * end);
  if (right - left < 5) return;
  int top = irmi_panel_axis(panel);
  fputs("<g class=\"line\"><title>", stream);
  const char *source = irmi_source_text(facts, loc);
  const char *place = irmi_shortened(facts, irmi_place_text(facts, loc), IRMI_PICTURE_TEXT);
  irmi_markup_print(stream, "%s%s%s", place, source ? ": " : "", source ? source : "");
  fprintf(stream, "</title><path d=\"M%d %dv4H%dv-4\"/>", left + 2, top, right - 2);
  if (right - left >= width_of(text)) {
    fprintf(stream, "<text x=\"%d\" y=\"%d\">", (left + right) / 2, top + 15);
    irmi_markup_text(stream, text);
    fputs("</text>", stream);
  }
  fputs("</g>\n", stream);
}

static void draw_lines(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  fprintf(stream, "<text class=\"scale\" x=\"%d\" y=\"%d\">line</text>\n", IRMI_PANEL_LEFT - 8,
          irmi_panel_axis(panel) + 15);
  for (uint32_t step = 0, end; step < picture->step_count; step = end) {
    irm_loc loc = irmi_op_place(picture->steps[step].op);
    for (end = step + 1; end < picture->step_count; end++)
      if (picture->steps[end].is_flow != picture->steps[step].is_flow ||
          !same_place(loc, irmi_op_place(picture->steps[end].op)))
        break;
    if (!picture->steps[step].is_flow) draw_line(stream, panel, step, end);
  }
}

/* Loops -----------------------------------------------------------------------------------------*/

static void draw_span(FILE *stream, const irmi_panel *panel, const irmi_span *span) {
  int left = irmi_panel_x(panel, span->begin), right = irmi_panel_x(panel, span->end);
  int top = irmi_panel_axis(panel) + LINES + SPAN * (int)span->depth;
  const char *text = irmi_span_text(panel->picture, span);
  bool repeats = irm_op_opcode(span->op) == IRM_LOOP;
  if (span->depth >= panel->scale->depth || right - left < 3) return;
  fprintf(stream, "<g class=\"%s\"><title>", repeats ? "span loop" : "span");
  irmi_markup_print(stream, repeats ? "%s: repeats" : "%s: one branch of the two runs", text);
  fprintf(stream, "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>", left + 1,
          top, right - left - 2, SPAN - 4);
  if (repeats) text = irmi_text(panel->picture->facts, "\u21bb %s", text);
  bool inside = right - left >= width_of(text) + 6;
  bool beside =
      !inside && IRMI_PANEL_LEFT + panel->plot + IRMI_PANEL_RIGHT - right > width_of(text);
  if (inside || (beside && span->depth == 0)) {
    fprintf(stream, "<text x=\"%d\" y=\"%d\">", inside ? left + 6 : right + 4, top + 11);
    irmi_markup_text(stream, text);
    fputs("</text>", stream);
  }
  fputs("</g>\n", stream);
}

/* Slots that change places ----------------------------------------------------------------------*/

static int slot_middle(const irmi_panel *panel, uint32_t slot) {
  const irmi_picture *picture = panel->picture;
  irmi_block block = {.slot = slot, .offset = picture->offsets[slot]};
  block.bytes =
      irm_size_evaluate(irm_program_slot(picture->facts->planned, slot).bytes,
                        irmi_facts_nodes(picture->facts), irmi_facts_edges(picture->facts));
  int top, bottom;
  return irmi_panel_rows(panel, &block, &top, &bottom) ? (top + bottom) / 2 : -1;
}

/* A line with an arrow at each end, at the end of the loop. */
static void draw_swap(FILE *stream, const irmi_panel *panel, const irmi_span *span, int x,
                      uint32_t a, uint32_t b) {
  int y = slot_middle(panel, a), to = slot_middle(panel, b);
  if (y < 0 || to < 0) return;
  int down = to > y ? 6 : -6;
  fputs("<g class=\"swap\"><title>", stream);
  irmi_markup_print(stream, "slots %u and %u change places with each iteration of the %s", a, b,
                    irmi_span_text(panel->picture, span));
  fprintf(stream,
          "</title><path d=\"M%d %dL%d %dM%d %dl-4 %dM%d %dl4 %dM%d %dl-4 %dM%d %dl4 %d\"/>", x, y,
          x, to, x, y, down, x, y, down, x, to, -down, x, to, -down);
  fputs("</g>\n", stream);
}

static void draw_swaps(FILE *stream, const irmi_panel *panel, const irmi_span *span) {
  const irm_region *body = irm_loop_body(span->op);
  int x = irmi_panel_x(panel, span->end - 1) - 4, least = irmi_panel_x(panel, span->begin);
  for (uint32_t k = 0; k < irm_loop_carried_count(span->op) && k < IRMI_PICTURE_NAMES; k++) {
    if (!irm_value_is_array(irm_region_argument(body, k))) continue;
    uint32_t slot = irm_value_slot(irm_region_argument(body, k));
    uint32_t next = irm_value_slot(irm_region_yielded(body, k));
    if (slot == next || slot == IRM_NO_SLOT || next == IRM_NO_SLOT || x < least) continue;
    draw_swap(stream, panel, span, x, slot, next);
    x -= SWAP;
  }
}

void irmi_panel_draw_axis(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  draw_lines(stream, panel);
  for (uint32_t k = 0; k < picture->span_count && k < IRMI_PICTURE_SPANS; k++) {
    draw_span(stream, panel, &picture->spans[k]);
    if (irm_op_opcode(picture->spans[k].op) == IRM_LOOP)
      draw_swaps(stream, panel, &picture->spans[k]);
  }
}
