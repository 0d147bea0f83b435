; That the condition does not change is of no help where another way leads past it.
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
  %now = load volatile i1, ptr %x
  br i1 %now, label %maybe, label %work
maybe:
  br i1 %c, label %work, label %next
work:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: work:
; CHECK-NEXT: %a = call ptr @malloc
; CHECK: call void @free(ptr %a)
; CHECK: end:
; CHECK-NEXT: ret void
