/* Questions about a program. An analysis is an object beside the IR, made on demand and valid until
 * the program changes (or, in a pass, until it is not among what the pass keeps). */
#ifndef IRMEM_ANALYSIS_H
#define IRMEM_ANALYSIS_H

#include "irmem/ir.h"
#include "irmem/plan.h"

/* Liveness --------------------------------------------------------------------------------------
 * Ops are numbered in program order; op i reads at point 2i and writes at point 2i + 1. loop and if
 * have two numbers: the first reads their operands and writes the arguments, the second (behind
 * their regions) writes the results. A value is alive from the point that writes it to just behind
 * the write of its last reader: an operand that dies at an op and the op's result are alive
 * together. What a loop body reads from outside is alive up to the loop's end point; what only one
 * branch of an if reads is not alive in the other (an interval ends with each branch, so two may
 * touch). A value that nobody reads is alive at the point that writes it. A carried value's result
 * and condition argument are alive through the condition. Only array values have lifetimes. Cost:
 * O(ops + uses * nesting). */
typedef struct irm_liveness irm_liveness;
IRM_API irm_liveness *irm_liveness_create(const irm_program *program);
IRM_API void irm_liveness_destroy(irm_liveness *liveness);
IRM_API uint32_t irm_liveness_points(const irm_liveness *liveness); /* upper bound of all points */
IRM_API uint32_t irm_liveness_begin(const irm_liveness *liveness,
                                    const irm_op *op); /* its first read point, 2i */
IRM_API uint32_t irm_liveness_end(const irm_liveness *liveness,
                                  const irm_op *op); /* 2i of its second number */
IRM_API irm_op *irm_liveness_op_at(const irm_liveness *liveness, uint32_t point);
/* Sorted, disjoint; count 0: never alive (scalars, arguments of a condition that a loop lacks).
 * Valid as long as the analysis. */
IRM_API const irm_interval *irm_liveness_of(const irm_liveness *liveness, const irm_value *value,
                                            uint32_t *count);
IRM_API bool irm_liveness_alive_at(const irm_liveness *liveness, const irm_value *value,
                                   uint32_t point);
/* Whether the op has the value among its operands and is the last to read it on every path from
 * there, so that its bytes are free from the op's write on. Never so for what a loop around the op
 * reads from outside, nor for outputs. */
IRM_API bool irm_liveness_dies_at(const irm_liveness *liveness, const irm_value *value,
                                  const irm_op *op);
/* The same of a value that is known to be an operand: without a look at all of them. */
IRM_API bool irm_liveness_operand_dies(const irm_liveness *liveness, const irm_value *operand,
                                       const irm_op *op);
/* The next reader that keeps the value alive behind the op (the op to name when asked why not in
 * place); the first one, perhaps the op itself, when only the next iteration reads it; or NULL.
 * O(uses * nesting). */
IRM_API irm_op *irm_liveness_later_reader(const irm_liveness *liveness, const irm_value *value,
                                          const irm_op *op);

/* Storage ---------------------------------------------------------------------------------------
 * Storages: classes of array values that share bytes, because one is written into another
 * (irm_value_host), or because control flow hands them over: a carried value's initial value,
 * arguments and result; an if's result and what its branches yield for it. Numbered in order of
 * their first value. Inputs are in no storage. */
typedef struct irm_storage irm_storage;
#define IRM_NO_STORAGE UINT32_MAX
IRM_API irm_storage *irm_storage_create(const irm_program *program, const irm_liveness *liveness);
IRM_API void irm_storage_destroy(irm_storage *storage);
IRM_API uint32_t irm_storage_count(const irm_storage *storage);
IRM_API uint32_t irm_storage_of(const irm_storage *storage,
                                const irm_value *value); /* or IRM_NO_STORAGE */
IRM_API irm_size irm_storage_bytes(const irm_storage *storage,
                                   uint32_t id); /* of its largest value */
IRM_API uint32_t irm_storage_value_count(const irm_storage *storage, uint32_t id);
IRM_API const irm_value *irm_storage_value(const irm_storage *storage, uint32_t id,
                                           uint32_t k); /* program order */
/* The union of its values' lifetimes; intervals that touch, or leave out one read point, are one.
 */
IRM_API const irm_interval *irm_storage_lifetime(const irm_storage *storage, uint32_t id,
                                                 uint32_t *count);
/* The output op that hands the storage to the caller, or NULL. */
IRM_API const irm_op *irm_storage_output(const irm_storage *storage, uint32_t id);
/* Whether it changes places with another storage at the end of a loop's iteration. */
IRM_API bool irm_storage_swaps(const irm_storage *storage, uint32_t id);
/* The least of the storages with which it may have changed places; itself if there is none. */
IRM_API uint32_t irm_storage_swaps_with(const irm_storage *storage, uint32_t id);

/* The slot problem -------------------------------------------------------------------------------
 * What the planner is asked for a program: buffer s is storage s, behind them one buffer for each
 * op with workspace; bins are the bytes that the caller brings for array outputs. A storage that is
 * an output must be in that output's bin. Storages that change places with others in a loop keep
 * out of bins, but for one in the whole program, so that no two outputs' bytes can change places.
 * Kinds are element types, for who makes the problem typed; workspaces are of one kind of their
 * own.
 */
typedef struct irm_slot_problem {
  irm_plan_problem plan;
  const irm_op **workspace_ops; /* whose workspace is buffer storage count + i */
  const irm_op **outputs;       /* the output op of each bin */
} irm_slot_problem;
IRM_API irm_slot_problem *irm_slot_problem_create(const irm_program *program,
                                                  const irm_liveness *liveness,
                                                  const irm_storage *storage);
IRM_API void irm_slot_problem_destroy(irm_slot_problem *problem);

/* Whether the slots that values have keep every value until it was last read: at no point do two
 * live values, or a value and an op's workspace, share a slot, except where the one hands its bytes
 * to the other; and what control flow hands over is where it is looked for. In every layout, slots
 * that are in use at one point lie one behind the other, where slots that may have changed places
 * in a loop are in use together. Where the program says that it shares so: values of one slot are
 * of one element type; or bytes are shared only by what does not meet in any order in which ops may
 * run by their dependences. Reports each violation. Shares nothing with what made the plan.
 * O(values log values). liveness may be NULL: then it is found out. */
IRM_API bool irm_placement_check(const irm_program *program, const irm_liveness *liveness);

/* Concurrency ------------------------------------------------------------------------------------
 * Ops may run in any order, and at the same time, but that each begins when all is there that it
 * and its regions read from outside, and a yield when its region is done; a loop's condition is
 * over before its body begins, an iteration before the next. Bits for all pairs of ops and for each
 * value and op. */
typedef struct irm_concurrency irm_concurrency;
#define IRM_CONCURRENCY_OPS 8192
/* NULL after it was reported that there are more ops. */
IRM_API irm_concurrency *irm_concurrency_create(const irm_program *program);
IRM_API void irm_concurrency_destroy(irm_concurrency *concurrency);
/* Whether, in any such order, all that writes or reads the one array is over before the other
 * begins to be written; or an op takes its bytes only then; or one op is over before the other
 * begins. */
IRM_API bool irm_concurrency_apart(const irm_concurrency *concurrency, const irm_value *x,
                                   const irm_value *y);
IRM_API bool irm_concurrency_apart_from_op(const irm_concurrency *concurrency,
                                           const irm_value *value, const irm_op *op);
IRM_API bool irm_concurrency_ops_apart(const irm_concurrency *concurrency, const irm_op *x,
                                       const irm_op *y);
/* Whether all that reads the value but the op itself is over before it begins. */
IRM_API bool irm_concurrency_reads_last(const irm_concurrency *concurrency, const irm_op *op,
                                        const irm_value *value);

/* Packs the slots of a planned program once more, for one graph and within so many steps (packer
 * NULL: the best of irmem's); where the arena gets smaller there, adds the layout. Values stay in
 * their slots: what was compiled before takes the new layout too. Typed and concurrent slots stay
 * as they are. False after an error was reported: the packer gave no placement, or the plan was
 * wrong before. */
IRM_API bool irm_program_repack(irm_program *program, uint64_t n, uint64_t m, uint64_t steps,
                                const irm_packer *packer);

/* Sizes ---------------------------------------------------------------------------------------- */

typedef struct irm_sizes irm_sizes;
IRM_API irm_sizes *irm_sizes_create(const irm_program *program);
IRM_API void irm_sizes_destroy(irm_sizes *sizes);
IRM_API irm_size irm_sizes_of(const irm_sizes *sizes, const irm_value *value);
IRM_API uint64_t irm_sizes_inputs(const irm_sizes *sizes, uint64_t n,
                                  uint64_t m); /* bytes of all inputs */
IRM_API uint64_t irm_sizes_outputs(const irm_sizes *sizes, uint64_t n,
                                   uint64_t m); /* bytes of all array outputs */

/* Live bytes ------------------------------------------------------------------------------------
 * Evaluated for given n and m. */
typedef struct irm_live_bytes irm_live_bytes;
IRM_API irm_live_bytes *irm_live_bytes_create(const irm_program *program,
                                              const irm_liveness *liveness,
                                              const irm_storage *storage);
IRM_API void irm_live_bytes_destroy(irm_live_bytes *live);

typedef struct irm_peak {
  uint64_t bytes;
  const irm_op *op; /* where */
} irm_peak;
/* The most bytes of storages (and workspace) alive at one op, sizes as they are, outputs included,
 * inputs not. */
IRM_API irm_peak irm_live_bytes_peak(const irm_live_bytes *live, uint64_t n, uint64_t m);
/* The lower bound of the arena: the largest, over ops, of the bytes that must exist under any legal
 * hosting, sizes rounded up to 64, less all outputs' bytes, which may be used meanwhile; 0 if that
 * is negative. */
IRM_API irm_peak irm_live_bytes_lower_bound(const irm_live_bytes *live, uint64_t n, uint64_t m);
/* The values alive at an op (operands that die there and results included, inputs not), in program
 * order: fills at most room of them, gives how many there are. */
IRM_API uint32_t irm_live_bytes_values_at(const irm_live_bytes *live, const irm_op *op,
                                          const irm_value **values, uint32_t room);
/* The lower bound as a formula: "max(24n + 64, ...)" with dominated terms left out, one term
 * aligned as the arena is. */
IRM_API void irm_live_bytes_print_lower_bound(FILE *stream, const irm_live_bytes *live);

#endif
