; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s
; RUN: %heap -passes='irmem-heap<pack>,verify' -S %s | FileCheck %s

declare ptr @near(i64) nounwind willreturn memory(inaccessiblemem: readwrite) allockind("alloc") allocsize(0) "alloc-family"="x"
declare ptr addrspace(1) @far(i64) nounwind willreturn memory(inaccessiblemem: readwrite) allockind("alloc") allocsize(0) "alloc-family"="x"
declare void @drop_near(ptr allocptr) nounwind willreturn allockind("free") "alloc-family"="x"
declare void @drop_far(ptr addrspace(1) allocptr) nounwind willreturn allockind("free") "alloc-family"="x"

define void @after() {
  %a = call ptr @near(i64 4096)
  store i8 1, ptr %a
  call void @drop_near(ptr %a)
  %b = call ptr addrspace(1) @far(i64 4096)
  store i8 1, ptr addrspace(1) %b
  call void @drop_far(ptr addrspace(1) %b)
  ret void
}

define void @together() {
  %a = call ptr @near(i64 4096)
  %b = call ptr addrspace(1) @far(i64 4096)
  store i8 1, ptr addrspace(1) %b
  store i8 1, ptr %a
  call void @drop_far(ptr addrspace(1) %b)
  call void @drop_near(ptr %a)
  ret void
}

; CHECK-LABEL: define void @after(
; CHECK: call ptr @near
; CHECK: call ptr addrspace(1) @far
; CHECK-LABEL: define void @together(
; CHECK: call ptr @near
; CHECK: call ptr addrspace(1) @far
