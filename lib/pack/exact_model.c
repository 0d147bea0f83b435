/* Units, sections, blocks and how high each lifts the others. */
#include "pack/exact_model.h"
#include "support/integers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct point {
  uint32_t at;
  bool is_death;
} point;

typedef struct builder {
  irmi_model *model;
  const irmi_model_input *input;
  const irm_allocator *allocator;
  uint32_t *leader;  /* of each member: the first member of its block, or nearer to it */
  uint32_t *next;    /* of each member: the next of its block, or itself */
  uint8_t *hosting;  /* of each two members; NULL: all apart */
  uint32_t *starts;  /* where each section begins */
  irmi_unit *height; /* of one block, by section */
  irmi_unit *load;   /* the same, without what may be shared */
} builder;

static const irm_pack_buffer *buffer_of(const builder *b, uint32_t member) {
  return &b->input->problem->buffers[b->input->members[member]];
}

/* Numbers -------------------------------------------------------------------------------------- */

/* Of two alignments, both; one that only offset 0 has where that is above every capacity. */
static uint64_t common_multiple(uint64_t a, uint64_t b) {
  uint64_t factor = a / irmi_common_divisor(a, b);
  return factor > IRMI_NOWHERE / b ? IRMI_NOWHERE : factor * b;
}

/* Offsets that are multiples of the unit are enough: a buffer as low as it can be lies at 0, on
 * others, at the next multiple of its alignment, or where it must. So each alignment has to be a
 * multiple of the unit, unless the unit is a multiple of it. */
static uint64_t find_unit(const builder *b) {
  uint64_t unit = 0;
  for (uint32_t m = 0; m < b->input->member_count; m++) {
    const irm_pack_buffer *buffer = buffer_of(b, m);
    unit = irmi_common_divisor(unit, buffer->bytes);
    if (buffer->offset != IRM_PACK_ANYWHERE) unit = irmi_common_divisor(unit, buffer->offset);
  }
  for (uint64_t before = 0; before != unit;) {
    before = unit;
    for (uint32_t m = 0; m < b->input->member_count; m++)
      if (unit % buffer_of(b, m)->alignment != 0)
        unit = irmi_common_divisor(unit, buffer_of(b, m)->alignment);
  }
  return unit;
}

/* Lifetimes ------------------------------------------------------------------------------------ */

static bool are_alive_together(const irm_pack_buffer *x, const irm_pack_buffer *y) {
  for (uint32_t i = 0, k = 0; i < x->lifetime_count && k < y->lifetime_count;) {
    if (x->lifetime[i].begin < y->lifetime[k].end && y->lifetime[k].begin < x->lifetime[i].end)
      return true;
    if (x->lifetime[i].end < y->lifetime[k].end)
      i++;
    else
      k++;
  }
  return false;
}

/* By time; deaths before births. */
static int compare_points(const void *a, const void *b) {
  const point *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return y->is_death - x->is_death;
}

/* A section begins with the last birth before a death: the buffers alive there include all those
 * that are alive anywhere between the death before and the birth after. */
static void find_sections(builder *b) {
  size_t count = 0, at = 0;
  for (uint32_t m = 0; m < b->input->member_count; m++)
    count += 2 * (size_t)buffer_of(b, m)->lifetime_count;
  point *points = irmi_calloc(b->allocator, count, sizeof *points);
  for (uint32_t m = 0; m < b->input->member_count; m++) {
    const irm_pack_buffer *buffer = buffer_of(b, m);
    for (uint32_t k = 0; k < buffer->lifetime_count; k++) {
      points[at++] = (point){buffer->lifetime[k].begin, false};
      points[at++] = (point){buffer->lifetime[k].end, true};
    }
  }
  qsort(points, count, sizeof *points, compare_points);
  b->starts = IRMI_ARENA_ARRAY(&b->model->arena, uint32_t, count / 2 + 1);
  for (size_t i = 0; i + 1 < count; i++)
    if (!points[i].is_death && points[i + 1].is_death)
      b->starts[b->model->section_count++] = points[i].at;
  irmi_free(b->allocator, points, count * sizeof *points);
}

/* The first section that begins at the point or later. */
static uint32_t section_from(const builder *b, uint32_t at) {
  return irmi_first_from(b->starts, 0, b->model->section_count, at);
}

/* Hosts ---------------------------------------------------------------------------------------- */

static uint32_t member_of(const builder *b, uint32_t buffer) {
  uint32_t member = irmi_first_from(b->input->members, 0, b->input->member_count, buffer);
  assert(b->input->members[member] == buffer);
  return member;
}

static uint32_t find_leader(const builder *b, uint32_t member) {
  while (b->leader[member] != member)
    member = b->leader[member];
  return member;
}

static void join_hosts(builder *b) {
  for (uint32_t m = 0; m < b->input->member_count; m++)
    b->leader[m] = m;
  for (size_t k = 0; k < b->input->host_count; k++) {
    if (b->input->hosting[k] != IRMI_HOSTING_SHARED) continue;
    uint32_t x = find_leader(b, member_of(b, b->input->hosts[k].guest));
    uint32_t y = find_leader(b, member_of(b, b->input->hosts[k].host));
    b->leader[x > y ? x : y] = x < y ? x : y;
  }
}

/* What was decided about each two members, who are apart where they are no pair. */
static void note_hosts(builder *b) {
  uint32_t count = b->input->member_count;
  if (b->input->host_count == 0) return;
  b->hosting = irmi_alloc(b->allocator, (size_t)count * count);
  memset(b->hosting, IRMI_HOSTING_APART, (size_t)count * count);
  for (size_t k = 0; k < b->input->host_count; k++) {
    uint32_t x = member_of(b, b->input->hosts[k].guest), y = member_of(b, b->input->hosts[k].host);
    b->hosting[(size_t)x * count + y] = b->hosting[(size_t)y * count + x] =
        (uint8_t)b->input->hosting[k];
  }
}

static irmi_hosting hosting_of(const builder *b, uint32_t x, uint32_t y) {
  if (!b->hosting) return IRMI_HOSTING_APART;
  return (irmi_hosting)b->hosting[(size_t)x * b->input->member_count + y];
}

/* Blocks --------------------------------------------------------------------------------------- */

/* Members of a block follow each other in a list that begins with its leader. */
static void number_blocks(builder *b) {
  irmi_model *model = b->model;
  for (uint32_t m = 0; m < b->input->member_count; m++) {
    uint32_t leader = find_leader(b, m);
    if (leader == m) model->block_of[m] = model->block_count++;
    model->block_of[m] = model->block_of[leader];
    b->next[m] = m;
    if (leader == m) continue;
    b->next[m] = b->next[leader] == leader ? m : b->next[leader];
    b->next[leader] = m;
  }
}

static void place_block(builder *b, uint32_t member, irmi_block *block) {
  const irm_pack_buffer *buffer = buffer_of(b, member);
  block->alignment = common_multiple(block->alignment, buffer->alignment);
  if (buffer->offset == IRM_PACK_ANYWHERE) return;
  irmi_unit fixed = buffer->offset < IRMI_NOWHERE ? buffer->offset / b->model->unit : IRMI_NOWHERE;
  if (block->fixed != IRM_PACK_ANYWHERE && block->fixed != fixed) b->model->is_possible = false;
  block->fixed = fixed;
}

static void make_blocks(builder *b) {
  irmi_model *model = b->model;
  number_blocks(b);
  model->blocks = IRMI_ARENA_ARRAY(&model->arena, irmi_block, model->block_count);
  for (uint32_t k = 0; k < model->block_count; k++)
    model->blocks[k] = (irmi_block){.kind = k, .alignment = 1, .fixed = IRM_PACK_ANYWHERE};
  for (uint32_t m = 0; m < b->input->member_count; m++)
    place_block(b, m, &model->blocks[model->block_of[m]]);
  for (uint32_t k = 0; k < model->block_count; k++) {
    irmi_block *block = &model->blocks[k];
    block->alignment /= irmi_common_divisor(block->alignment, model->unit);
    if (block->fixed != IRM_PACK_ANYWHERE) model->fixed_count++;
    if (block->alignment != 1 || block->fixed != IRM_PACK_ANYWHERE) model->is_plain = false;
  }
}

/* A guest that may yet be written over a host is not certain to need bytes of its own where both
 * are alive. */
static void forget_guest(builder *b, const irm_pack_buffer *guest, const irm_pack_buffer *host) {
  for (uint32_t i = 0; i < guest->lifetime_count; i++)
    for (uint32_t k = 0; k < host->lifetime_count; k++) {
      irm_interval x = guest->lifetime[i], y = host->lifetime[k];
      uint32_t end = section_from(b, x.end < y.end ? x.end : y.end);
      for (uint32_t s = section_from(b, x.begin > y.begin ? x.begin : y.begin); s < end; s++)
        b->load[s] = 0;
    }
}

static void forget_open_guests(builder *b, uint32_t block) {
  for (size_t k = 0; k < b->input->host_count; k++) {
    irm_pack_host host = b->input->hosts[k];
    if (b->input->hosting[k] == IRMI_HOSTING_OPEN &&
        b->model->block_of[member_of(b, host.guest)] == block)
      forget_guest(b, &b->input->problem->buffers[host.guest],
                   &b->input->problem->buffers[host.host]);
  }
}

static void lay_member(builder *b, uint32_t member, irmi_block *block) {
  const irm_pack_buffer *buffer = buffer_of(b, member);
  irmi_unit units = buffer->bytes / b->model->unit;
  for (uint32_t i = 0; i < buffer->lifetime_count; i++) {
    block->width += buffer->lifetime[i].end - buffer->lifetime[i].begin;
    uint32_t end = section_from(b, buffer->lifetime[i].end);
    for (uint32_t s = section_from(b, buffer->lifetime[i].begin); s < end; s++) {
      if (b->height[s] < units) b->height[s] = units;
      if (b->load[s] < units) b->load[s] = units;
    }
  }
  if (block->height < units) block->height = units;
}

/* The block's sections become pieces; the row is empty again. */
static void cut_pieces(builder *b, irmi_block *block) {
  irmi_model *model = b->model;
  block->first_piece = (uint32_t)model->pieces.count;
  for (uint32_t s = 0; s < model->section_count;) {
    uint32_t end = s + 1;
    while (end < model->section_count && b->height[end] == b->height[s] &&
           b->load[end] == b->load[s])
      end++;
    irmi_piece piece = {s, end, b->height[s], b->load[s]};
    if (piece.height > 0) irmi_vec_push(b->allocator, &model->pieces, piece);
    if (piece.height > 0) block->cells += end - s;
    s = end;
  }
  block->last_piece = (uint32_t)model->pieces.count;
  block->begin = model->pieces.items[block->first_piece].begin;
  block->end = model->pieces.items[block->last_piece - 1].end;
  memset(b->height, 0, model->section_count * sizeof *b->height);
  memset(b->load, 0, model->section_count * sizeof *b->load);
}

static void make_pieces(builder *b) {
  irmi_model *model = b->model;
  b->height = irmi_calloc(b->allocator, model->section_count, sizeof *b->height);
  b->load = irmi_calloc(b->allocator, model->section_count, sizeof *b->load);
  for (uint32_t m = 0; m < b->input->member_count; m++) {
    if (b->leader[m] != m) continue;
    irmi_block *block = &model->blocks[model->block_of[m]];
    lay_member(b, m, block);
    for (uint32_t k = b->next[m], last = m; k != last; last = k, k = b->next[k])
      lay_member(b, k, block);
    forget_open_guests(b, model->block_of[m]);
    cut_pieces(b, block);
  }
  irmi_free(b->allocator, b->height, model->section_count * sizeof *b->height);
  irmi_free(b->allocator, b->load, model->section_count * sizeof *b->load);
}

/* Pairs ---------------------------------------------------------------------------------------- */

static void raise_pair(builder *b, uint32_t x, uint32_t y) {
  irmi_model *model = b->model;
  uint32_t p = model->block_of[x], q = model->block_of[y];
  irmi_hosting hosting = hosting_of(b, x, y);
  if (p == q) {
    if (hosting == IRMI_HOSTING_APART) model->is_possible = false;
    return;
  }
  if (hosting == IRMI_HOSTING_OPEN) return;
  irmi_unit *rise = &model->rise[(size_t)p * model->block_count + q];
  irmi_unit *other = &model->rise[(size_t)q * model->block_count + p];
  irmi_unit height = buffer_of(b, x)->bytes / model->unit;
  irmi_unit other_height = buffer_of(b, y)->bytes / model->unit;
  if (*rise < height) *rise = height;
  if (*other < other_height) *other = other_height;
}

static void find_rises(builder *b) {
  irmi_model *model = b->model;
  size_t count = model->block_count;
  model->rise = IRMI_ARENA_ARRAY(&model->arena, irmi_unit, count * count);
  model->sink = IRMI_ARENA_ARRAY(&model->arena, irmi_unit, count * count);
  for (uint32_t x = 0; x < b->input->member_count; x++)
    for (uint32_t y = x + 1; y < b->input->member_count; y++)
      if (are_alive_together(buffer_of(b, x), buffer_of(b, y))) raise_pair(b, x, y);
  model->words = (uint32_t)(count + 63) / 64;
  model->company = IRMI_ARENA_ARRAY(&model->arena, uint64_t, count * model->words);
  for (uint32_t p = 0; p < count; p++)
    for (uint32_t q = 0; q < count; q++) {
      irmi_unit rise = model->rise[(size_t)p * count + q];
      model->sink[(size_t)q * count + p] = rise;
      if (rise > 0) model->company[(size_t)p * model->words + q / 64] |= UINT64_C(1) << (q % 64);
    }
}

static void find_fixed(irmi_model *model) {
  model->fixed = IRMI_ARENA_ARRAY(&model->arena, uint32_t, model->fixed_count);
  uint32_t count = 0;
  for (uint32_t k = 0; k < model->block_count; k++) {
    if (model->blocks[k].fixed == IRM_PACK_ANYWHERE) continue;
    uint32_t at = count++;
    for (; at > 0 && model->blocks[model->fixed[at - 1]].fixed > model->blocks[k].fixed; at--)
      model->fixed[at] = model->fixed[at - 1];
    model->fixed[at] = k;
  }
}

static bool are_alike(const irmi_model *model, const irmi_block *x, const irmi_block *y) {
  if (x->begin != y->begin || x->end != y->end || x->alignment != y->alignment ||
      x->fixed != IRM_PACK_ANYWHERE || y->fixed != IRM_PACK_ANYWHERE ||
      x->last_piece - x->first_piece != y->last_piece - y->first_piece)
    return false;
  return memcmp(&model->pieces.items[x->first_piece], &model->pieces.items[y->first_piece],
                (x->last_piece - x->first_piece) * sizeof(irmi_piece)) == 0;
}

static void find_kinds(builder *b) {
  irmi_model *model = b->model;
  if (b->input->host_count > 0) return; /* partners make a difference */
  for (uint32_t k = 1; k < model->block_count; k++)
    for (uint32_t j = 0; j < k && model->blocks[k].kind == k; j++)
      if (are_alike(model, &model->blocks[j], &model->blocks[k])) model->blocks[k].kind = j;
}

/* The most units alive in a section, and the most of its sections for each block. */
static void find_loads(builder *b) {
  irmi_model *model = b->model;
  uint64_t *alive = irmi_calloc(b->allocator, model->section_count, sizeof *alive);
  for (size_t p = 0; p < model->pieces.count; p++) {
    const irmi_piece *piece = &model->pieces.items[p];
    for (uint32_t s = piece->begin; s < piece->end; s++)
      alive[s] += piece->load;
  }
  for (uint32_t k = 0; k < model->block_count; k++)
    for (uint32_t p = model->blocks[k].first_piece; p < model->blocks[k].last_piece; p++)
      for (uint32_t s = model->pieces.items[p].begin; s < model->pieces.items[p].end; s++)
        if (model->blocks[k].load < alive[s]) model->blocks[k].load = alive[s];
  irmi_free(b->allocator, alive, model->section_count * sizeof *alive);
}

/* The model ------------------------------------------------------------------------------------ */

void irmi_model_init(irmi_model *model, const irmi_model_input *input,
                     const irm_allocator *allocator) {
  *model = (irmi_model){.allocator = allocator, .is_plain = true, .is_possible = true};
  irmi_arena_init(&model->arena, allocator);
  builder b = {.model = model, .input = input, .allocator = allocator};
  uint32_t count = input->member_count;
  model->block_of = IRMI_ARENA_ARRAY(&model->arena, uint32_t, count);
  b.leader = irmi_calloc(allocator, count, sizeof *b.leader);
  b.next = irmi_calloc(allocator, count, sizeof *b.next);
  model->unit = find_unit(&b);
  find_sections(&b);
  join_hosts(&b);
  note_hosts(&b);
  make_blocks(&b);
  make_pieces(&b);
  find_rises(&b);
  find_fixed(model);
  find_kinds(&b);
  find_loads(&b);
  irmi_free(allocator, b.leader, count * sizeof *b.leader);
  irmi_free(allocator, b.next, count * sizeof *b.next);
  if (b.hosting) irmi_free(allocator, b.hosting, (size_t)count * count);
}

void irmi_model_destroy(irmi_model *model) {
  irmi_vec_free(model->allocator, &model->pieces);
  irmi_arena_destroy(&model->arena);
}

static irmi_unit round_up(irmi_unit offset, irmi_unit alignment) {
  irmi_unit rest = offset % alignment;
  if (rest == 0) return offset;
  return offset >= IRMI_NOWHERE || alignment - rest > IRMI_NOWHERE - offset
             ? IRMI_NOWHERE
             : offset + (alignment - rest);
}

irmi_unit irmi_model_lift(const irmi_model *model, uint32_t block, irmi_unit least) {
  const irmi_block *own = &model->blocks[block];
  if (own->fixed != IRM_PACK_ANYWHERE)
    return least <= own->fixed && own->fixed % own->alignment == 0 ? own->fixed : IRMI_NOWHERE;
  least = round_up(least, own->alignment);
  for (uint32_t k = 0; k < model->fixed_count && least < IRMI_NOWHERE; k++) {
    uint32_t other = model->fixed[k];
    irmi_unit below = irmi_model_rises(model, other)[block];
    irmi_unit above = irmi_model_rises(model, block)[other];
    irmi_unit fixed = model->blocks[other].fixed;
    if (below == 0 || least >= fixed + below || least + above <= fixed) continue;
    least = round_up(fixed + below, own->alignment);
    k = UINT32_MAX; /* what is passed may reach above what begins behind it: look again */
  }
  return least < IRMI_NOWHERE ? least : IRMI_NOWHERE;
}
