/* Memory for tools: the C library's, and an exit where it ends. Drafts of output files are removed
 * on the way. */
#include "common/context.h"

#include "irmem/diag.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

/* More than a reader of text ever reports, which has a limit of its own. */
enum { MOST_ERRORS = 320 };

static void *allocate(size_t bytes) {
  void *block = NULL;
  if (posix_memalign(&block, ALIGNMENT, bytes) == 0) return block;
  fprintf(stderr, "%s: error: out of memory: %zu bytes more are needed\n",
          program_invocation_short_name, bytes);
  exit(1);
}

static void *resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  (void)user;
  void *moved = new_bytes ? allocate(new_bytes) : NULL;
  if (moved && block) memcpy(moved, block, old_bytes < new_bytes ? old_bytes : new_bytes);
  free(block);
  return moved;
}

/* What is said behind the last error that is shown belongs to one that is not. */
static void print_diagnostic(void *user, const irm_diag *diag) {
  if (irm_context_error_count(user) <= MOST_ERRORS) irm_diag_print(stderr, diag);
}

irm_context *tool_context_create(void) {
  irm_context *context = irm_context_create(&(irm_allocator){resize, NULL});
  irm_context_set_diag_handler(context, print_diagnostic, context);
  return context;
}

void tool_context_destroy(irm_context *context) {
  size_t errors = irm_context_error_count(context);
  if (errors > MOST_ERRORS)
    fprintf(stderr, "%s: error: too many errors: %zu more\n", program_invocation_short_name,
            errors - MOST_ERRORS);
  irm_context_destroy(context);
}
