/* The body of a loop over an index space: array ops, of which every value exists for an element at
 * a time. It is what a kernel holds, or one op that stands on its own.
 *
 * An expression is evaluated at a place: at the loop's own index, at the neighbour or the edge of
 * an arc, at an end of an edge. At its own index a value of the body is computed once; elsewhere,
 * anew for whoever reads it there. */
#ifndef IRMEM_EMIT_BODY_H
#define IRMEM_EMIT_BODY_H

#include "emit/kernel.h"
#include "emit/lanes.h"

/* Places come in sets: of the loop's own index, and of each sweep over the arcs of a row. */
typedef enum irmi_place_set {
  IRMI_OWN_PLACES,
  IRMI_SWEEP_IN,   /* directions in and both */
  IRMI_SWEEP_BOTH, /* direction both, the out-rows of a directed graph */
  IRMI_SWEEP_OUT,  /* direction out */
  IRMI_PLACE_SETS
} irmi_place_set;
typedef enum irmi_place_kind {
  IRMI_AT_INDEX,  /* own: the element; of a sweep: the neighbour */
  IRMI_AT_EDGE,   /* of a sweep only */
  IRMI_AT_SOURCE, /* of the edge, or of the element, which is an edge */
  IRMI_AT_TARGET,
  IRMI_PLACE_KINDS
} irmi_place_kind;

/* What ops read without computing it. */
typedef struct irmi_leaf {
  const irm_value *value; /* outside of the body */
  irm_type type;
  bool aligned;          /* an array whose first element begins a cache line */
  LLVMValueRef at;       /* where the array lies; the scalar */
  LLVMValueRef splat;    /* the scalar in every lane */
  LLVMValueRef readable; /* an edge array, or other bytes where there are no edges */
} irmi_leaf;

/* An array that is computed, and stored. */
typedef struct irmi_stored {
  const irm_value *inside, *outside;
  LLVMValueRef at;
} irmi_stored;

typedef struct irmi_reduction {
  const irm_op *op;
  const irm_value *result; /* outside of the body */
  irmi_lanes fold;
  LLVMValueRef lanes; /* alloca: lanes of the vectors */
  LLVMValueRef rest;  /* alloca: lanes of the elements behind them */
} irmi_reduction;

/* An op of kind ROWS. */
typedef struct irmi_row_op {
  const irm_op *op;
  irmi_lanes fold;
  LLVMValueRef lanes;  /* alloca */
  LLVMValueRef folded; /* alloca: its elements, IRMI_ROW_GROUP of them */
} irmi_row_op;

#define IRMI_ROW_GROUP 64

typedef struct irmi_body {
  irmi_emitter *emitter;
  irmi_kernel kernel;
  const irm_op *op; /* of the program */
  irm_space space;
  const irm_op **ops; /* in order, without yield */
  uint32_t op_count;
  irmi_leaf *leaves; /* the first numbers are theirs */
  uint32_t leaf_count, value_count;
  uint16_t *needs; /* by number: a bit for every place at which it is computed */
  irmi_stored *stored;
  uint32_t stored_count;
  irmi_reduction *reductions;
  uint32_t reduction_count;
  LLVMValueRef workspace; /* of the reductions */
  irmi_row_op *rows;
  uint32_t row_count;
  unsigned width;     /* elements at a time; 1: LLVM chooses */
  LLVMValueRef group; /* with rows: the first element that is in `folded` */
  LLVMValueRef fault; /* alloca: i1; NULL: nothing can fail */
} irmi_body;

/* body.c: what an op of the program computes. */
void irmi_body_open(irmi_emitter *emitter, irmi_body *body, const irm_op *op);
uint32_t irmi_body_number(const irmi_body *body, const irm_value *value);
bool irmi_body_needs(const irmi_body *body, const irm_value *value, irmi_place_set set,
                     irmi_place_kind kind);
/* What an op of kind ROWS reads: whether neighbours, as operand 0; the edge array or NULL. */
bool irmi_reads_neighbor(const irm_op *op);
const irm_value *irmi_read_edges(const irm_op *op);
/* Whether it folds arcs of that sweep. */
bool irmi_row_op_sweeps(const irmi_row_op *row, irmi_place_set set);

/* spot.c: some elements of a place, on which the body's expressions are evaluated together. */
typedef struct irmi_spot {
  irmi_place_set set;
  irmi_place_kind kind;
  unsigned width;        /* 1: scalars, else vectors */
  LLVMValueRef first;    /* neighbouring elements: the first one's index */
  LLVMValueRef *indexes; /* elements apart: each one's index */
  LLVMValueRef *values;  /* by number, as far as they were evaluated */
} irmi_spot;

/* width elements from an index on. */
irmi_spot irmi_spot_own(irmi_body *body, LLVMValueRef first, unsigned width);
/* The elements, of a kind, whose numbers a stream of 32-bit indexes has for those of a spot. */
irmi_spot irmi_spot_through(irmi_body *body, const irmi_spot *from, irmi_place_set set,
                            irmi_place_kind kind, LLVMValueRef stream);
/* Evaluates what is needed there. */
void irmi_spot_evaluate(irmi_body *body, irmi_spot *spot);
LLVMValueRef irmi_spot_value(irmi_body *body, irmi_spot *spot, const irm_value *value);

/* rows.c: folds the arcs of the nodes from begin to end - 1. */
void irmi_emit_rows(irmi_body *body, LLVMValueRef begin, LLVMValueRef end);

/* reduce.c: the order of reductions (irmem/order.h). Vectors first, then, in the lanes that are
 * next, the elements behind the last full one. */
void irmi_reductions_start(irmi_body *body);
void irmi_reductions_take(irmi_body *body, irmi_spot *spot);
void irmi_reductions_begin_rest(irmi_body *body);
void irmi_reductions_take_rest(irmi_body *body, irmi_spot *spot, LLVMValueRef lane);

/* How so many elements are cut. */
typedef struct irmi_blocks {
  LLVMValueRef elements, count; /* of a block; of blocks */
} irmi_blocks;
irmi_blocks irmi_blocks_of(const irmi_emitter *emitter, LLVMBuilderRef builder, LLVMValueRef count);
/* In the kernel: a block's results. In the program: the whole's. */
void irmi_reductions_store(irmi_body *body, irmi_blocks blocks, LLVMValueRef block);
void irmi_reductions_combine(irmi_body *body, irmi_blocks blocks);

#endif
