; An allocation whose failure is handled stays where it is handled.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f() personality ptr @__gxx_personality_v0 {
entry:
  %a = call ptr @_Znwm(i64 4096) builtin
  call void @use(ptr %a)
  call void @_ZdlPv(ptr %a) builtin
  %b = invoke ptr @_Znwm(i64 4096) builtin to label %ok unwind label %pad
ok:
  call void @use(ptr %b)
  call void @_ZdlPv(ptr %b) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %l
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @_Znwm
; CHECK: call void @_ZdlPv(ptr %a)
; CHECK: %b = invoke ptr @_Znwm
; CHECK: call void @_ZdlPv(ptr %b)
