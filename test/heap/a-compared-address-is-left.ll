; Two blocks are never equal; one is. What is loaded may be any.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @note(i1)

define void @f(ptr %p) {
  %a = call ptr @malloc(i64 4096)
  %q = load ptr, ptr %p
  %e = icmp eq ptr %a, %q
  call void @note(i1 %e)
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
