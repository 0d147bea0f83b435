; malloc gives none.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @calloc(i64 2, i64 1024)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %[[ALL:.*]] = call ptr @malloc(i64 6144)
; CHECK: %[[BYTES:.*]] = select i1 {{.*}}, i64 0, i64 2048
; CHECK: call void @llvm.memset.p0.i64({{.*}}, i8 0, i64 %[[BYTES]], i1 false)
; CHECK: ret void
