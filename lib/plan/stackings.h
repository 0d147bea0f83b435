/* Stackings of the same units, each best for some graphs. */
#ifndef IRMEM_PLAN_STACKINGS_H
#define IRMEM_PLAN_STACKINGS_H

#include "plan/units.h"

/* Graphs for which stackings are made and compared, the most important first. */
typedef struct irmi_graphs {
  uint64_t (*at)[2]; /* n and m */
  uint32_t count;
  uint32_t ranges; /* so many, from the first on, stand for a range of m / n each; the others are
                      small, and looked at where those do not decide */
} irmi_graphs;

/* Between any two of them sizes of the problem, few of them added up, do not cross. */
irmi_graphs irmi_graphs_for(const irm_plan_problem *problem, const irm_plan_effort *effort,
                            irmi_arena *arena);

typedef struct irmi_stackings {
  const irmi_units *units;
  const irmi_graphs *graphs;
  const uint64_t *limits; /* by graph: what is wanted at most */
  uint64_t **bytes;       /* by graph: of each unit */
  uint64_t *ends;         /* scratch */
  irmi_stacking *all;
  uint64_t **heights; /* by stacking: by graph */
  uint32_t count;
  uint32_t chosen[IRM_PLAN_LAYOUTS]; /* the first is the best for the first graph */
  uint32_t chosen_count;
  uint64_t *least;   /* by graph: the height with those that are chosen */
  uint64_t steps;    /* of packers */
  const char *fault; /* of a placement that was none, or NULL */
} irmi_stackings;

/* Packs the units for each range, and chooses. limits: the arena of the plan that the units are
 * from. All in the units' arena. */
irmi_stackings irmi_choose_stackings(const irmi_units *units, const irmi_graphs *graphs,
                                     const uint64_t *limits, const irm_plan_effort *effort);

#endif
