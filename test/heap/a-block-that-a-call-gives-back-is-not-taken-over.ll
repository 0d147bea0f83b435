; What is said not to be kept may still be returned.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare ptr @through(ptr returned nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i8 @f() {
  %a = call ptr @malloc(i64 400)
  store i8 7, ptr %a
  %z = call ptr @through(ptr %a)
  %b = call ptr @malloc(i64 400)
  store i8 1, ptr %b
  %v = load i8, ptr %z
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret i8 %v
}

; CHECK-LABEL: define i8 @f(
; CHECK-COUNT-2: call ptr @malloc
