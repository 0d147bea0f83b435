/* Two passes of one name, and one whose name means something else in a pipeline. */
#include <irmem/plugin.h>

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  (void)program;
  (void)env;
  return IRM_PASS_UNCHANGED;
}

static const irm_pass first = {.name = "twin", .summary = "the first", .run = run};
static const irm_pass second = {.name = "twin", .summary = "the second", .run = run};
static const irm_pass reserved = {.name = "repeat", .summary = "a group", .run = run};

IRM_PLUGIN("taken", "1.0", &first, &second, &reserved)
