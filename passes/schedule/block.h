/* A region's ops as a problem of order: items that read and write values of known sizes. No IR. */
#ifndef IRMEM_PASSES_SCHEDULE_BLOCK_H
#define IRMEM_PASSES_SCHEDULE_BLOCK_H

#include "schedule/forms.h"

/* An array. It is alive from the item that makes it, or from the beginning, to the last item that
 * reads it. */
typedef struct irmi_sched_value {
  uint32_t size;    /* which of the block's sizes */
  uint32_t readers; /* items that read it */
  bool at_start;    /* no item makes it */
  bool stays;       /* alive to the end */
} irmi_sched_value;

typedef struct irmi_sched_read {
  uint32_t value;
  bool hosts;  /* if it dies there, something of its size may be written over it */
  bool handed; /* if it dies there, it is gone before what is in the item's regions begins */
} irmi_sched_read;

/* Ranges of the block's lists. */
typedef struct irmi_sched_item {
  uint32_t read, read_count; /* different values */
  uint32_t made, made_count; /* values */
  uint32_t pred, pred_count; /* items that must come before; perhaps twice */
  uint32_t succ, succ_count;
  uint32_t peak, peak_count; /* what it needs for itself meanwhile: one or the other of these */
  bool regions;              /* what it needs is what is alive in its regions */
} irmi_sched_item;

typedef struct irmi_sched_block {
  irmi_sched_item *items; /* in an order that is possible, the given one */
  irmi_sched_value *values;
  irmi_sched_read *reads;
  uint32_t *preds, *succs;
  irmi_sched_form *peaks;
  irmi_sched_form *sizes;
  uint32_t item_count, value_count, size_count;
  const irm_allocator *allocator; /* of scratch memory */
} irmi_sched_block;

/* Fills succ, succ_count and succs (room for as many as there are preds) from preds. */
void irmi_sched_block_link(irmi_sched_block *block);
/* Whether the order of the item makes a difference to bytes. */
bool irmi_sched_item_matters(const irmi_sched_block *block, uint32_t item);
/* The most bytes alive at once when items run in that order. */
irmi_sched_peak irmi_sched_block_peak(const irmi_sched_block *block, const uint32_t *order);

/* Bytes on some graphs at once. */
#define IRMI_SCHED_GRAPHS 8
typedef struct irmi_sched_bytes {
  int64_t at[IRMI_SCHED_GRAPHS];
} irmi_sched_bytes;

typedef struct irmi_sched_scale {
  uint32_t count;           /* graphs */
  irmi_sched_bytes *sizes;  /* of the block's sizes */
  irmi_sched_bytes *inside; /* one an item: the most of what it needs for itself */
} irmi_sched_scale;

irmi_sched_scale irmi_sched_scale_create(const irmi_sched_block *block,
                                         const irmi_sched_graph *graphs, uint32_t count);
void irmi_sched_scale_destroy(const irmi_sched_block *block, irmi_sched_scale *scale);

/* What an item does to what is alive. */
typedef struct irmi_sched_step {
  irmi_sched_bytes most;  /* at once while it runs */
  irmi_sched_bytes after; /* alive behind it */
} irmi_sched_step;

/* dies: by the item's reads, whether it is the last of its value. */
void irmi_sched_take_step(const irmi_sched_block *block, const irmi_sched_scale *scale,
                          uint32_t item, const bool *dies, const irmi_sched_bytes *live,
                          irmi_sched_step *step);
/* Reads of one item, at most. */
uint32_t irmi_sched_most_reads(const irmi_sched_block *block);

/* Running through an order. */
typedef struct irmi_sched_walk {
  const irmi_sched_block *block;
  const irmi_sched_scale *scale;
  uint32_t *left; /* by value: items that have yet to read it */
  bool *dies;
  irmi_sched_bytes live; /* now */
} irmi_sched_walk;

irmi_sched_walk irmi_sched_walk_begin(const irmi_sched_block *block, const irmi_sched_scale *scale);
/* Runs an item; gives the most bytes alive meanwhile. */
irmi_sched_bytes irmi_sched_walk_on(irmi_sched_walk *walk, uint32_t item);
void irmi_sched_walk_end(irmi_sched_walk *walk);

/* On each graph, what any order needs: the most of what one item needs by itself. */
irmi_sched_bytes irmi_sched_block_bound(const irmi_sched_block *block,
                                        const irmi_sched_scale *scale);

/* Zeroed memory. */
void *irmi_sched_alloc(const irm_allocator *allocator, size_t count, size_t bytes);
void irmi_sched_free(const irm_allocator *allocator, void *memory, size_t count, size_t bytes);

#endif
