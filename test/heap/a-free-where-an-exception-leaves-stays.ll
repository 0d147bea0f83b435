; A function that leaves by an exception while it has the first block frees it there as it did.
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
  invoke void @any() to label %more unwind label %pad
more:
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  %b = call ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  resume { ptr, i32 } %l
}

declare void @any()

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @_Znwm
; CHECK: more:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK-NEXT: ret void
; CHECK: pad:
; CHECK: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK-NEXT: resume
