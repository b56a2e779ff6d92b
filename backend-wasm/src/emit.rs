//! Structured code from a reducible control-flow graph.
//!
//! After Norman Ramsey, "Beyond Relooper: recursive translation of unstructured control flow to structured
//! control flow" (ICFP 2022): the code of a block is followed by that of the blocks it immediately dominates. A
//! block with one forward edge into it is placed where that edge is. One with several (a *merge block*) is placed behind a
//! `block … end` that encloses the code of its dominator, so that all of them can branch there; several are nested by
//! reverse postorder. A block with a back edge into it is enclosed in a `loop`. The recursion is turned into a
//! list of tasks, because its depth is that of the dominator tree.
//!
//! Parameters of blocks are locals; an edge writes them. If a conditional edge jumps, writing before `br_if`
//! saves an `if`: that is done where the other edge does not read what is overwritten.

use crate::code::{Code, Label, Local, Op};
use crate::error::Error;
use crate::select::{Sink, View, select, select_condition, select_signed, wasm_type};
use crate::values::Values;
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::entity::SecondaryMap;
use cranelift_codegen::ir::{ArgumentExtension, Block, Inst, InstructionData, Opcode, Value, ValueDef};
use std::collections::BTreeSet;
use wasm_encoder::{Instruction as I, ValType};

/// Writes before a `br_if` that may turn out not to be taken, at most so many.
const MAX_EARLY_MOVES: usize = 3;

/// The shape of the control-flow graph.
pub struct Shape {
    /// Reachable blocks, in reverse postorder.
    pub order: Vec<Block>,
    position: SecondaryMap<Block, u32>,
    is_merge: SecondaryMap<Block, bool>,
    is_header: SecondaryMap<Block, bool>,
    forward_edges: SecondaryMap<Block, u32>,
    /// Merge blocks that a block immediately dominates, ascending in reverse postorder.
    merges: SecondaryMap<Block, Vec<Block>>,
}

impl Shape {
    /// Classifies the blocks of a function whose graph is reducible.
    pub fn of(view: &View<'_>, domtree: &DominatorTree) -> Self {
        let order: Vec<Block> = domtree.cfg_rpo().copied().collect();
        let mut shape = Shape {
            order,
            position: SecondaryMap::new(),
            is_merge: SecondaryMap::new(),
            is_header: SecondaryMap::new(),
            forward_edges: SecondaryMap::new(),
            merges: SecondaryMap::new(),
        };
        for (at, &block) in shape.order.iter().enumerate() {
            shape.position[block] = at as u32;
        }
        for &block in &shape.order {
            let Some(inst) = view.func.layout.last_inst(block) else { continue };
            let by_table = matches!(view.func.dfg.insts[inst], InstructionData::BranchTable { .. });
            for (target, _) in view.edges(inst) {
                if shape.position[target] <= shape.position[block] {
                    shape.is_header[target] = true;
                } else {
                    shape.forward_edges[target] += 1;
                    shape.is_merge[target] |= by_table || shape.forward_edges[target] > 1;
                }
            }
        }
        for &block in &shape.order {
            if shape.is_merge[block] {
                let parent = domtree.idom(block).expect("a merge block is not the entry");
                shape.merges[parent].push(block);
            }
        }
        shape
    }

    fn is_back_edge(&self, from: Block, to: Block) -> bool {
        self.position[to] <= self.position[from]
    }
}

enum Task {
    Place(Block),
    Append(Op),
    Close,
    /// Writes the parameters of the target and goes there.
    Follow(Block, (Block, Vec<Value>)),
}

struct Emitter<'a> {
    view: &'a View<'a>,
    values: &'a Values,
    shape: &'a Shape,
    placeholders: &'a BTreeSet<Value>,
    ops: Vec<Op>,
    locals: Vec<ValType>,
    local_of: SecondaryMap<Value, Option<Local>>,
    frame: Option<Local>,
    frame_size: u32,
    block_label: SecondaryMap<Block, Option<Label>>,
    loop_label: SecondaryMap<Block, Option<Label>>,
    labels: u32,
    /// The constructs that are open: the merge block that follows, if it is the `block` of one.
    open: Vec<Option<Block>>,
    tasks: Vec<Task>,
    inst: Option<Inst>,
    error: Option<Error>,
}

/// Emits the code of a function. `frame_size` is in bytes.
pub fn emit(
    view: &View<'_>,
    values: &Values,
    shape: &Shape,
    placeholders: &BTreeSet<Value>,
    frame_size: u32,
) -> Result<Code, Error> {
    let mut emitter = Emitter {
        view,
        values,
        shape,
        placeholders,
        ops: Vec::new(),
        locals: Vec::new(),
        local_of: SecondaryMap::new(),
        frame: None,
        frame_size,
        block_label: SecondaryMap::new(),
        loop_label: SecondaryMap::new(),
        labels: 0,
        open: Vec::new(),
        tasks: Vec::new(),
        inst: None,
        error: None,
    };
    let entry = shape.order[0];
    let params = view.func.dfg.block_params(entry);
    for &param in params {
        let ty = wasm_type(view.ty(param)).ok_or_else(|| Error::UnsupportedType {
            function: view.name.to_owned(),
            ty: view.ty(param).to_string(),
        })?;
        let local = emitter.new_local(ty);
        emitter.local_of[param] = Some(local);
    }
    if values.frame {
        let frame = emitter.new_local(ValType::I32);
        emitter.frame = Some(frame);
        emitter.ops.extend([
            Op::GetStackPointer,
            Op::Plain(I::I32Const(frame_size as i32)),
            Op::Plain(I::I32Sub),
            Op::Tee(frame),
            Op::SetStackPointer,
        ]);
    }
    for (&param, abi) in params.iter().zip(&view.func.signature.params) {
        let ty = view.ty(param);
        if abi.extension == ArgumentExtension::Sext && ty.bits() < 32 && values.live.contains(param) {
            let local = emitter.local(param);
            emitter.ops.extend([
                Op::Get(local),
                Op::Plain(I::I32Const((1 << ty.bits()) - 1)),
                Op::Plain(I::I32And),
                Op::Set(local),
            ]);
        }
    }
    let param_count = params.len();
    emitter.tasks.push(Task::Place(entry));
    while let Some(task) = emitter.tasks.pop() {
        match task {
            Task::Place(block) => emitter.place(block),
            Task::Append(op) => emitter.ops.push(op),
            Task::Close => {
                emitter.ops.push(Op::End);
                emitter.open.pop();
            }
            Task::Follow(from, edge) => emitter.follow(from, edge),
        }
    }
    if let Some(error) = emitter.error {
        return Err(error);
    }
    Ok(Code {
        locals: emitter.locals,
        params: param_count,
        has_results: !view.func.signature.returns.is_empty(),
        labels: emitter.labels,
        ops: emitter.ops,
    })
}

impl Emitter<'_> {
    fn new_local(&mut self, ty: ValType) -> Local {
        let local = Local(self.locals.len() as u32);
        self.locals.push(ty);
        local
    }

    fn new_label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels - 1)
    }

    fn local(&mut self, value: Value) -> Local {
        if let Some(local) = self.local_of[value] {
            return local;
        }
        let ty = wasm_type(self.view.ty(value)).expect("selection has refused other types");
        let local = self.new_local(ty);
        self.local_of[value] = Some(local);
        local
    }

    /// Opens the constructs that enclose a block, and emits it.
    fn place(&mut self, block: Block) {
        if self.shape.is_header[block] {
            let label = self.new_label();
            self.loop_label[block] = Some(label);
            self.ops.push(Op::Loop(label));
            self.open.push(None);
            self.tasks.push(Task::Close);
        }
        for &merge in self.shape.merges[block].iter().rev() {
            let label = self.new_label();
            self.block_label[merge] = Some(label);
            self.ops.push(Op::Block(label));
            self.open.push(Some(merge));
            self.tasks.push(Task::Place(merge));
            self.tasks.push(Task::Close);
        }
        for at in 0..self.values.order[block].len() {
            let inst = self.values.order[block][at];
            if self.view.func.dfg.insts[inst].opcode().is_terminator() {
                self.terminate(block, inst);
            } else if !self.values.folded.contains(inst) {
                self.statement(inst);
            }
        }
    }

    fn run(&mut self, inst: Inst, describe: impl FnOnce(&View<'_>, &mut dyn Sink) -> Result<(), Error>) {
        let outer = self.inst.replace(inst);
        let view = self.view;
        if let Err(error) = describe(view, self) {
            self.error.get_or_insert(error);
        }
        self.inst = outer;
    }

    /// Emits an instruction that stands for itself and stores its results.
    fn statement(&mut self, inst: Inst) {
        let results: Vec<Value> = self.view.func.dfg.inst_results(inst).to_vec();
        if results.len() == 1 && self.values.repeated.contains(results[0]) {
            return;
        }
        self.run(inst, |view, sink| select(view, inst, sink));
        let first_is_stored = crate::select::is_overflow(self.view.func.dfg.insts[inst].opcode());
        for (index, &result) in results.iter().enumerate().rev() {
            if index == 0 && first_is_stored {
                break;
            }
            if self.values.live.contains(result) {
                let local = self.local(result);
                self.ops.push(Op::Set(local));
            } else {
                self.ops.push(Op::Plain(I::Drop));
            }
        }
    }

    fn terminate(&mut self, block: Block, inst: Inst) {
        let edges = self.view.edges(inst);
        match self.view.func.dfg.insts[inst] {
            InstructionData::Jump { .. } => {
                let edge = edges.into_iter().next().expect("a jump has a target");
                self.follow(block, edge);
            }
            InstructionData::Brif { arg, .. } => {
                let arg = self.view.resolve(arg);
                let mut edges = edges.into_iter();
                let (then, otherwise) = (edges.next().expect("two edges"), edges.next().expect("two edges"));
                if !self.choose(block, inst, arg, &then, &otherwise) {
                    self.run(inst, |view, sink| select_condition(view, inst, arg, sink));
                    self.branch(block, then, otherwise);
                }
            }
            InstructionData::BranchTable { arg, .. } => {
                let arg = self.view.resolve(arg);
                let mut labels: Vec<Label> =
                    edges.iter().map(|(target, _)| self.target_label(block, *target)).collect();
                let default = labels.remove(0);
                while labels.last() == Some(&default) {
                    labels.pop();
                }
                self.push(arg);
                self.ops.push(Op::BrTable(labels, default));
            }
            InstructionData::MultiAry { opcode: Opcode::Return, .. } => {
                let signed: Vec<bool> = self
                    .view
                    .func
                    .signature
                    .returns
                    .iter()
                    .map(|param| param.extension == ArgumentExtension::Sext)
                    .collect();
                for (arg, signed) in self.view.args(inst).into_iter().zip(signed) {
                    if signed {
                        self.run(inst, |view, sink| {
                            select_signed(view, inst, arg, sink);
                            Ok(())
                        });
                    } else {
                        self.push(arg);
                    }
                }
                if let Some(frame) = self.frame {
                    self.ops.extend([
                        Op::Get(frame),
                        Op::Plain(I::I32Const(self.frame_size as i32)),
                        Op::Plain(I::I32Add),
                        Op::SetStackPointer,
                    ]);
                }
                self.ops.push(Op::Return);
            }
            InstructionData::Trap { .. } => self.ops.push(Op::Unreachable),
            _ => {
                let error = self.view.unsupported(inst);
                self.error.get_or_insert(error);
            }
        }
    }

    /// The label that leads to a block which is a merge block or, by a back edge, a loop.
    fn target_label(&self, from: Block, target: Block) -> Label {
        let labels = if self.shape.is_back_edge(from, target) { &self.loop_label } else { &self.block_label };
        labels[target].expect("the dominator of the target has opened its construct")
    }

    /// Whether control goes to the target by a branch, rather than the target being placed here.
    fn is_jump(&self, from: Block, target: Block) -> bool {
        self.shape.is_back_edge(from, target) || self.shape.is_merge[target]
    }

    /// Emits an edge at a place where it is the only way on.
    fn follow(&mut self, from: Block, (target, args): (Block, Vec<Value>)) {
        self.write_params(target, &args);
        self.go(from, target);
    }

    /// Goes to a block whose parameters have been written.
    fn go(&mut self, from: Block, target: Block) {
        if self.is_jump(from, target) {
            let label = self.target_label(from, target);
            self.ops.push(Op::Br(label));
        } else {
            self.tasks.push(Task::Place(target));
        }
    }

    /// Emits a two-way branch on the condition on the stack.
    fn branch(&mut self, from: Block, then: (Block, Vec<Value>), otherwise: (Block, Vec<Value>)) {
        let falls_to = self.open.last().copied().flatten();
        let (then_jumps, else_jumps) = (self.is_jump(from, then.0), self.is_jump(from, otherwise.0));
        let then_early = then_jumps && self.can_write_early(from, &then, &otherwise);
        let else_early = else_jumps && self.can_write_early(from, &otherwise, &then);
        // The construct is left by falling through alone, so an `if` spares both the branch and the block.
        let only_falls = |target: Block| falls_to == Some(target) && self.shape.forward_edges[target] == 2;
        let prefer_then = match (then_early, else_early) {
            (true, true) => falls_to != Some(then.0),
            (then, _) => then,
        };
        if then_early && prefer_then && (else_jumps || !only_falls(then.0)) {
            self.branch_early(from, then, otherwise);
        } else if else_early && (then_jumps || !only_falls(otherwise.0)) {
            self.ops.push(Op::Plain(I::I32Eqz));
            self.branch_early(from, otherwise, then);
        } else {
            self.ops.push(Op::If(None));
            self.open.push(None);
            self.tasks.push(Task::Close);
            self.tasks.push(Task::Follow(from, otherwise));
            self.tasks.push(Task::Append(Op::Else));
            self.tasks.push(Task::Follow(from, then));
        }
    }

    /// If both edges go to the same block and differ in one parameter, whose arguments are at hand, selects the argument and
    /// leaves one edge.
    fn choose(
        &mut self,
        from: Block,
        inst: Inst,
        condition: Value,
        then: &(Block, Vec<Value>),
        otherwise: &(Block, Vec<Value>),
    ) -> bool {
        if then.0 != otherwise.0 {
            return false;
        }
        let (x, y) = (self.passed(then.0, &then.1), self.passed(otherwise.0, &otherwise.1));
        // Neither computed here nor written by the condition, which comes last.
        let at_hand = |emitter: &Self, arg: Value| match emitter.view.func.dfg.value_def(arg) {
            ValueDef::Result(inst, _) => !emitter.values.folded.contains(inst),
            _ => true,
        };
        match (&x[..], &y[..]) {
            (&[(param, x)], &[(_, y)]) if at_hand(self, x) && at_hand(self, y) => {
                self.push(x);
                self.push(y);
                self.run(inst, |view, sink| select_condition(view, inst, condition, sink));
                self.ops.push(Op::Plain(I::Select));
                let local = self.local(param);
                self.ops.push(Op::Set(local));
            }
            ([], []) => {
                self.run(inst, |view, sink| select_condition(view, inst, condition, sink));
                self.ops.push(Op::Plain(I::Drop));
            }
            _ => return false,
        }
        self.go(from, then.0);
        true
    }

    fn branch_early(&mut self, from: Block, taken: (Block, Vec<Value>), otherwise: (Block, Vec<Value>)) {
        self.write_params(taken.0, &taken.1);
        let label = self.target_label(from, taken.0);
        self.ops.push(Op::BrIf(label));
        self.follow(from, otherwise);
    }

    /// The parameters of `target` that matter, with their arguments.
    fn passed(&self, target: Block, args: &[Value]) -> Vec<(Value, Value)> {
        let params = self.view.func.dfg.block_params(target);
        let pairs = params.iter().copied().zip(args.iter().copied());
        pairs.filter(|&(param, arg)| self.values.is_passed(param, arg, self.placeholders)).collect()
    }

    /// Whether the parameters of `edge` may be written although control may then go along `other`.
    fn can_write_early(&self, from: Block, edge: &(Block, Vec<Value>), other: &(Block, Vec<Value>)) -> bool {
        let writes = self.passed(edge.0, &edge.1);
        let is_back = self.shape.is_back_edge(from, edge.0);
        if !is_back && writes.len() > MAX_EARLY_MOVES {
            return false;
        }
        let mut read = BTreeSet::new();
        for (_, arg) in self.passed(other.0, &other.1) {
            self.values.leaves(self.view, arg, &mut read);
        }
        writes.iter().all(|&(param, arg)| {
            let computed = self.values.is_folded(self.view, arg).is_some();
            (is_back || !computed)
                && !read.contains(&param)
                && !self.values.live_in[other.0].contains(param.as_u32() as usize)
        })
    }

    /// Writes the parameters of a block: computed arguments first, while all locals have their old values, and they stay on
    /// the stack until the copies are done.
    fn write_params(&mut self, target: Block, args: &[Value]) {
        let mut computed = Vec::new();
        let mut constants = Vec::new();
        let mut copies = Vec::new();
        for (param, arg) in self.passed(target, args) {
            let to = self.local(param);
            if self.values.repeated.contains(arg) {
                constants.push((to, arg));
            } else if self.values.is_folded(self.view, arg).is_some() {
                self.push(arg);
                computed.push(to);
            } else {
                copies.push((to, self.local(arg)));
            }
        }
        if !copies.is_empty() {
            self.ops.push(Op::Moves(copies));
        }
        self.ops.extend(computed.into_iter().rev().map(Op::Set));
        for (to, arg) in constants {
            self.push(arg);
            self.ops.push(Op::Set(to));
        }
    }
}

impl Sink for Emitter<'_> {
    fn push(&mut self, value: Value) {
        let repeated = self.values.repeated.contains(value).then(|| self.view.def(value)).flatten();
        let folded = self.values.is_folded(self.view, value);
        if let Some(inst) = folded.or(repeated.map(|(inst, _)| inst)) {
            self.run(inst, |view, sink| select(view, inst, sink));
            return;
        }
        let local = self.local(value);
        self.ops.push(Op::Get(local));
    }

    fn op(&mut self, op: Op) {
        self.ops.push(op);
    }

    fn result(&mut self, index: usize) -> Local {
        let inst = self.inst.expect("selection runs for an instruction");
        let value = self.view.func.dfg.inst_results(inst)[index];
        self.local(value)
    }

    fn temp(&mut self, ty: ValType) -> Local {
        self.new_local(ty)
    }

    fn frame(&mut self) -> Local {
        self.frame.expect("the analysis has seen the need for a frame")
    }
}
