// What LLVM offers no C entry for: the pass plugin itself, and answers to facts.h. Decides nothing.
#include "heap.h"

#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/CFG.h>
#include <llvm/Analysis/DomTreeUpdater.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/MustExecute.h>
#include <llvm/Analysis/OptimizationRemarkEmitter.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#if LLVM_VERSION_MAJOR >= 22
#include <llvm/Plugins/PassPlugin.h>
#else
#include <llvm/Passes/PassPlugin.h>
#endif

using namespace llvm;

// Most functions allocate nothing and are asked about their calls alone: an analysis is made when
// it is first asked for.
template <class Analysis> class OnDemand {
  Function &function;
  FunctionAnalysisManager &manager;
  typename Analysis::Result *result = nullptr;

public:
  OnDemand(Function &of, FunctionAnalysisManager &by) : function(of), manager(by) {
  }
  typename Analysis::Result &get() {
    if (!result) result = &manager.getResult<Analysis>(function);
    return *result;
  }
};

struct irmi_facts {
  OnDemand<DominatorTreeAnalysis> dominators;
  OnDemand<LoopAnalysis> loops;
  OnDemand<OptimizationRemarkEmitterAnalysis> remarks;
  TargetLibraryInfo &library;
};

static const Loop *loop_of(const irmi_llvm_loop *loop) {
  return reinterpret_cast<const Loop *>(loop);
}

static irmi_llvm_loop *wrap_loop(Loop *loop) {
  return reinterpret_cast<irmi_llvm_loop *>(loop);
}

static CallBase *call_of(LLVMValueRef call) {
  return cast<CallBase>(unwrap(call));
}

// Order ---------------------------------------------------------------------------------------

bool irmi_fact_dominates(irmi_facts *facts, LLVMValueRef a, LLVMValueRef b) {
  return facts->dominators.get().dominates(cast<Instruction>(unwrap(a)),
                                           cast<Instruction>(unwrap(b)));
}

bool irmi_fact_reached(irmi_facts *facts, LLVMBasicBlockRef block) {
  return facts->dominators.get().isReachableFromEntry(unwrap(block));
}

bool irmi_fact_irreducible(irmi_facts *facts, LLVMValueRef function) {
  ReversePostOrderTraversal<const Function *> order(cast<Function>(unwrap(function)));
  return containsIrreducibleCFG<const BasicBlock *>(order, facts->loops.get());
}

// Loops ---------------------------------------------------------------------------------------

irmi_llvm_loop *irmi_fact_loop_of(irmi_facts *facts, LLVMBasicBlockRef block) {
  return wrap_loop(facts->loops.get().getLoopFor(unwrap(block)));
}

irmi_llvm_loop *irmi_fact_loop_parent(const irmi_llvm_loop *loop) {
  return wrap_loop(loop_of(loop)->getParentLoop());
}

bool irmi_fact_loop_contains(const irmi_llvm_loop *loop, LLVMBasicBlockRef block) {
  return loop_of(loop)->contains(unwrap(block));
}

LLVMBasicBlockRef irmi_fact_loop_header(const irmi_llvm_loop *loop) {
  return wrap(loop_of(loop)->getHeader());
}

LLVMBasicBlockRef irmi_fact_loop_preheader(const irmi_llvm_loop *loop) {
  return wrap(loop_of(loop)->getLoopPreheader());
}

bool irmi_fact_form_loop(irmi_facts *facts, irmi_llvm_loop *wrapped) {
  Loop *loop = reinterpret_cast<Loop *>(wrapped);
  DominatorTree &dominators = facts->dominators.get();
  LoopInfo &loops = facts->loops.get();
  bool entered = loop->getLoopPreheader() == nullptr &&
                 InsertPreheaderForLoop(loop, &dominators, &loops, nullptr, false);
  return formDedicatedExitBlocks(loop, &dominators, &loops, nullptr, false) || entered;
}

LLVMValueRef irmi_fact_call_instead(irmi_facts *facts, LLVMValueRef invoke) {
  DomTreeUpdater updater(facts->dominators.get(), DomTreeUpdater::UpdateStrategy::Eager);
  return wrap(changeToCall(cast<InvokeInst>(unwrap(invoke)), &updater));
}

LLVMValueRef irmi_fact_split(irmi_facts *facts, LLVMValueRef terminator, LLVMValueRef condition) {
  Instruction *end = cast<Instruction>(unwrap(terminator));
  if (condition == nullptr) {
    BasicBlock *block = end->getParent();
    SplitBlock(block, end, &facts->dominators.get(), &facts->loops.get());
    return wrap(block->getTerminator());
  }
  DomTreeUpdater updater(facts->dominators.get(), DomTreeUpdater::UpdateStrategy::Eager);
  return wrap(SplitBlockAndInsertIfThen(unwrap(condition), end->getIterator(), false, nullptr,
                                        &updater, &facts->loops.get()));
}

void irmi_fact_renew(irmi_facts *facts, LLVMValueRef function) {
  removeUnreachableBlocks(*cast<Function>(unwrap(function)));
  facts->dominators.get().recalculate(*cast<Function>(unwrap(function)));
  facts->loops.get().releaseMemory();
  facts->loops.get().analyze(facts->dominators.get());
}

size_t irmi_fact_loop_exits(const irmi_llvm_loop *loop, LLVMBasicBlockRef *blocks, size_t room,
                            bool *dedicated) {
  SmallVector<BasicBlock *, 8> exits;
  loop_of(loop)->getUniqueExitBlocks(exits);
  for (size_t k = 0; k < exits.size() && k < room; k++)
    blocks[k] = wrap(exits[k]);
  *dedicated = loop_of(loop)->hasDedicatedExits();
  return exits.size();
}

bool irmi_fact_always_runs(irmi_facts *facts, LLVMValueRef instruction,
                           const irmi_llvm_loop *loop) {
  SimpleLoopSafetyInfo safety;
  safety.computeLoopSafetyInfo(loop_of(loop));
  return safety.isGuaranteedToExecute(*cast<Instruction>(unwrap(instruction)),
                                      &facts->dominators.get(), loop_of(loop));
}

// Calls ---------------------------------------------------------------------------------------

const char *irmi_fact_library_function(irmi_facts *facts, LLVMValueRef call) {
  LibFunc function;
  if (call_of(call)->isNoBuiltin() || !facts->library.getLibFunc(*call_of(call), function) ||
      !facts->library.has(function))
    return nullptr;
  return call_of(call)->getCalledFunction()->getName().data();
}

bool irmi_fact_no_builtin(LLVMValueRef call) {
  return call_of(call)->isNoBuiltin();
}

unsigned irmi_fact_call_effects(irmi_facts *facts, LLVMValueRef value) {
  (void)facts;
  const CallBase *call = call_of(value);
  ModRefInfo hidden = call->getMemoryEffects().getModRef(IRMemLocation::InaccessibleMem);
  unsigned effects = isModSet(hidden) ? IRMI_MAY_ALLOCATE : 0;
  if (!call->doesNotThrow() || !call->willReturn()) effects |= IRMI_MAY_LEAVE;
  if (call->hasFnAttr(Attribute::ReturnsTwice)) effects |= IRMI_MAY_RETURN_TWICE;
  return effects;
}

bool irmi_fact_writes(LLVMValueRef value) {
  const Instruction *instruction = cast<Instruction>(unwrap(value));
  const auto *intrinsic = dyn_cast<IntrinsicInst>(instruction);
  if (intrinsic && intrinsic->isAssumeLikeIntrinsic()) return false;
  return instruction->mayWriteToMemory();
}

bool irmi_fact_writes_arguments_only(LLVMValueRef call) {
  MemoryEffects elsewhere = call_of(call)->getMemoryEffects().getWithoutLoc(IRMemLocation::ArgMem);
  return elsewhere.onlyReadsMemory();
}

bool irmi_fact_only_borrows(irmi_facts *facts, LLVMValueRef value, unsigned k) {
  (void)facts;
  const CallBase *call = call_of(value);
  bool keeps_it = call->hasFnAttr(Attribute::NoFree) || call->paramHasAttr(k, Attribute::NoFree) ||
                  call->onlyReadsMemory() || call->onlyReadsMemory(k);
  return keeps_it && call->doesNotCapture(k) && !call->paramHasAttr(k, Attribute::Returned);
}

// Attributes ----------------------------------------------------------------------------------

bool irmi_fact_alloc_kind(LLVMValueRef call, uint64_t *kind) {
  Attribute attribute = call_of(call)->getFnAttr(Attribute::AllocKind);
  if (attribute.isValid()) *kind = static_cast<uint64_t>(attribute.getAllocKind());
  return attribute.isValid();
}

bool irmi_fact_alloc_size(LLVMValueRef call, unsigned *size, int *count) {
  Attribute attribute = call_of(call)->getFnAttr(Attribute::AllocSize);
  if (!attribute.isValid()) return false;
  auto arguments = attribute.getAllocSizeArgs();
  *size = arguments.first;
  *count = arguments.second ? static_cast<int>(*arguments.second) : -1;
  return true;
}

const char *irmi_fact_alloc_family(LLVMValueRef call, size_t *length) {
  Attribute attribute = call_of(call)->getFnAttr("alloc-family");
  if (!attribute.isValid()) return nullptr;
  *length = attribute.getValueAsString().size();
  return attribute.getValueAsString().data();
}

static bool argument_with(LLVMValueRef call, Attribute::AttrKind kind, unsigned *argument) {
  for (unsigned k = 0; k < call_of(call)->arg_size(); k++)
    if (call_of(call)->paramHasAttr(k, kind)) {
      *argument = k;
      return true;
    }
  return false;
}

bool irmi_fact_alloc_align(LLVMValueRef call, unsigned *argument) {
  return argument_with(call, Attribute::AllocAlign, argument);
}

bool irmi_fact_allocated_pointer(LLVMValueRef call, unsigned *argument) {
  return argument_with(call, Attribute::AllocatedPointer, argument);
}

// Remarks -------------------------------------------------------------------------------------

bool irmi_fact_wants_remarks(irmi_facts *facts) {
  return facts->remarks.get().enabled();
}

void irmi_fact_remark(irmi_facts *facts, irmi_remark kind, const char *name,
                      LLVMValueRef instruction, const char *text) {
  const Instruction *where = cast<Instruction>(unwrap(instruction));
  switch (kind) {
  case IRMI_REMARK_PASSED:
    facts->remarks.get().emit(OptimizationRemark("irmem-heap", name, where) << text);
    break;
  case IRMI_REMARK_MISSED:
    facts->remarks.get().emit(OptimizationRemarkMissed("irmem-heap", name, where) << text);
    break;
  case IRMI_REMARK_ANALYSIS:
    facts->remarks.get().emit(OptimizationRemarkAnalysis("irmem-heap", name, where) << text);
    break;
  }
}

// The plugin ----------------------------------------------------------------------------------

namespace {
struct HeapPass : PassInfoMixin<HeapPass> {
  irmi_heap_options options;
  explicit HeapPass(irmi_heap_options given) : options(given) {
  }
  PreservedAnalyses run(Function &function, FunctionAnalysisManager &manager) {
    irmi_facts facts{{function, manager},
                     {function, manager},
                     {function, manager},
                     manager.getResult<TargetLibraryAnalysis>(function)};
    switch (irmi_heap_run(wrap(&function), &facts, &options)) {
    case IRMI_CHANGED_NOTHING: return PreservedAnalyses::all();
    case IRMI_CHANGED_BLOCKS: return PreservedAnalyses::none();
    case IRMI_CHANGED_INSTRUCTIONS: break;
    }
    PreservedAnalyses kept;
    kept.preserveSet<CFGAnalyses>();
    return kept;
  }
};
} // namespace

static bool parse_name(StringRef name, irmi_heap_options *options) {
  if (!name.consume_front("irmem-heap")) return false;
  const char *problem = "expected irmem-heap<options>";
  bool plain = name.empty(), listed = name.consume_front("<") && name.consume_back(">");
  if (plain || (listed && irmi_heap_parse(name.data(), name.size(), options, &problem)))
    return true;
  errs() << "irmem-heap: " << problem << '\n';
  return false;
}

static bool is_right_llvm() {
  unsigned major = 0;
  LLVMGetVersion(&major, nullptr, nullptr);
  return major == LLVM_VERSION_MAJOR;
}

// Options for the pass where it joins a pipeline by itself, and no text of a pipeline holds them.
// Known before clang reads -mllvm if the library was also given to it by -fplugin; not known to
// another LLVM, which could not use it.
template <> struct llvm::cl::parser<irmi_heap_options> : llvm::cl::basic_parser<irmi_heap_options> {
  using basic_parser::basic_parser;
  bool parse(Option &option, StringRef, StringRef text, irmi_heap_options &read) {
    const char *problem = nullptr;
    read = irmi_heap_defaults();
    return !irmi_heap_parse(text.data(), text.size(), &read, &problem) && option.error(problem);
  }
  void printOptionDiff(const Option &, const irmi_heap_options &, const OptVal &, size_t) const {
  }
  StringRef getValueName() const override {
    return "options";
  }
};

static cl::opt<irmi_heap_options> &late_options() {
  static cl::opt<irmi_heap_options> options(
      "irmem-heap", cl::init(irmi_heap_defaults()),
      cl::desc("Options of irmem-heap at the end of a pipeline, with ; between them"));
  return options;
}

static __attribute__((constructor)) void register_options() {
  if (is_right_llvm()) late_options();
}

static void add_late(ModulePassManager &manager, OptimizationLevel level) {
  if (level.getSpeedupLevel() < 2) return;
  irmi_heap_options options = late_options();
  manager.addPass(createModuleToFunctionPassAdaptor(HeapPass(options)));
}

static void register_passes(PassBuilder &builder) {
  builder.registerPipelineParsingCallback(
      [](StringRef name, FunctionPassManager &manager, ArrayRef<PassBuilder::PipelineElement>) {
        irmi_heap_options options = irmi_heap_defaults();
        if (!parse_name(name, &options)) return false;
        manager.addPass(HeapPass(options));
        return true;
      });
#if LLVM_VERSION_MAJOR >= 20
  // Before link-time optimisation it would come ahead of most inlining.
  builder.registerOptimizerLastEPCallback([](ModulePassManager &manager, OptimizationLevel level,
                                             ThinOrFullLTOPhase phase) {
    if (phase != ThinOrFullLTOPhase::ThinLTOPreLink && phase != ThinOrFullLTOPhase::FullLTOPreLink)
      add_late(manager, level);
  });
#else
  builder.registerOptimizerLastEPCallback(add_late);
#endif
  builder.registerFullLinkTimeOptimizationLastEPCallback(add_late);
}

// Another LLVM than this was built for would misread every object: its version number is asked by
// name through the C API, which all have, and the answer is a plugin that every LLVM refuses.
extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo llvmGetPassPluginInfo() {
  if (is_right_llvm())
    return {LLVM_PLUGIN_API_VERSION, "irmem-heap", LLVM_VERSION_STRING, register_passes};
  unsigned major = 0;
  LLVMGetVersion(&major, nullptr, nullptr);
  fprintf(stderr, "irmem: this plugin is for LLVM %d, and this is LLVM %u: load irmem-llvm-%u.so\n",
          LLVM_VERSION_MAJOR, major, major);
  return {0, "irmem-heap", LLVM_VERSION_STRING, register_passes};
}
