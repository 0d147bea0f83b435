; The first block is zeroed by its allocation, the second need not be.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @calloc(i64 512, i64 8)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @calloc(i64 512, i64 8)
; CHECK-NOT: memset
; CHECK: call void @free(ptr %a)
; CHECK-NEXT: ret void
