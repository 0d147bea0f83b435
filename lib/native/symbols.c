/* Functions that emitted code calls. */
#include "native/symbols.h"

#include "runtime/rt.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>

#define SYMBOL(NAME)                                                                               \
  { #NAME, (void (*)(void))NAME }
const irmi_symbol irmi_symbols[] = {
    SYMBOL(irm_rt_parallel_for),
    SYMBOL(irm_rt_parallel_rows),
    SYMBOL(irm_rt_parallel_blocks),
    SYMBOL(irm_rt_place_slots),
    SYMBOL(irm_rt_deliver_outputs),
    SYMBOL(irm_rt_node_ids),
    SYMBOL(irm_rt_node_of),
    SYMBOL(irm_rt_neighbor_count),
    SYMBOL(irm_rt_neighbor_links),
    SYMBOL(irm_rt_neighbor_triangles),
    SYMBOL(irm_rt_neighbor_mode),
    SYMBOL(irm_rt_sweep_mode),
    SYMBOL(irm_rt_path_min),
    SYMBOL(irm_rt_sort),
    SYMBOL(irm_rt_order),
    SYMBOL(irm_rt_rank),
    SYMBOL(irm_rt_search),
    SYMBOL(irm_rt_step_begin),
    SYMBOL(irm_rt_step_end),
    SYMBOL(irm_rt_step_round),
    SYMBOL(irm_rt_check_step),
    SYMBOL(memcpy),
    SYMBOL(memset),
    SYMBOL(memmove),
    SYMBOL(exp),
    SYMBOL(log),
    SYMBOL(pow),
    SYMBOL(expf),
    SYMBOL(logf),
    SYMBOL(powf),
};
#undef SYMBOL
const size_t irmi_symbol_count = sizeof irmi_symbols / sizeof *irmi_symbols;

void *irmi_symbol_find(const char *name) {
  void *address = NULL;
  for (size_t k = 0; k < irmi_symbol_count; k++)
    if (strcmp(irmi_symbols[k].name, name) == 0)
      return memcpy(&address, &irmi_symbols[k].address, sizeof address), address;
  return dlsym(RTLD_DEFAULT, name);
}
