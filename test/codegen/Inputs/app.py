"""A C program around a generated header: reads a graph and inputs, runs once, prints the outputs.

Arrays are exactly as long as the header says, with a page behind that nobody may touch; those that are read
only cannot be written. With "malloc" as its first argument the program takes them from malloc, for valgrind.

usage: app.py HEADER NAME ID_BITS > app.c
"""

import re
import sys

PROGRAM = r"""
#include "%(header)s"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int plain;

/* Memory that ends where it is said to; begins at a multiple of 8 all the same. */
static void *exact(size_t bytes, size_t alignment) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), most = (bytes + alignment - 1) / alignment * alignment;
  size_t pages = (most + page - 1) / page * page;
  if (plain) return alignment > 16 ? aligned_alloc(alignment, most) : malloc(bytes);
  char *map = mmap(NULL, pages + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED || mprotect(map + pages, page, PROT_NONE) != 0) exit(3);
  return map + pages - most;
}

/* From here on it is only read. */
static void seal(void *array, size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *begin = (char *)((size_t)array / page * page);
  if (!plain && bytes > 0 && mprotect(begin, (size_t)((char *)array + bytes - begin), PROT_READ) != 0) exit(3);
}

static double number(FILE *file) {
  double value;
  if (fscanf(file, "%%lf", &value) != 1) exit(4);
  return value;
}

#define READ(TYPE, COUNT)                                                                          \
  static TYPE *read_##TYPE(FILE *file, int64_t count) {                                            \
    size_t bytes = (size_t)count * sizeof(TYPE);                                                   \
    TYPE *array = exact(bytes, sizeof(TYPE));                                                      \
    for (int64_t i = 0; i < count; i++)                                                            \
      array[i] = (TYPE)number(file);                                                               \
    seal(array, bytes);                                                                            \
    return array;                                                                                  \
  }
typedef uint%(id_bits)s_t id;
READ(int64_t, )
READ(double, )
READ(id, )

int main(int argc, char **argv) {
  plain = argc > 2 && strcmp(argv[2], "malloc") == 0;
  FILE *file = fopen(argv[1], "r");
  if (!file) return 4;
  int64_t n = (int64_t)number(file), m = (int64_t)number(file), arcs = (int64_t)number(file);
  irm_csr graph = {.nodes = n, .edges = m, .id_bits = %(id_bits)s, .first_name = 1};
  graph.directed = (int64_t)number(file);
  int64_t *in_offsets = read_int64_t(file, n + 1);
  id *in_targets = read_id(file, arcs), *in_edges = read_id(file, arcs);
  int64_t *out_offsets = read_int64_t(file, n + 1);
  id *out_targets = read_id(file, arcs), *out_edges = read_id(file, arcs);
  double *weights = read_double(file, m);
  id *sources = read_id(file, m), *targets = read_id(file, m);
  graph.in_offsets = in_offsets, graph.in_targets = in_targets, graph.in_edges = in_edges;
  graph.out_offsets = out_offsets, graph.out_targets = out_targets, graph.out_edges = out_edges;
  graph.weights = weights, graph.sources = sources, graph.targets = targets;
%(inputs)s
  fclose(file);
%(outputs)s
  %(name)s_params params = %(name)s_defaults(%(arguments)s);
  size_t bytes = %(name)s_workspace_size(n, m);
  char *workspace = exact(bytes, 64);
  memset(workspace, 0xA5, bytes);
  int result = %(name)s_run(&graph, &params, %(given)s, &outputs, workspace, bytes);
  if (result) fprintf(stderr, "%%s\n", %(name)s_error_text(result));
%(prints)s
  if (plain) {
    void *all[] = {in_offsets, in_targets, in_edges, out_offsets, out_targets, out_edges, weights, sources, targets,
                   workspace, %(arrays)s};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
      free(all[k]);
  }
  return result != 0;
}
"""

SLACK = """
  for (size_t k = sizeof(*{name}) * (size_t)({length}); k %% 8 != 0; k++)
    if (((unsigned char *){name})[k] != 0x5A) return 5;""".replace("%%", "%")


def fields(text, structure):
    """Type, name and comment of each pointer in a structure."""
    body = re.search(r"typedef struct %s \{\n(.*?)\} %s;" % (structure, structure), text, re.S).group(1)
    return re.findall(r"^  (?:const )?(\w+) \*?(\w+); /\* (\w+)", body, re.M)


def main(header, name, id_bits):
    with open(header) as file:
        text = file.read()
    wanted = re.search(r"%s_defaults\((.*?)\) \{" % name, text).group(1)
    parameters = dict(name=name, header=header, id_bits=id_bits)
    inputs, outputs = fields(text, name + "_inputs"), fields(text, name + "_outputs")
    parameters["arguments"] = "" if wanted == "void" else ", ".join("1" for _ in wanted.split(","))
    parameters["inputs"] = "".join(f"  double *in_{field} = read_double(file, {length});\n" for _, field, length in inputs)
    parameters["given"] = "NULL"
    if inputs:
        parameters["inputs"] += f"  {name}_inputs inputs = {{{', '.join('in_' + field for _, field, _ in inputs)}}};\n"
        parameters["given"] = "&inputs"
    lines = []
    for kind, field, length in outputs:
        lines.append(f"  {kind} *{field} = exact(sizeof({kind}) * (size_t)({length}), 8);")
        lines.append(f"  if (!plain) memset({field}, 0x5A, (sizeof({kind}) * (size_t)({length}) + 7) / 8 * 8);")
    lines.append(f"  {name}_outputs outputs = {{{', '.join(field for _, field, _ in outputs)}}};")
    parameters["outputs"] = "\n".join(lines)
    prints = []
    for kind, field, length in outputs:
        shape, cast = ("%.17g", "(double)") if kind in ("double", "float") else ("%lld", "(long long)")
        prints.append(f"  for (int64_t i = 0; !result && i < {length}; i++)\n"
                      f'    printf("{field} %lld {shape}\\n", (long long)i + 1, {cast}{field}[i]);')
        prints.append(f"  for (size_t k = sizeof({kind}) * (size_t)({length}); !plain && k % 8 != 0; k++)\n"
                      f"    if (((unsigned char *){field})[k] != 0x5A) return 5;")
    parameters["prints"] = "\n".join(prints)
    parameters["arrays"] = ", ".join([field for _, field, _ in outputs] + ["in_" + field for _, field, _ in inputs])
    sys.stdout.write(PROGRAM % parameters)


main(*sys.argv[1:])
