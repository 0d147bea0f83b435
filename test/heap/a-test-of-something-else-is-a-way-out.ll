; The way past the second allocation is taken with a block, too.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i32 @f(ptr %p) {
entry:
  %a = call ptr @malloc(i64 4096)
  %none = icmp eq ptr %p, null
  call void @use(ptr %a)
  call void @free(ptr %a)
  br i1 %none, label %fail, label %first
first:
  %b = call ptr @malloc(i64 4096)
  %none2 = icmp eq ptr %b, null
  br i1 %none2, label %fail, label %second
second:
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret i32 0
fail:
  ret i32 1
}

; CHECK-LABEL: define i32 @f(
; CHECK: %a = call
; CHECK: @free(ptr %a)
; CHECK: %b = call
; CHECK: @free(ptr %b)
