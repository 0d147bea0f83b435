/* The pool of working memory: what is reused, what it wastes, and what it gives back. */
#include "irmem/pool.h"
#include "run_text.h"
#include "suite.h"

#include <pthread.h>
#include <stdint.h>

/* What the pool was given, and has not given back. */
typedef struct account {
  uint64_t calls, bytes;
} account;

static void *count(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  account *self = user;
  void *made = NULL;
  ck_assert(!block || !new_bytes);
  self->bytes += new_bytes - old_bytes;
  if (!new_bytes) return free(block), NULL;
  self->calls++;
  ck_assert_int_eq(posix_memalign(&made, 64, new_bytes), 0);
  return made;
}

static account given;
static irm_pool *pool;
static const irm_allocator *taking;

static void make_pool(void) {
  given = (account){0};
  pool = irm_pool_create(&(irm_allocator){count, &given});
  taking = irm_pool_allocator(pool);
  given = (account){0};
}

static void destroy_pool(void) {
  ck_assert_uint_eq(irm_pool_look(pool).held, given.bytes);
  ck_assert_uint_eq(irm_pool_look(pool).allocations, given.calls);
  irm_pool_destroy(pool);
}

static void *take(size_t bytes) {
  void *block = taking->resize(taking->user, NULL, 0, bytes);
  ck_assert_uint_eq((uintptr_t)block % 64, 0);
  memset(block, 0xA5, bytes);
  return block;
}

static void put(void *block, size_t bytes) {
  ck_assert_ptr_null(taking->resize(taking->user, block, bytes, 0));
}

START_TEST(a_new_block_is_less_than_an_eighth_too_large) {
  for (size_t bytes = 1; bytes < (size_t)1 << 26; bytes += 1 + bytes / 37) {
    uint64_t before = given.bytes;
    void *block = take(bytes);
    uint64_t room = given.bytes - before - 64;
    ck_assert_uint_ge(room, bytes);
    ck_assert(room - bytes < 64 || 8 * (room - bytes) <= bytes);
    put(block, bytes);
    irm_pool_trim(pool, 0);
  }
}
END_TEST

START_TEST(what_was_given_back_is_taken_again) {
  void *block = take(100000);
  put(block, 100000);
  ck_assert_ptr_eq(take(99999), block);
  put(block, 99999);
  ck_assert_ptr_eq(take(60000), block); /* no more than twice as large */
  put(block, 60000);
  ck_assert_uint_eq(irm_pool_look(pool).reuses, 2);
  ck_assert_uint_eq(given.calls, 1);
}
END_TEST

START_TEST(no_block_is_used_for_less_than_half_of_it) {
  put(take(100000), 100000);
  void *block = take(40000);
  ck_assert_uint_eq(given.calls, 2);
  put(block, 40000);
  put(take(200000), 200000);
  ck_assert_uint_eq(given.calls, 3);
}
END_TEST

START_TEST(the_least_block_that_is_enough_is_taken) {
  void *blocks[] = {take(1000), take(1500), take(1800)};
  put(blocks[0], 1000);
  put(blocks[2], 1800);
  put(blocks[1], 1500);
  ck_assert_ptr_eq(take(1300), blocks[1]);
  ck_assert_ptr_eq(take(1300), blocks[2]);
  put(blocks[1], 1300);
  put(blocks[2], 1300);
}
END_TEST

START_TEST(growing_keeps_what_is_there) {
  char *block = take(100), *grown;
  strcpy(block, "here");
  grown = taking->resize(taking->user, block, 100, 120);
  ck_assert_ptr_eq(grown, block); /* it has room for 128 */
  grown = taking->resize(taking->user, block, 120, 100000);
  ck_assert_str_eq(grown, "here");
  grown = taking->resize(taking->user, grown, 100000, 5);
  ck_assert_str_eq(grown, "here");
  put(grown, 5);
  ck_assert_uint_eq(irm_pool_look(pool).taken, 0);
}
END_TEST

START_TEST(trimming_gives_the_largest_back_first) {
  void *small = take(1000), *large = take(1000000), *kept = take(5000);
  put(small, 1000);
  put(large, 1000000);
  uint64_t held = irm_pool_look(pool).held;
  ck_assert_uint_eq(irm_pool_trim(pool, 2000), held - given.bytes);
  ck_assert_ptr_eq(take(1000), small);
  put(small, 1000);
  ck_assert_uint_gt(irm_pool_trim(pool, 0), 0);
  irm_pool_usage usage = irm_pool_look(pool);
  ck_assert_uint_eq(usage.held, usage.taken); /* what is in use stays */
  ck_assert_uint_eq(usage.most_held, held);
  ck_assert_uint_eq(usage.most_taken, held);
  put(kept, 5000);
}
END_TEST

enum { WORKERS = 8, ROUNDS = 2000 };

static void *work(void *user) {
  uintptr_t seed = (uintptr_t)user;
  for (size_t k = 0; k < ROUNDS; k++) {
    size_t bytes = 1 + (k * 7919 + seed * 104729) % 50000;
    unsigned char *block = taking->resize(taking->user, NULL, 0, bytes);
    memset(block, (int)seed, bytes);
    for (size_t i = 0; i < bytes; i += 97)
      if (block[i] != seed) return user;
    taking->resize(taking->user, block, bytes, 0);
  }
  return NULL;
}

/* Never more blocks of a size than threads. */
START_TEST(threads_share_a_pool) {
  pthread_t threads[WORKERS];
  for (uintptr_t k = 0; k < WORKERS; k++)
    ck_assert_int_eq(pthread_create(&threads[k], NULL, work, (void *)(k + 1)), 0);
  for (int k = 0; k < WORKERS; k++) {
    void *wrong;
    pthread_join(threads[k], &wrong);
    ck_assert_ptr_null(wrong);
  }
  irm_pool_usage usage = irm_pool_look(pool);
  ck_assert_uint_eq(usage.taken, 0);
  ck_assert_uint_eq(usage.reuses + usage.allocations, WORKERS * ROUNDS);
  ck_assert_uint_lt(usage.allocations, WORKERS * 70);
}
END_TEST

/* Runs ----------------------------------------------------------------------------------------- */

static const char text[] = "%k = param \"k\" = 2.0 : f64\n"
                           "%x = input \"x\" = 1.0 : f64[node]\n"
                           "%y = neighbor_sum in %x slot 1 : f64[node]\n"
                           "%z = neighbor_sum in %y slot 0 : f64[node]\n"
                           "%s = reduce_sum %z workspace slot 2 : f64\n"
                           "output %z \"z\"\n"
                           "output %s \"s\"\n"
                           "slots {\n"
                           "  slot 0: 8n output \"z\"\n"
                           "  slot 1: 8n\n"
                           "  slot 2: min(512, n)\n"
                           "}\n";

static void run_once(irm_executable *executable, const irm_graph *graph) {
  irm_run *run = irm_run_bind(executable, graph, &(irm_bind_options){.threads = 1, .pool = pool});
  ck_assert_ptr_nonnull(run);
  ck_assert(irm_run_execute(run));
  ck_assert_uint_eq(irm_run_output_count(run), 2);
  irm_run_destroy(run);
}

START_TEST(a_second_run_allocates_nothing) {
  account of_context = {0};
  context = irm_context_create(&(irm_allocator){count, &of_context});
  irm_program *program = parse(text);
  irm_graph *graph = five_nodes(true);
  irm_executable *executable = irm_executable_replay(program);
  run_once(executable, graph);
  account before = given;
  ck_assert_uint_gt(before.calls, 0);
  for (int k = 0; k < 10; k++)
    run_once(executable, graph);
  ck_assert_uint_eq(given.calls, before.calls);
  ck_assert_uint_eq(irm_pool_look(pool).taken, 0);
  uint64_t calls = of_context.calls;
  irm_run *run = irm_run_bind(executable, graph, &(irm_bind_options){.pool = pool});
  irm_run_destroy(run);
  ck_assert_uint_eq(of_context.calls, calls); /* nor does it ask the context */
  irm_executable_destroy(executable);
  irm_graph_destroy(graph);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pool");
  TCase *tests = tcase_create("pool");
  tcase_set_timeout(tests, 0);
  tcase_add_checked_fixture(tests, make_pool, destroy_pool);
  tcase_add_test(tests, a_new_block_is_less_than_an_eighth_too_large);
  tcase_add_test(tests, what_was_given_back_is_taken_again);
  tcase_add_test(tests, no_block_is_used_for_less_than_half_of_it);
  tcase_add_test(tests, the_least_block_that_is_enough_is_taken);
  tcase_add_test(tests, growing_keeps_what_is_there);
  tcase_add_test(tests, trimming_gives_the_largest_back_first);
  tcase_add_test(tests, threads_share_a_pool);
  tcase_add_test(tests, a_second_run_allocates_nothing);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
