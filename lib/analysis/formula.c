/* The lower bound as a formula: the largest of what the points need, each a sum of sizes less the
 * outputs'. */
#include "analysis/live_bytes.h"

#include "support/arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Terms that are kept, and shown. */
#define KEPT  64
#define SHOWN 8

/* counts[i] sizes of form i; their linear parts summed up beside it. Signed, for outputs are taken
 * off. */
typedef struct term {
  int64_t *counts;
  int64_t a, b, c; /* of the forms without a cap */
} term;

typedef struct terms {
  const irm_live_bytes *live;
  irmi_arena arena;
  term kept[KEPT];
  size_t count;
  bool more; /* terms that are not dominated have been left out */
} terms;

/* Adding up ------------------------------------------------------------------------------------ */

static void sum_up(const irm_live_bytes *live, term *t) {
  t->a = t->b = t->c = 0;
  for (size_t i = 0; i < live->forms.count; i++) {
    irm_size size = live->forms.items[i];
    if (size.cap) continue;
    t->a += t->counts[i] * (int64_t)size.a;
    t->b += t->counts[i] * (int64_t)size.b;
    t->c += t->counts[i] * (int64_t)size.c;
  }
}

static double value_of(const irm_live_bytes *live, const term *t) {
  double value = 0;
  for (size_t i = 0; i < live->forms.count; i++)
    value +=
        (double)t->counts[i] *
        (double)irm_size_evaluate(live->forms.items[i], IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  return value;
}

/* Whether x is nowhere larger than y: shown on the linear parts, where capped sizes that x has more
 * of count without their caps, and those that y has more of not at all. */
static bool is_dominated(const irm_live_bytes *live, const term *x, const term *y) {
  int64_t a = x->a - y->a, b = x->b - y->b, c = x->c - y->c;
  for (size_t i = 0; i < live->forms.count; i++) {
    irm_size size = live->forms.items[i];
    int64_t more = x->counts[i] - y->counts[i];
    if (size.cap == 0 || more <= 0) continue;
    a += more * (int64_t)size.a;
    b += more * (int64_t)size.b;
    c += more * (int64_t)size.c;
  }
  return a <= 0 && b <= 0 && c <= 0;
}

/* The place for a term when all are taken: that of the least, if it is less. */
static size_t least_kept(const terms *all, const term *t) {
  size_t least = 0;
  for (size_t i = 1; i < KEPT; i++)
    if (value_of(all->live, &all->kept[i]) < value_of(all->live, &all->kept[least])) least = i;
  return value_of(all->live, &all->kept[least]) < value_of(all->live, t) ? least : KEPT;
}

static void keep(terms *all, const term *t) {
  size_t bytes = all->live->forms.count * sizeof *t->counts, kept = 0;
  for (size_t i = 0; i < all->count; i++)
    if (is_dominated(all->live, t, &all->kept[i])) return;
  for (size_t i = 0; i < all->count; i++) {
    term old = all->kept[i];
    if (is_dominated(all->live, &old, t)) continue;
    all->kept[i] = all->kept[kept];
    all->kept[kept++] = old;
  }
  all->count = kept;
  size_t place = kept;
  if (kept == KEPT) {
    all->more = true;
    place = least_kept(all, t);
    if (place == KEPT) return;
  } else {
    all->count++;
  }
  term *to = &all->kept[place];
  int64_t *counts =
      to->counts ? to->counts : IRMI_ARENA_ARRAY(&all->arena, int64_t, all->live->forms.count);
  *to = *t;
  to->counts = memcpy(counts, t->counts, bytes);
}

static void find_terms(terms *all) {
  const irm_live_bytes *live = all->live;
  const irmi_changes *changes = &live->needed;
  term now = {.counts = IRMI_ARENA_ARRAY(&all->arena, int64_t, live->forms.count)};
  for (size_t i = 0; i < live->outputs.count; i++)
    now.counts[live->outputs.items[i]]--;
  for (size_t i = 0; i < changes->count; i++) {
    now.counts[changes->items[i].form] += changes->items[i].by;
    if (i + 1 < changes->count && changes->items[i + 1].point == changes->items[i].point) continue;
    sum_up(live, &now);
    keep(all, &now);
  }
}

/* Printing ------------------------------------------------------------------------------------- */

static void print_sign(FILE *stream, bool negative, bool *first) {
  if (*first)
    fputs(negative ? "-" : "", stream);
  else
    fputs(negative ? " - " : " + ", stream);
  *first = false;
}

static void print_linear(FILE *stream, int64_t factor, const char *name, bool *first) {
  print_sign(stream, factor < 0, first);
  fprintf(stream, "%" PRIu64 "%s", factor < 0 ? 0 - (uint64_t)factor : (uint64_t)factor, name);
}

static void print_capped(FILE *stream, int64_t count, irm_size size, bool *first) {
  print_sign(stream, count < 0, first);
  int64_t times = count < 0 ? -count : count;
  if (times != 1) fprintf(stream, "%" PRId64 " ", times);
  irm_size_print(stream, size);
}

static void print_part(FILE *stream, const irm_live_bytes *live, const term *t, bool negative,
                       bool *first) {
  const int64_t factors[] = {t->a, t->b, t->c};
  static const char *const names[] = {"n", "m", ""};
  for (int i = 0; i < 3; i++)
    if (factors[i] && (factors[i] < 0) == negative)
      print_linear(stream, factors[i], names[i], first);
  for (size_t i = 0; i < live->forms.count; i++)
    if (live->forms.items[i].cap && t->counts[i] && (t->counts[i] < 0) == negative)
      print_capped(stream, t->counts[i], live->forms.items[i], first);
}

static bool has_part(const irm_live_bytes *live, const term *t, bool negative) {
  if (negative ? t->a < 0 || t->b < 0 || t->c < 0 : t->a > 0 || t->b > 0 || t->c > 0) return true;
  for (size_t i = 0; i < live->forms.count; i++)
    if (live->forms.items[i].cap && (negative ? t->counts[i] < 0 : t->counts[i] > 0)) return true;
  return false;
}

static void print_term(FILE *stream, const irm_live_bytes *live, const term *t) {
  bool first = true;
  print_part(stream, live, t, false, &first);
  print_part(stream, live, t, true, &first);
}

/* Terms that are never positive go; the others come the largest first, and 0 last if none is always
 * positive. */
static void order_terms(terms *all, bool *zero) {
  size_t kept = 0;
  *zero = true;
  for (size_t i = 0; i < all->count; i++) {
    if (!has_part(all->live, &all->kept[i], false)) continue;
    if (!has_part(all->live, &all->kept[i], true)) *zero = false;
    term t = all->kept[i];
    size_t place = kept++;
    for (; place > 0 && value_of(all->live, &all->kept[place - 1]) < value_of(all->live, &t);
         place--)
      all->kept[place] = all->kept[place - 1];
    all->kept[place] = t;
  }
  all->count = kept;
}

void irm_live_bytes_print_lower_bound(FILE *stream, const irm_live_bytes *live) {
  terms all = {.live = live};
  irmi_arena_init(&all.arena, live->allocator);
  find_terms(&all);
  bool zero;
  order_terms(&all, &zero);
  size_t shown = all.count < SHOWN ? all.count : SHOWN;
  bool several = shown + zero > 1;
  if (several) fputs("max(", stream);
  for (size_t i = 0; i < shown; i++) {
    if (i > 0) fputs(", ", stream);
    print_term(stream, live, &all.kept[i]);
  }
  if (zero) fputs(shown > 0 ? ", 0" : "0", stream);
  if (all.more || shown < all.count) fputs(", ...", stream);
  if (several) fputs(")", stream);
  irmi_arena_destroy(&all.arena);
}
