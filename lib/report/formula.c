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

const char *irmi_maximum_text(irmi_arena *arena, const irmi_forms *forms, const irmi_maximum *of) {
  text_writer writer;
  writer_open(&writer);
  irmi_maximum_print(writer.stream, forms, of);
  return writer_close(&writer, arena);
}

const char *irmi_plain_text(irmi_arena *arena, const irmi_forms *forms, const irmi_maximum *of) {
  text_writer writer;
  writer_open(&writer);
  irmi_maximum_print_plain(writer.stream, forms, of);
  return writer_close(&writer, arena);
}

const char *irmi_arena_text(irmi_arena *arena, const irmi_forms *forms,
                            irmi_offsets *const *layouts, uint32_t count, bool plain) {
  text_writer writer;
  writer_open(&writer);
  if (count > 1) fputs("min(", writer.stream);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) fputs(", ", writer.stream);
    if (plain)
      irmi_maximum_print_plain(writer.stream, forms, &layouts[i]->arena);
    else
      irmi_maximum_print(writer.stream, forms, &layouts[i]->arena);
  }
  if (count > 1) fputc(')', writer.stream);
  return writer_close(&writer, arena);
}

static bool reads_degrees(const irm_op *op) {
  if (irm_op_opcode(op) != IRM_KERNEL) return irm_op_opcode(op) == IRM_DEGREE;
  for (const irm_op *at = irm_region_first(irm_kernel_body(op)); at; at = irm_op_next(at))
    if (irm_op_opcode(at) == IRM_DEGREE) return true;
  return false;
}

static bool reads_graph(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (reads_degrees(op)) return true;
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
