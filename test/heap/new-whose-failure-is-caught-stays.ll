; A handler does more than to free.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i64 %n, ptr %x) personality ptr @__gxx_personality_v0 {
entry:
  br label %loop
loop:
  %b = invoke nonnull ptr @_Znwm(i64 %n) builtin to label %next unwind label %pad
next:
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
pad:
  %l = landingpad { ptr, i32 } catch ptr null
  %e = extractvalue { ptr, i32 } %l, 0
  %t = call ptr @__cxa_begin_catch(ptr %e)
  call void @__cxa_end_catch()
  ret void
}

define void @g(i64 %n, ptr %x) personality ptr @__gxx_personality_v0 {
entry:
  br label %loop
loop:
  %b = invoke nonnull ptr @_Znwm(i64 %n) builtin to label %next unwind label %pad
next:
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 %n) builtin
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
pad:
  %l = landingpad { ptr, i32 } cleanup
  call void @destroy(ptr %x) nounwind
  resume { ptr, i32 } %l
}

declare ptr @__cxa_begin_catch(ptr)
declare void @__cxa_end_catch()
declare void @destroy(ptr)

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK-NEXT: %b = invoke
; CHECK-LABEL: define void @g(
; CHECK: loop:
; CHECK-NEXT: %b = invoke
