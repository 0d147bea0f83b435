/* The names of values while a text is read: which are defined, and which can be seen from here. */
#ifndef IRMEM_IR_NAMES_H
#define IRMEM_IR_NAMES_H

#include "irmem/ir.h"
#include "support/map.h"
#include "support/reports.h"

typedef enum irmi_symbol_state {
  IRMI_SYMBOL_UNKNOWN, /* used, not defined so far */
  IRMI_SYMBOL_GUESSED, /* seen in a line that could not be read: it may be defined there */
  IRMI_SYMBOL_PENDING, /* its op is being read */
  IRMI_SYMBOL_VISIBLE,
  IRMI_SYMBOL_HIDDEN /* its region has ended */
} irmi_symbol_state;

typedef struct irmi_symbol {
  const char *name; /* interned */
  irmi_symbol_state state;
  irm_loc loc;      /* of its definition */
  irm_value *value; /* NULL: there is none because of an error that was reported */
} irmi_symbol;

/* A use that found nothing. */
typedef struct irmi_missing {
  uint32_t symbol;
  irm_loc loc;
  bool hidden; /* what it names was defined before, in a region that has ended */
} irmi_missing;

typedef struct irmi_names {
  const irm_allocator *allocator;
  irmi_reports *reports;
  irmi_map indices; /* interned name -> symbol */
  irmi_vec(irmi_symbol) symbols;
  irmi_vec(uint32_t) scope; /* the visible symbols, innermost region last */
  irmi_vec(irmi_missing) missing;
} irmi_names;

void irmi_names_init(irmi_names *names, irmi_reports *reports);

/* Announces a definition, visible from irmi_names_give on; names are interned. Gives the symbol. */
uint32_t irmi_names_announce(irmi_names *names, const char *name, irm_loc loc);
void irmi_names_give(irmi_names *names, uint32_t symbol, irm_value *value);

/* The value of a name, or NULL after an error was reported or noted for the end. */
irm_value *irmi_names_use(irmi_names *names, const char *name, irm_loc loc);

/* A name in text that could not be read: uses of it are no errors. */
void irmi_names_guess(irmi_names *names, const char *name);

/* Names given between enter and leave are visible only there. */
size_t irmi_names_enter(const irmi_names *names);
void irmi_names_leave(irmi_names *names, size_t mark);

/* Reports the uses that found nothing and frees the memory. */
void irmi_names_finish(irmi_names *names);

#endif
