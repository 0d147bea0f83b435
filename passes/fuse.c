/* fuse: several array ops become one loop.
 *
 *   before                                    after
 *     %a = mul %x, %c : f64[node]               %s, %y = kernel node with(%x, %c) ... do(%1, %2) {
 *     %s = reduce_sum %a : f64                    %a = mul %1, %2 : f64[node]
 *     %y = add %a, %x : f64[node]                 %3 = reduce_sum %a : f64
 *                                                 %4 = add %a, %1 : f64[node]
 *                                                 yield %3, %4
 *                                               }
 *
 * so that %a needs no array. Joined are element-wise ops, index and degree, reductions,
 * aggregations over arcs and the ends of edges, over one space (cluster.c says which); what is
 * cheap is computed again where it is read, also across loops and branches (cost.c says what). What
 * a kernel computes is read at other indexes only behind it.
 *
 * Fusing may raise the peak of live bytes: a kernel cannot write over what it gathers, and has all
 * its results at once. So the program as it was and as it would be are compared by what they need
 * under the best legal hosting, on graphs of all kinds; where the fused one needs more, what is
 * alive there is fused carefully in another try: an op only joins where its result takes the place
 * of an array that it alone reads. fuse<all> does not ask.
 *
 * Left alone: ops that may trap, whole-array ops, and control flow. They keep their order; pure ops
 * may move past them. A single op stays as it is.
 */
#include "fuse/build.h"
#include "fuse/peak.h"

#include "irmem/plugin.h"

#include <string.h>

/* So many ops are fused and looked at in all, where that is more than two tries. */
#define MOST_OPS_TRIED 60000
#define MOST_TRIES     8

/* A program with kernels, and how they came about. */
typedef struct fusion {
  irm_program *program;
  irmi_facts facts;
  irmi_clusters clusters;
  irmi_built built;
} fusion;

static fusion fuse(irm_program *program, const bool *careful, irm_pass_env *env) {
  size_t ops = irm_program_op_bound(program), values = irm_program_value_bound(program);
  fusion f = {.program = program,
              .facts = {.program = program,
                        .of = irm_env_alloc(env, ops, sizeof(irmi_fact)),
                        .careful = careful},
              .clusters = {.items = irm_env_alloc(env, ops, sizeof(irmi_cluster)),
                           .next = irm_env_alloc(env, ops, sizeof(irm_op *)),
                           .last_step = irm_env_alloc(env, values, sizeof(uint32_t)),
                           .last_inside = irm_env_alloc(env, values, sizeof(uint32_t))}};
  irmi_find_facts(&f.facts);
  irmi_form_clusters(&f.clusters, &f.facts);
  f.built = irmi_build_kernels(program, &f.clusters, &f.facts, env);
  return f;
}

/* Where it needs more ----------------------------------------------------------------------------
 */

/* The ops that are to be fused carefully, by their ids in copies of the program. */
typedef struct blame {
  const fusion *fused;
  bool *careful;
  uint32_t *cluster_of; /* by op id: the cluster whose kernel it is, counted from 1 */
  uint32_t count;       /* more than there were */
} blame;

static void blame_op(blame *b, const irm_op *op) {
  bool *careful = &b->careful[irm_op_id(op)];
  if (*careful) return;
  *careful = true;
  b->count++;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irmi_fact *read = irmi_fact_of(&b->fused->facts, irm_op_operand(op, i));
    if (read && read->arc) blame_op(b, irm_value_op(irm_op_operand(op, i)));
  }
}

/* The members of a kernel, if that is what it is. */
static void blame_kernel(blame *b, const irm_op *op) {
  uint32_t number = op ? b->cluster_of[irm_op_id(op)] : 0;
  if (!number) return;
  const irmi_clusters *clusters = &b->fused->clusters;
  for (irm_op *at = clusters->items[number - 1].first; at; at = clusters->next[irm_op_id(at)])
    blame_op(b, at);
}

/* The kernels that make and read what is alive where a peak is. */
static void blame_peak(blame *b, const irmi_peaks *peaks, irm_peak peak, irm_pass_env *env) {
  uint32_t room = irm_program_value_bound(b->fused->program);
  const irm_value **alive = irm_env_alloc(env, room, sizeof *alive);
  uint32_t count = irm_live_bytes_values_at(peaks->live, peak.op, alive, room);
  blame_kernel(b, peak.op);
  for (uint32_t i = 0; i < count; i++) {
    blame_kernel(b, irm_value_op(alive[i]));
    for (irm_use *use = irm_value_first_use(alive[i]); use; use = irm_use_next(use))
      blame_kernel(b, irm_use_op(use));
  }
}

/* Blames what is alive where the fused program needs more; false: it nowhere does. */
static bool find_blame(blame *b, const irmi_peaks *before, irm_pass_env *env) {
  irmi_peaks after = irmi_peaks_of(b->fused->program);
  const irm_op *last = NULL;
  bool higher = false;
  for (unsigned i = 0; i < IRMI_GRAPHS; i++) {
    if (after.at[i].bytes <= before->at[i].bytes) continue;
    higher = true;
    if (after.at[i].op != last) blame_peak(b, &after, after.at[i], env);
    last = after.at[i].op;
  }
  irmi_peaks_free(&after);
  return higher;
}

static uint32_t *clusters_of_kernels(const fusion *f, irm_pass_env *env) {
  uint32_t *clusters = irm_env_alloc(env, irm_program_op_bound(f->program), sizeof *clusters);
  for (uint32_t i = 0; i < f->clusters.count; i++)
    if (f->clusters.items[i].kernel) clusters[irm_op_id(f->clusters.items[i].kernel)] = i + 1;
  return clusters;
}

/* Whether the fused program needs more than before; what is to be done carefully then. */
static bool needs_more(const fusion *f, const irmi_peaks *before, bool *careful, size_t ops,
                       irm_pass_env *env) {
  blame b = {.fused = f, .careful = careful, .cluster_of = clusters_of_kernels(f, env)};
  if (!find_blame(&b, before, env)) return false;
  if (b.count == 0) memset(careful, true, ops);
  return true;
}

/* Trying -----------------------------------------------------------------------------------------
 */

static uint32_t tries_for(size_t ops) {
  size_t tries = MOST_OPS_TRIED / (ops + 1);
  return tries < 2 ? 2 : tries > MOST_TRIES ? MOST_TRIES : (uint32_t)tries;
}

/* Fuses copies, each more carefully than the one before, until one nowhere needs more. */
static irmi_built fuse_within_peak(irm_program *program, bool carefully, irm_pass_env *env) {
  irmi_peaks before = irmi_peaks_of(program);
  irm_program *copy = irm_program_clone(program);
  size_t ops = irm_program_op_bound(copy);
  bool *careful = irm_env_alloc(env, ops, sizeof *careful);
  irmi_built built = {0};
  for (uint32_t tries = carefully ? 1 : tries_for(ops); tries > 0; tries--) {
    if (tries == 1) memset(careful, true, ops);
    fusion f = fuse(copy, careful, env);
    bool none = f.built.kernels == 0;
    if (none || !needs_more(&f, &before, careful, ops, env)) {
      built = f.built;
      break;
    }
    irm_program_destroy(copy);
    copy = irm_program_clone(program);
  }
  irmi_peaks_free(&before);
  if (built.kernels)
    irm_program_replace(program, copy);
  else
    irm_program_destroy(copy);
  return built;
}

static irmi_built fuse_all(irm_program *program, irm_pass_env *env) {
  bool *careful = irm_env_alloc(env, irm_program_op_bound(program), sizeof *careful);
  return fuse(program, careful, env).built;
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  bool placed = irm_program_clear_placement(program);
  const char *option = irm_env_word(env, "how") ? irm_env_word(env, "how") : "";
  irmi_built built = strcmp(option, "all") == 0
                         ? fuse_all(program, env)
                         : fuse_within_peak(program, strcmp(option, "careful") == 0, env);
  irm_env_count(env, "kernels", built.kernels);
  irm_env_count(env, "ops in kernels", built.ops);
  return placed || built.kernels || built.removed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

static const irm_option options[] = {
    {.name = "how",
     .kind = IRM_OPTION_WORD,
     .words = "all,careful",
     .help = "all that may be, whatever the peak; or not where the lower bound might rise"},
    {0}};

IRM_PASS_DEFINE(fuse, .name = "fuse", .summary = "make one loop of several array ops",
                .options = options, .run = run)
