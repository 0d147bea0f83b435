/* A picture on a plane: steps across, the arena's offsets up, rooms for outputs beneath. */
#ifndef IRMEM_REPORT_PANEL_H
#define IRMEM_REPORT_PANEL_H

#include "report/picture.h"

/* What panels that stand side by side have in common, so that a byte is as high in one as in the
 * other. */
typedef struct irmi_scale {
  double pixels;  /* a byte */
  int arena;      /* height of the largest arena */
  int rooms;      /* height of all rooms for outputs, and what is between them */
  uint32_t depth; /* of spans */
  uint64_t tick;  /* bytes between two marks of the axis */
} irmi_scale;

typedef struct irmi_box {
  int left, top, right, bottom;
} irmi_box;

typedef struct irmi_panel {
  const irmi_picture *picture;
  const irmi_scale *scale;
  int plot;            /* width of all steps */
  int *room;           /* by slot: its upper edge, 0 where no room is drawn */
  uint32_t room_count; /* that are drawn */
  uint32_t rooms_left; /* that are not */
} irmi_panel;

irmi_scale irmi_scale_of(const irmi_picture *before, const irmi_picture *after);
irmi_panel irmi_panel_create(const irmi_picture *picture, const irmi_scale *scale);

/* Pixels. */
int irmi_panel_width(const irmi_panel *panel);
int irmi_panel_height(const irmi_panel *panel);
int irmi_panel_base(const irmi_panel *panel); /* where the arena begins: its lower edge */
int irmi_panel_axis(const irmi_panel *panel); /* the upper edge of what is under the plot */
int irmi_panel_x(const irmi_panel *panel, uint32_t half_step);
int irmi_panel_y(const irmi_panel *panel, uint64_t offset);
/* Top and bottom of a block; at least some pixels high, so that it can be seen. False: it has no
 * place. */
bool irmi_panel_rows(const irmi_panel *panel, const irmi_block *block, int *top, int *bottom);

#define IRMI_PANEL_LEFT  68
#define IRMI_PANEL_RIGHT 96
#define IRMI_PANEL_TOP   40
#define IRMI_LETTER      0.605 /* width of a letter of the fixed font, in its size */

/* Writes the elements, without <svg> around them. */
void irmi_panel_draw(FILE *stream, const irmi_panel *panel);
/* Parts of that: what is behind blocks and around them; blocks with their names. */
void irmi_panel_draw_ground(FILE *stream, const irmi_panel *panel);
void irmi_panel_draw_blocks(FILE *stream, const irmi_panel *panel);
void irmi_panel_draw_axis(FILE *stream, const irmi_panel *panel);
/* The small blocks that are not drawn for themselves, as one outline. */
void irmi_panel_draw_rest(FILE *stream, const irmi_panel *panel);

#endif
