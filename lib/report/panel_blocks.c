/* Blocks on a panel, and their names: inside where there is room, beside where nothing is. */
#include "report/markup.h"
#include "report/panel.h"

#include <inttypes.h>
#include <string.h>

enum {
  FONT = 11,
  LETTERS_LEAST = 4,
  LETTERS_MOST = 28,
  PART_LEAST = 4,
  GAP_LEAST = 3,
  RECTANGLES = 20000,
  NOSE = 6
};

typedef struct painter {
  FILE *stream;
  const irmi_panel *panel;
  uint32_t rectangles; /* written; of too many, neighbours become one */
  irmi_box *taken;     /* by blocks and names */
  uint32_t taken_count;
} painter;

/* Names -----------------------------------------------------------------------------------------*/

static uint32_t count_letters(const char *text) {
  uint32_t count = 0;
  for (; *text; text++)
    count += ((unsigned char)*text & 0xc0) != 0x80;
  return count;
}

static int text_width(const char *text) {
  return (int)(count_letters(text) * IRMI_LETTER * FONT) + 8;
}

static bool same_box(const irmi_box *a, const irmi_box *b) {
  return a->left == b->left && a->top == b->top && a->right == b->right && a->bottom == b->bottom;
}

/* Whether nothing but the bar itself is there. */
static bool is_free(const painter *p, irmi_box bar, irmi_box box) {
  if (box.left < IRMI_PANEL_LEFT || box.right > IRMI_PANEL_LEFT + p->panel->plot) return false;
  for (uint32_t k = 0; k < p->taken_count; k++) {
    const irmi_box *other = &p->taken[k];
    if (box.left < other->right && other->left < box.right && box.top < other->bottom &&
        other->top < box.bottom && !same_box(other, &bar))
      return false;
  }
  return true;
}

static void take(painter *p, irmi_box box) {
  p->taken[p->taken_count++] = box;
}

static void write_name(FILE *stream, const char *class, int x, int y, const char *text) {
  fprintf(stream, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y + FONT / 2 - 1);
  irmi_markup_text(stream, text);
  fputs("</text>", stream);
}

/* The first letters, as many as fit, and an ellipsis; not for a few. */
static bool write_cut(const painter *p, irmi_box box, const char *text) {
  int room = (int)((box.right - box.left - 8) / (IRMI_LETTER * FONT));
  if (box.bottom - box.top < FONT + 1 || room < LETTERS_LEAST) return false;
  size_t bytes = 0;
  for (int letters = 0; letters + 1 < room && text[bytes]; letters++)
    do
      bytes++;
    while (((unsigned char)text[bytes] & 0xc0) == 0x80);
  const char *cut = irmi_text(p->panel->picture->facts, "%.*s\u2026", (int)bytes, text);
  write_name(p->stream, "name", box.left + 4, (box.top + box.bottom) / 2, cut);
  return true;
}

static bool write_inside(const painter *p, irmi_box box, const char *text) {
  if (box.bottom - box.top < FONT + 1 || box.right - box.left < text_width(text)) return false;
  write_name(p->stream, "name", box.left + 4, (box.top + box.bottom) / 2, text);
  return true;
}

static bool write_out(painter *p, irmi_box bar, int left, const char *text) {
  int middle = (bar.top + bar.bottom) / 2;
  irmi_box place = {left, middle - 6, left + text_width(text), middle + 6};
  if (!is_free(p, bar, place)) return false;
  write_name(p->stream, "name out", left + 4, middle, text);
  take(p, place);
  return true;
}

static bool write_right(painter *p, irmi_box bar, const char *text) {
  return write_out(p, bar, bar.right + 1, text);
}

static bool write_beside(painter *p, irmi_box bar, const char *text) {
  return count_letters(text) <= LETTERS_MOST &&
         (write_right(p, bar, text) || write_out(p, bar, bar.left - 1 - text_width(text), text));
}

/* Along a bar that is too thin to have its name inside. */
static bool write_along(painter *p, irmi_box bar, const char *text) {
  int width = text_width(text);
  if (bar.bottom - bar.top > FONT) return false;
  for (int left = bar.left + 2; left + width <= bar.right; left += width / 2)
    if (write_out(p, bar, left, text)) return true;
  return false;
}

/* Blocks ----------------------------------------------------------------------------------------*/

static irmi_box box_of(const painter *p, const irmi_block *block, irm_interval alive) {
  irmi_box box = {irmi_panel_x(p->panel, alive.begin), 0, irmi_panel_x(p->panel, alive.end), 0};
  irmi_panel_rows(p->panel, block, &box.top, &box.bottom);
  if (box.right <= box.left) box.right = box.left + 1;
  return box;
}

/* Where a part begins behind another: an arrowhead where it is written over that one; a line where
 * it only comes next. */
static void write_joint(FILE *stream, irmi_box box, int x, const irmi_part *part) {
  int half = (box.bottom - box.top) / 2, nose = half < NOSE ? half : NOSE;
  if (irm_value_host(part->value))
    fprintf(stream, "<path class=\"handover\" d=\"M%d %dv%dl%d %dl%d %dv%d\"/>", x, box.top,
            half - nose, nose, nose, -nose, nose, half - nose);
  else
    fprintf(stream, "<path class=\"edge\" d=\"M%d %dV%d\"/>", x, box.top, box.bottom);
}

/* Without the op that computes it. */
static const char *brief_name(const painter *p, const irm_value *value) {
  const char *name = irm_value_name(value);
  return irm_value_is_named(value) ? name : irmi_text(p->panel->picture->facts, "%%%s", name);
}

/* The last one's name may stand behind the bar. */
static bool name_part(painter *p, const irmi_block *block, const irmi_part *part, irmi_box at,
                      irmi_box bar) {
  const char *name = irmi_array_text(p->panel->picture->facts, part->value);
  bool is_last = part == &block->parts[block->part_count - 1];
  if (at.left > bar.left) at.left += NOSE;
  if (write_inside(p, at, name)) return true;
  if (is_last && count_letters(name) <= LETTERS_MOST && write_right(p, bar, name)) return true;
  const char *brief = brief_name(p, part->value);
  return write_inside(p, at, brief) || write_cut(p, at, brief);
}

/* The block's lifetime from its interval *k on up to the next gap that can be seen; *k moves on. */
static irm_interval next_stretch(const painter *p, const irmi_block *block, uint32_t *k) {
  irm_interval stretch = block->alive[(*k)++];
  for (; *k < block->alive_count; (*k)++) {
    int gap = irmi_panel_x(p->panel, block->alive[*k].begin) - irmi_panel_x(p->panel, stretch.end);
    if (gap >= GAP_LEAST && p->rectangles < RECTANGLES) break;
    stretch.end = block->alive[*k].end;
  }
  return stretch;
}

/* One stretch of the block, part by part; names of parts where they fit. True: one did. */
static bool write_stretch(painter *p, const irmi_block *block, irm_interval alive) {
  irmi_box box = box_of(p, block, alive);
  bool named = false, odd = false;
  uint32_t k = 0;
  while (k + 1 < block->part_count && block->parts[k + 1].begin <= alive.begin)
    k++;
  for (irmi_box at = box; at.left < box.right; at.left = at.right, odd = !odd) {
    const irmi_part *part = block->part_count ? &block->parts[k] : NULL;
    for (k++; k < block->part_count; k++) {
      at.right = irmi_panel_x(p->panel, block->parts[k].begin);
      bool seen = at.right - at.left >= PART_LEAST && p->rectangles < RECTANGLES;
      if (seen || at.right >= box.right) break;
    }
    if (k >= block->part_count || at.right > box.right) at.right = box.right;
    fprintf(p->stream, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
            odd ? "bytes odd" : "bytes", at.left, at.top, at.right - at.left, at.bottom - at.top);
    p->rectangles++;
    if (part && at.left > box.left) write_joint(p->stream, box, at.left, part);
    if (part && block->part_count > 1) named |= name_part(p, block, part, at, box);
  }
  fprintf(p->stream, "<rect class=\"edge\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
          box.left, box.top, box.right - box.left, box.bottom - box.top);
  return named;
}

/* Of the longest stretch. */
static irmi_box name_box(const painter *p, const irmi_block *block) {
  irm_interval best = block->alive[0];
  for (uint32_t k = 1; k < block->alive_count; k++)
    if (block->alive[k].end - block->alive[k].begin > best.end - best.begin) best = block->alive[k];
  return box_of(p, block, best);
}

static void name_block(painter *p, const irmi_block *block) {
  irmi_box box = name_box(p, block);
  const char *name = irmi_block_text(p->panel->picture, block);
  if (write_inside(p, box, name) || block->op || write_beside(p, box, name)) return;
  const char *brief = block->part_count == 1 ? brief_name(p, block->parts[0].value) : name;
  if (!write_inside(p, box, brief) && !write_beside(p, box, brief) && !write_along(p, box, brief))
    write_cut(p, box, brief);
}

/* What it is, for who does not see it, and for who points at it where no script runs. */
static void write_title(FILE *stream, const irmi_picture *picture, const irmi_block *block) {
  irmi_note notes[IRMI_BLOCK_NOTES];
  uint32_t count = irmi_block_notes(picture, block, notes);
  fputs("<title>", stream);
  irmi_markup_text(stream, irmi_block_text(picture, block));
  for (uint32_t k = 0; k < count; k++)
    irmi_markup_print(stream, "\n%s: %s", notes[k].head, notes[k].text);
  fputs("</title>", stream);
}

static const char *kind_of(const irmi_picture *picture, const irmi_block *block) {
  if (block->op) return "workspace";
  return irm_program_slot(picture->facts->planned, block->slot).output ? "room" : "array";
}

static void open_block(FILE *stream, const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  fprintf(stream,
          "<g class=\"block %s%s\" id=\"%s-%zu\" tabindex=\"0\" role=\"img\" data-slot=\"%u\" "
          "data-offset=\"%" PRIu64 "\" data-bytes=\"%" PRIu64 "\" aria-label=\"",
          kind_of(picture, block), block->at_peak ? " alive" : "", picture->key,
          (size_t)(block - picture->blocks), block->slot, block->offset, block->bytes);
  irmi_markup_print(stream, "%s, %s, %s", irmi_block_text(picture, block),
                    irmi_bytes_text(facts, block->bytes), irmi_slot_text(picture, block->slot));
  fputs("\">", stream);
}

static void draw_block(painter *p, const irmi_block *block) {
  open_block(p->stream, p->panel->picture, block);
  write_title(p->stream, p->panel->picture, block);
  bool named = false;
  for (uint32_t k = 0; k < block->alive_count;)
    named |= write_stretch(p, block, next_stretch(p, block, &k));
  if (!named) name_block(p, block);
  fputs("</g>\n", p->stream);
}

static bool is_shown(const irmi_panel *panel, const irmi_block *block) {
  int top, bottom;
  return block->drawn && irmi_panel_rows(panel, block, &top, &bottom);
}

static void take_block(painter *p, const irmi_block *block) {
  for (uint32_t k = 0; k < block->alive_count;)
    take(p, box_of(p, block, next_stretch(p, block, &k)));
}

static uint32_t count_boxes(const irmi_picture *picture) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (picture->blocks[k].drawn) count += picture->blocks[k].alive_count + 1;
  return count;
}

void irmi_panel_draw_blocks(FILE *stream, const irmi_panel *panel) {
  const irmi_picture *picture = panel->picture;
  painter p = {.stream = stream, .panel = panel};
  p.taken = IRMI_ARENA_ARRAY(&picture->facts->arena, irmi_box, count_boxes(picture));
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (is_shown(panel, &picture->blocks[k])) take_block(&p, &picture->blocks[k]);
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (is_shown(panel, &picture->blocks[k])) draw_block(&p, &picture->blocks[k]);
}
