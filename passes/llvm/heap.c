/* The pass irmem-heap: options, what is left alone, and the order of work. */
#include "heap.h"

#include "function.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options -------------------------------------------------------------------------------------- */

static bool is_word(const char *text, size_t length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool read_limit(const char *text, size_t length, uint64_t *limit) {
  static const char key[] = "stack=";
  size_t start = sizeof key - 1;
  if (length <= start || memcmp(text, key, start) != 0) return false;
  *limit = 0;
  for (size_t k = start; k < length; k++) {
    if (text[k] < '0' || text[k] > '9' || *limit > UINT32_MAX) return false;
    *limit = *limit * 10 + (uint64_t)(text[k] - '0');
  }
  return true;
}

static bool read_option(const char *text, size_t length, irmi_heap_options *options) {
  if (is_word(text, length, "stats")) return options->stats = true;
  if (is_word(text, length, "sanitized")) return options->sanitized = true;
  if (is_word(text, length, "pack")) return options->pack = true;
  return read_limit(text, length, &options->stack_limit);
}

irmi_heap_options irmi_heap_defaults(void) {
  return (irmi_heap_options){.stack_limit = 128};
}

bool irmi_heap_parse(const char *text, size_t length, irmi_heap_options *options,
                     const char **problem) {
  *problem = "options are pack, stats, sanitized and stack=BYTES, with ; between them";
  while (length > 0) {
    const char *semicolon = memchr(text, ';', length);
    size_t word = semicolon ? (size_t)(semicolon - text) : length;
    if (!read_option(text, word, options)) return false;
    text += word + (semicolon != NULL);
    length -= word + (semicolon != NULL);
  }
  return true;
}

/* What is left alone --------------------------------------------------------------------------- */

static bool has_attribute(LLVMValueRef function, const char *name) {
  unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
  LLVMAttributeIndex index = (LLVMAttributeIndex)LLVMAttributeFunctionIndex;
  return LLVMGetEnumAttributeAtIndex(function, index, kind) != NULL;
}

static bool is_sanitized(LLVMValueRef function) {
  static const char *const names[] = {
      "sanitize_address",  "sanitize_alloc_token", "sanitize_hwaddress",
      "sanitize_memory",   "sanitize_memtag",      "sanitize_numerical_stability",
      "sanitize_realtime", "sanitize_thread",      "sanitize_type"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++)
    if (has_attribute(function, names[k])) return true;
  return false;
}

static bool is_call_like_setjmp(irmi_facts *facts, LLVMValueRef instruction) {
  return irmi_is_call(instruction) &&
         (irmi_fact_call_effects(facts, instruction) & IRMI_MAY_RETURN_TWICE);
}

/* Why nothing of the function can be touched, or NULL. */
static const char *left_alone(LLVMValueRef function, irmi_facts *facts,
                              const irmi_heap_options *options) {
  if (has_attribute(function, "optnone")) return "the function is not to be optimised";
  if (has_attribute(function, "presplitcoroutine")) return "the function is a coroutine";
  if (!options->sanitized && is_sanitized(function)) return "the function is under a sanitizer";
  if (irmi_fact_irreducible(facts, function))
    return "the function has a cycle that is entered at several places";
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i)) {
      if (is_call_like_setjmp(facts, i)) return "the function calls what returns twice";
      if (LLVMIsACallInst(i) && LLVMGetTailCallKind(i) == LLVMTailCallKindMustTail)
        return "the function has a call that must be a tail call";
    }
  return NULL;
}

static void say_missed(irmi_function *f, const char *why) {
  for (size_t k = 0; k < f->allocations.count; k++) {
    const irmi_allocation *a = f->allocations.items[k];
    const char *reason = why ? why : a->untouchable ? a->untouchable : a->missed;
    bool placed = !reason || reason == a->untouchable || reason == a->escapes;
    if (!reason) reason = a->escapes;
    if (reason && !a->gone) irmi_say_missed(f, a, reason, placed ? a->reason : NULL);
  }
}

typedef struct counts {
  size_t allocations;
  unsigned shared, hoisted, on_stack, packed;
  bool reshaped;
} counts;

static void print_stats(LLVMValueRef function, const counts *done) {
  size_t length;
  const char *name = LLVMGetValueName2(function, &length);
  fprintf(stderr,
          "irmem-heap: %.*s: %zu allocations, %u shared, %u out of loops, %u on the stack, "
          "%u packed\n",
          (int)length, name, done->allocations, done->shared, done->hoisted, done->on_stack,
          done->packed);
}

/* How often what was moved out of a loop may share, and move on. */
#define MOST_ROUNDS 8

/* Shares and hoists once; whether it is worth doing again. */
static bool run_round(irmi_function *f, bool last, counts *done) {
  const char *why = left_alone(f->function, f->facts, f->options);
  if (!why) irmi_share_blocks(f);
  done->shared += f->merged;
  done->reshaped |= f->reshaped;
  if (f->merged && !last) return true; /* what shares has other uses now */
  if (!why && !f->merged) irmi_hoist_blocks(f);
  done->hoisted += f->hoisted;
  done->reshaped |= f->reshaped;
  if ((f->hoisted || f->reshaped) && !last) return true;
  if (!why && !f->merged && !f->hoisted && !f->reshaped) irmi_put_on_stack(f);
  done->on_stack += f->on_stack;
  done->reshaped |= f->reshaped;
  if (f->reshaped && f->options->pack && !last) return true;
  if (f->options->pack && !why && !f->merged && !f->hoisted && !f->reshaped) irmi_pack_blocks(f);
  done->packed += f->packed;
  say_missed(f, why);
  return false;
}

irmi_changed irmi_heap_run(LLVMValueRef function, irmi_facts *facts,
                           const irmi_heap_options *options) {
  counts done = {0};
  bool again = true, posix = irmi_has_posix(function) && !left_alone(function, facts, options) &&
                             irmi_simplify_posix(function, facts);
  for (int round = 1; again && round <= MOST_ROUNDS; round++) {
    irmi_function f;
    if (!irmi_function_open(&f, function, facts, options)) break;
    if (round == 1) done.allocations = f.allocations.count;
    again = run_round(&f, round == MOST_ROUNDS, &done);
    bool reshaped = f.reshaped;
    irmi_function_close(&f);
    if (reshaped) irmi_fact_renew(facts, function);
  }
  if (posix) irmi_restore_posix(function);
  if (options->stats && done.allocations) print_stats(function, &done);
  if (done.reshaped) return IRMI_CHANGED_BLOCKS;
  bool changed = posix || done.shared || done.hoisted || done.on_stack || done.packed;
  return changed ? IRMI_CHANGED_INSTRUCTIONS : IRMI_CHANGED_NOTHING;
}
