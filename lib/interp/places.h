/* Where the slots of a plan are in memory: in the arena and in the caller's outputs, changing
 * places at the ends of loop iterations. */
#ifndef IRMEM_INTERP_PLACES_H
#define IRMEM_INTERP_PLACES_H

#include "irmem/ir.h"
#include "runtime/rt.h"

typedef struct irmi_place {
  unsigned char *bytes;
  uint64_t size;
} irmi_place;

/* Bytes from begin up to end. */
typedef struct irmi_range {
  unsigned char *begin, *end;
} irmi_range;

typedef struct irmi_places {
  const irm_program *program;
  const irm_allocator *allocator;
  uint32_t count;
  irmi_place *of;    /* one a slot: where it is now */
  irmi_place *was;   /* scratch of irmi_places_hand_over */
  uint32_t *goes_to; /* scratch: which slot takes a slot's place, or IRM_NO_SLOT */
  bool *is_taken;    /* scratch: whether a slot takes another's place */
  irmi_range *kept;  /* scratch of irmi_places_poison_dead */
} irmi_places;

/* False after it was reported that a slot names no output of its size. */
bool irmi_places_init(irmi_places *places, const irm_program *program, const irm_rt_frame *frame,
                      const irm_allocator *allocator);
void irmi_places_destroy(irmi_places *places);

/* Fills a slot with bytes that no computation leaves behind by chance. */
#define IRMI_POISON 0xDB
void irmi_places_poison(irmi_places *places, uint32_t slot);
/* Fills every slot that is not occupied so, but for the bytes that it shares with one that is.
 * Cost: O(slots log slots), and the bytes. */
void irmi_places_poison_dead(irmi_places *places, const bool *is_occupied);

/* The end of an iteration: the slot of each array to[k] takes the place of the slot of from[k], all
 * at once; slots that gave their place away get one of those that are left over. Cost: O(slots +
 * count). False: two arrays would take one place. */
bool irmi_places_hand_over(irmi_places *places, uint32_t count, irm_value *const *from,
                           irm_value *const *to);

#endif
