/* Packs blocks of constant size that are held together into one, with offsets of irmem's planner.
 *
 *   %a = call ptr @malloc(i64 4096)           %a = call ptr @malloc(i64 6144)
 *   %b = call ptr @malloc(i64 2048)       ->  %b = getelementptr i8, ptr %a, i64 4096 (or null)
 *   ... %a ... %b ...                         ... %a ... %b ...
 *   call void @free(ptr %b)
 *   call void @free(ptr %a)                   call void @free(ptr %a)
 *
 * if they form a group (group.h) and the one block needs no more bytes than all of them. Those that
 * are not needed at the same time may overlap. Done only when asked: there are fewer allocations,
 * but an access beyond the end of a block may find another. */
#include "group.h"

#include "irmem/pack.h"
#include "support/alloc.h"

#include <inttypes.h>
#include <stdio.h>

/* Blocks tried for one group, and bytes of one that surely succeeds. */
#define MOST_TRIED   256
#define MOST_BYTES   (UINT64_C(1) << 30)
#define MOST_ALIGNED 4096

typedef struct layout {
  irm_pack_buffer *buffers;
  uint64_t *offsets, bytes, alignment;
} layout;

static uint64_t round_up(uint64_t bytes, uint64_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

static bool may_be_packed(const irmi_allocation *a) {
  uint64_t bytes, alignment;
  return !a->gone && !a->untouchable && !a->escapes && LLVMIsACallInst(a->call) &&
         a->frees.count > 0 && irmi_constant_size(a, &bytes) && bytes > 0 && bytes <= MOST_BYTES &&
         irmi_constant_alignment(a, &alignment) && alignment <= MOST_ALIGNED;
}

/* When it is needed ---------------------------------------------------------------------------- */

/* Points are the numbers of instructions; first_at[b] is the first of block b, and the one behind
 * the last block the end. */
static uint32_t *number_starts(irmi_function *f) {
  uint32_t *first_at = IRMI_ARENA_ARRAY(&f->arena, uint32_t, f->block_count + 1), at = 0;
  for (uint32_t b = 0; b < f->block_count; b++) {
    first_at[b] = at;
    for (LLVMValueRef i = LLVMGetFirstInstruction(f->blocks[b]); i; i = LLVMGetNextInstruction(i)) {
      uint32_t number = irmi_position_of(f, i).at; /* 0: it is new */
      if (number >= at) at = number + 1;
    }
  }
  first_at[f->block_count] = at + 1;
  return first_at;
}

static irm_interval interval_in(const irmi_allocation *a, irmi_needed part,
                                const uint32_t *first_at) {
  uint32_t begin = part.from_start ? first_at[part.block] : a->where.at;
  uint32_t end = part.last == IRMI_TO_THE_END ? first_at[part.block + 1] : part.last + 1;
  return (irm_interval){begin, end > begin ? end : begin + 1};
}

static void find_lifetime(irmi_function *f, const irmi_allocation *a, const uint32_t *first_at,
                          irm_pack_buffer *buffer) {
  irm_interval *parts = IRMI_ARENA_ARRAY(&f->arena, irm_interval, a->needed.count + 1);
  uint32_t count = 0;
  if (a->needed.count == 0) parts[count++] = (irm_interval){a->where.at, a->where.at + 1};
  for (size_t k = 0; k < a->needed.count; k++) {
    irm_interval next = interval_in(a, a->needed.items[k], first_at);
    if (count > 0 && parts[count - 1].end >= next.begin)
      parts[count - 1].end = next.end;
    else
      parts[count++] = next;
  }
  buffer->lifetime = parts;
  buffer->lifetime_count = count;
}

/* Where it is ---------------------------------------------------------------------------------- */

/* What all blocks need, each in multiples of its alignment, as allocators give them. */
static uint64_t bytes_apart(const irmi_group *group, const layout *placed) {
  uint64_t sum = 0;
  for (size_t k = 0; k < group->members.count; k++)
    sum += round_up(placed->buffers[k].bytes, placed->buffers[k].alignment);
  return sum;
}

/* Asks the planner; false: one block would be no less than all of them. */
static bool place(irmi_function *f, const irmi_group *group, const uint32_t *first_at,
                  layout *placed) {
  size_t count = group->members.count;
  const irm_allocator *allocator = irmi_default_allocator();
  placed->buffers = IRMI_ARENA_ARRAY(&f->arena, irm_pack_buffer, count);
  placed->offsets = IRMI_ARENA_ARRAY(&f->arena, uint64_t, count);
  placed->alignment = 1;
  for (size_t k = 0; k < count; k++) {
    irm_pack_buffer *buffer = &placed->buffers[k];
    irmi_constant_size(group->members.items[k], &buffer->bytes);
    irmi_constant_alignment(group->members.items[k], &buffer->alignment);
    buffer->offset = IRM_PACK_ANYWHERE;
    find_lifetime(f, group->members.items[k], first_at, buffer);
    if (buffer->alignment > placed->alignment) placed->alignment = buffer->alignment;
  }
  irm_pack_problem problem = {
      .buffers = placed->buffers, .buffer_count = count, .capacity = UINT64_MAX};
  irm_pack_effort effort = {.quick_steps = 1 << 16};
  if (irm_pack_problem_fault(&problem, allocator).message) return false;
  irm_pack_result result = irm_pack(&problem, &effort, allocator, placed->offsets);
  if (result.status != IRM_PACK_FOUND) return false;
  bool aligned = group->members.items[0]->how.alignment >= 0; /* then it takes multiples alone */
  placed->bytes = aligned ? round_up(result.height, placed->alignment) : result.height;
  return placed->bytes <= bytes_apart(group, placed) && placed->bytes <= MOST_BYTES;
}

static bool overlaps(const layout *placed, size_t a, size_t count) {
  uint64_t begin = placed->offsets[a], end = begin + placed->buffers[a].bytes;
  for (size_t b = 0; b < count; b++) {
    uint64_t other = placed->offsets[b];
    if (b != a && other < end && begin < other + placed->buffers[b].bytes) return true;
  }
  return false;
}

/* What is written ------------------------------------------------------------------------------ */

static void set_argument(LLVMValueRef call, int argument, uint64_t number) {
  if (argument < 0) return;
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(call, (unsigned)argument));
  LLVMSetOperand(call, (unsigned)argument, LLVMConstInt(type, number, false));
}

/* The address of a block in the one block: null where that is. */
static LLVMValueRef build_address(const irmi_allocation *root, const irmi_allocation *b,
                                  LLVMValueRef base, uint64_t offset) {
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(base));
  if (offset == 0) return base;
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
  LLVMValueRef by = LLVMConstInt(LLVMInt64TypeInContext(context), offset, false);
  LLVMPositionBuilderBefore(builder, b->call);
  LLVMTypeRef byte = LLVMInt8TypeInContext(context);
  LLVMValueRef address = LLVMBuildGEP2(builder, byte, base, &by, 1, "block");
  if (!root->how.never_null) {
    LLVMValueRef failed = LLVMBuildIsNull(builder, base, "");
    address = LLVMBuildSelect(builder, failed, LLVMConstNull(LLVMTypeOf(base)), address, "block");
  }
  LLVMDisposeBuilder(builder);
  return address;
}

static void say_packed(irmi_function *f, const irmi_allocation *b, uint64_t offset,
                       uint64_t bytes) {
  char text[96];
  snprintf(text, sizeof text, "is at byte %" PRIu64 " of one block of %" PRIu64 " bytes", offset,
           bytes);
  irmi_say_done(f, "Packed", b, text);
}

/* The frees of the block that is freed last are those of all. */
static void free_once(irmi_function *f, irmi_group *group, LLVMValueRef base, uint64_t bytes) {
  for (size_t k = 0; k < group->members.count; k++)
    if (group->members.items[k] != group->last_freed)
      irmi_erase_all(&group->members.items[k]->frees);
  for (size_t k = 0; k < group->last_freed->frees.count; k++) {
    LLVMValueRef call = group->last_freed->frees.items[k];
    irmi_heap_call how = irmi_heap_call_of(f->facts, call);
    LLVMSetOperand(call, how.pointer, base);
    set_argument(call, how.freed_size, bytes);
  }
}

/* The call that allocates the one block, where the first of all was allocated. */
static LLVMValueRef build_base(const irmi_allocation *root, const layout *placed) {
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(root->call));
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
  LLVMValueRef base = LLVMInstructionClone(root->call);
  LLVMPositionBuilderBefore(builder, root->call);
  LLVMInsertIntoBuilderWithName(builder, base, "blocks");
  LLVMDisposeBuilder(builder);
  set_argument(base, root->how.count, 1);
  set_argument(base, root->how.size, placed->bytes);
  set_argument(base, root->how.alignment, placed->alignment);
  return base;
}

/* Zeroes come with each block where it was allocated, if they did not with all and are there yet.
 */
static bool needs_zeroes(const irmi_group *group, const layout *placed, size_t k) {
  bool zeroed = group->members.items[0]->how.zeroed;
  if (!group->members.items[k]->how.zeroed) return false;
  return !zeroed || (k > 0 && overlaps(placed, k, group->members.count));
}

static void pack(irmi_function *f, irmi_group *group, const layout *placed) {
  irmi_allocation *root = group->members.items[0];
  size_t count = group->members.count;
  for (size_t k = 0; k < count; k++) {
    say_packed(f, group->members.items[k], placed->offsets[k], placed->bytes);
    if (overlaps(placed, k, count)) irmi_forget_aliases(group->members.items[k], false);
  }
  LLVMValueRef base = build_base(root, placed);
  free_once(f, group, base, placed->bytes);
  for (size_t k = 0; k < count; k++) {
    irmi_allocation *a = group->members.items[k];
    LLVMValueRef address = build_address(root, a, base, placed->offsets[k]);
    if (needs_zeroes(group, placed, k)) irmi_zero_at(f, a, address);
    LLVMReplaceAllUsesWith(a->call, address);
    irmi_erase_allocation(f, a);
  }
  f->packed += (unsigned)count - 1;
}

/* One group ------------------------------------------------------------------------------------ */

static void gather(irmi_function *f, irmi_group *group, size_t first) {
  size_t tried = 0;
  for (size_t k = first + 1; k < f->allocations.count && tried < MOST_TRIED; k++) {
    irmi_allocation *b = f->allocations.items[k];
    if (!may_be_packed(b)) continue;
    const char *problem = irmi_group_join(f, group, b);
    if (problem && *problem && !b->missed) b->missed = problem;
    tried += problem != NULL;
  }
}

/* Packs a group, or keeps its blocks apart. */
static void settle(irmi_function *f, irmi_group *group, const uint32_t *first_at, irmi_map *apart) {
  layout placed;
  if (group->members.count == 1) return;
  if (place(f, group, first_at, &placed)) {
    pack(f, group, &placed);
    return;
  }
  for (size_t k = 0; k < group->members.count; k++) {
    irmi_allocation *a = group->members.items[k];
    irmi_map_set(apart, (uintptr_t)a->call, 0);
    if (!a->missed) a->missed = "one block for it and others would be larger than all of them";
  }
}

void irmi_pack_blocks(irmi_function *f) {
  const uint32_t *first_at = number_starts(f);
  uint64_t ignored;
  irmi_map apart;
  irmi_map_init(&apart, f->arena.allocator);
  for (size_t k = 0; k < f->allocations.count; k++) {
    irmi_allocation *root = f->allocations.items[k];
    irmi_group group;
    if (!may_be_packed(root) || irmi_map_find(&apart, (uintptr_t)root->call, &ignored)) continue;
    irmi_group_open(f, &group, root);
    gather(f, &group, k);
    settle(f, &group, first_at, &apart);
    irmi_group_close(f, &group);
  }
  irmi_map_destroy(&apart);
}
