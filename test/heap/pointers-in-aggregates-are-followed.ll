; As MLIR passes a buffer on.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %d = insertvalue { ptr, ptr, i64 } undef, ptr %a, 0
  %e = insertvalue { ptr, ptr, i64 } %d, ptr %a, 1
  %p = extractvalue { ptr, ptr, i64 } %e, 1
  call void @use(ptr %p)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  %q = extractvalue { ptr, ptr, i64 } %e, 0
  call void @free(ptr %q)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc
; CHECK-NOT: @malloc
; CHECK: call void @free(ptr %a)
; CHECK-NOT: @free
; CHECK: ret void
