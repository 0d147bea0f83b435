/* Nodes in no order, which threads add to at once. A queue with too little room counts on: who
 * wants its nodes finds them by their marks. */
#ifndef IRMEM_RUNTIME_PATH_QUEUE_H
#define IRMEM_RUNTIME_PATH_QUEUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct irmi_path_queue {
  uint32_t *nodes;
  int64_t count, room;
} irmi_path_queue;

/* What one thread adds, before it does. */
typedef struct irmi_path_outbox {
  irmi_path_queue *queue;
  int64_t count;
  uint32_t nodes[254];
} irmi_path_outbox;

static inline bool irmi_path_queue_is_full(const irmi_path_queue *queue) {
  return queue->count > queue->room;
}

static inline void irmi_path_flush(irmi_path_outbox *outbox) {
  irmi_path_queue *queue = outbox->queue;
  int64_t begin = __atomic_fetch_add(&queue->count, outbox->count, __ATOMIC_RELAXED);
  int64_t fits = begin < queue->room ? queue->room - begin : 0;
  if (fits > outbox->count) fits = outbox->count;
  if (fits > 0) memcpy(queue->nodes + begin, outbox->nodes, (size_t)fits * sizeof(uint32_t));
  outbox->count = 0;
}

static inline void irmi_path_post(irmi_path_outbox *outbox, uint32_t node) {
  outbox->nodes[outbox->count++] = node;
  if (outbox->count == sizeof outbox->nodes / sizeof *outbox->nodes) irmi_path_flush(outbox);
}

#endif
