/* Printing SSA. Prints what is there, well formed or not: the verifier's messages quote it. */
#include "ir/print.h"

#include "ir/internal.h"
#include "support/lexer.h"
#include "support/number.h"

#include <inttypes.h>
#include <string.h>

static void indent(FILE *stream, int depth) {
  fprintf(stream, "%*s", 2 * depth, "");
}

void irmi_print_quoted(FILE *stream, const char *text) {
  const char *end = text + strlen(text);
  fputc('"', stream);
  for (size_t length; text < end; text += length ? length : 1) {
    length = irmi_utf8_length(text, end);
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\')
      fprintf(stream, "\\%c", c);
    else if (length == 0 || c < ' ' || c == 0x7f)
      fprintf(stream, c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\x%02x", c);
    else
      fwrite(text, 1, length, stream);
  }
  fputc('"', stream);
}

static bool is_plain(const char *name) {
  const char *end = name + strlen(name);
  if (name == end) return false;
  for (size_t length; name < end; name += length) {
    length = irmi_utf8_length(name, end);
    bool letter =
        strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.-", *name);
    if (length == 0 || (length == 1 && !letter)) return false;
  }
  return true;
}

static void print_name(FILE *stream, char sigil, const char *name) {
  fputc(sigil, stream);
  if (is_plain(name))
    fputs(name, stream);
  else
    irmi_print_quoted(stream, name);
}

void irmi_print_value(FILE *stream, const irm_value *value) {
  if (value->name || irm_value_region(value))
    print_name(stream, '%', irm_value_name(value));
  else
    fputs("%<removed>", stream);
}

void irm_type_print(FILE *stream, irm_type type) {
  fputs(irm_elem_name(type.elem), stream);
  if (irm_type_is_array(type)) fprintf(stream, "[%s]", irm_space_name(type.space));
}

void irm_number_print(FILE *stream, irm_number number) {
  char text[IRMI_REAL_ROOM];
  if (irm_elem_is_float(number.elem)) {
    irmi_real_write(text, number.as.f, number.elem == IRM_F32);
    fputs(text, stream);
  } else if (number.elem == IRM_I1) {
    fputs(number.as.i ? "true" : "false", stream);
  } else {
    fprintf(stream, "%" PRId64, number.as.i);
  }
}

/* "%a, %b" of operands from the first on. */
static void print_operands(FILE *stream, const irm_op *op, uint32_t first) {
  for (uint32_t i = first; i < op->operand_count; i++) {
    fputs(i > first ? ", " : "", stream);
    irmi_print_value(stream, op->operands[i].value);
  }
}

static void print_values(FILE *stream, uint32_t count, irm_value *const *values) {
  for (uint32_t i = 0; i < count; i++) {
    fputs(i ? ", " : "", stream);
    irmi_print_value(stream, values[i]);
  }
}

static void print_kernel_operands(FILE *stream, const irm_op *kernel) {
  if (kernel->operand_count == 0) return;
  fputs(" with(", stream);
  print_operands(stream, kernel, 0);
  fputc(')', stream);
}

static void print_loop_operands(FILE *stream, const irm_op *loop) {
  uint32_t first = loop->counted && loop->operand_count;
  if (first) {
    fputc(' ', stream);
    irmi_print_value(stream, loop->operands[0].value);
  }
  if (loop->operand_count == first) return;
  fputs(" carry(", stream);
  print_operands(stream, loop, first);
  fputc(')', stream);
}

static void print_literal(FILE *stream, const irm_op *op) {
  irm_op_attribute attribute = irm_op_info_of(op)->attribute;
  bool named = attribute == IRM_ATTR_NAME || attribute == IRM_ATTR_PARAM;
  if (named) {
    fputc(' ', stream);
    irmi_print_quoted(stream, op->name ? op->name : "");
  }
  if (attribute == IRM_ATTR_NUMBER || (attribute == IRM_ATTR_PARAM && op->has_default)) {
    fputs(named ? " = " : " ", stream);
    irm_number_print(stream, op->number);
  }
}

static bool any_slot(const irm_op *op) {
  for (uint32_t i = 0; i < op->result_count; i++)
    if (op->results[i]->slot != IRM_NO_SLOT) return true;
  return false;
}

static void print_slot_list(FILE *stream, const irm_op *op) {
  if (!any_slot(op)) return;
  fputs(" slot(", stream);
  for (uint32_t i = 0; i < op->result_count; i++) {
    fputs(i ? ", " : "", stream);
    if (op->results[i]->slot == IRM_NO_SLOT)
      fputc('_', stream);
    else
      fprintf(stream, "%" PRIu32, op->results[i]->slot);
  }
  fputc(')', stream);
}

static bool any_host(const irm_op *op) {
  for (uint32_t i = 0; i < op->result_count; i++)
    if (op->results[i]->host) return true;
  return false;
}

static void print_host_list(FILE *stream, const irm_op *op) {
  if (!any_host(op)) return;
  fputs(" into(", stream);
  for (uint32_t i = 0; i < op->result_count; i++) {
    fputs(i ? ", " : "", stream);
    if (op->results[i]->host)
      irmi_print_value(stream, op->results[i]->host);
    else
      fputc('_', stream);
  }
  fputc(')', stream);
}

static void print_placement(FILE *stream, const irm_op *op) {
  if (irm_op_info_of(op)->kind == IRM_KIND_FLOW) {
    print_host_list(stream, op);
    print_slot_list(stream, op);
  } else if (op->result_count) {
    const irm_value *result = op->results[0];
    if (result->host) {
      fputs(" into ", stream);
      irmi_print_value(stream, result->host);
    }
    if (result->slot != IRM_NO_SLOT) fprintf(stream, " slot %" PRIu32, result->slot);
  }
  if (op->workspace_slot != IRM_NO_SLOT)
    fprintf(stream, " workspace slot %" PRIu32, op->workspace_slot);
}

/* What stands between mnemonic and operands. */
static void print_choices(FILE *stream, const irm_op *op) {
  if (irm_op_has_direction(op)) fprintf(stream, " %s", irm_direction_name(op->direction));
  if (op->opcode == IRM_KERNEL) fprintf(stream, " %s", irm_space_name(op->space));
  if (irm_op_info_of(op)->attribute == IRM_ATTR_MODE)
    fprintf(stream, " %s%s", irm_tie_name(op->tie), op->self ? " self" : "");
}

/* "%a, %b!": b is required to be in place. */
static void print_results(FILE *stream, const irm_op *op) {
  for (uint32_t i = 0; i < op->result_count; i++) {
    fputs(i ? ", " : "", stream);
    irmi_print_value(stream, op->results[i]);
    if (op->results[i]->in_place) fputc('!', stream);
  }
}

static void print_op(FILE *stream, const irm_op *op, bool placed) {
  const irm_op_info *info = irm_op_info_of(op);
  print_results(stream, op);
  fprintf(stream, "%s%s", op->result_count ? " = " : "", info->mnemonic);
  print_choices(stream, op);
  if (info->attribute == IRM_ATTR_COUNTED) {
    print_loop_operands(stream, op);
  } else if (op->opcode == IRM_KERNEL) {
    print_kernel_operands(stream, op);
  } else if (op->operand_count) {
    fputc(' ', stream);
    print_operands(stream, op, 0);
  }
  print_literal(stream, op);
  if (placed) print_placement(stream, op);
  for (uint32_t i = 0; i < op->result_count; i++) {
    fputs(i ? ", " : " : ", stream);
    irm_type_print(stream, op->results[i]->type);
  }
}

void irm_text_print_op(FILE *stream, const irm_op *op) {
  print_op(stream, op, true);
}

void irm_text_print_op_unplaced(FILE *stream, const irm_op *op) {
  print_op(stream, op, false);
}

static void print_ops(FILE *stream, const irm_region *region, int depth);

/* " do(%a, %b) {", the ops, "}". */
static void print_region(FILE *stream, const char *keyword, const irm_region *region, int depth) {
  fprintf(stream, "%s", keyword);
  if (region->argument_count) {
    fputc('(', stream);
    print_values(stream, region->argument_count, region->arguments);
    fputc(')', stream);
  }
  fputs(" {\n", stream);
  print_ops(stream, region, depth + 1);
  indent(stream, depth);
  fputc('}', stream);
}

static void print_regions(FILE *stream, const irm_op *op, int depth) {
  if (op->region_count == 1) print_region(stream, " do", &op->regions[0], depth);
  if (op->region_count != 2) return;
  const irm_region *first = &op->regions[0], *second = &op->regions[1];
  bool is_loop = op->opcode == IRM_LOOP;
  if (!is_loop || first->first) print_region(stream, is_loop ? " while" : "", first, depth);
  print_region(stream, is_loop ? " do" : " else", second, depth);
}

static void print_ops(FILE *stream, const irm_region *region, int depth) {
  for (const irm_op *op = region->first; op; op = op->next) {
    indent(stream, depth);
    irm_text_print_op(stream, op);
    print_regions(stream, op, depth);
    fputc('\n', stream);
  }
}

static void print_place(FILE *stream, irm_slot_place place, const char *separator) {
  if (place.behind_all) return;
  fprintf(stream, "%s %s", separator, place.behind_count ? "behind" : "at 0");
  for (uint32_t k = 0; k < place.behind_count; k++)
    fprintf(stream, "%s %" PRIu32, k ? "," : "", place.behind[k]);
}

/* One line a slot; those of the arena with their places in the first layout, which has them in the
 * same order. */
static void print_slot_lines(FILE *stream, const irm_program *program) {
  uint32_t placed = 0;
  for (size_t i = 0; i < program->slots.count; i++) {
    const irm_slot *slot = &program->slots.items[i];
    fprintf(stream, "    slot %zu: ", i);
    irm_size_print(stream, slot->bytes);
    if (slot->output) {
      fputs(" output ", stream);
      irmi_print_quoted(stream, slot->output);
    } else {
      print_place(stream, irm_program_layout_place(program, 0, placed++), "");
    }
    fputc('\n', stream);
  }
}

static void print_layout(FILE *stream, const irm_program *program, uint32_t layout) {
  fputs("    layout {\n", stream);
  for (uint32_t i = 0; i < irm_program_layout_length(program, layout); i++) {
    irm_slot_place place = irm_program_layout_place(program, layout, i);
    fprintf(stream, "      slot %" PRIu32, place.slot);
    print_place(stream, place, ":");
    fputc('\n', stream);
  }
  fputs("    }\n", stream);
}

static void print_slots(FILE *stream, const irm_program *program) {
  if (program->slots.count == 0) return;
  const char *sharing = irm_sharing_name(program->sharing);
  fprintf(stream, "  slots %s%s{\n", sharing, *sharing ? " " : "");
  print_slot_lines(stream, program);
  for (uint32_t i = 1; i < irm_program_layout_count(program); i++)
    print_layout(stream, program, i);
  fputs("  }\n", stream);
}

void irm_text_print(FILE *stream, const irm_program *program) {
  irm_program_number_values(program);
  fputs("algorithm ", stream);
  print_name(stream, '@', program->name);
  fputs(program->fast_math ? " fast {\n" : " {\n", stream);
  print_ops(stream, program->body, 1);
  print_slots(stream, program);
  fputs("}\n", stream);
}
