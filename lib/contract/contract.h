/* What a program is for those who call it from C: names that C and C++ accept, what of a graph it
 * reads, its errors. Both the header and the tables of the object come from here. */
#ifndef IRMEM_CONTRACT_CONTRACT_H
#define IRMEM_CONTRACT_CONTRACT_H

#include "irmem/ir.h"
#include "support/arena.h"
#include "support/map.h"

/* A parameter, an input, an output. */
typedef struct irmi_contract_item {
  const char *name;    /* in C; no two of a kind have one */
  const char *written; /* in the program */
  irm_type type;
  bool has_default;
  irm_number number; /* the default */
  int64_t offset;    /* of a parameter: in the structure of all */
} irmi_contract_item;

typedef struct irmi_contract_items {
  irmi_contract_item *items;
  uint32_t count;
} irmi_contract_items;

/* An op that may end a run. */
typedef struct irmi_contract_fault {
  int64_t code; /* as emitted code gives it */
  uint32_t line;
  const char *text; /* with file and line */
} irmi_contract_fault;

typedef struct irmi_contract {
  const char *name; /* in C */
  irmi_contract_items params, inputs, outputs;
  int64_t params_bytes;
  unsigned reads;     /* irm_rt_reads, or-ed */
  int64_t most_nodes; /* with ids of so many bits */
  int id_bits;
  irmi_contract_fault *faults;
  uint32_t fault_count;
} irmi_contract;

/* Everything that it points at is in the arena or the program's. id_bits: 32, 64; 0 is 32. False
 * after an error was reported. */
bool irmi_contract_describe(irmi_contract *contract, const irm_program *program, int id_bits,
                            irmi_arena *arena);

/* reads.c: arrays of the graph that the program reads, as irm_rt_reads. */
unsigned irmi_contract_reads(const irm_program *program);
/* faults.c: in program order. */
void irmi_contract_faults(irmi_contract *contract, const irm_program *program, irmi_arena *arena);

/* names.c: the text as an identifier of C and C++ that is none of their words nor one of those
 * taken so far; it is taken now. */
const char *irmi_contract_name(const char *text, irmi_text_set *taken, irmi_arena *arena);

/* csr.h of irmem as a text. */
extern const char irmi_csr_text[];

#endif
