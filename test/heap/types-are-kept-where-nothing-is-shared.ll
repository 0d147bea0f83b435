; Accesses of a block of its own keep what is known.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()
!0 = !{!"root"}
!1 = !{!3, !3, i64 0}
!3 = !{!"int", !0}

define void @f() {
  %a = call ptr @malloc(i64 4096)
  store i32 1, ptr %a, !tbaa !1
  call void @free(ptr %a)
  call void @any()
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: store i32 1, ptr %a{{.*}}, !tbaa
