; They differ as long as there are two, and an order or a distance is another each time.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @note(i64) nounwind willreturn memory(argmem: readwrite)

define void @chosen(i1 %c) {
  %a = call ptr @malloc(i64 4096)
  store i8 0, ptr %a
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  %one = select i1 %c, ptr %a, ptr %b
  %e = icmp eq ptr %one, %b
  %n = zext i1 %e to i64
  call void @note(i64 %n)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

define void @order(ptr %p) {
  %a = call ptr @malloc(i64 4096)
  %e = icmp ult ptr %a, %p
  %n = zext i1 %e to i64
  call void @note(i64 %n)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

define void @distance(ptr %p) {
  %a = call ptr @malloc(i64 4096)
  %x = ptrtoint ptr %a to i64
  %y = ptrtoint ptr %p to i64
  %d = sub i64 %x, %y
  call void @note(i64 %d)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @chosen(
; CHECK-COUNT-2: call ptr @malloc
; CHECK-LABEL: define void @order(
; CHECK-COUNT-2: call ptr @malloc
; CHECK-LABEL: define void @distance(
; CHECK-COUNT-2: call ptr @malloc
