//! Splits a function that suspends into two that do not.
//!
//! A generator or async function is lowered as one function whose `yield` ops suspend it; the first one, of kind
//! [`Suspend::Start`], stands after the parameters are bound. This pass makes of it
//!
//! * the *outer* function, which runs up to the start and then makes a *frame* and hands it to the runtime;
//! * the *resumed* function, which a resumption enters with the frame, a value and a mode, and which goes on where the
//!   state in the frame says.
//!
//! The frame is a closure of the resumed function. Its first captured value is the state, the second belongs to the runtime, the
//! others hold what is live while the function is suspended: they are stored when it suspends and loaded when it is resumed.
//! SSA form is found again by the algorithm of the builder, for which each value that lives across a suspension is a
//! variable with several definitions.
//!
//! As nothing later in the compiler knows of suspensions, every engine has generators once this pass works.
use crate::builder::{FunctionBuilder, Variable};
use crate::module::{BlockCall, Const, Function, FunctionFlags, Imm, Module, Param, ParamKind, Signature};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, Type, Value};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// Why a function suspends. The number is the low part of the state that it leaves in its frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum Suspend {
    /// `yield`
    Yield = 0,
    /// A result object of another iterator is passed on: `yield*`.
    Delegate = 1,
    /// `await`
    Await = 2,
    /// Nothing has run yet.
    Start = 3,
}

/// Number of the first captured value of a frame that is the function's own.
const FIRST_SAVED: u32 = 2;

/// State of a frame that has ended.
const ENDED: f64 = 0.0;

/// State of a frame that is running.
const RUNNING: f64 = -1.0;

/// Up to how many states are compared one by one.
const LINEAR: usize = 4;

/// A place where the function suspends.
struct Point {
    /// The block that ends here.
    from: Block,
    /// What is handed out.
    value: Value,
    /// What the resumption hands in.
    received: Value,
    /// Where it goes on.
    to: Block,
    /// The state in the frame.
    state: u32,
}

/// Splits function `id` in place and adds the function that resumes it. `start` is the built-in, by number, that is called with the
/// function's closure and the new frame, and whose result the function returns. Returns the number of captured values of
/// the frame.
pub fn split(module: &mut Module, id: FuncId, start: u16) -> u32 {
    let resumed = FuncId(module.functions.len() as u32);
    let mut function = module.functions[id.index()].clone();
    let points = split_blocks(&mut function);
    let live = live_across(&function, &points);
    let crossing: BTreeSet<Value> = live.iter().flatten().copied().collect();
    let slots = live.iter().map(BTreeSet::len).max().unwrap_or(0) as u32;

    let signature = Signature {
        params: [ParamKind::Callee, ParamKind::Arg(0), ParamKind::Arg(1)]
            .map(|kind| Param { kind, ty: Type::Val })
            .to_vec(),
        result: Type::Val,
    };
    let mut shell = Function::new(function.name, signature, function.loc);
    shell.captures = FIRST_SAVED + slots;
    // So that calls and closures of it have their types.
    module.functions.push(shell.clone());

    let mut outer = Function::new(function.name, function.signature.clone(), function.loc);
    outer.length = function.length;
    outer.flags = function.flags;
    outer.captures = function.captures;
    let part = Part { module, old: &function, points: &points, live: &live, crossing: &crossing };
    let outer = part.outer(outer, resumed, start, slots);
    let inner = part.resumed(shell);
    module.functions[id.index()] = outer;
    module.functions[resumed.index()] = Function { flags: FunctionFlags::default(), ..inner };
    let texts: Vec<_> = module
        .expression_texts
        .iter()
        .filter(|((function, _), _)| *function == id)
        .map(|((_, loc), text)| ((resumed, *loc), *text))
        .collect();
    module.expression_texts.extend(texts);
    FIRST_SAVED + slots
}

/// Ends blocks at each suspension, and notes where they go on. Blocks that can not be reached are left alone.
fn split_blocks(f: &mut Function) -> Vec<Point> {
    let mut points = Vec::new();
    let mut queue: VecDeque<Block> = super::dominators::reverse_postorder(f).into();
    while let Some(block) = queue.pop_front() {
        let insts = f.blocks[block.index()].insts.clone();
        let Some(at) = insts.iter().position(|inst| f.inst(*inst).op == Op::Yield) else { continue };
        let inst = f.inst(insts[at]).clone();
        let to = f.add_block();
        f.blocks[to.index()].insts = insts[at + 1..].to_vec();
        f.blocks[to.index()].loc = f.blocks[block.index()].loc;
        f.blocks[to.index()].terminator = f.blocks[block.index()].terminator.take();
        f.blocks[block.index()].insts.truncate(at);
        f.blocks[block.index()].loc = inst.loc;
        let Imm::Index(kind) = inst.imm else { unreachable!("`yield` has its kind") };
        points.push(Point {
            from: block,
            value: inst.args[0],
            received: inst.result.expect("`yield` has a result"),
            to,
            state: 4 * (points.len() as u32 + 1) + kind,
        });
        queue.push_back(to);
    }
    points
}

/// The values that are live where each suspension goes on, but for what it hands in.
fn live_across(f: &Function, points: &[Point]) -> Vec<BTreeSet<Value>> {
    let count = f.blocks.len();
    let resumes: HashMap<Block, &Point> = points.iter().map(|p| (p.from, p)).collect();
    let starts: HashMap<Block, Value> = points.iter().map(|p| (p.to, p.received)).collect();
    let mut live: Vec<BTreeSet<Value>> = vec![BTreeSet::new(); count];
    let mut changed = true;
    while changed {
        changed = false;
        for b in (0..count).rev() {
            let block = Block(b as u32);
            let data = f.block(block);
            let mut set = BTreeSet::new();
            if let Some(point) = resumes.get(&block) {
                set.extend(live[point.to.index()].iter().copied());
                set.insert(point.value);
            }
            for call in data.terminator.iter().flat_map(|t| t.successors()) {
                set.extend(live[call.block.index()].iter().copied());
                set.extend(call.args.iter().copied());
            }
            set.extend(data.terminator.as_ref().and_then(|t| t.operand()));
            for inst in data.insts.iter().rev() {
                let inst = f.inst(*inst);
                if let Some(result) = inst.result {
                    set.remove(&result);
                }
                set.extend(inst.args.iter().copied());
            }
            for param in &data.params {
                set.remove(param);
            }
            if let Some(received) = starts.get(&block) {
                set.remove(received);
            }
            if set != live[b] {
                live[b] = set;
                changed = true;
            }
        }
    }
    points.iter().map(|p| live[p.to.index()].clone()).collect()
}

/// What both functions are made from.
struct Part<'a> {
    module: &'a Module,
    old: &'a Function,
    points: &'a [Point],
    live: &'a [BTreeSet<Value>],
    crossing: &'a BTreeSet<Value>,
}

/// A function that is being made.
struct Rebuild<'a> {
    part: &'a Part<'a>,
    b: FunctionBuilder,
    values: HashMap<Value, Value>,
    variables: HashMap<Value, Variable>,
    blocks: HashMap<Block, Block>,
    /// Crossing results of instructions that end their blocks: defined where the block goes on.
    late: HashMap<Block, (Value, Value)>,
}

impl<'a> Part<'a> {
    fn rebuild(&'a self, function: Function) -> Rebuild<'a> {
        Rebuild {
            part: self,
            b: FunctionBuilder::new(function),
            values: HashMap::new(),
            variables: HashMap::new(),
            blocks: HashMap::new(),
            late: HashMap::new(),
        }
    }

    /// The function that callers see.
    fn outer(&self, function: Function, resumed: FuncId, start: u16, slots: u32) -> Function {
        let mut r = self.rebuild(function);
        let params = r.b.function.block(Function::ENTRY).params.clone();
        let callee = params[0];
        for (old, new) in self.old.block(Function::ENTRY).params.iter().zip(params) {
            r.define(*old, new);
        }
        let order = self.reachable(&[Function::ENTRY], false);
        for block in &order[1..] {
            r.add_block(*block);
        }
        for (i, block) in order.iter().enumerate() {
            if i != 0 {
                r.begin(*block);
            }
            r.instructions(*block);
            let Some(point) = self.points.iter().position(|p| p.from == *block) else {
                r.terminator(*block);
                continue;
            };
            r.b.loc = self.old.block(*block).loc;
            let state = r.number(f64::from(self.points[point].state));
            let undefined = r.constant(Const::Undefined);
            let mut saved = vec![state, undefined];
            for value in &self.live[point] {
                saved.push(r.boxed(*value));
            }
            saved.resize((FIRST_SAVED + slots) as usize, undefined);
            let frame = r.emit(Op::Closure, &saved, Imm::Func(resumed));
            let builtin = r.emit(Op::Builtin, &[], Imm::Builtin(start));
            let result = r.emit(Op::Call, &[builtin, undefined, callee, frame], Imm::None);
            r.b.terminate(Terminator::Return(result));
        }
        r.finish(&order[1..])
    }

    /// The function that goes on.
    fn resumed(&self, function: Function) -> Function {
        let mut r = self.rebuild(function);
        let params = r.b.function.block(Function::ENTRY).params.clone();
        let (frame, received, mode) = (params[0], params[1], params[2]);
        let targets: Vec<Block> = self.points.iter().map(|p| p.to).collect();
        let order = self.reachable(&targets, true);
        for block in &order {
            r.add_block(*block);
        }
        let state = r.emit(Op::LoadCapture, &[frame], Imm::Index(0));
        let running = r.number(RUNNING);
        r.effect(Op::StoreCapture, &[frame, running], Imm::Index(0));
        let entries: Vec<Block> = self.points.iter().map(|_| r.b.block()).collect();
        r.dispatch(state, 0, &entries);
        for (i, point) in self.points.iter().enumerate() {
            r.b.seal(entries[i]);
            r.b.switch_to(entries[i]);
            for (slot, value) in self.live[i].iter().enumerate() {
                let loaded = r.emit(Op::LoadCapture, &[frame], Imm::Index(FIRST_SAVED + slot as u32));
                let variable = r.variable(*value);
                r.b.define(variable, loaded);
            }
            r.define(point.received, received);
            let target = r.blocks[&point.to];
            r.b.jump(target);
        }
        for block in &order {
            r.begin(*block);
            for inst in &self.old.block(*block).insts {
                if self.old.inst(*inst).op == Op::ResumeMode {
                    r.define(self.old.inst(*inst).result.expect("it has a result"), mode);
                } else {
                    r.instruction(*block, *inst);
                }
            }
            match self.points.iter().position(|p| p.from == *block) {
                Some(point) => {
                    r.b.loc = self.old.block(*block).loc;
                    for (slot, value) in self.live[point].iter().enumerate() {
                        let value = r.boxed(*value);
                        r.effect(Op::StoreCapture, &[frame, value], Imm::Index(FIRST_SAVED + slot as u32));
                    }
                    let state = r.number(f64::from(self.points[point].state));
                    r.effect(Op::StoreCapture, &[frame, state], Imm::Index(0));
                    let value = r.read(self.points[point].value);
                    r.b.terminate(Terminator::Return(value));
                }
                None => {
                    if let Some(Terminator::Return(_)) = self.old.block(*block).terminator {
                        let ended = r.number(ENDED);
                        r.effect(Op::StoreCapture, &[frame, ended], Imm::Index(0));
                    }
                    r.terminator(*block);
                }
            }
        }
        r.finish(&order)
    }

    /// The blocks that can be reached, each after one from which it is reached; past suspensions or not.
    fn reachable(&self, from: &[Block], resume: bool) -> Vec<Block> {
        let mut seen = vec![false; self.old.blocks.len()];
        let mut postorder = Vec::new();
        for start in from {
            let mut stack = vec![(*start, 0)];
            if std::mem::replace(&mut seen[start.index()], true) {
                continue;
            }
            while let Some((block, next)) = stack.pop() {
                let mut successors: Vec<Block> = self
                    .old
                    .block(block)
                    .terminator
                    .iter()
                    .flat_map(|t| t.successors())
                    .map(|call| call.block)
                    .collect();
                if resume {
                    successors.extend(self.points.iter().filter(|p| p.from == block).map(|p| p.to));
                }
                match successors.get(next) {
                    Some(successor) => {
                        stack.push((block, next + 1));
                        if !std::mem::replace(&mut seen[successor.index()], true) {
                            stack.push((*successor, 0));
                        }
                    }
                    None => postorder.push(block),
                }
            }
        }
        postorder.reverse();
        postorder
    }
}

impl Rebuild<'_> {
    fn emit(&mut self, op: Op, args: &[Value], imm: Imm) -> Value {
        self.b.emit(self.part.module, op, args, imm).expect("the op has a result")
    }

    fn effect(&mut self, op: Op, args: &[Value], imm: Imm) {
        self.b.emit(self.part.module, op, args, imm);
    }

    fn constant(&mut self, value: Const) -> Value {
        self.emit(Op::Const, &[], Imm::Const(value))
    }

    fn number(&mut self, value: f64) -> Value {
        self.constant(Const::Number(value))
    }

    fn variable(&mut self, value: Value) -> Variable {
        let b = &mut self.b;
        *self.variables.entry(value).or_insert_with(|| b.variable())
    }

    /// Gives an old value its new one.
    fn define(&mut self, old: Value, new: Value) {
        if !self.part.crossing.contains(&old) {
            self.values.insert(old, new);
            return;
        }
        let boxed = if self.part.old.ty(old) == Type::Bool && self.b.function.ty(new) == Type::Bool {
            self.emit(Op::BoxBool, &[new], Imm::None)
        } else {
            new
        };
        let variable = self.variable(old);
        self.b.define(variable, boxed);
    }

    /// The new value of an old one, as a `val`.
    fn boxed(&mut self, old: Value) -> Value {
        let variable = self.variable(old);
        self.b.read(variable)
    }

    /// The new value of an old one.
    fn read(&mut self, old: Value) -> Value {
        if !self.part.crossing.contains(&old) {
            return self.values[&old];
        }
        let value = self.boxed(old);
        if self.part.old.ty(old) == Type::Bool {
            self.emit(Op::UnboxBool, &[value], Imm::None)
        } else {
            value
        }
    }

    fn add_block(&mut self, old: Block) {
        let new = self.b.block();
        self.blocks.insert(old, new);
        for param in &self.part.old.block(old).params {
            let ty = self.part.old.ty(*param);
            let value = self.b.function.add_block_param(new, ty);
            if !self.part.crossing.contains(param) {
                self.values.insert(*param, value);
            }
        }
    }

    fn begin(&mut self, old: Block) {
        let new = self.blocks[&old];
        self.b.switch_to(new);
        let params = self.b.function.block(new).params.clone();
        for (param, value) in self.part.old.block(old).params.iter().zip(params) {
            self.define(*param, value);
        }
        if let Some((old, new)) = self.late.remove(&old) {
            self.define(old, new);
        }
    }

    fn instructions(&mut self, old: Block) {
        for inst in &self.part.old.block(old).insts {
            self.instruction(old, *inst);
        }
    }

    fn instruction(&mut self, block: Block, inst: Inst) {
        let old = self.part.old;
        let data = old.inst(inst);
        let args: Vec<Value> = data.args.iter().map(|arg| self.read(*arg)).collect();
        self.b.loc = data.loc;
        let ty = data.result.map(|result| old.ty(result));
        let new = self.b.emit_typed(data.op, &args, data.imm.clone(), ty);
        let (Some(from), Some(to)) = (data.result, self.b.function.inst(new).result) else { return };
        if let (true, Some(Terminator::Exit { next, .. })) =
            (old.block(block).insts.last() == Some(&inst), &old.block(block).terminator)
            && self.part.crossing.contains(&from)
        {
            self.late.insert(next.block, (from, to));
        } else {
            self.define(from, to);
        }
    }

    fn terminator(&mut self, block: Block) {
        let data = self.part.old.block(block);
        self.b.loc = data.loc;
        // What is read may need instructions, which can not follow one that throws; such values are read before.
        let new = match data.terminator.as_ref().expect("the block has ended") {
            Terminator::Jump(to) => Terminator::Jump(self.call(to)),
            Terminator::Branch { cond, then, otherwise } => {
                let cond = self.read(*cond);
                Terminator::Branch { cond, then: self.call(then), otherwise: self.call(otherwise) }
            }
            Terminator::Exit { next, exit } => {
                Terminator::Exit { next: self.call(next), exit: self.call(exit) }
            }
            Terminator::Return(value) => Terminator::Return(self.read(*value)),
            Terminator::Throw { value, handler } => {
                let value = self.read(*value);
                Terminator::Throw { value, handler: handler.as_ref().map(|to| self.call(to)) }
            }
            Terminator::Unreachable => Terminator::Unreachable,
        };
        self.b.terminate(new);
    }

    fn call(&mut self, to: &BlockCall) -> BlockCall {
        let args = to.args.iter().map(|arg| self.read(*arg)).collect();
        BlockCall { block: self.blocks[&to.block], args }
    }

    /// Jumps to the entry whose point has the state; `first` is the number of the first of them.
    fn dispatch(&mut self, state: Value, first: usize, entries: &[Block]) {
        if let [only] = entries {
            self.b.jump(*only);
            return;
        }
        let middle = if entries.len() <= LINEAR { 1 } else { entries.len() / 2 };
        let bound = self.number(f64::from(self.part.points[first + middle].state & !3));
        let below = self.emit(Op::NumLt, &[state, bound], Imm::None);
        let (low, high) = (self.b.block(), self.b.block());
        self.b.branch(below, low, high);
        for (block, first, entries) in
            [(low, first, &entries[..middle]), (high, first + middle, &entries[middle..])]
        {
            self.b.seal(block);
            self.b.switch_to(block);
            self.dispatch(state, first, entries);
        }
    }

    fn finish(mut self, order: &[Block]) -> Function {
        for block in order {
            let new = self.blocks[block];
            self.b.seal(new);
        }
        self.b.finish()
    }
}

/// Whether a function suspends.
pub fn suspends(f: &Function) -> bool {
    f.blocks.iter().flat_map(|b| &b.insts).any(|inst| f.inst(*inst).op == Op::Yield)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::ValueDef;
    use crate::verify::verify;

    /// A loop with a suspension in it: a counter, a boolean and a parameter are live across it.
    #[test]
    fn a_loop_goes_on_where_it_was() {
        let mut module = Module::default();
        module.functions.push(Function::new(
            None,
            Signature { params: vec![], result: Type::Val },
            crate::types::SourceLoc::UNKNOWN,
        ));
        module.entry = Some(FuncId(0));
        let params =
            [ParamKind::Callee, ParamKind::Arg(0)].map(|kind| Param { kind, ty: Type::Val }).to_vec();
        let function =
            Function::new(None, Signature { params, result: Type::Val }, crate::types::SourceLoc::UNKNOWN);
        let mut b = FunctionBuilder::new(function);
        let argument = b.function.block(Function::ENTRY).params[1];
        let counter = b.variable();
        let emit = |b: &mut FunctionBuilder, op, args: &[Value], imm| {
            b.emit(&module, op, args, imm).expect("a result")
        };
        let zero = emit(&mut b, Op::Const, &[], Imm::Const(Const::Number(0.0)));
        let truth = emit(&mut b, Op::ToBool, &[argument], Imm::None);
        emit(&mut b, Op::Yield, &[zero], Imm::Index(Suspend::Start as u32));
        b.define(counter, zero);
        let (head, body, end) = (b.block(), b.block(), b.block());
        b.jump(head);
        b.switch_to(head);
        let now = b.read(counter);
        let more = emit(&mut b, Op::Lt, &[now, argument], Imm::None);
        b.branch(more, body, end);
        b.seal(body);
        b.switch_to(body);
        let now = b.read(counter);
        let sent = emit(&mut b, Op::Yield, &[now], Imm::Index(Suspend::Yield as u32));
        let next = emit(&mut b, Op::Add, &[now, sent], Imm::None);
        b.define(counter, next);
        b.branch(truth, head, end);
        b.seal(head);
        b.seal(end);
        b.switch_to(end);
        let last = b.read(counter);
        b.terminate(Terminator::Return(last));
        module.functions[0] = {
            let mut entry = FunctionBuilder::new(module.functions[0].clone());
            entry.terminate(Terminator::Unreachable);
            entry.finish()
        };
        module.functions.push(b.finish());
        let captures = split(&mut module, FuncId(1), 0);
        verify(&module).expect("both parts are well-formed");
        assert_eq!(module.functions.len(), 3);
        assert_eq!(captures, FIRST_SAVED + 3);
        assert!(module.functions.iter().all(|f| !suspends(f)));
        assert!(matches!(module.functions[1].values[0].def, ValueDef::Param(..)));
    }
}
