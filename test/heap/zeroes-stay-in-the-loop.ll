; A hoisted calloc is zeroed in every iteration.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call ptr @calloc(i64 %n, i64 8)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @calloc(i64 %n, i64 8)
; CHECK: loop:
; CHECK: call void @llvm.memset.p0.i64(ptr align 1 %a, i8 0,
; CHECK: end:
; CHECK-NEXT: call void @free(ptr %a)
