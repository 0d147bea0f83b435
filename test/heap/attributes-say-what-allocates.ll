; Any function whose attributes say that it allocates is one.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare noalias ptr @get(i64) allockind("alloc,uninitialized") allocsize(0) "alloc-family"="mine" memory(inaccessiblemem: readwrite) nounwind willreturn
declare void @put(ptr allocptr) allockind("free") "alloc-family"="mine" nounwind willreturn

define void @f() {
  %a = call ptr @get(i64 4096)
  call void @use(ptr %a)
  call void @put(ptr %a)
  %b = call ptr @get(i64 4096)
  call void @use(ptr %b)
  call void @put(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @get(i64 4096)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @put(ptr %a)
; CHECK-NEXT: ret void
