; No text of a pipeline names the pass there.
; RUN: %heap -irmem-heap='stack=0;stats' -passes='default<O2>' -S %s -o /dev/null 2>&1 | FileCheck %s
; RUN: %heap -irmem-heap=stats -passes='default<O2>' -S %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=STACK
; RUN: not %heap -irmem-heap=stack -passes='default<O2>' -S %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=WRONG

declare ptr @malloc(i64)
declare void @free(ptr)
declare void @touch(ptr nocapture nofree)

define void @f() {
  %a = call ptr @malloc(i64 64)
  call void @touch(ptr %a)
  call void @free(ptr %a)
  ret void
}

; CHECK: irmem-heap: f: 1 allocations, 0 shared, 0 out of loops, 0 on the stack
; STACK: irmem-heap: f: 1 allocations, 0 shared, 0 out of loops, 1 on the stack
; WRONG: irmem-heap option: options are
