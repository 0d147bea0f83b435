/* What the files of the emitter share: one program on its way to one LLVM module. */
#ifndef IRMEM_EMIT_EMITTER_H
#define IRMEM_EMIT_EMITTER_H

#include "irmem/ir.h"
#include "support/arena.h"
#include "support/map.h"

#include <llvm-c/Core.h>
#include <llvm/Config/llvm-config.h>

/* LLVM's types and metadata that are asked for again and again. */
typedef struct irmi_types {
  LLVMTypeRef i1, i8, i32, i64, f32, f64, ptr, none;
  LLVMTypeRef frame, view, result; /* irm_rt_frame, irm_graph_view, irm_rt_result */
  LLVMTypeRef body;                /* irm_rt_body */
} irmi_types;

/* A slot while slots change places at the end of a loop's body (swap.c). */
typedef struct irmi_slot_move {
  uint32_t from; /* IRM_NO_SLOT: it stays */
  bool leaves;   /* another slot takes its place */
  LLVMValueRef pointer;
} irmi_slot_move;

/* One of the program's functions: the program itself, or a part of it (part.c). */
typedef struct irmi_function {
  uint32_t part;          /* its number; 0: the program itself */
  LLVMBuilderRef builder; /* where it grows */
  LLVMBuilderRef entry;   /* behind its allocas: what must dominate everything */
  LLVMValueRef function;
  LLVMValueRef state; /* of the run: memory.c */
  LLVMValueRef frame, view, n, m, threads;
  LLVMValueRef steps;       /* of the profile; NULL: there is none */
  LLVMBasicBlockRef failed; /* ends the run; reached with the op's number in failed_phi */
  LLVMValueRef failed_phi;
} irmi_function;

typedef struct irmi_emitter {
  const irm_program *program;
  bool exact;       /* arrays of the caller end where they are said to, and begin anywhere */
  bool check;       /* the run is asked before each step whether it may go on */
  bool profile;     /* steps are counted and timed (profile.c) */
  unsigned id_bits; /* of ids in the graph's arrays: 32 or 64 */
  irmi_arena arena; /* of everything below */
  LLVMContextRef context;
  LLVMModuleRef module;
  irmi_types types;
  irmi_function into; /* what is being emitted */

  LLVMValueRef *scalars; /* by value id: scalars only */
  uint32_t *cells;       /* by value id: where in the state a scalar is kept, if it is */
  uint32_t state_cells;
  uint32_t *numbers;     /* by value id: in the body of the loop that is emitted (body.c) */
  irmi_slot_move *moves; /* by slot */
  uint32_t *ordinals;    /* by op id: which param, which input, which output it is */
  uint32_t *parts;       /* by op id: in which part of the program it is emitted */
  uint32_t part_count;
  irmi_map outputs; /* interned name -> which output */
  uint32_t array_output_count;
  unsigned kernel_count;

  LLVMValueRef access_group; /* of accesses that no other iteration of their loop touches */
  LLVMValueRef result_scope; /* the alias scope of a row loop's result */
  LLVMValueRef no_fields;    /* metadata that says all by being there */
} irmi_emitter;

/* program.c: the whole program as a function of the module, and single ops of it. */
void irmi_emit_program(irmi_emitter *emitter);
void irmi_emit_single(irmi_emitter *emitter, const irm_op *op);

/* profile.c: what surrounds a step of a program that is profiled, and begins an iteration of a
 * loop; else nothing. */
void irmi_step_begin(irmi_emitter *emitter, const irm_op *op);
void irmi_step_end(irmi_emitter *emitter, const irm_op *op);
void irmi_step_round(irmi_emitter *emitter, const irm_op *loop);

/* part.c: LLVM takes more than linear time for long functions, so long regions are cut in parts,
 * each a function of its own. */
void irmi_cut_in_parts(irmi_emitter *emitter);
void irmi_emit_region(irmi_emitter *emitter, const irm_region *region);
/* Begins a function with one parameter, which is a pointer; and ends it. */
void irmi_function_open(irmi_emitter *emitter, const char *name);
void irmi_function_close(irmi_emitter *emitter);
/* What every part has at hand, where frame is known. */
void irmi_function_load(irmi_emitter *emitter);

/* types.c: types and constants. An i1 is a byte in memory and one bit elsewhere. --------------- */

void irmi_types_init(irmi_types *types, LLVMContextRef context);
LLVMTypeRef irmi_register_type(const irmi_types *types, irm_elem elem);
LLVMTypeRef irmi_memory_type(const irmi_types *types, irm_elem elem);
LLVMValueRef irmi_const_i64(const irmi_emitter *emitter, int64_t value);
LLVMValueRef irmi_const_number(const irmi_emitter *emitter, irm_number number);
LLVMValueRef irmi_to_memory(const irmi_emitter *emitter, LLVMBuilderRef builder, irm_elem elem,
                            LLVMValueRef value);
LLVMValueRef irmi_from_memory(const irmi_emitter *emitter, LLVMBuilderRef builder, irm_elem elem,
                              LLVMValueRef value);
/* The register type, in as many lanes as a value has that may be a vector. */
LLVMTypeRef irmi_register_type_like(const irmi_emitter *emitter, LLVMValueRef like, irm_elem elem);
/* A vector with the same value in every lane. */
LLVMValueRef irmi_splat(LLVMValueRef constant, unsigned lanes);
LLVMValueRef irmi_build_splat(const irmi_emitter *emitter, LLVMBuilderRef builder,
                              LLVMValueRef scalar, unsigned lanes);
/* Calls an intrinsic that is overloaded on these types. */
LLVMValueRef irmi_call_intrinsic(const irmi_emitter *emitter, LLVMBuilderRef builder,
                                 const char *name, LLVMTypeRef *overloads, unsigned overload_count,
                                 LLVMValueRef *arguments, unsigned argument_count);
void irmi_set_metadata(const irmi_emitter *emitter, LLVMValueRef instruction, const char *kind,
                       LLVMValueRef node);
void irmi_add_attribute(const irmi_emitter *emitter, LLVMValueRef function, const char *name);

/* metadata.c */
void irmi_metadata_init(irmi_emitter *emitter);
/* Says of the loop that a latch closes that its iterations do not depend on each other. */
void irmi_mark_parallel(const irmi_emitter *emitter, LLVMValueRef latch);
/* ... or that it is to stay as it is: vectors already, or but few elements. */
void irmi_mark_plain(const irmi_emitter *emitter, LLVMValueRef latch);

/* memory.c: the frame, the run's state, slots and arrays. -------------------------------------- */

/* Fields of irm_rt_frame and irm_graph_view by position. */
enum {
  IRMI_FRAME_GRAPH,
  IRMI_FRAME_PARAMS,
  IRMI_FRAME_INPUTS,
  IRMI_FRAME_OUTPUTS,
  IRMI_FRAME_ARENA,
  IRMI_FRAME_THREADS,
  IRMI_FRAME_OFFSETS,
  IRMI_FRAME_STEPS
};
enum {
  IRMI_VIEW_NODES,
  IRMI_VIEW_EDGES,
  IRMI_VIEW_IN_OFFSETS,
  IRMI_VIEW_OUT_OFFSETS,
  IRMI_VIEW_IN_TARGETS,
  IRMI_VIEW_OUT_TARGETS,
  IRMI_VIEW_IN_EDGES,
  IRMI_VIEW_OUT_EDGES,
  IRMI_VIEW_WEIGHTS,
  IRMI_VIEW_SOURCES,
  IRMI_VIEW_TARGETS,
  IRMI_VIEW_DIRECTED,
  IRMI_VIEW_NAMES,
  IRMI_VIEW_FIRST_NAME,
  IRMI_VIEW_FIELDS
};
LLVMValueRef irmi_load_field(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMTypeRef structure, LLVMValueRef base, unsigned field);
LLVMValueRef irmi_load_frame(const irmi_emitter *emitter, unsigned field);
LLVMValueRef irmi_load_view(const irmi_emitter *emitter, unsigned field);
/* Entry k of one of the frame's tables. */
LLVMValueRef irmi_load_table(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMValueRef frame, unsigned field, uint32_t k);

/* Cells of the state. */
enum { IRMI_STATE_FRAME, IRMI_STATE_FAULT, IRMI_STATE_SLOTS };
LLVMValueRef irmi_state_cell(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMValueRef state, uint32_t cell);
LLVMValueRef irmi_load_slot(const irmi_emitter *emitter, LLVMBuilderRef builder, LLVMValueRef state,
                            uint32_t slot);
void irmi_store_slot(const irmi_emitter *emitter, uint32_t slot, LLVMValueRef pointer);
/* The part of the program that computes a value. */
uint32_t irmi_part_of(const irmi_emitter *emitter, const irm_value *value);
/* Keeps a scalar in the state if another function reads it, which then loads it. */
void irmi_keep_scalar(irmi_emitter *emitter, const irm_value *value);
LLVMValueRef irmi_load_scalar(const irmi_emitter *emitter, LLVMBuilderRef builder,
                              LLVMValueRef state, const irm_value *value);

/* Where a slot, an array value lies now. */
LLVMValueRef irmi_slot_pointer(const irmi_emitter *emitter, uint32_t slot);
LLVMValueRef irmi_array_pointer(const irmi_emitter *emitter, const irm_value *value);
/* n or m. */
LLVMValueRef irmi_element_count(const irmi_emitter *emitter, irm_space space);
LLVMValueRef irmi_array_bytes(const irmi_emitter *emitter, irm_type type);
LLVMValueRef irmi_element_address(const irmi_emitter *emitter, LLVMBuilderRef builder,
                                  irm_elem elem, LLVMValueRef base, LLVMValueRef index);
/* For an op whose result is operand 0, changed: where their slots differ, because the operand lives
 * on, the result begins as a copy. */
void irmi_begin_changed(const irmi_emitter *emitter, const irm_op *op);

/* frame.c: where slots lie at first; outputs at the end. */
void irmi_place_slots(irmi_emitter *emitter);
void irmi_deliver_outputs(irmi_emitter *emitter);

/* swap.c: lets the slots of carried values that are yielded elsewhere change places. */
void irmi_swap_slots(irmi_emitter *emitter, const irm_op *loop);

/* Calls a function of the runtime (void, an i64 or any other result, any parameters) or of the C
 * library (nothing but its result). */
void irmi_call_runtime(irmi_emitter *emitter, const char *name, LLVMValueRef *arguments,
                       unsigned count);
LLVMValueRef irmi_ask_runtime(irmi_emitter *emitter, const char *name, LLVMValueRef *arguments,
                              unsigned count);
LLVMValueRef irmi_ask_for(irmi_emitter *emitter, const char *name, LLVMTypeRef result,
                          LLVMValueRef *arguments, unsigned count);
/* The name of a function that reads ids, for ids of the width that is emitted for. */
#define IRMI_OF_IDS(EMITTER, NAME) ((EMITTER)->id_bits == 64 ? NAME "_64" : NAME)
LLVMValueRef irmi_call_library(const irmi_emitter *emitter, LLVMBuilderRef builder,
                               const char *name, LLVMValueRef *arguments, unsigned count);

/* control.c: blocks, loops and the way out. ---------------------------------------------------- */

LLVMValueRef irmi_scalar(const irmi_emitter *emitter, const irm_value *value);
void irmi_define_scalar(irmi_emitter *emitter, const irm_value *value, LLVMValueRef scalar);
/* The same for an op's one result. */
void irmi_set_scalar(irmi_emitter *emitter, const irm_op *op, LLVMValueRef value);
/* Ends the run, as code says, where fault holds; with an error of this op. */
void irmi_leave_if(irmi_emitter *emitter, LLVMValueRef fault, LLVMValueRef code);
void irmi_fail_if(irmi_emitter *emitter, const irm_op *op, LLVMValueRef fault);

/* The same where a kernel marked the run as failed. */
void irmi_fail_if_kernel_did(irmi_emitter *emitter, const irm_op *op);

/* A counting loop under construction: for (index = begin; index < end; index += step), which may
 * carry a value. Between open and close the builder stands in its body. */
typedef struct irmi_for {
  LLVMValueRef index, latch;
  LLVMValueRef carried; /* in the body: this iteration's; behind the loop: the last; or NULL */
  int64_t step;
  LLVMBasicBlockRef header, exit;
} irmi_for;
/* init, next: of the carried value, or NULL. */
void irmi_for_open(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                   LLVMValueRef begin, LLVMValueRef end, int64_t step, LLVMValueRef init);
void irmi_for_close(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                    LLVMValueRef next);

/* The same, tested behind its body: do ...; while ((index += step) < end). Carries nothing. */
void irmi_do_open(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                  LLVMValueRef begin, int64_t step);
void irmi_do_close(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                   LLVMValueRef end);

/* scalar.c: the lowering of each op of kind SCALAR, on scalars or vectors. --------------------- */

typedef struct irmi_element {
  irmi_emitter *emitter;
  LLVMBuilderRef builder;
  irm_elem from, to;  /* of operand 0 and of the result */
  LLVMValueRef fault; /* i1: the operands are an error; NULL: they cannot be */
} irmi_element;
typedef LLVMValueRef irmi_scalar_lowering(irmi_element *lane, const LLVMValueRef *x);
typedef void irmi_op_lowering(irmi_emitter *emitter, const irm_op *op);
#define IRMI_MOST_OPERANDS 3
irmi_element irmi_element_of(irmi_emitter *emitter, LLVMBuilderRef builder, const irm_op *op);
irmi_scalar_lowering *irmi_scalar_lowering_of(irm_opcode opcode);

/* Every row of ops.def has its lowering; one that is missing does not link. */
#define IRMI_LOWERING_SCALAR(ENUM) irmi_scalar_lowering irmi_emit_##ENUM;
#define IRMI_LOWERING_REDUCE(ENUM) irmi_op_lowering irmi_emit_##ENUM;
#define IRMI_LOWERING_ROWS(ENUM)   irmi_op_lowering irmi_emit_##ENUM;
#define IRMI_LOWERING_WHOLE(ENUM)  irmi_op_lowering irmi_emit_##ENUM;
#define IRMI_LOWERING_FLOW(ENUM)   irmi_op_lowering irmi_emit_##ENUM;
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  IRMI_LOWERING_##KIND(ENUM)
#include "irmem/ops.def"
#undef IRM_OP

/* elementwise.c: an op of kind SCALAR, on its own or for every element. */
void irmi_emit_elementwise(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower);

/* elements.c: ops that are a loop over an index space, each in a function of its own (kernel.h). */
bool irmi_runs_as_kernel(const irm_op *op);
void irmi_emit_kernel(irmi_emitter *emitter, const irm_op *op);

#endif
