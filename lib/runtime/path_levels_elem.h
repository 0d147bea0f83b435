/* path_levels.c for one type of elements (each_elem.h). */

static uint64_t NAME(bits)(ELEM number) {
  uint64_t wide = 0;
  uint32_t narrow;
  if (sizeof number == sizeof wide) {
    memcpy(&wide, &number, sizeof number);
    return wide;
  }
  memcpy(&narrow, &number, sizeof narrow);
  return narrow;
}

static ELEM NAME(number)(uint64_t bits) {
  ELEM number;
  uint32_t narrow = (uint32_t)bits;
  if (sizeof number == sizeof bits)
    memcpy(&number, &bits, sizeof number);
  else
    memcpy(&number, &narrow, sizeof narrow);
  return number;
}

/* The greatest for NaN, which nobody takes either. */
static uint64_t NAME(given_by)(const irmi_path *path, uint64_t bits) {
  ELEM given = FURTHER(NAME(number)(bits), NAME(irmi_step)(path, 0));
  return NAME(bits)(given < GREATEST ? given : GREATEST);
}

static uint64_t NAME(greatest)(void) {
  return NAME(bits)(GREATEST);
}
