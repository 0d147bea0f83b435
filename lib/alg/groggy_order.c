/* Steps that need values in order. Missing values are NaN, and last in either order; equal values
 * are in the order of their nodes. */
#include "alg/groggy.h"

#include <math.h>

irmi_alg_expr *irmi_groggy_quantile(irmi_groggy_step *step) {
  return irmi_groggy_call2(step, IRMI_ALG_QUANTILE, irmi_groggy_operand(step, IRMI_GROGGY_SOURCE),
                           irmi_groggy_operand_or_number(step, "q|quantile", NAN));
}

/* Of all values; of each node's, where they are lists. */
irmi_alg_expr *irmi_groggy_mode(irmi_groggy_step *step) {
  const char *text = irmi_groggy_text(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *source = text ? irmi_groggy_read(step, text, "source") : NULL;
  if (!source) return NULL;
  bool list = irmi_groggy_name_of(step->reader, source->variable)->list.is;
  return list ? irmi_groggy_mode_list(step) : irmi_groggy_call1(step, IRMI_ALG_MODE, source);
}

/* Each node's place from 0; ascending says which of the orders a step has that names none. */
static irmi_alg_expr *place_of(irmi_groggy_step *step, irmi_alg_expr *x, bool ascending) {
  int word = irmi_groggy_word(step, "order", "asc|ascending|desc|descending", true);
  if (word < 0 || !x) return NULL;
  if (irmi_groggy_member(step, "order")) ascending = word < 2;
  return irmi_groggy_call1(step, IRMI_ALG_RANK,
                           ascending ? x : irmi_groggy_call1(step, IRMI_ALG_DESCENDING, x));
}

irmi_alg_expr *irmi_groggy_sort_nodes(irmi_groggy_step *step) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_ATTRIBUTE);
  json_t *missing = json_string(IRMI_GROGGY_NAN);
  irmi_alg_expr *x = name ? irmi_groggy_attribute(step, name, IRM_NODE, missing) : NULL;
  json_decref(missing);
  return place_of(step, x, true);
}

/* Who is not among the first k has k. */
irmi_alg_expr *irmi_groggy_top_k(irmi_groggy_step *step) {
  irmi_alg_expr *place = place_of(step, irmi_groggy_operand(step, IRMI_GROGGY_SOURCE), false);
  return irmi_groggy_call2(step, IRMI_ALG_MIN, place,
                           irmi_groggy_operand_or_number(step, "k", NAN));
}
