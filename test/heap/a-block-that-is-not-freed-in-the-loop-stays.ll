; Every iteration leaves a block behind.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call ptr @malloc
; CHECK: end:
