/* Analyses as text. */
#include "analysis/print.h"

#include "analysis/live_bytes.h"
#include "analysis/values.h"
#include "irmem/text.h"
#include "support/alloc.h"

#include <inttypes.h>

static const irm_allocator *allocator_of(const irm_program *program) {
  return irm_context_allocator(irm_program_context(program));
}

static void print_lifetime(FILE *stream, const irm_interval *lifetime, uint32_t count) {
  for (uint32_t k = 0; k < count; k++)
    fprintf(stream, " [%" PRIu32 ", %" PRIu32 ")", lifetime[k].begin, lifetime[k].end);
}

/* One line a number; loop and if have a second one. */
static void print_ops(FILE *stream, const irm_liveness *liveness) {
  for (uint32_t point = 0; point + 1 < irm_liveness_points(liveness); point += 2) {
    const irm_op *op = irm_liveness_op_at(liveness, point);
    fprintf(stream, "  %4" PRIu32 ": ", point);
    if (irm_liveness_begin(liveness, op) == point)
      irm_text_print_op_unplaced(stream, op);
    else
      fprintf(stream, "end of %s", irm_op_info_of(op)->mnemonic);
    fputc('\n', stream);
  }
}

void irmi_analysis_print_liveness(FILE *stream, const irm_program *program,
                                  const irm_liveness *liveness, bool with_ops) {
  fprintf(stream, "liveness of @%s\n", irm_program_name(program));
  if (with_ops) print_ops(stream, liveness);
  irmi_values values = irmi_array_values(program);
  for (size_t i = 0; i < values.count; i++) {
    uint32_t count;
    const irm_interval *lifetime = irm_liveness_of(liveness, values.items[i], &count);
    if (count == 0) continue;
    fprintf(stream, "  %%%s:", irm_value_name(values.items[i]));
    print_lifetime(stream, lifetime, count);
    fputc('\n', stream);
  }
  irmi_vec_free(allocator_of(program), &values);
}

static void print_members(FILE *stream, const irm_storage *storage, uint32_t id) {
  for (uint32_t k = 0; k < irm_storage_value_count(storage, id); k++) {
    const irm_value *value = irm_storage_value(storage, id, k);
    if (!irmi_value_is_idle(value)) fprintf(stream, " %%%s", irm_value_name(value));
  }
}

void irmi_analysis_print_storage(FILE *stream, const irm_program *program,
                                 const irm_storage *storage) {
  fprintf(stream, "storage of @%s\n", irm_program_name(program));
  for (uint32_t id = 0; id < irm_storage_count(storage); id++) {
    uint32_t count;
    const irm_interval *lifetime = irm_storage_lifetime(storage, id, &count);
    fprintf(stream, "  %" PRIu32 ": ", id);
    irm_size_print(stream, irm_storage_bytes(storage, id));
    fputs(" at", stream);
    print_lifetime(stream, lifetime, count);
    fputs(" of", stream);
    print_members(stream, storage, id);
    if (irm_storage_swaps(storage, id)) fputs(" swaps", stream);
    const irm_op *output = irm_storage_output(storage, id);
    if (output) fprintf(stream, " output \"%s\"", irm_op_name(output));
    fputc('\n', stream);
  }
}

void irmi_analysis_print_sizes(FILE *stream, const irm_program *program, const irm_sizes *sizes) {
  fprintf(stream, "sizes of @%s\n", irm_program_name(program));
  irmi_values values = irmi_array_values(program);
  for (size_t i = 0; i < values.count; i++) {
    if (irmi_value_is_idle(values.items[i])) continue;
    fprintf(stream, "  %%%s: ", irm_value_name(values.items[i]));
    irm_size_print(stream, irm_sizes_of(sizes, values.items[i]));
    fputc('\n', stream);
  }
  irmi_vec_free(allocator_of(program), &values);
}

/* "2 * 8n + 4m", in order of the forms. */
static void print_counts(FILE *stream, const irm_live_bytes *live, const int64_t *counts) {
  bool first = true;
  for (size_t i = 0; i < live->forms.count; i++) {
    if (counts[i] == 0) continue;
    if (!first) fputs(" + ", stream);
    if (counts[i] != 1) fprintf(stream, "%" PRId64 " * ", counts[i]);
    irm_size_print(stream, live->forms.items[i]);
    first = false;
  }
  if (first) fputc('0', stream);
}

/* A line for each point at which something changes. */
static void print_changes(FILE *stream, const irm_live_bytes *live, const irmi_changes *changes) {
  int64_t *counts = irmi_calloc(live->allocator, live->forms.count, sizeof *counts);
  for (size_t i = 0; i < changes->count; i++) {
    uint32_t point = changes->items[i].point;
    counts[changes->items[i].form] += changes->items[i].by;
    if (i + 1 < changes->count && changes->items[i + 1].point == point) continue;
    fprintf(stream, "  %4" PRIu32 ": ", point);
    print_counts(stream, live, counts);
    fputc('\n', stream);
  }
  irmi_free(live->allocator, counts, live->forms.count * sizeof *counts);
}

void irmi_analysis_print_live_bytes(FILE *stream, const irm_program *program,
                                    const irm_live_bytes *live) {
  fprintf(stream, "live bytes of @%s\n", irm_program_name(program));
  fputs("lower bound of the arena: ", stream);
  irm_live_bytes_print_lower_bound(stream, live);
  fputs("\nneeded from each point on:\n", stream);
  print_changes(stream, live, &live->needed);
  fputs("stored from each point on:\n", stream);
  print_changes(stream, live, &live->stored);
}
