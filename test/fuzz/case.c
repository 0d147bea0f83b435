/* What is tried for a seed: a program, a graph, numbers, pipelines. */
#include "generate.h"
#include "trial.h"

#include <inttypes.h>
#include <string.h>

/* Simplifying passes in any order and number, before and behind fusion, then a way of placing. */
static void any_pipeline(fuzz_random *random, char text[FUZZ_PIPELINE_ROOM]) {
  static const char *const simplify[] = {"canonicalize,",
                                         "cse,",
                                         "dce,",
                                         "schedule,",
                                         "loop-invariant,",
                                         "loop-invariant<scalars>,",
                                         "loop-fusion,",
                                         "unroll,",
                                         "fuse,",
                                         "fuse<all>,",
                                         "repeat<4>(canonicalize,cse,dce),"};
  enum { WAYS = sizeof simplify / sizeof *simplify };
  static const char *const place[] = {"inplace,slots",
                                      "inplace<forced>,slots<separate>",
                                      "inplace<forced>,slots",
                                      "inplace,slots<separate>",
                                      "inplace,slots",
                                      "remat,inplace,slots",
                                      "best(inplace,slots|inplace<forced>,slots)",
                                      "inplace<typed>,slots<typed>",
                                      "inplace<concurrent>,slots<concurrent>"};
  static const char *const fuse[] = {"",
                                     "fuse,",
                                     "fuse,",
                                     "fuse,dce,fuse,",
                                     "schedule,fuse,schedule,",
                                     "fuse,repeat<2>(loop-invariant,canonicalize,cse,dce),"};
  enum { PLACES = sizeof place / sizeof *place, FUSES = sizeof fuse / sizeof *fuse };
  text[0] = '\0';
  for (uint32_t count = fuzz_below(random, 4); count > 0; count--)
    strcat(text, simplify[fuzz_below(random, WAYS)]);
  strcat(text, fuse[fuzz_below(random, FUSES)]);
  strcat(text, place[fuzz_below(random, PLACES)]);
}

static void add_pipeline(fuzz_case *c, const char *text) {
  fuzz_pipeline *pipeline = &c->pipelines[c->pipeline_count++];
  *pipeline = (fuzz_pipeline){0};
  snprintf(pipeline->text, sizeof pipeline->text, "%s", text);
}

static uint32_t any_length(fuzz_random *random) {
  uint32_t at = fuzz_below(random, 100);
  return at < 50   ? 5 + fuzz_below(random, 15)
         : at < 90 ? 20 + fuzz_below(random, 40)
                   : 60 + fuzz_below(random, 140);
}

fuzz_case fuzz_case_generate(irmi_arena *arena, uint64_t seed, uint32_t compile) {
  fuzz_random random = {fuzz_mix(seed)};
  fuzz_case c = {.seed = fuzz_next(&random)};
  c.real = fuzz_chance(&random, 80) ? IRM_F64 : IRM_F32;
  c.graph = fuzz_graph_generate(arena, &random);
  uint32_t length = any_length(&random);
  if (c.graph.nodes > 10000 && length > 15) length = 15;
  bool known = fuzz_chance(&random, 60);
  fuzz_wish wish = {length, c.real, known && c.graph.nodes > 0, known && c.graph.count > 0};
  c.program = fuzz_generate(arena, &random, &wish);
  add_pipeline(&c, "O0");
  add_pipeline(&c, "O1");
  add_pipeline(&c, "O2");
  for (uint32_t left = 1 + fuzz_chance(&random, 30); left > 0; left--) {
    char text[FUZZ_PIPELINE_ROOM];
    any_pipeline(&random, text);
    add_pipeline(&c, text);
  }
  bool parallel = compile > 0 && c.graph.nodes > 10000; /* what these graphs are for */
  c.compile_swaps = fuzz_chance(&random, compile);
  if (parallel || fuzz_chance(&random, compile)) {
    fuzz_pipeline *pipeline = &c.pipelines[fuzz_below(&random, c.pipeline_count)];
    pipeline->compiled = true;
    pipeline->optimize = fuzz_chance(&random, 60) ? 0 : (int)fuzz_below(&random, 4);
  }
  return c;
}

void fuzz_case_print(FILE *stream, const fuzz_case *c) {
  fuzz_print(stream, c->program);
  fprintf(stream, "real is %s; graph: ", irm_elem_name(c->real));
  fuzz_graph_print(stream, &c->graph);
  uint64_t k = 0;
  for (const fuzz_argument *at = c->program->arguments; at; at = at->next, k++) {
    if (!at->given) continue;
    int64_t count = at->space == IRM_SCALAR ? 1
                    : at->space == IRM_NODE ? c->graph.nodes
                                            : c->graph.count;
    fprintf(stream, "%s =", at->name);
    for (int64_t i = 0; i < count && i < 16; i++) {
      irm_number number = fuzz_number(c->seed, k, (uint64_t)i, at->elem);
      if (irm_elem_is_float(at->elem))
        fprintf(stream, " %.17g", number.as.f);
      else
        fprintf(stream, " %" PRId64, number.as.i);
    }
    fputc('\n', stream);
  }
  for (uint32_t i = 0; i < c->pipeline_count; i++)
    fprintf(stream, "pipeline %s%s\n", c->pipelines[i].text,
            c->pipelines[i].compiled ? ", compiled" : "");
}
