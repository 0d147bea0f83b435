/* A profile as JSON; docs/profile.md lists the keys. */
#include "report/profile.h"

#include <jansson.h>

static void set_number(json_t *object, const char *key, uint64_t number) {
  json_object_set_new(object, key, json_integer((json_int_t)number));
}

static json_t *lines_of(const irmi_profile_step *step) {
  json_t *lines = json_array();
  irm_loc alone = irm_op_loc(step->op);
  const irm_loc *places = step->loop ? step->loop->places : &alone;
  uint32_t count = step->loop ? step->loop->place_count : 1;
  for (uint32_t k = 0; k < count; k++) {
    if (places[k].path) json_array_append_new(lines, json_string(places[k].path));
    if (!places[k].path && places[k].line)
      json_array_append_new(lines, json_integer(places[k].line));
  }
  return lines;
}

static json_t *results_of(const irm_op *op) {
  json_t *results = json_array();
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    json_array_append_new(results, json_string(irm_value_name(irm_op_result(op, k))));
  return results;
}

static void set_traffic(json_t *object, const irmi_profile_step *step) {
  const irmi_traffic *once = &step->traffic;
  set_number(object, "read_bytes", once->read);
  set_number(object, "read_by_arc_bytes", once->read_by_arc);
  set_number(object, "graph_bytes", once->graph);
  set_number(object, "written_bytes", once->written);
  json_object_set_new(object, "at_least", json_boolean(once->at_least));
  set_number(object, "total_bytes", irmi_profile_moved(step));
  json_object_set_new(object, "gigabytes_per_second", json_real(irmi_profile_rate(step)));
  set_number(object, "arena_bytes", step->arena);
}

static json_t *step_of(const irmi_profile_step *step) {
  json_t *object = json_object();
  json_object_set_new(object, "op_type", json_string(irm_op_info_of(step->op)->mnemonic));
  json_object_set_new(object, "results", results_of(step->op));
  json_object_set_new(object, "lines", lines_of(step));
  set_number(object, "runs", step->times.runs);
  set_number(object, "nanoseconds", step->times.nanoseconds);
  json_object_set_new(object, "share", json_real(step->share));
  json_object_set_new(object, "failed", json_boolean(step->times.failed));
  if (irm_op_opcode(step->op) == IRM_LOOP) set_number(object, "iterations", step->times.rounds);
  if (!step->is_section) set_traffic(object, step);
  return object;
}

/* The steps from one on that are no less deep, those of sections in them. O(steps). */
static json_t *steps_from(const irmi_profile *profile, uint32_t *k, uint32_t depth) {
  json_t *list = json_array();
  while (*k < profile->step_count && profile->steps[*k].depth >= depth) {
    const irmi_profile_step *step = &profile->steps[(*k)++];
    json_t *object = step_of(step);
    if (step->is_section) json_object_set_new(object, "steps", steps_from(profile, k, depth + 1));
    json_array_append_new(list, object);
  }
  return list;
}

static json_t *memory_of(const irmi_profile *profile) {
  const irm_profile_process *process = profile->options->process;
  json_t *object = json_object();
  set_number(object, "arena_bytes", profile->arena);
  set_number(object, "arena_used_bytes", profile->arena_used);
  set_number(object, "graph_bytes", profile->graph);
  set_number(object, "input_bytes", profile->inputs);
  set_number(object, "output_bytes", profile->outputs);
  if (!process) return object;
  set_number(object, "process_peak_bytes", process->peak);
  json_object_set_new(object, "process_peak_while", json_string(process->peak_while));
  set_number(object, "resident_bytes", process->resident);
  set_number(object, "file_bytes", process->files);
  set_number(object, "rest_bytes", irmi_profile_rest(profile));
  return object;
}

void irmi_profile_print_json(FILE *stream, const irmi_profile *profile) {
  uint32_t first = 0;
  json_t *object = json_object();
  json_object_set_new(object, "algorithm", json_string(irm_program_name(profile->facts->planned)));
  set_number(object, "node_count", profile->facts->options->nodes);
  set_number(object, "edge_count", profile->facts->options->edges);
  set_number(object, "runs", profile->total.runs);
  set_number(object, "nanoseconds", profile->total.nanoseconds);
  set_number(object, "steps_nanoseconds", profile->steps_nanoseconds);
  json_object_set_new(object, "memory", memory_of(profile));
  json_object_set_new(object, "steps", steps_from(profile, &first, 0));
  json_dumpf(object, stream, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
  fputc('\n', stream);
  json_decref(object);
}
