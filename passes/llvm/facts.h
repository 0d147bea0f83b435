/* What the pass irmem-heap asks of LLVM beyond the C API. shim.cpp answers, and decides nothing. */
#ifndef IRMEM_LLVM_FACTS_H
#define IRMEM_LLVM_FACTS_H

#include <llvm-c/Core.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The function at hand, and the analyses of it: dominators and loops as they were when the pass
 * began. Valid until the pass returns; the functions that change control flow keep them so. */
typedef struct irmi_facts irmi_facts;
typedef struct irmi_llvm_loop irmi_llvm_loop;

/* Whether every path to b comes through a (a before b in one block). */
bool irmi_fact_dominates(irmi_facts *facts, LLVMValueRef a, LLVMValueRef b);

/* Whether any path leads to a block. */
bool irmi_fact_reached(irmi_facts *facts, LLVMBasicBlockRef block);

/* Whether there are cycles that are no loops, entered at several places. O(blocks). */
bool irmi_fact_irreducible(irmi_facts *facts, LLVMValueRef function);

/* The innermost loop around a block, or NULL; the loop around a loop, or NULL. */
irmi_llvm_loop *irmi_fact_loop_of(irmi_facts *facts, LLVMBasicBlockRef block);
irmi_llvm_loop *irmi_fact_loop_parent(const irmi_llvm_loop *loop);
bool irmi_fact_loop_contains(const irmi_llvm_loop *loop, LLVMBasicBlockRef block);
LLVMBasicBlockRef irmi_fact_loop_header(const irmi_llvm_loop *loop);
/* NULL: the loop is entered from several places, or not from a block of its own. */
LLVMBasicBlockRef irmi_fact_loop_preheader(const irmi_llvm_loop *loop);
/* The blocks outside that are reached from inside, each once; how many. blocks has room for so
 * many. dedicated: none of them is reached from elsewhere. */
size_t irmi_fact_loop_exits(const irmi_llvm_loop *loop, LLVMBasicBlockRef *blocks, size_t room,
                            bool *dedicated);
/* Gives the loop a preheader and exits of its own, where that can be; whether blocks were added. */
bool irmi_fact_form_loop(irmi_facts *facts, irmi_llvm_loop *loop);
/* Makes a call of an invoke, which goes on to where the invoke did and unwinds to the caller: the
 * call. Dominators are as they should be, loops are not until irmi_fact_renew. */
LLVMValueRef irmi_fact_call_instead(irmi_facts *facts, LLVMValueRef invoke);
/* Splits a block before its terminator; a condition: with a block between that is entered only
 * where it is true. The branch, of the block or the one between, to the block behind. */
LLVMValueRef irmi_fact_split(irmi_facts *facts, LLVMValueRef terminator, LLVMValueRef condition);
/* Takes out blocks that no path leads to any more, and finds dominators and loops again. */
void irmi_fact_renew(irmi_facts *facts, LLVMValueRef function);
/* Whether an instruction of the loop runs whenever the loop is entered. */
bool irmi_fact_always_runs(irmi_facts *facts, LLVMValueRef instruction, const irmi_llvm_loop *loop);

/* The name of the library function that a call calls, by name and prototype and as far as the
 * target has it and the call may be taken for one (not nobuiltin, not under -fno-builtin); NULL
 * otherwise. */
const char *irmi_fact_library_function(irmi_facts *facts, LLVMValueRef call);

/* Whether a call must not be taken for the library function that it names. */
bool irmi_fact_no_builtin(LLVMValueRef call);

/* What a call may do beside what its arguments and results say. */
enum {
  IRMI_MAY_ALLOCATE = 1, /* or free: it changes memory that the program cannot name */
  IRMI_MAY_LEAVE = 2,    /* it may unwind, end the program, or not return */
  IRMI_MAY_RETURN_TWICE = 4
};
unsigned irmi_fact_call_effects(irmi_facts *facts, LLVMValueRef call);
/* Whether an instruction may write memory, or do what orders others' accesses. */
bool irmi_fact_writes(LLVMValueRef instruction);
/* Whether a call writes no memory but what its arguments point to. */
bool irmi_fact_writes_arguments_only(LLVMValueRef call);
/* Whether a call neither keeps a copy of pointer argument k behind its end, nor frees or returns
 * it. */
bool irmi_fact_only_borrows(irmi_facts *facts, LLVMValueRef call, unsigned k);

/* Attributes of a call or the function that it calls. False: there is none. */
bool irmi_fact_alloc_kind(LLVMValueRef call, uint64_t *kind);
bool irmi_fact_alloc_size(LLVMValueRef call, unsigned *size, int *count); /* count -1: none */
const char *irmi_fact_alloc_family(LLVMValueRef call, size_t *length);    /* NULL: none */
bool irmi_fact_alloc_align(LLVMValueRef call, unsigned *argument);
bool irmi_fact_allocated_pointer(LLVMValueRef call, unsigned *argument); /* of what frees */

/* A remark in LLVM's own channel, about an instruction of the function. text is one sentence. */
typedef enum irmi_remark {
  IRMI_REMARK_PASSED,
  IRMI_REMARK_MISSED,
  IRMI_REMARK_ANALYSIS
} irmi_remark;
bool irmi_fact_wants_remarks(irmi_facts *facts);
void irmi_fact_remark(irmi_facts *facts, irmi_remark kind, const char *name,
                      LLVMValueRef instruction, const char *text);

#ifdef __cplusplus
}
#endif

#endif
