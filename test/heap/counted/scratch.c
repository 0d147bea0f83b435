/* Scratch buffers of each call, and of each row of an image. */
#include "counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* expect: allocations 244 -> 5, peak at most 60 percent */

enum { WIDTH = 2000, ROWS = 80 };

__attribute__((noinline)) void blur_rows(float *image, size_t width, size_t rows) {
  for (size_t r = 0; r < rows; r++) {
    float *row = image + r * width, *copy = malloc(width * sizeof *copy);
    memcpy(copy, row, width * sizeof *copy);
    for (size_t k = 1; k + 1 < width; k++)
      row[k] = (copy[k - 1] + copy[k] + copy[k + 1]) / 3;
    free(copy);
  }
}

__attribute__((noinline)) unsigned long brightest(const float *restrict image, size_t width,
                                                  size_t rows) {
  unsigned long found = 0;
  for (size_t r = 0; r < rows; r++) {
    unsigned *bins = calloc(256, sizeof *bins);
    float *line;
    if (posix_memalign((void **)&line, 64, width * sizeof *line)) abort();
    for (size_t k = 0; k < width; k++)
      line[k] = image[r * width + k] * 0.5f;
    for (size_t k = 0; k < width; k++)
      bins[(unsigned)line[k] & 255]++;
    for (unsigned k = 0; k < 256; k++)
      if (bins[k] > bins[found & 255]) found = found * 31 + k;
    free(line);
    free(bins);
  }
  return found;
}

/* Four steps, each with a result of its own, freed at the end. */
__attribute__((noinline)) float steps(const float *in, size_t n) {
  float sum = 0;
  if (n == 0) return 0;
  float *a = malloc(n * sizeof *a);
  for (size_t k = 0; k < n; k++)
    a[k] = in[k] * 2;
  float *b = malloc(n * sizeof *b);
  for (size_t k = 0; k < n; k++)
    b[k] = a[n - 1 - k] + 1;
  float *c = malloc(n * sizeof *c);
  for (size_t k = 0; k < n; k++)
    c[k] = b[n - 1 - k] * b[k];
  float *d = malloc(n * sizeof *d);
  for (size_t k = 0; k < n; k++)
    d[k] = c[n - 1 - k] - 3;
  for (size_t k = 0; k < n; k++)
    sum += d[k];
  free(a);
  free(b);
  free(c);
  free(d);
  return sum;
}

int main(void) {
  static float image[WIDTH * ROWS];
  for (size_t k = 0; k < WIDTH * ROWS; k++)
    image[k] = (float)(k * 7919 % 512);
  counter_start();
  blur_rows(image, WIDTH, ROWS);
  unsigned long found = brightest(image, WIDTH, ROWS);
  float sum = steps(image, WIDTH);
  counter_stop();
  printf("%lu %g\n", found, sum);
  return 0;
}
