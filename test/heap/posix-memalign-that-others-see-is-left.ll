; A variable that others know, that is set again, or read before; an alignment that may be refused.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s
; RUN: %heap -passes='irmem-heap' -pass-remarks-missed=irmem -S -o %t %s 2>&1 | FileCheck --check-prefix=SAYS %s

declare i32 @posix_memalign(ptr, i64, i64)
declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

; CHECK-LABEL: define void @of_others(
; CHECK: posix_memalign(ptr %x,
; SAYS: posix_memalign puts its address where others may see it
define void @of_others(ptr %x, i64 %n) {
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  %a = load ptr, ptr %x
  call void @use(ptr %a)
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define void @set_again(
; CHECK: posix_memalign(ptr %x,
; CHECK: store ptr %other
; SAYS: the variable that posix_memalign sets is used for more
define void @set_again(i64 %n, ptr %other) {
  %x = alloca ptr
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  %a = load ptr, ptr %x
  call void @free(ptr %a)
  store ptr %other, ptr %x
  %b = load ptr, ptr %x
  call void @use(ptr %b)
  ret void
}

; CHECK-LABEL: define void @passed(
; CHECK: posix_memalign(ptr %x,
; CHECK: call void @use(ptr %x)
; SAYS: the variable that posix_memalign sets is used for more
define void @passed(i64 %n) {
  %x = alloca ptr
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  call void @use(ptr %x)
  %a = load ptr, ptr %x
  call void @free(ptr %a)
  ret void
}

; CHECK-LABEL: define ptr @of_the_iteration_before(
; CHECK: load ptr, ptr %x
; CHECK: posix_memalign(ptr %x,
; SAYS: the variable that posix_memalign sets is used for more
define ptr @of_the_iteration_before(i64 %n, ptr %v) {
entry:
  %x = alloca ptr
  store ptr null, ptr %x
  br label %loop
loop:
  %before = load ptr, ptr %x
  call void @free(ptr %before)
  %c = call i32 @posix_memalign(ptr %x, i64 64, i64 %n)
  %more = load volatile i1, ptr %v
  br i1 %more, label %loop, label %end
end:
  %a = load ptr, ptr %x
  ret ptr %a
}

; CHECK-LABEL: define void @aligned_somehow(
; CHECK: posix_memalign(ptr %x,
; SAYS: posix_memalign may refuse its alignment
define void @aligned_somehow(i64 %n, i64 %to) {
  %x = alloca ptr
  %c = call i32 @posix_memalign(ptr %x, i64 %to, i64 %n)
  %a = load ptr, ptr %x
  call void @free(ptr %a)
  ret void
}
