; A block that stays in the loop does not exist before it: nobody frees it there.
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
  %m = load i64, ptr %x
  %a = call nonnull ptr @_Znwm(i64 %m) builtin
  call void @use(ptr %a)
  %b = invoke nonnull ptr @_Znwm(i64 %n) builtin to label %next unwind label %pad
next:
  call void @use(ptr %b)
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 %m) builtin
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @_ZdlPvm(ptr %a, i64 %m) builtin
  resume { ptr, i32 } %l
}

; An allocation comes before it in the loop, that would need the memory.
; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call nonnull ptr @_Znwm(i64 %m)
; CHECK: %b = invoke nonnull ptr @_Znwm(i64 %n)
