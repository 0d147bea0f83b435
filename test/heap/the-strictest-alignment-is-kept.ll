; The block is aligned as the second wants it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @aligned_alloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @aligned_alloc(i64 32, i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @aligned_alloc(i64 64, i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @aligned_alloc(i64 64, i64 4096)
; CHECK-NOT: @aligned_alloc
; CHECK: ret void
