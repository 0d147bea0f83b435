; What throws where the block was free throws where it would be held: it stays; what throws while it is held may.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i64 %n, ptr %x) personality ptr @__gxx_personality_v0 {
entry:
  br label %loop
loop:
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  invoke void @quiet() to label %next unwind label %pad
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %l
}

declare void @quiet() memory(none)

; CHECK-LABEL: define void @f(
; CHECK: entry:
; CHECK-NEXT: %a = call nonnull ptr @_Znwm(i64 %n)
; CHECK: end:
; CHECK-NEXT: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK: pad:
; CHECK-NEXT: landingpad
; CHECK-NEXT: cleanup
; CHECK-NEXT: call void @_ZdlPvm(ptr %a, i64 %n)
; CHECK-NEXT: resume
