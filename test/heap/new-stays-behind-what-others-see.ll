; Where there is no memory, what comes before the allocation has been done.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
; A store that others see.
define void @f(i64 %n, ptr %x, ptr %y) {
entry:
  br label %loop
loop:
  store i64 1, ptr %y
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; A store into a block that is gone by then.
define void @g(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  store i64 1, ptr %a
  %b = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call nonnull ptr @_Znwm
; CHECK-LABEL: define void @g(
; CHECK: entry:
; CHECK-NEXT: %a = call nonnull ptr @_Znwm
; CHECK-NEXT: %b = call nonnull ptr @_Znwm
; CHECK: loop:
