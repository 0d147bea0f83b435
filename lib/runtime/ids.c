/* Vertex ids to nodes. */
#include "runtime/ids.h"

#include <string.h>

/* A bitmap is taken when it costs at most some bits an edge more than it must. */
enum { SPREAD = 64, SMALL = 65536 };

static int64_t words(const irmi_ids *ids) {
  return ids->range / 64 + 1;
}

irmi_ids irmi_ids_create(const irm_allocator *allocator, int64_t least, int64_t most,
                         int64_t count) {
  irmi_ids ids = {.allocator = allocator, .least = least};
  uint64_t range = (uint64_t)most - (uint64_t)least + 1;
  irmi_map_init(&ids.codes, allocator);
  ids.dense =
      range <= (uint64_t)IRMI_GRAPH_LIMIT && range / SPREAD <= (uint64_t)count + SMALL / SPREAD;
  if (ids.dense) {
    ids.range = (int64_t)range;
    ids.present = irmi_graph_alloc(allocator, words(&ids), sizeof *ids.present);
    memset(ids.present, 0, (size_t)words(&ids) * sizeof *ids.present);
  }
  return ids;
}

void irmi_ids_destroy(irmi_ids *ids) {
  irmi_graph_free(ids->allocator, ids->present, words(ids), sizeof *ids->present);
  irmi_graph_free(ids->allocator, ids->rank, ids->dense ? words(ids) : ids->count,
                  sizeof *ids->rank);
  irmi_graph_free(ids->allocator, ids->ids, ids->room, sizeof *ids->ids);
  irmi_map_destroy(&ids->codes);
}

/* The map takes all keys but the largest: they start at 0 with the least id that there may be. */
static uint64_t key_of(int64_t id) {
  return (uint64_t)id - (uint64_t)IRMI_ID_LEAST;
}

uint32_t irmi_ids_find(const irmi_ids *ids, int64_t id) {
  if (!ids->dense) {
    uint64_t code;
    return irmi_map_find(&ids->codes, key_of(id), &code) ? (uint32_t)code : IRMI_NO_CODE;
  }
  uint64_t code = (uint64_t)id - (uint64_t)ids->least;
  bool present = code < (uint64_t)ids->range && ids->present[code / 64] >> code % 64 & 1;
  return present ? (uint32_t)code : IRMI_NO_CODE;
}

static uint32_t append(irmi_ids *ids, int64_t id) {
  if (ids->count == IRMI_GRAPH_LIMIT) return IRMI_NO_CODE;
  if (ids->count == ids->room) {
    int64_t room = ids->room ? 2 * ids->room : 1024;
    ids->ids = irmi_graph_resize(ids->allocator, ids->ids, ids->room, room, sizeof *ids->ids);
    ids->room = room;
  }
  irmi_map_set(&ids->codes, key_of(id), (uint64_t)ids->count);
  ids->ids[ids->count] = id;
  return (uint32_t)ids->count++;
}

uint32_t irmi_ids_add(irmi_ids *ids, int64_t id) {
  if (!ids->dense) {
    uint32_t code = irmi_ids_find(ids, id);
    return code == IRMI_NO_CODE ? append(ids, id) : code;
  }
  uint64_t code = (uint64_t)id - (uint64_t)ids->least;
  if (code >= (uint64_t)ids->range) return IRMI_NO_CODE;
  ids->present[code / 64] |= UINT64_C(1) << code % 64;
  return (uint32_t)code;
}

/* Closing -------------------------------------------------------------------------------------- */

static irmi_names close_dense(irmi_ids *ids) {
  ids->rank = irmi_graph_alloc(ids->allocator, words(ids), sizeof *ids->rank);
  irmi_names names = {.first = ids->least};
  for (int64_t w = 0; w < words(ids); w++) {
    ids->rank[w] = (uint32_t)names.nodes;
    names.nodes += __builtin_popcountll(ids->present[w]);
  }
  if (names.nodes == ids->range) return names;
  names.names = irmi_graph_alloc(ids->allocator, names.nodes, sizeof *names.names);
  for (int64_t w = 0, node = 0; w < words(ids); w++)
    for (uint64_t bits = ids->present[w]; bits; bits &= bits - 1)
      names.names[node++] = ids->least + 64 * w + __builtin_ctzll(bits);
  return names;
}

/* One pass of a radix sort, by one byte of the key. */
static void sort_by_byte(int64_t *to, const int64_t *from, int64_t count, unsigned shift) {
  int64_t begin[257] = {0};
  for (int64_t i = 0; i < count; i++)
    begin[(key_of(from[i]) >> shift & 255) + 1]++;
  for (int b = 0; b < 256; b++)
    begin[b + 1] += begin[b];
  for (int64_t i = 0; i < count; i++)
    to[begin[key_of(from[i]) >> shift & 255]++] = from[i];
}

/* Eight passes, there and back. */
static void sort(const irm_allocator *allocator, int64_t *items, int64_t count) {
  int64_t *other = irmi_graph_alloc(allocator, count, sizeof *other);
  for (unsigned shift = 0; shift < 64; shift += 16) {
    sort_by_byte(other, items, count, shift);
    sort_by_byte(items, other, count, shift + 8);
  }
  irmi_graph_free(allocator, other, count, sizeof *other);
}

static irmi_names close_sparse(irmi_ids *ids) {
  irmi_names names = {.nodes = ids->count};
  names.names = irmi_graph_alloc(ids->allocator, ids->count, sizeof *names.names);
  if (ids->count) memcpy(names.names, ids->ids, (size_t)ids->count * sizeof *names.names);
  sort(ids->allocator, names.names, ids->count);
  ids->rank = irmi_graph_alloc(ids->allocator, ids->count, sizeof *ids->rank);
  for (int64_t node = 0; node < ids->count; node++)
    ids->rank[irmi_ids_find(ids, names.names[node])] = (uint32_t)node;
  return names;
}

irmi_names irmi_ids_close(irmi_ids *ids) {
  return ids->dense ? close_dense(ids) : close_sparse(ids);
}

uint32_t irmi_ids_node(const irmi_ids *ids, uint32_t code) {
  if (!ids->dense) return ids->rank[code];
  uint64_t before = ids->present[code / 64] & ((UINT64_C(1) << code % 64) - 1);
  return ids->rank[code / 64] + (uint32_t)__builtin_popcountll(before);
}
