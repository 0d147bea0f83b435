; The mistake is named.
; RUN: not %heap -passes='irmem-heap<stuck=1>' -S %s 2>&1 | FileCheck %s

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

; CHECK: irmem-heap: options are pack, stats, sanitized and stack=BYTES, with ; between them
