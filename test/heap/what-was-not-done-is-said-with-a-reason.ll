; Through LLVM's remarks, with bytes.
; RUN: %heap -passes=irmem-heap -pass-remarks-missed=irmem -disable-output %s 2>&1 | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f() {
  %a = call ptr @malloc(i64 4096)
  call void @use(ptr %a)
  call void @free(ptr %a)
  call void @any()
  %b = call ptr @malloc(i64 4096)
  call void @use(ptr %b)
  call void @free(ptr %b)
  ret void
}

; CHECK: remark: {{.*}}: block of 4096 bytes stays an allocation of its own: what comes between may need the memory
