/* Blocks that are too many to be drawn for themselves: as one outline, on a grid. */
#include "report/panel.h"

enum { COLUMNS = 200, ROWS = 100 };

typedef struct grid {
  const irmi_panel *panel;
  bool cells[ROWS][COLUMNS];
} grid;

static uint32_t column_of(const grid *g, uint32_t half_step) {
  return (uint32_t)((uint64_t)half_step * COLUMNS / (2 * (uint64_t)g->panel->picture->step_count));
}

static uint32_t row_of(const grid *g, uint64_t offset) {
  double row = (double)offset * g->panel->scale->pixels * ROWS / (g->panel->scale->arena + 1);
  return row < ROWS ? (uint32_t)row : ROWS - 1;
}

static void mark(grid *g, const irmi_block *block, irm_interval alive) {
  uint32_t low = row_of(g, block->offset), high = row_of(g, block->offset + block->bytes);
  uint32_t first = column_of(g, alive.begin), last = column_of(g, alive.end - 1);
  for (uint32_t row = low; row <= high; row++)
    for (uint32_t column = first; column <= last; column++)
      g->cells[row][column] = true;
}

static void write_row(FILE *stream, const grid *g, uint32_t row) {
  const irmi_panel *panel = g->panel;
  int height = panel->scale->arena, base = irmi_panel_base(panel);
  int bottom = base - height * (int)row / ROWS, top = base - height * (int)(row + 1) / ROWS;
  if (top == bottom) top--;
  for (uint32_t column = 0, end; column < COLUMNS; column = end) {
    for (end = column; end < COLUMNS && g->cells[row][end]; end++)
      ;
    int left = IRMI_PANEL_LEFT + panel->plot * (int)column / COLUMNS;
    int right = IRMI_PANEL_LEFT + panel->plot * (int)end / COLUMNS;
    if (end > column) fprintf(stream, "M%d %dH%dV%dH%dz", left, bottom, right, top, left);
    if (end == column) end++;
  }
}

void irmi_panel_draw_rest(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  if (picture->drawn_count < IRMI_PICTURE_BLOCKS) return;
  grid *g = irmi_arena_alloc(&picture->facts->arena, sizeof *g);
  g->panel = panel;
  for (uint32_t k = 0; k < picture->block_count; k++) {
    const irmi_block *block = &picture->blocks[k];
    if (block->drawn || irm_program_slot(picture->facts->planned, block->slot).output) continue;
    for (uint32_t i = 0; i < block->alive_count; i++)
      mark(g, block, block->alive[i]);
  }
  fprintf(stream, "<g class=\"rest\"><title>%u that are not drawn one by one</title><path d=\"",
          picture->block_count - picture->drawn_count);
  for (uint32_t row = 0; row < ROWS; row++)
    write_row(stream, g, row);
  fputs("\"/></g>\n", stream);
}

void irmi_panel_draw(FILE *stream, const irmi_panel *panel) {
  irmi_panel_draw_ground(stream, panel);
  irmi_panel_draw_rest(stream, panel);
  irmi_panel_draw_blocks(stream, panel);
  irmi_panel_draw_axis(stream, panel);
}
