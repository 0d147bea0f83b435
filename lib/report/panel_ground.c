/* What blocks stand on: the arena's frame, loops, slots, the peak, marks for bytes; and what is
 * written around. */
#include "report/markup.h"
#include "report/panel.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_GAP = 11, SHELF_LEAST = 7, SLOT_LETTERS = 13 };

static void write_text(FILE *stream, const char *class, int x, int y, const char *text) {
  fprintf(stream, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
  irmi_markup_text(stream, text);
  fputs("</text>\n", stream);
}

static void write_box(FILE *stream, const char *class, irmi_box box) {
  fprintf(stream, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", class,
          box.left, box.top, box.right - box.left, box.bottom - box.top);
}

static void write_line(FILE *stream, const char *class, int x1, int y1, int x2, int y2) {
  fprintf(stream, "<path class=\"%s\" d=\"M%d %dL%d %d\"/>\n", class, x1, y1, x2, y2);
}

/* Bytes -----------------------------------------------------------------------------------------*/

/* Marks at multiples of the scale's step. */
static void draw_ticks(FILE *stream, const irmi_panel *panel) {
  irmi_facts *facts = panel->picture->facts;
  uint64_t tick = panel->scale->tick;
  for (uint64_t k = 0; k <= 8; k++) {
    int y = irmi_panel_y(panel, k * tick);
    if (y < IRMI_PANEL_TOP - 2) break;
    write_line(stream, "tick", IRMI_PANEL_LEFT - 5, y, IRMI_PANEL_LEFT, y);
    write_text(stream, "scale", IRMI_PANEL_LEFT - 8, y + 4,
               k ? irmi_short_bytes_text(facts, k * tick) : "0");
    if (panel->scale->arena == 0) break;
  }
}

static void draw_arena(FILE *stream, const irmi_panel *panel) {
  int right = IRMI_PANEL_LEFT + panel->plot, top = irmi_panel_y(panel, panel->picture->arena);
  write_box(stream, "arena", (irmi_box){IRMI_PANEL_LEFT, top, right, irmi_panel_base(panel)});
}

static void name_arena(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  write_text(stream, "arena-size out", IRMI_PANEL_LEFT + 2, irmi_panel_y(panel, picture->arena) - 7,
             irmi_text(picture->facts, "arena: %s",
                       irmi_short_bytes_text(picture->facts, picture->arena)));
}

/* Slots -----------------------------------------------------------------------------------------*/

typedef struct shelf {
  int top, bottom;
  uint32_t slot;
} shelf;

static int compare_shelves(const void *left, const void *right) {
  const shelf *a = left, *b = right;
  if (a->bottom != b->bottom) return a->bottom > b->bottom ? -1 : 1;
  if (a->top != b->top) return a->top < b->top ? -1 : 1;
  return a->slot < b->slot ? -1 : a->slot > b->slot;
}

/* Of every slot with a block that is drawn. */
static uint32_t find_shelves(const irmi_panel *panel, shelf *shelves) {
  const irmi_picture *picture = panel->picture;
  uint32_t count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++) {
    const irmi_block *block = &picture->blocks[k];
    shelf s = {0, 0, block->slot};
    if (!block->drawn || !irmi_panel_rows(panel, block, &s.top, &s.bottom)) continue;
    if (count && shelves[count - 1].slot == s.slot) {
      if (s.top < shelves[count - 1].top) shelves[count - 1].top = s.top;
      continue;
    }
    shelves[count++] = s;
  }
  qsort(shelves, count, sizeof *shelves, compare_shelves);
  return count;
}

/* As wide as the margin is. */
static const char *slot_label(const irmi_picture *picture, uint32_t slot) {
  const char *text = irmi_slot_text(picture, slot);
  return strlen(text) > SLOT_LETTERS ? irmi_shortened(picture->facts, text, SLOT_LETTERS - 3)
                                     : text;
}

/* From the lowest on; a name that would stand on the one below is left out. */
static void draw_slots(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  shelf *shelves = IRMI_ARENA_ARRAY(&picture->facts->arena, shelf, picture->drawn_count);
  uint32_t count = find_shelves(panel, shelves);
  int right = IRMI_PANEL_LEFT + panel->plot, last = irmi_panel_height(panel), line = last;
  for (uint32_t k = 0; k < count; k++) {
    int middle = (shelves[k].top + shelves[k].bottom) / 2;
    if (line - shelves[k].bottom >= SHELF_LEAST) {
      line = shelves[k].bottom;
      write_line(stream, "shelf", IRMI_PANEL_LEFT, line, right, line);
    }
    if (last - middle < LABEL_GAP) continue;
    last = middle;
    write_text(stream, "slot", right + 6, middle + 4, slot_label(picture, shelves[k].slot));
  }
}

static void draw_rooms(FILE *stream, const irmi_panel *panel) {
  const irm_program *program = panel->picture->facts->planned;
  int right = IRMI_PANEL_LEFT + panel->plot;
  for (uint32_t slot = 0; slot < irm_program_slot_count(program); slot++) {
    if (!panel->room[slot]) continue;
    irmi_block block = {.slot = slot};
    irmi_box box = {IRMI_PANEL_LEFT, 0, right, 0};
    irmi_panel_rows(panel, &block, &box.top, &box.bottom);
    write_box(stream, "room-frame", box);
    write_text(stream, "scale", IRMI_PANEL_LEFT - 8, (box.top + box.bottom) / 2 + 4, "caller's");
  }
  if (panel->rooms_left)
    write_text(stream, "slot", right + 6, irmi_panel_axis(panel) + 2,
               irmi_text(panel->picture->facts, "+%u outputs", panel->rooms_left));
}

/* Time ------------------------------------------------------------------------------------------*/

static void draw_loops(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  for (uint32_t k = 0; k < picture->span_count && k < IRMI_PICTURE_SPANS; k++) {
    const irmi_span *span = &picture->spans[k];
    irmi_box box = {irmi_panel_x(panel, span->begin), IRMI_PANEL_TOP,
                    irmi_panel_x(panel, span->end), irmi_panel_axis(panel) - 4};
    bool repeats = irm_op_opcode(span->op) == IRM_LOOP;
    if (repeats && box.right - box.left >= 3) write_box(stream, "loop-ground", box);
  }
}

static void draw_peak(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  if (picture->peak_step >= picture->step_count) return;
  irmi_box box = {irmi_panel_x(panel, 2 * picture->peak_step), 18,
                  irmi_panel_x(panel, 2 * picture->peak_step + 2), irmi_panel_axis(panel) - 4};
  if (box.right - box.left < 2) box.right = box.left + 2;
  write_box(stream, "peak", box);
  bool left = box.left > IRMI_PANEL_LEFT + panel->plot / 2;
  write_text(stream, left ? "peak-name left" : "peak-name", left ? box.right : box.left, 13,
             irmi_text(picture->facts, "peak: %s alive",
                       irmi_short_bytes_text(picture->facts, picture->facts->peak.bytes)));
}

void irmi_panel_draw_ground(FILE *stream, const irmi_panel *panel) {
  draw_loops(stream, panel);
  draw_rooms(stream, panel);
  draw_arena(stream, panel);
  draw_ticks(stream, panel);
  draw_slots(stream, panel);
  draw_peak(stream, panel);
  name_arena(stream, panel);
}
