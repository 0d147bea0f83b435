; Where a pointer has 4 bytes, malloc may align to 8 only.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "armv7-unknown-linux-gnueabihf"

declare ptr @malloc(i32)
declare ptr @aligned_alloc(i32, i32)
declare void @free(ptr)

define void @more_after() {
  %a = call ptr @malloc(i32 4096)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @aligned_alloc(i32 16, i32 4096)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

define void @more_beside() {
  %a = call ptr @malloc(i32 4096)
  %b = call ptr @aligned_alloc(i32 16, i32 4096)
  store i8 1, ptr %b
  store i8 1, ptr %a
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

define void @as_much() {
  %a = call ptr @malloc(i32 4096)
  store i8 1, ptr %a
  call void @free(ptr %a)
  %b = call ptr @aligned_alloc(i32 8, i32 4096)
  store i8 1, ptr %b
  call void @free(ptr %b)
  ret void
}

; CHECK-LABEL: define void @more_after(
; CHECK: call ptr @malloc
; CHECK: call ptr @aligned_alloc
; CHECK-LABEL: define void @more_beside(
; CHECK: call ptr @malloc
; CHECK: call ptr @aligned_alloc
; CHECK-LABEL: define void @as_much(
; CHECK: call ptr @malloc
; CHECK-NOT: call ptr @aligned_alloc
