; Without builtin the program called the function, which may be its own.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind

define void @f() {
  %a = call ptr @_Znwm(i64 4096)
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 4096)
  %b = call ptr @_Znwm(i64 8192)
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 8192)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @_Znwm(i64 4096)
; CHECK: call void @_ZdlPvm(ptr %a, i64 4096)
; CHECK: %b = call ptr @_Znwm(i64 8192)
; CHECK: call void @_ZdlPvm(ptr %b, i64 8192)
