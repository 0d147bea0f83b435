/* Ranks the nodes of a graph of its own by an algorithm of its own, in one block of memory. */
#include <irmem/irmem.h>
#include <stdio.h>

static const char text[] =
    "algorithm ranks(rounds: int = 20) -> rank {\n"
    "  rank = node(1 / n)\n"
    "  repeat rounds { rank = 0.15 / n + 0.85 * in_sum(rank / max(out_degree(), 1)) }\n"
    "}\n";

static void show(void *user, const irm_diag *diag) {
  irm_diag_print(user, diag);
}

static void print(irm_run *run) {
  irm_output rank = irm_run_output(run, 0);
  for (size_t i = 0; i < rank.count; i++)
    printf("%zu %.4f\n", i, ((const double *)rank.elements)[i]);
  printf("arena: %llu bytes\n", (unsigned long long)irm_run_arena_bytes(run));
}

int main(void) {
  const int64_t source[] = {0, 1, 2, 3}, target[] = {1, 2, 0, 0};
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, show, stderr);
  irm_alg *alg = irm_alg_parse(context, "ranks", text, sizeof text - 1);
  irm_program *program = alg ? irm_lower(alg, &(irm_lower_options){.real = IRM_F64}) : NULL;
  irm_executable *code = NULL;
  if (program && irm_pipeline_run(program, "O2", NULL))
    code = irm_emit_available() ? irm_executable_compile(program, NULL)
                                : irm_executable_replay(program);
  unsigned parts = program ? irm_program_graph_parts(program) : 0;
  irm_graph *graph = irm_graph_create(context, 4, 4, source, target, NULL, true, parts);
  irm_run *run = code && graph ? irm_run_bind(code, graph, NULL) : NULL;
  bool good = run && irm_run_execute(run);
  if (good) print(run);
  if (run) irm_run_destroy(run);
  if (graph) irm_graph_destroy(graph);
  if (code) irm_executable_destroy(code);
  if (program) irm_program_destroy(program);
  if (alg) irm_alg_destroy(alg);
  irm_context_destroy(context);
  return good ? 0 : 1;
}
