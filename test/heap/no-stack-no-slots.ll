; stack=0.
; RUN: %heap -passes='irmem-heap<stack=0>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i8 @f() {
  %a = call ptr @malloc(i64 64)
  call void @use(ptr %a)
  %v = load i8, ptr %a
  call void @free(ptr %a)
  ret i8 %v
}

; CHECK-LABEL: define i8 @f(
; CHECK: @malloc(i64 64)
