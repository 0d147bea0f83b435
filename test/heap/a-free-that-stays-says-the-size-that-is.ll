; What frees a block where an exception leaves says how large it is: as large as the first, which is
; not made larger for one that does not come there.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @smaller() personality ptr @__gxx_personality_v0 {
entry:
  %a = call ptr @_Znwm(i64 8192) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 8192) builtin
  %b = call ptr @_Znwm(i64 4096) builtin
  invoke void @borrow(ptr %b) to label %more unwind label %pad
more:
  call void @_ZdlPvm(ptr %b, i64 4096) builtin
  %c = call ptr @_Znwm(i64 8192) builtin
  call void @use(ptr %c)
  call void @_ZdlPvm(ptr %c, i64 8192) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @_ZdlPvm(ptr %b, i64 4096) builtin
  resume { ptr, i32 } %l
}

define void @larger() personality ptr @__gxx_personality_v0 {
entry:
  %a = call ptr @_Znwm(i64 4096) builtin
  call void @use(ptr %a)
  invoke void @borrow(ptr %a) to label %more unwind label %pad
more:
  call void @_ZdlPvm(ptr %a, i64 4096) builtin
  %b = call ptr @_Znwm(i64 8192) builtin
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 8192) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @_ZdlPvm(ptr %a, i64 4096) builtin
  resume { ptr, i32 } %l
}

declare void @borrow(ptr nocapture nofree) memory(argmem: readwrite)

; CHECK-LABEL: define void @smaller(
; CHECK: %a = call ptr @_Znwm(i64 8192)
; CHECK-NOT: @_Znwm
; CHECK: call void @_ZdlPvm(ptr %a, i64 8192)
; CHECK: pad:
; CHECK: call void @_ZdlPvm(ptr %a, i64 8192)
; CHECK-LABEL: define void @larger(
; CHECK: %a = call ptr @_Znwm(i64 4096)
; CHECK: %b = call ptr @_Znwm(i64 8192)
; CHECK: pad:
; CHECK: call void @_ZdlPvm(ptr %a, i64 4096)
