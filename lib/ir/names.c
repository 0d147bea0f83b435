/* Symbols by name. Every name has one symbol; where it was defined is known only at the end, so
 * that is when a use that found nothing is explained. */
#include "ir/names.h"

#include <string.h>

void irmi_names_init(irmi_names *names, irmi_reports *reports) {
  *names = (irmi_names){.allocator = irm_context_allocator(reports->context), .reports = reports};
  irmi_map_init(&names->indices, names->allocator);
}

static uint32_t symbol_of(irmi_names *names, const char *name) {
  uint64_t index;
  if (irmi_map_find(&names->indices, (uintptr_t)name, &index)) return (uint32_t)index;
  irmi_symbol symbol = {.name = name};
  irmi_vec_push(names->allocator, &names->symbols, symbol);
  irmi_map_set(&names->indices, (uintptr_t)name, names->symbols.count - 1);
  return (uint32_t)names->symbols.count - 1;
}

/* For messages: a name of any length, cut. */
static int shown(const irmi_symbol *symbol) {
  size_t length = strlen(symbol->name);
  return length > 64 ? 64 : (int)length;
}

uint32_t irmi_names_announce(irmi_names *names, const char *name, irm_loc loc) {
  uint32_t index = symbol_of(names, name);
  irmi_symbol *symbol = &names->symbols.items[index];
  if (symbol->state >= IRMI_SYMBOL_PENDING) {
    irmi_reports_add(names->reports, loc, "'%%%.*s' is defined twice", shown(symbol), name);
    irmi_reports_note(names->reports, symbol->loc, "first defined here");
    return index;
  }
  symbol->state = IRMI_SYMBOL_PENDING;
  symbol->loc = loc;
  return index;
}

/* Of a name that is defined twice, neither is meant: what uses it is left out, without more errors.
 */
void irmi_names_give(irmi_names *names, uint32_t index, irm_value *value) {
  irmi_symbol *symbol = &names->symbols.items[index];
  symbol->value = symbol->state == IRMI_SYMBOL_PENDING ? value : NULL;
  if (symbol->state == IRMI_SYMBOL_VISIBLE) return;
  symbol->state = IRMI_SYMBOL_VISIBLE;
  irmi_vec_push(names->allocator, &names->scope, index);
}

irm_value *irmi_names_use(irmi_names *names, const char *name, irm_loc loc) {
  uint32_t index = symbol_of(names, name);
  const irmi_symbol *symbol = &names->symbols.items[index];
  if (symbol->state == IRMI_SYMBOL_VISIBLE) return symbol->value;
  irmi_missing missing = {index, loc, symbol->state == IRMI_SYMBOL_HIDDEN};
  if (symbol->state != IRMI_SYMBOL_GUESSED)
    irmi_vec_push(names->allocator, &names->missing, missing);
  return NULL;
}

void irmi_names_guess(irmi_names *names, const char *name) {
  uint32_t index = symbol_of(names, name);
  irmi_symbol *symbol = &names->symbols.items[index];
  if (symbol->state == IRMI_SYMBOL_UNKNOWN) symbol->state = IRMI_SYMBOL_GUESSED;
}

size_t irmi_names_enter(const irmi_names *names) {
  return names->scope.count;
}

void irmi_names_leave(irmi_names *names, size_t mark) {
  while (names->scope.count > mark)
    names->symbols.items[names->scope.items[--names->scope.count]].state = IRMI_SYMBOL_HIDDEN;
}

static void report_missing(irmi_names *names, const irmi_missing *missing) {
  const irmi_symbol *symbol = &names->symbols.items[missing->symbol];
  if (symbol->state == IRMI_SYMBOL_GUESSED) return;
  bool defined = symbol->state != IRMI_SYMBOL_UNKNOWN;
  irmi_reports_add(names->reports, missing->loc, "'%%%.*s' is %s", shown(symbol), symbol->name,
                   missing->hidden ? "not visible here"
                   : defined       ? "used before it is defined"
                                   : "not defined");
  if (defined)
    irmi_reports_note(names->reports, symbol->loc,
                      missing->hidden ? "defined here, in a region that ends before"
                                      : "defined here");
}

void irmi_names_finish(irmi_names *names) {
  for (size_t i = 0; i < names->missing.count; i++)
    report_missing(names, &names->missing.items[i]);
  irmi_vec_free(names->allocator, &names->missing);
  irmi_vec_free(names->allocator, &names->scope);
  irmi_vec_free(names->allocator, &names->symbols);
  irmi_map_destroy(&names->indices);
}
