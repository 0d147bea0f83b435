; Where an exception leaves between the blocks, neither is allocated.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f(i64 %n) personality ptr @__gxx_personality_v0 {
entry:
  %a = call ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  invoke void @quiet() to label %more unwind label %pad
more:
  %b = call ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %l
}

declare void @quiet() memory(none)

; CHECK-LABEL: define void @f(
; CHECK: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK: %b = call ptr @_Znwm
; CHECK: call void @_ZdlPvm(ptr %b, i64 %n)
