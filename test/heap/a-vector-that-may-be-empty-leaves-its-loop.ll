; Begin and end of a vector are both null where it has no elements; delete asks how large it is.
; RUN: %heap -passes='irmem-heap,verify' -S %s | FileCheck %s

declare void @use(ptr nocapture nofree) nounwind willreturn memory(argmem: readwrite)
declare void @look(ptr nocapture nofree readonly) nounwind willreturn memory(argmem: read)
declare nonnull ptr @_Znwm(i64) nobuiltin allocsize(0)
declare void @_ZdlPvm(ptr, i64) nobuiltin nounwind

define void @f(i64 %n, ptr %x) {
entry:
  %none = icmp eq i64 %n, 0
  br label %loop
loop:
  br i1 %none, label %join, label %work
work:
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  %last = getelementptr i8, ptr %a, i64 %n
  call void @use(ptr %a)
  br label %join
join:
  %begin = phi ptr [ null, %loop ], [ %a, %work ]
  %end = phi ptr [ null, %loop ], [ %last, %work ]
  call void @look(ptr %begin)
  %empty = icmp eq ptr %begin, null
  br i1 %empty, label %next, label %gone
gone:
  %to = ptrtoint ptr %end to i64
  %from = ptrtoint ptr %begin to i64
  %bytes = sub i64 %to, %from
  call void @_ZdlPvm(ptr nonnull %begin, i64 %bytes) builtin
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The pointer is null where something else is true as well: the block may be held there.
define void @g(i1 %c, i64 %n, ptr %x) {
entry:
  br label %loop
loop:
  %a = call nonnull ptr @_Znwm(i64 %n) builtin
  call void @use(ptr %a)
  %now = load volatile i1, ptr %x
  br i1 %now, label %other, label %join
other:
  call void @look(ptr %a)
  br label %join
join:
  %p = phi ptr [ %a, %loop ], [ null, %other ]
  %empty = icmp eq ptr %p, null
  br i1 %empty, label %next, label %gone
gone:
  call void @_ZdlPvm(ptr nonnull %p, i64 %n) builtin
  br label %next
next:
  %more = load volatile i1, ptr %x
  br i1 %more, label %loop, label %done
done:
  ret void
}

; CHECK-LABEL: define void @f(
; CHECK: %a = call nonnull ptr @_Znwm(i64 %n)
; CHECK: loop:
; CHECK: gone:
; CHECK-NOT: @_ZdlPvm
; CHECK: done:
; CHECK-NEXT: call void @_ZdlPvm(ptr %{{.*}}, i64 %n)
; CHECK-LABEL: define void @g(
; CHECK: loop:
; CHECK-NEXT: %a = call nonnull ptr @_Znwm(i64 %n)
; CHECK: gone:
; CHECK-NEXT: call void @_ZdlPvm(ptr nonnull %p, i64 %n)
