/* Linking objects without LLVM: what LLVM emits runs, and nothing else does any harm. */
#include "native/emission.h"
#include "native/link.h"
#include "run_text.h"
#include "suite.h"

#include <elf.h>
#include <string.h>

/* Calls the runtime and the C library, has constants in memory and bodies of loops. */
static const char program_text[] = "%x = input \"x\" : f64[node]\n"
                                   "%e = exp %x slot 0 : f64[node]\n"
                                   "%p = pow %e, %x into %e slot 0 : f64[node]\n"
                                   "%s = neighbor_sum in %p slot 1 : f64[node]\n"
                                   "output %s \"s\"\n"
                                   "slots {\n"
                                   "  slot 0: 8n\n"
                                   "  slot 1: 8n output \"s\"\n"
                                   "}\n";

typedef struct object {
  irm_program *program;
  uint8_t *bytes;
  size_t count;
} object;

static object emit(const char *triple) {
  object made = {.program = parse(program_text)};
  irm_emit_options options = {.triple = triple, .optimize = 2};
  FILE *stream = open_memstream((char **)&made.bytes, &made.count);
  ck_assert(irm_emit(stream, made.program, IRM_EMIT_OBJECT, &options));
  fclose(stream);
  return made;
}

static void destroy(object *made) {
  free(made->bytes);
  irm_program_destroy(made->program);
}

static const char *try_link(const void *bytes, size_t count) {
  irmi_image image;
  void *function = NULL;
  const char *why =
      irmi_link(&image, irm_context_allocator(context), bytes, count, "test", &function);
  ck_assert(why ? !image.pages : function != NULL);
  irmi_unlink(&image);
  return why;
}

START_TEST(what_llvm_emits_is_linked) {
  object made = emit(NULL);
  ck_assert_ptr_null(try_link(made.bytes, made.count));
  destroy(&made);
}
END_TEST

START_TEST(another_machine_s_object_is_refused) {
  object made = emit("aarch64-linux-gnu");
  ck_assert_str_eq(try_link(made.bytes, made.count), "it is of another machine");
  destroy(&made);
}
END_TEST

/* At every length, in memory of just that length. */
START_TEST(an_object_that_is_cut_short_is_refused) {
  object made = emit(NULL);
  for (size_t count = 0; count < made.count; count++) {
    uint8_t *part = malloc(count + 1);
    memcpy(part, made.bytes, count);
    const char *why = try_link(part, count);
    Elf64_Ehdr header;
    memcpy(&header, made.bytes, sizeof header);
    if (count < header.e_shoff + header.e_shnum * sizeof(Elf64_Shdr)) ck_assert_ptr_nonnull(why);
    free(part);
  }
  destroy(&made);
}
END_TEST

/* It is linked or refused, and never runs: whatever is written there stays in its image. */
START_TEST(no_byte_of_an_object_is_believed) {
  static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  object made = emit(NULL);
  int refused = 0;
  for (size_t at = 0; at < made.count; at++) {
    uint8_t right = made.bytes[at];
    for (size_t k = 0; k < sizeof values; k++) {
      made.bytes[at] = values[k];
      refused += try_link(made.bytes, made.count) != NULL;
    }
    made.bytes[at] = right;
  }
  ck_assert_int_gt(refused, 100);
  ck_assert_ptr_null(try_link(made.bytes, made.count));
  destroy(&made);
}
END_TEST

static Elf64_Rela *first_relocation(const object *made) {
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)made->bytes;
  const Elf64_Shdr *sections = (const Elf64_Shdr *)(made->bytes + header->e_shoff);
  for (int k = 0; k < header->e_shnum; k++)
    if (sections[k].sh_type == SHT_RELA) return (Elf64_Rela *)(made->bytes + sections[k].sh_offset);
  ck_abort_msg("there is no relocation");
  return NULL;
}

START_TEST(kinds_of_relocation_that_are_not_known_are_refused) {
  object made = emit(NULL);
  Elf64_Rela *entry = first_relocation(&made);
  uint64_t symbol = ELF64_R_SYM(entry->r_info);
  entry->r_info = ELF64_R_INFO(symbol, R_X86_64_TPOFF32);
  ck_assert_str_eq(try_link(made.bytes, made.count),
                   "it has a relocation of a kind that is not linked here");
  entry->r_info = ELF64_R_INFO(symbol, R_X86_64_GOTPCREL);
  ck_assert_ptr_null(try_link(made.bytes, made.count));
  entry->r_info = ELF64_R_INFO(symbol, R_X86_64_64);
  ck_assert_ptr_null(try_link(made.bytes, made.count));
  entry->r_info = ELF64_R_INFO(symbol, R_X86_64_PC32);
  entry->r_addend = INT64_C(1) << 40;
  ck_assert_str_eq(try_link(made.bytes, made.count), "an address is out of reach");
  destroy(&made);
}
END_TEST

/* What is not linked here goes by ORC, with the same results. */
static void run(irm_executable *executable, const irm_graph *graph, double results[5]) {
  static const double x[] = {0.5, 1, 2, -1, 0.25};
  irm_run *bound = irm_run_bind(executable, graph, NULL);
  ck_assert(irm_run_set_input(bound, "x", x));
  ck_assert(irm_run_execute(bound));
  memcpy(results, irm_run_output(bound, 0).elements, 5 * sizeof *results);
  irm_run_destroy(bound);
  irm_executable_destroy(executable);
}

START_TEST(orc_gives_the_same) {
  object made = emit(NULL);
  double here[5], there[5];
  irm_emit_options options = {.cpu = "native", .optimize = 3};
  irm_graph *graph = five_nodes(true);
  run(irm_executable_compile(made.program, &options), graph, here);
  run(irmi_emission_open()->compile(made.program, &options), graph, there);
  ck_assert_int_eq(memcmp(here, there, sizeof here), 0);
  irm_graph_destroy(graph);
  destroy(&made);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("link");
  TCase *tests = tcase_create("link");
  tcase_set_timeout(tests, 0);
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, what_llvm_emits_is_linked);
  tcase_add_test(tests, another_machine_s_object_is_refused);
  tcase_add_test(tests, an_object_that_is_cut_short_is_refused);
  tcase_add_test(tests, no_byte_of_an_object_is_believed);
  tcase_add_test(tests, kinds_of_relocation_that_are_not_known_are_refused);
  tcase_add_test(tests, orc_gives_the_same);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
