/* Generated code, called as a program in C calls it: the object is linked here, its arrays lie in
 * pages of their own. */
#include "called.h"

#include "contract/contract.h"
#include "irmem/emit.h"
#include "native/link.h"
#include "runtime/contract.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Pages of their own, the last of which nobody may touch; the array ends in front of that, or so
 * little before it as its alignment asks. What is around the array keeps its bytes. */
typedef struct block {
  unsigned char *pages, *elements;
  uint64_t bytes, page_bytes;
} block;

enum { UNTOUCHED = 0xa5, FUNCTIONS = 3 };

typedef int run_function(const irm_csr *graph, const void *params, const void *const *inputs,
                         void *const *outputs, void *workspace, size_t workspace_bytes);
typedef size_t size_function(int64_t nodes, int64_t edges);
typedef int line_function(int error);

typedef struct called {
  const fuzz_case *c;
  irmi_arena arena;
  irmi_contract contract;
  irmi_image images[FUNCTIONS]; /* one a function: the object has no state */
  uint32_t image_count;
  run_function *run;
  size_function *workspace_size;
  line_function *error_line;
  block *blocks;
  uint32_t block_count;
  irm_csr graph;
  void *params;
  const void **inputs;
  uint32_t first_output; /* among the blocks */
  void **outputs;
} called;

/* Memory ----------------------------------------------------------------------------------------*/

/* NULL where there is nothing, sometimes. */
static void *take(called *k, uint64_t bytes, uint64_t alignment) {
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), room = (bytes + page - 1) / page * page;
  block *b = &k->blocks[k->block_count++];
  *b = (block){.bytes = bytes, .page_bytes = room + page};
  b->pages = mmap(NULL, b->page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (b->pages == MAP_FAILED) abort();
  memset(b->pages, UNTOUCHED, room);
  mprotect(b->pages + room, page, PROT_NONE);
  b->elements = b->pages + room - (bytes + alignment - 1) / alignment * alignment;
  return bytes == 0 && k->c->seed >> 8 & 1 ? NULL : b->elements;
}

static bool is_untouched(const unsigned char *from, const unsigned char *to) {
  while (from < to && *from == UNTOUCHED)
    from++;
  return from >= to;
}

/* Whether nothing around an array was written. */
static bool stays_inside(const block *b) {
  const unsigned char *end = b->pages + b->page_bytes - (uint64_t)sysconf(_SC_PAGESIZE);
  return is_untouched(b->pages, b->elements) && is_untouched(b->elements + b->bytes, end);
}

static void let_nobody_write(const called *k) {
  for (uint32_t i = 0; i < k->block_count; i++)
    mprotect(k->blocks[i].pages, k->blocks[i].page_bytes - (uint64_t)sysconf(_SC_PAGESIZE),
             PROT_READ);
}

/* What the caller brings ------------------------------------------------------------------------*/

static uint64_t count_of(const called *k, irm_space space) {
  return space == IRM_SCALAR ? 1 : (uint64_t)(space == IRM_NODE ? k->graph.nodes : k->graph.edges);
}

static void fill(const called *k, const irmi_contract_item *item, void *elements, uint64_t count) {
  uint64_t number = 0;
  const fuzz_argument *at = k->c->program->arguments;
  for (; at && strcmp(at->name, item->written) != 0; at = at->next)
    number++;
  for (uint64_t i = 0; i < count; i++)
    fuzz_store(elements, (int64_t)i,
               at && at->given ? fuzz_number(k->c->seed, number, i, item->type.elem)
                               : item->number);
}

static void make_arguments(called *k) {
  const irmi_contract_items *params = &k->contract.params, *inputs = &k->contract.inputs;
  k->params = take(k, (uint64_t)k->contract.params_bytes, 8);
  for (uint32_t i = 0; i < params->count; i++)
    fill(k, &params->items[i], (char *)k->params + params->items[i].offset, 1);
  for (uint32_t i = 0; i < inputs->count; i++) {
    irm_type type = inputs->items[i].type;
    uint64_t count = count_of(k, type.space), bytes = irm_elem_bytes(type.elem);
    void *elements = take(k, count * bytes, bytes);
    fill(k, &inputs->items[i], elements, count);
    k->inputs[i] = elements;
  }
}

static void *copy(called *k, bool read, const void *from, int64_t count) {
  if (!read) return NULL;
  void *to = take(k, (uint64_t)count * 8, 8);
  return to && count ? memcpy(to, from, (size_t)count * 8) : to;
}

static void *copy_ids(called *k, bool read, const uint32_t *from, int64_t count) {
  if (!read) return NULL;
  uint64_t bytes = (uint64_t)k->contract.id_bits / 8;
  void *to = take(k, (uint64_t)count * bytes, bytes);
  for (int64_t i = 0; i < count; i++) {
    if (bytes == 8)
      ((uint64_t *)to)[i] = from[i];
    else
      ((uint32_t *)to)[i] = from[i];
  }
  return to;
}

/* What is read of an undirected graph is given for one of the directions, whichever. */
static unsigned given_parts(const called *k) {
  enum { IN = IRM_RT_READS_IN_OFFSETS | IRM_RT_READS_IN_TARGETS | IRM_RT_READS_IN_EDGES };
  unsigned reads = k->contract.reads, rows = (reads | reads >> 1) & IN;
  if (k->c->graph.directed) return reads;
  return (reads & ~(unsigned)(IN | IN << 1)) | (k->c->seed >> 9 & 1 ? rows : rows << 1);
}

static void make_graph(called *k, const irm_graph_view *view) {
  unsigned given = given_parts(k);
  int64_t n = view->nodes, m = view->edges;
  irm_csr *g = &k->graph;
  *g =
      (irm_csr){.nodes = n, .edges = m, .id_bits = k->contract.id_bits, .directed = view->directed};
  g->in_offsets = copy(k, given & IRM_RT_READS_IN_OFFSETS, view->in_offsets, n + 1);
  g->out_offsets = copy(k, given & IRM_RT_READS_OUT_OFFSETS, view->out_offsets, n + 1);
  int64_t in = view->in_offsets[n], out = view->out_offsets[n];
  g->in_targets = copy_ids(k, given & IRM_RT_READS_IN_TARGETS, view->in_targets, in);
  g->out_targets = copy_ids(k, given & IRM_RT_READS_OUT_TARGETS, view->out_targets, out);
  g->in_edges = copy_ids(k, given & IRM_RT_READS_IN_EDGES, view->in_edges, in);
  g->out_edges = copy_ids(k, given & IRM_RT_READS_OUT_EDGES, view->out_edges, out);
  g->weights = copy(k, given & IRM_RT_READS_WEIGHTS, view->weights, m);
  g->sources = copy_ids(k, given & IRM_RT_READS_SOURCES, view->sources, m);
  g->targets = copy_ids(k, given & IRM_RT_READS_TARGETS, view->targets, m);
}

static void make_outputs(called *k) {
  const irmi_contract_items *outputs = &k->contract.outputs;
  k->first_output = k->block_count;
  for (uint32_t i = 0; i < outputs->count; i++) {
    irm_type type = outputs->items[i].type;
    uint64_t bytes = irm_elem_bytes(type.elem);
    k->outputs[i] = take(k, count_of(k, type.space) * bytes, type.space == IRM_SCALAR ? bytes : 8);
  }
}

/* Calling ---------------------------------------------------------------------------------------*/

static bool differs(FILE *difference, const char *what) {
  fprintf(difference, "%s\n", what);
  return false;
}

static bool link_one(FILE *difference, called *k, const char *object, size_t bytes,
                     const char *ending, void *function) {
  void *found = NULL;
  char name[64];
  snprintf(name, sizeof name, "%s%s", k->contract.name, ending);
  const char *why =
      irmi_link(&k->images[k->image_count++], k->arena.allocator, object, bytes, name, &found);
  memcpy(function, &found, sizeof found); /* as POSIX has it: C has no such cast */
  return !why || differs(difference, why);
}

static bool link_all(FILE *difference, called *k, const irm_program *planned, int optimize) {
  irm_emit_options options = {.optimize = optimize,
                              .contract = true,
                              .freestanding = k->c->seed >> 10 & 1,
                              .id_bits = k->contract.id_bits};
  char *object;
  size_t bytes;
  FILE *stream = open_memstream(&object, &bytes);
  bool good = irm_emit(stream, planned, IRM_EMIT_OBJECT, &options) ||
              differs(difference, "it cannot be emitted for C");
  fclose(stream);
  good = good && link_one(difference, k, object, bytes, "_run", &k->run) &&
         link_one(difference, k, object, bytes, "_workspace_size", &k->workspace_size) &&
         link_one(difference, k, object, bytes, "_error_line", &k->error_line);
  free(object);
  return good;
}

static bool outputs_are_alike(FILE *difference, const called *k, const fuzz_session *wanted) {
  for (uint32_t i = 0; i < k->contract.outputs.count; i++) {
    const irmi_contract_item *item = &k->contract.outputs.items[i];
    irm_output given = {.name = item->written,
                        .type = item->type,
                        .elements = k->blocks[k->first_output + i].elements,
                        .count = count_of(k, item->type.space)};
    if (!fuzz_output_same(difference, irm_run_output(wanted->run, i), given)) return false;
  }
  return true;
}

static bool all_stay_inside(FILE *difference, const called *k) {
  for (uint32_t i = k->first_output; i < k->block_count; i++)
    if (!stays_inside(&k->blocks[i])) return differs(difference, "bytes around an array change");
  return true;
}

static bool ends_alike(FILE *difference, const called *k, const fuzz_session *wanted, int result) {
  if (wanted->finished)
    return (result == IRM_RUN_DONE && outputs_are_alike(difference, k, wanted)) ||
           (fprintf(difference, "the result is %d\n", result), false);
  if (result > 0 && k->error_line(result) == strtol(wanted->trap, NULL, 10)) return true;
  fprintf(difference, "the result is %d, of line %d; wanted %s", result, k->error_line(result),
          wanted->trap);
  return false;
}

/* With too little nothing is written. */
static bool refuses(FILE *difference, const called *k, void *workspace, uint64_t bytes) {
  int result = k->run(&k->graph, k->params, k->inputs, k->outputs, workspace, bytes);
  if (result != IRM_RUN_WORKSPACE_TOO_SMALL)
    return differs(difference, "a workspace that is a byte too small is not refused");
  for (uint32_t i = k->first_output; i < k->block_count; i++)
    if (!is_untouched(k->blocks[i].elements, k->blocks[i].elements + k->blocks[i].bytes))
      return differs(difference, "a call that is refused writes something");
  return true;
}

/* Twice, as what the first leaves in the workspace must not show. */
static bool calls_agree(FILE *difference, called *k, const fuzz_session *wanted, uint64_t bytes) {
  if (k->workspace_size(k->graph.nodes, k->graph.edges) != bytes)
    return differs(difference, "the workspace is not as large as the plan's arena");
  void *workspace = take(k, bytes, 64);
  if (bytes > 0 && !refuses(difference, k, workspace, bytes - 1)) return false;
  for (int i = 0; i < 2; i++) {
    int result = k->run(&k->graph, k->params, k->inputs, k->outputs, workspace, bytes);
    if (!ends_alike(difference, k, wanted, result) || !all_stay_inside(difference, k)) return false;
  }
  return true;
}

static called begin(const irm_program *planned, const fuzz_case *c) {
  called k = {.c = c};
  irmi_arena_init(&k.arena, irm_context_allocator(irm_program_context(planned)));
  return k;
}

static void end(called *k) {
  for (uint32_t i = 0; i < k->block_count; i++)
    munmap(k->blocks[i].pages, k->blocks[i].page_bytes);
  for (uint32_t i = 0; i < k->image_count; i++)
    irmi_unlink(&k->images[i]);
  irmi_arena_destroy(&k->arena);
}

static void make_tables(called *k) {
  enum { OF_GRAPH = 9, PARAMS_AND_WORKSPACE = 2 };
  uint32_t inputs = k->contract.inputs.count, outputs = k->contract.outputs.count;
  k->blocks =
      IRMI_ARENA_ARRAY(&k->arena, block, inputs + outputs + OF_GRAPH + PARAMS_AND_WORKSPACE);
  k->inputs = IRMI_ARENA_ARRAY(&k->arena, const void *, inputs);
  k->outputs = IRMI_ARENA_ARRAY(&k->arena, void *, outputs);
}

bool fuzz_called_agrees(FILE *difference, const irm_program *planned, int optimize, uint64_t arena,
                        const irm_graph *graph, const fuzz_case *c, const fuzz_session *wanted) {
  called k = begin(planned, c);
  int id_bits = c->seed >> 11 & 1 ? 64 : 32;
  bool good = irmi_contract_describe(&k.contract, planned, id_bits, &k.arena) &&
              link_all(difference, &k, planned, optimize);
  if (good) {
    make_tables(&k);
    make_graph(&k, irm_graph_arrays(graph));
    make_arguments(&k);
    let_nobody_write(&k);
    make_outputs(&k);
    good = calls_agree(difference, &k, wanted, arena);
  }
  end(&k);
  return good;
}
