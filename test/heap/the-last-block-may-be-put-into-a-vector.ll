; As it may be stored; the first may not.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)

define void @last(ptr %to) {
  %a = call ptr @malloc(i64 4096)
  store i8 0, ptr %a
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  %v = insertelement <2 x ptr> zeroinitializer, ptr %b, i32 0
  store <2 x ptr> %v, ptr %to
  ret void
}

define void @first(ptr %to) {
  %a = call ptr @malloc(i64 4096)
  store i8 0, ptr %a
  %v = insertelement <2 x ptr> zeroinitializer, ptr %a, i32 0
  store <2 x ptr> %v, ptr %to
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @last(
; CHECK: call ptr @malloc
; CHECK-NOT: @malloc
; CHECK-LABEL: define void @first(
; CHECK-COUNT-2: call ptr @malloc
