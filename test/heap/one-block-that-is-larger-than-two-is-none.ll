; Its alignment would cost more bytes than one of them has.
; RUN: %heap -passes='irmem-heap<pack;stack=0>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare ptr @aligned_alloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @aligned_alloc(i64 256, i64 256)
  %b = call ptr @malloc(i64 32)
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
