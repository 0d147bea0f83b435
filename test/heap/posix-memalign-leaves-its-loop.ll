; As any allocation does.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare i32 @posix_memalign(ptr, i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f(i64 %n, ptr %v) {
entry:
  %x = alloca ptr
  br label %loop
loop:
  store ptr null, ptr %x
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  %good = icmp eq i32 %c, 0
  br i1 %good, label %work, label %end
work:
  %a = load ptr, ptr %x
  call void @use(ptr %a)
  call void @free(ptr %a)
  %more = load volatile i1, ptr %v
  br i1 %more, label %loop, label %end
end:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: call i32 @posix_memalign(
; CHECK: loop:
; CHECK-NOT: posix_memalign
; CHECK-NOT: @free
; CHECK: end:
; CHECK: call void @free
