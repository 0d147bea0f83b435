; Freezing what is undefined twice gives two numbers.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n) {
  %x = freeze i64 %n
  %y = freeze i64 %n
  %a = call ptr @malloc(i64 %x)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 %y)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @
; CHECK: call void @free(ptr %b)
