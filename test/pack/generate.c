/* Writes traces to pack, as rows of id,lower,upper,size. What is drawn is fixed by kind, count and
 * seed (42, if none is given) alone.
 *
 * usage: irmem-pack-generate KIND COUNT [SEED] */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
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

/* Cutting: a mebibyte over as many points of time is cut into buffers, so that a placement within
 * it is known to exist; then some are taken away. Times and sizes are multiples of a kibibyte. */
#define SIDE 1024
#define KIBI UINT64_C(1024)

typedef struct piece {
  uint64_t begin, end, low, high;
} piece;

typedef struct cutting {
  double edge;       /* of a side, within which it is not cut */
  double narrowness; /* cut where so many times its length is greater than its height; 0: either */
  double more;       /* pieces for each that is left */
  bool is_full;      /* none is taken away at one point: all of the mebibyte is needed there */
} cutting;

static uint64_t area_of(const piece *p) {
  return (p->end - p->begin) * (p->high - p->low);
}

static bool is_cut_in_time(random_numbers *random, const cutting *how, const piece *p) {
  uint64_t length = p->end - p->begin, height = p->high - p->low;
  if (length < 2 || height < 2) return length > height;
  if (how->narrowness == 0) return draw(random) % 2;
  return how->narrowness * (double)length > (double)height;
}

/* Between the edges of a side, at least 1 from either. */
static uint64_t draw_cut(random_numbers *random, const cutting *how, uint64_t side) {
  double within = how->edge + (1 - 2 * how->edge) * draw_unit(random);
  uint64_t at = (uint64_t)(within * (double)side + 0.5);
  return at < 1 ? 1 : at < side ? at : side - 1;
}

/* The largest is cut next. */
static void cut_pieces(random_numbers *random, const cutting *how, piece *pieces, uint64_t count) {
  pieces[0] = (piece){0, SIDE, 0, SIDE};
  for (uint64_t n = 1; n < count; n++) {
    piece *largest = pieces;
    for (uint64_t i = 1; i < n; i++)
      if (area_of(&pieces[i]) > area_of(largest)) largest = &pieces[i];
    pieces[n] = *largest;
    if (is_cut_in_time(random, how, largest))
      pieces[n].begin = largest->end =
          largest->begin + draw_cut(random, how, largest->end - largest->begin);
    else
      pieces[n].low = largest->high =
          largest->low + draw_cut(random, how, largest->high - largest->low);
  }
}

static void shuffle_pieces(random_numbers *random, piece *pieces, uint64_t count) {
  for (uint64_t n = count; n > 1; n--) {
    uint64_t other = draw(random) % n;
    piece moved = pieces[other];
    pieces[other] = pieces[n - 1];
    pieces[n - 1] = moved;
  }
}

/* Moves what is alive at the point to where it is not taken away. */
static void keep_point(piece *pieces, uint64_t count, uint64_t point) {
  uint64_t first = 0;
  for (uint64_t i = 0; i < count; i++) {
    if (point < pieces[i].begin || point >= pieces[i].end) continue;
    piece moved = pieces[i];
    pieces[i] = pieces[first];
    pieces[first++] = moved;
  }
}

static void write_pieces(random_numbers *random, const cutting *how, uint64_t count) {
  uint64_t all = (uint64_t)(how->more * (double)count);
  piece *pieces = calloc(all, sizeof *pieces);
  if (!pieces) abort();
  cut_pieces(random, how, pieces, all);
  shuffle_pieces(random, pieces, all);
  if (how->is_full) keep_point(pieces, all, draw(random) % SIDE);
  for (uint64_t i = 0; i < count; i++)
    row(i, KIBI * pieces[i].begin, KIBI * pieces[i].end, KIBI * (pieces[i].high - pieces[i].low));
  free(pieces);
}

/* Of all shapes, and little is taken away: hard, and harder the more there are. */
static void write_cut(random_numbers *random, uint64_t count) {
  write_pieces(random, &(cutting){.edge = 0, .narrowness = 0, .more = 1.08, .is_full = true},
               count);
}

/* Of all shapes, with some room everywhere. */
static void write_loose(random_numbers *random, uint64_t count) {
  write_pieces(random, &(cutting){.edge = 0, .narrowness = 0, .more = 1.19, .is_full = false},
               count);
}

/* Much alike, and a third is taken away. */
static void write_tiles(random_numbers *random, uint64_t count) {
  write_pieces(random, &(cutting){.edge = 0.3, .narrowness = 1.9, .more = 1.5, .is_full = true},
               count);
}

typedef struct kind {
  const char *name, *summary;
  void (*write)(random_numbers *random, uint64_t count);
  uint64_t most; /* buffers */
} kind;

#define ANY 100000000
#define FEW 10000 /* each is drawn in as many steps as there are */

static const kind kinds[] = {
    {"mix", "heavy-tailed lifetimes: most are short, a hundredth up to half of all time", write_mix,
     ANY},
    {"sparse", "short lifetimes: few are alive together", write_sparse, ANY},
    {"nested", "from forward to backward, and two short ones for each", write_nested, ANY},
    {"network", "training a network of layers, sizes as in convolutional ones", write_network, ANY},
    {"cut", "a mebibyte cut into buffers of all shapes, needed whole at one point", write_cut, FEW},
    {"loose", "the same with more taken away, everywhere", write_loose, FEW},
    {"tiles", "a mebibyte cut into buffers much alike, a third taken away", write_tiles, FEW}};

static void print_usage(FILE *stream) {
  fputs("usage: irmem-pack-generate mix|sparse|nested|network|cut|loose|tiles COUNT [SEED]\n",
        stream);
}

static int print_help(void) {
  print_usage(stdout);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    printf("  %-9s%s\n", kinds[i].name, kinds[i].summary);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--help") == 0) return print_help();
  uint64_t count = argc == 3 || argc == 4 ? strtoull(argv[2], NULL, 10) : 0;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (count == 0 || count > kinds[i].most || strcmp(argv[1], kinds[i].name) != 0) continue;
    random_numbers random = {argc == 4 ? strtoull(argv[3], NULL, 10) : 42};
    puts("id,lower,upper,size");
    kinds[i].write(&random, count);
    return fflush(stdout) || ferror(stdout);
  }
  print_usage(stderr);
  return 2;
}
