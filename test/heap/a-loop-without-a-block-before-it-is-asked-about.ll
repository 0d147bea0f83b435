; A loop entered from two places, left before it allocates by a test that LLVM would follow to its start.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c, i64 %n) {
entry:
  br i1 %c, label %one, label %two
one:
  br label %loop
two:
  br label %loop
loop:
  %k = phi i64 [ 0, %one ], [ 0, %two ], [ %next, %work ]
  %done = icmp eq i64 %k, 3
  br i1 %done, label %end, label %work
work:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %next = add i64 %k, 1
  br label %loop
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc
