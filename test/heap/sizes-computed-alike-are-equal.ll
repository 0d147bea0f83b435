; Two computations of one number from one value.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n) {
  %x = shl i64 %n, 3
  %y = shl i64 %n, 3
  %a = call ptr @malloc(i64 %x)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 %y)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc(i64 %x)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
; CHECK-NEXT: ret void
