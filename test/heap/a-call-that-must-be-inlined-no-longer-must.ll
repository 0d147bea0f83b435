; Said of one call, the two exclude each other.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a) alwaysinline
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: call void @use(ptr %a) [[NOT:#[0-9]+]]
; CHECK: call void @use(ptr %a) [[NOT]]
; CHECK: attributes [[NOT]] = { noinline }
