; A larger first block would be held while another is allocated.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @keep(ptr)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %o = call ptr @malloc(i64 100000)
  call void @keep(ptr %o)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 8192)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 4096)
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @malloc(i64 8192)
