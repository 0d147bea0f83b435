/* The program as a graph for Graphviz: an op is a node, a value goes from the op that gives it to
 * each reader, a region is a cluster. */
#include "irmem/report.h"
#include "irmem/text.h"
#include "support/lexer.h"

#include <string.h>

/* Bytes of a name that are shown. */
enum { LONGEST = 120 };

/* Within double quotes, where Graphviz reads a backslash as the beginning of an escape and, in what
 * it makes of labels, an ampersand as that of an entity. */
static void write_text(FILE *stream, const char *text) {
  const char *end = text + strlen(text), *stop = end - text > LONGEST ? text + LONGEST : end;
  for (size_t length; text < stop; text += length ? length : 1) {
    length = irmi_utf8_length(text, end);
    unsigned char c = (unsigned char)*text;
    if (length == 0 || c < ' ' || c == 0x7f)
      fputc('?', stream);
    else if (c == '&')
      fputs("&amp;", stream);
    else
      fprintf(stream, c == '"' || c == '\\' ? "\\%.*s" : "%.*s", (int)length, text);
  }
  if (stop < end) fputs("...", stream);
}

static void indent(FILE *stream, uint32_t depth) {
  fprintf(stream, "%*s", 2 * (int)(depth < 16 ? depth : 16), "");
}

/* Nodes -----------------------------------------------------------------------------------------*/

/* "%next f64[node] in slot 1", a line of a label. */
static void write_value(FILE *stream, const irm_value *value) {
  irm_type type = irm_value_type(value);
  fputs("\\n%", stream);
  write_text(stream, irm_value_name(value));
  fprintf(stream, ": %s", irm_elem_name(type.elem));
  if (irm_value_is_array(value)) fprintf(stream, "[%s]", irm_space_name(type.space));
  if (irm_value_host(value)) {
    fputs(" over %", stream);
    write_text(stream, irm_value_name(irm_value_host(value)));
  }
  if (irm_value_slot(value) != IRM_NO_SLOT) fprintf(stream, ", slot %u", irm_value_slot(value));
}

static void write_place(FILE *stream, irm_loc loc) {
  fputs("\\n", stream);
  if (loc.path)
    write_text(stream, loc.path);
  else if (loc.line)
    fprintf(stream, "line %u", loc.line);
}

static void write_op(FILE *stream, const irm_op *op, uint32_t depth) {
  irm_op_attribute attribute = irm_op_info_of(op)->attribute;
  indent(stream, depth);
  fprintf(stream, "op%u [label=\"%s", irm_op_id(op), irm_op_info_of(op)->mnemonic);
  if (attribute == IRM_ATTR_NAME || attribute == IRM_ATTR_PARAM) {
    fputs(" '", stream);
    write_text(stream, irm_op_name(op));
    fputc('\'', stream);
  }
  if (attribute == IRM_ATTR_NUMBER) {
    fputc(' ', stream);
    irm_number_print(stream, irm_op_number(op));
  }
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    write_value(stream, irm_op_result(op, k));
  if (irm_op_opcode(op) != IRM_YIELD) write_place(stream, irm_op_loc(op));
  bool encloses = irm_op_region_count(op) > 0 || irm_op_opcode(op) == IRM_KERNEL;
  fprintf(stream, "\"%s];\n", encloses ? ", shape=hexagon" : "");
}

static void write_argument(FILE *stream, const irm_value *value, uint32_t depth) {
  indent(stream, depth);
  fprintf(stream, "v%u [shape=ellipse, label=\"", irm_value_id(value));
  fputs(irm_value_is_array(value) ? "array" : "scalar", stream);
  write_value(stream, value);
  fputs("\"];\n", stream);
}

/* Edges -----------------------------------------------------------------------------------------*/

static void write_source(FILE *stream, const irm_value *value) {
  if (irm_value_op(value))
    fprintf(stream, "op%u", irm_op_id(irm_value_op(value)));
  else
    fprintf(stream, "v%u", irm_value_id(value));
}

static const char *style_of(const irm_value *value) {
  return irm_value_is_array(value) ? "penwidth=2" : "style=dashed";
}

static void write_operands(FILE *stream, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *value = irm_op_operand(op, k);
    fputs("  ", stream);
    write_source(stream, value);
    fprintf(stream, " -> op%u [%s", irm_op_id(op), style_of(value));
    if (irm_value_op(value) && irm_op_result_count(irm_value_op(value)) > 1) {
      fputs(", label=\"%", stream);
      write_text(stream, irm_value_name(value));
      fputc('"', stream);
    }
    fputs("];\n", stream);
  }
}

/* From the op to the arguments of its regions, and back from what they yield. */
static void write_region_edges(FILE *stream, const irm_op *op, const irm_region *region) {
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++) {
    const irm_value *argument = irm_region_argument(region, k);
    fprintf(stream, "  op%u -> v%u [%s];\n", irm_op_id(op), irm_value_id(argument),
            style_of(argument));
  }
  const irm_op *last = irm_region_last(region);
  if (last)
    fprintf(stream, "  op%u -> op%u [style=dotted, constraint=false];\n", irm_op_id(last),
            irm_op_id(op));
}

/* Regions ---------------------------------------------------------------------------------------*/

/* Writes the ops of a region, and those of the regions in it, or their edges. */
typedef struct walk {
  FILE *stream;
  bool edges;
} walk;

static const char *region_name(const irm_op *op, uint32_t index) {
  if (irm_op_opcode(op) == IRM_LOOP) return index == 0 ? "while" : "repeats";
  if (irm_op_opcode(op) == IRM_IF) return index == 0 ? "then" : "else";
  return "for each element";
}

static void walk_region(const walk *w, const irm_region *region, uint32_t depth);

static void walk_subregion(const walk *w, const irm_op *op, uint32_t index, uint32_t depth) {
  bool is_kernel = irm_op_opcode(op) == IRM_KERNEL;
  const irm_region *region = is_kernel ? irm_kernel_body(op) : irm_op_subregion(op, index);
  if (!irm_region_first(region)) return;
  if (w->edges) {
    write_region_edges(w->stream, op, region);
    walk_region(w, region, depth);
    return;
  }
  indent(w->stream, depth);
  fprintf(w->stream, "subgraph cluster_%u_%u {\n", irm_op_id(op), index);
  indent(w->stream, depth + 1);
  fprintf(w->stream, "label=\"%s\";\n", region_name(op, index));
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    write_argument(w->stream, irm_region_argument(region, k), depth + 1);
  walk_region(w, region, depth + 1);
  indent(w->stream, depth);
  fputs("}\n", w->stream);
}

static void walk_region(const walk *w, const irm_region *region, uint32_t depth) {
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    if (w->edges)
      write_operands(w->stream, op);
    else
      write_op(w->stream, op, depth);
    uint32_t count = irm_op_opcode(op) == IRM_KERNEL ? 1 : irm_op_region_count(op);
    for (uint32_t k = 0; k < count; k++)
      walk_subregion(w, op, k, depth);
  }
}

void irm_report_dot(FILE *stream, const irm_program *program) {
  irm_program_number_values(program);
  fputs("digraph \"", stream);
  write_text(stream, irm_program_name(program));
  fputs("\" {\n  node [shape=box, fontname=\"monospace\", fontsize=11];\n"
        "  edge [fontname=\"monospace\", fontsize=9];\n",
        stream);
  walk_region(&(walk){stream, false}, irm_program_body(program), 1);
  walk_region(&(walk){stream, true}, irm_program_body(program), 1);
  fputs("}\n", stream);
}
