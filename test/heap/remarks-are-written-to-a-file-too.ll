; As opt-viewer reads them.
; RUN: %heap -passes=irmem-heap -pass-remarks-output=%t.yaml -disable-output %s
; RUN: FileCheck %s < %t.yaml

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK: --- !Passed
; CHECK: Pass: {{ *}}irmem-heap
; CHECK: Name: {{ *}}Shared
; CHECK: Function: {{ *}}f
