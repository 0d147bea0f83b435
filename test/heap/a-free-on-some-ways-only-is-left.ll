; One way to the second allocation comes by a free, the other does not.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c, i1 %d) {
entry:
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  br i1 %c, label %yes, label %join
yes:
  call void @free(ptr %a)
  br label %join
join:
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: call void @free(ptr %a)
; CHECK: %b = call ptr @
; CHECK: call void @free(ptr %b)
