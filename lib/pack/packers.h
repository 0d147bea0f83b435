/* The packers that irmem has. */
#ifndef IRMEM_PACK_PACKERS_H
#define IRMEM_PACK_PACKERS_H

#include "pack/effort.h"
#include "pack/trace.h"

/* Works on whole problems, and starts from the best that the others have found. */
extern const irm_packer irmi_exact_packer;

/* What a packer is asked, shared by all packers. */
typedef struct irmi_job {
  irmi_trace trace;
  irmi_events events;
  irmi_arena *arena;
  bool hosts;     /* there are pairs: some that are fixed may share bytes */
  uint64_t bound; /* no placement is lower: when one is as low, nobody looks on */
} irmi_job;

typedef struct irmi_packer irmi_packer;
struct irmi_packer {
  irm_packer shown;
  /* Fills in an offset for each block; false: found none within the effort. */
  bool (*run)(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
              uint64_t *offsets);
  const char *keys;                        /* the order in which it takes blocks */
  uint64_t (*most_steps)(uint32_t blocks); /* what a quick pass may spend */
  bool within_levels;                      /* part of irmi_levels */
};

/* In the order in which they are listed; NULL behind the last. */
const irmi_packer *irmi_packer_at(size_t index);
/* The one of them that takes as much effort as there is. */
const irmi_packer *irmi_local_search(void);
bool irmi_is_own_packer(const irm_packer *packer);

/* What a packer that is near linear may spend on so many blocks. */
uint64_t irmi_quick_steps(uint32_t blocks);

/* hosted: guests are put over hosts where they can be, before anything is packed. In the arena. */
void irmi_job_init(irmi_job *job, const irm_pack_problem *problem, bool hosted, irmi_arena *arena);

#endif
