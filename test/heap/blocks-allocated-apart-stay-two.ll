; While the first is allocated alone, others may need memory.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @any()
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: %b = call ptr @
; CHECK: call void @
; CHECK: ret void
