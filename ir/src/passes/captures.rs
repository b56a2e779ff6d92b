//! Bounds the number of captured values of a closure, whose size an image states in few bits.
//!
//! What is beyond the bound moves to *annexes*: closures that nobody calls, which are captured themselves. Runs before any other pass,
//! while a function gets at captured values through its own closure only.
use crate::builder::FunctionBuilder;
use crate::module::{Const, Function, Imm, Module, ParamKind, Signature};
use crate::op::{Op, Terminator};
use crate::types::{FuncId, Inst, SourceLoc, Type, Value};

/// The most captured values of a closure.
const MAX_CAPTURES: u32 = 60;

/// How a function's captured values are distributed.
#[derive(Clone)]
struct Layout {
    /// The first ones stay.
    direct: u32,
    /// Functions of the annexes, which are captured behind them.
    annexes: Vec<FuncId>,
}

/// Where a captured value is.
enum Place {
    Direct,
    /// Number of the annex, and position in it.
    Annex(u32, u32),
}

impl Layout {
    fn place(&self, position: u32) -> Place {
        match position.checked_sub(self.direct) {
            None => Place::Direct,
            Some(rest) => Place::Annex(rest / MAX_CAPTURES, rest % MAX_CAPTURES),
        }
    }
}

/// Gives annexes to the closures that need some.
pub fn run(module: &mut Module) {
    let mut layouts: Vec<Option<Layout>> = Vec::new();
    for i in 0..module.functions.len() {
        let captures = module.functions[i].captures;
        layouts.push((captures > MAX_CAPTURES).then(|| lay_out(module, captures)));
    }
    if layouts.iter().all(Option::is_none) {
        return;
    }
    layouts.resize(module.functions.len(), None);
    for (i, function) in module.functions.iter_mut().enumerate() {
        let own = layouts[i].clone();
        if let Some(layout) = &own {
            function.captures = layout.direct + layout.annexes.len() as u32;
        }
        for b in 0..function.blocks.len() {
            let insts = std::mem::take(&mut function.blocks[b].insts);
            let mut out = Vec::with_capacity(insts.len());
            for inst in insts {
                match (function.inst(inst).op, &function.inst(inst).imm) {
                    (Op::Closure, Imm::Func(callee)) => {
                        if let Some(layout) = &layouts[callee.index()] {
                            fill_annexes(function, inst, layout, &mut out);
                        }
                    }
                    (Op::LoadCapture | Op::StoreCapture, Imm::Index(position)) => {
                        if let Some(layout) = &own
                            && let Place::Annex(annex, position) = layout.place(*position)
                        {
                            redirect(function, inst, layout.direct + annex, position, &mut out);
                        }
                    }
                    _ => {}
                }
                out.push(inst);
            }
            function.blocks[b].insts = out;
        }
    }
}

/// Adds the functions of the annexes that so many captured values need.
fn lay_out(module: &mut Module, captures: u32) -> Layout {
    let count = (1..).find(|n| MAX_CAPTURES - n + n * MAX_CAPTURES >= captures).expect("each one adds room");
    let direct = MAX_CAPTURES - count;
    let mut rest = captures - direct;
    let mut annexes = Vec::new();
    for _ in 0..count {
        let own = rest.min(MAX_CAPTURES);
        rest -= own;
        annexes.push(FuncId(module.functions.len() as u32));
        let function = annex(module, own);
        module.functions.push(function);
    }
    Layout { direct, annexes }
}

/// A function that nobody calls.
fn annex(module: &Module, captures: u32) -> Function {
    let mut function =
        Function::new(None, Signature { params: Vec::new(), result: Type::Val }, SourceLoc::UNKNOWN);
    function.captures = captures;
    let mut b = FunctionBuilder::new(function);
    let undefined =
        b.emit(module, Op::Const, &[], Imm::Const(Const::Undefined)).expect("a constant has a result");
    b.terminate(Terminator::Return(undefined));
    b.finish()
}

/// Makes the annexes of a closure in front of it, and captures them.
fn fill_annexes(function: &mut Function, closure: Inst, layout: &Layout, out: &mut Vec<Inst>) {
    let (args, loc) = (function.inst(closure).args.clone(), function.inst(closure).loc);
    let (direct, rest) = args.split_at(layout.direct as usize);
    let mut direct = direct.to_vec();
    for (values, annex) in rest.chunks(MAX_CAPTURES as usize).zip(&layout.annexes) {
        let made = function.make_inst(Op::Closure, values.to_vec(), Imm::Func(*annex), Some(Type::Val), loc);
        direct.push(function.inst(made).result.expect("a closure is a value"));
        out.push(made);
    }
    function.insts[closure.index()].args = direct;
}

/// Turns an access to a captured value to the annex, which is captured at `holder`.
fn redirect(function: &mut Function, access: Inst, holder: u32, position: u32, out: &mut Vec<Inst>) {
    let (closure, loc) = (function.inst(access).args[0], function.inst(access).loc);
    debug_assert!(is_callee(function, closure), "captured values are reached through the running closure");
    let load = function.make_inst(Op::LoadCapture, vec![closure], Imm::Index(holder), Some(Type::Val), loc);
    let annex = function.inst(load).result.expect("a captured value");
    out.push(load);
    let data = &mut function.insts[access.index()];
    data.args[0] = annex;
    data.imm = Imm::Index(position);
}

fn is_callee(function: &Function, value: Value) -> bool {
    let params = &function.block(Function::ENTRY).params;
    let position = function.signature.params.iter().position(|p| p.kind == ParamKind::Callee);
    position.is_some_and(|position| params[position] == value)
}
