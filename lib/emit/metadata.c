/* What we know about memory accesses and LLVM cannot find out: elements of an element loop depend
 * on nothing but elements of the same index, and the result of a row loop overlaps none of its
 * operands. */
#include "emit/emitter.h"

#include <assert.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/IRReader.h>
#include <string.h>

/* An access group is a distinct node without operands, which only the text form can make. */
static LLVMValueRef make_access_group(LLVMContextRef context) {
  static const char text[] = "!group = !{!0}\n!0 = distinct !{}\n";
  LLVMMemoryBufferRef buffer =
      LLVMCreateMemoryBufferWithMemoryRange(text, sizeof text - 1, "group", true);
  LLVMModuleRef module = NULL;
  char *message = NULL;
  LLVMBool failed = LLVMParseIRInContext(context, buffer, &module, &message);
  assert(!failed);
  (void)failed;
  LLVMValueRef group;
  LLVMGetNamedMetadataOperands(module, "group", &group);
  LLVMDisposeModule(module);
  return group;
}

static LLVMMetadataRef make_text(LLVMContextRef context, const char *text) {
  return LLVMMDStringInContext2(context, text, strlen(text));
}

static LLVMMetadataRef make_node(LLVMContextRef context, LLVMMetadataRef a, LLVMMetadataRef b) {
  return LLVMMDNodeInContext2(context, (LLVMMetadataRef[]){a, b}, b ? 2 : 1);
}

void irmi_metadata_init(irmi_emitter *emitter) {
  LLVMContextRef context = emitter->context;
  emitter->no_fields = LLVMMetadataAsValue(context, LLVMMDNodeInContext2(context, NULL, 0));
  emitter->access_group = make_access_group(context);

  LLVMMetadataRef domain = make_node(context, make_text(context, "irmem rows"), NULL);
  LLVMMetadataRef scope = make_node(context, make_text(context, "irmem result"), domain);
  emitter->result_scope = LLVMMetadataAsValue(context, make_node(context, scope, NULL));
}

/* A loop's node refers to itself, so that no two loops share one. */
static void mark_loop(const irmi_emitter *emitter, LLVMValueRef latch, LLVMMetadataRef a,
                      LLVMMetadataRef b) {
  LLVMContextRef context = emitter->context;
  LLVMMetadataRef self = LLVMTemporaryMDNode(context, NULL, 0);
  LLVMMetadataRef fields[] = {self, a, b};
  LLVMMetadataRef node = LLVMMDNodeInContext2(context, fields, b ? 3 : 2);
  LLVMMetadataReplaceAllUsesWith(self, node);
  irmi_set_metadata(emitter, latch, "llvm.loop", LLVMMetadataAsValue(context, node));
}

void irmi_mark_parallel(const irmi_emitter *emitter, LLVMValueRef latch) {
  LLVMContextRef context = emitter->context;
  mark_loop(emitter, latch,
            make_node(context, make_text(context, "llvm.loop.parallel_accesses"),
                      LLVMValueAsMetadata(emitter->access_group)),
            NULL);
}

void irmi_mark_plain(const irmi_emitter *emitter, LLVMValueRef latch) {
  LLVMContextRef context = emitter->context;
  LLVMMetadataRef one = LLVMValueAsMetadata(LLVMConstInt(emitter->types.i32, 1, false));
  mark_loop(emitter, latch,
            make_node(context, make_text(context, "llvm.loop.unroll.disable"), NULL),
            make_node(context, make_text(context, "llvm.loop.vectorize.width"), one));
}
