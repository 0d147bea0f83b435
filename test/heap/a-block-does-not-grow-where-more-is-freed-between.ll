; What is freed in between would be held beside the larger block.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(ptr %x) {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %x)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 8192)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 4096)
; CHECK: %b = call ptr @malloc(i64 8192)
