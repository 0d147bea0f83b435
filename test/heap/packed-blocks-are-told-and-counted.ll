; With bytes and places.
; RUN: %heap -passes='irmem-heap<pack;stats>' -pass-remarks=irmem -disable-output %s 2>&1 | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @any()

define void @f() {
  %a = call ptr @malloc(i64 4096)
  %b = call ptr @malloc(i64 2048)
  call void @use(ptr %a)
  call void @any()
  call void @use(ptr %b)
  call void @free(ptr %b)
  call void @free(ptr %a)
  ret void
}

; CHECK: remark: {{.*}}: block of 4096 bytes is at byte 0 of one block of 6144 bytes
; CHECK: remark: {{.*}}: block of 2048 bytes is at byte 4096 of one block of 6144 bytes
; CHECK: irmem-heap: f: 2 allocations, 0 shared, 0 out of loops, 0 on the stack, 1 packed
