/* irmem-pack: packs the buffers of a trace into as few bytes as can be, or checks how another did.
 */
#include "answer.h"
#include "write.h"

#include "common/context.h"
#include "common/options.h"
#include "common/output.h"
#include "common/packer.h"
#include "irmem/plugin.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TOOL "irmem-pack"

/* Enough for what is packed to the last byte in a moment, and an end where that is not to be had.
 */
#define USUAL_STEPS UINT64_C(200000000)

typedef struct settings {
  const char *output, *packer, *seconds;
  tool_number capacity, steps;
  tool_list load;
  bool check, list_packers;
} settings;

#define FIELD(NAME) offsetof(settings, NAME)

static const tool_option options[] = {
    {"o", TOOL_TEXT, FIELD(output), "FILE", "write the trace with a column \"offset\" to FILE",
     false},
    {"capacity", TOOL_NUMBER, FIELD(capacity), "BYTES", "find what fits within so many bytes",
     false},
    {"check", TOOL_FLAG, FIELD(check), "", "check the offsets that the trace has", false},
    {"steps", TOOL_NUMBER, FIELD(steps), "N", "look at so many places (200000000); 0: one pass",
     false},
    {"seconds", TOOL_TEXT, FIELD(seconds), "S", "look so long, at most so many steps if given",
     false},
    {"packer", TOOL_TEXT, FIELD(packer), "NAME", "let this one pack, not the best of all", false},
    {"load", TOOL_LIST, FIELD(load), "LIB", "load the packers of a shared library", false},
    {"list-packers", TOOL_FLAG, FIELD(list_packers), "", "name every packer and what it does",
     false},
    {NULL, TOOL_FLAG, 0, NULL, NULL, false}};

static const tool_usage usage = {
    TOOL, "irmem-pack: offsets for buffers, in as few bytes as can be", "FILE|-", options,
    "0 found, or valid; 1 error; 2 nothing fits, or not valid; 3 gave up"};

/* Blocks of so many bytes go back to the system as soon as they are freed. The C library would keep
 * those of up to 32 MiB once it has seen some, and with them as much again as is in use. */
#define LARGE_BLOCK (1 << 20)

/* Options -------------------------------------------------------------------------------------- */

static bool read_seconds(const char *text, double *seconds) {
  char *end;
  *seconds = strtod(text, &end);
  bool good = *text >= '0' && *text <= '9' && *end == '\0' && isfinite(*seconds) && *seconds > 0;
  if (!good) tool_error(TOOL, "option '--seconds' takes a number above 0, not '%s'", text);
  return good;
}

static bool settings_agree(const settings *set, const tool_list *inputs) {
  double seconds;
  bool packs = set->output || set->packer || set->steps.given || set->seconds;
  if (set->list_packers && inputs->count)
    tool_error(TOOL, "--list-packers takes no input: '%s'", inputs->items[0]);
  else if (set->check && packs)
    tool_error(TOOL, "--check packs nothing: only --capacity goes with it");
  else if (inputs->count > 1)
    tool_error(TOOL, "one trace at a time: '%s' and '%s'", inputs->items[0], inputs->items[1]);
  else if (inputs->count == 0 && !set->list_packers)
    tool_error(TOOL, "no trace: give a file, or - for standard input");
  else
    return !set->seconds || read_seconds(set->seconds, &seconds);
  return false;
}

static irm_pack_effort effort_of(const settings *set, const irm_packer *packer) {
  irm_pack_effort effort = {.steps = USUAL_STEPS, .packer = packer};
  if (set->seconds && read_seconds(set->seconds, &effort.seconds)) effort.steps = UINT64_MAX;
  if (set->steps.given) effort.steps = set->steps.value;
  return effort;
}

/* Packers -------------------------------------------------------------------------------------- */

static answer list_packers(irm_context *context) {
  const irm_packer *packer;
  for (size_t i = 0; (packer = irm_context_packer(context, i)); i++)
    printf("  %-22s%s\n", packer->name, packer->summary);
  return ANSWER_YES;
}

/* Work ------------------------------------------------------------------------------------ */

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool write_output(irm_context *context, const settings *set, const trace *read,
                         const uint64_t *offsets) {
  tool_output output;
  if (!tool_output_open(context, set->output, &output)) return false;
  write_placement(output.stream, read, offsets);
  return tool_output_close(context, &output, true);
}

/* Where words go: beside the trace, if that goes to standard output. */
static FILE *words_of(const settings *set) {
  return set->output && strcmp(set->output, "-") == 0 ? stderr : stdout;
}

static answer pack(irm_context *context, const settings *set, const trace *read,
                   const irm_packer *packer, uint64_t *offsets) {
  irm_pack_effort effort = effort_of(set, packer);
  FILE *words = words_of(set);
  double begin = now();
  irm_pack_result result =
      irm_pack(&read->problem, &effort, irm_context_allocator(context), offsets);
  double seconds = now() - begin;
  if (result.status == IRM_PACK_WRONG) {
    tool_error(TOOL, "what packer '%s' gave is no placement", result.packer);
    trace_print_fault(read, offsets, result.fault);
    return ANSWER_ERROR;
  }
  if (set->output && result.status == IRM_PACK_FOUND && !write_output(context, set, read, offsets))
    return ANSWER_ERROR;
  answer_print_trace(words, read);
  answer given = answer_print(words, read, &result, read->problem.capacity);
  fprintf(words, "time: %.3f ms\n", 1e3 * seconds);
  return given;
}

static answer check(irm_context *context, const trace *read) {
  const irm_allocator *allocator = irm_context_allocator(context);
  irm_pack_fault fault = irm_pack_check(&read->problem, read->offsets, allocator);
  answer_print_trace(stdout, read);
  if (!fault.message) {
    answer_print_checked(stdout, read, allocator);
    return ANSWER_YES;
  }
  fputs("not valid\n", stdout);
  fflush(stdout);
  trace_print_fault(read, read->offsets, fault);
  return ANSWER_NO;
}

static answer work(irm_context *context, const settings *set, const char *path) {
  const irm_allocator *allocator = irm_context_allocator(context);
  const irm_packer *packer = NULL;
  trace read;
  if (set->packer && !(packer = tool_packer_find(TOOL, context, set->packer))) return ANSWER_ERROR;
  if (!trace_read(context, path, set->check ? OFFSETS_GIVEN : OFFSETS_FIXED, &read))
    return ANSWER_ERROR;
  if (set->capacity.given) read.problem.capacity = set->capacity.value;
  size_t bytes = (read.problem.buffer_count + 1) * sizeof(uint64_t);
  uint64_t *offsets = allocator->resize(allocator->user, NULL, 0, bytes);
  answer given = set->check ? check(context, &read) : pack(context, set, &read, packer, offsets);
  allocator->resize(allocator->user, offsets, bytes, 0);
  trace_release(context, &read);
  return given;
}

static answer run(const settings *set, const tool_list *inputs) {
  irm_context *context = tool_context_create();
  answer given = ANSWER_ERROR;
  if (tool_libraries_load(context, set->load.items, set->load.count))
    given = set->list_packers ? list_packers(context) : work(context, set, inputs->items[0]);
  tool_context_destroy(context);
  return given;
}

int main(int argc, char **argv) {
  mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
  settings set = {0};
  tool_list inputs = {NULL, 0};
  tool_parse_result parsed = tool_options_parse(&usage, argc, argv, &set, &inputs);
  answer given = parsed == TOOL_PARSE_DONE ? ANSWER_YES : ANSWER_ERROR;
  if (parsed == TOOL_PARSE_RUN && settings_agree(&set, &inputs)) given = run(&set, &inputs);
  tool_options_release(&usage, &set, &inputs);
  return tool_standard_output_end(TOOL, given != ANSWER_ERROR) ? (int)given : ANSWER_ERROR;
}
