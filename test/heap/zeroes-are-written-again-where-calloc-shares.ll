; The memory of a shared calloc is zeroed where it was allocated.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @calloc(i64 512, i64 8)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 4096)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK: %[[FAILED:.*]] = icmp eq ptr %a, null
; CHECK-NEXT: %[[BYTES:.*]] = select i1 %[[FAILED]], i64 0, i64 4096
; CHECK-NEXT: call void @llvm.memset.p0.i64(ptr align 1 %a, i8 0, i64 %[[BYTES]], i1 false)
; CHECK-NEXT: call void @use(ptr %a)
