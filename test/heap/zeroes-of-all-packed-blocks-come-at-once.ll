; calloc gives them.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @calloc(i64 1, i64 4096)
  %b = call ptr @calloc(i64 2, i64 1024)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %[[ALL:.*]] = call ptr @calloc(i64 1, i64 6144)
; CHECK-NOT: memset
; CHECK: ret void
