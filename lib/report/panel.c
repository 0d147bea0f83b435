/* Where things are on a panel: bytes to pixels, steps to pixels. */
#include "report/panel.h"

#include <math.h>
#include <stdlib.h>

enum {
  ROW = 24,     /* pixels that the median array would like to be high */
  LOWEST = 240, /* pixels of arena and rooms */
  HIGHEST = 1100,
  NARROW = 420, /* pixels of a plot */
  WIDE = 1600,
  THIN = 12, /* pixels of a step */
  BROAD = 96,
  ROOM_GAP = 8,
  ROOM_LOWEST = 12,
  BLOCK_LOWEST = 3,
  LINES = 22, /* height of the row of line numbers */
  SPAN = 18   /* height of a loop's mark */
};

/* Scale -----------------------------------------------------------------------------------------*/

static int compare_bytes(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

/* Of arrays, workspaces aside; 1 if there is none. */
static uint64_t median_bytes(const irmi_picture *picture) {
  uint64_t *bytes = IRMI_ARENA_ARRAY(&picture->facts->arena, uint64_t, picture->block_count);
  uint32_t count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (!picture->blocks[k].op && picture->blocks[k].bytes)
      bytes[count++] = picture->blocks[k].bytes;
  if (count == 0) return 1;
  qsort(bytes, count, sizeof *bytes, compare_bytes);
  return bytes[count / 2];
}

static uint64_t slot_bytes(const irmi_picture *picture, uint32_t slot) {
  return irm_size_evaluate(irm_program_slot(picture->facts->planned, slot).bytes,
                           irmi_facts_nodes(picture->facts), irmi_facts_edges(picture->facts));
}

static int room_height(const irmi_picture *picture, double pixels, uint32_t slot) {
  double height = (double)slot_bytes(picture, slot) * pixels;
  return height < ROOM_LOWEST ? ROOM_LOWEST : (int)lround(height);
}

/* Calls for every slot that is an output's, as many as there are rooms. */
static int place_rooms(const irmi_picture *picture, double pixels, int *room, int top,
                       uint32_t *drawn, uint32_t *left) {
  const irm_program *program = picture->facts->planned;
  uint32_t count = 0, all = 0;
  for (uint32_t slot = 0; slot < irm_program_slot_count(program); slot++) {
    if (!irm_program_slot(program, slot).output) continue;
    if (all++ >= IRMI_PICTURE_ROOMS) continue;
    top += ROOM_GAP;
    if (room) room[slot] = top;
    top += room_height(picture, pixels, slot);
    count++;
  }
  if (drawn) *drawn = count;
  if (left) *left = all - count;
  return top;
}

static uint64_t rooms_bytes(const irmi_picture *picture) {
  const irm_program *program = picture->facts->planned;
  uint64_t sum = 0;
  uint32_t count = 0;
  for (uint32_t slot = 0; slot < irm_program_slot_count(program) && count < IRMI_PICTURE_ROOMS;
       slot++)
    if (irm_program_slot(program, slot).output) {
      sum = irm_bytes_add(sum, slot_bytes(picture, slot));
      count++;
    }
  return sum;
}

/* A power of two so that there are four to eight marks. */
static uint64_t choose_tick(uint64_t bytes) {
  uint64_t tick = 1;
  while (bytes / tick > 8)
    tick *= 2;
  return tick;
}

irmi_scale irmi_scale_of(const irmi_picture *before, const irmi_picture *after) {
  uint64_t arena = before->arena > after->arena ? before->arena : after->arena;
  double all = (double)irm_bytes_add(arena, rooms_bytes(before));
  double height = all / (double)median_bytes(before) * ROW;
  height = height < LOWEST ? LOWEST : height > HIGHEST ? HIGHEST : height;
  irmi_scale scale = {.pixels = all > 0 ? height / all : 0, .tick = choose_tick(arena)};
  scale.arena = (int)lround((double)arena * scale.pixels);
  int rooms_before = place_rooms(before, scale.pixels, NULL, 0, NULL, NULL);
  int rooms_after = place_rooms(after, scale.pixels, NULL, 0, NULL, NULL);
  scale.rooms = rooms_before > rooms_after ? rooms_before : rooms_after;
  scale.depth = before->span_depth > after->span_depth ? before->span_depth : after->span_depth;
  if (scale.depth > 8) scale.depth = 8;
  return scale;
}

/* Panel -----------------------------------------------------------------------------------------*/

static int plot_width(uint32_t steps) {
  if (steps == 0) return BROAD;
  if (steps > WIDE / THIN) return WIDE;
  int step = NARROW / (int)steps;
  step = step < THIN ? THIN : step > BROAD ? BROAD : step;
  return (step & ~1) * (int)steps;
}

irmi_panel irmi_panel_create(const irmi_picture *picture, const irmi_scale *scale) {
  irmi_panel panel = {.picture = picture, .scale = scale, .plot = plot_width(picture->step_count)};
  panel.room = IRMI_ARENA_ARRAY(&picture->facts->arena, int,
                                irm_program_slot_count(picture->facts->planned));
  place_rooms(picture, scale->pixels, panel.room, irmi_panel_base(&panel), &panel.room_count,
              &panel.rooms_left);
  return panel;
}

int irmi_panel_width(const irmi_panel *panel) {
  return IRMI_PANEL_LEFT + panel->plot + IRMI_PANEL_RIGHT;
}

int irmi_panel_base(const irmi_panel *panel) {
  return IRMI_PANEL_TOP + panel->scale->arena;
}

int irmi_panel_axis(const irmi_panel *panel) {
  return irmi_panel_base(panel) + panel->scale->rooms + 8;
}

int irmi_panel_height(const irmi_panel *panel) {
  return irmi_panel_axis(panel) + LINES + SPAN * (int)panel->scale->depth + 6;
}

int irmi_panel_x(const irmi_panel *panel, uint32_t half_step) {
  uint64_t steps = panel->picture->step_count ? 2 * (uint64_t)panel->picture->step_count : 1;
  return IRMI_PANEL_LEFT + (int)((uint64_t)panel->plot * half_step / steps);
}

int irmi_panel_y(const irmi_panel *panel, uint64_t offset) {
  return irmi_panel_base(panel) - (int)lround((double)offset * panel->scale->pixels);
}

bool irmi_panel_rows(const irmi_panel *panel, const irmi_block *block, int *top, int *bottom) {
  bool is_room = irm_program_slot(panel->picture->facts->planned, block->slot).output;
  if (is_room && !panel->room[block->slot]) return false;
  if (is_room) {
    *top = panel->room[block->slot];
    *bottom = *top + room_height(panel->picture, panel->scale->pixels, block->slot);
    return true;
  }
  *bottom = irmi_panel_y(panel, block->offset);
  *top = irmi_panel_y(panel, irm_bytes_add(block->offset, block->bytes));
  if (*bottom - *top < BLOCK_LOWEST) *top = *bottom - BLOCK_LOWEST;
  return true;
}
