/* Bytes as a n + b m + c, and the largest of several on every graph. */
#ifndef IRMEM_PASSES_SCHEDULE_FORMS_H
#define IRMEM_PASSES_SCHEDULE_FORMS_H

#include "irmem/size.h"

typedef struct irmi_sched_form {
  int64_t a, b, c;
} irmi_sched_form;

/* A size that is capped counts as its cap. */
irmi_sched_form irmi_sched_form_of(irm_size size);
irmi_sched_form irmi_sched_form_sum(irmi_sched_form x, irmi_sched_form y);
int64_t irmi_sched_form_at(irmi_sched_form form, int64_t n, int64_t m);

/* Those of some forms that are the largest on some graphs, large in n first. Each rises with m
 * where the one before it does not: what is left of them is a convex line over m / n. */
#define IRMI_SCHED_PEAK_FORMS 32
typedef struct irmi_sched_peak {
  irmi_sched_form forms[IRMI_SCHED_PEAK_FORMS];
  uint32_t count;
  bool more; /* some had to be left out */
} irmi_sched_peak;

void irmi_sched_peak_add(irmi_sched_peak *peak, irmi_sched_form form);
int64_t irmi_sched_peak_at(const irmi_sched_peak *peak, int64_t n, int64_t m);

/* A graph by its nodes and edges. */
typedef struct irmi_sched_graph {
  int64_t n, m;
} irmi_sched_graph;

/* Large graphs: the one for which plans are compared, one without edges, one without nodes, and
 * those at whose m / n another form becomes the largest. At most so many, at least 3; how many. */
uint32_t irmi_sched_peak_graphs(const irmi_sched_peak *peak, irmi_sched_graph *graphs,
                                uint32_t room);
/* Whether the one is at most the other on every graph, but for what rounding makes of small ones:
 * a convex line is below another if it is where that one bends, and at both ends. */
bool irmi_sched_peak_never_above(const irmi_sched_peak *peak, const irmi_sched_peak *other);

#endif
