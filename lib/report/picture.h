/* A planned program as a picture shows it: steps across, blocks of bytes that are alive for some of
 * them. Nothing here is decided anew: slots, offsets and lifetimes are those of the plan. */
#ifndef IRMEM_REPORT_PICTURE_H
#define IRMEM_REPORT_PICTURE_H

#include "report/facts.h"

/* What a picture shows at most; what is beyond is said in one line, so that the largest program
 * gives a file of bounded size. */
#define IRMI_PICTURE_BLOCKS 600 /* the largest by bytes times steps; the others are an outline */
#define IRMI_PICTURE_ROOMS  24  /* for outputs, the first; what is in the others is not drawn */
#define IRMI_PICTURE_PARTS  12  /* of a block, told one by one */
#define IRMI_PICTURE_NAMES  60  /* in a list of names */
#define IRMI_PICTURE_LINES  400 /* of the source, and rows of a table of arrays */
#define IRMI_PICTURE_SPANS  200
#define IRMI_PICTURE_TEXT   300 /* bytes of one name, formula or line of source, about */

/* An op that reads or writes arrays, or takes a workspace. Where it reads is the first half of the
 * step, where it writes the second: half steps 2k and 2k + 1. */
typedef struct irmi_step {
  const irm_op *op;
  bool is_flow; /* the begin or the end of a loop or an if, where arrays are handed over */
} irmi_step;

/* A loop or an if, from half step begin on up to end. */
typedef struct irmi_span {
  const irm_op *op;
  uint32_t begin, end;
  uint32_t depth; /* how many spans are around it */
} irmi_span;

/* One array that is computed into a block, from half step begin on. */
typedef struct irmi_part {
  const irm_value *value;
  uint32_t begin;
} irmi_part;

/* The bytes of one storage, or (op) of an op's partial results. */
typedef struct irmi_block {
  uint32_t slot;
  uint64_t offset, bytes; /* offset in the arena; of an output's bytes 0 */
  irm_size size;
  const irm_op *op;          /* whose workspace it is, or NULL */
  const irm_interval *alive; /* in half steps; sorted, disjoint, not empty */
  uint32_t alive_count;
  irmi_part *parts; /* arrays written one over the other, in program order */
  uint32_t part_count;
  const irm_value **aliases; /* as control flow hands the bytes over */
  uint32_t alias_count;
  bool at_peak;
  bool drawn; /* for itself, and not in the outline of the small ones */
} irmi_block;

typedef struct irmi_picture {
  irmi_facts *facts;
  const char *key; /* "before": what ids in a file begin with */
  irmi_step *steps;
  uint32_t step_count;
  irmi_span *spans; /* in order of their begin */
  uint32_t span_count, span_depth;
  irmi_block *blocks; /* in order of their slots, then of their begin */
  uint32_t block_count, drawn_count;
  uint64_t *offsets;                 /* by slot */
  uint32_t layout;                   /* that is taken at these n and m */
  uint64_t arena;                    /* bytes */
  uint32_t peak_step;                /* step_count: nothing is ever alive */
  uint32_t *half_step;               /* by point */
  const irmi_decision **decision_of; /* by value id */
} irmi_picture;

/* In the facts' arena; decisions are made. key is kept. O(values log values). */
void irmi_picture_init(irmi_picture *picture, irmi_facts *facts, const char *key);

/* Steps and spans; half_step. */
void irmi_find_steps(irmi_picture *picture);
/* Blocks, and which are drawn. */
void irmi_find_blocks(irmi_picture *picture);

/* In words, in the facts' arena. -----------------------------------------------------------------
 */

/* "rank", "%17 neighbor_sum". */
const char *irmi_array_text(irmi_facts *facts, const irm_value *value);
/* "rank -> next" (with an arrow in one character) where an array is written over the one before,
 * "then, else" where it is not, "partial results of %lost". */
const char *irmi_block_text(const irmi_picture *picture, const irmi_block *block);
/* "slot 1", "output rank". */
const char *irmi_slot_text(const irmi_picture *picture, uint32_t slot);
/* "8388608 bytes (8 MiB)"; the same without the number of bytes where that is long. */
const char *irmi_bytes_text(irmi_facts *facts, uint64_t bytes);
const char *irmi_short_bytes_text(irmi_facts *facts, uint64_t bytes);
/* Where in the arena, as a formula; "" of an output's bytes. */
const char *irmi_offset_text(const irmi_picture *picture, uint32_t slot);
/* The step's op and its place: "%next in line 10". */
const char *irmi_step_text(const irmi_picture *picture, uint32_t step);
/* "from %rank in line 7 to the end". */
const char *irmi_alive_text(const irmi_picture *picture, const irmi_block *block);
/* "loop, line 8". */
const char *irmi_span_text(const irmi_picture *picture, const irmi_span *span);
/* The line of source at a place without blanks around it, or NULL. */
const char *irmi_source_text(irmi_facts *facts, irm_loc loc);
/* As it is, or its beginning and "...". */
const char *irmi_shortened(irmi_facts *facts, const char *text, size_t bytes);

/* What is to be known of a block, line by line. */
typedef struct irmi_note {
  const char *head, *text;
} irmi_note;
#define IRMI_BLOCK_NOTES (IRMI_PICTURE_PARTS + 8)
/* Fills notes, gives how many. */
uint32_t irmi_block_notes(const irmi_picture *picture, const irmi_block *block, irmi_note *notes);

#endif
