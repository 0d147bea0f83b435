; calloc, small.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i8 @f() {
  %a = call ptr @calloc(i64 8, i64 8)
  call void @use(ptr %a)
  %v = load i8, ptr %a
  call void @free(ptr %a)
  ret i8 %v
}

; CHECK-LABEL: define i8 @f(
; CHECK: %[[SLOT:.*]] = alloca [64 x i8]
; CHECK: call void @llvm.memset.p0.i64(ptr align 1 %[[SLOT]], i8 0, i64 64, i1 false)
