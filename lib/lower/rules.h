/* How operators and functions take their arguments: the rules that rows of functions.def share.
 * Each is a pair: the kind of the result, and the SSA. */
#ifndef IRMEM_LOWER_RULES_H
#define IRMEM_LOWER_RULES_H

#include "lower/lower.h"

#define IRMI_RULE(NAME)                                                                            \
  irmi_kind irmi_kind_##NAME(irmi_lowering *l, const irmi_alg_expr *call,                          \
                             const irmi_kind *arguments);                                          \
  irm_value *irmi_emit_##NAME(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result)

/* Element by element: elementwise.c */
IRMI_RULE(arithmetic); /* numbers, made one type; bools count as 0 and 1 */
IRMI_RULE(real);       /* the same, made real */
IRMI_RULE(integer);    /* integers only */
IRMI_RULE(comparison);
IRMI_RULE(logic);
IRMI_RULE(where);
IRMI_RULE(clip);
IRMI_RULE(extreme);    /* min and max: of two, or of an array */
IRMI_RULE(conversion); /* to the row's element type */
IRMI_RULE(to_real);

/* Over whole arrays: arrays.c */
IRMI_RULE(sum);
IRMI_RULE(mean);
IRMI_RULE(truth); /* any and all */
IRMI_RULE(size);
IRMI_RULE(fill); /* over the row's space */
IRMI_RULE(index);
IRMI_RULE(nodes);  /* an integer a node, of no argument */
IRMI_RULE(lookup); /* of an integer */
IRMI_RULE(degree); /* the same, in a direction */
IRMI_RULE(neighbors);
IRMI_RULE(weighted); /* neighbors, or with weights: sums and minima */
IRMI_RULE(neighbor_mean);
IRMI_RULE(mode);
IRMI_RULE(path);
IRMI_RULE(weight);
IRMI_RULE(to_edges);
IRMI_RULE(to_nodes);
IRMI_RULE(extract);
IRMI_RULE(scatter);

/* In order: order.c */
IRMI_RULE(sort);
IRMI_RULE(order); /* indexes or places */
IRMI_RULE(search);
IRMI_RULE(descending);
IRMI_RULE(median);
IRMI_RULE(quantile);
IRMI_RULE(most_frequent);
IRMI_RULE(occurrences);
IRMI_RULE(entropy);

#undef IRMI_RULE

/* Reports what an argument should have been. */
irmi_kind irmi_rule_takes(irmi_lowering *l, const irmi_alg_expr *call, uint32_t argument,
                          const char *wanted, irmi_kind given);
/* How many elements arrays over a space have. */
irm_value *irmi_rule_count(irmi_lowering *l, irm_space space, irm_loc loc);
/* sum / max(count, 1), which is 0 when there is nothing to sum. */
irm_value *irmi_rule_quotient(irmi_lowering *l, irm_value *sum, irm_value *count, irm_elem elem,
                              irm_loc loc);

static inline const char *irmi_rule_spelling(const irmi_alg_expr *call) {
  return irmi_alg_function_of(call->function)->spelling;
}

static inline const irmi_lower_function *irmi_rule_row(const irmi_alg_expr *call) {
  return irmi_lower_function_of(call->function);
}

/* What an element is where a number is wanted: a bool counts as an integer. */
static inline irm_elem irmi_rule_number(irm_elem elem) {
  return elem == IRM_I1 ? IRM_I64 : elem;
}

/* Whether computing it may end the run with an error. */
bool irmi_lower_may_fail(const irmi_alg_expr *expr);

#endif
