/* How many of ascending elements are below others: one binary search each. */
#include "runtime/key.h"
#include "runtime/parallel.h"

#include <stdbool.h>

typedef struct haystack {
  irm_rt_elem elem;
  bool equal; /* equal elements count too */
  int64_t count;
  const void *elements;
  const void *wanted;
  int64_t *into;
} haystack;

/* Of elements that do not ascend: what these very steps come to. */
static int64_t search(const haystack *h, int64_t wanted) {
  int64_t low = 0, high = h->count;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    int64_t key = irmi_key_load_value(h->elem, h->elements, middle);
    if (h->equal ? key <= wanted : key < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Elements of work that a search is, about; searches that a thread makes at a time. */
enum { SEARCH_WORK = 16, SEARCHES = 512 };

static void search_piece(void *data, int64_t begin, int64_t end) {
  const haystack *h = data;
  for (int64_t i = begin; i < end; i++)
    h->into[i] = search(h, irmi_key_load_value(h->elem, h->wanted, i));
}

void irm_rt_search(int64_t threads, int64_t elem, int64_t equal, int64_t count,
                   const void *elements, int64_t wanted_count, const void *wanted, int64_t *into) {
  haystack h = {(irm_rt_elem)elem, equal != 0, count, elements, wanted, into};
  int64_t team = irmi_pieces_of(threads, wanted_count * SEARCH_WORK);
  irmi_share_out(team, wanted_count, SEARCHES, &h, search_piece);
}
