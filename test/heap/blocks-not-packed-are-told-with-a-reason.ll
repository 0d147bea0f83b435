; What comes between.
; RUN: %heap -passes='irmem-heap<pack>' -pass-remarks-missed=irmem -disable-output %s 2>&1 | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @any()
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK: remark: {{.*}}: block of 2048 bytes stays an allocation of its own: the blocks before it are not allocated in one run
