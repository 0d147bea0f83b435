; What frees the first block where an exception leaves says how large it has become.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f() personality ptr @__gxx_personality_v0 {
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

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @_Znwm(i64 8192)
; CHECK: call void @_ZdlPvm(ptr %a, i64 8192)
; CHECK: pad:
; CHECK: call void @_ZdlPvm(ptr %a, i64 8192)
