; An allocation that was left out cannot fail: it goes on to where it went on without an exception.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f(i1 %c) personality ptr @__gxx_personality_v0 {
entry:
  %a = call ptr @_Znwm(i64 4096) builtin
  call void @use(ptr %a)
  call void @_ZdlPv(ptr %a) builtin
  br i1 %c, label %other, label %second
other:
  invoke void @any() to label %end unwind label %pad
second:
  %b = invoke ptr @_Znwm(i64 4096) builtin to label %ok unwind label %pad
ok:
  call void @use(ptr %b)
  call void @_ZdlPv(ptr %b) builtin
  ret void
pad:
  %which = phi i32 [ 1, %other ], [ 2, %second ]
  %l = landingpad { ptr, i32 } cleanup
  call void @note(i32 %which) nounwind
  resume { ptr, i32 } %l
end:
  ret void
}

define void @g() personality ptr @__gxx_personality_v0 {
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

declare void @any()
declare void @note(i32)

; On some ways only: both stay.
; CHECK-LABEL: define void @f(
; CHECK: call ptr @_Znwm
; CHECK: invoke ptr @_Znwm

; CHECK-LABEL: define void @g(
; CHECK: %a = call ptr @_Znwm
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NOT: delete
; CHECK-NOT: invoke
; CHECK-NOT: landingpad
; CHECK: call void @use(ptr %a)
; CHECK-NEXT: call void @_ZdlPv(ptr %a)
; CHECK-NEXT: ret void
