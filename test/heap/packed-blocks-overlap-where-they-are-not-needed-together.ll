; The second needs no bytes of its own, but types say nothing of the bytes any more.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define i32 @f() {
  %a = call ptr @malloc(i64 4096)
  store i32 1, ptr %a, !tbaa !0
  call void @use(ptr %a)
  %b = call ptr @malloc(i64 2048)
  store i32 2, ptr %b, !tbaa !0
  call void @any()
  %v = load i32, ptr %b, !tbaa !0
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret i32 %v
}

!0 = !{!1, !1, i64 0}
!1 = !{!"int", !2}
!2 = !{!"root"}

; CHECK-LABEL: define i32 @f(
; CHECK: %[[ALL:.*]] = call ptr @malloc(i64 4096)
; CHECK-NEXT: store i32 1, ptr %[[ALL]], align 4{{$}}
; CHECK-NOT: @malloc
; CHECK: store i32 2, ptr %[[ALL]], align 4{{$}}
; CHECK: load i32, ptr %[[ALL]], align 4{{$}}
; CHECK-NEXT: call void @free(ptr %[[ALL]])
; CHECK-NEXT: ret i32
