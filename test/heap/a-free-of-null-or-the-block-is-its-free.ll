; What is freed is the block or nothing.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i1 %c) {
entry:
  %a = call ptr @malloc(i64 4096)
  %none = icmp eq ptr %a, null
  br i1 %none, label %join, label %fill
fill:
  call void @use(ptr %a)
  br label %join
join:
  %p = phi ptr [ null, %entry ], [ %a, %fill ]
  call void @free(ptr %p)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @malloc
; CHECK-NOT: call ptr @malloc
; CHECK: call void @free(ptr %a)
; CHECK-NEXT: ret void
