; Within an iteration blocks share, where all is used in the same one.
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
  %b = call ptr @malloc(i64 %n)
  call void @use(ptr %b)
  call void @free(ptr %b)
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: loop:
; CHECK-NEXT: call void @any()
; CHECK-NEXT: %a = call ptr @malloc(i64 %n)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @use(ptr %a)
; CHECK-NEXT: call void @free(ptr %a)
