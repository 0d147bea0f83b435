; The sized delete behind the loop has the allocation's own size.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  %s = add i64 %n, 0
  call void @_ZdlPvm(ptr %a, i64 %s) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: end:
; CHECK-NEXT: call void @_ZdlPvm(ptr %a, i64 %n)
