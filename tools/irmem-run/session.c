/* The steps of a session: read, plan, load, bind, run, show. */
#include "session.h"

#include "common/budget.h"
#include "common/cache.h"
#include "common/context.h"
#include "common/input.h"
#include "common/packer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of --repack. */
#define USUAL_STEPS 10000000

/* The graph ------------------------------------------------------------------------------------ */

static bool touches_graph(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    irm_opcode opcode = irm_op_opcode(op);
    if (opcode == IRM_NODE_COUNT || opcode == IRM_EDGE_COUNT) return true;
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      if (irm_value_is_array(irm_op_result(op, k))) return true;
  }
  return false;
}

static bool open_graph(session *s) {
  const settings *set = s->set;
  if (set->nodes.given && set->nodes.value > UINT32_MAX - 1)
    return run_error(s->context, "--nodes takes at most %u", UINT32_MAX - 1);
  if (!set->graph && !set->nodes.given && touches_graph(s->program))
    return run_error(s->context, "no graph: give --graph=FILE, or --nodes=N for nodes alone");
  if (!set->graph) {
    s->graph = irm_graph_create_empty(s->context, (int64_t)set->nodes.value);
    return s->graph != NULL;
  }
  irm_graph_options graph = {.parts = irm_program_graph_parts(s->program),
                             .direction = set->directed     ? IRM_GRAPH_DIRECTED
                                          : set->undirected ? IRM_GRAPH_UNDIRECTED
                                                            : IRM_GRAPH_AS_FILE,
                             .vertices = set->vertices,
                             .progress = true};
  s->graph = irm_graph_open(s->context, set->graph, &graph);
  return s->graph != NULL;
}

/* The executable ------------------------------------------------------------------------------- */

static const char *pipeline_of(const settings *set) {
  static const char *const levels[] = {"O0", "O1", "O2"};
  if (set->passes) return set->passes;
  return levels[set->level ? set->level - 1 : 2];
}

/* The steps of --repack, or as many as are usual. */
static bool read_steps(const session *s, uint64_t *steps) {
  const char *text = s->set->repack;
  char *end;
  *steps = USUAL_STEPS;
  if (strcmp(text, "*") == 0) return true;
  *steps = strtoull(text, &end, 10);
  bool number = strspn(text, "0123456789") == strlen(text) && end != text && *steps < UINT64_MAX;
  return number || run_error(s->context, "--repack takes a number of steps, not '%s'", text);
}

/* Once more for the graph at hand. */
static bool repack(session *s, const irm_packer *packer) {
  uint64_t steps;
  if (!s->set->repack) return true;
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  return read_steps(s, &steps) && irm_program_repack(s->program, (uint64_t)view->nodes,
                                                     (uint64_t)view->edges, steps, packer);
}

/* For the graph at hand. */
static bool plan_within(session *s, const char *pipeline, const irm_pipeline_options *options) {
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  irm_budget budget = {
      .sized = true, .nodes = (uint64_t)view->nodes, .edges = (uint64_t)view->edges};
  tool_plan plan = {.program = s->program,
                    .alg = s->alg,
                    .real = s->set->real == 2 ? IRM_F32 : IRM_F64,
                    .pipeline = pipeline,
                    .options = *options};
  return tool_budget_read(s->context, s->set->budget, &budget) && tool_plan_within(&plan, &budget);
}

static bool run_pipeline(session *s, const char *pipeline, const irm_pipeline_options *options) {
  if (s->set->budget) return plan_within(s, pipeline, options);
  return *pipeline == '\0' || irm_pipeline_run(s->program, pipeline, options);
}

/* What was required of the plan, if one was made. */
static bool keeps_requirements(const session *s) {
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  irm_report_options options = {
      .sized = true, .nodes = (uint64_t)view->nodes, .edges = (uint64_t)view->edges};
  return irm_program_slot_count(s->program) == 0 || irm_report_required(s->program, &options);
}

static bool plan(session *s) {
  const char *pipeline = pipeline_of(s->set);
  irm_pipeline_options options = {.cache = s->cache};
  if (s->set->packer && !(options.packer = tool_packer_find(TOOL, s->context, s->set->packer)))
    return false;
  if (s->set->verify) s->as_written = irm_program_clone(s->program);
  if (s->set->interpret) return true;
  return run_pipeline(s, pipeline, &options) && keeps_requirements(s) && repack(s, options.packer);
}

static irm_executable *make_executable(const session *s) {
  if (s->set->interpret) return irm_executable_interpret(s->program);
  if (s->set->replay) return irm_executable_replay(s->program);
  irm_emit_options emit = {.profile = s->set->profile != 0,
                           .check = s->set->check,
                           .cpu = s->set->cpu ? s->set->cpu : "native",
                           .optimize = 3,
                           .cache = s->cache};
  irm_executable *compiled = irm_executable_compile(s->program, &emit);
  return compiled && s->set->check ? irm_executable_check(compiled) : compiled;
}

static tool_cache_settings cache_settings(const settings *set) {
  return (tool_cache_settings){set->cache_folder, set->cache_size.value};
}

/* Nothing is compiled for the interpreter. */
static irm_cache *open_cache(irm_context *context, const settings *set) {
  tool_cache_settings where = cache_settings(set);
  bool wanted = !set->no_cache && !set->interpret;
  return wanted ? tool_cache_open(context, &where) : NULL;
}

bool session_cache(const settings *set) {
  tool_cache_settings where = cache_settings(set);
  irm_context *context = tool_context_create();
  bool good = (!set->cache_clear || tool_cache_clear(context, &where)) &&
              (!set->cache_stats || tool_cache_print(context, &where));
  tool_context_destroy(context);
  return good;
}

/* Running -------------------------------------------------------------------------------------- */

static void *count_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  session *s = user;
  const irm_allocator *allocator = irm_context_allocator(s->context);
  s->allocated += new_bytes;
  return allocator->resize(allocator->user, block, old_bytes, new_bytes);
}

/* A run with its parameters and inputs, or NULL. */
static irm_run *bind(session *s, irm_executable *executable, const irm_allocator *allocator) {
  irm_bind_options options = {.allocator = allocator, .threads = (int)s->set->threads.value};
  irm_run *run = irm_run_bind(executable, s->graph, &options);
  if (!run) return NULL;
  if (inputs_give(&s->inputs, run)) return run;
  irm_run_destroy(run);
  return NULL;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool execute(session *s, irm_run *run) {
  size_t wanted = s->set->repeat.given ? s->set->repeat.value : 1;
  s->seconds = calloc(wanted, sizeof *s->seconds);
  irm_run_measure(run);
  for (s->runs = 0; s->runs < wanted; s->runs++) {
    double begin = now();
    if (!irm_run_execute(run)) return false;
    s->seconds[s->runs] = now() - begin;
  }
  return true;
}

/* The program as written gives the same bits by the interpreter. */
static bool verify(session *s, const irm_run *run) {
  if (!s->set->verify) return true;
  irm_executable *executable = irm_executable_interpret(s->as_written);
  irm_run *expected = bind(s, executable, NULL);
  bool good = expected && irm_run_execute(expected) && results_equal(s->context, expected, run);
  irm_run_destroy(expected);
  irm_executable_destroy(executable);
  return good;
}

static bool run_bound(session *s, irm_run *run) {
  bool good = execute(s, run);
  stage_end(&s->stage, "running");
  if (s->set->profile) good = profile_print(s, run) && good;
  if (!good || !verify(s, run)) return false;
  FILE *stream = results_on_terminal(&s->results) ? stderr : stdout;
  results_show(&s->results, run, s->graph);
  summary_print(stream, s, run);
  if (s->set->verify) fputs("verified: every bit is the reference interpreter's\n", stream);
  return true;
}

static bool run_program(session *s) {
  irm_executable *executable = make_executable(s);
  if (!executable) return false;
  stage_end(&s->stage, "compiling");
  irm_allocator counting = {count_resize, s};
  irm_run *run = bind(s, executable, &counting);
  bool good = run && run_bound(s, run);
  irm_run_destroy(run);
  irm_executable_destroy(executable);
  return good;
}

/* Inputs and outputs are looked at before the long work begins. */
static bool prepare(session *s) {
  stage_end(&s->stage, "starting");
  if (!results_open(&s->results, s->context, s->set, s->program) || !open_graph(s)) return false;
  stage_end(&s->stage, "loading the graph");
  bool good = plan(s) && inputs_read(&s->inputs, s->context, s->set, s->program, s->graph);
  stage_end(&s->stage, "planning");
  return good;
}

/* Gives what good is in the end: files are written last. */
static bool release(session *s, bool good) {
  good = results_close(&s->results, good) && good;
  inputs_release(&s->inputs);
  irm_graph_destroy(s->graph);
  if (s->as_written) irm_program_destroy(s->as_written);
  free(s->seconds);
  return good;
}

/* Bits can be compared where fast-math does not change them. */
static bool bits_count(const session *s) {
  return !s->set->verify || !irm_program_fast_math(s->program) ||
         run_error(s->context, "--verify compares every bit, which --fast-math changes");
}

bool session_run(const settings *set, const char *program) {
  session s = {.set = set, .context = tool_context_create()};
  tool_input input;
  bool good =
      tool_libraries_load(s.context, set->load.items, set->load.count) &&
      tool_input_read(s.context, program, set->real == 2 ? IRM_F32 : IRM_F64, set->real, &input);
  if (good) {
    s.program = input.program;
    s.alg = input.alg;
    if (set->fast_math) irm_program_set_fast_math(s.program, true);
    s.cache = open_cache(s.context, set);
    good = bits_count(&s) && prepare(&s) && run_program(&s);
    irm_cache_close(s.cache);
    good = release(&s, good);
    tool_input_release(&input);
  }
  tool_context_destroy(s.context);
  return good;
}
