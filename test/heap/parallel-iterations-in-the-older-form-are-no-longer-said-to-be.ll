; LLVM still believes the metadata that came before access groups.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)

define void @f(i64 %n, ptr %in, ptr %out) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %j, %loop ]
  %p = call ptr @malloc(i64 4096)
  %v = load i8, ptr %in, !llvm.mem.parallel_loop_access !0
  store i8 %v, ptr %p, !llvm.mem.parallel_loop_access !0
  call void @free(ptr %p)
  %j = add i64 %i, 1
  %more = icmp ult i64 %j, %n
  br i1 %more, label %loop, label %exit, !llvm.loop !0
exit:
  ret void
}
!0 = distinct !{!0}

; CHECK-LABEL: define void @f(
; CHECK: call ptr @malloc
; CHECK: loop:
; CHECK: load i8, ptr %in, align 1, !llvm.mem.parallel_loop_access
; CHECK: store i8 %v, ptr %p, align 1{{$}}
