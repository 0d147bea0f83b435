/* Which machine code is for: triples, CPUs and their features. */
#include "emit/module.h"

#include <llvm-c/Target.h>
#include <pthread.h>
#include <string.h>

/* What LLVM finds out about this machine, once. */
static struct { char version[32], cpu[64], triple[128]; } host;
static pthread_once_t host_once = PTHREAD_ONCE_INIT;

static void keep(char *room, size_t bytes, char *message) {
  snprintf(room, bytes, "%s", message);
  LLVMDisposeMessage(message);
}

static void ask_host(void) {
  LLVMInitializeAllTargetInfos();
  LLVMInitializeAllTargets();
  LLVMInitializeAllTargetMCs();
  LLVMInitializeAllAsmPrinters();
  LLVMInitializeAllAsmParsers();
  unsigned major, minor, patch;
  LLVMGetVersion(&major, &minor, &patch);
  snprintf(host.version, sizeof host.version, "LLVM %u.%u.%u", major, minor, patch);
  keep(host.cpu, sizeof host.cpu, LLVMGetHostCPUName());
  keep(host.triple, sizeof host.triple, LLVMGetDefaultTargetTriple());
}

const char *irmi_llvm_version(void) {
  pthread_once(&host_once, ask_host);
  return host.version;
}

const char *irmi_llvm_host_cpu(void) {
  pthread_once(&host_once, ask_host);
  return host.cpu;
}

const char *irmi_llvm_host_triple(void) {
  pthread_once(&host_once, ask_host);
  return host.triple;
}

static bool starts_with(const char *text, const char *start) {
  return strncmp(text, start, strlen(start)) == 0;
}

/* A CPU that every machine of the triple is at least. */
static const char *baseline(const char *triple) {
  if (starts_with(triple, "x86_64")) return "x86-64";
  if (starts_with(triple, "i386") || starts_with(triple, "i686")) return "i686";
  return "generic";
}

/* The host's CPU says nothing about machines of another architecture. */
static bool check_native(irm_context *context, const char *triple) {
  const char *host_triple = irmi_llvm_host_triple();
  size_t length = strcspn(host_triple, "-");
  if (strcspn(triple, "-") == length && memcmp(triple, host_triple, length) == 0) return true;
  irm_diag_report(context, IRM_ERROR, (irm_loc){0},
                  "the CPU 'native' is this machine's, %.*s; the triple '%s' is of another",
                  (int)length, host_triple, triple);
  return false;
}

static LLVMCodeGenOptLevel level_of(int optimize) {
  static const LLVMCodeGenOptLevel levels[] = {LLVMCodeGenLevelNone, LLVMCodeGenLevelLess,
                                               LLVMCodeGenLevelDefault, LLVMCodeGenLevelAggressive};
  return levels[optimize < 0 ? 0 : optimize > 3 ? 3 : optimize];
}

LLVMTargetMachineRef irmi_target_machine(irm_context *context, const irm_emit_options *options) {
  const char *triple = options->triple ? options->triple : irmi_llvm_host_triple();
  bool native = options->cpu && strcmp(options->cpu, "native") == 0;
  const char *cpu = native ? irmi_llvm_host_cpu() : options->cpu ? options->cpu : baseline(triple);
  char *message = NULL;
  LLVMTargetRef target = NULL;
  irmi_llvm_host_triple(); /* registers the targets */
  if (LLVMGetTargetFromTriple(triple, &target, &message)) {
    irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "LLVM has no target for the triple '%s'",
                    triple);
    LLVMDisposeMessage(message);
    return NULL;
  }
  if (native && !check_native(context, triple)) return NULL;
  char *features = native ? LLVMGetHostCPUFeatures() : NULL;
  LLVMTargetMachineRef machine =
      LLVMCreateTargetMachine(target, triple, cpu, features ? features : "",
                              level_of(options->optimize), LLVMRelocPIC, LLVMCodeModelDefault);
  LLVMDisposeMessage(features);
  return machine;
}
