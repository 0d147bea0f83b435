/* The walk: runs a program op by op, in the order in which it says, on a machine. A follower sees
 * every step. */
#ifndef IRMEM_INTERP_WALK_H
#define IRMEM_INTERP_WALK_H

#include "interp/machine.h"

/* Each gives 0, or a code that ends the walk (run/executable.h). */
typedef struct irmi_follower irmi_follower;
struct irmi_follower {
  /* Before an op reads its operands; loops and ifs too. */
  int64_t (*before)(irmi_follower *follower, const irm_op *op);
  /* An op that is no control flow has run on the machine. */
  int64_t (*ran)(irmi_follower *follower, const irm_op *op);
  /* Before to[k] takes what from[k] holds, all at once, at a loop or an if. iterated: from is what
   * a loop's body yielded. */
  int64_t (*handing_over)(irmi_follower *follower, const irm_op *op, uint32_t count,
                          irm_value *const *from, irm_value *const *to, bool iterated);
};

/* Runs the whole program: 0, or the code of what ended it. follower may be NULL. */
int64_t irmi_walk(irmi_machine *machine, irmi_follower *follower);

#endif
