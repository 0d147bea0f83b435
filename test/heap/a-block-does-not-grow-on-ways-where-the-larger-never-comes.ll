; Where a way leaves with the smaller block, others would find less memory on it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @others()

define void @leaves(i1 %c) {
  %a = call ptr @malloc(i64 256)
  store i8 1, ptr %a
  br i1 %c, label %out, label %on
out:
  call void @others()
  call void @free(ptr %a)
  ret void
on:
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 100000)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

define void @ends(i1 %c) {
  %a = call ptr @malloc(i64 256)
  store i8 1, ptr %a
  br i1 %c, label %out, label %on
out:
  call void @others()
  unreachable
on:
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 100000)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

define void @comes(i1 %c) {
  %a = call ptr @malloc(i64 256)
  br i1 %c, label %yes, label %on
yes:
  store i8 1, ptr %a
  br label %on
on:
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 100000)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @leaves(
; CHECK: call ptr @malloc(i64 256)
; CHECK: call ptr @malloc(i64 100000)
; CHECK-LABEL: define void @ends(
; CHECK: call ptr @malloc(i64 256)
; CHECK: call ptr @malloc(i64 100000)
; CHECK-LABEL: define void @comes(
; CHECK-NOT: call ptr @malloc(i64 256)
; CHECK: call ptr @malloc(i64 100000)
