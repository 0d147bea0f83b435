/* All of irmem. */
#ifndef IRMEM_IRMEM_H
#define IRMEM_IRMEM_H

#include "irmem/alg.h"
#include "irmem/analysis.h"
#include "irmem/builder.h"
#include "irmem/cache.h"
#include "irmem/context.h"
#include "irmem/csr.h"
#include "irmem/diag.h"
#include "irmem/emit.h"
#include "irmem/graph.h"
#include "irmem/interval.h"
#include "irmem/ir.h"
#include "irmem/pack.h"
#include "irmem/pass.h"
#include "irmem/plan.h"
#include "irmem/plugin.h"
#include "irmem/pool.h"
#include "irmem/report.h"
#include "irmem/run.h"
#include "irmem/size.h"
#include "irmem/text.h"
#include "irmem/verify.h"

#endif
