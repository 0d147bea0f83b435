/* Generated code, called as a program in C calls it. */
#ifndef IRMEM_TEST_FUZZ_CALLED_H
#define IRMEM_TEST_FUZZ_CALLED_H

#include "session.h"

/* Whether the object of a planned program, called as its header says, gives what the session did in
 * a workspace of the plan's arena bytes; else writes how it differs. Every array ends where its
 * last element does, in front of a page that nobody may touch; what is only read lies in pages that
 * nobody may write; of the graph there is only what the contract says is read. Freestanding or not,
 * and how wide ids are, the case's seed says. */
bool fuzz_called_agrees(FILE *difference, const irm_program *planned, int optimize, uint64_t arena,
                        const irm_graph *graph, const fuzz_case *c, const fuzz_session *wanted);

#endif
