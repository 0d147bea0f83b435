; A block is taken over as often as it is left.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %b)
  call void @free(ptr %b)
  %c = call ptr @malloc(i64 8192)
  call void @use(ptr %c)
  call void @free(ptr %c)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 8192)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: ret void
