/* Where the time goes: one clock that always belongs to the innermost of those that run. */
#include "pass/internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static irmi_clock now(void) {
  struct rusage usage;
  struct timespec wall;
  getrusage(RUSAGE_SELF, &usage);
  clock_gettime(CLOCK_MONOTONIC, &wall);
  return (irmi_clock){(double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6,
                      (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec * 1e-6,
                      (double)wall.tv_sec + (double)wall.tv_nsec * 1e-9};
}

static irmi_time_row *row_of(irmi_timing *timing, const char *name) {
  for (size_t i = 0; i < timing->rows.count; ++i)
    if (strcmp(timing->rows.items[i].name, name) == 0) return &timing->rows.items[i];
  irmi_vec_push(timing->allocator, &timing->rows, ((irmi_time_row){.name = name}));
  return &timing->rows.items[timing->rows.count - 1];
}

/* What went by since the last switch belongs to whoever was running. */
static void switch_to(irmi_timing *timing, const char *name) {
  irmi_clock time = now();
  if (timing->inner) {
    irmi_clock *spent = &row_of(timing, timing->inner)->spent;
    spent->user += time.user - timing->started.user;
    spent->system += time.system - timing->started.system;
    spent->wall += time.wall - timing->started.wall;
  }
  timing->inner = name;
  timing->started = time;
}

const char *irmi_timing_enter(irmi_timing *timing, const char *name) {
  const char *outer = timing->inner;
  switch_to(timing, name);
  ++row_of(timing, name)->runs;
  return outer;
}

void irmi_timing_leave(irmi_timing *timing, const char *outer) {
  switch_to(timing, outer);
}

static int by_wall_time(const void *a, const void *b) {
  const irmi_time_row *x = a, *y = b;
  if (x->spent.wall != y->spent.wall) return x->spent.wall < y->spent.wall ? 1 : -1;
  return strcmp(x->name, y->name);
}

static void print_share(FILE *stream, double part, double whole) {
  fprintf(stream, "  %9.4f (%5.1f%%)", part, whole > 0 ? 100 * part / whole : 0.0);
}

static void print_row(FILE *stream, const irmi_time_row *row, const irmi_clock *total) {
  print_share(stream, row->spent.user, total->user);
  print_share(stream, row->spent.system, total->system);
  print_share(stream, row->spent.wall, total->wall);
  fprintf(stream, "  %6llu  %s\n", (unsigned long long)row->runs, row->name);
}

static irmi_time_row total_of(const irmi_timing *timing) {
  irmi_time_row total = {.name = "total"};
  for (size_t i = 0; i < timing->rows.count; ++i) {
    const irmi_time_row *row = &timing->rows.items[i];
    total.spent.user += row->spent.user;
    total.spent.system += row->spent.system;
    total.spent.wall += row->spent.wall;
    total.runs += row->runs;
  }
  return total;
}

void irmi_timing_print(irmi_timing *timing, FILE *stream) {
  irmi_time_row total = total_of(timing);
  if (timing->rows.count)
    qsort(timing->rows.items, timing->rows.count, sizeof *timing->rows.items, by_wall_time);
  fprintf(stream, "=== Pass execution times: %.4f seconds (%.4f wall clock) ===\n",
          total.spent.user + total.spent.system, total.spent.wall);
  fprintf(stream, "  %-18s  %-18s  %-18s  %6s  %s\n", "   User", "   System", "   Wall", "Runs",
          "Name");
  for (size_t i = 0; i < timing->rows.count; ++i)
    print_row(stream, &timing->rows.items[i], &total.spent);
  print_row(stream, &total, &total.spent);
}
