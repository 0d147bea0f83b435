; What no two iterations shared, they share now.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
!0 = distinct !{}

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call ptr @malloc(i64 %n)
  store i8 0, ptr %a, !llvm.access.group !0
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: store i8 0, ptr %a, align 1{{$}}
