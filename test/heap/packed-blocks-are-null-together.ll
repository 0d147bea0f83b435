; A test of the second is a test of the first.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i32 @f() {
  %a = call ptr @malloc(i64 4096)
  %n = icmp eq ptr %a, null
  br i1 %n, label %out, label %one
one:
  %b = call ptr @malloc(i64 2048)
  %m = icmp eq ptr %b, null
  br i1 %m, label %fail, label %two
two:
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  br label %fail
fail:
  call void @free(ptr %a)
  br label %out
out:
  ret i32 0
}

; CHECK-LABEL: define i32 @f(
; CHECK: %[[ALL:.*]] = call ptr @malloc(i64 6144)
; CHECK: icmp eq ptr %[[ALL]], null
; CHECK: one:
; CHECK: %[[AT:.*]] = getelementptr i8, ptr %[[ALL]], i64 4096
; CHECK: %[[B:.*]] = select i1 {{.*}}, ptr null, ptr %[[AT]]
; CHECK: icmp eq ptr %[[B]], null
; CHECK-NOT: @free
; CHECK: fail:
; CHECK-NEXT: call void @free(ptr %[[ALL]])
; CHECK: ret i32
