; Only a failure of the second allocation frees the first block early: there is no such failure any more.
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
  %b = invoke ptr @_Znwm(i64 %n) builtin to label %ok unwind label %pad
ok:
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  resume { ptr, i32 } %l
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @_Znwm
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NOT: invoke
; CHECK: call void @use(ptr %a)
; CHECK-NEXT: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK-NEXT: ret void
; CHECK-NOT: landingpad
