/* Parts, the portfolio of searches, and what is written over what.
 *
 * Which host a guest is written over, if any, is decided last: at first all such pairs are free to
 * overlap in any way, which only helps. If there is no placement then, there is none; if a
 * placement has a pair that overlaps without beginning at one offset, it is decided once that they
 * begin at one, once that they are apart. Every placement does one or the other. */
#include "pack/exact_part.h"

#include "pack/sort.h"

#include <string.h>

#define FIRST_NODES 256 /* of each strategy, beside two for each block */
#define LONG_RUN    3   /* times as many for one of them in turn */

/* Parts ---------------------------------------------------------------------------------------- */

/* For a model: it holds each two lifetimes against each other. */
static uint64_t steps_of_pairs(const irmi_parts *parts, const irmi_part *part) {
  uint64_t intervals = 0;
  for (uint32_t m = 0; m < part->member_count; m++)
    intervals += parts->problem->buffers[part->members[m]].lifetime_count;
  return part->member_count * intervals / 64 + 1;
}

static uint32_t last_end(const irm_pack_buffer *buffer) {
  return buffer->lifetime[buffer->lifetime_count - 1].end;
}

static bool is_member(const irm_pack_buffer *buffer) {
  return buffer->bytes > 0 && buffer->lifetime_count > 0;
}

/* Numbers the parts in the order of time; part_of each buffer, UINT32_MAX for those in nobody's
 * way. */
static uint32_t number_parts(const irm_pack_problem *problem, const irm_allocator *allocator,
                             uint32_t *part_of) {
  irmi_keyed *order = irmi_calloc(allocator, problem->buffer_count, 2 * sizeof *order);
  uint32_t count = 0, parts = 0, end = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    part_of[i] = UINT32_MAX;
    if (is_member(&problem->buffers[i]))
      order[count++] = (irmi_keyed){problem->buffers[i].lifetime[0].begin, i};
  }
  irmi_keyed_sort(order, order + problem->buffer_count, count);
  for (uint32_t k = 0; k < count; k++) {
    if (parts == 0 || order[k].key >= end) parts++;
    part_of[order[k].item] = parts - 1;
    uint32_t own_end = last_end(&problem->buffers[order[k].item]);
    if (own_end > end) end = own_end;
  }
  irmi_free(allocator, order, problem->buffer_count * 2 * sizeof *order);
  return parts;
}

static void fill_parts(irmi_parts *parts, const uint32_t *part_of) {
  const irm_pack_problem *problem = parts->problem;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (part_of[i] != UINT32_MAX) parts->items[part_of[i]].member_count++;
  for (size_t k = 0; k < problem->host_count; k++)
    if (part_of[problem->hosts[k].guest] != UINT32_MAX &&
        part_of[problem->hosts[k].host] != UINT32_MAX)
      parts->items[part_of[problem->hosts[k].guest]].host_count++;
  for (uint32_t p = 0; p < parts->count; p++) {
    irmi_part *part = &parts->items[p];
    part->height = UINT64_MAX;
    part->members = IRMI_ARENA_ARRAY(&parts->arena, uint32_t, part->member_count);
    part->hosts = IRMI_ARENA_ARRAY(&parts->arena, irm_pack_host, part->host_count);
    part->member_count = 0;
    part->host_count = 0;
  }
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    if (part_of[i] == UINT32_MAX) continue;
    irmi_part *part = &parts->items[part_of[i]];
    part->members[part->member_count++] = i;
  }
  for (size_t k = 0; k < problem->host_count; k++) {
    irm_pack_host host = problem->hosts[k];
    if (part_of[host.guest] == UINT32_MAX || part_of[host.host] == UINT32_MAX) continue;
    irmi_part *part = &parts->items[part_of[host.guest]];
    part->hosts[part->host_count++] = host;
  }
}

void irmi_parts_init(irmi_parts *parts, const irm_pack_problem *problem, irmi_effort *effort,
                     const irm_allocator *allocator) {
  *parts = (irmi_parts){.problem = problem, .allocator = allocator, .effort = effort};
  irmi_arena_init(&parts->arena, allocator);
  uint32_t *part_of = irmi_calloc(allocator, problem->buffer_count, sizeof *part_of);
  parts->count = number_parts(problem, allocator, part_of);
  parts->items = IRMI_ARENA_ARRAY(&parts->arena, irmi_part, parts->count);
  fill_parts(parts, part_of);
  irmi_free(allocator, part_of, problem->buffer_count * sizeof *part_of);
}

void irmi_parts_destroy(irmi_parts *parts) {
  for (uint32_t p = 0; p < parts->count; p++) {
    if (!parts->items[p].is_ready) continue;
    irmi_search_destroy(&parts->items[p].search);
    irmi_model_destroy(&parts->items[p].model);
  }
  irmi_arena_destroy(&parts->arena);
}

/* The portfolio -------------------------------------------------------------------------------- */

static const irmi_strategy strategies[] = {
    {"TWA", false}, {"WAT", true}, {"ZWT", true}, {"ZWT", false}, {"TAW", true}, {"TAW", false},
};
#define STRATEGY_COUNT (sizeof strategies / sizeof strategies[0])

typedef struct portfolio {
  irmi_search *search;
  irmi_unit capacity;
  uint64_t end; /* of the search's nodes */
} portfolio;

static irmi_found run_strategy(const portfolio *p, size_t strategy, uint64_t seed, uint64_t nodes) {
  uint64_t left = p->end - p->search->nodes;
  if (left == 0 || p->search->effort->steps == 0) return IRMI_STOPPED;
  return irmi_search_run(p->search, strategies[strategy], seed, p->capacity,
                         nodes < left ? nodes : left);
}

/* Each strategy for a few nodes, then one of them for more. */
static irmi_found run_round(const portfolio *p, uint64_t round, uint64_t nodes) {
  for (size_t k = 0; k < STRATEGY_COUNT; k++) {
    irmi_found found = run_strategy(p, k, round * STRATEGY_COUNT + (round ? k : 0), nodes);
    if (found != IRMI_STOPPED) return found;
  }
  return run_strategy(p, round % STRATEGY_COUNT, (round + 1) * STRATEGY_COUNT, LONG_RUN * nodes);
}

/* How long a search takes is so uneven that many short looks, each with other noise, beat a long
 * one; what failed stays known from one to the next. They grow slowly, but in the end are long
 * enough to look at everything. */
static irmi_found run_portfolio(irmi_search *search, uint64_t *round, irmi_unit capacity,
                                uint64_t nodes) {
  portfolio p = {search, capacity, search->nodes + nodes};
  uint64_t limit = FIRST_NODES + 2 * (uint64_t)search->model->block_count;
  while (search->nodes < p.end && search->effort->steps > 0) {
    irmi_found found = run_round(&p, (*round)++, limit);
    if (found != IRMI_STOPPED) return found;
    limit += limit / 4;
  }
  return IRMI_STOPPED;
}

/* Placements ----------------------------------------------------------------------------------- */

static void take_offsets(const irmi_parts *parts, irmi_part *part, const irmi_model *model,
                         const irmi_search *search, uint64_t *offsets) {
  part->height = 0;
  for (uint32_t m = 0; m < part->member_count; m++) {
    uint32_t buffer = part->members[m];
    offsets[buffer] = search->offsets[model->block_of[m]] * model->unit;
    uint64_t end = offsets[buffer] + parts->problem->buffers[buffer].bytes;
    if (end > part->height) part->height = end;
  }
}

/* The first pair that was left open and overlaps as it may not; host_count: none. */
static size_t find_wrong_pair(const irmi_parts *parts, const irmi_part *part,
                              const irmi_hosting *hosting, const uint64_t *offsets) {
  for (size_t k = 0; k < part->host_count; k++) {
    uint64_t guest = offsets[part->hosts[k].guest], host = offsets[part->hosts[k].host];
    uint64_t guest_end = guest + parts->problem->buffers[part->hosts[k].guest].bytes;
    uint64_t host_end = host + parts->problem->buffers[part->hosts[k].host].bytes;
    if (hosting[k] == IRMI_HOSTING_OPEN && guest != host && guest < host_end && host < guest_end)
      return k;
  }
  return part->host_count;
}

typedef struct fitting {
  irmi_parts *parts;
  irmi_part *part;
  uint64_t capacity, nodes;
  irmi_hosting *hosting;
  uint64_t *tried; /* offsets of all buffers */
} fitting;

/* With what is decided about hosts so far. */
static irmi_found fit_decided(fitting *f) {
  irmi_part *part = f->part;
  irmi_model_input input = {.problem = f->parts->problem,
                            .members = part->members,
                            .member_count = part->member_count,
                            .hosts = part->hosts,
                            .hosting = f->hosting,
                            .host_count = part->host_count};
  if (!irmi_effort_spend(f->parts->effort, steps_of_pairs(f->parts, part))) return IRMI_STOPPED;
  irmi_model model;
  irmi_model_init(&model, &input, f->parts->allocator);
  irmi_found found = IRMI_FAILED;
  if (model.is_possible) {
    irmi_search search;
    irmi_search_init(&search, &model, f->parts->effort, f->parts->allocator);
    found = run_portfolio(&search, &part->round, f->capacity / model.unit, f->nodes);
    if (found == IRMI_FOUND) take_offsets(f->parts, part, &model, &search, f->tried);
    irmi_search_destroy(&search);
  }
  irmi_model_destroy(&model);
  return found;
}

static irmi_found fit_hosts(fitting *f) {
  irmi_found found = fit_decided(f);
  if (found != IRMI_FOUND) return found;
  size_t pair = find_wrong_pair(f->parts, f->part, f->hosting, f->tried);
  if (pair == f->part->host_count) return IRMI_FOUND;
  f->hosting[pair] = IRMI_HOSTING_SHARED;
  found = fit_hosts(f);
  if (found != IRMI_FOUND) {
    f->hosting[pair] = IRMI_HOSTING_APART;
    irmi_found apart = fit_hosts(f);
    if (apart != IRMI_FAILED) found = apart;
  }
  f->hosting[pair] = IRMI_HOSTING_OPEN;
  return found;
}

static irmi_found fit_with_hosts(irmi_parts *parts, irmi_part *part, uint64_t capacity,
                                 uint64_t nodes, uint64_t *offsets) {
  const irm_allocator *allocator = parts->allocator;
  size_t buffers = parts->problem->buffer_count;
  uint64_t height = part->height;
  fitting f = {.parts = parts, .part = part, .capacity = capacity, .nodes = nodes};
  f.hosting = irmi_calloc(allocator, part->host_count, sizeof *f.hosting);
  f.tried = irmi_calloc(allocator, buffers, sizeof *f.tried);
  irmi_found found = fit_hosts(&f);
  if (found != IRMI_FOUND) part->height = height;
  for (uint32_t m = 0; m < part->member_count && found == IRMI_FOUND; m++)
    offsets[part->members[m]] = f.tried[part->members[m]];
  irmi_free(allocator, f.tried, buffers * sizeof *f.tried);
  irmi_free(allocator, f.hosting, part->host_count * sizeof *f.hosting);
  return found;
}

static bool make_ready(irmi_parts *parts, irmi_part *part) {
  if (part->is_ready) return true;
  if (part->member_count > IRMI_EXACT_MOST ||
      !irmi_effort_spend(parts->effort, steps_of_pairs(parts, part)))
    return false;
  irmi_hosting *hosting =
      irmi_calloc(parts->allocator, part->host_count, sizeof *hosting); /* all open */
  irmi_model_input input = {.problem = parts->problem,
                            .members = part->members,
                            .member_count = part->member_count,
                            .hosts = part->hosts,
                            .hosting = hosting,
                            .host_count = part->host_count};
  irmi_model_init(&part->model, &input, parts->allocator);
  irmi_search_init(&part->search, &part->model, parts->effort, parts->allocator);
  irmi_free(parts->allocator, hosting, part->host_count * sizeof *hosting);
  return part->is_ready = true;
}

irmi_found irmi_part_fit(irmi_parts *parts, irmi_part *part, uint64_t capacity, uint64_t nodes,
                         uint64_t *offsets) {
  if (part->height <= capacity) return IRMI_FOUND;
  if (!make_ready(parts, part)) return IRMI_STOPPED;
  if (capacity > IRMI_EXACT_LIMIT) capacity = IRMI_EXACT_LIMIT;
  if (part->host_count > 0) return fit_with_hosts(parts, part, capacity, nodes, offsets);
  irmi_found found = run_portfolio(&part->search, &part->round, capacity / part->model.unit, nodes);
  if (found == IRMI_FOUND) take_offsets(parts, part, &part->model, &part->search, offsets);
  return found;
}

uint64_t irmi_parts_next_capacity(irmi_parts *parts, uint64_t capacity) {
  uint64_t next = UINT64_MAX;
  for (uint32_t p = 0; p < parts->count; p++) {
    uint64_t unit = parts->items[p].is_ready ? parts->items[p].model.unit : 1;
    uint64_t own = (capacity / unit + 1) * unit;
    if (own < next) next = own;
  }
  return next;
}
