; Where the variable that posix_memalign sets is the function's own, the block is one like any other.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare i32 @posix_memalign(ptr, i64, i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define i32 @f(i64 %n) {
entry:
  %x = alloca ptr
  %y = alloca ptr
  store ptr null, ptr %x
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  %good = icmp eq i32 %c, 0
  br i1 %good, label %first, label %failed
first:
  %a = load ptr, ptr %x
  call void @use(ptr %a)
  call void @free(ptr %a)
  %d = call i32 @posix_memalign(ptr %y, i64 32, i64 %n)
  %bad = icmp ne i32 %d, 0
  br i1 %bad, label %failed, label %second
second:
  %b = load ptr, ptr %y
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret i32 0
failed:
  %code = phi i32 [ %c, %entry ], [ %d, %first ]
  ret i32 %code
}

; What stays is posix_memalign again, null where it fails; the second cannot fail any more.
; CHECK-LABEL: define i32 @f(
; CHECK: %[[CODE:.*]] = call i32 @posix_memalign(ptr %[[SLOT:.*]], i64 64, i64 %n)
; CHECK: %[[P:.*]] = select i1 %{{.*}}, ptr null, ptr %{{.*}}
; CHECK-NOT: posix_memalign
; CHECK-NOT: @free
; CHECK: second:
; CHECK-NEXT: call void @use(ptr %[[P]])
; CHECK-NEXT: call void @free(ptr %[[P]])
; CHECK-NOT: aligned_alloc
