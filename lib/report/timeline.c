/* The timeline: two planned programs, the same questions asked of both. */
#include "report/timeline.h"

#include <inttypes.h>

static void init_side(irmi_timeline *timeline, int which, const irm_program *as_written,
                      const irm_program *planned, const irm_report_options *options) {
  irmi_facts *facts = &timeline->facts[which];
  irmi_facts_init(facts, as_written, planned, options);
  irmi_decide(facts);
  irmi_picture_init(&timeline->picture[which], facts, which == IRMI_BEFORE ? "before" : "after");
}

static bool report(FILE *stream, const irm_program *as_written, const irm_program *planned,
                   const irm_report_options *options,
                   void (*print)(FILE *stream, irmi_timeline *timeline)) {
  if (!irmi_check_planned(as_written) || !irmi_check_planned(planned)) return false;
  irm_report_options all = *options;
  all.plan = NULL; /* other orders of ops are not looked at */
  irmi_timeline timeline;
  init_side(&timeline, IRMI_BEFORE, as_written, as_written, &all);
  init_side(&timeline, IRMI_AFTER, as_written, planned, &all);
  timeline.fates = irmi_find_fates(&timeline.facts[IRMI_AFTER]);
  timeline.scale = irmi_scale_of(&timeline.picture[IRMI_BEFORE], &timeline.picture[IRMI_AFTER]);
  for (int which = 0; which < 2; which++)
    timeline.panel[which] = irmi_panel_create(&timeline.picture[which], &timeline.scale);
  print(stream, &timeline);
  for (int which = 0; which < 2; which++)
    irmi_facts_destroy(&timeline.facts[which]);
  return true;
}

bool irm_report_timeline(FILE *stream, const irm_program *as_written, const irm_program *planned,
                         const irm_report_options *options) {
  return report(stream, as_written, planned, options, irmi_page_print);
}

bool irm_report_timeline_svg(FILE *stream, const irm_program *as_written,
                             const irm_program *planned, const irm_report_options *options) {
  return report(stream, as_written, planned, options, irmi_svg_print);
}

/* Sentences -------------------------------------------------------------------------------------*/

/* Arrays that are computed, inputs aside. */
static uint32_t count_computed(const irmi_facts *facts) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < facts->variable_count; k++)
    count += !irm_value_is_given(facts->variables[k]);
  return count;
}

static const char *compared(irmi_facts *facts, uint64_t before, uint64_t after) {
  if (after == before) return "the same";
  double gap = before > after ? (double)(before - after) : (double)(after - before);
  uint64_t percent = before ? (uint64_t)(gap * 100 / (double)before) : 100;
  return irmi_text(facts, "%" PRIu64 " %% %s", percent, after < before ? "less" : "more");
}

const char *irmi_timeline_lead(irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  uint64_t before = timeline->picture[IRMI_BEFORE].arena,
           after = timeline->picture[IRMI_AFTER].arena;
  uint32_t count = count_computed(facts);
  if (count == 0) return "The program computes no array: it needs no arena.";
  return irmi_text(
      facts,
      "The program computes %u array%s. With bytes of its own for each, the arena takes "
      "%s. As planned it takes %s: %s.",
      count, count == 1 ? "" : "s", irmi_bytes_text(facts, before), irmi_bytes_text(facts, after),
      compared(facts, before, after));
}

const char *irmi_timeline_sizes(irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  return irmi_text(
      facts, "Sizes are those of a graph of n = %" PRIu64 " nodes and m = %" PRIu64 " edges%s.",
      irmi_facts_nodes(facts), irmi_facts_edges(facts),
      facts->options->sized ? "" : ", for none was named");
}

const char *irmi_timeline_peak(irmi_timeline *timeline, int which) {
  irmi_facts *facts = &timeline->facts[which];
  const irmi_picture *picture = &timeline->picture[which];
  if (picture->peak_step >= picture->step_count) return "Nothing is alive at any point.";
  return irmi_text(facts, "Most bytes are alive in %s: %s.",
                   irmi_step_text(picture, picture->peak_step),
                   irmi_bytes_text(facts, facts->peak.bytes));
}

const char *irmi_timeline_inputs(irmi_timeline *timeline, int which) {
  irmi_facts *facts = &timeline->facts[which];
  if (irm_size_is_zero(facts->inputs)) return "";
  return irmi_text(facts, "The caller's inputs are %s of that.",
                   irmi_bytes_text(facts, facts->input_bytes));
}
