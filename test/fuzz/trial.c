/* What must hold of every program: it is accepted, its texts are stable, each pipeline's plan is
 * sound and computes what the reference interpreter does, replayed, compiled, and called from C. */
#include "trial.h"
#include "called.h"
#include "irmem/alg.h"
#include "irmem/builder.h"
#include "irmem/emit.h"
#include "irmem/pass.h"
#include "irmem/text.h"
#include "irmem/verify.h"
#include "oracle.h"
#include "session.h"
#include "shuffle.h"

#include <stdlib.h>
#include <string.h>

typedef struct trial {
  const fuzz_case *c;
  fuzz_failure *failure;
  fuzz_coverage *coverage; /* NULL: nobody counts */
  irm_context *context;
  fuzz_reports reports;
  irm_graph *graph;
  irm_program *program; /* as lowered */
  irm_executable *interpreter;
  fuzz_session reference; /* executed */
  uint64_t usual;         /* O1's arena, where plans are compared */
} trial;

static bool fail(trial *t, const char *kind, const char *pipeline, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static bool fail(trial *t, const char *kind, const char *pipeline, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  snprintf(t->failure->kind, sizeof t->failure->kind, "%s", kind);
  snprintf(t->failure->pipeline, sizeof t->failure->pipeline, "%s", pipeline);
  vsnprintf(t->failure->text, sizeof t->failure->text, format, arguments);
  va_end(arguments);
  return false;
}

/* Texts -----------------------------------------------------------------------------------------*/

static char *text_of_program(const irm_program *program) {
  char *text;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_text_print(stream, program);
  fclose(stream);
  return text;
}

static char *text_of_alg(const irm_alg *alg) {
  char *text;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_alg_print(stream, alg);
  fclose(stream);
  return text;
}

static char *text_of_case(const fuzz_case *c) {
  char *text;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  fuzz_print(stream, c->program);
  fclose(stream);
  return text;
}

static irm_alg *parse(trial *t, const char *text) {
  return irm_alg_parse(t->context, "fuzz.alg", text, strlen(text));
}

/* Whether what is printed reads back as what prints the same. */
static bool is_stable(trial *t, const irm_program *program, const char *pipeline) {
  char *text = text_of_program(program), *again = NULL;
  fuzz_reports_clear(&t->reports);
  irm_program *read = irm_text_parse(t->context, "fuzz.irm", text, strlen(text));
  if (read) again = text_of_program(read);
  bool same = again && strcmp(text, again) == 0;
  if (!read)
    fail(t, "text is refused", pipeline, "%s%.12000s", t->reports.text, text);
  else if (!same)
    fail(t, "text changes", pipeline, "%.8000s\nbecomes\n%.8000s", text, again);
  irm_program_destroy(read);
  free(again);
  free(text);
  return same;
}

static bool same_program(trial *t, const irm_alg *alg) {
  irm_program *program = irm_lower(alg, &(irm_lower_options){t->c->real});
  if (!program) return fail(t, "printed alg is refused", "", "%s", t->reports.text);
  char *wanted = text_of_program(t->program), *given = text_of_program(program);
  bool same = strcmp(wanted, given) == 0;
  if (!same) fail(t, "printed alg differs", "", "%.8000s\nbecomes\n%.8000s", wanted, given);
  free(wanted);
  free(given);
  irm_program_destroy(program);
  return same;
}

static bool alg_is_stable(trial *t, const irm_alg *alg) {
  char *text = text_of_alg(alg), *again = NULL;
  irm_alg *read = parse(t, text);
  if (read) again = text_of_alg(read);
  bool same = again && strcmp(text, again) == 0;
  if (!same)
    fail(t, "alg changes", "", "%s%.8000s\nbecomes\n%.8000s", t->reports.text, text,
         again ? again : "nothing");
  same = same && same_program(t, read);
  irm_alg_destroy(read);
  free(again);
  free(text);
  return same;
}

/* Exclusive or has no word in the language: some of the others become it. */
static bool make_xors(trial *t) {
  bool made = false;
  for (irm_op *op = irm_program_next_op(t->program, NULL), *next; op; op = next) {
    next = irm_program_next_op(t->program, op);
    if (irm_op_opcode(op) != IRM_OR || fuzz_mix(t->c->seed + irm_op_id(op)) % 3) continue;
    irm_value *operands[] = {irm_op_operand(op, 0), irm_op_operand(op, 1)};
    irm_value *old = irm_op_result(op, 0);
    irm_value *exclusive = irm_build_value(t->program, irm_before(op), IRM_XOR, 2, operands,
                                           irm_value_type(old), irm_op_loc(op));
    irm_value_replace_uses(old, exclusive);
    irm_op_remove(t->program, op);
    made = true;
  }
  return made;
}

static bool lower(trial *t) {
  char *text = text_of_case(t->c);
  irm_alg *alg = parse(t, text);
  if (alg) t->program = irm_lower(alg, &(irm_lower_options){t->c->real});
  if (!t->program) fail(t, alg ? "refused" : "not read", "", "%s", t->reports.text);
  bool good = t->program && alg_is_stable(t, alg);
  irm_alg_destroy(alg);
  free(text);
  return good;
}

/* Plans -----------------------------------------------------------------------------------------*/

/* The highest end of a slot in a layout, worked out slot by slot. */
static uint64_t layout_bytes(const irm_program *planned, uint32_t layout, uint64_t n, uint64_t m) {
  uint64_t *ends = calloc(irm_program_slot_count(planned) + 1, sizeof *ends), most = 0;
  for (uint32_t i = 0; i < irm_program_layout_length(planned, layout); i++) {
    irm_slot_place place = irm_program_layout_place(planned, layout, i);
    uint64_t begin = place.behind_all ? most : 0;
    for (uint32_t k = 0; k < place.behind_count; k++)
      if (ends[place.behind[k]] > begin) begin = ends[place.behind[k]];
    irm_size bytes = irm_program_slot(planned, place.slot).bytes;
    ends[place.slot] = begin + irm_size_evaluate_aligned(bytes, n, m);
    if (ends[place.slot] > most) most = ends[place.slot];
  }
  free(ends);
  return most;
}

static uint64_t arena_bytes(const irm_program *planned, uint64_t n, uint64_t m) {
  uint64_t least = UINT64_MAX;
  for (uint32_t i = 0; i < irm_program_layout_count(planned); i++) {
    uint64_t bytes = layout_bytes(planned, i, n, m);
    if (bytes < least) least = bytes;
  }
  return least;
}

static bool bound_holds(trial *t, const irm_program *planned, const irm_live_bytes *live,
                        const char *pipeline) {
  const uint64_t sizes[][2] = {{(uint64_t)t->c->graph.nodes, (uint64_t)t->c->graph.count},
                               {0, 0},
                               {1, 0},
                               {1000, 17},
                               {17, 1000},
                               {1u << 20, 1u << 24}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    uint64_t n = sizes[i][0], m = sizes[i][1], arena = arena_bytes(planned, n, m);
    irm_peak bound = irm_live_bytes_lower_bound(live, n, m);
    if (arena >= bound.bytes) continue;
    char *text = text_of_program(planned);
    fail(t, "arena below its lower bound", pipeline, "n %zu m %zu arena %zu bound %zu\n%.12000s",
         (size_t)n, (size_t)m, (size_t)arena, (size_t)bound.bytes, text);
    free(text);
    return false;
  }
  return true;
}

/* A plan for ops that run at the same time keeps all values when they run one after the other in
 * other orders. */
static bool survives_other_orders(trial *t, const irm_program *planned, const char *pipeline) {
  if (irm_program_sharing(planned) != IRM_SHARE_CONCURRENT) return true;
  fuzz_random random = {t->c->seed};
  bool good = true;
  for (int k = 0; k < 4 && good; k++) {
    irm_program *other = irm_program_clone(planned);
    fuzz_shuffle(&random, irm_program_body(other));
    irm_program_set_sharing(other, IRM_SHARE_BYTES);
    good = irm_verify(other) && irm_placement_check(other, NULL);
    char *text = good ? NULL : text_of_program(other);
    if (!good) fail(t, "another order", pipeline, "%s%.12000s", t->reports.text, text);
    free(text);
    irm_program_destroy(other);
  }
  return good;
}

static bool is_sound(trial *t, const irm_program *planned, const char *pipeline) {
  fuzz_reports_clear(&t->reports);
  if (!irm_verify(planned)) return fail(t, "verifier", pipeline, "%s", t->reports.text);
  irm_liveness *liveness = irm_liveness_create(planned);
  irm_storage *storage = irm_storage_create(planned, liveness);
  irm_live_bytes *live = irm_live_bytes_create(planned, liveness, storage);
  bool good = irm_placement_check(planned, liveness);
  if (!good) fail(t, "placement check", pipeline, "%s", t->reports.text);
  good = good && bound_holds(t, planned, live, pipeline);
  good = good && survives_other_orders(t, planned, pipeline);
  irm_live_bytes_destroy(live);
  irm_storage_destroy(storage);
  irm_liveness_destroy(liveness);
  return good && is_stable(t, planned, pipeline);
}

/* Runs ------------------------------------------------------------------------------------------*/

static bool agrees(trial *t, fuzz_session *session, const char *kind, const char *pipeline,
                   const irm_program *planned) {
  char *difference;
  size_t length;
  FILE *stream = open_memstream(&difference, &length);
  fuzz_session_execute(session, &t->reports);
  bool same = fuzz_session_same(stream, &t->reference, session);
  fclose(stream);
  if (!same) {
    char *text = text_of_program(planned);
    fail(t, kind, pipeline, "%s%.12000s", difference, text);
    free(text);
  }
  free(difference);
  return same;
}

/* What a binding asks for is what the plan comes to. */
static bool stays_in_arena(trial *t, const fuzz_session *session, const char *pipeline,
                           const irm_program *planned) {
  uint64_t bytes = arena_bytes(planned, (uint64_t)t->c->graph.nodes, (uint64_t)t->c->graph.count);
  uint64_t bound = irm_run_arena_bytes(session->run);
  return bytes == bound || fail(t, "another arena than planned", pipeline, "%zu, not %zu bytes",
                                (size_t)bound, (size_t)bytes);
}

/* Twice in one binding: what the first run leaves behind must not show. */
static bool runs_alike(trial *t, irm_executable *executable, int threads, const char *kind,
                       const char *pipeline, const irm_program *planned) {
  fuzz_session session = fuzz_session_open(executable, t->graph, t->c, threads);
  bool good = session.run || fail(t, "binding", pipeline, "%s", t->reports.text);
  good = good && stays_in_arena(t, &session, pipeline, planned);
  good = good && agrees(t, &session, kind, pipeline, planned);
  char again[48];
  snprintf(again, sizeof again, "%s again", kind);
  good = good && agrees(t, &session, again, pipeline, planned);
  if (t->coverage) t->coverage->runs += 2;
  fuzz_session_close(&session);
  return good;
}

static bool compiles_alike(trial *t, const fuzz_pipeline *pipeline, const irm_program *planned) {
  irm_emit_options options = {.optimize = pipeline->optimize,
                              .cpu = pipeline->optimize ? "native" : NULL};
  irm_executable *executable = irm_executable_compile(planned, &options);
  if (!executable) return fail(t, "compiling", pipeline->text, "%s", t->reports.text);
  bool good = runs_alike(t, executable, 1, "compiled", pipeline->text, planned) &&
              runs_alike(t, executable, 3, "compiled", pipeline->text, planned);
  irm_executable_destroy(executable);
  if (t->coverage) t->coverage->compiled++;
  return good;
}

/* As part of a program in C. */
static bool is_called_alike(trial *t, const fuzz_pipeline *pipeline, const irm_program *planned) {
  uint64_t arena = arena_bytes(planned, (uint64_t)t->c->graph.nodes, (uint64_t)t->c->graph.count);
  char *difference;
  size_t length;
  FILE *stream = open_memstream(&difference, &length);
  fuzz_reports_clear(&t->reports);
  bool same =
      fuzz_called_agrees(stream, planned, pipeline->optimize, arena, t->graph, t->c, &t->reference);
  fclose(stream);
  if (!same) {
    char *text = text_of_program(planned);
    fail(t, "called", pipeline->text, "%s%s%.12000s", t->reports.text, difference, text);
    free(text);
  }
  free(difference);
  if (t->coverage) t->coverage->runs += 2;
  return same;
}

static bool has_emitter(void) {
  return strcmp(irm_emit_llvm_version(), "none") != 0;
}

/* Pipelines -------------------------------------------------------------------------------------*/

static bool try_planned(trial *t, const fuzz_pipeline *pipeline, const irm_program *planned) {
  if (!is_sound(t, planned, pipeline->text)) return false;
  if (t->coverage && strcmp(pipeline->text, "O1") == 0)
    fuzz_cover_plan(t->coverage, planned, t->reference.finished);
  if (t->coverage)
    fuzz_cover_layouts(t->coverage, planned, (uint64_t)t->c->graph.nodes,
                       (uint64_t)t->c->graph.count);
  irm_executable *replay = irm_executable_replay(planned);
  bool good = runs_alike(t, replay, 1, "replayed", pipeline->text, planned);
  irm_executable_destroy(replay);
  if (!good) return false;
  bool compiled = pipeline->compiled || (t->c->compile_swaps && fuzz_changes_places(planned));
  return !compiled || !has_emitter() ||
         (compiles_alike(t, pipeline, planned) && is_called_alike(t, pipeline, planned));
}

/* Graphs for which arenas are compared: few and many nodes and edges, the reference first. */
static const uint64_t compared[][2] = {{1u << 20, 1u << 24},
                                       {1u << 20, 0},
                                       {1u << 20, 1u << 10},
                                       {1u << 20, 1u << 19},
                                       {1u << 20, 1u << 20},
                                       {1u << 20, 3u << 19},
                                       {1u << 20, 1u << 21},
                                       {1u << 20, 3u << 20},
                                       {1u << 10, 1u << 20},
                                       {0, 1u << 20},
                                       {1, 1},
                                       {64, 100},
                                       {100, 64},
                                       {300, 1000},
                                       {512, 511},
                                       {1000, 2500}};
enum { COMPARED = sizeof compared / sizeof *compared };

static void find_arenas(const irm_program *planned, uint64_t arenas[COMPARED]) {
  for (size_t i = 0; i < COMPARED; i++)
    arenas[i] = arena_bytes(planned, compared[i][0], compared[i][1]);
}

/* A part of what O1 needs, for remat to try. */
static irm_budget some_budget(const trial *t) {
  return (irm_budget){.bytes = irm_size_constant(t->usual / 8 * (1 + t->c->seed % 8)),
                      .sized = true,
                      .nodes = IRM_REFERENCE_NODES,
                      .edges = IRM_REFERENCE_EDGES};
}

static bool try_pipeline(trial *t, const fuzz_pipeline *pipeline, uint64_t arenas[COMPARED]) {
  irm_program *planned = irm_program_clone(t->program);
  irm_budget less = some_budget(t);
  irm_pipeline_options options = {.verify_each = true, .paranoid = true, .budget = &less};
  fuzz_reports_clear(&t->reports);
  bool good = irm_pipeline_run(planned, pipeline->text, &options) ||
              fail(t, "pipeline", pipeline->text, "%s", t->reports.text);
  good = good && try_planned(t, pipeline, planned);
  if (good) find_arenas(planned, arenas);
  irm_program_destroy(planned);
  return good;
}

/* Large graphs, sparse and dense. */
static const uint64_t regimes[][2] = {
    {1u << 20, 1u << 24}, {1u << 20, 0},        {0, 1u << 20},        {1u << 20, 1u << 17},
    {1u << 20, 1u << 19}, {1u << 20, 3u << 18}, {1u << 20, 1u << 20}, {1u << 20, 3u << 19},
    {1u << 20, 1u << 21}, {1u << 20, 5u << 20}, {1u << 20, 1u << 23}};
enum { REGIMES = sizeof regimes / sizeof *regimes };

static void find_bounds(const irm_program *program, uint64_t bounds[REGIMES]) {
  irm_liveness *liveness = irm_liveness_create(program);
  irm_storage *storage = irm_storage_create(program, liveness);
  irm_live_bytes *live = irm_live_bytes_create(program, liveness, storage);
  for (size_t i = 0; i < REGIMES; i++)
    bounds[i] = irm_live_bytes_lower_bound(live, regimes[i][0], regimes[i][1]).bytes;
  irm_live_bytes_destroy(live);
  irm_storage_destroy(storage);
  irm_liveness_destroy(liveness);
}

/* Whether a pass makes of a program what needs no more under the best hosting. */
static bool keeps_bounds(trial *t, irm_program *program, const char *pass) {
  uint64_t before[REGIMES], after[REGIMES];
  irm_pipeline_options options = {.verify_each = true, .paranoid = true};
  fuzz_reports_clear(&t->reports);
  find_bounds(program, before);
  if (!irm_pipeline_run(program, pass, &options))
    return fail(t, "pipeline", pass, "%s", t->reports.text);
  find_bounds(program, after);
  for (size_t i = 0; i < REGIMES; i++)
    if (after[i] > before[i])
      return fail(t, "a pass needs more", pass, "%zu, not %zu bytes at n = %zu, m = %zu",
                  (size_t)after[i], (size_t)before[i], (size_t)regimes[i][0],
                  (size_t)regimes[i][1]);
  return true;
}

/* So does schedule, whatever order ops are in: the order that they are put in first need not be one
 * that runs alike. And so does fuse. */
static bool passes_keep_bounds(trial *t) {
  fuzz_random random = {t->c->seed};
  irm_program *shuffled = irm_program_clone(t->program), *fused = irm_program_clone(t->program);
  fuzz_shuffle(&random, irm_program_body(shuffled));
  bool good = keeps_bounds(t, shuffled, "schedule") && keeps_bounds(t, fused, "fuse");
  irm_program_destroy(shuffled);
  irm_program_destroy(fused);
  return good;
}

/* A higher level needs no more: O1 than O0 at the reference, O2 than O1 anywhere. */
static bool needs_no_more(trial *t, const char *level, const uint64_t *arenas,
                          const uint64_t *lower, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (arenas[i] > lower[i])
      return fail(t, "needs more than a lower level", level, "n %zu m %zu: %zu, not %zu bytes",
                  (size_t)compared[i][0], (size_t)compared[i][1], (size_t)arenas[i],
                  (size_t)lower[i]);
  return true;
}

static bool try_pipelines(trial *t) {
  uint64_t arenas[COMPARED], none[COMPARED], first[COMPARED];
  memset(none, 0xff, sizeof none);
  memset(first, 0xff, sizeof first);
  for (uint32_t i = 0; i < t->c->pipeline_count; i++) {
    const fuzz_pipeline *pipeline = &t->c->pipelines[i];
    if (!try_pipeline(t, pipeline, arenas)) return false;
    if (strcmp(pipeline->text, "O0") == 0) memcpy(none, arenas, sizeof none);
    if (strcmp(pipeline->text, "O1") == 0) {
      memcpy(first, arenas, sizeof first);
      t->usual = arenas[0];
      if (!needs_no_more(t, "O1", arenas, none, 1)) return false;
    }
    if (strcmp(pipeline->text, "O2") == 0 && !needs_no_more(t, "O2", arenas, first, COMPARED))
      return false;
  }
  return true;
}

static void close_reference(trial *t) {
  fuzz_session_close(&t->reference);
  irm_executable_destroy(t->interpreter);
  t->reference = (fuzz_session){0};
  t->interpreter = NULL;
}

static bool run_reference(trial *t) {
  close_reference(t);
  t->interpreter = irm_executable_interpret(t->program);
  t->reference = fuzz_session_open(t->interpreter, t->graph, t->c, 1);
  if (!t->reference.run) return fail(t, "binding", "", "%s", t->reports.text);
  fuzz_session_execute(&t->reference, &t->reports);
  return true;
}

/* Lowering against the tree itself. */
static bool means_what_it_says(trial *t) {
  char *difference;
  size_t length;
  FILE *stream = open_memstream(&difference, &length);
  bool same = fuzz_oracle_agrees(stream, t->c, &t->reference);
  fclose(stream);
  if (!same) {
    char *text = text_of_program(t->program);
    fail(t, "lowered to something else", "", "%s%.12000s", difference, text);
    free(text);
  }
  free(difference);
  return same;
}

/* What is printed and read again computes the same; errors are at other lines there. */
static bool runs_alike_as_read(trial *t) {
  char *text = text_of_program(t->program);
  irm_program *read = irm_text_parse(t->context, "fuzz.irm", text, strlen(text));
  irm_executable *interpreter = irm_executable_interpret(read);
  fuzz_session session = fuzz_session_open(interpreter, t->graph, t->c, 1);
  bool same;
  if (t->reference.finished) {
    same = agrees(t, &session, "text computes something else", "", read);
  } else {
    fuzz_session_execute(&session, &t->reports);
    same = !session.finished || fail(t, "text loses an error", "", "%.12000s", text);
  }
  fuzz_session_close(&session);
  irm_executable_destroy(interpreter);
  irm_program_destroy(read);
  free(text);
  return same;
}

/* The oracle knows the language, so what has no word in it comes in behind its judgement. */
static bool settle_reference(trial *t) {
  if (!run_reference(t) || !means_what_it_says(t)) return false;
  if (make_xors(t) && !run_reference(t)) return false;
  if (t->coverage) fuzz_cover_run(t->coverage, t->program, t->reference.finished);
  return is_stable(t, t->program, "") && runs_alike_as_read(t);
}

bool fuzz_try(const fuzz_case *c, fuzz_failure *failure, fuzz_coverage *coverage) {
  trial t = {.c = c, .failure = failure, .coverage = coverage};
  t.context = irm_context_create(NULL);
  irm_context_set_diag_handler(t.context, fuzz_reports_collect, &t.reports);
  t.graph = fuzz_graph_build(t.context, &c->graph);
  bool good = t.graph || fail(&t, "graph", "", "%s", t.reports.text);
  good = good && lower(&t) && settle_reference(&t) && passes_keep_bounds(&t) && try_pipelines(&t);
  close_reference(&t);
  irm_program_destroy(t.program);
  irm_graph_destroy(t.graph);
  irm_context_destroy(t.context);
  return good;
}
