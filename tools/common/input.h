/* Reading a program by what the user calls it: a file, standard input, or an algorithm that ships.
 */
#ifndef IRMEM_TOOLS_INPUT_H
#define IRMEM_TOOLS_INPUT_H

#include "irmem/alg.h"

typedef struct tool_input {
  irm_alg *alg;         /* what was read; NULL for .irm */
  irm_program *program; /* its SSA, no pass run */
} tool_input;

/* spec is a file (.alg, .irm or .json; by content under other names), "-" for standard input, or
 * the bare name of a shipped algorithm, "pagerank". real is the element type of the language's
 * real; real_given: the user asked for it, which .irm cannot honour. False after errors were
 * reported; then there is nothing to release. */
bool tool_input_read(irm_context *context, const char *spec, irm_elem real, bool real_given,
                     tool_input *input);
/* For who has no more use for it: of a large program it takes as much memory as the program. */
void tool_input_forget_alg(tool_input *input);
void tool_input_release(tool_input *input);

#endif
