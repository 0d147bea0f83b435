; Both ways to the second allocation free the first block.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c) {
entry:
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  br i1 %c, label %yes, label %no
yes:
  call void @free(ptr %a)
  br label %join
no:
  call void @free(ptr %a)
  br label %join
join:
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc
; CHECK-NOT: call ptr @malloc
; CHECK: join:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: ret void
