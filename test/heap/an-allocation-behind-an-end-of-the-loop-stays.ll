; The loop may be left before anything is allocated.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %now = load volatile i1, ptr %x
  br i1 %now, label %work, label %end
work:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  br label %loop
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: work:
; CHECK-NEXT: %a = call ptr @malloc
; CHECK: call void @free(ptr %a)
; CHECK: end:
; CHECK-NEXT: ret void
