/* What the processor says of itself, and which of it the system supports. */
#include "native/machine.h"

#include <stdint.h>
#include <sys/auxv.h>
#include <sys/utsname.h>

#ifdef __x86_64__
#include <cpuid.h>

/* Which registers of which leaves are the same on every processor of a machine at any time: not
 * those with the processor's number in them. */
enum { EAX = 1, EBX = 2, ECX = 4, EDX = 8 };
static const struct {
  uint32_t leaf, part, registers;
} leaves[] = {
    {0, 0, EAX | EBX | ECX | EDX}, /* how many leaves, the maker */
    {1, 0, EAX | ECX | EDX},       /* family, model, features */
    {7, 0, EBX | ECX | EDX},
    {7, 1, EAX | EBX | ECX | EDX},
    {0xd, 1, EAX}, /* how state is saved */
    {0x14, 0, EBX},
    {0x19, 0, EBX},
    {0x24, 0, EBX},
    {0x80000001, 0, ECX | EDX},
    {0x80000008, 0, EBX},
};

/* Which registers the system saves; where the processor can tell. */
static uint32_t saved_state(void) {
  uint32_t a, b, c, d, low = 0, high;
  if (__get_cpuid(1, &a, &b, &c, &d) && (c & bit_OSXSAVE))
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static void write_processor(FILE *stream) {
  for (size_t k = 0; k < sizeof leaves / sizeof *leaves; k++) {
    uint32_t r[4] = {0};
    if (!__get_cpuid_count(leaves[k].leaf, leaves[k].part, &r[0], &r[1], &r[2], &r[3])) continue;
    for (int i = 0; i < 4; i++)
      if (leaves[k].registers >> i & 1) fprintf(stream, "%x ", r[i]);
  }
  fprintf(stream, "%x", saved_state());
}
#else
static void write_processor(FILE *stream) {
  fprintf(stream, "%lx %lx", getauxval(AT_HWCAP), getauxval(AT_HWCAP2));
}
#endif

void irmi_machine_write(FILE *stream) {
  struct utsname name;
  const char *machine = uname(&name) == 0 ? name.machine : "";
  fprintf(stream, "machine %s ", machine);
  write_processor(stream);
  fputc('\n', stream);
}
