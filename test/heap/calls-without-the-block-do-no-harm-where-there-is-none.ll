; Under the opposite condition no memory is held that a call could need.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i1 %c, i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  br i1 %c, label %work, label %other
work:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  br label %next
other:
  call void @any()
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: br i1 %c
; CHECK: %a = call ptr @malloc
; CHECK: loop:
; CHECK-NOT: @free
; CHECK: end:
; CHECK-NEXT: call void @free
