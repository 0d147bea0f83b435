; The next iteration reads this one's first block, after its own is made.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(ptr %x) {
entry:
  br label %loop
loop:
  %last = phi ptr [ null, %entry ], [ %a, %next ]
  %a = call ptr @malloc(i64 4096)
  %none = icmp eq ptr %last, null
  br i1 %none, label %next, label %read
read:
  call void @use(ptr %last)
  br label %next
next:
  call void @use(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call ptr @malloc
; CHECK: call void @use(ptr %last)
; CHECK: %b = call ptr @malloc
; CHECK: call void @use(ptr %b)
