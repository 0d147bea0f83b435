; Between the iterations the bytes would be missing.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f(i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  call void @any()
  %a = call ptr @malloc(i64 %n)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK: %a = call ptr @
; CHECK: call void @free(ptr %a)
; CHECK: end:
; CHECK-NOT: @free
; CHECK: ret void
