/* How what is alive where the lower bound is shown adds up to it. */
#ifndef IRMEM_REPORT_ACCOUNT_H
#define IRMEM_REPORT_ACCOUNT_H

#include "report/facts.h"

/* bound = alive - saved - outputs */
typedef struct irmi_account {
  irmi_sum *alive;   /* what is alive, and the op's workspace */
  irmi_sum *saved;   /* what is written in place counts once */
  irmi_sum *outputs; /* all bytes that callers bring */
  bool saves, has_outputs;
} irmi_account;

/* False: the bound is 0, or it does not add up in this way. */
bool irmi_find_account(const irmi_facts *facts, irmi_account *account);

/* "2 align64(8n) + 64" */
const char *irmi_sum_text(irmi_facts *facts, const irmi_sum *sum);

#endif
