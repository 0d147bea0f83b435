/* A function as irmem-heap sees it: its blocks and instructions by number, and what it allocates.
 */
#ifndef IRMEM_LLVM_FUNCTION_H
#define IRMEM_LLVM_FUNCTION_H

#include "calls.h"
#include "heap.h"

#include "support/arena.h"
#include "support/map.h"
#include "support/vec.h"

/* Where control is: a block, and an instruction by its number in the function. */
typedef struct irmi_position {
  uint32_t block, at;
} irmi_position;

/* In a block the memory is needed up to an instruction, or beyond the end. */
#define IRMI_TO_THE_END UINT32_MAX
typedef struct irmi_needed {
  uint32_t block, last;
  bool from_start;
} irmi_needed;

typedef irmi_vec(LLVMValueRef) irmi_values_list;
typedef irmi_vec(uint32_t) irmi_blocks;

/* One allocating call, and all that is done to its memory. */
typedef struct irmi_allocation {
  LLVMValueRef call;
  irmi_heap_call how;
  irmi_position where;
  irmi_llvm_loop *loop;         /* the innermost around it, or NULL */
  irmi_values_list frees;       /* calls that free it, and it alone */
  irmi_values_list uses;        /* instructions that touch the memory, in no order */
  irmi_vec(irmi_needed) needed; /* by block, ascending */
  const char *untouchable;      /* why nothing can be done to it; NULL: something can */
  const char *missed;           /* why it was not merged or moved this time */
  const char *escapes;          /* why others may know the address; NULL: nobody does */
  LLVMValueRef reason;          /* the instruction that is meant */
  bool gone;                    /* it was merged into another, or is none any more */
} irmi_allocation;

typedef struct irmi_function {
  LLVMValueRef function;
  irmi_facts *facts;
  const irmi_heap_options *options;
  irmi_arena arena;
  irmi_map numbers; /* of blocks and instructions */
  LLVMBasicBlockRef *blocks;
  uint32_t block_count;
  uint32_t *first_before, *before; /* the blocks that lead to block b: from first_before[b] on */
  irmi_vec(irmi_allocation *) allocations; /* in the order of their blocks */
  uint32_t *stamps, stamp;                 /* by block: when a walk last came by */
  irmi_map dead;                           /* calls that are no longer meant, to be erased */
  uint64_t effort;                         /* instructions that may still be looked at */
  unsigned merged, hoisted, on_stack, packed;
  bool reshaped; /* control flow was changed: all is to be found again */
} irmi_function;

/* false: nothing in the function allocates. */
bool irmi_function_open(irmi_function *f, LLVMValueRef function, irmi_facts *facts,
                        const irmi_heap_options *options);
void irmi_function_close(irmi_function *f);
/* Takes from the effort; false: none is left, and the answer to the question is no. */
bool irmi_spend(irmi_function *f, uint64_t instructions);
uint32_t irmi_block_number(const irmi_function *f, LLVMBasicBlockRef block);
irmi_position irmi_position_of(const irmi_function *f, LLVMValueRef instruction);
bool irmi_is_call(LLVMValueRef instruction);
bool irmi_starts_with(const char *text, size_t length, const char *start);
/* Whether control may go on from a block to its successor k: not where only an allocation that is
 * no longer meant would unwind. */
bool irmi_goes_on(const irmi_function *f, LLVMValueRef terminator, unsigned k);

/* origin.c: the value that another is, through aggregates and what changes nothing. */
LLVMValueRef irmi_origin(LLVMValueRef value);
/* Whether a pointer is the beginning of the block, or null, and no other, through phi and select.
 */
bool irmi_is_this_or_null(LLVMValueRef pointer, LLVMValueRef block);
/* Whether the way between two blocks is taken only if the pointer is null. */
bool irmi_edge_means_null(LLVMBasicBlockRef from, LLVMBasicBlockRef to, LLVMValueRef pointer);
bool irmi_same_indices(LLVMValueRef a, LLVMValueRef b);

/* compares.c: whether a comparison of addresses, or their difference as numbers, comes out the same
 * wherever a block lies that is in it. */
bool irmi_compares_alike(LLVMValueRef compare, LLVMValueRef block);
bool irmi_differs_alike(LLVMValueRef difference, LLVMValueRef block);

/* uses.c: finds frees, uses, and what stands in the way. */
void irmi_find_uses(irmi_function *f, irmi_allocation *allocation);

/* needed.c: in which parts of the function the memory is needed: from where it is allocated to the
 * last use on every path, its free aside. */
void irmi_find_needed(irmi_function *f, irmi_allocation *allocation);
bool irmi_is_needed_behind(const irmi_allocation *allocation, irmi_position position);

/* sizes.c */
/* The bytes of an allocation where they are constant. */
bool irmi_constant_size(const irmi_allocation *allocation, uint64_t *bytes);
/* Whether two arguments, or two times none, are one number. */
bool irmi_same_value(LLVMValueRef x, LLVMValueRef y);
bool irmi_same_size(const irmi_allocation *a, const irmi_allocation *b);
/* Its alignment where it is constant; 16 where nothing says it. */
bool irmi_constant_alignment(const irmi_allocation *allocation, uint64_t *bytes);
/* Whether root's memory, if it is for any type, is surely aligned as b asks, if it does. */
bool irmi_suits(const irmi_allocation *root, const irmi_allocation *b);

/* between.c: what may happen on the way from one instruction to another. */
/* What an instruction may do beside what it says, as facts.h has it; what frees a block does
 * nothing of it. */
unsigned irmi_effects_of(const irmi_function *f, LLVMValueRef instruction);
typedef struct irmi_way {
  unsigned effects; /* of all calls on the way */
  bool complete;    /* every path back ended at one of the stops */
} irmi_way;
/* All paths that lead to `to` on which `pointer`, if there is one, is not null, back to the nearest
 * stop; they end at `limit` too, which makes the way incomplete if it is reached. */
irmi_way irmi_way_back(irmi_function *f, LLVMValueRef to, const irmi_values_list *stops,
                       LLVMValueRef limit, LLVMValueRef pointer);
/* Whether on all paths between two instructions nothing may be allocated, nor freed but by `own`:
 * as much is held by others at the one as at the other. */
bool irmi_nothing_comes_between(irmi_function *f, LLVMValueRef from, LLVMValueRef to,
                                const irmi_values_list *own);

/* together.c: ways on from one block to another. */
/* Whether every way to b comes through a, and every way on from a to b or one of a's frees; but
 * where a's pointer is null, or the program ends while it holds the memory. O(blocks between). */
bool irmi_leads_to(irmi_function *f, const irmi_allocation *a, LLVMValueRef pointer,
                   const irmi_allocation *b);
/* Whether every way on from a leads to b, or to one of a's frees; but where a is null. Not where
 * the program may end before. O(blocks between). */
bool irmi_surely_leads_to(irmi_function *f, const irmi_allocation *a, const irmi_allocation *b);
bool irmi_is_surely_freed(irmi_function *f, const irmi_allocation *a);
/* Lists those of a's frees that are on ways that come through b too: before it, or (*behind) all of
 * them behind. The others are on ways that never do, as where an exception leaves before b. false:
 * one of them is neither. */
bool irmi_sort_frees(irmi_function *f, const irmi_allocation *a, LLVMValueRef pointer,
                     const irmi_allocation *b, irmi_values_list *with, bool *behind);

/* held.c: one iteration of the loop around an allocation. */
/* What is true or false of a whole loop: without it nothing is allocated. */
#define IRMI_MOST_CONDITIONS 4
typedef struct irmi_condition {
  LLVMValueRef test;
  bool wanted;
} irmi_condition;
typedef struct irmi_conditions {
  irmi_condition items[IRMI_MOST_CONDITIONS];
  size_t count;
} irmi_conditions;
/* The blocks of the loop from which the allocation can be reached in the same iteration: stamped,
 * and listed, its own first. */
void irmi_find_region(irmi_function *f, const irmi_allocation *a, irmi_blocks *region);
/* The conditions under which every iteration allocates; or why there are none such. */
const char *irmi_find_conditions(irmi_function *f, const irmi_allocation *a, irmi_conditions *all);

#define IRMI_MOST_EXITS 16
typedef struct irmi_exits {
  LLVMBasicBlockRef blocks[IRMI_MOST_EXITS];
  /* Whether the loop may be left so while the program holds the memory; while it does not. */
  bool held[IRMI_MOST_EXITS], idle[IRMI_MOST_EXITS];
  bool none[IRMI_MOST_EXITS]; /* while there is none, for it is null */
  size_t count;
  bool dedicated; /* reached from the loop alone */
} irmi_exits;
/* What is so at the exits, if the memory can be there through all iterations; or why it cannot: it
 * is not freed in one of them, or others may allocate, or leave for good, while it is not held. */
const char *irmi_follow_iteration(irmi_function *f, const irmi_allocation *a,
                                  const irmi_conditions *conditions, irmi_exits *exits);

/* visible.c: whether an iteration, before it allocates, may change what others see. */
bool irmi_shows_before(irmi_function *f, const irmi_allocation *a);

/* cleanup.c: what is done where an allocation in a loop fails by an exception. */
#define IRMI_MOST_CLEANUPS  8
#define IRMI_MOST_ARGUMENTS 3
typedef struct irmi_cleanup {
  LLVMValueRef pad, resume;
  LLVMValueRef frees[IRMI_MOST_CLEANUPS]; /* of blocks from before the loop */
  LLVMValueRef arguments[IRMI_MOST_CLEANUPS][IRMI_MOST_ARGUMENTS];
  size_t count;
} irmi_cleanup;
/* false: more is done than to free blocks and to pass the exception on. */
bool irmi_find_cleanup(irmi_function *f, const irmi_allocation *a, irmi_cleanup *found);

/* What is done. */
void irmi_share_blocks(irmi_function *f);
void irmi_hoist_blocks(irmi_function *f);
void irmi_put_on_stack(irmi_function *f);
void irmi_pack_blocks(irmi_function *f);

/* rewrite.c */
/* Takes from accesses what they were known not to alias, or to be the only type at their address.
 */
void irmi_forget_aliases(const irmi_allocation *allocation, bool iterations);
/* Zeroes the memory at `pointer` where a call stands that did. */
void irmi_zero_at(const irmi_function *f, const irmi_allocation *allocation, LLVMValueRef pointer);
void irmi_erase_all(irmi_values_list *calls);
/* Takes out an allocation that nobody uses any more. */
void irmi_erase_allocation(irmi_function *f, irmi_allocation *allocation);

/* remarks.c: what was done and what was not, with bytes. */
void irmi_say_done(irmi_function *f, const char *name, const irmi_allocation *allocation,
                   const char *what);
void irmi_say_missed(irmi_function *f, const irmi_allocation *allocation, const char *why,
                     LLVMValueRef reason);

/* Of a call that is not taken for an allocation, and why. */
void irmi_say_of_call(irmi_facts *facts, LLVMValueRef call, const char *why);

/* posix.c: posix_memalign as aligned_alloc, and back. Whether something was changed. */
bool irmi_has_posix(LLVMValueRef function); /* its module does */
bool irmi_simplify_posix(LLVMValueRef function, irmi_facts *facts);
void irmi_restore_posix(LLVMValueRef function);

#endif
