/* What the exact search works on: blocks on sections, measured in units.
 *
 * A unit is the largest number of bytes that all sizes, alignments and fixed offsets are made of. A
 * section is a time at which no further buffer could be alive: every other point has only some of
 * those that one of them has. A block is a buffer, or several that begin at one offset because
 * each is written over another (hosts). */
#ifndef IRMEM_PACK_EXACT_MODEL_H
#define IRMEM_PACK_EXACT_MODEL_H

#include "irmem/pack.h"
#include "support/arena.h"
#include "support/vec.h"

typedef uint64_t irmi_unit;

#define IRMI_NOWHERE     (UINT64_C(1) << 63) /* above every capacity */
#define IRMI_EXACT_MOST  1024                /* blocks: a model holds two tables of pairs */
#define IRMI_EXACT_LIMIT (IRMI_NOWHERE - 1)  /* the greatest capacity in bytes */

/* What has been decided about two buffers of which one may be written over the other. */
typedef enum irmi_hosting {
  IRMI_HOSTING_OPEN,   /* nothing: they are in each other's way nowhere, which only helps */
  IRMI_HOSTING_SHARED, /* they begin at one offset */
  IRMI_HOSTING_APART   /* they share no byte */
} irmi_hosting;

/* Sections [begin, end), where the block is so high and certainly needs so much. */
typedef struct irmi_piece {
  uint32_t begin, end;
  irmi_unit height, load;
} irmi_piece;

typedef struct irmi_block {
  uint32_t first_piece, last_piece; /* [first, last) of the model's */
  uint32_t begin, end;              /* all its sections */
  uint32_t kind;                    /* the first block that is the same in everything */
  irmi_unit height;                 /* the most of its pieces */
  irmi_unit alignment;
  irmi_unit fixed; /* or IRM_PACK_ANYWHERE */
  uint64_t width;  /* points of time */
  uint64_t cells;  /* sections in which it is alive */
  uint64_t load;   /* the most units alive in one of its sections */
} irmi_block;

typedef struct irmi_model {
  const irm_allocator *allocator;
  irmi_arena arena;
  uint64_t unit; /* bytes */
  uint32_t block_count, section_count, fixed_count;
  bool is_plain;    /* no alignment and nothing fixed */
  bool is_possible; /* false: what was decided about hosts contradicts itself */
  irmi_block *blocks;
  irmi_vec(irmi_piece) pieces;
  irmi_unit *rise;    /* [a * block_count + b]: b above a is that much higher; 0: never together */
  irmi_unit *sink;    /* [b * block_count + a]: the same */
  uint64_t *company;  /* [a * words + b / 64], bit b % 64: ever alive together */
  uint32_t words;     /* of a set of blocks */
  uint32_t *fixed;    /* blocks that are, lowest first */
  uint32_t *block_of; /* of each member */
} irmi_model;

/* Of some buffers, none of size 0; pairs that are hosts among them, as buffers of the problem. */
typedef struct irmi_model_input {
  const irm_pack_problem *problem;
  const uint32_t *members; /* ascending */
  uint32_t member_count;
  const irm_pack_host *hosts;
  const irmi_hosting *hosting; /* of each of them */
  size_t host_count;
} irmi_model_input;

void irmi_model_init(irmi_model *model, const irmi_model_input *input,
                     const irm_allocator *allocator);
void irmi_model_destroy(irmi_model *model);

/* The lowest offset for the block that is not below least, aligned, and where it meets nothing that
 * is fixed; IRMI_NOWHERE if there is none. */
irmi_unit irmi_model_lift(const irmi_model *model, uint32_t block, irmi_unit least);

/* How much higher than this block each other is that lies above it. */
static inline const irmi_unit *irmi_model_rises(const irmi_model *model, uint32_t below) {
  return model->rise + (size_t)below * model->block_count;
}

/* How much lower than this block each other is that lies below it. */
static inline const irmi_unit *irmi_model_sinks(const irmi_model *model, uint32_t above) {
  return model->sink + (size_t)above * model->block_count;
}

/* The set of blocks ever alive together with it. */
static inline const uint64_t *irmi_model_company(const irmi_model *model, uint32_t block) {
  return model->company + (size_t)block * model->words;
}

#endif
