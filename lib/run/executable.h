/* What an engine gives to make a program executable. An engine embeds this as the first member of
 * its own structure; binding (bind.c) and running (run.c) know nothing else of it. */
#ifndef IRMEM_RUN_EXECUTABLE_H
#define IRMEM_RUN_EXECUTABLE_H

#include "irmem/run.h"
#include "runtime/rt.h"

/* The engine found the error itself and has reported it. */
#define IRMI_EXECUTE_REPORTED (-1)

struct irm_executable {
  const irm_program *program;

  /* Runs the program once on a frame whose params, inputs and outputs are all there: 0, 1 + the id
   * of the op that ended the run with an error, or IRMI_EXECUTE_REPORTED. */
  int64_t (*execute)(irm_executable *executable, const irm_rt_frame *frame);

  /* Frees the executable itself too. */
  void (*destroy)(irm_executable *executable);

  /* Arrays live in their slots: the frame's arena has room for every slot that is no output's. When
   * false, arena is NULL. */
  bool placed;

  /* Its code counts and times steps, in the frame's table of them. */
  bool profiled;
};

#endif
