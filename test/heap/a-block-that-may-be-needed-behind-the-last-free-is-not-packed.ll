; It is freed on one way, and used on the other.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare i1 @choose() nounwind willreturn memory(none)

define i32 @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @use(ptr %b)
  %n = call i1 @choose()
  br i1 %n, label %gone, label %last
gone:
  call void @free(ptr %b)
  br label %last
last:
  call void @free(ptr %a)
  br i1 %n, label %out, label %more
more:
  %w = load i32, ptr %b
  ret i32 %w
out:
  ret i32 0
}

; CHECK-LABEL: define i32 @f(
; CHECK: %a = call ptr @malloc(i64 4096)
; CHECK: %b = call ptr @malloc(i64 2048)
