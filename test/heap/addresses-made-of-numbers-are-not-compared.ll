; What an address was made from as a number may be this block or another: two blocks have two
; addresses, aligned or not.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)

define i1 @aligned() {
  %a = call ptr @malloc(i64 256)
  store i8 1, ptr %a
  %ai = ptrtoint ptr %a to i64
  %am = and i64 %ai, -64
  %ap = inttoptr i64 %am to ptr
  %b = call ptr @malloc(i64 256)
  store i8 1, ptr %b
  %bi = ptrtoint ptr %b to i64
  %bm = and i64 %bi, -64
  %bp = inttoptr i64 %bm to ptr
  %same = icmp eq ptr %ap, %bp
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret i1 %same
}

; A pointer from before is neither of them.
define i1 @before(ptr %p) {
  %a = call ptr @malloc(i64 256)
  store i8 1, ptr %a
  %ai = ptrtoint ptr %a to i64
  %am = and i64 %ai, -64
  %ap = inttoptr i64 %am to ptr
  %same = icmp eq ptr %ap, %p
  %b = call ptr @malloc(i64 256)
  store i8 1, ptr %b
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret i1 %same
}

; CHECK-LABEL: define i1 @aligned(
; CHECK-COUNT-2: call ptr @malloc
; CHECK-LABEL: define i1 @before(
; CHECK: call ptr @malloc
; CHECK-NOT: call ptr @malloc
