//! One function: blocks, values, roots, the stack check, exceptions.
use super::roots::{Roots, is_cold, is_safepoint};
use super::{ConstRef, Context, Error, StackCheck, register, wide};
use crate::unit::{Body, SymbolId};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, BlockArg, ExternalName, GlobalValueData, InstBuilder, MemFlagsData, Signature, UserExternalName,
    UserFuncName, types,
};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use jerboa_abi::entry::{Entry, ParamType, ResultType, symbol};
use jerboa_abi::value::{EXCEPTION, UNDEFINED, from_site};
use jerboa_ir::passes::kind::Kind;
use jerboa_ir::passes::shapes::Field;
use jerboa_ir::{
    Block, BlockCall, FuncId, Function, Imm, Inst, InstData, Op, ParamKind, Terminator, Type, Value, ValueDef,
};
use std::collections::HashMap;

/// Words of the tagged stack that a frame takes at least where only that stack bounds recursion: see
/// [`StackCheck::Limit`].
const LEAST_FRAME: u32 = 2;

/// Words of the tagged stack that a function may use without looking whether they are free: the reserve covers them.
const LEAF_WORDS: u32 = 16;

/// Whether a function calls another without going through the runtime, which would look at the stack.
fn calls_directly(f: &Function) -> bool {
    f.blocks.iter().flat_map(|b| &b.insts).any(|i| f.inst(*i).op == Op::CallDirect)
}

/// Whether the first word of a function's frame is its call site.
fn keeps_site(cx: &Context<'_>, id: FuncId) -> bool {
    cx.image.is_traced() && cx.facts.throws[id.index()]
}

/// Lowers the body of a function.
pub fn lower_body(cx: &mut Context<'_>, id: FuncId) -> Body {
    let (symbol, signature) = cx.body(id);
    let f = cx.module.function(id);
    let least = if cx.target.stack_check == StackCheck::Limit && calls_directly(f) { LEAST_FRAME } else { 0 };
    let roots = Roots::compute(cx.module, f, least, u32::from(keeps_site(cx, id)));
    let mut func = ir::Function::with_name_signature(UserFuncName::user(0, symbol.0), signature);
    let mut builder_context = FunctionBuilderContext::new();
    let mut lower = Lower::new(cx, id, f, roots, FunctionBuilder::new(&mut func, &mut builder_context));
    lower.run();
    lower.b.seal_all_blocks();
    let config = lower.cx.target.frontend_config();
    lower.b.finalize(config);
    Body { symbol, func }
}

/// Lowers the windowed entry of a function: loads the parameters from the window and calls the body.
pub fn lower_windowed(cx: &mut Context<'_>, id: FuncId) -> Result<Body, Error> {
    let f = cx.module.function(id);
    if f.signature.params.iter().any(|p| p.ty != Type::Val) {
        return Err(Error::UnboxedParameter(id));
    }
    let (symbol, signature) = cx.windowed(id);
    let mut func = ir::Function::with_name_signature(UserFuncName::user(0, symbol.0), signature);
    let mut builder_context = FunctionBuilderContext::new();
    let roots = Roots::compute(cx.module, f, 0, 0);
    let mut lower = Lower::new(cx, id, f, roots, FunctionBuilder::new(&mut func, &mut builder_context));
    lower.run_windowed();
    lower.b.seal_all_blocks();
    let config = lower.cx.target.frontend_config();
    lower.b.finalize(config);
    Ok(Body { symbol, func })
}

/// The state while one function is lowered.
pub struct Lower<'a, 'c, 'b> {
    pub cx: &'a mut Context<'c>,
    pub b: FunctionBuilder<'b>,
    pub f: &'a Function,
    id: FuncId,
    roots: Roots,
    blocks: Vec<ir::Block>,
    values: Vec<Option<ir::Value>>,
    /// Rooted values that are in a register here: none has crossed a safepoint.
    fresh: HashMap<Value, ir::Value>,
    sp: Option<ir::Value>,
    /// Where an exception leaves the function.
    leave: Option<ir::Block>,
    functions: HashMap<SymbolId, ir::FuncRef>,
    data: HashMap<(SymbolId, i32), ir::GlobalValue>,
    /// How often each value is used.
    pub uses: Vec<u32>,
    /// What is known of arrays.
    pub views: super::arrays::Views,
    /// Where the elements of typed arrays are, see [`super::typed`].
    pub typed_views: super::typed::TypedViews,
    /// The instruction being lowered.
    current: Option<Inst>,
    /// The exit edge that the instruction being lowered has, if it is the last one before an `exit`.
    exit: Option<BlockCall>,
}

impl<'a, 'c, 'b> Lower<'a, 'c, 'b> {
    fn new(
        cx: &'a mut Context<'c>,
        id: FuncId,
        f: &'a Function,
        roots: Roots,
        b: FunctionBuilder<'b>,
    ) -> Lower<'a, 'c, 'b> {
        Lower {
            cx,
            b,
            f,
            id,
            roots,
            blocks: Vec::new(),
            values: vec![None; f.values.len()],
            fresh: HashMap::new(),
            sp: None,
            leave: None,
            functions: HashMap::new(),
            data: HashMap::new(),
            uses: f.count_uses(),
            views: super::arrays::Views::new(),
            typed_views: super::typed::TypedViews::new(),
            current: None,
            exit: None,
        }
    }

    fn run(&mut self) {
        let order = jerboa_ir::passes::dominators::reverse_postorder(self.f);
        let start = self.b.create_block();
        self.b.append_block_params_for_function_params(start);
        self.blocks = (0..self.f.blocks.len()).map(|_| self.b.create_block()).collect();
        for block in &order {
            if *block == Function::ENTRY {
                continue;
            }
            for param in &self.f.block(*block).params {
                let value =
                    self.b.append_block_param(self.blocks[block.index()], register(self.f.ty(*param)));
                self.values[param.index()] = Some(value);
            }
        }
        self.b.switch_to_block(start);
        let params = self.b.block_params(start).to_vec();
        self.sp = Some(params[0]);
        self.check_stack();
        self.take_fuel();
        for (param, value) in self.f.block(Function::ENTRY).params.iter().zip(&params[1..]) {
            let value = if self.f.ty(*param) == Type::Bool {
                self.b.ins().ireduce(types::I8, *value)
            } else {
                *value
            };
            self.values[param.index()] = Some(value);
        }
        self.declare_views();
        self.declare_typed_views();
        self.end_views();
        let entry = self.blocks[0];
        self.b.ins().jump(entry, &[]);
        let loops = self.loop_headers(&order);
        for block in order {
            self.block(block, loops[block.index()]);
        }
        if let Some(leave) = self.leave {
            self.b.switch_to_block(leave);
            self.return_exception();
        }
    }

    fn run_windowed(&mut self) {
        let start = self.b.create_block();
        self.b.append_block_params_for_function_params(start);
        self.b.switch_to_block(start);
        let (sp, window) = (self.b.block_params(start)[0], self.b.block_params(start)[1]);
        self.sp = Some(sp);
        let arity =
            self.f.signature.params.iter().filter(|p| matches!(p.kind, ParamKind::Arg(_))).count() as i32;
        let has = |kind: fn(&ParamKind) -> bool| self.f.signature.params.iter().any(|p| kind(&p.kind));
        let rest = i32::from(has(|k| matches!(k, ParamKind::Rest(_))));
        let arguments = i32::from(has(|k| matches!(k, ParamKind::Arguments)));
        let mut args = vec![sp];
        for param in &self.f.signature.params {
            let word = match param.kind {
                ParamKind::Callee => 0,
                ParamKind::This => 1,
                ParamKind::Arg(n) => 2 + n as i32,
                ParamKind::Rest(_) => 2 + arity,
                ParamKind::Arguments => 2 + arity + rest,
                ParamKind::NewTarget => 2 + arity + rest + arguments,
            };
            args.push(self.b.ins().load(types::I32, MemFlagsData::trusted(), window, word * 4));
        }
        let (body, signature) = self.cx.body(self.id);
        let results = self.call(body, &signature, &args);
        let throws = self.cx.facts.throws[self.id.index()];
        let result = match self.f.signature.result {
            Type::Val => results[0],
            Type::I32 => {
                if throws {
                    self.leave_if(results[1]);
                }
                self.box_i32(results[0])
            }
            Type::F64 => {
                if throws {
                    let thrown = self.call_entry(Entry::Thrown, &[]);
                    self.leave_if(thrown[0]);
                }
                let boxed = self.call_entry(Entry::BoxF64, &[sp, results[0]]);
                boxed[0]
            }
            Type::Bool => {
                if throws {
                    let two = self.b.ins().icmp_imm_s(IntCC::Equal, results[0], 2);
                    self.leave_if(two);
                }
                self.box_bool_word(results[0])
            }
        };
        self.b.ins().return_(&[result]);
        if let Some(leave) = self.leave {
            self.b.switch_to_block(leave);
            let exception = self.word(EXCEPTION);
            self.b.ins().return_(&[exception]);
        }
    }

    fn check_stack(&mut self) {
        let window = self.f.insts.iter().map(|i| i.args.len() + 2).max().unwrap_or(0) as u32;
        let words = self.roots.count + window;
        if !calls_directly(self.f) && words <= LEAF_WORDS {
            return;
        }
        let sp = self.stack_pointer();
        let full = match self.cx.target.stack_check {
            StackCheck::Facing { reserve, .. } => {
                let machine = self.b.ins().get_stack_pointer(self.cx.target.pointer);
                let room = self.b.ins().isub(machine, sp);
                let need = i64::from(reserve) + i64::from(words) * 4;
                // Signed: a large frame may have passed the other stack's top already.
                self.b.ins().icmp_imm_s(IntCC::SignedLessThan, room, need)
            }
            StackCheck::Limit => {
                let address = self.data_address(symbol::STACK_LIMIT, 0);
                let limit = self.b.ins().load(self.cx.target.pointer, MemFlagsData::trusted(), address, 0);
                let end = self.b.ins().iadd_imm_s(sp, i64::from(words) * 4);
                self.b.ins().icmp(IntCC::UnsignedGreaterThan, end, limit)
            }
        };
        let overflow = self.b.create_block();
        let go_on = self.b.create_block();
        self.b.set_cold_block(overflow);
        self.b.ins().brif(full, overflow, &[], go_on, &[]);
        self.b.switch_to_block(overflow);
        self.call_entry(Entry::StackOverflow, &[sp]);
        self.return_exception();
        self.b.switch_to_block(go_on);
    }

    fn block(&mut self, block: Block, is_loop: bool) {
        self.b.switch_to_block(self.blocks[block.index()]);
        self.fresh.clear();
        for param in self.f.block(block).params.clone() {
            let value = self.values[param.index()].expect("parameters have values");
            self.define(param, value);
        }
        if is_loop {
            self.take_fuel();
        }
        let data = self.f.block(block);
        let condition = self.branch_condition(&data.insts, data.terminator.as_ref());
        for (i, inst) in data.insts.iter().enumerate() {
            let last = i + 1 == data.insts.len();
            self.exit = match &data.terminator {
                Some(Terminator::Exit { exit, .. }) if last => Some(exit.clone()),
                _ => None,
            };
            self.current = Some(*inst);
            self.clear_stale(*inst);
            if let (true, Some(condition), Some(Terminator::Branch { then, otherwise, .. })) =
                (last, condition, &data.terminator)
            {
                self.branch_on(condition, then, otherwise);
                self.current = None;
                return;
            }
            self.inst(self.f.inst(*inst));
        }
        self.current = None;
        self.terminator(data.terminator.as_ref());
    }

    /// The blocks that an edge leads back to.
    fn loop_headers(&self, order: &[Block]) -> Vec<bool> {
        let mut headers = vec![false; self.f.blocks.len()];
        let mut seen = vec![false; self.f.blocks.len()];
        for block in order {
            seen[block.index()] = true;
            for call in self.f.block(*block).terminator.iter().flat_map(|t| t.successors()) {
                headers[call.block.index()] |= seen[call.block.index()];
            }
        }
        headers
    }

    /// Takes a unit of fuel where the program has a limit, and leaves the function if there is none. No handler of the
    /// program gets to know.
    fn take_fuel(&mut self) {
        if self.cx.target.fuel.is_none() {
            return;
        }
        let address = self.data_address(symbol::FUEL, 0);
        let left = self.b.ins().load(types::I32, MemFlagsData::trusted(), address, 0);
        let (stop, go_on) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(stop);
        self.b.ins().brif(left, go_on, &[], stop, &[]);
        self.b.switch_to_block(stop);
        self.call_entry(Entry::OutOfFuel, &[]);
        let leave = self.leave_block();
        self.b.ins().jump(leave, &[]);
        self.b.switch_to_block(go_on);
        let left = self.b.ins().iadd_imm_s(left, -1);
        self.b.ins().store(MemFlagsData::trusted(), left, address, 0);
    }

    /// At the start of a handler, where the program has a limit: leaves the function if the program is being stopped.
    pub fn leave_if_stopped(&mut self) {
        if self.cx.target.fuel.is_none() {
            return;
        }
        let stopped = self.call_entry(Entry::Stopped, &[])[0];
        let (leave, go_on) = (self.leave_block(), self.b.create_block());
        self.b.ins().brif(stopped, leave, &[], go_on, &[]);
        self.b.switch_to_block(go_on);
    }

    /// The block in which an exception leaves the function.
    fn leave_block(&mut self) -> ir::Block {
        match self.leave {
            Some(leave) => leave,
            None => {
                let leave = self.b.create_block();
                self.b.set_cold_block(leave);
                *self.leave.insert(leave)
            }
        }
    }

    /// Clears the slots that must not be seen as they are.
    fn clear_stale(&mut self, inst: Inst) {
        if !is_cold(self.f.inst(inst).op) {
            self.clear_slots(inst);
        }
    }

    /// The first thing on a slow path that may collect while the op's other path does not.
    pub fn enter_slow_path(&mut self) {
        if let Some(inst) = self.current.filter(|inst| is_cold(self.f.inst(*inst).op)) {
            self.clear_slots(inst);
        }
    }

    fn clear_slots(&mut self, inst: Inst) {
        let slots = self.roots.stale(inst).to_vec();
        if !slots.is_empty() {
            let undefined = self.word(UNDEFINED);
            for slot in slots {
                self.store_slot(slot, undefined);
            }
        }
    }

    fn inst(&mut self, inst: &InstData) {
        let ends = self.arrays(inst)
            || self.arithmetic(inst)
            || self.objects(inst)
            || self.strings(inst)
            || self.typed(inst)
            || self.calls(inst);
        assert!(ends, "no lowering for {:?}", inst.op);
    }

    fn terminator(&mut self, terminator: Option<&Terminator>) {
        match terminator {
            Some(Terminator::Jump(target) | Terminator::Exit { next: target, .. }) => {
                let (block, args) = self.target(target);
                self.b.ins().jump(block, &args);
            }
            Some(Terminator::Branch { cond, then, otherwise }) => {
                let cond = self.read(*cond);
                let (then, then_args) = self.target(then);
                let (otherwise, otherwise_args) = self.target(otherwise);
                self.b.ins().brif(cond, then, &then_args, otherwise, &otherwise_args);
            }
            Some(Terminator::Return(value)) => {
                let mut value = self.read(*value);
                if self.f.signature.result == Type::Bool {
                    value = self.b.ins().uextend(types::I32, value);
                }
                if self.f.signature.result == Type::I32 && self.cx.facts.throws[self.id.index()] {
                    let zero = self.b.ins().iconst(types::I32, 0);
                    self.b.ins().return_(&[value, zero]);
                } else {
                    self.b.ins().return_(&[value]);
                }
            }
            Some(Terminator::Throw { value, handler }) => {
                let value = self.read(*value);
                self.call_entry(Entry::Throw, &[value]);
                match handler {
                    Some(handler) => {
                        let (block, args) = self.target(handler);
                        self.b.ins().jump(block, &args);
                    }
                    None => self.return_exception(),
                }
            }
            Some(Terminator::Unreachable) | None => {
                self.b.ins().trap(ir::TrapCode::unwrap_user(1));
            }
        }
    }

    /// CLIF block and arguments of an edge.
    pub fn target(&mut self, call: &BlockCall) -> (ir::Block, Vec<BlockArg>) {
        let args = call.args.iter().map(|a| BlockArg::Value(self.read(*a))).collect();
        (self.blocks[call.block.index()], args)
    }

    /// Returns from the function with an exception pending.
    fn return_exception(&mut self) {
        let values = match self.f.signature.result {
            Type::Val => vec![self.word(EXCEPTION)],
            Type::I32 => {
                let one = self.b.ins().iconst(types::I32, 1);
                vec![one, one]
            }
            Type::F64 => vec![self.b.ins().f64const(0.0)],
            Type::Bool => vec![self.b.ins().iconst(types::I32, 2)],
        };
        self.b.ins().return_(&values);
    }

    /// Goes to the handler, or leaves the function, if the condition holds; continues otherwise.
    pub fn leave_if(&mut self, thrown: ir::Value) {
        let (block, args) = match self.exit.clone() {
            Some(exit) => self.target(&exit),
            None => (self.leave_block(), Vec::new()),
        };
        let go_on = self.b.create_block();
        self.b.ins().brif(thrown, block, &args, go_on, &[]);
        self.b.switch_to_block(go_on);
    }

    /// Leaves if a `val` result says that its producer threw.
    pub fn check_val(&mut self, value: ir::Value) {
        let thrown = self.b.ins().icmp_imm_s(IntCC::Equal, value, i64::from(EXCEPTION));
        self.leave_if(thrown);
    }

    /// The tagged stack's top as this function got it.
    pub fn stack_pointer(&self) -> ir::Value {
        self.sp.expect("set at the start")
    }

    /// The tagged stack's top for what the current instruction calls: behind the slots that are live across it.
    pub fn top(&mut self, more: u32) -> ir::Value {
        let depth = self.current.map_or(0, |inst| self.roots.depth(inst));
        let sp = self.stack_pointer();
        if depth + more == 0 { sp } else { self.b.ins().iadd_imm_s(sp, i64::from(depth + more) * 4) }
    }

    /// Byte offset from the function's `sp` of word `index` behind the live slots: where windows are built.
    fn window_offset(&self, index: usize) -> i32 {
        (self.current.map_or(0, |inst| self.roots.depth(inst)) as i32 + index as i32) * 4
    }

    /// Puts words behind the live slots; returns the `top` behind them.
    pub fn push_window(&mut self, words: &[ir::Value]) -> ir::Value {
        let sp = self.stack_pointer();
        for (i, word) in words.iter().enumerate() {
            let offset = self.window_offset(i);
            self.b.ins().store(MemFlagsData::trusted(), *word, sp, offset);
        }
        self.top(words.len() as u32)
    }

    fn store_slot(&mut self, slot: u32, value: ir::Value) {
        let sp = self.stack_pointer();
        self.b.ins().store(MemFlagsData::trusted(), value, sp, slot as i32 * 4);
    }

    /// Records the value of an SSA value, in its slot too if it is rooted.
    pub fn define(&mut self, value: Value, to: ir::Value) {
        match self.roots.slot(value) {
            Some(slot) => {
                self.store_slot(slot, to);
                self.fresh.insert(value, to);
            }
            None => self.values[value.index()] = Some(to),
        }
        self.end_view_of(value);
    }

    /// Records the result of the current instruction.
    pub fn define_result(&mut self, inst: &InstData, to: ir::Value) {
        if let Some(result) = inst.result {
            self.define(result, to);
        }
    }

    /// An SSA value in a register. Constants are made anew at each use, so that they never live across calls.
    pub fn read(&mut self, value: Value) -> ir::Value {
        if let Some(constant) = self.constant_of(value) {
            return self.constant(constant);
        }
        match self.roots.slot(value) {
            Some(slot) => match self.fresh.get(&value) {
                Some(v) => *v,
                None => {
                    let sp = self.stack_pointer();
                    let loaded = self.b.ins().load(types::I32, MemFlagsData::trusted(), sp, slot as i32 * 4);
                    self.fresh.insert(value, loaded);
                    loaded
                }
            },
            None => self.values[value.index()].expect("defined before use"),
        }
    }

    /// The constant that a value is, if it is one.
    pub fn constant_of(&self, value: Value) -> Option<ConstRef> {
        let ValueDef::Result(number) = self.f.values[value.index()].def else { return None };
        let inst = self.f.inst(number);
        match (inst.op, &inst.imm) {
            (Op::Builtin, _) if self.cx.image.is_unused_builtin(self.id, number) => {
                Some(ConstRef::Word(UNDEFINED))
            }
            (Op::Const, Imm::Const(c)) => Some(self.cx.image.constant(*c)),
            (Op::Builtin, Imm::Builtin(b)) => Some(self.cx.image.builtin(*b)),
            (Op::Closure, Imm::Func(callee))
                if super::roots::is_static_closure(self.cx.module.function(*callee)) =>
            {
                Some(ConstRef::Offset(self.cx.image.function(*callee)))
            }
            (Op::GetProp, _) => self.fixed_member(inst),
            _ => None,
        }
    }

    /// The native function that a `get_prop` of a built-in object finds in any case.
    pub fn fixed_member(&self, inst: &InstData) -> Option<ConstRef> {
        let ValueDef::Result(number) = self.f.values[inst.result?.index()].def else { return None };
        self.cx.image.member(self.function_id(), number)
    }

    /// The instruction that a value is the result of.
    pub fn definition(&self, value: Value) -> Option<&'a InstData> {
        self.f.definition(value)
    }

    /// What is known of a value at the current instruction.
    pub fn kind(&self, value: Value) -> Kind {
        self.cx.kinds.kind(self.id, value)
    }

    /// The word of a constant.
    pub fn constant(&mut self, constant: ConstRef) -> ir::Value {
        match constant {
            ConstRef::Word(word) => self.word(word),
            ConstRef::Offset(offset) => {
                let address = self.data_address(symbol::IMAGE, offset as i32);
                self.address_to_word(address)
            }
        }
    }

    /// A word as an immediate.
    pub fn word(&mut self, word: u32) -> ir::Value {
        self.b.ins().iconst(types::I32, i64::from(word as i32))
    }

    /// Forgets the registers of rooted values: what they refer to may have moved.
    pub fn cross_safepoint(&mut self) {
        self.fresh.clear();
    }

    /// Two ways to one place: `fast` without a safepoint, then `slow`, which crosses one and begins where `fast` jumps when
    /// it does not apply. Each gives the result, if there is one. What lives in registers stays there on the fast way; the
    /// slow one reads it anew.
    pub fn with_slow_way(
        &mut self,
        has_result: bool,
        fast: impl FnOnce(&mut Self, ir::Block) -> Option<ir::Value>,
        slow: impl FnOnce(&mut Self) -> Option<ir::Value>,
    ) -> Option<ir::Value> {
        let cold = self.b.create_block();
        self.b.set_cold_block(cold);
        let join = self.b.create_block();
        let known = self.fresh.clone();
        let live = self.current.map_or(&[][..], |inst| self.roots.live(inst));
        let is_kept = |v: &Value| known.contains_key(v) && self.constant_of(*v).is_none();
        let kept: Vec<Value> = live.iter().copied().filter(is_kept).collect();
        let result = fast(self, cold);
        let args = |result: Option<ir::Value>, fresh: &HashMap<Value, ir::Value>| -> Vec<BlockArg> {
            result.into_iter().chain(kept.iter().map(|v| fresh[v])).map(BlockArg::Value).collect()
        };
        let fast_args = args(result, &known);
        self.b.ins().jump(join, &fast_args);
        self.b.switch_to_block(cold);
        let result = slow(self);
        for value in &kept {
            self.read(*value);
        }
        let slow_args = args(result, &self.fresh);
        self.b.ins().jump(join, &slow_args);
        self.b.switch_to_block(join);
        let result = has_result.then(|| self.b.append_block_param(join, types::I32));
        self.fresh.clear();
        for value in &kept {
            let param = self.b.append_block_param(join, types::I32);
            self.fresh.insert(*value, param);
        }
        result
    }

    /// The registers of rooted values, to be put back where control flow rejoins without having crossed a safepoint.
    pub fn take_fresh(&mut self) -> HashMap<Value, ir::Value> {
        std::mem::take(&mut self.fresh)
    }

    /// A copy of the registers of rooted values, to be put back on a path that leaves here, too.
    pub fn fresh_values(&self) -> HashMap<Value, ir::Value> {
        self.fresh.clone()
    }

    /// See [`Self::take_fresh`].
    pub fn set_fresh(&mut self, fresh: HashMap<Value, ir::Value>) {
        self.fresh = fresh;
    }

    /// Where the current instruction probably finds its property.
    pub fn field(&self) -> Option<Field> {
        self.cx.image.field(self.id, self.current?)
    }

    /// The function being lowered.
    pub fn function_id(&self) -> FuncId {
        self.id
    }

    /// The machine address that a pointer word stands for.
    pub fn address(&mut self, word: ir::Value) -> ir::Value {
        if self.cx.target.pointer == types::I32 { word } else { self.b.ins().uextend(types::I64, word) }
    }

    fn address_to_word(&mut self, address: ir::Value) -> ir::Value {
        if self.cx.target.pointer == types::I32 { address } else { self.b.ins().ireduce(types::I32, address) }
    }

    /// Address of a datum of the runtime plus an offset in bytes.
    pub fn data_address(&mut self, name: &str, offset: i32) -> ir::Value {
        let symbol = self.cx.data(name);
        let global = match self.data.get(&(symbol, offset)) {
            Some(global) => *global,
            None => {
                let name = self
                    .b
                    .func
                    .declare_imported_user_function(UserExternalName { namespace: 0, index: symbol.0 });
                let global = self.b.func.create_global_value(GlobalValueData::Symbol {
                    name: ExternalName::user(name),
                    offset: i64::from(offset).into(),
                    colocated: true,
                    tls: false,
                });
                self.data.insert((symbol, offset), global);
                global
            }
        };
        self.b.ins().symbol_value(self.cx.target.pointer, global)
    }

    /// Calls a symbol.
    pub fn call(&mut self, symbol: SymbolId, signature: &Signature, args: &[ir::Value]) -> Vec<ir::Value> {
        let callee = match self.functions.get(&symbol) {
            Some(callee) => *callee,
            None => {
                let signature = self.b.import_signature(signature.clone());
                let name = self
                    .b
                    .func
                    .declare_imported_user_function(UserExternalName { namespace: 0, index: symbol.0 });
                let callee = self.b.import_function(ir::ExtFuncData {
                    name: ExternalName::user(name),
                    signature,
                    colocated: true,
                    patchable: false,
                });
                self.functions.insert(symbol, callee);
                callee
            }
        };
        let call = self.b.ins().call(callee, args);
        self.b.inst_results(call).to_vec()
    }

    /// Keeps the call site of the current instruction, where the program can look at stacks.
    pub fn keep_site(&mut self) {
        let Some(inst) = self.current else { return };
        let Some(site) = self.cx.image.site(self.id, self.f.inst(inst).loc) else { return };
        // The image could not be built with more.
        let word = from_site(site).expect("a number of a site is in range");
        let word = self.word(word);
        self.store_slot(0, word);
    }

    /// Calls a runtime entry; the caller checks for exceptions.
    pub fn call_entry(&mut self, entry: Entry, args: &[ir::Value]) -> Vec<ir::Value> {
        if matches!(entry.params().first(), Some(ParamType::sp | ParamType::top)) {
            self.keep_site();
        }
        let (symbol, signature) = self.cx.entry(entry);
        self.call(symbol, &signature, args)
    }

    /// Calls a runtime entry for the current instruction: the `sp` (if the entry wants one) and then `args`; crosses the
    /// safepoint if the op is one, and leaves if it threw. The result, if any, is as the entry returns it, but a
    /// `truth` is a CLIF boolean.
    pub fn entry_checked(&mut self, entry: Entry, args: &[ir::Value]) -> Option<ir::Value> {
        let results = if entry.params().first() == Some(&ParamType::sp) {
            let mut all = vec![self.top(0)];
            all.extend(args);
            self.call_entry(entry, &all)
        } else {
            self.call_entry(entry, args)
        };
        if self.current.is_some_and(|inst| is_safepoint(self.f.inst(inst).op)) {
            self.cross_safepoint();
            self.end_views();
        }
        let result = results.first().copied();
        match (entry.result(), result) {
            (ResultType::val, Some(value)) => self.check_val(value),
            (ResultType::status, Some(value)) => self.leave_if(value),
            (ResultType::truth, Some(value)) => {
                let thrown = self.b.ins().icmp_imm_s(IntCC::Equal, value, 2);
                self.leave_if(thrown);
            }
            _ => {}
        }
        match (entry.result(), result) {
            (ResultType::truth | ResultType::bool, Some(value)) => {
                Some(self.b.ins().ireduce(types::I8, value))
            }
            (ResultType::status, _) => None,
            (_, result) => result,
        }
    }

    /// Widened result or parameter of type bool etc. as the register type.
    pub fn narrow(&mut self, ty: Type, value: ir::Value) -> ir::Value {
        if ty == Type::Bool { self.b.ins().ireduce(types::I8, value) } else { value }
    }

    /// A register as a parameter.
    pub fn widen(&mut self, ty: Type, value: ir::Value) -> ir::Value {
        if ty == Type::Bool { self.b.ins().uextend(wide(ty), value) } else { value }
    }
}
