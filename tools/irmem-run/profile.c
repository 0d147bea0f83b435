/* The profile of a run, with what the process held. */
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* A figure of /proc/self/status, in bytes; 0 where there is none. */
static uint64_t status_of(const char *name) {
  char line[256];
  uint64_t kilobytes = 0;
  FILE *stream = fopen("/proc/self/status", "r");
  if (!stream) return 0;
  while (fgets(line, sizeof line, stream))
    if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
      kilobytes = strtoull(line + strlen(name) + 1, NULL, 10);
  fclose(stream);
  return kilobytes * 1024;
}

static uint64_t peak_now(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  uint64_t peak = status_of("VmHWM");
  return peak ? peak : (uint64_t)usage.ru_maxrss * 1024;
}

void stage_end(run_stage *stage, const char *name) {
  uint64_t peak = peak_now();
  if (stage->name && peak <= stage->peak) return;
  stage->peak = peak;
  stage->name = name;
}

bool profile_print(const session *s, const irm_run *run) {
  bool json = s->set->profile == 2;
  irm_profile_process process = {.peak = s->stage.peak,
                                 .peak_while = s->stage.name,
                                 .resident = status_of("VmRSS"),
                                 .files = status_of("RssFile")};
  irm_profile_options options = {.json = json, .graph = s->graph, .process = &process};
  bool elsewhere = !json && results_on_terminal(&s->results);
  return irm_report_profile(elsewhere ? stderr : stdout, s->program, run, &options);
}
