; On the other way the block would be lost, or held.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare i1 @choose() nounwind willreturn memory(none)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %a)
  %n = call i1 @choose()
  br i1 %n, label %out, label %one
one:
  call void @free(ptr %b)
  br label %out
out:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: %b = call ptr @
; CHECK: call void @
; CHECK: ret void
