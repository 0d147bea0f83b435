; Where the program ends with the first block, it ends with it as before.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f(i1 %c) {
entry:
  %a = call ptr @malloc(i64 4096)
  br i1 %c, label %stop, label %go
stop:
  call void @any()
  unreachable
go:
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: go:
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
