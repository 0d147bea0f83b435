/* The text form of SSA (.irm): printing and parsing lose nothing.
 *
 *   program   = "algorithm" "@" name ["fast"] "{" op* [slots] "}"
 *   op        = [results "="] mnemonic [direction] [operands] [literal] [placement] [":" types]
 *               regions of loop and if, the body of a kernel follow
 *   placement = ["into" value] ["slot" number] ["workspace" "slot" number]
 *             | ["into" "(" hosts ")"] ["slot" "(" slots ")"] ["workspace" "slot" number]
 *   slots     = "slots" ["typed" | "concurrent"] "{" slot* layout* "}"
 *   slot      = "slot" number ":" size ["output" "name in quotes" | place]
 *   place     = "at" "0" | "behind" number ("," number)*
 *   layout    = "layout" "{" ("slot" number [":" place])* "}"
 *
 * An op is one line, its regions apart; a comment goes from ; to the end of the line. A name is
 * letters, digits, _ . and -, or any text in quotes: %rank, %0, %x.1, %"my rank".
 *
 *   %x = const 0.15 : f64                               floats print so that they read back equal
 *   %d = param "damping" = 0.85 : f64                   the default may be missing
 *   %w = input "weight" : f64[edge]
 *   %s = neighbor_sum in %x into %y slot 2 : f64[node]  the placement of an array result
 *   %t = reduce_sum %x workspace slot 3 : f64           the slot of an op's partial results
 *   %r, %e = loop %n carry(%r0, %e0) slot(1, _) : f64[node], f64 while(%r1, %e1) {
 *     ...
 *     yield %go
 *   } do(%r2, %e2) {
 *     ...
 *     yield %r3, %e3
 *   }
 *   %v = if %c slot(1) : f64[node] {
 *     ...
 *     yield %a
 *   } else {
 *     ...
 *     yield %b
 *   }
 *   %c, %s = kernel node with(%x) into(%x, _) slot(1, _) : f64[node], f64 do(%a) {
 *     ...
 *     yield %p, %q
 *   }
 *   output %r "rank"
 *   slots {
 *     slot 0: 8n output "rank"
 *     slot 1: 8n + 4m + 64
 *     slot 2: min(512, n)
 *     slot 3: 4m at 0
 *     slot 4: 8n behind 1, 3
 *     layout {
 *       slot 3
 *       slot 4
 *       slot 1: at 0
 *       slot 2: behind 1
 *     }
 *   }
 *
 * A result with ! behind its name is required to be written in place:  %x! = add %a, %b : f64[node]
 *
 * A loop without a count, without carried values or without a condition leaves that part out; it
 * has a count (a scalar i64) or a condition. Slots of a loop or an if are one for each result, _
 * for none; those of a loop are its arguments' too. Regions nest 200 deep at most. A slot without
 * a place lies behind all before it (irm_slot_place); it names slots before it only.
 *
 * docs/language.md has one example of each construct. */
#ifndef IRMEM_TEXT_H
#define IRMEM_TEXT_H

#include "irmem/ir.h"

/* NULL after errors were reported: as many as can be found in one go, with line, column and caret.
 * The result is verified. */
IRM_API irm_program *irm_text_parse(irm_context *context, const char *file, const char *text,
                                    size_t length);
IRM_API void irm_text_print(FILE *stream, const irm_program *program);
/* One op without its regions, as in the program's text, without line end. */
IRM_API void irm_text_print_op(FILE *stream, const irm_op *op);
/* The same without placement: what it computes, not where. */
IRM_API void irm_text_print_op_unplaced(FILE *stream, const irm_op *op);
IRM_API void irm_type_print(FILE *stream, irm_type type);       /* "f64[node]" */
IRM_API void irm_number_print(FILE *stream, irm_number number); /* "0.15", "-inf", "true", "7" */

#endif
