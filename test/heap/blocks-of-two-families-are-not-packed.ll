; new is not malloc.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare ptr @_Znwm(i64)
declare void @_ZdlPv(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @_Znwm(i64 2048) #0
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @_ZdlPv(ptr %b) #0
  call void @free(ptr %a)
  ret void
}

attributes #0 = { builtin nounwind willreturn }

; CHECK-LABEL: define void @f(
; CHECK: %a = call ptr @
; CHECK: %b = call ptr @
; CHECK: call void @
; CHECK: ret void
