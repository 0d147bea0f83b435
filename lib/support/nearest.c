/* Edit distance with swaps of neighbours (optimal string alignment) on words of bounded length. */
#include "support/nearest.h"

#include "irmem/diag.h"

#include <string.h>

#define LONGEST 48

static unsigned least(unsigned a, unsigned b) {
  return a < b ? a : b;
}

static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  unsigned rows[3][LONGEST + 1];
  for (size_t j = 0; j <= b_length; j++)
    rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= a_length; i++) {
    unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *swapped = rows[(i + 1) % 3];
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= b_length; j++) {
      row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = least(row[j], swapped[j - 2] + 1);
    }
  }
  return rows[a_length % 3][b_length];
}

irmi_nearest irmi_nearest_create(const char *word, size_t length) {
  return (irmi_nearest){word, length, NULL, (unsigned)(length < 3 ? 1 : length / 3) + 1};
}

void irmi_nearest_try(irmi_nearest *nearest, const char *candidate) {
  size_t length = strlen(candidate);
  if (nearest->length > LONGEST || length > LONGEST) return;
  unsigned far = distance(nearest->word, nearest->length, candidate, length);
  if (far >= nearest->distance) return;
  nearest->distance = far;
  nearest->best = candidate;
}

const char *irm_diag_nearest(const char *word, const char *(*candidate)(void *user, size_t index),
                             void *user) {
  irmi_nearest nearest = irmi_nearest_create(word, strlen(word));
  const char *name;
  for (size_t i = 0; (name = candidate(user, i)); i++)
    irmi_nearest_try(&nearest, name);
  return nearest.best;
}
