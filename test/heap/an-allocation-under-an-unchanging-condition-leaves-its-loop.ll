; A vector of n elements is allocated unless n is 0: so it is before the loop.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind
declare i32 @__gxx_personality_v0(...)
declare void @any()

define void @f(i64 %n, i64 %bytes, ptr %x) {
entry:
  %none = icmp eq i64 %n, 0
  br label %loop
loop:
  br i1 %none, label %next, label %work
work:
  %a = call noalias nonnull ptr @_Znwm(i64 %bytes) builtin
  call void @use(ptr %a)
  call void @_ZdlPvm(ptr nonnull %a, i64 %bytes) builtin
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %[[SOME:.*]] = xor i1 %none, true
; CHECK-NEXT: br i1 %[[SOME]], label %[[THEN:.*]], label %[[JOIN:.*]]
; CHECK: [[THEN]]:
; CHECK-NEXT: %a = call noalias nonnull ptr @_Znwm(i64 %bytes)
; CHECK: [[JOIN]]:
; CHECK-NEXT: %[[P:.*]] = phi ptr [ %a, %[[THEN]] ], [ null, %entry ]
; CHECK: work:
; CHECK-NEXT: call void @use(ptr %[[P]])
; CHECK-NEXT: br label %next
; CHECK: end:
; CHECK-NEXT: call void @_ZdlPvm(ptr %[[P]], i64 %bytes)
; CHECK-NEXT: ret void
