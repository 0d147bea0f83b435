/* Ids that grow from row to row, as numbers do, need no further look; others are compared where
 * their hashes are equal. */
#include "ids.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

typedef struct hashed {
  uint64_t hash;
  const id *at;
} hashed;

/* The shorter is the less, so that numbers are in order. */
static int compare_ids(const id *x, const id *y) {
  if (x->length != y->length) return x->length < y->length ? -1 : 1;
  return memcmp(x->text, y->text, x->length);
}

static bool do_ids_grow(const id *ids, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (compare_ids(&ids[i - 1], &ids[i]) >= 0) return false;
  return true;
}

static int compare_rows(const void *left, const void *right) {
  const hashed *x = left, *y = right;
  return x->at < y->at ? -1 : x->at > y->at;
}

/* Equal ids next to each other, the first first. */
static int compare_hashes(const void *left, const void *right) {
  const hashed *x = left, *y = right;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  int order = compare_ids(x->at, y->at);
  return order ? order : compare_rows(left, right);
}

/* Moves rows with the id of a row before to the front; their hash becomes the first such row. */
static size_t keep_repeated(hashed *rows, size_t count, const id *ids) {
  size_t kept = 0;
  hashed first = rows[0];
  for (size_t i = 1; i < count; i++) {
    if (rows[i].hash == first.hash && compare_ids(rows[i].at, first.at) == 0)
      rows[kept++] = (hashed){(uint64_t)(first.at - ids), rows[i].at};
    else
      first = rows[i];
  }
  return kept;
}

void ids_check(const irm_allocator *allocator, const id *ids, size_t count, complaints *wrong) {
  if (do_ids_grow(ids, count)) return;
  size_t bytes = count * sizeof(hashed);
  hashed *rows = allocator->resize(allocator->user, NULL, 0, bytes);
  for (size_t i = 0; i < count; i++)
    rows[i] = (hashed){XXH3_64bits(ids[i].text, ids[i].length), &ids[i]};
  qsort(rows, count, sizeof *rows, compare_hashes);
  size_t repeated = keep_repeated(rows, count, ids);
  qsort(rows, repeated, sizeof *rows, compare_rows);
  for (size_t i = 0; i < repeated; i++) {
    const id *again = rows[i].at;
    complain(wrong, again->text, "id '%.*s' is there twice", (int)again->length, again->text);
    complain_note(wrong, ids[rows[i].hash].text, "here first");
  }
  allocator->resize(allocator->user, rows, bytes, 0);
}
