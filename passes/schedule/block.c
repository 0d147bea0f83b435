/* What orders cost: the bytes alive while items run one after the other, counted as live bytes are
 * (irm_live_bytes_lower_bound): what lives through an item, what dies there, what it makes, and
 * what it needs meanwhile; less what may be written over what dies. */
#include "schedule/block.h"

#include <string.h>

void *irmi_sched_alloc(const irm_allocator *allocator, size_t count, size_t bytes) {
  if (count == 0) return NULL;
  void *memory = allocator->resize(allocator->user, NULL, 0, count * bytes);
  return memset(memory, 0, count * bytes);
}

void irmi_sched_free(const irm_allocator *allocator, void *memory, size_t count, size_t bytes) {
  if (memory) allocator->resize(allocator->user, memory, count * bytes, 0);
}

void irmi_sched_block_link(irmi_sched_block *block) {
  irmi_sched_item *items = block->items;
  uint32_t next = 0;
  for (uint32_t i = 0; i < block->item_count; i++)
    for (uint32_t k = 0; k < items[i].pred_count; k++)
      items[block->preds[items[i].pred + k]].succ_count++;
  for (uint32_t i = 0; i < block->item_count; i++) {
    items[i].succ = next;
    next += items[i].succ_count;
    items[i].succ_count = 0;
  }
  for (uint32_t i = 0; i < block->item_count; i++)
    for (uint32_t k = 0; k < items[i].pred_count; k++) {
      irmi_sched_item *pred = &items[block->preds[items[i].pred + k]];
      block->succs[pred->succ + pred->succ_count++] = i;
    }
}

bool irmi_sched_item_matters(const irmi_sched_block *block, uint32_t item) {
  const irmi_sched_item *it = &block->items[item];
  if (it->made_count || it->peak_count) return true;
  for (uint32_t k = 0; k < it->read_count; k++)
    if (!block->values[block->reads[it->read + k].value].stays) return true;
  return false;
}

/* Bytes ---------------------------------------------------------------------------------------- */

static void add(irmi_sched_bytes *to, const irmi_sched_bytes *bytes, uint32_t count) {
  for (uint32_t g = 0; g < count; g++)
    to->at[g] += bytes->at[g];
}

static void take(irmi_sched_bytes *from, const irmi_sched_bytes *bytes, uint32_t count) {
  for (uint32_t g = 0; g < count; g++)
    from->at[g] -= bytes->at[g];
}

static void raise(irmi_sched_bytes *to, const irmi_sched_bytes *bytes, uint32_t count) {
  for (uint32_t g = 0; g < count; g++)
    if (bytes->at[g] > to->at[g]) to->at[g] = bytes->at[g];
}

irmi_sched_scale irmi_sched_scale_create(const irmi_sched_block *block,
                                         const irmi_sched_graph *graphs, uint32_t count) {
  irmi_sched_scale scale = {.count = count};
  scale.sizes = irmi_sched_alloc(block->allocator, block->size_count, sizeof *scale.sizes);
  scale.inside = irmi_sched_alloc(block->allocator, block->item_count, sizeof *scale.inside);
  for (uint32_t g = 0; g < count; g++) {
    for (uint32_t s = 0; s < block->size_count; s++)
      scale.sizes[s].at[g] = irmi_sched_form_at(block->sizes[s], graphs[g].n, graphs[g].m);
    for (uint32_t i = 0; i < block->item_count; i++)
      for (uint32_t k = 0; k < block->items[i].peak_count; k++) {
        irmi_sched_form form = block->peaks[block->items[i].peak + k];
        int64_t bytes = irmi_sched_form_at(form, graphs[g].n, graphs[g].m);
        if (bytes > scale.inside[i].at[g]) scale.inside[i].at[g] = bytes;
      }
  }
  return scale;
}

void irmi_sched_scale_destroy(const irmi_sched_block *block, irmi_sched_scale *scale) {
  irmi_sched_free(block->allocator, scale->sizes, block->size_count, sizeof *scale->sizes);
  irmi_sched_free(block->allocator, scale->inside, block->item_count, sizeof *scale->inside);
}

/* Steps ---------------------------------------------------------------------------------------- */

/* What an item does, apart from what it needs for itself. */
typedef struct parts {
  irmi_sched_bytes written; /* alive where it writes */
  irmi_sched_bytes beside;  /* alive beside what it needs for itself */
  irmi_sched_bytes after;
} parts;

/* How many of the values that an item makes are written over others that die there: each takes the
 * first of its size that is left. */
static void save_hosted(const irmi_sched_block *block, const irmi_sched_scale *scale,
                        const irmi_sched_item *it, const bool *dies, irmi_sched_bytes *written) {
  const irmi_sched_read *reads = block->reads + it->read;
  for (uint32_t r = 0; r < it->made_count; r++) {
    uint32_t size = block->values[it->made + r].size, wanted = 1;
    for (uint32_t earlier = 0; earlier < r; earlier++)
      wanted += block->values[it->made + earlier].size == size;
    for (uint32_t k = 0; k < it->read_count && wanted > 0; k++)
      wanted -= dies[k] && reads[k].hosts && block->values[reads[k].value].size == size;
    if (wanted == 0) take(written, &scale->sizes[size], scale->count);
  }
}

/* What dies goes behind the item; what it hands over, before. */
static bool let_die(const irmi_sched_block *block, const irmi_sched_scale *scale,
                    const irmi_sched_item *it, const bool *dies, parts *p) {
  bool hosts = false;
  for (uint32_t k = 0; k < it->read_count; k++) {
    const irmi_sched_read *read = &block->reads[it->read + k];
    const irmi_sched_bytes *size = &scale->sizes[block->values[read->value].size];
    if (!dies[k]) continue;
    take(&p->after, size, scale->count);
    if (read->handed) take(&p->written, size, scale->count);
    hosts |= read->hosts;
  }
  return hosts;
}

/* An op needs bytes for itself while it writes; what is in regions is over by then. */
static void find_parts(const irmi_sched_block *block, const irmi_sched_scale *scale, uint32_t item,
                       const bool *dies, const irmi_sched_bytes *live, parts *p) {
  const irmi_sched_item *it = &block->items[item];
  p->written = p->after = *live;
  bool hosts = let_die(block, scale, it, dies, p);
  p->beside = p->written;
  for (uint32_t r = 0; r < it->made_count; r++) {
    const irmi_sched_value *made = &block->values[it->made + r];
    add(&p->written, &scale->sizes[made->size], scale->count);
    if (made->readers || made->stays) add(&p->after, &scale->sizes[made->size], scale->count);
  }
  if (hosts) save_hosted(block, scale, it, dies, &p->written);
  if (!it->regions) p->beside = p->written;
}

void irmi_sched_take_step(const irmi_sched_block *block, const irmi_sched_scale *scale,
                          uint32_t item, const bool *dies, const irmi_sched_bytes *live,
                          irmi_sched_step *step) {
  parts p;
  find_parts(block, scale, item, dies, live, &p);
  step->most = p.beside;
  add(&step->most, &scale->inside[item], scale->count);
  raise(&step->most, &p.written, scale->count);
  raise(&step->most, live, scale->count);
  step->after = p.after;
}

/* Walks ---------------------------------------------------------------------------------------- */

uint32_t irmi_sched_most_reads(const irmi_sched_block *block) {
  uint32_t most = 0;
  for (uint32_t i = 0; i < block->item_count; i++)
    if (block->items[i].read_count > most) most = block->items[i].read_count;
  return most;
}

static void start_live(const irmi_sched_block *block, const irmi_sched_scale *scale,
                       irmi_sched_bytes *live) {
  *live = (irmi_sched_bytes){{0}};
  for (uint32_t v = 0; v < block->value_count; v++)
    if (block->values[v].at_start) add(live, &scale->sizes[block->values[v].size], scale->count);
}

irmi_sched_walk irmi_sched_walk_begin(const irmi_sched_block *block,
                                      const irmi_sched_scale *scale) {
  irmi_sched_walk walk = {.block = block, .scale = scale};
  walk.left = irmi_sched_alloc(block->allocator, block->value_count, sizeof *walk.left);
  walk.dies = irmi_sched_alloc(block->allocator, irmi_sched_most_reads(block), sizeof(bool));
  for (uint32_t v = 0; v < block->value_count; v++)
    walk.left[v] = block->values[v].readers;
  start_live(block, scale, &walk.live);
  return walk;
}

/* Counts an item's reads, and finds out which of them are the last. */
static void read_values(irmi_sched_walk *walk, uint32_t item) {
  const irmi_sched_item *it = &walk->block->items[item];
  for (uint32_t k = 0; k < it->read_count; k++) {
    uint32_t value = walk->block->reads[it->read + k].value;
    walk->left[value]--;
    walk->dies[k] = walk->left[value] == 0 && !walk->block->values[value].stays;
  }
}

irmi_sched_bytes irmi_sched_walk_on(irmi_sched_walk *walk, uint32_t item) {
  irmi_sched_step step;
  read_values(walk, item);
  irmi_sched_take_step(walk->block, walk->scale, item, walk->dies, &walk->live, &step);
  walk->live = step.after;
  return step.most;
}

void irmi_sched_walk_end(irmi_sched_walk *walk) {
  const irmi_sched_block *block = walk->block;
  irmi_sched_free(block->allocator, walk->left, block->value_count, sizeof *walk->left);
  irmi_sched_free(block->allocator, walk->dies, irmi_sched_most_reads(block), sizeof(bool));
}

/* Forms as bytes: each of the three numbers where a graph would be. */
static irmi_sched_scale scale_of_forms(const irmi_sched_block *block) {
  irmi_sched_scale scale = {.count = 3};
  scale.sizes = irmi_sched_alloc(block->allocator, block->size_count, sizeof *scale.sizes);
  for (uint32_t s = 0; s < block->size_count; s++)
    scale.sizes[s] = (irmi_sched_bytes){{block->sizes[s].a, block->sizes[s].b, block->sizes[s].c}};
  return scale;
}

static void meet(irmi_sched_peak *peak, const irmi_sched_bytes *bytes) {
  irmi_sched_peak_add(peak, (irmi_sched_form){bytes->at[0], bytes->at[1], bytes->at[2]});
}

static void meet_item(irmi_sched_peak *peak, irmi_sched_walk *walk, uint32_t item) {
  const irmi_sched_item *it = &walk->block->items[item];
  parts p;
  read_values(walk, item);
  find_parts(walk->block, walk->scale, item, walk->dies, &walk->live, &p);
  meet(peak, &p.written);
  for (uint32_t k = 0; k < it->peak_count; k++) {
    irmi_sched_form form = walk->block->peaks[it->peak + k];
    irmi_sched_bytes inside = {{form.a, form.b, form.c}};
    add(&inside, &p.beside, walk->scale->count);
    meet(peak, &inside);
  }
  walk->live = p.after;
}

irmi_sched_peak irmi_sched_block_peak(const irmi_sched_block *block, const uint32_t *order) {
  irmi_sched_peak peak = {.count = 0};
  irmi_sched_scale scale = scale_of_forms(block);
  irmi_sched_walk walk = irmi_sched_walk_begin(block, &scale);
  meet(&peak, &walk.live);
  for (uint32_t i = 0; i < block->item_count; i++) {
    meet_item(&peak, &walk, order[i]);
    meet(&peak, &walk.live);
  }
  irmi_sched_walk_end(&walk);
  irmi_sched_scale_destroy(block, &scale);
  return peak;
}

/* The bound ------------------------------------------------------------------------------------ */

irmi_sched_bytes irmi_sched_block_bound(const irmi_sched_block *block,
                                        const irmi_sched_scale *scale) {
  irmi_sched_bytes bound, live;
  irmi_sched_walk walk = irmi_sched_walk_begin(block, scale);
  bound = walk.live;
  for (uint32_t i = 0; i < block->item_count; i++) {
    const irmi_sched_item *it = &block->items[i];
    irmi_sched_step step;
    live = (irmi_sched_bytes){{0}};
    for (uint32_t k = 0; k < it->read_count; k++) {
      const irmi_sched_value *value = &block->values[block->reads[it->read + k].value];
      add(&live, &scale->sizes[value->size], scale->count);
      walk.dies[k] = !value->stays;
    }
    irmi_sched_take_step(block, scale, i, walk.dies, &live, &step);
    raise(&bound, &step.most, scale->count);
  }
  irmi_sched_walk_end(&walk);
  return bound;
}
