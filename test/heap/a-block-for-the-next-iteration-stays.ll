; The next iteration frees and reads this one's.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %last = phi ptr [ null, %entry ], [ %a, %loop ]
  %a = call ptr @malloc(i64 %n)
  call void @llvm.memmove.p0.p0.i64(ptr %a, ptr %last, i64 0, i1 false)
  call void @free(ptr %last)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call ptr @malloc
; CHECK: call void @free(ptr %last)
; CHECK: end:
