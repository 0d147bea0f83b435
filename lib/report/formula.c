/* Sizes as formulas. */
#include "report/formula.h"

#include "irmem/run.h"

#include <stdlib.h>

irm_size irmi_size_add(irm_size x, irm_size y) {
  return (irm_size){.a = x.a + y.a, .b = x.b + y.b, .c = x.c + y.c};
}

/* What was written to a stream over memory, kept in the arena. */
typedef struct text_writer {
  char *text;
  size_t length;
  FILE *stream;
} text_writer;

static void writer_open(text_writer *writer) {
  writer->stream = open_memstream(&writer->text, &writer->length);
}

static const char *writer_close(text_writer *writer, irmi_arena *arena) {
  fclose(writer->stream);
  const char *copy = irmi_arena_copy_text(arena, writer->text, writer->length);
  free(writer->text);
  return copy;
}

const char *irmi_size_text(irmi_arena *arena, irm_size size) {
  text_writer writer;
  writer_open(&writer);
  irm_size_print(writer.stream, size);
  return writer_close(&writer, arena);
}

void irmi_slot_sum_init(irmi_slot_sum *sum, irmi_arena *arena, const irm_program *program) {
  *sum = (irmi_slot_sum){
      .terms = IRMI_ARENA_ARRAY(arena, irmi_slot_term, irm_program_slot_count(program))};
}

/* Sizes are few: element sizes times index spaces, and workspaces. */
void irmi_slot_sum_add(irmi_slot_sum *sum, irm_slot slot) {
  if (slot.output || irm_size_is_zero(slot.bytes)) return;
  uint32_t k = 0;
  while (k < sum->count && !irm_size_equal(sum->terms[k].bytes, slot.bytes))
    k++;
  if (k == sum->count) sum->terms[sum->count++] = (irmi_slot_term){slot.bytes, 0};
  sum->terms[k].slots++;
}

void irmi_slot_sum_print(FILE *stream, const irmi_slot_sum *sum) {
  if (sum->count == 0) fputs("0", stream);
  for (uint32_t k = 0; k < sum->count; k++) {
    if (k > 0) fputs(" + ", stream);
    if (sum->terms[k].slots > 1) fprintf(stream, "%u ", sum->terms[k].slots);
    fputs("align64(", stream);
    irm_size_print(stream, sum->terms[k].bytes);
    fputs(")", stream);
  }
}

const char *irmi_arena_text(irmi_arena *arena, const irm_program *program) {
  irmi_slot_sum sum;
  irmi_slot_sum_init(&sum, arena, program);
  for (uint32_t slot = 0; slot < irm_program_slot_count(program); slot++)
    irmi_slot_sum_add(&sum, irm_program_slot(program, slot));
  text_writer writer;
  writer_open(&writer);
  irmi_slot_sum_print(writer.stream, &sum);
  return writer_close(&writer, arena);
}

static bool reads_graph(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_DEGREE) return true;
  return irm_program_graph_parts(program) != 0;
}

irm_size irmi_graph_size(const irm_program *program) {
  if (!reads_graph(program)) return irm_size_constant(0);
  unsigned parts = irm_program_graph_parts(program);
  uint64_t directions = !!(parts & IRM_GRAPH_IN) + !!(parts & IRM_GRAPH_OUT);
  uint64_t arc_bytes = parts & IRM_GRAPH_EDGE_IDS ? 8 : 4;
  irm_size size = {.a = 16, .b = directions * arc_bytes, .c = 16};
  if (parts & IRM_GRAPH_WEIGHTS) size.b += 8;
  if (parts & IRM_GRAPH_ENDPOINTS) size.b += 8;
  return size;
}
