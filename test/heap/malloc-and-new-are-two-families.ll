; Memory of malloc is not for delete.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind

define void @f() {
  %a = call ptr @malloc(i64 8192)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @_Znwm(i64 8192) builtin
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 8192) builtin
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 8192)
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @_Znwm(i64 8192)
