; One end of the loop has the block and frees it later, the other has freed it.
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
  %found = load volatile i1, ptr %x
  br i1 %found, label %early, label %next
next:
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
early:
  call void @use(ptr %a)
  call void @free(ptr %a)
  ret void
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: entry:
; CHECK-NEXT: %a = call ptr @malloc(i64 %n)
; CHECK: next:
; CHECK-NEXT: load
; CHECK: early:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: ret void
; CHECK: end:
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: ret void
