; The loop's exit is reached from elsewhere: a block of its own is put between.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c, i64 %n, ptr %x) {
entry:
  br i1 %c, label %loop, label %end
loop:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: br i1 %c, label %[[BEFORE:.*]], label %end
; CHECK: [[BEFORE]]:
; CHECK-NEXT: %a = call ptr @malloc(i64 %n)
; CHECK: loop:
; CHECK: br i1 %more, label %loop, label %[[BEHIND:.*]]
; CHECK: [[BEHIND]]:
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: br label %end
