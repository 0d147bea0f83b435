/* Everything that a memory report says, before it is written as text or JSON. */
#ifndef IRMEM_REPORT_FACTS_H
#define IRMEM_REPORT_FACTS_H

#include "irmem/analysis.h"
#include "irmem/report.h"
#include "report/offsets.h"
#include "report/proof.h"
#include "support/arena.h"
#include "support/vec.h"

typedef enum irmi_decision_kind {
  IRMI_IN_PLACE, /* written into an operand */
  IRMI_REUSED,   /* in a slot where something else has died */
  IRMI_SWAPPED,  /* in a slot that changes places with another when a loop iterates */
  IRMI_JOINED,   /* in the slot of what control flow makes of it */
  IRMI_COPIED,   /* a copy in bytes of its own */
  IRMI_OWN       /* in a slot that nothing was in before */
} irmi_decision_kind;

/* Where one array of the planned program is, and why. */
typedef struct irmi_decision {
  const irm_value *value;
  irmi_decision_kind kind;
  const irm_value *other; /* the operand, or what died in the slot; NULL: none */
  irm_size bytes;
  const char *why; /* why it is there, or NULL: in a clause */
  const char
      *why_not; /* why it is not in place, in a clause; NULL: it is, or there is no array operand */
  const char *reason;         /* both in one */
  const char *unblock;        /* what would change that, in a clause, or NULL */
  uint64_t saved;             /* bytes that would save, where it was tried; else 0 */
  const irm_op *later_reader; /* that keeps it from being in place, or NULL */
} irmi_decision;

/* "in place", "reused", "swapped", "joined", "copy", "own slot". */
const char *irmi_decision_text(irmi_decision_kind kind);

/* An op of the program as written whose result could be written into an operand that dies there. */
typedef struct irmi_candidate {
  const irm_value *value, *host;
  const irmi_decision
      *decision; /* about the value of this name in the plan; NULL: there is none left */
  bool fused;    /* a kernel computes it, one element at a time */
} irmi_candidate;

/* What the plan made of it: a decision's text, "in a loop, without bytes", or "simplified away". */
const char *irmi_candidate_text(const irmi_candidate *candidate);

/* A kernel: ops that run as one loop. */
typedef struct irmi_loop_fact {
  const irm_op *kernel;
  uint32_t ops;          /* in its body */
  const irm_loc *places; /* where they were written, in ascending order */
  uint32_t place_count;
  irm_size read, written; /* arrays, each once */
} irmi_loop_fact;

/* A point of the program and what is alive there. */
typedef struct irmi_moment {
  uint64_t bytes;
  const irm_op *op; /* NULL: nothing is ever alive */
  const irm_value **alive;
  uint32_t alive_count;
} irmi_moment;

typedef struct irmi_facts {
  const irm_program *as_written, *planned;
  const irm_report_options *options;
  irmi_arena arena; /* holds all lists and texts below */
  irm_liveness *liveness;
  irm_storage *storage;
  irm_live_bytes *live;

  const irm_value **variables; /* arrays of the program as written, in program order */
  uint32_t variable_count;
  irmi_decision *decisions; /* arrays of the planned program, in program order */
  uint32_t decision_count;
  irmi_candidate *candidates; /* of the program as written, in program order */
  uint32_t candidate_count;
  uint32_t in_place_count, reused_count;
  irmi_loop_fact *loops; /* of the planned program, in program order */
  uint32_t loop_count;

  uint32_t tried;   /* plans made for trials */
  bool plans_alike; /* planning anew gives this plan */

  irm_size total, inputs, outputs, graph;
  irmi_forms forms; /* that the formulas below are made of */
  irmi_offsets **layouts;
  uint32_t layout_count;
  irmi_maximum bound_maximum;
  const char *arena_formula, *bound_formula; /* as they are evaluated */
  const char *arena_plain, *bound_plain;     /* before rounding */
  irmi_moment peak, bound; /* without n and m: at the sizes where plans are compared */
  irmi_proof proof;        /* likewise */

  /* For n and m, when they are known; else not set. */
  uint64_t total_bytes, input_bytes, output_bytes, graph_bytes, arena_bytes;
  uint64_t working_bytes, saved_bytes;
  double efficiency;
} irmi_facts;

/* Destroy with irmi_facts_destroy. planned has slots. */
void irmi_facts_init(irmi_facts *facts, const irm_program *as_written, const irm_program *planned,
                     const irm_report_options *options);
void irmi_facts_destroy(irmi_facts *facts);

typedef enum irmi_verdict { IRMI_NOT_OPTIMAL, IRMI_OPTIMAL, IRMI_UNKNOWN } irmi_verdict;
/* Whether arena and lower bound meet: for n and m; without them where their formulas show that
 * they do on every graph. */
irmi_verdict irmi_facts_verdict(const irmi_facts *facts);

/* What is known of lower placings, in a clause; for all n and m, or those of the proof. */
const char *irmi_proof_text(irmi_facts *facts);

/* Where formulas are evaluated: the n and m that are given, else those where plans are compared. */
uint64_t irmi_facts_nodes(const irmi_facts *facts);
uint64_t irmi_facts_edges(const irmi_facts *facts);

/* The first array that a plan should have placed and has not, or NULL. */
const irm_value *irmi_find_unplaced(const irm_program *program);
/* Whether there is none, and what is placed is placed right; reports what is not. */
bool irmi_check_planned(const irm_program *program);

/* Fills facts->decisions, then facts->candidates; facts->loops. */
void irmi_decide(irmi_facts *facts);
void irmi_find_candidates(irmi_facts *facts);
void irmi_find_loops(irmi_facts *facts);
/* What became of each variable, in their order, when decisions are made; no host. */
irmi_candidate *irmi_find_fates(irmi_facts *facts);

/* "%x, %s"; "3 ops of lines 5-7 in one loop over nodes; reads %a, %b elsewhere; writes %x". */
const char *irmi_loop_results_text(irmi_facts *facts, const irmi_loop_fact *loop);
/* " of lines 5-7", or nothing. */
const char *irmi_loop_places_text(irmi_facts *facts, const irmi_loop_fact *loop);
const char *irmi_loop_text(irmi_facts *facts, const irmi_loop_fact *loop);

void irmi_memory_print_text(FILE *stream, irmi_facts *facts);
void irmi_memory_print_json(FILE *stream, irmi_facts *facts);
void irmi_remarks_print(FILE *stream, irmi_facts *facts);
void irmi_plan_print(FILE *stream, irmi_facts *facts);
void irmi_plan_print_json(FILE *stream, irmi_facts *facts);

/* "line 3" or "$[3].body[1]", or nothing. */
const char *irmi_place_text(irmi_facts *facts, irm_loc loc);
/* Where a value was written: of what a kernel gives, the op of its body that computes it; and where
 * an op was, of which the first result is the name (irmi_op_text). */
irm_loc irmi_value_place(const irm_value *value);
irm_loc irmi_op_place(const irm_op *op);
/* Whether an op computes values or brings them: a loop and an if hand over what others do. */
bool irmi_op_computes(const irm_op *op);
/* As printf, kept in the facts' arena. */
const char *irmi_text(irmi_facts *facts, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));

/* Sets why_not, later_reader, unblock and saved of a decision that is not in place. */
void irmi_find_refusals(irmi_facts *facts, irmi_decision *decision);

/* Reports an error for each value that is required to be in place and is not. */
bool irmi_check_required(irmi_facts *facts);

/* By value id: what was in its bytes just before, in its slot or in one that shares bytes with it;
 * or NULL. */
const irm_value **irmi_find_predecessors(irmi_facts *facts);

/* "%x in line 7", "the loop in line 8", "output \"x\"". */
const char *irmi_reader_text(irmi_facts *facts, const irm_op *op);

/* "%x" of an op's first result, else its mnemonic; in the arena. */
const char *irmi_op_text(irmi_arena *arena, const irm_op *op);

/* Whether the op is only a part of what was written as one: a conversion that has no name, a step
 * of a function. The last op of a place is what its author wrote. */
bool irmi_op_is_part(const irm_op *op);

#endif
