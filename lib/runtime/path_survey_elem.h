/* path_survey.c for one type of elements (each_elem.h). */

static void NAME(survey_steps)(void *data, int64_t begin, int64_t end) {
  irmi_path_survey *survey = data;
  const irmi_path *path = survey->path;
  ELEM first = NAME(irmi_step)(path, 0);
  int below = 0, differ = 0;
  for (int64_t k = begin; k < end; k++) {
    ELEM step = NAME(irmi_step)(path, k);
    below |= step < 0;
    differ |= !(step == first);
  }
  if (below) raise(&survey->below_zero);
  if (differ) raise(&survey->steps_differ);
}

static double NAME(mean_step)(const irmi_path_survey *survey) {
  int64_t apart = survey->steps / SAMPLES + 1, count = 0;
  double sum = 0;
  for (int64_t k = 0; k < survey->steps; k += apart) {
    ELEM step = NAME(irmi_step)(survey->path, k);
    if (!(step < GREATEST)) continue;
    sum += (double)step;
    count++;
  }
  return count ? sum / (double)count : 0;
}

static void NAME(survey_elements)(void *data, int64_t begin, int64_t end) {
  irmi_path_survey *survey = data;
  const ELEM *elements = survey->path->elements, first = elements[survey->first];
  int64_t givers = 0;
  int differ = 0, nan = 0;
  for (int64_t k = begin; k < end; k++) {
    int gives = elements[k] < GREATEST;
    givers += gives;
    differ |= gives & (elements[k] != first);
    nan |= IS_FLOAT && isnan((double)elements[k]);
  }
  __atomic_fetch_add(&survey->givers, givers, __ATOMIC_RELAXED);
  if (differ) raise(&survey->givers_differ);
  if (nan) raise(&survey->has_nan);
}

static int64_t NAME(find_giver)(const irmi_path *path) {
  const ELEM *elements = path->elements;
  int64_t node = 0;
  while (node < path->graph->nodes && !(elements[node] < GREATEST))
    node++;
  return node;
}

/* How far apart sampled elements that have something to give are. */
static double NAME(range)(const irmi_path *path) {
  const ELEM *elements = path->elements;
  double least = (double)GREATEST, most = -(double)GREATEST;
  for (int64_t node = 0, nodes = path->graph->nodes; node < nodes; node += nodes / SAMPLES + 1) {
    double element = (double)elements[node];
    if (!(elements[node] < GREATEST)) continue;
    if (element < least) least = element;
    if (element > most) most = element;
  }
  return most > least ? most - least : 0;
}

static void NAME(survey)(irmi_path_survey *survey) {
  const irmi_path *path = survey->path;
  irm_rt_parallel_for(path->threads, survey->steps, 1, survey, NAME(survey_steps));
  if (survey->below_zero) return;
  survey->first = NAME(find_giver)(path);
  if (survey->first == path->graph->nodes) return;
  irm_rt_parallel_for(path->threads, path->graph->nodes, 1, survey, NAME(survey_elements));
  survey->mean_step = NAME(mean_step)(survey);
  survey->range = NAME(range)(path);
  survey->first_step = (double)NAME(irmi_step)(path, 0);
}
