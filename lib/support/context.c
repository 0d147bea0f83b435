/* Contexts: their memory, their strings, and what must happen when they end. */
#include "support/context.h"

irm_context *irm_context_create(const irm_allocator *allocator) {
  if (!allocator) allocator = irmi_default_allocator();
  irm_context *context = irmi_calloc(allocator, 1, sizeof *context);
  context->allocator = *allocator;
  irmi_arena_init(&context->arena, &context->allocator);
  irmi_text_set_init(&context->strings, &context->allocator);
  return context;
}

void irm_context_destroy(irm_context *context) {
  if (!context) return;
  while (context->hooks.count) {
    irmi_destroy_hook hook = context->hooks.items[--context->hooks.count];
    hook.call(context, hook.user);
  }
  irm_allocator allocator = context->allocator;
  irmi_vec_free(&allocator, &context->hooks);
  irmi_vec_free(&allocator, &context->sources);
  irmi_text_set_destroy(&context->strings);
  irmi_arena_destroy(&context->arena);
  irmi_free(&allocator, context, sizeof *context);
}

const irm_allocator *irm_context_allocator(const irm_context *context) {
  return &context->allocator;
}

const char *irm_context_intern(irm_context *context, const char *text, size_t length) {
  const char *known = irmi_text_set_find(&context->strings, text, length);
  if (known) return known;
  char *copy = irmi_arena_copy_text(&context->arena, text, length);
  irmi_text_set_add(&context->strings, copy, length);
  return copy;
}

void irmi_context_on_destroy(irm_context *context, irmi_destroy_fn *call, void *user) {
  irmi_vec_push(&context->allocator, &context->hooks, ((irmi_destroy_hook){call, user}));
}
