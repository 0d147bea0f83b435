; The handler of an allocation that was left out has other ways to it.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f() personality ptr @__gxx_personality_v0 {
entry:
  %x = invoke i32 @any() to label %first unwind label %pad
first:
  %a = call ptr @_Znwm(i64 4096) builtin
  call void @use(ptr %a)
  call void @_ZdlPv(ptr %a) builtin
  %b = invoke ptr @_Znwm(i64 4096) builtin to label %ok unwind label %pad
ok:
  call void @use(ptr %b)
  call void @_ZdlPv(ptr %b) builtin
  ret void
pad:
  %which = phi i32 [ 1, %entry ], [ %x, %first ]
  %l = landingpad { ptr, i32 } cleanup
  call void @note(i32 %which) nounwind
  resume { ptr, i32 } %l
}

declare i32 @any()
declare void @note(i32)

; CHECK-LABEL: define void @f(
; CHECK: invoke i32 @any()
; CHECK: %a = call ptr @_Znwm
; CHECK-NOT: invoke
; CHECK: call void @_ZdlPv(ptr %a)
; CHECK-NEXT: ret void
; CHECK: landingpad
; CHECK: call void @note(i32 1)
