; delete with a size.
; RUN: %heap -passes='irmem-heap<pack>' -S %s | FileCheck %s

declare ptr @_Znwm(i64)
declare void @_ZdlPvm(ptr, i64)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @_Znwm(i64 4096) #0
  %b = call ptr @_Znwm(i64 2048) #0
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @_ZdlPvm(ptr %b, i64 2048) #0
  call void @_ZdlPvm(ptr %a, i64 4096) #0
  ret void
}

attributes #0 = { builtin nounwind willreturn }

; CHECK-LABEL: define void @f(
; CHECK: %[[ALL:.*]] = call ptr @_Znwm(i64 6144)
; CHECK-NOT: @_Znwm
; CHECK-NOT: select
; CHECK: call void @_ZdlPvm(ptr %[[ALL]], i64 6144)
; CHECK-NOT: @_ZdlPvm
; CHECK: ret void
