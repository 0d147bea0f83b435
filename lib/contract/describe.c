/* A program's contract, from its ops. */
#include "contract/contract.h"

#include "runtime/contract.h"
#include "runtime/path_limit.h"

#include <string.h>

static uint32_t count_ops(const irm_program *program, irm_opcode opcode) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    count += irm_op_opcode(op) == opcode;
  return count;
}

static irm_type type_of(const irm_op *op) {
  bool gives = irm_op_opcode(op) == IRM_OUTPUT;
  return irm_value_type(gives ? irm_op_operand(op, 0) : irm_op_result(op, 0));
}

static irmi_contract_items describe(const irm_program *program, irm_opcode opcode,
                                    irmi_arena *arena) {
  irmi_contract_items all = {
      .items = IRMI_ARENA_ARRAY(arena, irmi_contract_item, count_ops(program, opcode))};
  irmi_text_set taken;
  irmi_text_set_init(&taken, arena->allocator);
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != opcode) continue;
    irmi_contract_item item = {.written = irm_op_name(op), .type = type_of(op)};
    item.name = irmi_contract_name(item.written, &taken, arena);
    item.has_default = opcode != IRM_OUTPUT && irm_op_has_default(op);
    if (item.has_default) item.number = irm_op_number(op);
    all.items[all.count++] = item;
  }
  irmi_text_set_destroy(&taken);
  return all;
}

static const char *name_of(const irm_program *program, irmi_arena *arena) {
  irmi_text_set none;
  irmi_text_set_init(&none, arena->allocator);
  const char *name = irmi_contract_name(irm_program_name(program), &none, arena);
  irmi_text_set_destroy(&none);
  return name;
}

/* As C lays a structure out. */
static void lay_out(irmi_contract *contract) {
  int64_t end = 0, most = 1;
  for (uint32_t k = 0; k < contract->params.count; k++) {
    irmi_contract_item *param = &contract->params.items[k];
    int64_t bytes = irm_elem_bytes(param->type.elem);
    param->offset = (end + bytes - 1) / bytes * bytes;
    end = param->offset + bytes;
    most = bytes > most ? bytes : most;
  }
  contract->params_bytes = (end + most - 1) / most * most;
}

/* Functions of the object are called NAME_run and so on: not what the runtime's are called. */
static bool check_name(const irm_program *program, const char *name) {
  if (strncmp(name, "irm", 3) != 0) return true;
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                  "no algorithm can be emitted for C as '%s': names that begin with 'irm' are "
                  "irmem's own",
                  name);
  return false;
}

bool irmi_contract_describe(irmi_contract *contract, const irm_program *program, int id_bits,
                            irmi_arena *arena) {
  *contract = (irmi_contract){.id_bits = id_bits ? id_bits : 32};
  contract->name = name_of(program, arena);
  contract->params = describe(program, IRM_PARAM, arena);
  contract->inputs = describe(program, IRM_INPUT, arena);
  contract->outputs = describe(program, IRM_OUTPUT, arena);
  lay_out(contract);
  contract->reads = irmi_contract_reads(program);
  bool narrow = contract->id_bits == 32 || count_ops(program, IRM_PATH_MIN) > 0;
  contract->most_nodes = narrow ? IRMI_PATH_NODES : INT64_MAX - 1;
  irmi_contract_faults(contract, program, arena);
  return check_name(program, contract->name);
}
