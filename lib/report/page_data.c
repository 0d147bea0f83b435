/* The page's numbers as JSON, for the script within it and for others. */
#include "report/markup.h"
#include "report/page.h"

#include <jansson.h>

static json_t *text(irmi_facts *facts, const char *words) {
  return json_string(irmi_markup_clean(&facts->arena, words));
}

static json_t *notes_of(const irmi_picture *picture, const irmi_block *block) {
  irmi_note notes[IRMI_BLOCK_NOTES];
  uint32_t count = irmi_block_notes(picture, block, notes);
  json_t *list = json_array();
  for (uint32_t k = 0; k < count; k++) {
    json_t *note = json_array();
    json_array_append_new(note, text(picture->facts, notes[k].head));
    json_array_append_new(note, text(picture->facts, notes[k].text));
    json_array_append_new(list, note);
  }
  return list;
}

/* Lines of the source where what it holds is computed. */
static json_t *lines_of(const irmi_block *block) {
  json_t *list = json_array();
  irm_loc at = block->op ? irmi_op_place(block->op) : (irm_loc){0};
  if (at.line && !at.path) json_array_append_new(list, json_integer(at.line));
  for (uint32_t k = 0; k < block->part_count && k < IRMI_PICTURE_PARTS; k++) {
    at = irmi_value_place(block->parts[k].value);
    if (at.line && !at.path) json_array_append_new(list, json_integer(at.line));
  }
  return list;
}

static json_t *names_of(irmi_facts *facts, const irmi_block *block) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < block->part_count && k < IRMI_PICTURE_NAMES; k++)
    json_array_append_new(list,
                          text(facts, irmi_shortened(facts, irm_value_name(block->parts[k].value),
                                                     IRMI_PICTURE_TEXT)));
  return list;
}

static json_t *block_of(const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  json_t *object = json_object();
  json_object_set_new(object, "name", text(facts, irmi_block_text(picture, block)));
  json_object_set_new(object, "slot", json_integer(block->slot));
  json_object_set_new(object, "offset", json_integer((json_int_t)block->offset));
  json_object_set_new(object, "bytes", json_integer((json_int_t)block->bytes));
  json_object_set_new(object, "arrays", names_of(facts, block));
  json_object_set_new(object, "lines", lines_of(block));
  json_object_set_new(object, "notes", notes_of(picture, block));
  return object;
}

static void add_blocks(json_t *blocks, const irmi_picture *picture) {
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (picture->blocks[k].drawn)
      json_object_set_new(blocks, irmi_text(picture->facts, "%s-%u", picture->key, k),
                          block_of(picture, &picture->blocks[k]));
}

static json_t *picture_of(const irmi_picture *picture) {
  irmi_facts *facts = picture->facts;
  json_t *object = json_object();
  json_object_set_new(object, "arena", json_integer((json_int_t)picture->arena));
  json_object_set_new(object, "peak", json_integer((json_int_t)facts->peak.bytes));
  json_object_set_new(object, "lower_bound", json_integer((json_int_t)facts->bound.bytes));
  json_object_set_new(object, "blocks", json_integer(picture->block_count));
  return object;
}

/* A "<" could begin the end of the script that this stands in. */
static int write_escaped(const char *buffer, size_t size, void *stream) {
  for (size_t k = 0; k < size; k++)
    if (buffer[k] == '<')
      fputs("\\u003c", stream);
    else
      fputc(buffer[k], stream);
  return 0;
}

void irmi_page_data(FILE *stream, irmi_timeline *timeline) {
  const irmi_facts *facts = &timeline->facts[IRMI_AFTER];
  json_t *data = json_object(), *blocks = json_object();
  for (int which = 0; which < 2; which++) {
    const irmi_picture *picture = &timeline->picture[which];
    json_object_set_new(data, picture->key, picture_of(picture));
    add_blocks(blocks, picture);
  }
  json_object_set_new(data, "nodes", json_integer((json_int_t)irmi_facts_nodes(facts)));
  json_object_set_new(data, "edges", json_integer((json_int_t)irmi_facts_edges(facts)));
  json_object_set_new(data, "blocks", blocks);
  json_dump_callback(data, write_escaped, stream, JSON_COMPACT);
  json_decref(data);
}
