; Of another number of bytes some libraries give none.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare ptr @aligned_alloc(i64, i64)
declare void @free(ptr)

define void @no_multiple() {
  %a = call ptr @aligned_alloc(i64 64, i64 256)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 1000)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

define void @multiple() {
  %a = call ptr @aligned_alloc(i64 64, i64 256)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 1024)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @no_multiple(
; CHECK: call ptr @aligned_alloc(i64 64, i64 256)
; CHECK: call ptr @malloc(i64 1000)
; CHECK-LABEL: define void @multiple(
; CHECK: call ptr @aligned_alloc(i64 64, i64 1024)
; CHECK-NOT: call ptr @malloc
