/* The axis of a picture: which ops are a step of it, and which loops and branches span some. */
#include "report/picture.h"

static bool has_array_operand(const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_value_is_array(irm_op_operand(op, k))) return true;
  return false;
}

static bool has_array_result(const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    if (irm_value_is_array(irm_op_result(op, k))) return true;
  return false;
}

/* A loop's begin takes the initial values, its end gives the results; what a yield hands over is
 * shown there. */
static bool is_step(const irm_op *op, bool ends) {
  if (irm_op_opcode(op) == IRM_YIELD || irm_op_info_of(op)->storage == IRM_STORAGE_GIVEN)
    return false;
  if (!irmi_op_computes(op)) return ends ? has_array_result(op) : has_array_operand(op);
  return has_array_operand(op) || has_array_result(op) || !irm_size_is_zero(irm_op_workspace(op));
}

/* Walks over all points. */
typedef struct axis {
  irmi_picture *picture;
  uint32_t *open; /* spans that have no end yet, the innermost last */
  uint32_t depth;
} axis;

static void add_step(irmi_picture *picture, const irm_op *op, uint32_t point, bool ends) {
  uint32_t *half_step = picture->half_step + point;
  half_step[0] = half_step[1] = 2 * picture->step_count;
  if (!is_step(op, ends)) return;
  half_step[1]++;
  picture->steps[picture->step_count++] = (irmi_step){op, !irmi_op_computes(op)};
}

static void open_span(axis *a, const irm_op *op) {
  irmi_picture *picture = a->picture;
  a->open[a->depth] = picture->span_count;
  picture->spans[picture->span_count++] =
      (irmi_span){.op = op, .begin = 2 * picture->step_count, .depth = a->depth};
  if (++a->depth > picture->span_depth) picture->span_depth = a->depth;
}

static void close_span(axis *a) {
  a->picture->spans[a->open[--a->depth]].end = 2 * a->picture->step_count;
}

static void add_point(axis *a, uint32_t point) {
  const irm_op *op = irm_liveness_op_at(a->picture->facts->liveness, point);
  bool spans = !irmi_op_computes(op);
  bool ends = spans && irm_liveness_begin(a->picture->facts->liveness, op) != point;
  if (spans && !ends) open_span(a, op);
  add_step(a->picture, op, point, ends);
  if (ends) close_span(a);
}

void irmi_find_steps(irmi_picture *picture) {
  irmi_arena *arena = &picture->facts->arena;
  uint32_t points = irm_liveness_points(picture->facts->liveness);
  picture->half_step = IRMI_ARENA_ARRAY(arena, uint32_t, points + 2);
  picture->steps = IRMI_ARENA_ARRAY(arena, irmi_step, points / 2 + 1);
  picture->spans = IRMI_ARENA_ARRAY(arena, irmi_span, points / 2 + 1);
  axis a = {picture, IRMI_ARENA_ARRAY(arena, uint32_t, points / 2 + 1), 0};
  uint32_t point = 0;
  while (point + 1 < points && irm_liveness_op_at(picture->facts->liveness, point)) {
    add_point(&a, point);
    point += 2;
  }
  for (; point < points + 2; point++)
    picture->half_step[point] = 2 * picture->step_count;
}
