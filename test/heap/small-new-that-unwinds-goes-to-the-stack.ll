; On the stack nothing fails.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare void @_ZdlPv(ptr) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)

define void @f() personality ptr @__gxx_personality_v0 {
entry:
  %a = invoke ptr @_Znwm(i64 40) builtin to label %ok unwind label %pad
ok:
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr %a, i64 40) builtin
  ret void
pad:
  %l = landingpad { ptr, i32 } catch ptr null
  %e = extractvalue { ptr, i32 } %l, 0
  %t = call ptr @__cxa_begin_catch(ptr %e)
  call void @__cxa_end_catch()
  ret void
}

declare ptr @__cxa_begin_catch(ptr)
declare void @__cxa_end_catch()

; CHECK-LABEL: define void @f(
; CHECK: %block = alloca [40 x i8], align 16
; CHECK-NOT: _Z
; CHECK: call void @use(ptr %block)
; CHECK-NEXT: ret void
; CHECK-NEXT: }
