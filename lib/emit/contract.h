/* The functions of the C contract, as part of a module. */
#ifndef IRMEM_EMIT_CONTRACT_H
#define IRMEM_EMIT_CONTRACT_H

#include "contract/contract.h"
#include "emit/emitter.h"

/* Behind the program, a function of the module, which nobody else calls from then on. */
void irmi_emit_contract(irmi_emitter *emitter, const irmi_contract *contract, LLVMValueRef program);

#endif
