/* print<...>: an analysis as text, from the questions that everybody may ask of it. The same text
 * shows whether two analyses agree. */
#include "pass/internal.h"

static void print_intervals(FILE *stream, const irm_interval *intervals, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    fprintf(stream, " [%u, %u)", intervals[i].begin, intervals[i].end);
}

/* Calls print for each array value, in program order; a loop's arguments behind its results. */
typedef void value_printer(FILE *stream, const void *analysis, const irm_value *value);

static void print_array(FILE *stream, const void *analysis, const irm_value *value,
                        value_printer *print) {
  if (irm_value_is_array(value)) print(stream, analysis, value);
}

static void print_values(FILE *stream, const irm_program *program, const void *analysis,
                         value_printer *print) {
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    for (uint32_t i = 0; i < irm_op_result_count(op); ++i)
      print_array(stream, analysis, irm_op_result(op, i), print);
    for (uint32_t r = 0; r < irm_op_region_count(op); ++r) {
      const irm_region *region = irm_op_subregion(op, r);
      for (uint32_t i = 0; i < irm_region_argument_count(region); ++i)
        print_array(stream, analysis, irm_region_argument(region, i), print);
    }
  }
}

static void print_lifetime(FILE *stream, const void *liveness, const irm_value *value) {
  uint32_t count;
  const irm_interval *lifetime = irm_liveness_of(liveness, value, &count);
  fprintf(stream, "  %%%s:", irm_value_name(value));
  print_intervals(stream, lifetime, count);
  fputc('\n', stream);
}

static void print_size(FILE *stream, const void *sizes, const irm_value *value) {
  fprintf(stream, "  %%%s: ", irm_value_name(value));
  irm_size_print(stream, irm_sizes_of(sizes, value));
  fputc('\n', stream);
}

static void print_storage(FILE *stream, const irm_storage *storage, uint32_t id) {
  uint32_t count;
  const irm_interval *lifetime = irm_storage_lifetime(storage, id, &count);
  const irm_op *output = irm_storage_output(storage, id);
  fprintf(stream, "  %u:", id);
  for (uint32_t k = 0; k < irm_storage_value_count(storage, id); ++k)
    fprintf(stream, " %%%s", irm_value_name(irm_storage_value(storage, id, k)));
  fprintf(stream, ", ");
  irm_size_print(stream, irm_storage_bytes(storage, id));
  fprintf(stream, ",");
  print_intervals(stream, lifetime, count);
  if (output) fprintf(stream, ", output \"%s\"", irm_op_name(output));
  fputs(irm_storage_swaps(storage, id) ? ", swaps\n" : "\n", stream);
}

static void print_peak(FILE *stream, const char *what, irm_peak peak) {
  fprintf(stream, "  %s at n = 2^20, m = 2^24: %llu bytes", what, (unsigned long long)peak.bytes);
  if (peak.op) fprintf(stream, " at %s", irm_op_info_of(peak.op)->mnemonic);
  if (peak.op && irm_op_result_count(peak.op) > 0)
    fprintf(stream, " %%%s", irm_value_name(irm_op_result(peak.op, 0)));
  fputc('\n', stream);
}

static void print_live_bytes(FILE *stream, const irm_live_bytes *live) {
  print_peak(stream, "peak", irm_live_bytes_peak(live, 1u << 20, 1u << 24));
  print_peak(stream, "lower bound", irm_live_bytes_lower_bound(live, 1u << 20, 1u << 24));
  fprintf(stream, "  lower bound: ");
  irm_live_bytes_print_lower_bound(stream, live);
  fputc('\n', stream);
}

void irmi_analyses_print(irmi_analyses *analyses, irm_analysis analysis, FILE *stream) {
  const irm_program *program = analyses->program;
  const void *made = irmi_analyses_get(analyses, analysis);
  fprintf(stream, "%s of @%s\n", irm_analysis_name(analysis), irm_program_name(program));
  switch (analysis) {
  case IRM_ANALYSIS_LIVENESS: print_values(stream, program, made, print_lifetime); break;
  case IRM_ANALYSIS_SIZES: print_values(stream, program, made, print_size); break;
  case IRM_ANALYSIS_STORAGE:
    for (uint32_t id = 0; id < irm_storage_count(made); ++id)
      print_storage(stream, made, id);
    break;
  case IRM_ANALYSIS_LIVE_BYTES: print_live_bytes(stream, made); break;
  case IRM_ANALYSIS_COUNT: break;
  }
}
