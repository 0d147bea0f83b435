/* Remarks: every decision as a document of YAML, in the form that LLVM's own tools read
 * (llvm-remarkutil, opt-viewer). */
#include "report/facts.h"
#include "report/formula.h"

#include <inttypes.h>

typedef struct remark {
  const char *kind; /* "Passed", "Missed", "Analysis" */
  const char *pass, *name;
  irm_loc loc;
} remark;

/* In single quotes, which are doubled within. */
static void print_quoted(FILE *stream, const char *text) {
  fputc('\'', stream);
  for (; *text; text++) {
    if (*text == '\'') fputc('\'', stream);
    fputc(*text, stream);
  }
  fputc('\'', stream);
}

static void print_loc(FILE *stream, const char *indent, irm_loc loc) {
  if (!loc.line || !loc.file) return;
  fprintf(stream, "%sDebugLoc: { File: ", indent);
  print_quoted(stream, loc.file);
  fprintf(stream, ", Line: %u, Column: %u }\n", loc.line, loc.column);
}

static void begin(FILE *stream, const irmi_facts *facts, remark r) {
  fprintf(stream, "--- !%s\nPass: %s\nName: %s\n", r.kind, r.pass, r.name);
  print_loc(stream, "", r.loc);
  fputs("Function: ", stream);
  print_quoted(stream, irm_program_name(facts->planned));
  fputs("\nArgs:\n", stream);
}

static void argument(FILE *stream, const char *key, const char *text) {
  fprintf(stream, "  - %s: ", key);
  print_quoted(stream, text);
  fputc('\n', stream);
}

static void text(FILE *stream, const char *words) {
  argument(stream, "String", words);
}

static irm_loc loc_of(const irm_value *value) {
  return irmi_value_place(value);
}

static void value_argument(FILE *stream, irmi_facts *facts, const char *key,
                           const irm_value *value) {
  argument(stream, key, irmi_text(facts, "%%%s", irm_value_name(value)));
  print_loc(stream, "    ", loc_of(value));
}

static void end(FILE *stream) {
  fputs("...\n", stream);
}

/* "8n bytes", "8n = 800000 bytes" */
static void bytes_argument(FILE *stream, irmi_facts *facts, const char *key, irm_size size) {
  const irm_report_options *options = facts->options;
  argument(stream, key, irmi_size_text(&facts->arena, size));
  if (!options->sized) {
    text(stream, " bytes");
    return;
  }
  text(stream, " = ");
  argument(stream, "Bytes",
           irmi_text(facts, "%" PRIu64, irm_size_evaluate(size, options->nodes, options->edges)));
  text(stream, " bytes");
}

/* What was done --------------------------------------------------------------------------------*/

/* How it is said that an array is where another was. */
typedef struct phrase {
  const char *pass, *name;
  const char *is, *other, *so, *bytes; /* words, and keys of what stands between them */
} phrase;

static const phrase in_place = {
    "inplace", "InPlace", " is written over ", "Host", ", which dies here; saves ", "Saved"};
static const phrase reused = {
    "slots", "Reused", " lies where ", "Dead", " was, which is dead: ", "Size"};

static void print_over(FILE *stream, irmi_facts *facts, const irmi_decision *d, const phrase *p) {
  begin(stream, facts, (remark){"Passed", p->pass, p->name, loc_of(d->value)});
  value_argument(stream, facts, "Value", d->value);
  text(stream, p->is);
  value_argument(stream, facts, p->other, d->other);
  text(stream, p->so);
  bytes_argument(stream, facts, p->bytes, d->bytes);
  end(stream);
}

static void print_joined(FILE *stream, irmi_facts *facts, const irmi_decision *d) {
  bool swapped = d->kind == IRMI_SWAPPED;
  begin(stream, facts,
        (remark){"Passed", "inplace", swapped ? "Swapped" : "Joined", loc_of(d->value)});
  value_argument(stream, facts, "Value", d->value);
  text(stream, swapped ? " is handed over without a copy, by changing pointers: " : " lies ");
  if (!swapped) argument(stream, "Reason", d->why ? d->why : "in the bytes of what it becomes");
  if (!swapped) text(stream, ": ");
  bytes_argument(stream, facts, "Size", d->bytes);
  end(stream);
}

/* What was not ---------------------------------------------------------------------------------*/

static const char *missed_name(const irmi_decision *d) {
  return d->kind == IRMI_COPIED ? "Copy" : "NotInPlace";
}

static void print_missed(FILE *stream, irmi_facts *facts, const irmi_decision *d) {
  begin(stream, facts, (remark){"Missed", "inplace", missed_name(d), loc_of(d->value)});
  value_argument(stream, facts, "Value", d->value);
  text(stream, " is not in place, ");
  bytes_argument(stream, facts, "Size", d->bytes);
  text(stream, ": ");
  argument(stream, "Reason", d->why_not);
  if (d->kind == IRMI_COPIED && d->why) {
    text(stream, "; copied, for ");
    argument(stream, "Cause", d->why);
  }
  if (d->later_reader) {
    text(stream, " (later reader: ");
    argument(stream, "Reader", irmi_op_text(&facts->arena, d->later_reader));
    print_loc(stream, "    ", irmi_op_place(d->later_reader));
    text(stream, ")");
  }
  if (d->unblock) {
    text(stream, "; ");
    argument(stream, "Unblock", d->unblock);
  }
  end(stream);
}

static void print_decision(FILE *stream, irmi_facts *facts, const irmi_decision *d) {
  switch (d->kind) {
  case IRMI_IN_PLACE: print_over(stream, facts, d, &in_place); return;
  case IRMI_REUSED: print_over(stream, facts, d, &reused); break;
  case IRMI_SWAPPED:
  case IRMI_JOINED: print_joined(stream, facts, d); break;
  case IRMI_COPIED:
  case IRMI_OWN: break;
  }
  if (d->why_not) print_missed(stream, facts, d);
}

/* Loops ----------------------------------------------------------------------------------------*/

static void print_loop(FILE *stream, irmi_facts *facts, const irmi_loop_fact *loop) {
  begin(stream, facts, (remark){"Passed", "fuse", "Kernel", irmi_op_place(loop->kernel)});
  argument(stream, "Results", irmi_loop_results_text(facts, loop));
  text(stream, ": ");
  argument(stream, "Loop", irmi_loop_text(facts, loop));
  text(stream, "; reads ");
  bytes_argument(stream, facts, "Read", loop->read);
  text(stream, ", writes ");
  bytes_argument(stream, facts, "Written", loop->written);
  end(stream);
}

/* The whole ------------------------------------------------------------------------------------*/

static void print_peak(FILE *stream, irmi_facts *facts) {
  irm_loc none = {0};
  begin(stream, facts,
        (remark){"Analysis", "slots", "Peak",
                 facts->bound.op ? irmi_op_place(facts->bound.op) : none});
  text(stream, "the arena is ");
  argument(stream, "Peak", facts->arena_formula);
  if (facts->options->sized) {
    text(stream, " = ");
    argument(stream, "Bytes", irmi_text(facts, "%" PRIu64, facts->arena_bytes));
  }
  text(stream, " bytes, the lower bound ");
  argument(stream, "LowerBound", facts->bound_formula);
  text(stream, "; ");
  argument(stream, "Certificate", irmi_proof_text(facts));
  end(stream);
}

void irmi_remarks_print(FILE *stream, irmi_facts *facts) {
  irmi_decide(facts);
  for (uint32_t k = 0; k < facts->decision_count; k++)
    print_decision(stream, facts, &facts->decisions[k]);
  for (uint32_t k = 0; k < facts->loop_count; k++)
    print_loop(stream, facts, &facts->loops[k]);
  print_peak(stream, facts);
}
