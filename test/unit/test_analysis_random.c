/* Analyses of random structured programs against brute force: lifetimes against executed traces,
 * live bytes against sums over all storages, the lower bound against plans under random legal
 * hosting. */
#include "draw.h"
#include "suite.h"

#include "irmem/analysis.h"
#include "irmem/builder.h"
#include "irmem/verify.h"

#include "analysis/values.h"
#include "support/alloc.h"

#include <check.h>
#include <stdlib.h>

/* Random programs ------------------------------------------------------------------------------ */

#define MOST_VISIBLE 256

typedef struct maker {
  uint64_t state; /* of the random numbers */
  irm_program *program;
  irm_value *visible[MOST_VISIBLE]; /* arrays that may be read */
  uint32_t visible_count;
  uint32_t depth, ops_left;
  bool fresh; /* what control flow hands over is made for it, so that its storages are legal */
} maker;

static const irm_type f64_node = {IRM_F64, IRM_NODE}, f64_edge = {IRM_F64, IRM_EDGE},
                      f64 = {IRM_F64, IRM_SCALAR};
static const irm_type i1_node = {IRM_I1, IRM_NODE}, i1 = {IRM_I1, IRM_SCALAR},
                      i64 = {IRM_I64, IRM_SCALAR};

static uint32_t draw(maker *m, uint32_t below) {
  return draw_below(&m->state, below);
}

static irm_value *scalar(maker *m, irm_region *region, irm_type type) {
  irm_number number = {.elem = type.elem};
  return irm_build_const(m->program, irm_at_end(region), number, (irm_loc){0});
}

static irm_value *build(maker *m, irm_region *region, irm_opcode opcode, uint32_t count,
                        irm_value **operands, irm_type type) {
  irm_value *value =
      irm_build_value(m->program, irm_at_end(region), opcode, count, operands, type, (irm_loc){0});
  if (opcode == IRM_NEIGHBOR_SUM || opcode == IRM_EDGE_SUM)
    irm_op_set_direction(irm_value_op(value), IRM_IN);
  if (irm_type_is_array(type) && m->visible_count < MOST_VISIBLE)
    m->visible[m->visible_count++] = value;
  return value;
}

/* A visible array of a type; a new one when there is none or one is wanted. */
static irm_value *pick(maker *m, irm_region *region, irm_type type, bool fresh) {
  for (int tries = 0; !fresh && tries < 6 && m->visible_count; tries++) {
    irm_value *value = m->visible[draw(m, m->visible_count)];
    if (irm_type_equal(irm_value_type(value), type)) return value;
  }
  irm_value *element = scalar(m, region, (irm_type){type.elem, IRM_SCALAR});
  return build(m, region, IRM_FILL, 1, &element, type);
}

static void make_simple(maker *m, irm_region *region) {
  irm_type type = draw(m, 3) ? f64_node : f64_edge;
  irm_value *a = pick(m, region, type, false), *b = pick(m, region, type, false);
  switch (draw(m, 7)) {
  case 0: build(m, region, IRM_NEG, 1, &a, type); break;
  case 1:
    a = pick(m, region, f64_node, false), build(m, region, IRM_NEIGHBOR_SUM, 1, &a, f64_node);
    break;
  case 2:
    a = pick(m, region, f64_node, false), build(m, region, IRM_AT_SOURCE, 1, &a, f64_edge);
    break;
  case 3:
    a = pick(m, region, f64_edge, false), build(m, region, IRM_EDGE_SUM, 1, &a, f64_node);
    break;
  case 4: build(m, region, IRM_REDUCE_SUM, 1, &a, f64); break;
  case 5:
    a = pick(m, region, f64_node, false), b = pick(m, region, f64_node, false);
    build(m, region, IRM_LT, 2, (irm_value *[]){a, b}, i1_node);
    break;
  default: build(m, region, IRM_ADD, 2, (irm_value *[]){a, b}, type);
  }
}

static void make_region(maker *m, irm_region *region, uint32_t ops);

/* Fills a region and yields arrays of these types; what it defined is out of sight then. */
static void make_yielding(maker *m, irm_region *region, uint32_t count, const irm_type *types) {
  uint32_t visible = m->visible_count;
  irm_value *yielded[3];
  m->depth++;
  make_region(m, region, 1 + draw(m, 4));
  for (uint32_t k = 0; k < count; k++)
    yielded[k] = pick(m, region, types[k], m->fresh);
  irm_build(m->program, irm_at_end(region), IRM_YIELD, count, yielded, 0, NULL, (irm_loc){0});
  m->depth--;
  m->visible_count = visible;
}

static void show(maker *m, irm_value *value) {
  if (m->visible_count < MOST_VISIBLE) m->visible[m->visible_count++] = value;
}

static void make_if(maker *m, irm_region *region) {
  irm_type types[] = {f64_node, f64_edge, f64_node};
  uint32_t results = draw(m, 3);
  irm_op *op = irm_build_if(m->program, irm_at_end(region), scalar(m, region, i1), results, types,
                            (irm_loc){0});
  make_yielding(m, irm_op_subregion(op, 0), results, types);
  make_yielding(m, irm_op_subregion(op, 1), results, types);
  for (uint32_t k = 0; k < results; k++)
    show(m, irm_op_result(op, k));
}

static void make_condition(maker *m, irm_region *region) {
  uint32_t visible = m->visible_count;
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    show(m, irm_region_argument(region, k));
  m->depth++;
  make_region(m, region, draw(m, 3));
  irm_value *go = scalar(m, region, i1);
  irm_build(m->program, irm_at_end(region), IRM_YIELD, 1, &go, 0, NULL, (irm_loc){0});
  m->depth--;
  m->visible_count = visible;
}

static void make_loop(maker *m, irm_region *region) {
  irm_type types[] = {f64_node, f64_edge, f64_node};
  uint32_t carried = draw(m, 3), visible;
  irm_value *inits[3];
  for (uint32_t k = 0; k < carried; k++)
    inits[k] = pick(m, region, types[k], m->fresh);
  if (m->fresh) m->visible_count -= carried;
  bool condition = draw(m, 2), counted = !condition || draw(m, 2);
  irm_value *count = counted ? scalar(m, region, i64) : NULL;
  irm_op *op = irm_build_loop(m->program, irm_at_end(region), count, carried, inits, (irm_loc){0});
  if (condition) make_condition(m, irm_op_subregion(op, 0));
  visible = m->visible_count;
  for (uint32_t k = 0; k < carried; k++)
    show(m, irm_region_argument(irm_loop_body(op), k));
  make_yielding(m, irm_loop_body(op), carried, types);
  m->visible_count = visible;
  for (uint32_t k = 0; k < carried; k++)
    show(m, irm_op_result(op, k));
}

static void make_region(maker *m, irm_region *region, uint32_t ops) {
  for (; ops > 0 && m->ops_left > 0; ops--) {
    uint32_t kind = draw(m, 8);
    m->ops_left--;
    if (kind == 0 && m->depth < 3)
      make_loop(m, region);
    else if (kind == 1 && m->depth < 3)
      make_if(m, region);
    else
      make_simple(m, region);
  }
}

static void make_program(maker *m, irm_context *context, uint32_t ops) {
  m->program = irm_program_create(context, "random");
  m->visible_count = m->depth = 0;
  m->ops_left = ops;
  irm_region *body = irm_program_body(m->program);
  if (draw(m, 2)) {
    irm_value *input = build(m, body, IRM_INPUT, 0, NULL, f64_node);
    irm_op_set_name(m->program, irm_value_op(input), "given");
    if (m->fresh) m->visible_count = 0;
  }
  make_region(m, body, ops);
  irm_value *last = pick(m, body, f64_node, m->fresh);
  irm_op *output =
      irm_build(m->program, irm_at_end(body), IRM_OUTPUT, 1, &last, 0, NULL, (irm_loc){0});
  irm_op_set_name(m->program, output, "last");
  if (draw(m, 2)) make_simple(m, body);
  ck_assert(irm_verify(m->program));
}

/* Traces --------------------------------------------------------------------------------------- */

/* Failing is said with ck_abort_msg in what runs often: Check notes each assertion that holds. */
#define MOST_STEPS 20000

/* One instance of a value: born and last read at these times. Step s reads at time 2s and writes at
 * 2s + 1. */
typedef struct instance {
  uint32_t born, last;
  bool alive, read;
} instance;

typedef struct trace {
  maker *m;
  const irm_liveness *liveness;
  uint32_t steps[MOST_STEPS]; /* the read point of each */
  uint32_t count;
  instance *instances; /* by value id: the current one */
  bool *needed;        /* by value id and point: alive there in some trace */
  uint32_t points;
} trace;

static uint32_t point_at(const trace *t, uint32_t time) {
  return t->steps[time / 2] + time % 2;
}

/* An instance is over: it must have been alive, statically, at each point it passed. */
static void finish(trace *t, const irm_value *value) {
  instance *it = &t->instances[irm_value_id(value)];
  if (it->alive && (it->read || it->born % 2))
    for (uint32_t time = it->born; time <= it->last; time++) {
      if (!irm_liveness_alive_at(t->liveness, value, point_at(t, time)))
        ck_abort_msg("%%%s is dead at %u", irm_value_name(value), point_at(t, time));
      t->needed[irm_value_id(value) * (size_t)t->points + point_at(t, time)] = true;
    }
  it->alive = false;
}

static void define(trace *t, const irm_value *value, uint32_t time) {
  if (!irm_value_is_array(value)) return;
  finish(t, value);
  t->instances[irm_value_id(value)] = (instance){time, time, true, false};
}

static void step(trace *t, uint32_t point) {
  if (t->count == MOST_STEPS) ck_abort_msg("a trace is too long");
  t->steps[t->count++] = point;
}

static void use(trace *t, const irm_value *value) {
  if (!irm_value_is_array(value)) return;
  instance *it = &t->instances[irm_value_id(value)];
  if (!it->alive) ck_abort_msg("%%%s is read but not defined", irm_value_name(value));
  it->last = 2 * (t->count - 1) + 1;
  it->read = true;
}

static void run_region(trace *t, const irm_region *region);

static uint32_t now_written(const trace *t) {
  return 2 * (t->count - 1) + 1;
}

static void run_condition(trace *t, const irm_op *loop, bool first) {
  const irm_region *condition = irm_loop_condition(loop);
  for (uint32_t k = 0; k < irm_region_argument_count(condition); k++)
    define(t, irm_region_argument(condition, k), first ? now_written(t) : now_written(t) + 1);
  run_region(t, condition);
  for (uint32_t k = 0; k < irm_region_argument_count(condition); k++)
    use(t, irm_region_argument(condition, k));
}

static void run_loop(trace *t, const irm_op *loop) {
  bool first = true;
  for (uint32_t trips = draw(t->m, 4);; trips--, first = false) {
    if (irm_loop_condition(loop)) run_condition(t, loop, first);
    if (trips == 0) break;
    bool written = first || irm_loop_condition(loop);
    for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++)
      define(t, irm_region_argument(irm_loop_body(loop), k), now_written(t) + !written);
    run_region(t, irm_loop_body(loop));
  }
}

static void run_op(trace *t, const irm_op *op) {
  step(t, irm_liveness_begin(t->liveness, op));
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    use(t, irm_op_operand(op, k));
  if (irm_op_opcode(op) == IRM_LOOP) run_loop(t, op);
  if (irm_op_opcode(op) == IRM_IF) run_region(t, irm_op_subregion(op, draw(t->m, 2)));
  if (irm_op_region_count(op)) step(t, irm_liveness_end(t->liveness, op));
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    define(t, irm_op_result(op, k), now_written(t));
}

static void run_region(trace *t, const irm_region *region) {
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    run_op(t, op);
}

static void finish_outputs(trace *t) {
  for (const irm_op *op = irm_region_first(irm_program_body(t->m->program)); op;
       op = irm_op_next(op))
    if (irm_op_opcode(op) == IRM_OUTPUT) use(t, irm_op_operand(op, 0));
}

static void run_trace(trace *t, const irmi_values *values) {
  t->count = 0;
  run_region(t, irm_program_body(t->m->program));
  finish_outputs(t);
  for (size_t i = 0; i < values->count; i++)
    finish(t, values->items[i]);
}

/* Where the analysis is coarser on purpose: the read point at the end of a loop. */
static bool is_loop_end(const irm_liveness *l, uint32_t point) {
  const irm_op *op = irm_liveness_op_at(l, point);
  return !op || (irm_op_opcode(op) == IRM_LOOP && point == irm_liveness_end(l, op));
}

/* Values are alive nowhere but where some trace needs them. */
static void expect_tight(const trace *t, const irmi_values *values) {
  for (size_t i = 0; i < values->count; i++)
    for (uint32_t point = 0; point < t->points; point++) {
      bool alive = irm_liveness_alive_at(t->liveness, values->items[i], point);
      bool needed = t->needed[irm_value_id(values->items[i]) * (size_t)t->points + point];
      if (alive && !needed && !is_loop_end(t->liveness, point))
        ck_abort_msg("%%%s is alive at %u", irm_value_name(values->items[i]), point);
    }
}

static void check_traces(maker *m, int traces, bool tight) {
  irm_liveness *l = irm_liveness_create(m->program);
  irmi_values values = irmi_array_values(m->program);
  trace *t = calloc(1, sizeof *t);
  t->m = m;
  t->liveness = l;
  t->points = irm_liveness_points(l);
  t->instances = calloc(irm_program_value_bound(m->program), sizeof *t->instances);
  t->needed = calloc((size_t)irm_program_value_bound(m->program) * t->points, sizeof(bool));
  for (int k = 0; k < traces; k++)
    run_trace(t, &values);
  if (tight) expect_tight(t, &values);
  free(t->instances);
  free(t->needed);
  free(t);
  irmi_vec_free(irm_context_allocator(irm_program_context(m->program)), &values);
  irm_liveness_destroy(l);
}

START_TEST(lifetimes_cover_every_execution) {
  irm_context *context = irm_context_create(NULL);
  maker m = {.state = 11};
  for (int round = 0; round < 300; round++) {
    make_program(&m, context, 5 + draw(&m, 40));
    check_traces(&m, 20, false);
    irm_program_destroy(m.program);
  }
  irm_context_destroy(context);
}
END_TEST

START_TEST(lifetimes_hold_no_point_that_no_execution_needs) {
  irm_context *context = irm_context_create(NULL);
  maker m = {.state = 12};
  for (int round = 0; round < 200; round++) {
    make_program(&m, context, 5 + draw(&m, 10));
    check_traces(&m, 400, true);
    irm_program_destroy(m.program);
  }
  irm_context_destroy(context);
}
END_TEST

/* Storages and bytes --------------------------------------------------------------------------- */

typedef struct analyses {
  irm_liveness *liveness;
  irm_storage *storage;
  irm_live_bytes *live;
} analyses;

static analyses analyse(const irm_program *program) {
  analyses a = {.liveness = irm_liveness_create(program)};
  a.storage = irm_storage_create(program, a.liveness);
  a.live = irm_live_bytes_create(program, a.liveness, a.storage);
  return a;
}

static void forget(analyses *a) {
  irm_live_bytes_destroy(a->live);
  irm_storage_destroy(a->storage);
  irm_liveness_destroy(a->liveness);
}

static bool covers(const irm_interval *lifetime, uint32_t count, irm_interval part) {
  for (uint32_t k = 0; k < count; k++)
    if (lifetime[k].begin <= part.begin && part.end <= lifetime[k].end) return true;
  return false;
}

static void expect_storages_cover_values(const analyses *a) {
  for (uint32_t id = 0; id < irm_storage_count(a->storage); id++) {
    uint32_t count, parts;
    const irm_interval *lifetime = irm_storage_lifetime(a->storage, id, &count);
    for (uint32_t k = 1; k < count; k++)
      ck_assert_uint_lt(lifetime[k - 1].end, lifetime[k].begin);
    for (uint32_t i = 0; i < irm_storage_value_count(a->storage, id); i++) {
      const irm_value *value = irm_storage_value(a->storage, id, i);
      ck_assert_uint_eq(irm_storage_of(a->storage, value), id);
      const irm_interval *part = irm_liveness_of(a->liveness, value, &parts);
      for (uint32_t k = 0; k < parts; k++)
        ck_assert(covers(lifetime, count, part[k]));
    }
  }
}

static uint64_t stored_at(const analyses *a, uint32_t point, uint64_t n, uint64_t edges) {
  uint64_t bytes = 0;
  for (uint32_t id = 0; id < irm_storage_count(a->storage); id++) {
    uint32_t count;
    const irm_interval *lifetime = irm_storage_lifetime(a->storage, id, &count);
    if (covers(lifetime, count, (irm_interval){point, point + 1}))
      bytes += irm_size_evaluate(irm_storage_bytes(a->storage, id), n, edges);
  }
  const irm_op *op = irm_liveness_op_at(a->liveness, point);
  if (op && point == irm_liveness_begin(a->liveness, op) + 1)
    bytes += irm_size_evaluate(irm_op_workspace(op), n, edges);
  return bytes;
}

START_TEST(the_peak_is_the_largest_sum_of_storages) {
  irm_context *context = irm_context_create(NULL);
  maker m = {.state = 13};
  for (int round = 0; round < 200; round++) {
    make_program(&m, context, 5 + draw(&m, 40));
    analyses a = analyse(m.program);
    expect_storages_cover_values(&a);
    uint64_t n = draw(&m, 1000), edges = draw(&m, 1000), most = 0;
    for (uint32_t point = 0; point < irm_liveness_points(a.liveness); point++) {
      uint64_t bytes = stored_at(&a, point, n, edges);
      if (bytes > most) most = bytes;
    }
    ck_assert_uint_eq(irm_live_bytes_peak(a.live, n, edges).bytes, most);
    forget(&a);
    irm_program_destroy(m.program);
  }
  irm_context_destroy(context);
}
END_TEST

/* Members of one storage may meet only at one write point, where one becomes the other. */
static bool is_legal(const analyses *a) {
  for (uint32_t id = 0; id < irm_storage_count(a->storage); id++) {
    uint64_t lengths = 0, covered = 0, handovers = 0;
    uint32_t count;
    for (uint32_t i = 0; i < irm_storage_value_count(a->storage, id); i++) {
      const irm_interval *part =
          irm_liveness_of(a->liveness, irm_storage_value(a->storage, id, i), &count);
      for (uint32_t k = 0; k < count; k++)
        lengths += part[k].end - part[k].begin;
    }
    for (uint32_t point = 0; point < irm_liveness_points(a->liveness); point++) {
      uint32_t alive = 0;
      for (uint32_t i = 0; i < irm_storage_value_count(a->storage, id); i++)
        alive += irm_liveness_alive_at(a->liveness, irm_storage_value(a->storage, id, i), point);
      covered += alive > 0;
      handovers += alive == 2 && point % 2;
    }
    if (lengths > covered + handovers) return false;
  }
  return true;
}

static bool may_host(const irm_op *op, const irm_value *operand) {
  const irm_value *result = irm_op_result(op, 0);
  irm_type x = irm_value_type(operand), y = irm_value_type(result);
  return irm_op_info_of(op)->storage == IRM_STORAGE_MAY && x.space == y.space &&
         irm_elem_bytes(x.elem) == irm_elem_bytes(y.elem) && !irm_value_is_given(operand);
}

/* Hosts results in random operands that die there, as long as no two values of a storage are alive
 * at once. */
static void host_at_random(maker *m) {
  for (irm_op *op = irm_program_next_op(m->program, NULL); op;
       op = irm_program_next_op(m->program, op)) {
    if (irm_op_result_count(op) != 1 || irm_op_operand_count(op) == 0 || draw(m, 4) == 0) continue;
    irm_value *host = irm_op_operand(op, draw(m, irm_op_operand_count(op)));
    if (!irm_value_is_array(irm_op_result(op, 0)) || !may_host(op, host)) continue;
    analyses before = analyse(m->program);
    bool dies = irm_liveness_dies_at(before.liveness, host, op);
    forget(&before);
    if (!dies) continue;
    irm_value_set_host(irm_op_result(op, 0), host);
    analyses a = analyse(m->program);
    if (!is_legal(&a)) irm_value_set_host(irm_op_result(op, 0), NULL);
    forget(&a);
  }
}

/* The storages as buffers, the output's in its bin. */
static uint64_t planned_bytes(const analyses *a, const irm_program *program, uint64_t n,
                              uint64_t edges) {
  irm_plan_buffer buffers[1024];
  irm_interval working[1024];
  irm_plan_bin bin = {irm_type_bytes(f64_node), 0};
  irm_plan_problem problem = {buffers, 0, &bin, 1, false};
  for (uint32_t id = 0; id < irm_storage_count(a->storage); id++) {
    irm_plan_buffer *b = &buffers[problem.buffer_count++];
    *b = (irm_plan_buffer){.bytes = irm_storage_bytes(a->storage, id), .bin = IRM_PLAN_ANYWHERE};
    b->lifetime = irm_storage_lifetime(a->storage, id, &b->lifetime_count);
    if (irm_storage_output(a->storage, id)) b->bin = 0;
  }
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    if (irm_size_is_zero(irm_op_workspace(op))) continue;
    uint32_t i = problem.buffer_count++, point = irm_liveness_begin(a->liveness, op) + 1;
    working[i] = (irm_interval){point, point + 1};
    buffers[i] = (irm_plan_buffer){
        irm_op_workspace(op), &working[i], 1, IRM_PLAN_ANYWHERE, false, false, 0, 0};
  }
  irm_plan *plan = irm_plan_solve(&problem, irmi_default_allocator());
  ck_assert(irm_plan_check(&problem, plan, NULL));
  uint64_t bytes = irm_plan_arena_bytes(&problem, plan, n, edges);
  irm_plan_destroy(plan, irmi_default_allocator());
  return bytes;
}

START_TEST(no_plan_under_legal_hosting_undercuts_the_lower_bound) {
  irm_context *context = irm_context_create(NULL);
  maker m = {.state = 14, .fresh = true};
  int met = 0;
  for (int round = 0; round < 300; round++) {
    make_program(&m, context, 3 + draw(&m, 30));
    analyses before = analyse(m.program);
    uint64_t n = draw(&m, 2000), edges = draw(&m, 2000);
    uint64_t bound = irm_live_bytes_lower_bound(before.live, n, edges).bytes;
    ck_assert(is_legal(&before));
    host_at_random(&m);
    analyses after = analyse(m.program);
    uint64_t planned = planned_bytes(&after, m.program, n, edges);
    ck_assert_uint_eq(irm_live_bytes_lower_bound(after.live, n, edges).bytes, bound);
    ck_assert_uint_le(bound, planned);
    met += bound == planned;
    forget(&before);
    forget(&after);
    irm_program_destroy(m.program);
  }
  ck_assert_int_gt(met, 30);
  irm_context_destroy(context);
}
END_TEST

static Suite *analysis_suite(void) {
  Suite *suite = suite_create("analyses of random programs");
  TCase *lifetimes = tcase_create("lifetimes"), *bytes = tcase_create("bytes");
  tcase_set_timeout(lifetimes, 0);
  tcase_set_timeout(bytes, 0);
  tcase_add_test(lifetimes, lifetimes_cover_every_execution);
  tcase_add_test(lifetimes, lifetimes_hold_no_point_that_no_execution_needs);
  tcase_add_test(bytes, the_peak_is_the_largest_sum_of_storages);
  tcase_add_test(bytes, no_plan_under_legal_hosting_undercuts_the_lower_bound);
  suite_add_tcase(suite, lifetimes);
  suite_add_tcase(suite, bytes);
  return suite;
}

int main(void) {
  return run_suite(analysis_suite());
}
