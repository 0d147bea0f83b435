; In code that no path reaches a value may be made from itself.
; RUN: %heap -passes='irmem-heap' -S %s | FileCheck %s

declare ptr @malloc(i64)
declare void @free(ptr)

define void @frozen() {
entry:
  %a = call ptr @malloc(i64 4096)
  store i8 1, ptr %a
  br label %end
dead:
  %x = freeze ptr %x
  br label %end
end:
  %p = phi ptr [ %a, %entry ], [ %x, %dead ]
  call void @free(ptr %p)
  ret void
}

define void @inserted() {
entry:
  %a = call ptr @malloc(i64 4096)
  store i8 1, ptr %a
  br label %end
dead:
  %z = insertvalue { ptr, ptr } %z, ptr null, 1
  %y = extractvalue { ptr, ptr } %z, 0
  br label %end
end:
  %p = phi ptr [ %a, %entry ], [ %y, %dead ]
  call void @free(ptr %p)
  ret void
}

; CHECK-LABEL: define void @frozen(
; CHECK: call ptr @malloc
; CHECK-LABEL: define void @inserted(
; CHECK: call ptr @malloc
