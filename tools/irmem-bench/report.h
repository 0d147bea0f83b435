/* What was measured, as a table on standard output and as JSON. */
#ifndef IRMEM_BENCH_REPORT_H
#define IRMEM_BENCH_REPORT_H

#include "contest.h"

#include <jansson.h>

/* What all contests have in common. */
void report_begin(const settings *set, json_t *document);

/* One contest: a line for each contender. False after an error was printed: results differ. */
bool report_contest(const contest *c, bool first, json_t *document);

#endif
