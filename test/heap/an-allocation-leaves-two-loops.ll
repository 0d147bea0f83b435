; From the inner loop to the outer, and out of it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n, ptr %x) {
entry:
  br label %outer
outer:
  br label %loop
loop:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %next
next:
  %again = load volatile i1, ptr %x
  br i1 %again, label %outer, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: entry:
; CHECK-NEXT: %a = call ptr @malloc
; CHECK: loop:
; CHECK-NOT: @free
; CHECK: end:
; CHECK-NEXT: call void @free(ptr %a)
