; Its address outlives the function.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @keep(ptr)

define i8 @f() {
  %a = call ptr @malloc(i64 64)
  call void @keep(ptr %a)
  %v = load i8, ptr %a
  call void @free(ptr %a)
  ret i8 %v
}

; CHECK-LABEL: define i8 @f(
; CHECK: @malloc(i64 64)
