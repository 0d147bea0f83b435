/* From a planned program to a verified, optimised LLVM module. */
#include "emit/module.h"
#include "emit/contract.h"
#include "irmem/analysis.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <string.h>

/* What must hold of a program ------------------------------------------------------------------ */

static bool report(const irm_program *program, irm_loc loc, const char *what, const char *name) {
  irm_diag_report(irm_program_context(program), IRM_ERROR, loc,
                  "%s '%s' has no slot: emission wants a planned program", what, name);
  return false;
}

static bool is_placed(const irm_value *value) {
  return !irm_value_is_array(value) || irm_value_is_given(value) ||
         irm_value_slot(value) != IRM_NO_SLOT;
}

static bool check_op(const irm_program *program, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
    const irm_value *result = irm_op_result(op, k);
    if (!is_placed(result))
      return report(program, irm_op_loc(op), "the array", irm_value_name(result));
  }
  for (uint32_t r = 0; r < irm_op_region_count(op); r++) {
    const irm_region *region = irm_op_subregion(op, r);
    for (uint32_t k = 0; k < irm_region_argument_count(region); k++) {
      const irm_value *argument = irm_region_argument(region, k);
      if (!is_placed(argument))
        return report(program, irm_op_loc(op), "the array", irm_value_name(argument));
    }
  }
  if (!irm_size_is_zero(irm_op_workspace(op)) && irm_op_workspace_slot(op) == IRM_NO_SLOT)
    return report(program, irm_op_loc(op), "the workspace of", irm_op_info_of(op)->mnemonic);
  return true;
}

/* Names of functions that emitted code calls. */
static bool is_taken(const char *name) {
  static const char *const names[] = {"exp",  "expf",   "log",    "logf",   "pow",
                                      "powf", "memcpy", "memset", "memmove"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++)
    if (strcmp(name, names[k]) == 0) return true;
  return strncmp(name, "irm_rt_", 7) == 0 || strncmp(name, "llvm.", 5) == 0;
}

static bool check_program(const irm_program *program) {
  const char *name = irm_program_name(program);
  bool good = true;
  if (is_taken(name)) {
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "no algorithm can be emitted as '%s': emitted code calls a function of that "
                    "name",
                    name);
    good = false;
  }
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    good = check_op(program, op) && good;
  /* Whoever placed it: what is read from a file has met no planner. */
  return good && irm_placement_check(program, NULL);
}

/* Headers and tables are for addresses and sizes of eight bytes. */
static bool check_machine(const irm_program *program, LLVMTargetMachineRef machine,
                          const irm_emit_options *options) {
  LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(machine);
  bool good = !options->contract || LLVMPointerSize(layout) == 8;
  LLVMDisposeTargetData(layout);
  if (!good)
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "code with a header is for machines whose addresses have 64 bits, not for '%s'",
                    options->triple);
  return good;
}

/* LLVM ----------------------------------------------------------------------------------------- */

static void on_diagnostic(LLVMDiagnosticInfoRef info, void *user) {
  const irm_program *program = user;
  if (LLVMGetDiagInfoSeverity(info) != LLVMDSError) return;
  char *text = LLVMGetDiagInfoDescription(info);
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0}, "LLVM: %s", text);
  LLVMDisposeMessage(text);
}

/* What C calls, around the program. */
static bool emit_contract(irmi_emitter *emitter, int id_bits) {
  irmi_contract contract;
  if (!irmi_contract_describe(&contract, emitter->program, id_bits, &emitter->arena)) return false;
  irmi_emit_contract(emitter, &contract, emitter->into.function);
  return true;
}

static bool emit(irmi_module *module, const irm_program *program, const irm_emit_options *options) {
  irmi_emitter emitter = {.program = program,
                          .exact = options->contract,
                          .check = options->check && !options->contract,
                          .profile = options->profile && !options->contract,
                          .id_bits = options->contract && options->id_bits == 64 ? 64 : 32,
                          .context = module->context,
                          .module = module->module};
  irmi_arena_init(&emitter.arena, irm_context_allocator(irm_program_context(program)));
  irmi_types_init(&emitter.types, module->context);
  irmi_emit_program(&emitter);
  bool good = !options->contract || emit_contract(&emitter, options->id_bits);
  irmi_arena_destroy(&emitter.arena);
  return good;
}

static bool verify(const irmi_module *module, const irm_program *program) {
  char *message = NULL;
  bool broken = LLVMVerifyModule(module->module, LLVMReturnStatusAction, &message);
  if (broken)
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "LLVM's verifier refuses what was emitted: %s", message);
  LLVMDisposeMessage(message);
  return !broken;
}

/* Functions whose accesses are to be told to the thread sanitizer carry an attribute. */
static void mark_watched(const irmi_module *module) {
  static const char name[] = "sanitize_thread";
  unsigned kind = LLVMGetEnumAttributeKindForName(name, sizeof name - 1);
  LLVMAttributeRef attribute = LLVMCreateEnumAttribute(module->context, kind, 0);
  for (LLVMValueRef f = LLVMGetFirstFunction(module->module); f; f = LLVMGetNextFunction(f))
    if (!LLVMIsDeclaration(f)) LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex, attribute);
}

/* In front of all else: the sanitizer knows no vectors of more than 16 bytes, and passes over them.
 */
#define WATCHING "function(scalarizer<load-store>,tsan),"

/* What of the runtime nobody calls goes at every level. */
static bool optimize(const irmi_module *module, const irm_program *program,
                     const irm_emit_options *chosen) {
  char pipeline[96];
  int level = chosen->optimize;
  if (chosen->thread_sanitizer) mark_watched(module);
  snprintf(pipeline, sizeof pipeline, "globaldce,%sdefault<O%d>",
           chosen->thread_sanitizer ? WATCHING : "",
           level < 0   ? 0
           : level > 3 ? 3
                       : level);
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMErrorRef error = LLVMRunPasses(module->module, pipeline, module->machine, options);
  LLVMDisposePassBuilderOptions(options);
  if (!error) return true;
  char *message = LLVMGetErrorMessage(error);
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0}, "LLVM: %s", message);
  LLVMDisposeErrorMessage(message);
  return false;
}

bool irmi_module_create(irmi_module *module, const irm_program *program,
                        const irm_emit_options *options) {
  *module = (irmi_module){0};
  if (!check_program(program)) return false;
  module->machine = irmi_target_machine(irm_program_context(program), options);
  if (!module->machine || !check_machine(program, module->machine, options)) return false;

  module->context = LLVMContextCreate();
  LLVMContextSetDiagnosticHandler(module->context, on_diagnostic, (void *)program);
  module->module = LLVMModuleCreateWithNameInContext(irm_program_name(program), module->context);
  LLVMSetSourceFileName(module->module, irm_program_name(program),
                        strlen(irm_program_name(program)));
  char *triple = LLVMGetTargetMachineTriple(module->machine);
  LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(module->machine);
  LLVMSetTarget(module->module, triple);
  LLVMSetModuleDataLayout(module->module, layout);
  LLVMDisposeTargetData(layout);
  LLVMDisposeMessage(triple);

  bool alone = options->contract && options->freestanding;
  return emit(module, program, options) && (!alone || irmi_module_add_runtime(module, program)) &&
         verify(module, program) && optimize(module, program, options);
}

void irmi_module_destroy(irmi_module *module) {
  if (module->module) LLVMDisposeModule(module->module);
  if (module->context) LLVMContextDispose(module->context);
  if (module->machine) LLVMDisposeTargetMachine(module->machine);
}

LLVMMemoryBufferRef irmi_module_compile(const irmi_module *module, const irm_program *program,
                                        LLVMCodeGenFileType form) {
  char *message = NULL;
  LLVMMemoryBufferRef buffer = NULL;
  if (!LLVMTargetMachineEmitToMemoryBuffer(module->machine, module->module, form, &message,
                                           &buffer))
    return buffer;
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0}, "LLVM: %s", message);
  LLVMDisposeMessage(message);
  return NULL;
}
