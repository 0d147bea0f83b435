; What is freed may be either block.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c) {
  %a = call ptr @malloc(i64 4096)
  %o = call ptr @malloc(i64 4096)
  %p = select i1 %c, ptr %a, ptr %o
  call void @free(ptr %p)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call
; CHECK-NEXT: %o = call
; CHECK: call void @free(ptr %p)
; CHECK-NEXT: %b = call
; CHECK: call void @free(ptr %b)
