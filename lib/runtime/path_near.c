/* Paths by near and far: nodes that have something to give are near or far; the near ones give,
 * round by round, until there are none, and then the least of the far ones become near. What is
 * given along a short way first need not be given again along a shorter one. (U. Meyer, P. Sanders,
 * delta-stepping, 2003; A. Davidson et al., Work-efficient parallel GPU methods for single-source
 * shortest paths, 2014.)
 *
 * A node has a mark: IDLE, FAR, or the round that it is near in; rounds are numbered anew before
 * numbers run out. Queues list the same nodes as long as they have the room, so that a round is as
 * long as its nodes, and marks are searched where nodes are many. A node's mark says more than a
 * queue: a far one that is near by now stays behind in the queue.
 *
 * Threads race for marks too. One may find a node far after another found it near, and leave it
 * marked far: then it is near later. */
#include "runtime/parallel.h"
#include "runtime/path.h"
#include "runtime/path_queue.h"

enum { IDLE, FAR, FIRST_ROUND, LAST_ROUND = 255 };

/* Looking at a far node is as much work as so much of an arc that is given along; so many times at
 * all nodes is free. */
#define LOOKS_AN_ARC 8
#define FREE_LOOKS   8
/* Nodes are handed out in so many pieces a thread. */
#define PIECES_A_THREAD 16
#define BATCH           256
/* Arcs are looked at so many at a time, and elements asked for so many arcs ahead. */
#define CHUNK 64
#define AHEAD 16

typedef struct near_sets {
  int64_t threads, nodes, weight;
  uint8_t *marks;
  irmi_path_queue near, next, far; /* next: near in the next round */
  int64_t looked, given;           /* at far nodes so far; for arcs so far, in such looks */
  uint8_t round;
} near_sets;

/* What one thread adds. */
typedef struct near_outboxes {
  bool alone;
  irmi_path_outbox near, far;
} near_outboxes;

typedef void near_visitor(void *data, near_outboxes *out, const uint32_t *nodes, int64_t count);

/* The nodes of a queue, or all, that have a mark. */
typedef struct near_source {
  const uint32_t *nodes; /* NULL: all */
  int64_t count;
  uint8_t mark;
  bool sure; /* they have it */
} near_source;

/* Marks a node, and posts it if it had another mark. */
static void mark(const near_sets *sets, near_outboxes *out, irmi_path_outbox *outbox, int value,
                 uint32_t node) {
  uint8_t *at = &sets->marks[node], wanted = (uint8_t)value;
  if (__atomic_load_n(at, __ATOMIC_RELAXED) == wanted) return;
  if (out->alone)
    *at = wanted;
  else if (__atomic_exchange_n(at, wanted, __ATOMIC_RELAXED) == wanted)
    return;
  irmi_path_post(outbox, node);
}

static near_source source_of(const near_sets *sets, const irmi_path_queue *queue, uint8_t value) {
  if (irmi_path_queue_is_full(queue)) return (near_source){.count = sets->nodes, .mark = value};
  return (near_source){queue->nodes, queue->count, value, value != FAR};
}

/* The first node from there on with the mark, or end. */
static int64_t find_mark(const uint8_t *marks, int64_t from, int64_t end, uint8_t value) {
  const uint64_t ones = UINT64_MAX / 255;
  while (from < end) {
    if (from % 8 == 0 && from + 8 <= end) {
      uint64_t eight = __atomic_load_n((const uint64_t *)(marks + from), __ATOMIC_RELAXED);
      uint64_t differ = eight ^ ones * value;
      if (!((differ - ones) & ~differ & ones << 7)) {
        from += 8;
        continue;
      }
    }
    if (__atomic_load_n(&marks[from], __ATOMIC_RELAXED) == value) return from;
    from++;
  }
  return end;
}

/* Index from of a source or the next that has the mark; end if there is none. */
static int64_t find(const near_sets *sets, const near_source *source, int64_t from, int64_t end) {
  if (!source->nodes) return find_mark(sets->marks, from, end, source->mark);
  while (from < end &&
         __atomic_load_n(&sets->marks[source->nodes[from]], __ATOMIC_RELAXED) != source->mark)
    from++;
  return from;
}

static void visit_piece(const near_sets *sets, const near_source *source, int64_t begin,
                        int64_t end, near_visitor *visitor, void *data, near_outboxes *out) {
  uint32_t batch[BATCH];
  int64_t count = 0;
  if (source->sure) {
    visitor(data, out, source->nodes + begin, end - begin);
    return;
  }
  for (int64_t at = begin; (at = find(sets, source, at, end)) < end; at++) {
    batch[count++] = source->nodes ? source->nodes[at] : (uint32_t)at;
    if (count < BATCH) continue;
    visitor(data, out, batch, count);
    count = 0;
  }
  visitor(data, out, batch, count);
}

/* Pieces of a source end where nodes can be searched eight at a time. */
static int64_t cut(int64_t count, int64_t pieces, int64_t piece) {
  if (piece == pieces) return count;
  return (count / pieces * piece + count % pieces * piece / pieces) & ~INT64_C(7);
}

static near_outboxes *open_outboxes(near_outboxes *out, bool alone, irmi_path_queue *near,
                                    irmi_path_queue *far) {
  out->alone = alone;
  out->near.queue = near;
  out->far.queue = far;
  out->near.count = out->far.count = 0;
  return out;
}

static void close_outboxes(near_outboxes *out) {
  irmi_path_flush(&out->near);
  irmi_path_flush(&out->far);
}

/* Visits the nodes of a source, work being what that is; what is posted goes to these queues. */
static void visit(const near_sets *sets, const near_source *source, int64_t work,
                  near_visitor *visitor, void *data, irmi_path_queue *near, irmi_path_queue *far) {
  int64_t team = irmi_pieces_of(sets->threads, work), pieces = team * PIECES_A_THREAD;
  if (team <= 1) {
    near_outboxes out;
    open_outboxes(&out, true, near, far);
    visit_piece(sets, source, 0, source->count, visitor, data, &out);
    close_outboxes(&out);
    return;
  }
#pragma omp parallel num_threads((int)team)
  {
    near_outboxes out;
    open_outboxes(&out, false, near, far);
#pragma omp for schedule(dynamic, 1) nowait
    for (int64_t piece = 0; piece < pieces; piece++)
      visit_piece(sets, source, cut(source->count, pieces, piece),
                  cut(source->count, pieces, piece + 1), visitor, data, &out);
    close_outboxes(&out);
  }
}

static void visit_far(near_sets *sets, near_visitor *visitor, void *data) {
  near_source source = source_of(sets, &sets->far, FAR);
  sets->looked += source.count;
  visit(sets, &source, source.count, visitor, data, &sets->near, &sets->next);
}

/* What the visitor posts as far is what remains far. */
static void divide_far(near_sets *sets, near_visitor *visitor, void *data) {
  visit_far(sets, visitor, data);
  irmi_path_queue remaining = sets->next;
  sets->next = sets->far;
  sets->next.count = 0;
  sets->far = remaining;
}

/* Rounds begin at the first again. */
static void renumber(near_sets *sets) {
  for (int64_t node = 0; node < sets->nodes; node++)
    if (sets->marks[node] >= FIRST_ROUND)
      sets->marks[node] = sets->marks[node] == sets->round ? FIRST_ROUND : IDLE;
  sets->round = FIRST_ROUND;
}

/* One round of the near nodes. */
static void visit_near(near_sets *sets, near_visitor *visitor, void *data) {
  if (sets->round == LAST_ROUND) renumber(sets);
  near_source source = source_of(sets, &sets->near, sets->round);
  int64_t work = sets->near.count * sets->weight;
  sets->given += work * LOOKS_AN_ARC;
  visit(sets, &source, work, visitor, data, &sets->next, &sets->far);
  irmi_path_queue done = sets->near;
  done.count = 0;
  sets->near = sets->next;
  sets->next = done;
  sets->round++;
}

/* Marks and three queues in 4n bytes. The far nodes are not in their queue yet. */
static near_sets sets_of(const irmi_path *path) {
  int64_t nodes = path->graph->nodes, marks = (nodes + 3) / 4, room = (nodes - marks) / 3;
  uint32_t *words = path->workspace, *queues = words + marks;
  return (near_sets){.threads = path->threads,
                     .nodes = nodes,
                     .weight = 1 + irmi_path_arcs(path) / nodes,
                     .marks = path->workspace,
                     .near = {queues, 0, room},
                     .next = {queues + room, 0, room},
                     .far = {queues + 2 * room, nodes + 1, room},
                     .given = FREE_LOOKS * nodes,
                     .round = FIRST_ROUND};
}

#define EACH_ELEM "runtime/path_near_elem.h"
#include "runtime/each_elem.h"

void irmi_path_near(const irmi_path *path, double width) {
  switch (path->elem) {
  case IRM_RT_F64: run_f64(path, width); break;
  case IRM_RT_F32: run_f32(path, width); break;
  case IRM_RT_I64: run_i64(path, width); break;
  case IRM_RT_I32: run_i32(path, width); break;
  case IRM_RT_I1: break;
  }
}
