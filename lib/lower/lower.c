/* Algorithm to SSA. */
#include "lower/lower.h"
#include "irmem/verify.h"
#include "support/context.h"

#include <assert.h>
#include <stdarg.h>

void irmi_lower_error(irmi_lowering *l, irm_loc loc, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(l->context, IRM_ERROR, loc, format, arguments);
  va_end(arguments);
  l->failed = true;
}

void irmi_lower_note(irmi_lowering *l, irm_loc loc, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(l->context, IRM_NOTE, loc, format, arguments);
  va_end(arguments);
}

static void run(irmi_lowering *l) {
  irmi_lower_steps(l);
  l->reads = IRMI_ARENA_ARRAY(&l->arena, irmi_def *, l->extra->expr_count);
  l->kinds = IRMI_ARENA_ARRAY(&l->arena, irmi_kind, l->extra->expr_count);
  l->reported = IRMI_ARENA_ARRAY(&l->arena, bool, l->extra->expr_count);
  irmi_lower_resolve(l);
  irmi_lower_infer(l);
  if (!l->failed) irmi_lower_emit(l);
}

irm_program *irm_lower(const irm_alg *alg, const irm_lower_options *options) {
  irmi_lowering l = {.alg = alg, .context = alg->context, .real = options->real};
  irmi_arena_init(&l.arena, &l.context->allocator);
  l.extra = irmi_alg_create(l.context, "");
  l.extra->expr_count = alg->expr_count;
  l.variable_count = (uint32_t)alg->variables.count;
  run(&l);
  irmi_vec_free(&l.context->allocator, &l.outputs);
  irmi_vec_free(&l.context->allocator, &l.arguments);
  irmi_vec_free(&l.context->allocator, &l.defs);
  irm_alg_destroy(l.extra);
  irmi_arena_destroy(&l.arena);
  if (!l.program || irm_verify(l.program)) return l.program;
  assert(!"lowering gave SSA that is not well formed");
  irm_program_destroy(l.program);
  return NULL;
}
