/* Reading a program: find the text, see what it is written in, parse, lower. */
#include "common/input.h"

#include "common/shipped.h"
#include "irmem/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More than any program, less than what a device that never ends would give. */
#define LARGEST_INPUT ((size_t)256 << 20)

typedef struct text {
  char *bytes;
  size_t length;
} text;

typedef enum language { LANGUAGE_ALG, LANGUAGE_IRM, LANGUAGE_JSON } language;

static bool report_unreadable(irm_context *context, const char *path, const char *why) {
  irm_loc nowhere = {0};
  irm_diag_report(context, IRM_ERROR, nowhere, "cannot read '%s': %s", path, why);
  return false;
}

/* Reading --------------------------------------------------------------------------------- */

static bool read_stream(irm_context *context, FILE *stream, const char *path, text *result) {
  size_t room = 0, got;
  *result = (text){NULL, 0};
  do {
    if (result->length == room) result->bytes = realloc(result->bytes, room = room * 2 + 4096);
    got = fread(result->bytes + result->length, 1, room - result->length, stream);
    result->length += got;
  } while (got && result->length < LARGEST_INPUT);
  if (ferror(stream)) return report_unreadable(context, path, strerror(errno));
  if (got) return report_unreadable(context, path, "more than 256 MiB");
  return true;
}

static bool read_file(irm_context *context, const char *path, text *result) {
  *result = (text){NULL, 0};
  if (strcmp(path, "-") == 0) return read_stream(context, stdin, "<stdin>", result);
  FILE *stream = fopen(path, "rb");
  if (!stream) return report_unreadable(context, path, strerror(errno));
  bool good = read_stream(context, stream, path, result);
  fclose(stream);
  return good;
}

static const char *shipped_name(void *user, size_t index) {
  const tool_shipped *shipped = user;
  return index < shipped->count ? shipped->names[index] : NULL;
}

static bool report_not_shipped(irm_context *context, const char *spec) {
  tool_shipped shipped = tool_shipped_list();
  irm_loc nowhere = {0};
  const char *nearest = irm_diag_nearest(spec, shipped_name, &shipped);
  if (nearest)
    irm_diag_report(context, IRM_ERROR, nowhere,
                    "no file and no shipped algorithm is named '%s'; did you mean '%s'?", spec,
                    nearest);
  else
    irm_diag_report(context, IRM_ERROR, nowhere, "no file and no shipped algorithm is named '%s'",
                    spec);
  tool_shipped_release(&shipped);
  return false;
}

/* The path that spec stands for, from malloc; NULL after an error was reported. */
static char *find_input(irm_context *context, const char *spec) {
  bool is_bare_name = *spec && strcmp(spec, "-") != 0 && !strpbrk(spec, "./");
  if (!is_bare_name || access(spec, F_OK) == 0) return strdup(spec);
  char *path = tool_shipped_path(spec);
  if (access(path, F_OK) == 0) return path;
  free(path);
  report_not_shipped(context, spec);
  return NULL;
}

/* What it is written in ------------------------------------------------------------------- */

static size_t skip_blank(text input) {
  size_t at = 0;
  while (at < input.length) {
    if (isspace((unsigned char)input.bytes[at]))
      ++at;
    else if (strchr("#;/", input.bytes[at]))
      while (at < input.length && input.bytes[at] != '\n')
        ++at;
    else
      break;
  }
  return at;
}

/* SSA begins with "algorithm @", groggy's steps with a bracket; all else is the algorithm language,
 * which has the better messages. */
static language language_of_content(text input) {
  static const char word[] = "algorithm";
  size_t at = skip_blank(input);
  if (at < input.length && strchr("[{", input.bytes[at])) return LANGUAGE_JSON;
  if (input.length - at < sizeof word || memcmp(input.bytes + at, word, sizeof word - 1) != 0)
    return LANGUAGE_ALG;
  for (at += sizeof word - 1; at < input.length && isspace((unsigned char)input.bytes[at]);)
    ++at;
  return at < input.length && input.bytes[at] == '@' ? LANGUAGE_IRM : LANGUAGE_ALG;
}

static language language_of(const char *path, text input) {
  const char *name = strrchr(path, '/');
  const char *dot = strrchr(name ? name : path, '.');
  if (dot && strcmp(dot, ".alg") == 0) return LANGUAGE_ALG;
  if (dot && strcmp(dot, ".irm") == 0) return LANGUAGE_IRM;
  if (dot && strcmp(dot, ".json") == 0) return LANGUAGE_JSON;
  return language_of_content(input);
}

/* Parsing --------------------------------------------------------------------------------- */

static bool parse_irm(irm_context *context, const char *file, text source, bool real_given,
                      tool_input *input) {
  if (real_given) {
    irm_loc loc = {.file = irm_context_intern(context, file, strlen(file))};
    irm_diag_report(context, IRM_ERROR, loc, "--real is for algorithms; SSA has its types already");
    return false;
  }
  input->program = irm_text_parse(context, file, source.bytes, source.length);
  return input->program != NULL;
}

static bool parse(irm_context *context, const char *path, text source, irm_elem real,
                  bool real_given, tool_input *input) {
  const char *file = strcmp(path, "-") == 0 ? "<stdin>" : path;
  language written_in = language_of(path, source);
  *input = (tool_input){NULL, NULL};
  if (written_in == LANGUAGE_IRM) return parse_irm(context, file, source, real_given, input);
  input->alg = written_in == LANGUAGE_JSON
                   ? irm_alg_parse_json(context, file, source.bytes, source.length)
                   : irm_alg_parse(context, file, source.bytes, source.length);
  irm_lower_options options = {.real = real};
  if (input->alg) input->program = irm_lower(input->alg, &options);
  if (!input->program) tool_input_release(input);
  return input->program != NULL;
}

bool tool_input_read(irm_context *context, const char *spec, irm_elem real, bool real_given,
                     tool_input *input) {
  char *path = find_input(context, spec);
  if (!path) return false;
  text source;
  bool good =
      read_file(context, path, &source) && parse(context, path, source, real, real_given, input);
  free(source.bytes);
  free(path);
  return good;
}

void tool_input_forget_alg(tool_input *input) {
  if (input->alg) irm_alg_destroy(input->alg);
  input->alg = NULL;
}

void tool_input_release(tool_input *input) {
  if (input->program) irm_program_destroy(input->program);
  if (input->alg) irm_alg_destroy(input->alg);
  *input = (tool_input){NULL, NULL};
}
