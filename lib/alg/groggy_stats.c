/* Steps that make one number of an array. */
#include "alg/groggy.h"
#include "support/context.h"

#include <stdio.h>
#include <string.h>

/* A scalar is its own sum, mean, least and greatest. */
irmi_alg_expr *irmi_groggy_reduce(irmi_groggy_step *step) {
  static const irmi_alg_function functions[] = {IRMI_ALG_SUM, IRMI_ALG_MEAN, IRMI_ALG_MIN,
                                                IRMI_ALG_MAX};
  irmi_alg_expr *source = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  int op = irmi_groggy_word(step, "op|reducer", "sum|mean|min|max", false);
  if (!source || op < 0) return NULL;
  bool scalar = irmi_groggy_space(step->reader, source) == IRM_SCALAR;
  return scalar ? source : irmi_groggy_call1(step, functions[op], source);
}

/* How many elements an array has. */
static irmi_alg_expr *count_of(irmi_groggy_step *step, const irmi_alg_expr *array) {
  bool edges = irmi_groggy_space(step->reader, array) == IRM_EDGE;
  return irmi_groggy_call0(step, edges ? IRMI_ALG_EDGE_COUNT : IRMI_ALG_NODE_COUNT);
}

/* The distances from the mean, kept; an array's name is known by its output. */
static irmi_alg_expr *deviations(irmi_groggy_step *step, irmi_alg_expr *x) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  if (!x || !name) return NULL;
  irmi_alg_expr *mean = irmi_groggy_call1(step, IRMI_ALG_MEAN, x);
  return irmi_groggy_keep(step, name, "deviation", irmi_groggy_call2(step, IRMI_ALG_SUB, x, mean));
}

static irmi_alg_expr *square(irmi_groggy_step *step, irmi_alg_expr *x) {
  return irmi_groggy_call2(step, IRMI_ALG_MUL, x, x);
}

/* Of a sample: divided by one less than there are; 0 for a single value. */
irmi_alg_expr *irmi_groggy_std(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *apart = deviations(step, x);
  if (!apart) return NULL;
  irmi_alg_expr *one = irmi_groggy_int(step, 1), *count = count_of(step, x);
  irmi_alg_expr *sum = irmi_groggy_call1(step, IRMI_ALG_SUM, square(step, apart));
  irmi_alg_expr *less =
      irmi_groggy_call2(step, IRMI_ALG_MAX, irmi_groggy_call2(step, IRMI_ALG_SUB, count, one), one);
  return irmi_groggy_call1(step, IRMI_ALG_SQRT, irmi_groggy_call2(step, IRMI_ALG_DIV, sum, less));
}

/* Of all there is; groggy stops when the deviation is within epsilon of 0. */
irmi_alg_expr *irmi_groggy_standardize(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *apart = deviations(step, x);
  if (!apart) return NULL;
  irmi_alg_expr *variance = irmi_groggy_call1(step, IRMI_ALG_MEAN, square(step, apart));
  return irmi_groggy_call2(step, IRMI_ALG_DIV, apart,
                           irmi_groggy_call1(step, IRMI_ALG_SQRT, variance));
}

/* In which of so many bins of equal width between the least and the greatest each element is; the
 * greatest is in the last. All are in the first when there is next to no difference. */
static irmi_alg_expr *bin_of(irmi_groggy_step *step, irmi_alg_expr *x, int64_t bins) {
  irmi_alg_expr *least = irmi_groggy_call1(step, IRMI_ALG_MIN, x);
  irmi_alg_expr *range =
      irmi_groggy_call2(step, IRMI_ALG_SUB, irmi_groggy_call1(step, IRMI_ALG_MAX, x), least);
  irmi_alg_expr *width = irmi_groggy_call2(step, IRMI_ALG_DIV, range, irmi_groggy_int(step, bins));
  irmi_alg_expr *above = irmi_groggy_call2(step, IRMI_ALG_SUB, x, least);
  irmi_alg_expr *bin =
      irmi_groggy_call1(step, IRMI_ALG_INT, irmi_groggy_call2(step, IRMI_ALG_DIV, above, width));
  bin = irmi_groggy_call2(step, IRMI_ALG_MIN, bin, irmi_groggy_int(step, bins - 1));
  return irmi_groggy_call3(
      step, IRMI_ALG_WHERE,
      irmi_groggy_call2(step, IRMI_ALG_LT, range, irmi_groggy_real(step, 1e-10)),
      irmi_groggy_int(step, 0), bin);
}

/* Where the step says how many bins there are, for the error of a run on fewer nodes. */
static irm_loc place_of_bins(irmi_groggy_step *step) {
  irm_loc loc = step->loc;
  const char *place = "";
  size_t room = strlen(loc.path) + sizeof ".metadata.fused_inputs.bins";
  char *path = irmi_arena_alloc(&step->reader->alg->arena, room);
  if (!irmi_groggy_member_at(step, "bins", &place)) return loc;
  snprintf(path, room, "%s%s.bins", loc.path, place);
  loc.path = irm_context_intern(step->reader->context, path, strlen(path));
  return loc;
}

/* Node b has how many elements are in bin b. */
irmi_alg_expr *irmi_groggy_histogram(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  int64_t bins = irmi_groggy_whole(step, "bins", 1, 10);
  if (!x || bins < 1) return NULL;
  bool edges = irmi_groggy_space(step->reader, x) == IRM_EDGE;
  irmi_alg_expr *one = irmi_groggy_int(step, 1), *zero = irmi_groggy_int(step, 0);
  irmi_alg_expr *counted[] = {irmi_groggy_call1(step, IRMI_ALG_NODE, zero), bin_of(step, x, bins),
                              irmi_groggy_call1(step, edges ? IRMI_ALG_EDGE : IRMI_ALG_NODE, one)};
  return irmi_alg_call(step->reader->alg, IRMI_ALG_SCATTER_SUM, 3, counted, place_of_bins(step));
}
