/* What was decided about memory, for people and for programs. */
#ifndef IRMEM_REPORT_H
#define IRMEM_REPORT_H

#include "irmem/ir.h"
#include "irmem/run.h"

typedef struct irm_report_options {
  bool json;
  bool sized; /* nodes and edges are given: numbers beside formulas */
  uint64_t nodes, edges;
  /* Plans a program that has no placement, as the planned one was: to try whether another order of
   * ops would need less. NULL: that is not tried. */
  bool (*plan)(irm_program *program, void *user);
  void *user;
} irm_report_options;

/* The memory report: groggy's figures, but of the plan that will run (docs/memory-report.md lists
 * the keys). as_written is the program before any pass, planned the one after slots; false
 * (reported) if that has no slots. */
IRM_API bool irm_report_memory(FILE *stream, const irm_program *as_written,
                               const irm_program *planned, const irm_report_options *options);

/* The plan: the program's text with every array placed, then slots with their offsets and sizes as
 * formulas, arena, lower bound with what is alive there, and whether they meet. json: as data, for
 * programs that run it themselves (docs/plan-json.md lists the keys). */
IRM_API bool irm_report_plan(FILE *stream, const irm_program *planned,
                             const irm_report_options *options);

/* Whether all that is required to be in place (irm_value_in_place_required) is; reports an error
 * for each array that is not, with the reason and what would help. What needs no bytes of its own,
 * in a kernel or because passes have simplified it away, is. options may have plan. */
IRM_API bool irm_report_required(const irm_program *planned, const irm_report_options *options);

/* What changed from one plan to another, given as files of such data: arena (in bytes at the first
 * one's n and m), lower bound, slots, and the first op that is another or elsewhere. False
 * (reported) if one cannot be read. */
IRM_API bool irm_report_plan_diff(FILE *stream, irm_context *context, const char *before,
                                  const char *after);

/* A picture of the plan beside one of the program as written, as a page of HTML that needs nothing
 * from elsewhere, or as SVG: steps of the program across, offsets in the arena up, a bar for each
 * storage; docs/timeline.md. as_written has a slot for each array (the pipeline O0), and is what
 * planned was made of; false (reported) if one of both has no slots. Without n and m, drawn for
 * those where plans are compared. The size is bounded: of more than 600 storages the largest are
 * drawn one by one, the others as one outline. */
IRM_API bool irm_report_timeline(FILE *stream, const irm_program *as_written,
                                 const irm_program *planned, const irm_report_options *options);
IRM_API bool irm_report_timeline_svg(FILE *stream, const irm_program *as_written,
                                     const irm_program *planned, const irm_report_options *options);

/* The program as a graph in the language of Graphviz, planned or not: an op is a node, with types,
 * hosts and slots of what it gives; a value goes to its readers, arrays bold, scalars dashed; a
 * region, or a kernel's body, is a cluster. O(program). */
IRM_API void irm_report_dot(FILE *stream, const irm_program *program);

/* Every decision as a remark in LLVM's YAML form, for llvm-remarkutil and opt-viewer: !Passed what
 * shares bytes, !Missed what is not in place, with the reason and, where one is known, the change
 * that would help; !Analysis the arena and its certificate. */
IRM_API bool irm_report_remarks(FILE *stream, const irm_program *planned,
                                const irm_report_options *options);

/* What the process held, as the one knows who ran the program; bytes. */
typedef struct irm_profile_process {
  uint64_t peak;          /* resident, at most */
  const char *peak_while; /* what was done then: "loading the graph" */
  uint64_t resident;      /* when the run had ended */
  uint64_t files;         /* of it, pages of files: the program and its libraries */
} irm_profile_process;

typedef struct irm_profile_options {
  bool json;
  const irm_graph *graph;             /* that the run is bound to */
  const irm_profile_process *process; /* NULL: not said */
} irm_profile_options;

/* Where the time of a run went, and its memory: for each step of the planned program, in its order
 * and in its loops, how often it ran, how long, what it read and wrote, which bytes of the arena
 * the plan has alive there; the arena as planned and as written to (irm_run_measure was called
 * before the run); docs/profile.md lists the keys of the JSON. run is of planned, compiled with
 * profile; false (reported) if not, or if planned has no slots. */
IRM_API bool irm_report_profile(FILE *stream, const irm_program *planned, const irm_run *run,
                                const irm_profile_options *options);

#endif
