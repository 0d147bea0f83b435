/* The header of an algorithm. */
#include "contract/contract.h"
#include "irmem/emit.h"
#include "runtime/contract.h"
#include "support/number.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef struct writer {
  FILE *stream;
  const irmi_contract *contract;
} writer;

/* A text of the user's in a comment, which it must not end. */
static void write_comment(FILE *stream, const char *text) {
  for (; *text; text++) {
    bool plain = isprint((unsigned char)*text) && *text != '\\' && *text != '?';
    bool ends = *text == '/' || *text == '*';
    fputc(plain && !ends ? *text : ends ? '|' : '_', stream);
  }
}

static const char *c_type(irm_elem elem) {
  switch (elem) {
  case IRM_F64: return "double";
  case IRM_F32: return "float";
  case IRM_I64: return "int64_t";
  case IRM_I32: return "int32_t";
  case IRM_I1: break;
  }
  return "uint8_t";
}

static const char *length_of(irm_space space) {
  return space == IRM_NODE ? "n" : space == IRM_EDGE ? "m" : "1";
}

static void write_real(FILE *stream, double value, bool single) {
  char text[IRMI_REAL_ROOM];
  if (isnan(value)) {
    fputs("NAN", stream);
  } else if (isinf(value)) {
    fputs(value < 0 ? "-INFINITY" : "INFINITY", stream);
  } else {
    irmi_real_write(text, value, single);
    fprintf(stream, "%s%s", text, single ? "f" : "");
  }
}

/* The least integers have no literal of their own. */
static void write_number(FILE *stream, irm_number number) {
  if (irm_elem_is_float(number.elem))
    write_real(stream, number.as.f, number.elem == IRM_F32);
  else if (number.as.i == INT64_MIN)
    fputs("INT64_MIN", stream);
  else if (number.elem == IRM_I32 && number.as.i == INT32_MIN)
    fputs("INT32_MIN", stream);
  else
    fprintf(stream, "%" PRId64, number.as.i);
}

static bool needs_math(const irmi_contract_items *params) {
  for (uint32_t k = 0; k < params->count; k++)
    if (params->items[k].has_default && irm_elem_is_float(params->items[k].type.elem) &&
        !isfinite(params->items[k].number.as.f))
      return true;
  return false;
}

/* Structures ----------------------------------------------------------------------------------- */

/* How it is called in the program, where C does not allow that. */
static void write_written(FILE *stream, const irmi_contract_item *item) {
  if (strcmp(item->name, item->written) == 0) return;
  fputs("; in the program: ", stream);
  write_comment(stream, item->written);
}

static void write_param(FILE *stream, const irmi_contract_item *param) {
  fprintf(stream, "  %s %s; /* ", c_type(param->type.elem), param->name);
  if (param->type.elem == IRM_I1) fputs("0 or 1, ", stream);
  if (param->has_default) {
    fputs("default ", stream);
    write_number(stream, param->number);
  } else {
    fputs("no default", stream);
  }
  write_written(stream, param);
  fputs(" */\n", stream);
}

static void write_array(FILE *stream, const irmi_contract_item *item, const char *access) {
  fprintf(stream, "  %s%s *%s; /* %s", access, c_type(item->type.elem), item->name,
          length_of(item->type.space));
  if (item->type.elem == IRM_I1) fputs(", each 0 or 1", stream);
  if (item->has_default) {
    fputs("; the program's default is ", stream);
    write_number(stream, item->number);
    fputs(" in each", stream);
  }
  write_written(stream, item);
  fputs(" */\n", stream);
}

static void write_params(const writer *w) {
  const irmi_contract_items *params = &w->contract->params;
  fputs("typedef struct ", w->stream);
  fprintf(w->stream, "%s_params {\n", w->contract->name);
  for (uint32_t k = 0; k < params->count; k++)
    write_param(w->stream, &params->items[k]);
  if (params->count == 0) fputs("  char none;\n", w->stream);
  fprintf(w->stream, "} %s_params;\n\n", w->contract->name);
}

static void write_arrays(const writer *w, const irmi_contract_items *all, const char *kind,
                         const char *access) {
  fprintf(w->stream, "typedef struct %s_%s {\n", w->contract->name, kind);
  for (uint32_t k = 0; k < all->count; k++)
    write_array(w->stream, &all->items[k], access);
  if (all->count == 0) fputs("  char none;\n", w->stream);
  fprintf(w->stream, "} %s_%s;\n\n", w->contract->name, kind);
}

/* What has no default is an argument, so that nobody forgets it. */
static void write_defaults(const writer *w) {
  const irmi_contract_items *params = &w->contract->params;
  const char *name = w->contract->name, *before = "";
  fprintf(w->stream, "static inline %s_params %s_defaults(", name, name);
  for (uint32_t k = 0; k < params->count; k++) {
    const irmi_contract_item *param = &params->items[k];
    if (param->has_default) continue;
    fprintf(w->stream, "%s%s %s", before, c_type(param->type.elem), param->name);
    before = ", ";
  }
  fprintf(w->stream, "%s) {\n  %s_params filled = {", *before ? "" : "void", name);
  for (uint32_t k = 0; k < params->count; k++) {
    const irmi_contract_item *param = &params->items[k];
    if (k > 0) fputs(", ", w->stream);
    if (param->has_default)
      write_number(w->stream, param->number);
    else
      fputs(param->name, w->stream);
  }
  fprintf(w->stream, "%s};\n  return filled;\n}\n\n", params->count == 0 ? "0" : "");
}

/* Comments ------------------------------------------------------------------------------------- */

static void write_reads(const writer *w) {
  static const char *const names[] = {"in_offsets",  "out_offsets", "in_targets",
                                      "out_targets", "in_edges",    "out_edges",
                                      "weights",     "sources",     "targets"};
  const char *before = "";
  fputs(" * Of the graph it reads: ", w->stream);
  for (unsigned k = 0; k < sizeof names / sizeof *names; k++) {
    if (!(w->contract->reads >> k & 1)) continue;
    fprintf(w->stream, "%s%s", before, names[k]);
    before = ", ";
  }
  fprintf(w->stream, "%s; ids of %d bits.\n", *before ? "" : "its size", w->contract->id_bits);
}

static void write_faults(const writer *w) {
  const irmi_contract *contract = w->contract;
  if (contract->fault_count == 0) return;
  fputs(" * Its own errors:\n", w->stream);
  for (uint32_t k = 0; k < contract->fault_count; k++) {
    fprintf(w->stream, " *   %" PRIu32 "  ", k + 1);
    write_comment(w->stream, contract->faults[k].text);
    fputc('\n', w->stream);
  }
}

static void write_head(const writer *w) {
  const char *name = w->contract->name;
  fprintf(w->stream, "/* %s, as irmem compiled it.\n *\n", name);
  write_reads(w);
  write_faults(w);
  fputs(
      " * Lengths are in nodes (n), edges (m), or 1. No two of the arrays of a call overlap. */\n",
      w->stream);
  fprintf(w->stream, "#ifndef IRMEM_GENERATED_%s_H\n#define IRMEM_GENERATED_%s_H\n\n", name, name);
}

/* Functions ------------------------------------------------------------------------------------ */

static void write_functions(const writer *w) {
  const char *n = w->contract->name;
  FILE *to = w->stream;
  fputs("/* Bytes of workspace for n nodes and m edges, a multiple of 64; SIZE_MAX: a size is "
        "below 0\n"
        " * or no memory is that large. */\n",
        to);
  fprintf(to, "size_t %s_workspace_size(int64_t n, int64_t m);\n\n", n);
  fputs("/* Runs once. Allocates nothing and keeps nothing: any number of runs may go on at once, "
        "each\n"
        " * with its own workspace and outputs. The workspace begins at a multiple of 64 bytes and "
        "may\n"
        " * hold anything, arrays of outputs begin at multiples of 8. params may be NULL where "
        "each has\n"
        " * a default: it means these; inputs and outputs may be NULL where there are none. The "
        "result\n"
        " * is IRM_RUN_DONE or an error, below 0 if nothing was written. */\n",
        to);
  fprintf(to,
          "int %s_run(const irm_csr *graph, const %s_params *params, const %s_inputs *inputs,\n"
          "    const %s_outputs *outputs, void *workspace, size_t workspace_bytes);\n\n",
          n, n, n, n);
  fputs("/* What a result means, valid for ever; the line of the program that an error is of, or "
        "0. */\n",
        to);
  fprintf(to, "const char *%s_error_text(int error);\nint %s_error_line(int error);\n\n", n, n);
  fputs("/* Makes what the algorithm reads and a directed graph lacks, from the rows of one "
        "direction:\n"
        " * the other direction, and the edges of arcs, edge k being the k-th arc given where they "
        "are\n"
        " * not numbered. The arrays are in the workspace, which begins at a multiple of 64 bytes. "
        "The\n"
        " * result is as a run's: IRM_RUN_DONE, and the graph has all that is read. */\n",
        to);
  fprintf(to,
          "size_t %s_transpose_size(const irm_csr *graph);\n"
          "int %s_transpose(irm_csr *graph, void *workspace, size_t workspace_bytes);\n\n",
          n, n);
}

static void write_header(const writer *w) {
  const char *open = "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  write_head(w);
  fputs(irmi_csr_text, w->stream);
  fputs(needs_math(&w->contract->params) ? "\n#include <math.h>\n\n" : "\n", w->stream);
  fputs(open, w->stream);
  write_params(w);
  write_defaults(w);
  write_arrays(w, &w->contract->inputs, "inputs", "const ");
  write_arrays(w, &w->contract->outputs, "outputs", "");
  write_functions(w);
  fputs("#ifdef __cplusplus\n}\n#endif\n\n#endif\n", w->stream);
}

bool irm_emit_header(FILE *stream, const irm_program *program, const irm_emit_options *options) {
  irmi_contract contract;
  irmi_arena arena;
  irmi_arena_init(&arena, irm_context_allocator(irm_program_context(program)));
  bool good = irmi_contract_describe(&contract, program, options ? options->id_bits : 0, &arena);
  writer w = {stream, &contract};
  if (good) write_header(&w);
  irmi_arena_destroy(&arena);
  return good;
}
