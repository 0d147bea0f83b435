/* Programs as text, to see what a pass did and whether it did what it says. */
#include "pass/internal.h"

#include "irmem/text.h"

#include <stdlib.h>
#include <string.h>

char *irmi_program_text(const irm_program *program) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_text_print(stream, program);
  fclose(stream);
  return text;
}

char *irmi_text_difference(const char *before, const char *after) {
  const char *line = after;
  for (; *before && *before == *after; ++before, ++after)
    if (*after == '\n') line = after + 1;
  if (*before == *after) return NULL;
  return strndup(line, strcspn(line, "\n"));
}

/* What an array without a slot will take. */
static uint64_t bytes_without_slot(const irm_op *op) {
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < irm_op_result_count(op); ++i) {
    const irm_value *value = irm_op_result(op, i);
    bool placed = irm_value_slot(value) != IRM_NO_SLOT || irm_value_is_given(value);
    irm_size size = placed ? irm_size_constant(0) : irm_type_bytes(irm_value_type(value));
    bytes = irm_bytes_add(
        bytes, irm_size_evaluate_aligned(size, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES));
  }
  return bytes;
}

uint64_t irmi_planned_bytes(const irm_program *program) {
  uint64_t bytes = irm_program_arena_bytes(program, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op))
    bytes = irm_bytes_add(bytes, bytes_without_slot(op));
  return bytes;
}
