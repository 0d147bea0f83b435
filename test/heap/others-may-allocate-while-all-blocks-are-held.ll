; All were held there anyhow.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @any()
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %[[ALL:.*]] = call ptr @malloc(i64 6144)
; CHECK-NOT: @malloc
; CHECK: getelementptr i8, ptr %[[ALL]], i64 4096
; CHECK: select i1 {{.*}}, ptr null, ptr
; CHECK: call void @free(ptr %[[ALL]])
; CHECK-NOT: @free
; CHECK: ret void
