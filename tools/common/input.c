/* Reading a program: find the text, see what it is written in, parse, lower. */
#include "common/input.h"

#include "irmem/text.h"

#include <ctype.h>
#include <dirent.h>
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

/* Shipped algorithms ---------------------------------------------------------------------- */

/* Where they are: the environment's say, else the source tree irmem was built from, else where it
 * was installed. */
static const char *data_folder(void) {
  const char *folder = getenv("IRMEM_DATA_DIR");
  if (folder && *folder) return folder;
  return access(IRMEM_SOURCE_DATA, R_OK) == 0 ? IRMEM_SOURCE_DATA : IRMEM_INSTALLED_DATA;
}

static bool is_bare_name(const char *spec) {
  return *spec && strcmp(spec, "-") != 0 && !strpbrk(spec, "./");
}

typedef struct shipped_names {
  char **names;
  size_t count;
} shipped_names;

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static shipped_names list_shipped(void) {
  shipped_names list = {NULL, 0};
  DIR *folder = opendir(data_folder());
  struct dirent *entry;
  while (folder && (entry = readdir(folder))) {
    size_t length = strlen(entry->d_name);
    if (length <= 4 || strcmp(entry->d_name + length - 4, ".alg") != 0) continue;
    list.names = realloc(list.names, (list.count + 1) * sizeof *list.names);
    list.names[list.count++] = strndup(entry->d_name, length - 4);
  }
  if (folder) closedir(folder);
  if (list.count) qsort(list.names, list.count, sizeof *list.names, compare_names);
  return list;
}

static const char *shipped_name(void *user, size_t index) {
  const shipped_names *list = user;
  return index < list->count ? list->names[index] : NULL;
}

static bool report_not_shipped(irm_context *context, const char *spec) {
  shipped_names list = list_shipped();
  irm_loc nowhere = {0};
  const char *nearest = irm_diag_nearest(spec, shipped_name, &list);
  if (nearest)
    irm_diag_report(context, IRM_ERROR, nowhere,
                    "no file and no shipped algorithm is named '%s'; did you mean '%s'?", spec,
                    nearest);
  else
    irm_diag_report(context, IRM_ERROR, nowhere, "no file and no shipped algorithm is named '%s'",
                    spec);
  for (size_t i = 0; i < list.count; ++i)
    free(list.names[i]);
  free(list.names);
  return false;
}

/* The path that spec stands for, from malloc; NULL after an error was reported. */
static char *find_input(irm_context *context, const char *spec) {
  if (!is_bare_name(spec) || access(spec, F_OK) == 0) return strdup(spec);
  char *path = malloc(strlen(data_folder()) + strlen(spec) + sizeof "/.alg");
  sprintf(path, "%s/%s.alg", data_folder(), spec);
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

void tool_input_release(tool_input *input) {
  if (input->program) irm_program_destroy(input->program);
  if (input->alg) irm_alg_destroy(input->alg);
  *input = (tool_input){NULL, NULL};
}
