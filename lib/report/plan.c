/* The plan: the program's text, which has every placement, and behind it as comments what the
 * placements add up to. It still parses. */
#include "irmem/text.h"
#include "report/facts.h"
#include "report/formula.h"
#include "report/offsets.h"

#include <inttypes.h>

/* The slots of the first layout, all of them; of another, those of the arena. */
static void print_layout(FILE *stream, irmi_facts *facts, uint32_t layout) {
  irmi_offsets *offsets = irmi_offsets_create(&facts->arena, facts->planned, layout);
  for (uint32_t number = 0; number < irm_program_slot_count(facts->planned); number++) {
    irm_slot slot = irm_program_slot(facts->planned, number);
    if (slot.output && layout > 0) continue;
    fprintf(stream, ";   slot %u: ", number);
    irm_size_print(stream, slot.bytes);
    if (slot.output) {
      fprintf(stream, ", output \"%s\"\n", slot.output);
      continue;
    }
    fputs(" at ", stream);
    irmi_offsets_print(stream, offsets, number);
    fputc('\n', stream);
  }
}

static void print_slots(FILE *stream, irmi_facts *facts) {
  fputs("; slots\n", stream);
  print_layout(stream, facts, 0);
  for (uint32_t i = 1; i < irm_program_layout_count(facts->planned); i++) {
    fprintf(stream, "; slots in layout %u, where its arena is least\n", i + 1);
    print_layout(stream, facts, i);
  }
}

static void print_bytes(FILE *stream, const irmi_facts *facts, uint64_t bytes) {
  if (facts->options->sized) fprintf(stream, ", %" PRIu64 " bytes", bytes);
  fputc('\n', stream);
}

static void print_bound(FILE *stream, irmi_facts *facts) {
  fprintf(stream, "; lower bound = %s%s", facts->bound_formula, irmi_bound_note(facts));
  print_bytes(stream, facts, facts->bound.bytes);
  if (!facts->bound.op) return;
  fputs(";   shown by  ", stream);
  irm_text_print_op(stream, facts->bound.op);
  fputs("\n;   alive there:", stream);
  for (uint32_t k = 0; k < facts->bound.alive_count; k++)
    fprintf(stream, "%s %%%s", k ? "," : "", irm_value_name(facts->bound.alive[k]));
  fputc('\n', stream);
}

static const char *verdict_text(const irmi_facts *facts) {
  switch (irmi_facts_verdict(facts)) {
  case IRMI_OPTIMAL: return "optimal: they are equal";
  case IRMI_NOT_OPTIMAL: return "not proven optimal: they differ";
  case IRMI_UNKNOWN: break;
  }
  return "whether they are equal depends on n and m";
}

void irmi_plan_print(FILE *stream, irmi_facts *facts) {
  const irm_report_options *options = facts->options;
  irm_text_print(stream, facts->planned);
  print_slots(stream, facts);
  if (options->sized)
    fprintf(stream, "; n = %" PRIu64 ", m = %" PRIu64 "\n", options->nodes, options->edges);
  fprintf(stream, "; arena = %s", facts->arena_formula);
  print_bytes(stream, facts, facts->arena_bytes);
  print_bound(stream, facts);
  fprintf(stream, "; %s\n", verdict_text(facts));
}
