/* The SSA form: a program is a region of ops; an op takes values, gives values and may hold
 * regions; a value is defined once, by an op or as an argument of a region.
 *
 * Control is structured (text.h has the syntax):
 *   loop   operands: a count if the op is counted, then one initial value per carried value.
 *          regions: [0] the condition (no ops: none; else yields one scalar i1, tested before each
 *          iteration), [1] the body (yields the next carried values). Both have one argument per
 *          carried value. results: the carried values when the loop is left.
 *   if     operand: a scalar i1. regions: [0] then, [1] else; no arguments; both yield the results.
 *   yield  last op of a condition, a body, a branch; nowhere else.
 * A region sees the values defined before its op in the regions around it.
 *
 * A kernel is several array ops that run as one loop over an index space (irm_kernel_body).
 *
 * Everything is owned by the program and lives until it is destroyed; removed ops and values stay
 * readable but are no longer reached. Walks and printing never depend on addresses. */
#ifndef IRMEM_IR_H
#define IRMEM_IR_H

#include "irmem/diag.h"
#include "irmem/size.h"

#include <stdbool.h>

typedef enum irm_elem { IRM_F64, IRM_F32, IRM_I64, IRM_I32, IRM_I1 } irm_elem;
typedef enum irm_space { IRM_SCALAR, IRM_NODE, IRM_EDGE } irm_space;
typedef struct irm_type {
  irm_elem elem;
  irm_space space;
} irm_type;

IRM_API const char *irm_elem_name(irm_elem elem);    /* "f64" */
IRM_API const char *irm_space_name(irm_space space); /* "node"; "scalar" */
IRM_API uint32_t irm_elem_bytes(irm_elem elem);      /* in an array: an i1 takes one byte, 0 or 1 */
IRM_API bool irm_elem_is_float(irm_elem elem);
IRM_API bool irm_elem_is_integer(irm_elem elem); /* i64, i32 */
IRM_API bool irm_type_is_array(irm_type type);
IRM_API bool irm_type_equal(irm_type a, irm_type b);
/* Whether arrays of both have elements of one size over one space, so that one may be written over
 * the other. */
IRM_API bool irm_type_same_layout(irm_type a, irm_type b);
IRM_API irm_size
irm_type_bytes(irm_type type); /* of an array as a form in n and m; scalars have none: 0 */

/* One scalar. as.f holds f64 and f32 (rounded to f32), as.i holds i64, i32 (sign extended) and i1
 * (0, 1). */
typedef struct irm_number {
  irm_elem elem;
  union {
    double f;
    int64_t i;
  } as;
} irm_number;

typedef enum irm_direction { IRM_IN, IRM_OUT, IRM_BOTH } irm_direction;
IRM_API const char *irm_direction_name(irm_direction direction);

/* Which of several most frequent elements a mode is. */
typedef enum irm_tie { IRM_LOWEST, IRM_HIGHEST, IRM_KEEP } irm_tie;
IRM_API const char *irm_tie_name(irm_tie tie);

typedef enum irm_opcode {
#define IRM_OP(ENUM, ...) IRM_##ENUM,
#include "irmem/ops.def"
#undef IRM_OP
  IRM_OPCODE_COUNT
} irm_opcode;

/* The columns of ops.def. */
typedef enum irm_op_attribute {
  IRM_ATTR_NONE,
  IRM_ATTR_NUMBER,
  IRM_ATTR_NAME,
  IRM_ATTR_PARAM,
  IRM_ATTR_DIRECTION,
  IRM_ATTR_MODE,
  IRM_ATTR_COUNTED,
  IRM_ATTR_SPACE
} irm_op_attribute;
typedef enum irm_op_types {
  IRM_TYPES_ARITH,
  IRM_TYPES_FLOAT,
  IRM_TYPES_INTEGER,
  IRM_TYPES_LOGIC,
  IRM_TYPES_COMPARE,
  IRM_TYPES_SELECT,
  IRM_TYPES_CONVERT,
  IRM_TYPES_COPY,
  IRM_TYPES_FILL,
  IRM_TYPES_INDEX,
  IRM_TYPES_REDUCE,
  IRM_TYPES_REDUCE1,
  IRM_TYPES_GATHER,
  IRM_TYPES_GATHERW,
  IRM_TYPES_PATH,
  IRM_TYPES_DEGREE,
  IRM_TYPES_WEIGHT,
  IRM_TYPES_TOEDGE,
  IRM_TYPES_TONODE,
  IRM_TYPES_EXTRACT,
  IRM_TYPES_INSERT,
  IRM_TYPES_PICK,
  IRM_TYPES_SCATTER,
  IRM_TYPES_SORT,
  IRM_TYPES_ORDER,
  IRM_TYPES_SEARCH,
  IRM_TYPES_SIZE,
  IRM_TYPES_LOOKUP,
  IRM_TYPES_SCALAR,
  IRM_TYPES_ARRAY,
  IRM_TYPES_OUTPUT,
  IRM_TYPES_LOOP,
  IRM_TYPES_IF,
  IRM_TYPES_YIELD,
  IRM_TYPES_KERNEL
} irm_op_types;
typedef enum irm_op_storage {
  IRM_STORAGE_GIVEN,
  IRM_STORAGE_NEVER,
  IRM_STORAGE_MAY,
  IRM_STORAGE_LAST,
  IRM_STORAGE_MUST,
  IRM_STORAGE_NONE,
  IRM_STORAGE_FLOW
} irm_op_storage;
typedef enum irm_op_effect {
  IRM_EFFECT_PURE,
  IRM_EFFECT_TRAPS,
  IRM_EFFECT_SEEN,
  IRM_EFFECT_FLOW
} irm_op_effect;
typedef enum irm_op_kind {
  IRM_KIND_SCALAR,
  IRM_KIND_REDUCE,
  IRM_KIND_ROWS,
  IRM_KIND_WHOLE,
  IRM_KIND_FLOW
} irm_op_kind;

typedef struct irm_op_info {
  const char *mnemonic;
  int operands; /* -1: any number */
  irm_op_attribute attribute;
  irm_op_types types;
  irm_op_storage storage;
  irm_op_effect effect;
  irm_op_kind kind;
  const char *sentence;
} irm_op_info;

/* The row of an opcode; valid for ever. */
IRM_API const irm_op_info *irm_opcode_info(irm_opcode opcode);

typedef struct irm_program irm_program;
typedef struct irm_region irm_region;
typedef struct irm_op irm_op;
typedef struct irm_value irm_value;
typedef struct irm_use irm_use; /* one operand position that reads a value */

/* Programs ------------------------------------------------------------------------------------- */

/* An empty program of that name. Destroy with irm_program_destroy, before its context. */
IRM_API irm_program *irm_program_create(irm_context *context, const char *name);
IRM_API void irm_program_destroy(irm_program *program);
/* The same program in memory of its own: names, places, placement and all. O(program). */
IRM_API irm_program *irm_program_clone(const irm_program *program);
/* Makes target what source is; source is destroyed. For passes that try something and may go back.
 */
IRM_API void irm_program_replace(irm_program *target, irm_program *source);

IRM_API irm_context *irm_program_context(const irm_program *program);
IRM_API const char *irm_program_name(const irm_program *program);
IRM_API irm_region *irm_program_body(const irm_program *program);
/* Whether passes may change floating-point arithmetic as if it were exact, on real numbers: no NaN,
 * no infinity, no -0, nothing rounds; and emission may add to a product before that is rounded. The
 * interpreter computes what the text says all the same. Printed and parsed as "algorithm @x fast
 * {". False in a new program. */
IRM_API bool irm_program_fast_math(const irm_program *program);
IRM_API void irm_program_set_fast_math(irm_program *program, bool fast);
/* Upper bounds of irm_value_id and irm_op_id, for arrays indexed by them. */
IRM_API uint32_t irm_program_value_bound(const irm_program *program);
IRM_API uint32_t irm_program_op_bound(const irm_program *program);

/* Regions -------------------------------------------------------------------------------------- */

IRM_API irm_op *irm_region_parent(const irm_region *region); /* NULL for the program's body */
IRM_API irm_op *irm_region_first(const irm_region *region);  /* NULL when empty */
IRM_API irm_op *irm_region_last(const irm_region *region);
IRM_API uint32_t irm_region_argument_count(const irm_region *region);
IRM_API irm_value *irm_region_argument(const irm_region *region, uint32_t index);

/* Ops ------------------------------------------------------------------------------------------ */

IRM_API irm_opcode irm_op_opcode(const irm_op *op);
IRM_API const irm_op_info *irm_op_info_of(const irm_op *op);
/* What it does besides computing: as its row says, but idiv and irem by a constant other than 0 are
 * PURE. */
IRM_API irm_op_effect irm_op_effect_of(const irm_op *op);
/* Whether its two operands may change places without a bit of the result changing (which bits a NaN
 * has left aside): min and max of floats may not, as 0 and -0 show. */
IRM_API bool irm_op_commutes(const irm_op *op);
/* Whether the op's storage rule lets its result be written over that operand, its type and lifetime
 * aside. */
IRM_API bool irm_op_may_overwrite(const irm_op *op, uint32_t operand);
IRM_API uint32_t irm_op_id(const irm_op *op); /* dense, in order of creation */
IRM_API irm_loc irm_op_loc(const irm_op *op);
IRM_API irm_region *irm_op_region(const irm_op *op); /* where it stands; NULL once removed */
IRM_API irm_op *irm_op_next(const irm_op *op);
IRM_API irm_op *irm_op_prev(const irm_op *op);
IRM_API uint32_t irm_op_operand_count(const irm_op *op);
IRM_API irm_value *irm_op_operand(const irm_op *op, uint32_t index);
IRM_API uint32_t irm_op_result_count(const irm_op *op);
IRM_API irm_value *irm_op_result(const irm_op *op, uint32_t index);
/* The regions that control runs through, of loop and if; a kernel's body is none of them. */
IRM_API uint32_t irm_op_region_count(const irm_op *op);
IRM_API irm_region *irm_op_subregion(const irm_op *op, uint32_t index);

/* Attributes; each asks for an op that has it. */
IRM_API irm_number
irm_op_number(const irm_op *op);                   /* const: its value; param, input: its default */
IRM_API bool irm_op_has_default(const irm_op *op); /* param, input */
IRM_API const char *irm_op_name(const irm_op *op); /* param, input, output; interned */
IRM_API irm_direction irm_op_direction(const irm_op *op); /* degree, neighbor_..., edge_... */
/* Whether it has a direction: DIRECTION and MODE. */
IRM_API bool irm_op_has_direction(const irm_op *op);
IRM_API irm_tie irm_op_tie(const irm_op *op);      /* neighbor_mode, sweep_mode */
IRM_API bool irm_op_counts_self(const irm_op *op); /* neighbor_mode, sweep_mode */
IRM_API bool irm_op_is_counted(const irm_op *op);  /* loop */

/* A loop's carried value k, by its parts. */
IRM_API uint32_t irm_loop_carried_count(const irm_op *loop);
IRM_API irm_value *irm_loop_count(const irm_op *loop); /* NULL when not counted */
IRM_API irm_value *irm_loop_init(const irm_op *loop, uint32_t k);
IRM_API irm_region *irm_loop_condition(const irm_op *loop); /* NULL when there is none */
IRM_API irm_region *irm_loop_body(const irm_op *loop);
IRM_API irm_value *irm_region_yielded(const irm_region *region,
                                      uint32_t k); /* operand k of its yield */

/* Kernels: ops that run as one loop over the kernel's index space, node or edge. The body holds
 * ops as they stand elsewhere too, and means what they mean one after the other; but its arrays
 * have no storage: they are there for one element at a time. It sees its arguments only, one an
 * operand, of its type; its yield names the results: arrays over the kernel's space that the body
 * computes, and scalars that it reduces to. Operands are different values.
 *
 * In the body stand: ops of kind SCALAR that give arrays and cannot trap, index, degree, at_source,
 * at_target, reductions over the kernel's space (IRM_KERNEL_REDUCTIONS at most; only the yield
 * reads what they give), in a node kernel ops of kind ROWS. An array is read elsewhere, at other
 * indexes than the loop's own, where a ROWS op, at_source or at_target reads it, where it is over
 * the other space, or where what is computed from it element by element is. What is read elsewhere
 * is computed again for each reader; no op of kind ROWS is, nor is it computed from what one gives.
 */
#define IRM_KERNEL_REDUCTIONS 8
IRM_API irm_space irm_op_space(const irm_op *kernel);
IRM_API irm_region *irm_kernel_body(const irm_op *kernel);
/* Whether it reads operand k elsewhere. Where not, all of an iteration's reads come before its
 * writes, so that a result may be written over the operand. O(body) once it has changed. */
IRM_API bool irm_kernel_reads_elsewhere(const irm_op *kernel, uint32_t k);
/* The kernel in whose body an op stands, or NULL. */
IRM_API irm_op *irm_op_kernel(const irm_op *op);

/* The next op in program order, entering the regions of loops and branches, not the bodies of
 * kernels; NULL after the last. NULL starts. O(1). */
IRM_API irm_op *irm_program_next_op(const irm_program *program, const irm_op *op);

/* Values --------------------------------------------------------------------------------------- */

IRM_API irm_type irm_value_type(const irm_value *value);
IRM_API uint32_t irm_value_id(const irm_value *value); /* dense, in order of creation */
IRM_API const char *
irm_value_name(const irm_value *value); /* without %, unique in the program; interned */
IRM_API bool irm_value_is_named(const irm_value *value); /* false: its name is but a number */
/* Numbers the values that nobody named from 0 on, in program order, as printing does: what is said
 * of a program does not depend on what was said of it before. */
IRM_API void irm_program_number_values(const irm_program *program);
IRM_API irm_op *irm_value_op(const irm_value *value); /* that defines it; NULL for an argument */
IRM_API irm_region *
irm_value_region(const irm_value *value); /* whose argument it is, or where its op stands */
/* Whether whoever wrote the value wants it written over an operand; irm_report_required says where
 * a plan does not. A result of an op that computes it; printed and parsed as "%x! = ...". */
IRM_API bool irm_value_in_place_required(const irm_value *value);
IRM_API uint32_t irm_value_index(const irm_value *value); /* which result or argument */
IRM_API bool irm_value_is_array(const irm_value *value);
/* Whether its bytes are the caller's or the graph's: in no slot, and never written. */
IRM_API bool irm_value_is_given(const irm_value *value);
IRM_API irm_loc irm_value_loc(const irm_value *value);

/* Its readers, in no particular order of the program but the same in every run. */
IRM_API irm_use *irm_value_first_use(const irm_value *value);
IRM_API irm_use *irm_use_next(const irm_use *use);
IRM_API irm_op *irm_use_op(const irm_use *use);
IRM_API uint32_t irm_use_index(const irm_use *use);

/* Placement: what inplace and slots decide. Printed and parsed as "into %x" and "slot k". ------ */

/* The value whose storage this one takes over: an operand, where the op's storage rule allows it,
 * or any other array that is defined before; NULL: none. */
IRM_API irm_value *irm_value_host(const irm_value *value);
IRM_API void irm_value_set_host(irm_value *value, irm_value *host);

/* The slot that holds an array value, or IRM_NO_SLOT. Given arrays have none. */
#define IRM_NO_SLOT UINT32_MAX
IRM_API uint32_t irm_value_slot(const irm_value *value);
IRM_API void irm_value_set_slot(irm_value *value, uint32_t slot);

/* A slot: so many bytes of the arena, or the bytes that the caller brings for an output. Where it
 * lies in the arena, layouts say. workspace slots hold an op's partial results while it runs. */
typedef struct irm_slot {
  irm_size bytes;
  const char *output; /* interned name of the output whose bytes it is; NULL: in the arena */
} irm_slot;
IRM_API uint32_t irm_program_slot_count(const irm_program *program);
IRM_API irm_slot irm_program_slot(const irm_program *program, uint32_t slot);
/* In the first layout it lies behind every slot of the arena that was added before. */
IRM_API uint32_t irm_program_add_slot(irm_program *program, irm_slot slot);

/* Which values may share bytes, beside what every plan obeys. Printed and parsed as "slots typed
 * {".
 */
typedef enum irm_sharing {
  IRM_SHARE_BYTES,     /* any whose lifetimes do not meet */
  IRM_SHARE_TYPED,     /* only values of one element type, in one slot: layouts are stacks */
  IRM_SHARE_CONCURRENT /* only values that do not meet in whatever order, at the same time even, ops
                          run that do not depend on each other */
} irm_sharing;
IRM_API const char *irm_sharing_name(irm_sharing sharing); /* "", "typed", "concurrent" */
IRM_API irm_sharing irm_program_sharing(const irm_program *program);
IRM_API void irm_program_set_sharing(irm_program *program, irm_sharing sharing);

/* Layouts: where the slots of the arena lie. A layout places them one after the other; each begins
 * at the arena's start, or where the last of those ends that it is said to lie behind, rounded up
 * to 64 bytes:
 *   offset(s) = max over t behind which s lies, of offset(t) + align64(bytes(t))
 * So two slots share no byte on any graph where one lies behind the other, directly or through
 * others; where not, they may. Of several layouts the one with the least arena is taken for the n
 * and m at hand, the first among equals. The first layout places slots in order of their numbers;
 * a layout whose slots may share bytes places IRM_LAYOUT_SLOTS at most. */
#define IRM_LAYOUT_SLOTS 4096
typedef struct irm_slot_place {
  uint32_t slot;
  bool behind_all;        /* every slot that the layout places before */
  const uint32_t *behind; /* else these; valid until the layout changes */
  uint32_t behind_count;
} irm_slot_place;
IRM_API uint32_t irm_program_layout_count(const irm_program *program); /* at least 1 */
IRM_API uint32_t irm_program_layout_length(const irm_program *program, uint32_t layout);
IRM_API irm_slot_place irm_program_layout_place(const irm_program *program, uint32_t layout,
                                                uint32_t index);
/* Whether no two slots of a layout can share bytes: each lies behind all before it. */
IRM_API bool irm_program_layout_is_stack(const irm_program *program, uint32_t layout);
/* Says anew behind which slots a slot lies in the first layout. */
IRM_API void irm_program_set_behind(irm_program *program, uint32_t slot, const uint32_t *behind,
                                    uint32_t count);
/* A further layout, empty, by its number; and the slot that it places next. */
IRM_API uint32_t irm_program_add_layout(irm_program *program);
IRM_API void irm_program_layout_add(irm_program *program, uint32_t layout, irm_slot_place place);
/* The layout to take. O(layouts). */
IRM_API uint32_t irm_program_best_layout(const irm_program *program, uint64_t n, uint64_t m);
/* The arena in a layout, saturating at UINT64_MAX; offsets, if not NULL, has one entry a slot: its
 * offset in the arena, 0 for an output's. */
IRM_API uint64_t irm_program_offsets(const irm_program *program, uint32_t layout, uint64_t n,
                                     uint64_t m, uint64_t *offsets);
/* The same in the best layout; offsets is not NULL. Allocates nothing. */
IRM_API uint64_t irm_program_best_offsets(const irm_program *program, uint64_t n, uint64_t m,
                                          uint64_t *offsets);
/* The arena in the best layout. */
IRM_API uint64_t irm_program_arena_bytes(const irm_program *program, uint64_t n, uint64_t m);
IRM_API void
irm_program_clear_slots(irm_program *program); /* with layouts, and every value's slot */
/* Hosts too: what a pass must do before it changes ops, since placement was decided for those that
 * were. True if there was any placement. */
IRM_API bool irm_program_clear_placement(irm_program *program);

/* The bytes an op needs beside its operands and results while it runs (partial sums), and their
 * slot. */
IRM_API irm_size irm_op_workspace(const irm_op *op);
IRM_API uint32_t irm_op_workspace_slot(const irm_op *op);
IRM_API void irm_op_set_workspace_slot(irm_op *op, uint32_t slot);

/* Semantics of scalar ops ---------------------------------------------------------------------- */

/* Computes an op of kind SCALAR on numbers: the one definition that folding and the interpreter
 * share. result_elem is the element type of the result. False: the op is an error for these
 * operands. */
IRM_API bool irm_evaluate(irm_opcode opcode, const irm_number *operands, irm_elem result_elem,
                          irm_number *result);

#endif
