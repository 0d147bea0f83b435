/* The reference interpreter: every value its own fresh array, placement ignored. */
#include "interp/walk.h"
#include "run/executable.h"
#include "support/alloc.h"

static const irm_allocator *allocator_of(const irm_executable *executable) {
  return irm_context_allocator(irm_program_context(executable->program));
}

static int64_t interpret(irm_executable *executable, const irm_rt_frame *frame) {
  irmi_machine machine;
  irmi_machine_init(&machine, executable->program, frame, allocator_of(executable));
  int64_t code = irmi_walk(&machine, NULL);
  irmi_machine_destroy(&machine);
  return code;
}

static void destroy(irm_executable *executable) {
  irmi_free(allocator_of(executable), executable, sizeof *executable);
}

irm_executable *irm_executable_interpret(const irm_program *program) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  irm_executable *executable = irmi_calloc(allocator, 1, sizeof *executable);
  executable->program = program;
  executable->execute = interpret;
  executable->destroy = destroy;
  return executable;
}
