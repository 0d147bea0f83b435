/* fuse: several array ops become one loop.
 *
 *   before                                    after
 *     %a = mul %x, %c : f64[node]               %s, %y = kernel node with(%x, %c) : ... do(%x.1,
 * %c.1) { %s = reduce_sum %a : f64                    %a = mul %x.1, %c.1 : f64[node] %y = add %a,
 * %x : f64[node]                 %s.1 = reduce_sum %a : f64 %y.1 = add %a, %x.1 : f64[node] yield
 * %s.1, %y.1
 *                                               }
 *
 * so that %a needs no array. Joined are element-wise ops, index and degree, reductions,
 * aggregations over arcs and the ends of edges, over one space (cluster.c says which); what is
 * cheap is computed again where it is read, also across loops and branches (cost.c says what). What
 * a kernel computes is read at other indexes only behind it.
 *
 * Left alone: ops that may trap, whole-array ops, and control flow. They keep their order; pure ops
 * may move past them. A single op stays as it is.
 */
#include "fuse/build.h"

#include "irmem/plugin.h"

static irmi_built fuse(irm_program *program, irm_pass_env *env) {
  size_t ops = irm_program_op_bound(program), values = irm_program_value_bound(program);
  irmi_facts facts = {.program = program, .of = irm_env_alloc(env, ops, sizeof(irmi_fact))};
  irmi_clusters clusters = {.facts = &facts,
                            .items = irm_env_alloc(env, ops, sizeof(irmi_cluster)),
                            .next = irm_env_alloc(env, ops, sizeof(irm_op *)),
                            .last_step = irm_env_alloc(env, values, sizeof(uint32_t)),
                            .last_inside = irm_env_alloc(env, values, sizeof(uint32_t))};
  irmi_find_facts(&facts);
  irmi_form_clusters(&clusters);
  return irmi_build_kernels(program, &clusters, env);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  bool placed = irm_program_clear_placement(program);
  irmi_built built = fuse(program, env);
  irm_env_count(env, "kernels", built.kernels);
  irm_env_count(env, "ops in kernels", built.ops);
  return placed || built.kernels || built.removed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(fuse, .name = "fuse", .summary = "make one loop of several array ops", .run = run)
