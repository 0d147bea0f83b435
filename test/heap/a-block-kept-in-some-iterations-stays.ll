; An iteration that does not free leaves its block behind.
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
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  %now = load volatile i1, ptr %x
  br i1 %now, label %gone, label %next
gone:
  call void @free(ptr %a)
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

define void @g(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  %kept = load volatile i1, ptr %x
  br i1 %kept, label %loop, label %gone
gone:
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK-NEXT: %a = call ptr @malloc(i64 %n)
; CHECK: gone:
; CHECK-NEXT: call void @free(ptr %a)
; CHECK: end:
; CHECK-NEXT: ret void

; CHECK-LABEL: define void @g(
; CHECK: loop:
; CHECK-NEXT: %a = call ptr @malloc(i64 %n)
; CHECK: gone:
; CHECK-NEXT: call void @free(ptr %a)
