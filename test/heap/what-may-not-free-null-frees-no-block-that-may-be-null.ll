; Behind the loop it would be asked to where the loop did not ask it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @get(i64) nounwind willreturn memory(inaccessiblemem: readwrite) allockind("alloc") allocsize(0) "alloc-family"="x"
declare void @drop(ptr allocptr) nounwind willreturn allockind("free") "alloc-family"="x"

define void @tested(i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %j, %next ]
  %p = call ptr @get(i64 4096)
  %none = icmp eq ptr %p, null
  br i1 %none, label %next, label %work
work:
  store i64 %i, ptr %p
  call void @drop(ptr %p)
  br label %next
next:
  %j = add i64 %i, 1
  %more = icmp ult i64 %j, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}

define void @untested(i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %j, %loop ]
  %p = call ptr @get(i64 4096)
  store i64 %i, ptr %p
  call void @drop(ptr %p)
  %j = add i64 %i, 1
  %more = icmp ult i64 %j, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}

; CHECK-LABEL: define void @tested(
; CHECK: loop:
; CHECK: call ptr @get
; CHECK-LABEL: define void @untested(
; CHECK: call ptr @get
; CHECK: loop:
