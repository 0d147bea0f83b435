/* What is to be known of a block, line by line: for who points at it, and for who cannot see it. */
#include "report/formula.h"
#include "report/picture.h"

static void add(irmi_note *notes, uint32_t *count, const char *head, const char *text) {
  notes[(*count)++] = (irmi_note){head, text};
}

static const char *append(irmi_facts *facts, const char *list, const char *item) {
  return list ? irmi_text(facts, "%s, %s", list, item) : item;
}

static const char *place_text(const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  const char *name = irmi_slot_text(picture, block->slot);
  if (irm_program_slot(facts->planned, block->slot).output)
    return irmi_text(facts, "the caller's bytes for %s", name);
  return irmi_text(facts, "%s, from byte %s of the arena on: %s", name,
                   irmi_bytes_text(facts, block->offset), irmi_offset_text(picture, block->slot));
}

const char *irmi_alive_text(const irmi_picture *picture, const irmi_block *block) {
  uint32_t first = block->alive[0].begin / 2;
  uint32_t last = (block->alive[block->alive_count - 1].end - 1) / 2;
  const char *begin = irmi_step_text(picture, first);
  if (first == last) return irmi_text(picture->facts, "during %s", begin);
  return irmi_text(picture->facts, "from %s to %s%s", begin, irmi_step_text(picture, last),
                   block->alive_count > 1 ? ", with gaps" : "");
}

/* Where and by what it is computed, and why it is where it is. */
static const char *part_text(const irmi_picture *picture, const irmi_part *part) {
  irmi_facts *facts = picture->facts;
  irm_loc loc = irmi_value_place(part->value);
  const irmi_decision *decision = picture->decision_of[irm_value_id(part->value)];
  const irm_value *host = irm_value_host(part->value);
  const char *place = irmi_shortened(facts, irmi_place_text(facts, loc), IRMI_PICTURE_TEXT);
  const char *line = irmi_source_text(facts, loc);
  const char *text = line ? irmi_text(facts, "%s: %s", place, line) : place;
  if (host)
    text = irmi_text(facts, "%s%swritten over %s", text, *text ? "; " : "",
                     irmi_array_text(facts, host));
  bool is_planned = facts->planned != facts->as_written;
  if (is_planned && decision && (decision->why || decision->why_not))
    text = irmi_text(facts, "%s%s%s", text, *text ? "; " : "",
                     irmi_shortened(facts, decision->reason, IRMI_PICTURE_TEXT));
  return text;
}

static void add_parts(const irmi_picture *picture, const irmi_block *block, irmi_note *notes,
                      uint32_t *count) {
  irmi_facts *facts = picture->facts;
  for (uint32_t k = 0; k < block->part_count && k < IRMI_PICTURE_PARTS; k++)
    add(notes, count, irmi_array_text(facts, block->parts[k].value),
        part_text(picture, &block->parts[k]));
  if (block->part_count > IRMI_PICTURE_PARTS)
    add(notes, count, "and",
        irmi_text(facts, "%u more, one written over the other",
                  block->part_count - IRMI_PICTURE_PARTS));
}

static const char *aliases_text(const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  const char *list = NULL;
  for (uint32_t k = 0; k < block->alias_count && k < IRMI_PICTURE_NAMES; k++)
    list = append(facts, list, irmi_array_text(facts, block->aliases[k]));
  if (block->alias_count > IRMI_PICTURE_NAMES)
    list = irmi_text(facts, "%s and %u more", list, block->alias_count - IRMI_PICTURE_NAMES);
  return list;
}

/* The others of its slot: they stand beside it in the picture's order. */
static const char *mates_text(const irmi_picture *picture, const irmi_block *block) {
  irmi_facts *facts = picture->facts;
  const irmi_block *first = block, *end = picture->blocks + picture->block_count;
  const char *list = NULL;
  uint32_t count = 0;
  while (first > picture->blocks && first[-1].slot == block->slot)
    first--;
  for (; first < end && first->slot == block->slot; first++)
    if (first != block && count++ < 8) list = append(facts, list, irmi_block_text(picture, first));
  return count > 8 ? irmi_text(facts, "%s and %u more", list, count - 8) : list;
}

uint32_t irmi_block_notes(const irmi_picture *picture, const irmi_block *block, irmi_note *notes) {
  irmi_facts *facts = picture->facts;
  uint32_t count = 0;
  add(notes, &count, "size",
      irmi_text(facts, "%s = %s", irmi_size_text(&facts->arena, block->size),
                irmi_bytes_text(facts, block->bytes)));
  add(notes, &count, "where", place_text(picture, block));
  add_parts(picture, block, notes, &count);
  if (block->alias_count > 0) add(notes, &count, "also named", aliases_text(picture, block));
  add(notes, &count, "alive", irmi_alive_text(picture, block));
  const char *mates = mates_text(picture, block);
  if (mates) add(notes, &count, "same slot", mates);
  if (block->at_peak) add(notes, &count, "peak", "alive when most bytes are");
  return count;
}
