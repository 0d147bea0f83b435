/* path_components.c for one type of elements (each_elem.h). */

static void NAME(bring)(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  ELEM *elements = c->path->elements;
  for (int64_t node = begin; node < end; node++) {
    uint32_t root = c->parents[node];
    if (root == node) continue;
    ELEM *least = &elements[root], brought = FURTHER(elements[node], 0), had;
    __atomic_load(least, &had, __ATOMIC_RELAXED);
    while (brought < had && !__atomic_compare_exchange(least, &had, &brought, true,
                                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED))
      ;
  }
}

static void NAME(fetch)(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  ELEM *elements = c->path->elements;
  for (int64_t node = begin; node < end; node++) {
    ELEM least = FURTHER(elements[c->parents[node]], 0);
    if (least < elements[node]) elements[node] = least;
  }
}
