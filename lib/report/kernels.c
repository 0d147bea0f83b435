/* What runs as one loop: where it was written, and which arrays the loop goes through. */
#include "report/facts.h"
#include "report/formula.h"

#include <stdlib.h>
#include <string.h>

/* Where it was written -------------------------------------------------------------------------*/

static int compare_places(const void *left, const void *right) {
  const irm_loc *a = left, *b = right;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  if (!a->path || !b->path) return !!a->path - !!b->path;
  return strverscmp(a->path, b->path);
}

static uint32_t count_ops(const irm_op *kernel) {
  uint32_t count = 0;
  for (const irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op))
    count += irm_op_opcode(op) != IRM_YIELD;
  return count;
}

/* The lines, or the steps, of a kernel's ops in ascending order, each once. */
static void find_places(irmi_facts *facts, irmi_loop_fact *loop) {
  irm_loc *places = IRMI_ARENA_ARRAY(&facts->arena, irm_loc, loop->ops);
  uint32_t count = 0;
  for (const irm_op *op = irm_region_first(irm_kernel_body(loop->kernel)); op;
       op = irm_op_next(op)) {
    irm_loc loc = irm_op_loc(op);
    if (irm_op_opcode(op) != IRM_YIELD && (loc.line || loc.path)) places[count++] = loc;
  }
  if (count > 1) qsort(places, count, sizeof *places, compare_places);
  for (uint32_t i = 0; i < count; i++)
    if (i == 0 || compare_places(&places[i], &places[loop->place_count - 1]) != 0)
      places[loop->place_count++] = places[i];
  loop->places = places;
}

/* What it goes through -------------------------------------------------------------------------*/

static void add_bytes(irm_size *sum, const irm_value *value) {
  *sum = irmi_size_add(*sum, irm_type_bytes(irm_value_type(value)));
}

static void find_arrays(irmi_loop_fact *loop) {
  for (uint32_t k = 0; k < irm_op_operand_count(loop->kernel); k++)
    add_bytes(&loop->read, irm_op_operand(loop->kernel, k));
  for (uint32_t k = 0; k < irm_op_result_count(loop->kernel); k++)
    add_bytes(&loop->written, irm_op_result(loop->kernel, k));
}

void irmi_find_loops(irmi_facts *facts) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    count += irm_op_opcode(op) == IRM_KERNEL;
  facts->loops = IRMI_ARENA_ARRAY(&facts->arena, irmi_loop_fact, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));) {
    if (irm_op_opcode(op) != IRM_KERNEL) continue;
    irmi_loop_fact *loop = &facts->loops[facts->loop_count++];
    *loop = (irmi_loop_fact){.kernel = op, .ops = count_ops(op)};
    find_places(facts, loop);
    find_arrays(loop);
  }
}

/* In words -------------------------------------------------------------------------------------*/

static const char *append(irmi_facts *facts, const char *list, const char *item) {
  return list ? irmi_text(facts, "%s, %s", list, item) : item;
}

static const char *value_text(irmi_facts *facts, const irm_value *value) {
  return irmi_text(facts, "%%%s", irm_value_name(value));
}

/* The last of the places from one on that lie on lines one after the other. */
static uint32_t end_of_run(const irmi_loop_fact *loop, uint32_t first) {
  uint32_t last = first;
  while (last + 1 < loop->place_count && !loop->places[last + 1].path &&
         loop->places[last + 1].line == loop->places[last].line + 1)
    last++;
  return last;
}

/* " of lines 3-5, 7", " of line 3", " of $[3], $[4].body[1]", or nothing. */
const char *irmi_loop_places_text(irmi_facts *facts, const irmi_loop_fact *loop) {
  const char *list = NULL;
  bool lines = false;
  for (uint32_t i = 0; i < loop->place_count; i++) {
    irm_loc at = loop->places[i];
    lines |= !at.path;
    if (!at.path) i = end_of_run(loop, i);
    const char *item = at.path ? at.path : irmi_text(facts, "%u", at.line);
    if (loop->places[i].line > at.line)
      item = irmi_text(facts, "%s-%u", item, loop->places[i].line);
    list = append(facts, list, item);
  }
  if (!list) return "";
  const char *what = !lines ? "" : loop->place_count == 1 ? "line " : "lines ";
  return irmi_text(facts, " of %s%s", what, list);
}

static const char *reads_text(irmi_facts *facts, const irm_op *kernel) {
  const char *list = NULL;
  for (uint32_t k = 0; k < irm_op_operand_count(kernel); k++) {
    const irm_value *operand = irm_op_operand(kernel, k);
    if (!irm_value_is_array(operand)) continue;
    bool elsewhere = irm_kernel_reads_elsewhere(kernel, k);
    list =
        append(facts, list,
               irmi_text(facts, "%%%s%s", irm_value_name(operand), elsewhere ? " elsewhere" : ""));
  }
  return list ? list : "no array";
}

static const char *writes_text(irmi_facts *facts, const irm_op *kernel) {
  const char *list = NULL;
  for (uint32_t k = 0; k < irm_op_result_count(kernel); k++)
    if (irm_value_is_array(irm_op_result(kernel, k)))
      list = append(facts, list, value_text(facts, irm_op_result(kernel, k)));
  return list ? list : "no array";
}

const char *irmi_loop_results_text(irmi_facts *facts, const irmi_loop_fact *loop) {
  const char *list = NULL;
  for (uint32_t k = 0; k < irm_op_result_count(loop->kernel); k++)
    list = append(facts, list, value_text(facts, irm_op_result(loop->kernel, k)));
  return list;
}

const char *irmi_loop_text(irmi_facts *facts, const irmi_loop_fact *loop) {
  return irmi_text(facts, "%u op%s%s in one loop over %ss; reads %s; writes %s", loop->ops,
                   loop->ops == 1 ? "" : "s", irmi_loop_places_text(facts, loop),
                   irm_space_name(irm_op_space(loop->kernel)), reads_text(facts, loop->kernel),
                   writes_text(facts, loop->kernel));
}
