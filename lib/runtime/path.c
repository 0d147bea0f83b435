/* The op path_min: which way of running it is best. */
#include "runtime/path.h"

#define SAMPLES 1024

/* What the steps and the elements are like. */
typedef struct irmi_path_survey {
  const irmi_path *path;
  int64_t steps;                    /* how many */
  uint8_t below_zero, steps_differ; /* some step, some two */
  double first_step, mean_step;     /* the mean of some that are finite */
  int64_t first, givers;            /* nodes with less than the greatest number */
  uint8_t givers_differ, has_nan;
  double range; /* between the elements of some givers */
} irmi_path_survey;

static void raise(uint8_t *flag) {
  __atomic_store_n(flag, 1, __ATOMIC_RELAXED);
}

#define EACH_ELEM "runtime/path_survey_elem.h"
#include "runtime/each_elem.h"

static void take_survey(irmi_path_survey *survey) {
  switch (survey->path->elem) {
  case IRM_RT_F64: survey_f64(survey); break;
  case IRM_RT_F32: survey_f32(survey); break;
  case IRM_RT_I64: survey_i64(survey); break;
  case IRM_RT_I32: survey_i32(survey); break;
  case IRM_RT_I1: break;
  }
}

static void find_rows(irmi_path *path, irm_rt_direction direction) {
  const irm_graph_view *graph = path->graph;
  irmi_path_rows in = {graph->in_offsets, irmi_ids(graph->in_targets), irmi_ids(graph->in_edges)};
  irmi_path_rows out = {graph->out_offsets, irmi_ids(graph->out_targets),
                        irmi_ids(graph->out_edges)};
  path->give[0] = direction == IRM_RT_OUT ? in : out;
  path->take[0] = direction == IRM_RT_OUT ? out : in;
  if (direction != IRM_RT_BOTH || !graph->directed) return;
  path->give[1] = in;
  path->take[1] = out;
}

int64_t irmi_path_arcs(const irmi_path *path) {
  int64_t nodes = path->graph->nodes, arcs = 0;
  for (int side = 0; side < 2 && path->give[side].offsets; side++)
    arcs += path->give[side].offsets[nodes] - path->give[side].offsets[0];
  return arcs;
}

/* Whether an arc goes both ways. */
static bool can_go_back(const irmi_path *path) {
  return !path->graph->directed || path->give[1].offsets;
}

/* Of few nodes the paths may soon be at their end: components are of all. */
static bool wants_components(const irmi_path_survey *survey) {
  return can_go_back(survey->path) && !survey->has_nan &&
         survey->givers > survey->path->graph->nodes / 64;
}

/* Of what is near: the step; of different steps as far as one of a node's arcs goes (Meyer and
 * Sanders), measured: four times the mean divided by the arcs; without a step a node or so. */
static double width_of(const irmi_path_survey *survey) {
  const irmi_path *path = survey->path;
  double nodes = (double)path->graph->nodes, arcs = (double)irmi_path_arcs(path);
  if (!survey->steps_differ && survey->first_step > 0) return survey->first_step;
  if (survey->mean_step > 0) return survey->mean_step * 4 * nodes / arcs;
  return survey->range / nodes;
}

static void run(const irmi_path_survey *survey) {
  const irmi_path *path = survey->path;
  if (survey->givers == 0 || irmi_path_arcs(path) == 0) return;
  if (!survey->steps_differ && !survey->givers_differ && irmi_path_fits_levels(path))
    irmi_path_levels(path, survey->first);
  else if (!survey->steps_differ && survey->first_step == 0 && wants_components(survey))
    irmi_path_components(path);
  else
    irmi_path_near(path, width_of(survey));
}

int64_t IRMI_OF_IDS(irm_rt_path_min)(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                     int64_t direction, const void *steps, int64_t step_elem,
                                     int64_t an_edge, void *elements, void *workspace) {
  irmi_path path = {.graph = graph,
                    .threads = threads,
                    .elem = (irm_rt_elem)elem,
                    .steps = steps,
                    .an_edge = an_edge != 0,
                    .doubles = elem != step_elem,
                    .elements = elements,
                    .workspace = workspace};
  find_rows(&path, (irm_rt_direction)direction);
  irmi_path_survey survey = {.path = &path, .steps = an_edge ? graph->edges : 1};
  if (survey.steps > 0) take_survey(&survey);
  if (!survey.below_zero) run(&survey);
  return survey.below_zero;
}
