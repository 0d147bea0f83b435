/* Writes traces to pack, as rows of id,lower,upper,size. What is drawn is fixed by kind and count
 * alone.
 *
 * usage: irmem-pack-generate mix|sparse|nested|network COUNT */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct random_numbers {
  uint64_t state;
} random_numbers;

/* splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
static uint64_t draw(random_numbers *random) {
  uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* Above 0, at most 1. */
static double draw_unit(random_numbers *random) {
  return (double)((draw(random) >> 11) + 1) / 9007199254740992.0;
}

static uint64_t at_most(double value, double most) {
  return (uint64_t)(value < most ? value : most);
}

/* Lifetimes: at least 1. */
static uint64_t draw_exponential(random_numbers *random, double mean) {
  return 1 + (uint64_t)(-mean * log(draw_unit(random)));
}

static uint64_t draw_pareto(random_numbers *random, double least, double shape, double most) {
  return at_most(least * pow(draw_unit(random), -1 / shape), most);
}

/* From 2^6 to 2^24 bytes, small ones more often. */
static uint64_t draw_size(random_numbers *random) {
  double unit = draw_unit(random);
  return (uint64_t)exp2(6 + 18 * unit * unit);
}

static void row(uint64_t id, uint64_t lower, uint64_t upper, uint64_t size) {
  printf("%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", id, lower, upper, size);
}

/* Births at any time; most are short, a hundredth live for up to half of all time. */
static uint64_t draw_mixed_life(random_numbers *random, double span) {
  double kind = draw_unit(random);
  if (kind <= 0.7) return draw_exponential(random, 8);
  if (kind <= 0.9) return draw_pareto(random, 16, 1.1, span / 4);
  if (kind <= 0.99) return draw_pareto(random, 128, 0.8, span / 4);
  return 1 + (uint64_t)(draw_unit(random) * span / 2);
}

static void write_mix(random_numbers *random, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    uint64_t begin = draw(random) % count, life = draw_mixed_life(random, (double)count);
    row(i, begin, begin + (life ? life : 1), draw_size(random));
  }
}

/* Short lives, some up to a thousand steps long: few are alive together. */
static void write_sparse(random_numbers *random, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    uint64_t begin = draw(random) % count;
    uint64_t life =
        draw_unit(random) <= 0.9 ? draw_exponential(random, 8) : draw_pareto(random, 16, 1.1, 1000);
    row(i, begin, begin + life, draw_size(random));
  }
}

/* A third lives from a step forward to the same step backward; two short ones for each. */
static void write_nested(random_numbers *random, uint64_t count) {
  uint64_t steps = (count + 2) / 3;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t step = i / 3, forward = 2 * step, backward = 4 * steps - 2 * step;
    if (i % 3 == 0) row(i, forward, backward, draw_size(random));
    if (i % 3 == 1) row(i, forward + 1, forward + 2, draw_size(random));
    if (i % 3 == 2) row(i, backward - 1, backward, draw_size(random));
  }
}

/* Training a network of layers of four buffers: what a layer makes forward lives until it is used
 * backward, beside room for the operation itself and gradients from one layer to the next; sizes
 * halve and double from stage to stage as in convolutional networks, and repeat within one. */
static void write_network(random_numbers *random, uint64_t count) {
  uint64_t layers = (count + 3) / 4, last = 4 * layers, size = UINT64_C(1) << 22, room = size / 4;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t layer = i / 4, forward = 2 * layer, backward = last - 2 * layer;
    if (i % 4 == 0 && draw(random) % 8 == 0) {
      size = UINT64_C(1) << (18 + draw(random) % 6);
      room = size / (1 + draw(random) % 8);
    }
    if (i % 4 == 0) row(i, forward, draw(random) % 4 ? backward : forward + 3, size);
    if (i % 4 == 1) row(i, forward, forward + 1, room);
    if (i % 4 == 2) row(i, backward - 2, backward + 1, size);
    if (i % 4 == 3) row(i, backward - 1, backward, room);
  }
}

typedef struct kind {
  const char *name, *summary;
  void (*write)(random_numbers *random, uint64_t count);
} kind;

static const kind kinds[] = {
    {"mix", "heavy-tailed lifetimes: most are short, a hundredth up to half of all time",
     write_mix},
    {"sparse", "short lifetimes: few are alive together", write_sparse},
    {"nested", "from forward to backward, and two short ones for each", write_nested},
    {"network", "training a network of layers, sizes as in convolutional ones", write_network}};

static void print_usage(FILE *stream) {
  fputs("usage: irmem-pack-generate mix|sparse|nested|network COUNT\n", stream);
}

static int print_help(void) {
  print_usage(stdout);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    printf("  %-9s%s\n", kinds[i].name, kinds[i].summary);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--help") == 0) return print_help();
  uint64_t count = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (count == 0 || count > 100000000 || strcmp(argv[1], kinds[i].name) != 0) continue;
    random_numbers random = {42};
    puts("id,lower,upper,size");
    kinds[i].write(&random, count);
    return fflush(stdout) || ferror(stdout);
  }
  print_usage(stderr);
  return 2;
}
