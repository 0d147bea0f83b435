; And what types say of them stays true.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i32 @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 2048)
  store i32 2, ptr %b, !tbaa !0
  call void @use(ptr %a)
  %v = load i32, ptr %b, !tbaa !0
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret i32 %v
}

!0 = !{!1, !1, i64 0}
!1 = !{!"int", !2}
!2 = !{!"root"}

; CHECK-LABEL: define i32 @f(
; CHECK: %[[ALL:.*]] = call ptr @malloc(i64 6144)
; CHECK: load i32, ptr %{{.*}}, align 4, !tbaa
; CHECK: ret i32
