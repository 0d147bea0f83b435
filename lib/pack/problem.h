/* Questions about problems, whatever is made of them. */
#ifndef IRMEM_PACK_PROBLEM_H
#define IRMEM_PACK_PROBLEM_H

#include "irmem/pack.h"

/* Whether two buffers are alive together at one point alone, and which. */
bool irmi_pack_meet_once(const irm_pack_buffer *a, const irm_pack_buffer *b, uint32_t *point);

#endif
