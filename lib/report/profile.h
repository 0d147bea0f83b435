/* Everything that a profile says, before it is written as text or JSON. */
#ifndef IRMEM_REPORT_PROFILE_H
#define IRMEM_REPORT_PROFILE_H

#include "report/traffic.h"

/* A step of the program; a section if it is a loop or an if, with the steps behind it in it that
 * are deeper. */
typedef struct irmi_profile_step {
  const irm_op *op;
  const irmi_loop_fact *loop; /* of a kernel; else NULL */
  uint32_t depth;
  bool is_section;
  irm_step_times times;
  double share;         /* of the time of all runs, 0 to 1 */
  irmi_traffic traffic; /* of one run; of no section */
  uint64_t arena;       /* bytes of the arena's slots that are alive there; of no section */
} irmi_profile_step;

typedef struct irmi_profile {
  irmi_facts *facts;
  const irm_run *run;
  const irm_profile_options *options;
  irm_run_times total;
  uint64_t steps_nanoseconds;                         /* of the steps that are in no other */
  uint64_t graph, inputs, outputs, arena, arena_used; /* bytes */
  irmi_profile_step *steps;                           /* in program order */
  uint32_t step_count;
} irmi_profile;

/* Bytes that all runs of a step moved. */
uint64_t irmi_profile_moved(const irmi_profile_step *step);
/* 10^9 bytes a second; 0 where no time passed. */
double irmi_profile_rate(const irmi_profile_step *step);
/* Resident bytes that are not the graph's, the run's or files'; 0 if they are not known. */
uint64_t irmi_profile_rest(const irmi_profile *profile);

void irmi_profile_print_text(FILE *stream, const irmi_profile *profile);
void irmi_profile_print_json(FILE *stream, const irmi_profile *profile);

#endif
