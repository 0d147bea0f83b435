; The first block is read after the second is made.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @use(ptr %a)
  call void @free(ptr %a)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call
; CHECK: %b = call
; CHECK: @free(ptr %a)
; CHECK: @free(ptr %b)
