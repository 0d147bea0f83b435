/* A program before and after it was planned, side by side. */
#ifndef IRMEM_REPORT_TIMELINE_H
#define IRMEM_REPORT_TIMELINE_H

#include "report/panel.h"

typedef struct irmi_timeline {
  irmi_facts facts[2]; /* as written, each array in a slot of its own; as planned */
  irmi_picture picture[2];
  irmi_panel panel[2];
  irmi_scale scale;
  irmi_candidate *fates; /* of the variables as written */
} irmi_timeline;
#define IRMI_BEFORE 0
#define IRMI_AFTER  1

/* Sentences about it in the arena of the facts as planned. */
const char *irmi_timeline_lead(irmi_timeline *timeline);
const char *irmi_timeline_sizes(irmi_timeline *timeline);
/* "Most bytes are alive in %17 in line 10: 25000 bytes (24.41 KiB)." */
const char *irmi_timeline_peak(irmi_timeline *timeline, int which);
/* What of these are inputs; "" where there are none. */
const char *irmi_timeline_inputs(irmi_timeline *timeline, int which);

/* <svg> of one picture. */
void irmi_svg_picture(FILE *stream, const irmi_panel *panel, const char *label);
/* A bar as blocks of that kind ("array", "room", "workspace") have it, for a legend. */
void irmi_svg_sample(FILE *stream, const char *kind, int x, int y);
extern const char *const irmi_legend[][2]; /* kind and words, up to NULL */

void irmi_svg_print(FILE *stream, irmi_timeline *timeline);
void irmi_page_print(FILE *stream, irmi_timeline *timeline);

#endif
