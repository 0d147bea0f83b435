; setjmp.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare i32 @setjmp(ptr) returns_twice

define void @f(ptr %e) {
  %s = call i32 @setjmp(ptr %e) returns_twice
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @
; CHECK: call void @free(ptr %b)
