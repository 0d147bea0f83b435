/* What plain loops over triangles share. */
#ifndef IRMEM_BENCH_PLAIN_GROUPS_H
#define IRMEM_BENCH_PLAIN_GROUPS_H

#include "plain.h"

/* In how many triangles each node is; undirected graphs. plain_take's memory. */
uint32_t *plain_triangles(plain_problem *problem);

#endif
