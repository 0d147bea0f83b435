; 64, and each begins at a multiple of its own.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @aligned_alloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @aligned_alloc(i64 32, i64 4096)
  %b = call ptr @aligned_alloc(i64 64, i64 2048)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %[[ALL:.*]] = call ptr @aligned_alloc(i64 64, i64 6144)
; CHECK-NOT: @aligned_alloc
; CHECK: ret void
