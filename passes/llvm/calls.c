/* Which calls allocate and free. */
#include "calls.h"

#include <stdio.h>
#include <string.h>

/* The bits of allockind. */
enum { KIND_ALLOC = 1, KIND_REALLOC = 2, KIND_FREE = 4, KIND_ZEROED = 16, KIND_ALIGNED = 32 };

typedef struct known {
  const char *name;
  irmi_call_kind kind;
  const char *family;
  int size, count, alignment;
  bool zeroed;
} known;

/* Declared without attributes, as many front ends and all hand-written code do. */
static const known library[] = {
    {"malloc", IRMI_CALL_ALLOCATES, "malloc", 0, -1, -1, false},
    {"calloc", IRMI_CALL_ALLOCATES, "malloc", 1, 0, -1, true},
    {"aligned_alloc", IRMI_CALL_ALLOCATES, "malloc", 1, -1, 0, false},
    {"memalign", IRMI_CALL_ALLOCATES, "malloc", 1, -1, 0, false},
    {"realloc", IRMI_CALL_RESIZES, "malloc", 1, -1, -1, false},
    {"reallocarray", IRMI_CALL_RESIZES, "malloc", 1, 2, -1, false},
    {"reallocf", IRMI_CALL_RESIZES, "malloc", 1, -1, -1, false},
    {"free", IRMI_CALL_FREES, "malloc", -1, -1, -1, false},
    {"_Znwm", IRMI_CALL_ALLOCATES, "_Znwm", 0, -1, -1, false},
    {"_Znam", IRMI_CALL_ALLOCATES, "_Znam", 0, -1, -1, false},
    {"_ZnwmSt11align_val_t", IRMI_CALL_ALLOCATES, "_ZnwmSt11align_val_t", 0, -1, 1, false},
    {"_ZnamSt11align_val_t", IRMI_CALL_ALLOCATES, "_ZnamSt11align_val_t", 0, -1, 1, false},
    {"_ZdlPv", IRMI_CALL_FREES, "_Znwm", -1, -1, -1, false},
    {"_ZdlPvm", IRMI_CALL_FREES, "_Znwm", 1, -1, -1, false},
    {"_ZdaPv", IRMI_CALL_FREES, "_Znam", -1, -1, -1, false},
    {"_ZdaPvm", IRMI_CALL_FREES, "_Znam", 1, -1, -1, false},
    {"_ZdlPvSt11align_val_t", IRMI_CALL_FREES, "_ZnwmSt11align_val_t", -1, -1, -1, false},
    {"_ZdlPvmSt11align_val_t", IRMI_CALL_FREES, "_ZnwmSt11align_val_t", 1, -1, -1, false},
    {"_ZdaPvSt11align_val_t", IRMI_CALL_FREES, "_ZnamSt11align_val_t", -1, -1, -1, false},
    {"_ZdaPvmSt11align_val_t", IRMI_CALL_FREES, "_ZnamSt11align_val_t", 1, -1, -1, false},
};

/* C++ lets a call be left out only where the program wrote `new` and `delete`, not where it called
 * the functions by name: those calls have no attribute `builtin`. */
static bool is_cxx(const char *name) {
  return strncmp(name, "_Z", 2) == 0;
}

static bool is_builtin(LLVMValueRef call) {
  unsigned kind = LLVMGetEnumAttributeKindForName("builtin", strlen("builtin"));
  LLVMAttributeIndex index = (LLVMAttributeIndex)LLVMAttributeFunctionIndex;
  return LLVMGetCallSiteEnumAttribute(call, index, kind) != NULL;
}

static const known *find_library(irmi_facts *facts, LLVMValueRef call) {
  const char *name = irmi_fact_library_function(facts, call);
  for (size_t k = 0; name && k < sizeof library / sizeof *library; k++)
    if (strcmp(library[k].name, name) == 0) return &library[k];
  return NULL;
}

static irmi_heap_call from_library(const known *row) {
  bool frees = row->kind == IRMI_CALL_FREES;
  return (irmi_heap_call){.kind = row->kind,
                          .family = row->family,
                          .family_length = strlen(row->family),
                          .size = frees ? -1 : row->size,
                          .count = row->count,
                          .alignment = row->alignment,
                          .zeroed = row->zeroed,
                          .takes_null = row->kind == IRMI_CALL_FREES,
                          .never_null = !frees && is_cxx(row->name),
                          .freed_size = frees ? row->size : -1};
}

static bool read_sizes(LLVMValueRef call, uint64_t bits, irmi_heap_call *found) {
  unsigned size, alignment;
  found->alignment = -1;
  if (!irmi_fact_alloc_size(call, &size, &found->count)) return false;
  found->size = (int)size;
  if (!(bits & KIND_ALIGNED)) return true;
  if (!irmi_fact_alloc_align(call, &alignment)) return false;
  found->alignment = (int)alignment;
  return true;
}

/* What allockind and its companions say; OTHER where they do not say enough. */
static irmi_heap_call from_attributes(LLVMValueRef call) {
  irmi_heap_call none = {.kind = IRMI_CALL_OTHER}, found = {.freed_size = -1};
  uint64_t bits;
  if (!irmi_fact_alloc_kind(call, &bits)) return none;
  found.family = irmi_fact_alloc_family(call, &found.family_length);
  if (!found.family) return none;
  if (bits & (KIND_FREE | KIND_REALLOC)) {
    found.kind = bits & KIND_FREE ? IRMI_CALL_FREES : IRMI_CALL_RESIZES;
    return irmi_fact_allocated_pointer(call, &found.pointer) ? found : none;
  }
  found.kind = IRMI_CALL_ALLOCATES;
  found.zeroed = bits & KIND_ZEROED;
  return (bits & KIND_ALLOC) && read_sizes(call, bits, &found) ? found : none;
}

/* Whether a function says that no function, or not the one it calls, is what its name says. */
static bool caller_forbids(LLVMValueRef call, LLVMValueRef callee) {
  LLVMValueRef caller = LLVMGetBasicBlockParent(LLVMGetInstructionParent(call));
  LLVMAttributeIndex index = (LLVMAttributeIndex)LLVMAttributeFunctionIndex;
  char name[80];
  if (LLVMGetStringAttributeAtIndex(caller, index, "no-builtins", strlen("no-builtins")))
    return true;
  size_t length;
  const char *called = LLVMGetValueName2(callee, &length);
  int all = snprintf(name, sizeof name, "no-builtin-%.*s", (int)length, called);
  return (size_t)all >= sizeof name ||
         LLVMGetStringAttributeAtIndex(caller, index, name, (unsigned)all) != NULL;
}

/* Arguments that are not understood may choose a pool, or what happens if there is no memory. */
static bool has_other_arguments(LLVMValueRef call, const irmi_heap_call *found) {
  bool allocates = found->kind == IRMI_CALL_ALLOCATES;
  unsigned expected = 1 + (allocates ? (found->count >= 0) + (found->alignment >= 0) : 0);
  return found->kind != IRMI_CALL_RESIZES && LLVMGetNumArgOperands(call) != expected;
}

irmi_heap_call irmi_heap_call_of(irmi_facts *facts, LLVMValueRef call) {
  irmi_heap_call none = {.kind = IRMI_CALL_OTHER};
  LLVMValueRef callee = LLVMGetCalledValue(call);
  if (!LLVMIsAFunction(callee) || LLVMGetIntrinsicID(callee) || irmi_fact_no_builtin(call) ||
      LLVMGetNumOperandBundles(call))
    return none;
  const known *row = find_library(facts, call);
  bool mine = row && is_cxx(row->name) && !is_builtin(call);
  if (mine || (row && !LLVMIsDeclaration(callee))) return none;
  if (row) return from_library(row);
  irmi_heap_call found = from_attributes(call);
  if (found.kind == IRMI_CALL_OTHER) return found;
  return has_other_arguments(call, &found) || caller_forbids(call, callee) ? none : found;
}

bool irmi_same_family(const irmi_heap_call *a, const irmi_heap_call *b) {
  return a->family_length == b->family_length &&
         memcmp(a->family, b->family, a->family_length) == 0;
}
