; No loop: which block is whose is not clear.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c, i1 %d) {
entry:
  br i1 %c, label %x, label %y
x:
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  br i1 %d, label %y, label %end
y:
  br i1 %c, label %x, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @
; CHECK: call void @free(ptr %b)
