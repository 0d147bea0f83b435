; How large nothing is, is not asked.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i1 %c, i64 %n) {
entry:
  br i1 %c, label %first, label %join
first:
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 %n) builtin
  %b = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %b)
  br label %join
join:
  %p = phi ptr [ %b, %first ], [ null, %entry ]
  call void @_ZdlPvm(ptr %p, i64 %n) builtin
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call nonnull ptr @_Znwm
; CHECK-NOT: @_Z
; CHECK: %p = phi ptr [ %a, %first ], [ null, %entry ]
; CHECK-NEXT: call void @_ZdlPvm(ptr %p, i64 %n)
