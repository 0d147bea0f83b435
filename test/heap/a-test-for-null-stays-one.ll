; A failed first allocation leaves before the second; both tests are of the one block.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i32 @f() {
entry:
  %a = call ptr @malloc(i64 4096)
  %none = icmp eq ptr %a, null
  br i1 %none, label %fail, label %first
first:
  call void @use(ptr %a)
  call void @free(ptr %a)
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
; CHECK: %a = call ptr @malloc
; CHECK-NEXT: %none = icmp eq ptr %a, null
; CHECK: first:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: %none2 = icmp eq ptr %a, null
; CHECK: second:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
