/* What is said of each allocation. */
#include "function.h"

#include <inttypes.h>
#include <stdio.h>

/* "64 bytes", "a block of another size each time". */
static void describe(char *text, size_t room, const irmi_allocation *allocation) {
  uint64_t bytes;
  if (irmi_constant_size(allocation, &bytes))
    snprintf(text, room, "block of %" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
  else
    snprintf(text, room, "block");
}

void irmi_say_done(irmi_function *f, const char *name, const irmi_allocation *allocation,
                   const char *what) {
  char text[200], subject[48];
  if (!irmi_fact_wants_remarks(f->facts)) return;
  describe(subject, sizeof subject, allocation);
  snprintf(text, sizeof text, "%s %s", subject, what);
  irmi_fact_remark(f->facts, IRMI_REMARK_PASSED, name, allocation->call, text);
}

/* " (strchr, line 12)", as far as there is something to say. */
static void locate(char *text, size_t room, LLVMValueRef reason) {
  bool known = reason && LLVMIsAInstruction(reason);
  LLVMValueRef callee = known && irmi_is_call(reason) ? LLVMGetCalledValue(reason) : NULL;
  unsigned line = known ? LLVMGetDebugLocLine(reason) : 0;
  size_t length = 0;
  const char *name = callee && LLVMIsAFunction(callee) ? LLVMGetValueName2(callee, &length) : "";
  if (length > 100) length = 0; /* C++ has names that nobody reads */
  if (length && line)
    snprintf(text, room, " (%.*s, line %u)", (int)length, name, line);
  else if (length)
    snprintf(text, room, " (%.*s)", (int)length, name);
  else if (line)
    snprintf(text, room, " (line %u)", line);
}

void irmi_say_missed(irmi_function *f, const irmi_allocation *allocation, const char *why,
                     LLVMValueRef reason) {
  char text[400], subject[48], place[128] = "";
  if (!irmi_fact_wants_remarks(f->facts)) return;
  describe(subject, sizeof subject, allocation);
  locate(place, sizeof place, reason);
  snprintf(text, sizeof text, "%s stays an allocation of its own: %s%s", subject, why, place);
  irmi_fact_remark(f->facts, IRMI_REMARK_MISSED, "Kept", allocation->call, text);
}

void irmi_say_of_call(irmi_facts *facts, LLVMValueRef call, const char *why) {
  char text[200];
  if (!irmi_fact_wants_remarks(facts)) return;
  snprintf(text, sizeof text, "block stays an allocation of its own: %s", why);
  irmi_fact_remark(facts, IRMI_REMARK_MISSED, "Kept", call, text);
}
