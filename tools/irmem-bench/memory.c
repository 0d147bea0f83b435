/* The memory table: figures of the memory report, one line an algorithm. */
#include "memory.h"

#include "common/input.h"
#include "common/shipped.h"

#include <stdlib.h>

/* The memory report of a planned program, as JSON; NULL after an error was reported. */
static json_t *report_of(const irm_program *as_written, const irm_program *planned) {
  irm_report_options options = {
      .json = true, .sized = true, .nodes = IRM_REFERENCE_NODES, .edges = IRM_REFERENCE_EDGES};
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  bool good = irm_report_memory(stream, as_written, planned, &options);
  fclose(stream);
  json_t *report = good ? json_loadb(text, length, 0, NULL) : NULL;
  free(text);
  return report;
}

static const char *formula(const json_t *report, const char *key) {
  const char *text = json_string_value(json_object_get(json_object_get(report, "formulas"), key));
  return text ? text : "";
}

static double bytes(const json_t *report, const char *key) {
  return json_number_value(json_object_get(report, key));
}

static void show(const char *name, const json_t *report, json_t *rows) {
  double before = bytes(report, "total_allocated_bytes");
  double after = bytes(report, "arena_bytes") + bytes(report, "output_bytes");
  double saved = before > 0 ? 100 * (1 - after / before) : 0;
  printf("| %-21s | %12s | %32s | %6s | %32s | %5.0f %% |\n", name,
         formula(report, "total_allocated"), formula(report, "arena_before_rounding"),
         formula(report, "output"), formula(report, "lower_bound_before_rounding"), saved);
  json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:f}", "algorithm", name,
                                        "one_array_a_value", formula(report, "total_allocated"),
                                        "arena", formula(report, "arena_before_rounding"), "output",
                                        formula(report, "output"), "lower_bound",
                                        formula(report, "lower_bound_before_rounding"),
                                        "saved_percent", saved));
}

static bool measure_one(irm_context *context, irm_elem real, const char *name, json_t *rows) {
  tool_input input;
  if (!tool_input_read(context, name, real, true, &input)) return false;
  irm_program *as_written = irm_program_clone(input.program);
  json_t *report =
      irm_pipeline_run(input.program, "O2", NULL) ? report_of(as_written, input.program) : NULL;
  if (report) show(name, report, rows);
  json_decref(report);
  irm_program_destroy(as_written);
  tool_input_release(&input);
  return report != NULL;
}

bool memory_measure(irm_context *context, const settings *set, json_t *document) {
  tool_shipped shipped = tool_shipped_list();
  json_t *rows = json_array();
  irm_elem real = set->real == 2 ? IRM_F64 : IRM_F32;
  bool good = true;
  printf("\nBytes of arrays, %s; saved for n = 2^20 and m = 2^24\n\n", irm_elem_name(real));
  printf("| %-21s | %12s | %32s | %6s | %32s | %7s |\n", "algorithm", "array/value", "arena",
         "output", "lower bound of arena", "saved");
  printf("| %-21s | %12s | %32s | %6s | %32s | %7s |\n", "---",
         "---:", "---:", "---:", "---:", "---:");
  for (size_t i = 0; good && i < shipped.count; i++)
    good = measure_one(context, real, shipped.names[i], rows);
  json_object_set_new(document, "memory", rows);
  tool_shipped_release(&shipped);
  return good;
}
