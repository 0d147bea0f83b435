; Accesses of two types hit the same bytes: none may move across the other.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
!0 = !{!"root"}
!1 = !{!3, !3, i64 0}
!2 = !{!4, !4, i64 0}
!3 = !{!"int", !0}
!4 = !{!"float", !0}

define void @f() {
  %a = call ptr @malloc(i64 4096)
  store i32 1, ptr %a, !tbaa !1
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store float 1.0, ptr %b, !tbaa !2
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: store i32 1, ptr %a{{(, align 4)?}}{{$}}
; CHECK: store float 1.0{{.*}}, ptr %a{{(, align 4)?}}{{$}}
