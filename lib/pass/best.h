/* best: the alternative that needs least. */
#ifndef IRMEM_PASS_BEST_H
#define IRMEM_PASS_BEST_H

#include "pass/internal.h"

irm_pass_result irmi_best_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step);

#endif
