/* Whether a kernel reads an operand in step with what it writes, found by trying: elements of some
 * indexes are spoilt, and the results at all other indexes must not change. It asks nobody what
 * the kernel's ops read. */
#include "interp/machine.h"

#include "interp/places.h"
#include "support/alloc.h"

#include <string.h>

/* Indexes are told apart by their lowest bits. */
enum { BITS = 3 };

typedef struct trial {
  irmi_machine *machine;
  const irm_op *kernel;
  irmi_cell *results; /* what the kernel gives, kept aside */
  uint32_t count;
} trial;

static irmi_cell *cell_of(const trial *t, uint32_t result) {
  return irmi_machine_cell(t->machine, irm_op_result(t->kernel, result));
}

static void keep_results(trial *t) {
  t->count = irm_op_result_count(t->kernel);
  t->results = irmi_calloc(t->machine->allocator, t->count, sizeof *t->results);
  for (uint32_t k = 0; k < t->count; k++) {
    t->results[k] = *cell_of(t, k);
    *cell_of(t, k) = (irmi_cell){0};
  }
}

static void restore_results(trial *t) {
  for (uint32_t k = 0; k < t->count; k++) {
    irmi_free(t->machine->allocator, cell_of(t, k)->elements, cell_of(t, k)->bytes);
    *cell_of(t, k) = t->results[k];
  }
  irmi_free(t->machine->allocator, t->results, t->count * sizeof *t->results);
}

/* No computation leaves such elements behind by chance; a truth value is turned over. */
static void spoil(irm_elem elem, unsigned char *elements, size_t index) {
  size_t size = irm_elem_bytes(elem);
  if (elem == IRM_I1)
    elements[index] ^= 1;
  else
    memset(elements + index * size, IRMI_POISON, size);
}

static bool is_same_but_at(const trial *t, uint32_t result, unsigned bit, size_t spoilt) {
  irm_type type = irm_value_type(irm_op_result(t->kernel, result));
  size_t size = irm_elem_bytes(type.elem), count = t->results[result].bytes / size;
  const unsigned char *before = t->results[result].elements, *now = cell_of(t, result)->elements;
  for (size_t i = 0; irm_type_is_array(type) && i < count; i++)
    if ((i >> bit & 1) != spoilt && memcmp(before + i * size, now + i * size, size) != 0)
      return false;
  return true;
}

/* Runs the kernel with the operand's elements spoilt where the index has that bit. */
static bool stays_same(const trial *t, const irm_value *operand, unsigned bit, size_t spoilt) {
  irmi_cell *cell = irmi_machine_cell(t->machine, operand), whole = *cell;
  irm_elem elem = irm_value_type(operand).elem;
  size_t count = whole.bytes / irm_elem_bytes(elem);
  cell->elements = irmi_alloc(t->machine->allocator, whole.bytes);
  memcpy(cell->elements, whole.elements, whole.bytes);
  for (size_t i = 0; i < count; i++)
    if ((i >> bit & 1) == spoilt) spoil(elem, cell->elements, i);
  irmi_machine_run_body(t->machine, t->kernel);
  bool same = true;
  for (uint32_t k = 0; k < t->count; k++)
    same = same && is_same_but_at(t, k, bit, spoilt);
  irmi_free(t->machine->allocator, cell->elements, cell->bytes);
  *cell = whole;
  return same;
}

bool irmi_machine_reads_in_step(irmi_machine *machine, const irm_op *kernel, uint32_t operand) {
  trial t = {.machine = machine, .kernel = kernel};
  const irm_value *value = irm_op_operand(kernel, operand);
  bool same = true;
  if (irmi_machine_cell(machine, value)->bytes == 0) return true;
  keep_results(&t);
  for (unsigned bit = 0; bit < BITS; bit++)
    for (size_t spoilt = 0; spoilt < 2; spoilt++)
      same = same && stays_same(&t, value, bit, spoilt);
  restore_results(&t);
  return same;
}
