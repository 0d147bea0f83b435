; ptrtoint, add, urem, sub, inttoptr, as MLIR writes it.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %i = ptrtoint ptr %a to i64
  %j = add i64 %i, 63
  %k = urem i64 %j, 64
  %l = sub i64 %j, %k
  %p = inttoptr i64 %l to ptr
  store double 1.0, ptr %p
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc
; CHECK: store double 1.0
; CHECK-NOT: @malloc
; CHECK: call void @free(ptr %a)
; CHECK-NEXT: ret void
