; The end of a block is as far from its beginning wherever it lies; what was there before is nowhere in it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @note(i64) nounwind willreturn memory(argmem: readwrite)
@g = global i64 0

define void @f(ptr %p, i64 %n) {
entry:
  %small = alloca i64
  %a = call ptr @malloc(i64 4096)
  %end = getelementptr i8, ptr %a, i64 %n
  br label %loop
loop:
  %at = phi ptr [ %a, %entry ], [ %next, %loop ]
  store i8 0, ptr %at
  %next = getelementptr i8, ptr %at, i64 1
  %done = icmp eq ptr %next, %end
  br i1 %done, label %exit, label %loop
exit:
  %before = icmp ult ptr %a, %end
  %local = icmp eq ptr %a, %small
  %mine = icmp eq ptr %p, %a
  %x = ptrtoint ptr %next to i64
  %y = ptrtoint ptr %a to i64
  %size = sub i64 %x, %y
  call void @note(i64 %size)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  %global = icmp ne ptr %b, @g
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: call ptr @malloc
; CHECK-NOT: @malloc
; CHECK: ret void
