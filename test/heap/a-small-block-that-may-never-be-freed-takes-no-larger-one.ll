; Else the larger would be held for it where others need memory.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @others()

define void @kept(i1 %c) {
  %a = call ptr @malloc(i64 100000)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 256)
  store i8 1, ptr %b
  br i1 %c, label %out, label %on
out:
  call void @others()
  ret void
on:
  call void @free(ptr %b)
  ret void
}

define void @freed(i1 %c) {
  %a = call ptr @malloc(i64 100000)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 256)
  store i8 1, ptr %b
  br i1 %c, label %out, label %on
out:
  call void @free(ptr %b)
  call void @others()
  ret void
on:
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @kept(
; CHECK: call ptr @malloc(i64 100000)
; CHECK: call ptr @malloc(i64 256)
; CHECK-LABEL: define void @freed(
; CHECK: call ptr @malloc(i64 100000)
; CHECK-NOT: call ptr @malloc(i64 256)
