/* The algorithms that ship, a line each: the head of the algorithm as it prints, and the first
 * sentence of the comment that the file begins with. */
#include "algorithms.h"

#include "common/input.h"
#include "common/shipped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "name(parameters) -> outputs" of "algorithm name(parameters) -> outputs {". */
static void print_head(const irm_alg *alg) {
  static const char word[] = "algorithm ", brace[] = " {";
  char *text;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_alg_print(stream, alg);
  fclose(stream);
  size_t skipped = sizeof word - 1, line = strcspn(text, "\n");
  printf("  %.*s", (int)(line - skipped - (sizeof brace - 1)), text + skipped);
  free(text);
}

/* The full stop in a line, or NULL. */
static char *sentence_end(char *line) {
  char *stop = strstr(line, ". ");
  size_t length = strlen(line);
  if (stop) return stop;
  return length && line[length - 1] == '.' ? line + length - 1 : NULL;
}

/* It may go on over lines, each with its own mark of a comment. */
static void print_sentence(FILE *file) {
  char *line = NULL, *stop = NULL;
  const char *gap = ": ";
  size_t room = 0;
  while (!stop && getline(&line, &room, file) > 0 && line[0] == '#') {
    char *text = line + 1 + strspn(line + 1, " ");
    text[strcspn(text, "\n")] = 0;
    if ((stop = sentence_end(text))) *stop = 0;
    printf("%s%s", gap, text);
    gap = " ";
  }
  free(line);
}

static bool list_one(irm_context *context, const char *path) {
  tool_input input;
  if (!tool_input_read(context, path, IRM_F64, false, &input)) return false;
  FILE *file = fopen(path, "r");
  print_head(input.alg);
  if (file) print_sentence(file);
  putchar('\n');
  if (file) fclose(file);
  tool_input_release(&input);
  return true;
}

bool list_algorithms(irm_context *context) {
  tool_shipped shipped = tool_shipped_list();
  bool good = true;
  for (size_t i = 0; i < shipped.count; ++i) {
    char *path = tool_shipped_path(shipped.names[i]);
    good &= list_one(context, path);
    free(path);
  }
  tool_shipped_release(&shipped);
  return good;
}
