/* Whether irmem and the plain loops computed the same. */
#include "contest.h"

#include <math.h>

static double real_at(irm_elem real, const void *elements, size_t k) {
  return real == IRM_F32 ? (double)((const float *)elements)[k] : ((const double *)elements)[k];
}

static int64_t integer_at(const irm_output *output, size_t k) {
  return output->type.elem == IRM_I32 ? ((const int32_t *)output->elements)[k]
                                      : ((const int64_t *)output->elements)[k];
}

static int64_t expected_integer(const contest *c, result_kind kind, uint32_t plain) {
  if (kind == RESULT_NODES) return irm_graph_node_name(c->subject->graph, plain);
  return kind == RESULT_DEPTHS && plain == PLAIN_UNREACHED ? INT64_MAX : (int64_t)plain;
}

static double mean(irm_elem real, const void *elements, size_t count) {
  double sum = 0;
  size_t finite = 0;
  for (size_t k = 0; k < count; k++) {
    double value = fabs(real_at(real, elements, k));
    if (isfinite(value)) sum += value;
    finite += isfinite(value) != 0;
  }
  return finite ? sum / (double)finite : 0;
}

/* Infinities and what is no number are equal to themselves only. */
static double difference_of_reals(double x, double y, double scale) {
  if (x == y || (isnan(x) && isnan(y))) return 0;
  double difference = fabs(x - y) / (fabs(y) + scale);
  return isnan(difference) ? INFINITY : difference;
}

static double compare_reals(const contest *c, const irm_output *output, const void *plain) {
  double scale = mean(c->real, plain, output->count), largest = 0;
  for (size_t k = 0; k < output->count; k++)
    largest = fmax(largest, difference_of_reals(real_at(c->real, output->elements, k),
                                                real_at(c->real, plain, k), scale));
  return largest;
}

static double compare_integers(const contest *c, const irm_output *output, result_kind kind,
                               const uint32_t *plain) {
  for (size_t k = 0; k < output->count; k++)
    if (integer_at(output, k) != expected_integer(c, kind, plain[k])) return INFINITY;
  return 0;
}

double contest_difference(const contest *c) {
  double largest = 0;
  for (size_t k = 0; k < 2 && c->entry->results[k] != RESULT_NONE; k++) {
    irm_output output = irm_run_output(c->run, k);
    result_kind kind = c->entry->results[k];
    double difference = kind == RESULT_REALS
                            ? compare_reals(c, &output, c->plain.results[k])
                            : compare_integers(c, &output, kind, c->plain.results[k]);
    largest = fmax(largest, difference);
  }
  return largest;
}

double contest_tolerance(const contest *c) {
  return c->real == IRM_F32 ? 2e-3 : 1e-9;
}
