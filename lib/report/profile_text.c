/* A profile for people: 100 columns, steps in the order of the program, those that take long
 * marked.
 */
#include "report/profile.h"

#include <inttypes.h>
#include <string.h>

/* A step that takes so much of the time is marked. */
#define HOT   0.10
#define WIDTH 100

/* "1.23 ms", "950 ns" would not line up: milliseconds. */
static double milliseconds(uint64_t nanoseconds) {
  return (double)nanoseconds / 1e6;
}

typedef struct size_text {
  char text[24];
} size_text;

/* "8.39 MB", in powers of ten; exact up to 9999 bytes. */
static size_text size_of(uint64_t bytes) {
  static const char *const units[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  size_text size;
  double scaled = (double)bytes / 1e3;
  int unit = 0;
  if (bytes < 10000) {
    snprintf(size.text, sizeof size.text, "%" PRIu64 " B", bytes);
    return size;
  }
  while (scaled >= 1000 && unit < 5) {
    scaled /= 1e3;
    unit++;
  }
  snprintf(size.text, sizeof size.text, "%.3g %s", scaled, units[unit]);
  if (scaled >= 999.5) snprintf(size.text, sizeof size.text, "%.0f %s", scaled, units[unit]);
  return size;
}

/* Steps -----------------------------------------------------------------------------------------*/

static const char *results_text(irmi_facts *facts, const irm_op *op) {
  uint32_t count = irm_op_result_count(op);
  if (count == 0) return irm_op_info_of(op)->mnemonic;
  const char *first = irm_value_name(irm_op_result(op, 0));
  if (count == 1) return irmi_text(facts, "%%%s", first);
  const char *second = irm_value_name(irm_op_result(op, 1));
  if (count == 2) return irmi_text(facts, "%%%s, %%%s", first, second);
  return irmi_text(facts, "%%%s, %%%s, %u more", first, second, count - 2);
}

static const char *times_text(irmi_facts *facts, uint64_t count, const char *of) {
  return irmi_text(facts, "%" PRIu64 " %s%s", count, of, count == 1 ? "" : "s");
}

static const char *step_text(irmi_facts *facts, const irmi_profile_step *step) {
  const irm_op *op = step->op;
  const char *place = irmi_place_text(facts, irm_op_loc(op));
  const char *at = *place ? irmi_text(facts, " of %s", place) : "";
  if (irm_op_opcode(op) == IRM_LOOP)
    return irmi_text(facts, "loop%s: %s", at, times_text(facts, step->times.rounds, "iteration"));
  if (irm_op_opcode(op) == IRM_IF) return irmi_text(facts, "if%s", at);
  if (!step->loop)
    return irmi_text(facts, "%s = %s%s", results_text(facts, op), irm_op_info_of(op)->mnemonic, at);
  return irmi_text(facts, "%s = %s%s", results_text(facts, op),
                   times_text(facts, step->loop->ops, "op"),
                   irmi_loop_places_text(facts, step->loop));
}

static void print_heading(FILE *stream) {
  fprintf(stream, "  %10s %6s %7s %6s %8s %8s %8s  %s\n", "time ms", "share", "runs", "GB/s",
          "reads", "writes", "arena", "step");
}

/* What does not fit the line goes on below, under the step. */
static void print_wrapped(FILE *stream, const char *text, int indent) {
  int room = WIDTH - indent, column = 0;
  while (*text) {
    int length = (int)strcspn(text, " ");
    if (column > 0 && column + 1 + length > room) {
      fprintf(stream, "\n%*s", indent + 2, "");
      column = 2;
    } else if (column > 0) {
      fputc(' ', stream);
      column++;
    }
    fprintf(stream, "%.*s", length, text);
    column += length;
    text += length;
    text += strspn(text, " ");
  }
  fputc('\n', stream);
}

static void print_step(FILE *stream, irmi_facts *facts, const irmi_profile_step *step) {
  const irmi_traffic *once = &step->traffic;
  bool hot = !step->is_section && step->share >= HOT;
  fprintf(stream, "%c %10.3f %5.1f%% %7" PRIu64, hot ? '*' : ' ',
          milliseconds(step->times.nanoseconds), 100 * step->share, step->times.runs);
  if (step->is_section)
    fprintf(stream, " %6s %8s %8s %8s  ", "", "", "", "");
  else
    fprintf(stream, " %6.1f %8s %8s %8s  ", irmi_profile_rate(step),
            irmi_text(facts, "%s%s", once->at_least ? ">" : "",
                      size_of(once->read + once->read_by_arc + once->graph).text),
            size_of(once->written).text, size_of(step->arena).text);
  fprintf(stream, "%*s", 2 * (int)step->depth, "");
  const char *text = step_text(facts, step);
  if (step->times.failed) text = irmi_text(facts, "%s; a run ended here with an error", text);
  print_wrapped(stream, text, 64 + 2 * (int)step->depth);
}

static void print_steps(FILE *stream, const irmi_profile *profile) {
  uint64_t total = profile->total.nanoseconds, inside = profile->steps_nanoseconds;
  print_heading(stream);
  for (uint32_t k = 0; k < profile->step_count; k++)
    print_step(stream, profile->facts, &profile->steps[k]);
  uint64_t outside = total > inside ? total - inside : 0;
  fprintf(stream, "  %10.3f %5.1f%% %*s  outside of steps\n", milliseconds(outside),
          total ? 100 * (double)outside / (double)total : 0, 41, "");
  fprintf(stream,
          "* takes a tenth of the time or more; reads and writes are of one run, > is at least\n");
}

/* Memory ----------------------------------------------------------------------------------------*/

static void print_bytes(FILE *stream, const char *what, uint64_t bytes) {
  fprintf(stream, "  %-44s %15" PRIu64 "\n", what, bytes);
}

static void print_process(FILE *stream, const irmi_profile *profile) {
  const irm_profile_process *process = profile->options->process;
  irmi_facts *facts = profile->facts;
  print_bytes(stream, irmi_text(facts, "process at most, while %s", process->peak_while),
              process->peak);
  print_bytes(stream, "resident when the run had ended", process->resident);
  print_bytes(stream, "  graph", profile->graph);
  print_bytes(stream, "  inputs", profile->inputs);
  print_bytes(stream, "  outputs", profile->outputs);
  print_bytes(stream, "  arena", profile->arena);
  print_bytes(stream, "  pages of files: program and libraries", process->files);
  print_bytes(stream, "  the rest: code, the compiler's data, threads", irmi_profile_rest(profile));
}

static void print_memory(FILE *stream, const irmi_profile *profile) {
  fputs("memory in bytes\n", stream);
  print_bytes(stream, "arena as planned", profile->arena);
  print_bytes(stream, "arena to the highest byte written", profile->arena_used);
  if (profile->options->process) print_process(stream, profile);
}

void irmi_profile_print_text(FILE *stream, const irmi_profile *profile) {
  irmi_facts *facts = profile->facts;
  fprintf(stream, "profile of %s: n = %" PRIu64 ", m = %" PRIu64 ", %s in %.3f ms\n",
          irm_program_name(facts->planned), facts->options->nodes, facts->options->edges,
          times_text(facts, profile->total.runs, "run"), milliseconds(profile->total.nanoseconds));
  print_steps(stream, profile);
  print_memory(stream, profile);
}
