; It makes the allocation fail.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @aligned_alloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i8 @f() {
  %a = call ptr @aligned_alloc(i64 24, i64 64)
  call void @use(ptr %a)
  %v = load i8, ptr %a
  call void @free(ptr %a)
  ret i8 %v
}

; CHECK-LABEL: define i8 @f(
; CHECK: @aligned_alloc(i64 24, i64 64)
