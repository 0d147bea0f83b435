; Who takes the memory last may give it away.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define ptr @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  ret ptr %b
}

; CHECK-LABEL: define ptr @f(
; CHECK: %a = call ptr @malloc
; CHECK-NOT: @free
; CHECK: ret ptr %a
