/* The cache of plans and code: what is found again, what goes first, and who may write. */
#include "cache/cache.h"
#include "ir/origin.h"
#include "irmem/irmem.h"
#include "suite.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/irmem-test-cache-XXXXXX";

static void remove_folder(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  ck_assert_int_eq(system(command), 0);
}

static void make_folder(void) {
  strcpy(folder + strlen(folder) - 6, "XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(folder));
}

static irm_cache *open_cache(irm_context *context, uint64_t most_bytes) {
  irm_cache *cache = irm_cache_open(context, &(irm_cache_options){folder, most_bytes});
  ck_assert_ptr_nonnull(cache);
  return cache;
}

static irmi_key key_of(int number) {
  irmi_key_text key;
  irmi_key_open(&key);
  fprintf(key.stream, "%d", number);
  return irmi_key_close(&key, "test");
}

enum { DATA = 1000 };

static void put(irm_cache *cache, irm_context *context, int number) {
  char data[DATA];
  irmi_key key = key_of(number);
  memset(data, number, sizeof data);
  irmi_cache_write(cache, context, &key, data, sizeof data);
}

/* Whether it is there; what is there is right. */
static bool get(irm_cache *cache, irm_context *context, int number) {
  size_t bytes = 0;
  irmi_key key = key_of(number);
  char *data = irmi_cache_read(cache, context, &key, &bytes);
  if (!data) return false;
  ck_assert_uint_eq(bytes, DATA);
  for (size_t k = 0; k < bytes; k++)
    ck_assert_int_eq(data[k], (char)number);
  irmi_free(irm_context_allocator(context), data, bytes);
  return true;
}

/* Times differ by more than a clock's step. */
static void set_age(int number, int seconds) {
  char path[256];
  irmi_key key = key_of(number);
  snprintf(path, sizeof path, "%s/%016llx%016llx.test", folder, (unsigned long long)key.hash.high64,
           (unsigned long long)key.hash.low64);
  struct timespec at[2] = {{.tv_sec = time(NULL) - seconds}, {.tv_sec = time(NULL) - seconds}};
  ck_assert_int_eq(utimensat(AT_FDCWD, path, at, 0), 0);
}

START_TEST(what_was_used_least_lately_goes_first) {
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 5000); /* four entries and their headers */
  for (int k = 0; k < 4; k++)
    put(cache, context, k), set_age(k, 100 - k);
  ck_assert(get(cache, context, 0));
  put(cache, context, 4);
  ck_assert(get(cache, context, 0));
  ck_assert(!get(cache, context, 1));
  ck_assert(get(cache, context, 2));
  ck_assert(get(cache, context, 4));
  irm_cache_stats stats = irm_cache_count(cache);
  ck_assert_uint_eq(stats.entries, 4);
  ck_assert_uint_le(stats.bytes, 5000);
  ck_assert_uint_eq(stats.hits, 4);
  ck_assert_uint_eq(stats.misses, 1);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

START_TEST(what_alone_is_too_large_is_not_kept) {
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, DATA);
  put(cache, context, 1);
  ck_assert(!get(cache, context, 1));
  ck_assert_uint_eq(irm_cache_count(cache).entries, 0);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

START_TEST(drafts_that_nobody_writes_are_removed) {
  char path[256];
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
  snprintf(path, sizeof path, "%s/draft-0123", folder);
  close(creat(path, 0600));
  put(cache, context, 1);
  ck_assert_int_eq(access(path, F_OK), 0);
  ck_assert_int_eq(utimensat(AT_FDCWD, path, old, 0), 0);
  put(cache, context, 2);
  ck_assert_int_ne(access(path, F_OK), 0);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

START_TEST(files_that_are_no_entries_are_left_alone) {
  char path[256];
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  snprintf(path, sizeof path, "%s/README", folder);
  close(creat(path, 0600));
  put(cache, context, 1);
  irm_cache_clear(cache);
  ck_assert_int_eq(access(path, F_OK), 0);
  ck_assert_uint_eq(irm_cache_count(cache).entries, 0);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

/* An entry that another could have written, or that is a link to elsewhere. */
START_TEST(what_is_not_the_user_s_own_is_not_read) {
  char path[256], other[256];
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  irmi_key key = key_of(1);
  snprintf(path, sizeof path, "%s/%016llx%016llx.test", folder, (unsigned long long)key.hash.high64,
           (unsigned long long)key.hash.low64);
  snprintf(other, sizeof other, "%s/other", folder);
  put(cache, context, 1);
  ck_assert_int_eq(chmod(path, 0666), 0);
  ck_assert(!get(cache, context, 1));
  put(cache, context, 1);
  ck_assert_int_eq(rename(path, other), 0);
  ck_assert_int_eq(symlink(other, path), 0);
  ck_assert(!get(cache, context, 1));
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

enum { WORKERS = 8, ROUNDS = 200, KEYS = 7 };

/* Less room than all keys take, so that entries come and go. */
static void work(irm_cache *cache, irm_context *context, int seed) {
  for (int k = 0; k < ROUNDS; k++) {
    int number = (k * 5 + seed) % KEYS;
    if (!get(cache, context, number)) put(cache, context, number);
  }
}

START_TEST(processes_share_a_folder) {
  pid_t children[WORKERS];
  for (int k = 0; k < WORKERS; k++) {
    children[k] = fork();
    if (children[k] != 0) continue;
    irm_context *context = irm_context_create(NULL);
    irm_cache *cache = open_cache(context, 5000);
    work(cache, context, k);
    irm_cache_close(cache);
    irm_context_destroy(context);
    _exit(0);
  }
  for (int k = 0; k < WORKERS; k++) {
    int status;
    ck_assert_int_eq(waitpid(children[k], &status, 0), children[k]);
    ck_assert_int_eq(status, 0);
  }
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 5000);
  irm_cache_stats stats = irm_cache_count(cache);
  ck_assert_uint_eq(stats.hits + stats.misses, WORKERS * ROUNDS);
  ck_assert_uint_le(stats.bytes, 5000);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

typedef struct worker {
  pthread_t thread;
  irm_cache *cache;
  int seed;
} worker;

static void *run_worker(void *user) {
  worker *self = user;
  irm_context *context = irm_context_create(NULL);
  work(self->cache, context, self->seed);
  irm_context_destroy(context);
  return NULL;
}

START_TEST(threads_share_a_cache) {
  worker workers[WORKERS];
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 5000);
  for (int k = 0; k < WORKERS; k++) {
    workers[k] = (worker){.cache = cache, .seed = k};
    ck_assert_int_eq(pthread_create(&workers[k].thread, NULL, run_worker, &workers[k]), 0);
  }
  for (int k = 0; k < WORKERS; k++)
    pthread_join(workers[k].thread, NULL);
  irm_cache_stats stats = irm_cache_count(cache);
  ck_assert_uint_eq(stats.hits + stats.misses, WORKERS * ROUNDS);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

/* Plans ---------------------------------------------------------------------------------------- */

/* All that a program is: its text, where its ops were written, and their ids. */
static char *all_of(const irm_program *program, size_t *bytes) {
  char *text = NULL;
  FILE *stream = open_memstream(&text, bytes);
  irm_text_print(stream, program);
  irmi_origins_write(stream, program);
  irmi_op_ids_write(stream, program);
  fclose(stream);
  return text;
}

static irm_program *read_shipped(irm_context *context, const char *name) {
  static char text[1 << 16];
  char path[512];
  snprintf(path, sizeof path, "../lib/algorithms/%s", name);
  FILE *file = fopen(path, "r");
  ck_assert_ptr_nonnull(file);
  size_t length = fread(text, 1, sizeof text, file);
  fclose(file);
  irm_alg *alg = irm_alg_parse(context, path, text, length);
  ck_assert_ptr_nonnull(alg);
  irm_program *program = irm_lower(alg, &(irm_lower_options){.real = IRM_F64});
  irm_alg_destroy(alg);
  return program;
}

static char *plan(const char *name, const char *pipeline, irm_cache *cache, size_t *bytes) {
  irm_context *context = irm_context_create(NULL);
  irm_program *program = read_shipped(context, name);
  ck_assert(irm_pipeline_run(program, pipeline, &(irm_pipeline_options){.cache = cache}));
  char *all = all_of(program, bytes);
  irm_program_destroy(program);
  irm_context_destroy(context);
  return all;
}

static void check_kept(const char *name, const char *pipeline, irm_cache *cache) {
  size_t first_bytes, again_bytes;
  uint64_t hits = irm_cache_count(cache).hits;
  char *first = plan(name, pipeline, cache, &first_bytes);
  ck_assert_uint_eq(irm_cache_count(cache).hits, hits);
  char *again = plan(name, pipeline, cache, &again_bytes);
  ck_assert_uint_eq(irm_cache_count(cache).hits, hits + 1);
  ck_assert_uint_eq(first_bytes, again_bytes);
  ck_assert_int_eq(memcmp(first, again, first_bytes), 0);
  free(first);
  free(again);
}

START_TEST(every_shipped_algorithm_comes_back_as_it_was) {
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  DIR *shipped = opendir("../lib/algorithms");
  ck_assert_ptr_nonnull(shipped);
  for (struct dirent *file; (file = readdir(shipped));) {
    const char *dot = strrchr(file->d_name, '.');
    if (!dot || strcmp(dot, ".alg") != 0) continue;
    check_kept(file->d_name, "O1", cache);
    check_kept(file->d_name, "O2", cache);
  }
  closedir(shipped);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

/* The twin: the text is what it is without a cache, and so are the places. */
START_TEST(a_cache_changes_no_plan) {
  size_t with_bytes, without_bytes;
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  char *without = plan("pagerank.alg", "O2", NULL, &without_bytes);
  char *with = plan("pagerank.alg", "O2", cache, &with_bytes);
  char *end = strstr(without, "slots {");
  ck_assert_ptr_nonnull(end);
  ck_assert_int_eq(memcmp(with, without, (size_t)(end - without)), 0);
  free(with);
  free(without);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

static irm_pass_result do_nothing(irm_program *program, irm_pass_env *env) {
  (void)program, (void)env;
  return IRM_PASS_UNCHANGED;
}

/* A pass that is not irmem's may do what it likes the next time; one that prints is run to print.
 */
START_TEST(only_what_irmem_s_own_passes_make_is_kept) {
  static const irm_pass foreign = {.name = "foreign", .summary = "nothing", .run = do_nothing};
  irm_context *context = irm_context_create(NULL);
  irm_cache *cache = open_cache(context, 0);
  FILE *nowhere = fopen("/dev/null", "w");
  irm_pipeline_options options = {.cache = cache, .output = nowhere};
  irm_program *program = read_shipped(context, "wcc.alg");
  ck_assert(irm_context_register_pass(context, &foreign));
  ck_assert(irm_pipeline_run(program, "cse,repeat<2>(dce,foreign)", &options));
  ck_assert(irm_pipeline_run(program, "cse,print", &options));
  options.stats = true;
  ck_assert(irm_pipeline_run(program, "cse", &options));
  irm_cache_stats stats = irm_cache_count(cache);
  ck_assert_uint_eq(stats.misses + stats.hits + stats.entries, 0);
  options.stats = false;
  ck_assert(irm_pipeline_run(program, "cse", &options));
  ck_assert_uint_eq(irm_cache_count(cache).entries, 1);
  fclose(nowhere);
  irm_program_destroy(program);
  irm_cache_close(cache);
  irm_context_destroy(context);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("cache");
  TCase *cases = tcase_create("cache");
  tcase_set_timeout(cases, 0);
  tcase_add_checked_fixture(cases, make_folder, remove_folder);
  tcase_add_test(cases, what_was_used_least_lately_goes_first);
  tcase_add_test(cases, what_alone_is_too_large_is_not_kept);
  tcase_add_test(cases, drafts_that_nobody_writes_are_removed);
  tcase_add_test(cases, files_that_are_no_entries_are_left_alone);
  tcase_add_test(cases, what_is_not_the_user_s_own_is_not_read);
  tcase_add_test(cases, processes_share_a_folder);
  tcase_add_test(cases, threads_share_a_cache);
  tcase_add_test(cases, every_shipped_algorithm_comes_back_as_it_was);
  tcase_add_test(cases, a_cache_changes_no_plan);
  tcase_add_test(cases, only_what_irmem_s_own_passes_make_is_kept);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
