//! Replaces calls of known functions by the bodies of these.
//!
//! A call costs some forty instructions in the interpreter and a dozen in machine code, and it hides what the callee does with its
//! arguments: [`super::infer`] joins what all callers pass, and what a closure captured is unknown in its body. So a function is inlined where it
//! is called if that is the only place that names it, because then the program gets smaller; and a small one where it is called in loops.
//!
//! Functions are taken from the callees upwards, so what is inlined is inlined whole. Recursive functions stay. So do functions with exception
//! handlers, and calls in such functions: there each instruction that throws would have to end its block.
//!
//! That a function was inlined shows nowhere: stacks name it ([`crate::module::Inlined`]), and it has no identity that its
//! body could look at, since what is called directly gets its closure as an argument.
use super::dominators::Dominators;
use crate::module::{BlockCall, Function, Imm, Inlined, Module, ParamKind};
use crate::op::{Op, Terminator};
use crate::types::{FileId, FuncId, Inst, SourceLoc, Value};
use std::collections::HashMap;

/// Greatest size of a function that is named at one place only.
const MAX_ONCE: usize = 200;
/// Greatest size of a function that is called in a loop.
const MAX_IN_LOOP: usize = 8;
/// Greatest size of a function that is called elsewhere: about that of the call.
const MAX_ELSEWHERE: usize = 3;
/// Size of a function beyond which nothing is inlined in it.
const MAX_CALLER: usize = 400;

/// Inlines in all functions; whether anything was inlined.
pub fn run(module: &mut Module) -> bool {
    let graph = CallGraph::of(module);
    let mut changed = false;
    for id in graph.order.iter().copied() {
        changed |= inline_in(module, id, &graph);
    }
    changed
}

/// Who calls whom directly.
struct CallGraph {
    /// All functions, callees before their callers unless these call one another.
    order: Vec<FuncId>,
    /// Whether a function may be active more than once by direct calls alone.
    recursive: Vec<bool>,
    /// How often instructions name a function.
    uses: Vec<usize>,
}

impl CallGraph {
    fn of(module: &Module) -> CallGraph {
        let count = module.functions.len();
        let mut callees = vec![Vec::new(); count];
        let mut uses = vec![0; count];
        for (i, f) in module.functions.iter().enumerate() {
            for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst)) {
                let Imm::Func(callee) = inst.imm else { continue };
                uses[callee.index()] += 1;
                if inst.op == Op::CallDirect {
                    callees[i].push(callee);
                }
            }
        }
        let mut graph = CallGraph { order: Vec::new(), recursive: vec![false; count], uses };
        // Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), with a stack of its own.
        let mut number = vec![usize::MAX; count];
        let mut low = vec![usize::MAX; count];
        let mut open: Vec<usize> = Vec::new();
        let mut is_open = vec![false; count];
        let mut next = 0;
        for root in 0..count {
            if number[root] != usize::MAX {
                continue;
            }
            let mut work = vec![(root, 0)];
            while let Some((node, edge)) = work.pop() {
                if edge == 0 {
                    (number[node], low[node]) = (next, next);
                    next += 1;
                    open.push(node);
                    is_open[node] = true;
                }
                if let Some(callee) = callees[node].get(edge).map(|c| c.index()) {
                    work.push((node, edge + 1));
                    if number[callee] == usize::MAX {
                        work.push((callee, 0));
                    } else if is_open[callee] {
                        low[node] = low[node].min(number[callee]);
                        graph.recursive[node] |= callee == node;
                    }
                    continue;
                }
                if let Some((above, _)) = work.last() {
                    low[*above] = low[*above].min(low[node]);
                }
                if low[node] == number[node] {
                    let at = open.iter().rposition(|n| *n == node).unwrap_or(0);
                    let component = open.split_off(at);
                    for member in &component {
                        is_open[*member] = false;
                        graph.recursive[*member] |= component.len() > 1;
                    }
                }
                graph.order.push(FuncId(node as u32));
            }
        }
        graph
    }
}

/// How much code a function is, in instructions. Constants count nothing: most become operands.
fn size(f: &Function) -> usize {
    let insts = f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst).op);
    let ends = f.blocks.iter().skip(1).filter(|b| !b.insts.is_empty()).count();
    insts.filter(|op| !matches!(op, Op::Const | Op::Builtin)).count() + ends
}

/// Whether a function can catch what is thrown in it.
pub(super) fn has_handlers(f: &Function) -> bool {
    f.blocks.iter().any(|b| b.insts.first().is_some_and(|inst| f.inst(*inst).op == Op::Catch))
}

/// Whether a function reads captured values that are behind a property word: elsewhere they are taken for those of a closure without one.
fn reads_past_properties(f: &Function) -> bool {
    let reads = |op| matches!(op, Op::LoadCapture | Op::StoreCapture);
    f.flags.has_properties && f.blocks.iter().flat_map(|b| &b.insts).any(|inst| reads(f.inst(*inst).op))
}

/// Whether a function is a constructor that gives its objects properties. These make the chain of shapes of its objects: see
/// [`super::shapes`].
fn fills_objects(f: &Function) -> bool {
    let sets = |op| matches!(op, Op::SetProp | Op::NewInstance);
    f.flags.constructor
        && f.signature.params.iter().any(|p| matches!(p.kind, ParamKind::This | ParamKind::NewTarget))
        && f.blocks.iter().flat_map(|b| &b.insts).any(|inst| sets(f.inst(*inst).op))
}

fn inline_in(module: &mut Module, id: FuncId, graph: &CallGraph) -> bool {
    let f = module.function(id);
    if has_handlers(f) {
        return false;
    }
    let mut room = MAX_CALLER.saturating_sub(size(f));
    let in_loop = blocks_in_loops(f);
    let mut sites = Vec::new();
    for (b, block) in f.blocks.iter().enumerate() {
        for inst in &block.insts {
            let Imm::Func(callee) = f.inst(*inst).imm else { continue };
            let body = module.function(callee);
            if f.inst(*inst).op != Op::CallDirect
                || graph.recursive[callee.index()]
                || has_handlers(body)
                || reads_past_properties(body)
                || fills_objects(body)
            {
                continue;
            }
            let size = size(body);
            let limit = if graph.uses[callee.index()] == 1 && !graph.recursive[id.index()] {
                MAX_ONCE
            } else if in_loop[b] {
                MAX_IN_LOOP
            } else {
                MAX_ELSEWHERE
            };
            if size <= limit && size <= room {
                room -= size;
                sites.push((*inst, callee));
            }
        }
    }
    for (inst, callee) in &sites {
        let body = module.function(*callee).clone();
        let mut places =
            Places { module, callee: *callee, caller: id, call: SourceLoc::UNKNOWN, copies: HashMap::new() };
        let mut f = std::mem::replace(
            &mut places.module.functions[id.index()],
            Function::new(None, body.signature.clone(), SourceLoc::UNKNOWN),
        );
        splice(&mut f, *inst, &body, &mut places);
        module.functions[id.index()] = f;
    }
    !sites.is_empty()
}

/// Which blocks are in a loop.
fn blocks_in_loops(f: &Function) -> Vec<bool> {
    let loops = super::loops::compute(f, &Dominators::compute(f));
    (0..f.blocks.len()).map(|b| loops.iter().any(|l| l.body[b])).collect()
}

/// Makes the positions in a callee those of an inlined call.
struct Places<'a> {
    module: &'a mut Module,
    callee: FuncId,
    caller: FuncId,
    call: SourceLoc,
    /// The numbers for the callee's files.
    copies: HashMap<FileId, FileId>,
}

impl Places<'_> {
    fn map(&mut self, loc: SourceLoc) -> SourceLoc {
        if loc == SourceLoc::UNKNOWN {
            return self.call;
        }
        let text = self.module.expression_texts.get(&(self.callee, loc)).copied();
        let loc = SourceLoc { file: self.file(loc.file), ..loc };
        if let Some(text) = text {
            self.module.expression_texts.insert((self.caller, loc), text);
        }
        loc
    }

    fn file(&mut self, file: FileId) -> FileId {
        if let Some(copy) = self.copies.get(&file) {
            return *copy;
        }
        let files = self.module.files.len();
        let inlined = match file.index().checked_sub(files) {
            None => Inlined { name: self.module.function(self.callee).name, file, call: self.call },
            Some(inner) => {
                let inner = self.module.inlined[inner];
                let call = SourceLoc { file: self.file(inner.call.file), ..inner.call };
                Inlined { call, ..inner }
            }
        };
        let copy = FileId((files + self.module.inlined.len()) as u32);
        self.module.inlined.push(inlined);
        self.copies.insert(file, copy);
        copy
    }
}

/// Puts a function's body in the place of a call.
fn splice(f: &mut Function, call: Inst, body: &Function, places: &mut Places<'_>) {
    let Some((home, rest)) = f.cut_at(call) else { return };
    let data = f.inst(call).clone();
    places.call = data.loc;
    super::cleanup::forget(f, call);

    let kept = f.blocks[home.index()].insts.len();
    let mut blocks = vec![home];
    blocks.extend((1..body.blocks.len()).map(|_| f.add_block()));
    let mut values: Vec<Option<Value>> = vec![None; body.values.len()];
    for (param, arg) in body.block(Function::ENTRY).params.iter().zip(&data.args) {
        values[param.index()] = Some(*arg);
    }
    for (block, copy) in body.blocks.iter().zip(&blocks).skip(1) {
        for param in &block.params {
            values[param.index()] = Some(f.add_block_param(*copy, body.ty(*param)));
        }
    }
    for (block, copy) in body.blocks.iter().zip(&blocks) {
        for inst in &block.insts {
            let old = body.inst(*inst);
            let ty = old.result.map(|r| body.ty(r));
            let new = f.make_inst(old.op, old.args.clone(), old.imm.clone(), ty, places.map(old.loc));
            if let (Some(result), Some(fresh)) = (old.result, f.inst(new).result) {
                values[result.index()] = Some(fresh);
            }
            f.blocks[copy.index()].insts.push(new);
        }
    }
    // All values have their copies now, also those that are used before they are seen.
    let value = |v: Value| values[v.index()].unwrap_or(v);
    for (block, copy) in body.blocks.iter().zip(&blocks) {
        let start = if *copy == home { kept } else { 0 };
        for inst in f.blocks[copy.index()].insts.split_off(start) {
            f.insts[inst.index()].args.iter_mut().for_each(|v| *v = value(*v));
            f.blocks[copy.index()].insts.push(inst);
        }
        let terminator = block.terminator.clone().map(|terminator| match terminator {
            Terminator::Return(result) => {
                let args = data.result.map(|_| value(result)).into_iter().collect();
                Terminator::Jump(BlockCall { block: rest, args })
            }
            mut other => {
                if let Some(operand) = other.operand_mut() {
                    *operand = value(*operand);
                }
                for target in other.successors_mut() {
                    target.block = blocks[target.block.index()];
                    target.args.iter_mut().for_each(|v| *v = value(*v));
                }
                other
            }
        });
        let loc = places.map(block.loc);
        let copy = &mut f.blocks[copy.index()];
        (copy.terminator, copy.loc) = (terminator, loc);
    }
}
