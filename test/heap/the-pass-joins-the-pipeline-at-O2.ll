; Late, behind inlining.
; RUN: %heap -passes='default<O2>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @touch(ptr nocapture nofree)

define void @f(i64 %n) {
  %a = call ptr @malloc(i64 %n)
  call void @touch(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 %n)
  call void @touch(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define {{.*}}void @f(
; CHECK: @malloc
; CHECK-NOT: call {{.*}}@malloc
; CHECK: ret void
