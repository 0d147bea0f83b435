/* Making a picture, and what it says of itself in words. */
#include "report/picture.h"

#include "report/formula.h"
#include "support/context.h"

#include <inttypes.h>
#include <string.h>

void irmi_picture_init(irmi_picture *picture, irmi_facts *facts, const char *key) {
  *picture = (irmi_picture){.facts = facts, .key = key};
  picture->decision_of = IRMI_ARENA_ARRAY(&facts->arena, const irmi_decision *,
                                          irm_program_value_bound(facts->planned));
  for (uint32_t k = 0; k < facts->decision_count; k++)
    picture->decision_of[irm_value_id(facts->decisions[k].value)] = &facts->decisions[k];
  irmi_find_steps(picture);
  irmi_find_blocks(picture);
}

/* Names -----------------------------------------------------------------------------------------*/

const char *irmi_shortened(irmi_facts *facts, const char *text, size_t bytes) {
  if (strlen(text) <= bytes) return text;
  while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80)
    bytes--;
  return irmi_text(facts, "%.*s...", (int)bytes, text);
}

/* The op that computes a value; of what a kernel gives, the one of its body. */
static const irm_op *computing_op(const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op || irm_op_opcode(op) != IRM_KERNEL) return op;
  return irm_value_op(irm_region_yielded(irm_kernel_body(op), irm_value_index(value)));
}

const char *irmi_array_text(irmi_facts *facts, const irm_value *value) {
  const irm_op *op = computing_op(value);
  const char *name = irmi_shortened(facts, irm_value_name(value), IRMI_PICTURE_TEXT);
  if (irm_value_is_named(value) || !op) return name;
  return irmi_text(facts, "%%%s %s", name, irm_op_info_of(op)->mnemonic);
}

/* The middle of many is left out. */
const char *irmi_block_text(const irmi_picture *picture, const irmi_block *block) {
  enum { MOST = 4 };
  irmi_facts *facts = picture->facts;
  if (block->op)
    return irmi_text(
        facts, "partial results of %s",
        irmi_shortened(facts, irmi_op_text(&facts->arena, block->op), IRMI_PICTURE_TEXT));
  const char *text = block->part_count ? irmi_array_text(facts, block->parts[0].value) : "?";
  for (uint32_t k = 1; k < block->part_count; k++) {
    bool skips = k == MOST - 1 && block->part_count > MOST;
    if (skips) k = block->part_count - 1;
    const irm_value *value = block->parts[k].value;
    const char *joint = irm_value_host(value) ? " \u2192" : ",";
    text = irmi_text(facts, skips ? "%s%s \u2026 %s" : "%s%s %s", text, joint,
                     irmi_array_text(facts, value));
  }
  return text;
}

const char *irmi_slot_text(const irmi_picture *picture, uint32_t slot) {
  const char *output = irm_program_slot(picture->facts->planned, slot).output;
  if (!output) return irmi_text(picture->facts, "slot %u", slot);
  return irmi_text(picture->facts, "output %s",
                   irmi_shortened(picture->facts, output, IRMI_PICTURE_TEXT));
}

/* Numbers ---------------------------------------------------------------------------------------*/

/* To the hundredth, in the largest unit that is not larger. */
static const char *in_units(irmi_facts *facts, uint64_t bytes) {
  static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  unsigned unit = 0;
  while (unit < 6 && bytes >> 10 * (unit + 1))
    unit++;
  uint64_t whole = bytes >> 10 * unit;
  uint64_t rest = unit ? (bytes >> 10 * (unit - 1) & 1023) * 100 / 1024 : 0;
  if (rest == 0) return irmi_text(facts, "%" PRIu64 " %s", whole, units[unit]);
  if (rest % 10 == 0)
    return irmi_text(facts, "%" PRIu64 ".%u %s", whole, (unsigned)rest / 10, units[unit]);
  return irmi_text(facts, "%" PRIu64 ".%02u %s", whole, (unsigned)rest, units[unit]);
}

const char *irmi_short_bytes_text(irmi_facts *facts, uint64_t bytes) {
  return bytes < 10000 ? irmi_text(facts, "%" PRIu64 " bytes", bytes) : in_units(facts, bytes);
}

const char *irmi_bytes_text(irmi_facts *facts, uint64_t bytes) {
  if (bytes < 10000) return irmi_short_bytes_text(facts, bytes);
  return irmi_text(facts, "%" PRIu64 " bytes (%s)", bytes, in_units(facts, bytes));
}

const char *irmi_offset_text(const irmi_picture *picture, uint32_t slot) {
  irmi_facts *facts = picture->facts;
  if (irm_program_slot(facts->planned, slot).output) return "";
  const irmi_maximum *begin = &facts->layouts[picture->layout]->begin[slot];
  return irmi_shortened(facts, irmi_maximum_text(&facts->arena, &facts->forms, begin),
                        IRMI_PICTURE_TEXT);
}

/* Places ----------------------------------------------------------------------------------------*/

static const char *in_place_text(irmi_facts *facts, irm_loc loc) {
  const char *place = irmi_place_text(facts, loc);
  return *place ? irmi_text(facts, " in %s", irmi_shortened(facts, place, IRMI_PICTURE_TEXT)) : "";
}

const char *irmi_step_text(const irmi_picture *picture, uint32_t step) {
  irmi_facts *facts = picture->facts;
  const irm_op *op = picture->steps[step].op;
  if (irm_op_opcode(op) == IRM_OUTPUT) return "the end";
  const char *name = irm_op_opcode(op) == IRM_LOOP ? "the loop"
                     : irm_op_opcode(op) == IRM_IF ? "the if"
                                                   : irmi_op_text(&facts->arena, op);
  return irmi_text(facts, "%s%s", irmi_shortened(facts, name, IRMI_PICTURE_TEXT),
                   in_place_text(facts, irmi_op_place(op)));
}

const char *irmi_span_text(const irmi_picture *picture, const irmi_span *span) {
  irmi_facts *facts = picture->facts;
  const char *place = irmi_place_text(facts, irm_op_loc(span->op));
  const char *name = irm_op_opcode(span->op) == IRM_LOOP ? "loop" : "if";
  if (!*place) return name;
  return irmi_text(facts, "%s, %s", name, irmi_shortened(facts, place, IRMI_PICTURE_TEXT));
}

const char *irmi_source_text(irmi_facts *facts, irm_loc loc) {
  irmi_source *source = irmi_context_source(irm_program_context(facts->planned), loc.file);
  size_t length;
  const char *line = source && loc.line ? irmi_source_line(source, loc.line, &length) : NULL;
  if (!line) return NULL;
  while (length > 0 && (*line == ' ' || *line == '\t'))
    line++, length--;
  return irmi_shortened(facts, irmi_arena_copy_text(&facts->arena, line, length),
                        IRMI_PICTURE_TEXT);
}
