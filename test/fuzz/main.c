/* irmem-fuzz: random programs on random graphs through every engine and pipeline. */
#include "shrink.h"
#include "worker.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] =
    "usage: irmem-fuzz [options]\n"
    "  --seed=S       the first seed (1)\n"
    "  --count=N      how many seeds (100)\n"
    "  --seconds=N    as many seeds as there is time for, instead of a count\n"
    "  --compile=P    compile, also for C, in P of a hundred cases (2), the slowest part\n"
    "  --jobs=N       in N processes at once, each with its part of the seeds (1)\n"
    "  --coverage     print what became of each op; fail if something never occurred\n"
    "  --failures=N   go on behind so many failures (1)\n"
    "  --print        print the cases, try nothing\n"
    "  --no-shrink    print failures as found\n"
    "  --help         print this\n";

typedef struct settings {
  fuzz_range range;
  uint64_t seconds;
  uint64_t failures;
  uint64_t jobs;
  bool coverage, print, no_shrink, help;
} settings;

static bool read_options(int count, char **words, settings *s) {
  static const struct option options[] = {{"seed", required_argument, NULL, 's'},
                                          {"count", required_argument, NULL, 'c'},
                                          {"seconds", required_argument, NULL, 't'},
                                          {"compile", required_argument, NULL, 'p'},
                                          {"coverage", no_argument, NULL, 'v'},
                                          {"print", no_argument, NULL, 'd'},
                                          {"failures", required_argument, NULL, 'f'},
                                          {"no-shrink", no_argument, NULL, 'n'},
                                          {"jobs", required_argument, NULL, 'j'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
  uint64_t seeds = 100;
  for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
    switch (option) {
    case 's': s->range.next = strtoull(optarg, NULL, 10); break;
    case 'c': seeds = strtoull(optarg, NULL, 10); break;
    case 't': s->seconds = strtoull(optarg, NULL, 10); break;
    case 'p': s->range.compile = (uint32_t)strtoul(optarg, NULL, 10); break;
    case 'v': s->coverage = true; break;
    case 'd': s->print = true; break;
    case 'f': s->failures = strtoull(optarg, NULL, 10); break;
    case 'n': s->no_shrink = true; break;
    case 'j': s->jobs = strtoull(optarg, NULL, 10); break;
    case 'h': s->help = true; break;
    default: return false;
    }
  }
  s->range.keep_count = true;
  s->range.end = s->seconds ? UINT64_MAX : s->range.next + seeds;
  if (s->seconds) s->range.until = time(NULL) + (time_t)s->seconds;
  return optind == count;
}

/* A failure under shrinking ---------------------------------------------------------------------*/

typedef struct chase {
  fuzz_failure first;
  fuzz_result *result;
} chase;

/* Behind the line number: what lowering did not like must stay what it was. */
static const char *message_of(const fuzz_failure *failure) {
  const char *colon = strchr(failure->text, ':');
  return colon ? colon : failure->text;
}

static bool same_failure(const fuzz_failure *a, const fuzz_failure *b) {
  bool by_message = strcmp(a->kind, "refused") == 0 || strcmp(a->kind, "not read") == 0;
  return strcmp(a->kind, b->kind) == 0 &&
         (!by_message || strncmp(message_of(a), message_of(b), 24) == 0);
}

static bool still_fails(void *user, const fuzz_case *c) {
  chase *ch = user;
  if (fuzz_try_apart(c, ch->result)) return false;
  bool crashed = strncmp(ch->result->failure.kind, "signal", 6) == 0;
  if (crashed && strncmp(ch->first.kind, "signal", 6) != 0) {
    printf("met on the way: %s\n", ch->result->failure.kind);
    fuzz_case_print(stdout, c);
  }
  return same_failure(&ch->first, &ch->result->failure);
}

/* Of the pipelines only the one that failed stays, if it fails alone. */
static void keep_pipeline(fuzz_case *c, chase *ch) {
  fuzz_case all = *c;
  c->pipeline_count = 0;
  for (uint32_t i = 0; i < all.pipeline_count; i++)
    if (strcmp(all.pipelines[i].text, ch->first.pipeline) == 0)
      c->pipelines[c->pipeline_count++] = all.pipelines[i];
  if (!still_fails(ch, c)) *c = all;
}

static void shrink(fuzz_case *c, fuzz_result *result) {
  chase ch = {result->failure, result};
  if (!still_fails(&ch, c)) {
    printf("(it does not fail in a process of its own)\n");
    return;
  }
  keep_pipeline(c, &ch);
  fuzz_shrink(c, still_fails, &ch);
  still_fails(&ch, c);
}

static void report(const settings *s, fuzz_result *result) {
  irm_context *context = irm_context_create(NULL);
  irmi_arena arena;
  irmi_arena_init(&arena, irm_context_allocator(context));
  printf("seed %" PRIu64 ": %s in '%s'\n", result->seed, result->failure.kind,
         result->failure.pipeline);
  fflush(stdout);
  fuzz_case c = fuzz_case_generate(&arena, result->seed, s->range.compile);
  if (!s->no_shrink) shrink(&c, result);
  fuzz_case_print(stdout, &c);
  printf("%s\n\n", result->failure.text);
  fflush(stdout);
  irmi_arena_destroy(&arena);
  irm_context_destroy(context);
}

/* All -------------------------------------------------------------------------------------------*/

static void print_cases(const settings *s) {
  irm_context *context = irm_context_create(NULL);
  for (uint64_t seed = s->range.next; seed < s->range.end; seed++) {
    irmi_arena arena;
    irmi_arena_init(&arena, irm_context_allocator(context));
    fuzz_case c = fuzz_case_generate(&arena, seed, s->range.compile);
    fuzz_case_print(stdout, &c);
    irmi_arena_destroy(&arena);
  }
  irm_context_destroy(context);
}

static uint64_t try_all(settings *s, fuzz_result *result) {
  uint64_t failures = 0;
  while (!fuzz_try_range(&s->range, result)) {
    s->range.next = result->seed + 1;
    report(s, result);
    if (++failures >= s->failures) break;
  }
  return failures;
}

static bool run(settings *s) {
  fuzz_result *result = fuzz_result_create();
  uint64_t failures = try_all(s, result);
  bool complete = true;
  if (s->coverage) {
    fuzz_coverage_print(stdout, &result->coverage);
    complete = fuzz_coverage_is_complete(stdout, &result->coverage);
  } else {
    printf("%" PRIu64 " programs, %" PRIu64 " of them end in an error; %" PRIu64 " runs, %" PRIu64
           " compiled; %" PRIu64 " failures\n",
           result->coverage.programs, result->coverage.traps, result->coverage.runs,
           result->coverage.compiled, failures);
  }
  return !failures && complete;
}

/* Part k of the seeds; where only time ends them, parts lie far from each other. */
static fuzz_range part_of(const settings *s, uint64_t k) {
  fuzz_range part = s->range;
  uint64_t seeds = part.end - part.next;
  part.next += s->seconds ? k << 40 : seeds * k / s->jobs;
  if (!s->seconds) part.end = s->range.next + seeds * (k + 1) / s->jobs;
  return part;
}

static bool run_jobs(const settings *s) {
  fflush(NULL);
  for (uint64_t k = 0; k < s->jobs; k++) {
    if (fork() != 0) continue;
    settings part = *s;
    part.range = part_of(s, k);
    exit(run(&part) ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  bool good = true;
  for (int status; wait(&status) > 0;)
    good &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return good;
}

int main(int count, char **words) {
  settings s = {.range = {.next = 1, .compile = 2}, .failures = 1, .jobs = 1};
  if (!read_options(count, words, &s) || s.jobs < 1 || s.jobs > 1024) {
    fputs(usage, stderr);
    return 2;
  }
  if (s.help) {
    fputs(usage, stdout);
    return EXIT_SUCCESS;
  }
  if (s.print) {
    print_cases(&s);
    return EXIT_SUCCESS;
  }
  bool good = s.jobs == 1 ? run(&s) : run_jobs(&s);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
