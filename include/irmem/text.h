/* The text form of SSA (.irm): printing and parsing lose nothing.
 *
 *   program  = "algorithm" "@" name "{" op* "}" | with "slots" "{" slot* "}" behind the ops when
 * there are slots op       = [results "="] mnemonic [operands] [attribute] [placement] [":" types]
 * [regions] slot     = "slot" number ":" size ["output" "\"name\""]
 *
 *   %x = const 0.15 : f64                                floats print so that they read back equal
 *   %d = param "damping" = 0.85 : f64
 *   %w = input "x" : f64[node]                           the run must bring it
 *   %w = input "x" = 1.0 : f64[node]                     every element 1 unless the run brings it
 *   %s = neighbor_sum %x in into %y slot 2 : f64[node]   placement of an array result
 *   %t = reduce_sum %x slot 3 : f64                      workspace slot of an op without array
 * result %r, %e = loop %n carry(%r0, %e0) slot(1, _) : f64[node], f64 while(%r1, %e1) { ... yield
 * %go } do(%r2, %e2) { ... yield ... } %v = if %c : f64 { ... yield %a } else { ... yield %b }
 *   output %r "rank"
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
IRM_API void irm_type_print(FILE *stream, irm_type type);       /* "f64[node]" */
IRM_API void irm_number_print(FILE *stream, irm_number number); /* "0.15", "-inf", "true", "7" */

#endif
