/* What the page says in words and tables: the same numbers as in the drawing, for who does not see
 * it and for who copies them. */
#include "report/formula.h"
#include "report/markup.h"
#include "report/page.h"

#include "support/context.h"

#include <inttypes.h>
#include <string.h>

enum { KERNELS = 60 };

static void write_cell(FILE *stream, const char *class, const char *text) {
  fprintf(stream, "<td%s%s%s>", class ? " class=\"" : "", class ? class : "", class ? "\"" : "");
  irmi_markup_text(stream, text);
  fputs("</td>", stream);
}

static void write_number(FILE *stream, uint64_t number) {
  fprintf(stream, "<td class=\"number\">%" PRIu64 "</td>", number);
}

static void write_link(FILE *stream, const irmi_picture *picture, const irmi_block *block) {
  if (block->drawn)
    fprintf(stream, "<a href=\"#%s-%zu\">", picture->key, (size_t)(block - picture->blocks));
  irmi_markup_text(stream, irmi_block_text(picture, block));
  if (block->drawn) fputs("</a>", stream);
}

static const char *place_of(irmi_facts *facts, irm_loc loc) {
  return irmi_shortened(facts, irmi_place_text(facts, loc), IRMI_PICTURE_TEXT);
}

/* The peak --------------------------------------------------------------------------------------*/

void irmi_page_alive(FILE *stream, irmi_timeline *timeline, int which) {
  const irmi_picture *picture = &timeline->picture[which];
  fputs("<p>", stream);
  irmi_markup_print(stream, "%s %s", irmi_timeline_peak(timeline, which),
                    irmi_timeline_inputs(timeline, which));
  fputs("</p>\n<ul class=\"alive\">\n", stream);
  uint32_t count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++) {
    const irmi_block *block = &picture->blocks[k];
    if (!block->at_peak || count++ >= IRMI_PICTURE_NAMES) continue;
    fprintf(stream, "<li data-bytes=\"%" PRIu64 "\">", block->bytes);
    write_link(stream, picture, block);
    irmi_markup_print(stream, ": %s, %s", irmi_bytes_text(picture->facts, block->bytes),
                      irmi_slot_text(picture, block->slot));
    fputs("</li>\n", stream);
  }
  if (count > IRMI_PICTURE_NAMES)
    fprintf(stream, "<li>and %u more</li>\n", count - IRMI_PICTURE_NAMES);
  fputs("</ul>\n", stream);
}

/* Blocks ----------------------------------------------------------------------------------------*/

static const char *places_of(const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  if (block->op) return place_of(facts, irmi_op_place(block->op));
  const char *list = "";
  const char *last = NULL;
  for (uint32_t k = 0; k < block->part_count && k < 8; k++) {
    const char *place = place_of(facts, irmi_value_place(block->parts[k].value));
    if (last && strcmp(last, place) == 0) continue;
    list = irmi_text(facts, "%s%s%s", list, *list ? ", " : "", place);
    last = place;
  }
  return block->part_count > 8 ? irmi_text(facts, "%s, ...", list) : list;
}

static void write_block(FILE *stream, const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  bool is_room = irm_program_slot(facts->planned, block->slot).output;
  fputs("<tr>", stream);
  write_cell(stream, NULL, irmi_slot_text(picture, block->slot));
  write_cell(stream, "code", irmi_offset_text(picture, block->slot));
  if (is_room)
    write_cell(stream, NULL, "");
  else
    write_number(stream, block->offset);
  write_cell(stream, "code", irmi_size_text(&facts->arena, block->size));
  write_number(stream, block->bytes);
  fputs("<td>", stream);
  write_link(stream, picture, block);
  fputs("</td>", stream);
  write_cell(stream, NULL, places_of(picture, block));
  write_cell(stream, NULL, irmi_alive_text(picture, block));
  write_cell(stream, NULL, block->at_peak ? "yes" : "");
  fputs("</tr>\n", stream);
}

/* What is not in the table for itself, in one row. */
static void write_others(FILE *stream, const irmi_picture *picture) {
  uint64_t bytes = 0;
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (!picture->blocks[k].drawn) bytes = irm_bytes_add(bytes, picture->blocks[k].bytes);
  if (picture->drawn_count < picture->block_count)
    fprintf(stream, "<tr><td colspan=\"9\">and %u more, %" PRIu64 " bytes one by one</td></tr>\n",
            picture->block_count - picture->drawn_count, bytes);
}

void irmi_page_blocks(FILE *stream, irmi_timeline *timeline, int which) {
  const irmi_picture *picture = &timeline->picture[which];
  fprintf(stream, "<table id=\"%s-blocks\">\n<caption>%s</caption>\n", picture->key,
          which == IRMI_BEFORE ? "As written" : "As planned");
  fputs("<thead><tr>", stream);
  static const char *const heads[] = {"slot",  "begins at", "byte",  "size",       "bytes",
                                      "holds", "where",     "alive", "at the peak"};
  for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
    fprintf(stream, "<th scope=\"col\"%s>%s</th>", k == 2 || k == 4 ? " class=\"number\"" : "",
            heads[k]);
  fputs("</tr></thead>\n<tbody>\n", stream);
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (picture->blocks[k].drawn) write_block(stream, picture, &picture->blocks[k]);
  write_others(stream, picture);
  fprintf(stream, "</tbody>\n<tfoot><tr><td>arena</td><td></td><td></td><td class=\"code\">");
  irmi_markup_text(
      stream, irmi_shortened(picture->facts, picture->facts->arena_formula, IRMI_PICTURE_TEXT));
  fprintf(stream,
          "</td><td class=\"number\">%" PRIu64 "</td><td colspan=\"4\"></td></tr></tfoot>\n",
          picture->arena);
  fputs("</table>\n", stream);
}

/* Arrays ----------------------------------------------------------------------------------------*/

static const char *fate_text(irmi_timeline *timeline, const irmi_candidate *fate) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  if (irm_value_is_given(fate->value)) return "the caller's or the graph's";
  const irmi_decision *decision = fate->decision;
  if (!decision)
    return fate->fused ? "no bytes: computed in a loop, one element at a time" : "simplified away";
  const char *slot =
      irmi_slot_text(&timeline->picture[IRMI_AFTER], irm_value_slot(decision->value));
  if (decision->kind == IRMI_IN_PLACE)
    return irmi_text(facts, "%s, written over %s", slot, irmi_array_text(facts, decision->other));
  if (decision->kind == IRMI_REUSED)
    return irmi_text(facts, "%s, where %s was", slot, irmi_array_text(facts, decision->other));
  return irm_value_is_named(fate->value)
             ? slot
             : irmi_text(facts, "%s, there %s", slot, irmi_array_text(facts, decision->value));
}

void irmi_page_fates(FILE *stream, irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  for (uint32_t k = 0; k < facts->variable_count && k < IRMI_PICTURE_LINES; k++) {
    const irm_value *value = facts->variables[k];
    irm_size size = irm_type_bytes(irm_value_type(value));
    fputs("<tr>", stream);
    write_cell(stream, "code", irmi_array_text(facts, value));
    write_cell(stream, NULL, place_of(facts, irmi_value_place(value)));
    write_cell(stream, "code", irmi_size_text(&facts->arena, size));
    write_number(stream, irm_size_evaluate(size, irmi_facts_nodes(facts), irmi_facts_edges(facts)));
    write_cell(stream, NULL, fate_text(timeline, &timeline->fates[k]));
    fputs("</tr>\n", stream);
  }
  if (facts->variable_count > IRMI_PICTURE_LINES)
    fprintf(stream, "<tr><td colspan=\"5\">and %u more</td></tr>\n",
            facts->variable_count - IRMI_PICTURE_LINES);
}

/* Names of arrays that a kernel computes and does not give. */
static const char *inner_names(irmi_facts *facts, const irm_op *kernel) {
  const char *list = "";
  uint32_t count = 0;
  for (irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op)) {
    if (irm_op_opcode(op) == IRM_YIELD || !irm_value_is_array(irm_op_result(op, 0)) ||
        !irm_value_is_named(irm_op_result(op, 0)))
      continue;
    if (count++ < IRMI_PICTURE_NAMES)
      list = irmi_text(facts, "%s%s%s", list, *list ? ", " : "",
                       irmi_array_text(facts, irm_op_result(op, 0)));
  }
  return count > IRMI_PICTURE_NAMES
             ? irmi_text(facts, "%s and %u more", list, count - IRMI_PICTURE_NAMES)
             : list;
}

void irmi_page_kernels(FILE *stream, irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  if (facts->loop_count == 0) return;
  fputs("<h2>Steps that stand for several</h2>\n<ul>\n", stream);
  for (uint32_t k = 0; k < facts->loop_count && k < KERNELS; k++) {
    const irmi_loop_fact *loop = &facts->loops[k];
    const char *inner = inner_names(facts, loop->kernel);
    fputs("<li>", stream);
    irmi_markup_print(stream, "%s: %s",
                      irmi_shortened(facts, irmi_loop_results_text(facts, loop), IRMI_PICTURE_TEXT),
                      irmi_shortened(facts, irmi_loop_text(facts, loop), 4 * IRMI_PICTURE_TEXT));
    if (*inner) irmi_markup_print(stream, ". One element at a time, without bytes: %s", inner);
    fputs("</li>\n", stream);
  }
  if (facts->loop_count > KERNELS)
    fprintf(stream, "<li>and %u more</li>\n", facts->loop_count - KERNELS);
  fputs("</ul>\n", stream);
}

/* Source ----------------------------------------------------------------------------------------*/

/* The file that most of the program is from: that of the first op that has a line. */
static irmi_source *find_source(const irmi_facts *facts) {
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    if (irm_op_loc(op).line && !irm_op_loc(op).path)
      return irmi_context_source(irm_program_context(facts->planned), irm_op_loc(op).file);
  return NULL;
}

void irmi_page_source(FILE *stream, irmi_timeline *timeline) {
  irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  irmi_source *source = find_source(facts);
  if (!source) return;
  fputs("<h2>The source</h2>\n<ol class=\"source\">\n", stream);
  const char *line;
  size_t length;
  uint32_t number = 1;
  for (; number <= IRMI_PICTURE_LINES && (line = irmi_source_line(source, number, &length));
       number++) {
    if (length == 0 && line == source->text + source->length) break;
    fprintf(stream, "<li id=\"line-%u\" data-line=\"%u\"><code>", number, number);
    irmi_markup_text(stream,
                     irmi_shortened(facts, irmi_arena_copy_text(&facts->arena, line, length),
                                    IRMI_PICTURE_TEXT));
    fputs("</code></li>\n", stream);
  }
  fputs(number > IRMI_PICTURE_LINES ? "<li>...</li>\n</ol>\n" : "</ol>\n", stream);
}
