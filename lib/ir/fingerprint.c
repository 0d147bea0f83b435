#include "ir/fingerprint.h"

#include "ir/internal.h"
#include "support/context.h"

#include <string.h>
#include <xxhash.h>

typedef struct fingerprint {
  uint64_t state;
  uint32_t *number_of; /* by value id: in order of definition */
  uint32_t next;
} fingerprint;

static void mix(fingerprint *f, uint64_t more) {
  f->state = XXH64(&more, sizeof more, f->state);
}

static void mix_definition(fingerprint *f, const irm_value *value) {
  f->number_of[value->id] = f->next++;
  mix(f, (uint64_t)value->in_place << 16 | (uint64_t)value->type.elem << 8 | value->type.space);
  mix(f, value->host ? f->number_of[value->host->id] + UINT64_C(1) : 0);
}

/* Names are interned, but where they lie differs from run to run. */
static void mix_text(fingerprint *f, const char *text) {
  size_t length = text ? strlen(text) : 0;
  mix(f, text ? length : UINT64_MAX);
  if (text) f->state = XXH64(text, length, f->state);
}

static void mix_attributes(fingerprint *f, const irm_op *op) {
  mix(f, (uint64_t)op->opcode << 32 | op->direction << 16 | op->tie << 8 |
             (uint64_t)op->has_default << 2 | (uint64_t)op->counted << 1 | op->self);
  mix(f, (uint64_t)op->space << 32 | op->number.elem);
  mix(f, (uint64_t)op->number.as.i);
  mix_text(f, op->name);
}

static void mix_region(fingerprint *f, const irm_region *region);

static void mix_op(fingerprint *f, const irm_op *op) {
  mix_attributes(f, op);
  for (uint32_t i = 0; i < op->operand_count; i++)
    mix(f, f->number_of[op->operands[i].value->id]);
  for (uint32_t i = 0; i < op->region_count; i++)
    mix_region(f, &op->regions[i]);
  for (uint32_t i = 0; i < op->result_count; i++)
    mix_definition(f, op->results[i]);
}

static void mix_region(fingerprint *f, const irm_region *region) {
  for (uint32_t i = 0; i < region->argument_count; i++)
    mix_definition(f, region->arguments[i]);
  for (const irm_op *op = region->first; op; op = op->next)
    mix_op(f, op);
  mix(f, UINT64_MAX);
}

uint64_t irmi_program_fingerprint(const irm_program *program) {
  const irm_allocator *allocator = &program->context->allocator;
  size_t bytes = program->value_bound * sizeof(uint32_t);
  fingerprint f = {.number_of = irmi_alloc(allocator, bytes)};
  mix_region(&f, program->body);
  irmi_free(allocator, f.number_of, bytes);
  return f.state;
}
