/* A graph that algorithms are measured on, in memory and as the files that other programs read. */
#ifndef IRMEM_BENCH_SUBJECT_H
#define IRMEM_BENCH_SUBJECT_H

#include "irmem/irmem.h"

typedef enum subject_format {
  SUBJECT_SG,
  SUBJECT_WSG,
  SUBJECT_MTX,
  SUBJECT_GRB,     /* not written here: another program makes it of SUBJECT_MTX */
  SUBJECT_SOURCES, /* nodes to begin at */
  SUBJECT_FORMATS
} subject_format;

typedef struct subject {
  const char *spec;
  irm_graph *graph;
  char *files[SUBJECT_FORMATS]; /* drafts, or NULL: not written so far */
} subject;

/* Where all weights would be 1, edges get whole weights from 1 to 255, the same on every machine.
 * False after an error was reported. */
bool subject_open(irm_context *context, const char *spec, unsigned parts, subject *s);
void subject_release(subject *s);

/* The graph's file in a format, written at the first call; NULL after an error was printed. */
const char *subject_file(subject *s, subject_format format);

/* An empty file in place of a format's, if there is none so far; NULL after an error was printed.
 */
const char *subject_draft(subject *s, subject_format format);

/* A node with arcs, another one for each turn. */
int64_t subject_source(const subject *s, int64_t turn);

/* Of a row of the out-direction. */
int64_t subject_largest_degree(const subject *s);

#endif
