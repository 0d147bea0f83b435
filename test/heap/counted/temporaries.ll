target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; Function Attrs: mustprogress nounwind willreturn allockind("free") memory(argmem: readwrite, inaccessiblemem: readwrite)
declare void @free(ptr allocptr noundef nocapture) local_unnamed_addr #0

; Function Attrs: mustprogress nofree nounwind willreturn allockind("alloc,uninitialized") allocsize(0) memory(inaccessiblemem: readwrite)
declare noalias noundef ptr @malloc(i64 noundef) local_unnamed_addr #1

; Function Attrs: nounwind memory(readwrite, target_mem0: none, target_mem1: none)
define void @shifted(ptr nocapture %0, i32 %1, i32 %2) local_unnamed_addr #2 {
  %4 = sext i32 %1 to i64
  %5 = icmp sgt i32 %2, 0
  br i1 %5, label %.lr.ph77, label %._crit_edge78

.lr.ph77:                                         ; preds = %3
  %6 = zext nneg i32 %2 to i64
  %7 = tail call i32 @llvm.smax.i32(i32 %1, i32 1)
  %8 = add nsw i32 %7, -1
  %9 = zext nneg i32 %8 to i64
  %10 = shl nuw nsw i64 %9, 3
  %11 = icmp sgt i32 %1, 1
  %12 = select i1 %11, i64 %10, i64 1
  %13 = icmp sgt i32 %1, 1
  %14 = tail call i64 @llvm.smax.i64(i64 %4, i64 1)
  %15 = icmp sgt i32 %1, 1
  %16 = icmp sgt i32 %1, 1
  %17 = icmp sgt i32 %1, 1
  %scevgep = getelementptr i8, ptr %0, i64 8
  %18 = shl nuw nsw i64 %14, 3
  %19 = add nsw i64 %18, -8
  %20 = shl nuw nsw i64 %14, 3
  %21 = add nsw i64 %20, -8
  br label %22

22:                                               ; preds = %.lr.ph77, %._crit_edge75
  %23 = phi i64 [ %6, %.lr.ph77 ], [ %54, %._crit_edge75 ]
  %24 = tail call ptr @malloc(i64 %12)
  br i1 %13, label %.lr.ph, label %._crit_edge

.lr.ph:                                           ; preds = %22, %.lr.ph
  %25 = phi i64 [ %36, %.lr.ph ], [ %9, %22 ]
  %26 = phi i64 [ %35, %.lr.ph ], [ 1, %22 ]
  %27 = add nsw i64 %26, -1
  %28 = getelementptr double, ptr %0, i64 %27
  %29 = sub nsw i64 %4, %26
  %30 = getelementptr double, ptr %0, i64 %29
  %31 = load double, ptr %28, align 8
  %32 = load double, ptr %30, align 8
  %33 = fadd contract double %31, %32
  %34 = getelementptr double, ptr %24, i64 %27
  store double %33, ptr %34, align 8
  %35 = add nuw nsw i64 %26, 1
  %36 = add nsw i64 %25, -1
  %37 = icmp sgt i64 %25, 1
  br i1 %37, label %.lr.ph, label %._crit_edge

._crit_edge:                                      ; preds = %.lr.ph, %22
  br i1 %15, label %.lr.ph70.preheader, label %._crit_edge71

.lr.ph70.preheader:                               ; preds = %._crit_edge
  tail call void @llvm.memcpy.p0.p0.i64(ptr align 8 %scevgep, ptr align 8 %24, i64 %19, i1 false)
  br label %._crit_edge71

._crit_edge71:                                    ; preds = %.lr.ph70.preheader, %._crit_edge
  tail call void @free(ptr %24)
  %38 = tail call ptr @malloc(i64 %12)
  br i1 %16, label %.lr.ph73, label %.preheader

.preheader:                                       ; preds = %.lr.ph73, %._crit_edge71
  br i1 %17, label %.lr.ph74.preheader, label %._crit_edge75

.lr.ph74.preheader:                               ; preds = %.preheader
  tail call void @llvm.memcpy.p0.p0.i64(ptr align 8 %scevgep, ptr align 8 %38, i64 %21, i1 false)
  br label %._crit_edge75

.lr.ph73:                                         ; preds = %._crit_edge71, %.lr.ph73
  %39 = phi i64 [ %52, %.lr.ph73 ], [ %9, %._crit_edge71 ]
  %40 = phi i64 [ %51, %.lr.ph73 ], [ 1, %._crit_edge71 ]
  %41 = add nsw i64 %40, -1
  %42 = getelementptr double, ptr %0, i64 %41
  %43 = load double, ptr %42, align 8
  %44 = fmul contract double %43, 2.500000e-01
  %45 = sub nsw i64 %4, %40
  %46 = getelementptr double, ptr %0, i64 %45
  %47 = load double, ptr %46, align 8
  %48 = fmul contract double %47, 5.000000e-01
  %49 = fadd contract double %44, %48
  %50 = getelementptr double, ptr %38, i64 %41
  store double %49, ptr %50, align 8
  %51 = add nuw nsw i64 %40, 1
  %52 = add nsw i64 %39, -1
  %53 = icmp sgt i64 %39, 1
  br i1 %53, label %.lr.ph73, label %.preheader

._crit_edge75:                                    ; preds = %.lr.ph74.preheader, %.preheader
  tail call void @free(ptr %38)
  %54 = add nsw i64 %23, -1
  %55 = icmp sgt i64 %23, 1
  br i1 %55, label %22, label %._crit_edge78

._crit_edge78:                                    ; preds = %._crit_edge75, %3
  ret void
}

; Function Attrs: nounwind memory(readwrite, target_mem0: none, target_mem1: none)
define void @gathered(ptr nocapture %0, ptr readonly nocapture %1, i32 %2, i32 %3) local_unnamed_addr #2 {
  %5 = sext i32 %2 to i64
  %6 = tail call i64 @llvm.smax.i64(i64 %5, i64 0)
  %7 = icmp sgt i32 %3, 0
  br i1 %7, label %.lr.ph212, label %._crit_edge213

.lr.ph212:                                        ; preds = %4
  %8 = zext nneg i32 %3 to i64
  %9 = shl nuw nsw i64 %6, 3
  %.not = icmp slt i32 %2, 1
  %10 = select i1 %.not, i64 1, i64 %9
  %11 = icmp sgt i32 %2, 0
  %.not204208 = icmp slt i32 %2, 1
  %12 = shl nuw nsw i64 %6, 3
  %cond = icmp slt i32 %2, 1
  br label %13

13:                                               ; preds = %.lr.ph212, %._crit_edge210
  %14 = phi i64 [ %8, %.lr.ph212 ], [ %48, %._crit_edge210 ]
  %15 = phi i32 [ 1, %.lr.ph212 ], [ %47, %._crit_edge210 ]
  %16 = tail call ptr @malloc(i64 %10)
  br i1 %11, label %.lr.ph, label %._crit_edge

.lr.ph:                                           ; preds = %13
  %17 = uitofp nneg i32 %15 to double
  br label %18

18:                                               ; preds = %.lr.ph, %18
  %indvars.iv = phi i64 [ 1, %.lr.ph ], [ %indvars.iv.next, %18 ]
  %19 = getelementptr i32, ptr %1, i64 %indvars.iv
  %20 = getelementptr i8, ptr %19, i64 -4
  %21 = load i32, ptr %20, align 4
  %22 = sext i32 %21 to i64
  %23 = getelementptr double, ptr %0, i64 %22
  %24 = getelementptr i8, ptr %23, i64 -8
  %25 = load double, ptr %24, align 8
  %26 = fmul contract double %25, %17
  %27 = getelementptr double, ptr %16, i64 %indvars.iv
  %28 = getelementptr i8, ptr %27, i64 -8
  store double %26, ptr %28, align 8
  %indvars.iv.next = add nuw nsw i64 %indvars.iv, 1
  %exitcond.not = icmp eq i64 %indvars.iv, %5
  br i1 %exitcond.not, label %._crit_edge, label %18

._crit_edge:                                      ; preds = %18, %13
  %29 = tail call ptr @malloc(i64 %10)
  br i1 %cond, label %._crit_edge210, label %.lr.ph207

.preheader:                                       ; preds = %.lr.ph207
  br i1 %.not204208, label %._crit_edge210, label %.lr.ph209.preheader

.lr.ph209.preheader:                              ; preds = %.preheader
  tail call void @llvm.memcpy.p0.p0.i64(ptr align 8 %0, ptr align 8 %29, i64 %12, i1 false)
  br label %._crit_edge210

.lr.ph207:                                        ; preds = %._crit_edge, %.lr.ph207
  %30 = phi i64 [ %46, %.lr.ph207 ], [ %6, %._crit_edge ]
  %31 = phi i64 [ %45, %.lr.ph207 ], [ 1, %._crit_edge ]
  %32 = add nsw i64 %31, -1
  %33 = getelementptr i32, ptr %1, i64 %32
  %34 = load i32, ptr %33, align 4
  %35 = sext i32 %34 to i64
  %36 = getelementptr double, ptr %0, i64 %35
  %37 = getelementptr i8, ptr %36, i64 -8
  %38 = load double, ptr %37, align 8
  %39 = fmul contract double %38, 5.000000e-01
  %40 = getelementptr double, ptr %16, i64 %31
  %41 = getelementptr i8, ptr %40, i64 -8
  %42 = load double, ptr %41, align 8
  %43 = fadd contract double %39, %42
  %44 = getelementptr double, ptr %29, i64 %32
  store double %43, ptr %44, align 8
  %45 = add nuw nsw i64 %31, 1
  %46 = add nsw i64 %30, -1
  %.not203 = icmp eq i64 %46, 0
  br i1 %.not203, label %.preheader, label %.lr.ph207

._crit_edge210:                                   ; preds = %.lr.ph209.preheader, %._crit_edge, %.preheader
  tail call void @free(ptr %29)
  tail call void @free(ptr %16)
  %47 = add nuw nsw i32 %15, 1
  %48 = add nsw i64 %14, -1
  %49 = icmp sgt i64 %14, 1
  br i1 %49, label %13, label %._crit_edge213

._crit_edge213:                                   ; preds = %._crit_edge210, %4
  ret void
}

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smax.i64(i64, i64) #3

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i32 @llvm.smax.i32(i32, i32) #3

; Function Attrs: nocallback nofree nounwind willreturn memory(argmem: readwrite)
declare void @llvm.memcpy.p0.p0.i64(ptr noalias writeonly nocapture, ptr noalias readonly nocapture, i64, i1 immarg) #4

attributes #0 = { mustprogress nounwind willreturn allockind("free") memory(argmem: readwrite, inaccessiblemem: readwrite) "alloc-family"="malloc" }
attributes #1 = { mustprogress nofree nounwind willreturn allockind("alloc,uninitialized") allocsize(0) memory(inaccessiblemem: readwrite) "alloc-family"="malloc" }
attributes #2 = { nounwind "target-cpu"="x86-64" }
attributes #3 = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
attributes #4 = { nocallback nofree nounwind willreturn memory(argmem: readwrite) }


