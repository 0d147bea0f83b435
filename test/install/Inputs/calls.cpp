// The library from C++.
#include <cstdio>
#include <irmem/irmem.h>

int main() {
  irm_context *context = irm_context_create(nullptr);
  irm_graph *graph = irm_graph_create_empty(context, 5);
  std::printf("%lld nodes, %zu errors\n", (long long)irm_graph_nodes(graph),
              irm_context_error_count(context));
  irm_graph_destroy(graph);
  irm_context_destroy(context);
  return 0;
}
