//! Moves out of loops what gives the same each time round: arithmetic on machine integers whose operands do not change, and loads of
//! module variables and captured values that nothing in the loop stores.
//!
//! A variable that holds an array is read once then, so the engines see one value indexed throughout the loop, and what they keep
//! of it (the view of `backend-cranelift/src/lower/arrays.rs`) lives as long as the loop.
//!
//! Only what may run without need is moved: nothing that throws, divides, or relies on a test before it. A loop gets a block
//! before its head for what leaves it, so a loop that is not entered pays nothing.
use super::dominators::Dominators;
use super::loops::{self, Loop};
use crate::module::{BlockCall, Function, Imm, Module, ValueDef};
use crate::op::{Effects, Op, Terminator};
use crate::types::{Block, FuncId, Inst, Type, Value};
use std::collections::BTreeMap;

/// Moves in all functions.
pub fn run(module: &mut Module) {
    let stored = Stored::of(module);
    for i in 0..module.functions.len() {
        hoist(&mut module.functions[i], &stored);
    }
}

/// What a call may store.
struct Stored {
    /// By module variable: whether a function other than the entry stores it. Nothing calls the entry, which runs once.
    globals: Vec<bool>,
    /// Whether anything overwrites captured values.
    captures: bool,
}

impl Stored {
    fn of(module: &Module) -> Stored {
        let mut stored = Stored { globals: vec![module.open_world; module.globals.len()], captures: false };
        for (i, f) in module.functions.iter().enumerate() {
            let is_entry = module.entry == Some(FuncId(i as u32));
            for inst in f.blocks.iter().flat_map(|b| &b.insts).map(|inst| f.inst(*inst)) {
                match (inst.op, &inst.imm) {
                    (Op::StoreGlobal, Imm::Global(g)) if !is_entry => stored.globals[g.index()] = true,
                    (Op::StoreCapture, _) => stored.captures = true,
                    _ => {}
                }
            }
        }
        stored
    }
}

/// What the blocks of a loop do to variables.
struct Writes {
    globals: Vec<usize>,
    captures: bool,
    /// Code of the program that is not in the loop may run.
    calls: bool,
}

impl Writes {
    fn of(f: &Function, body: &[bool]) -> Writes {
        let mut writes = Writes { globals: Vec::new(), captures: false, calls: false };
        for inst in blocks(f, body).flat_map(|b| &f.block(b).insts).map(|inst| f.inst(*inst)) {
            match (inst.op, &inst.imm) {
                (Op::StoreGlobal, Imm::Global(g)) => writes.globals.push(g.index()),
                (Op::StoreCapture, _) => writes.captures = true,
                _ => {
                    let effects = inst.op.info().effects;
                    writes.calls |= effects.throws && effects.writes;
                }
            }
        }
        writes
    }
}

fn blocks<'a>(f: &Function, body: &'a [bool]) -> impl Iterator<Item = Block> + use<'a> {
    (0..f.blocks.len() as u32).map(Block).filter(|b| body[b.index()])
}

fn hoist(f: &mut Function, stored: &Stored) {
    let dominators = Dominators::compute(f);
    let mut loops = loops::compute(f, &dominators);
    if loops.is_empty() {
        return;
    }
    let mut home = vec![Function::ENTRY; f.insts.len()];
    for (b, block) in f.blocks.iter().enumerate() {
        block.insts.iter().for_each(|inst| home[inst.index()] = Block(b as u32));
    }
    // What was moved and turned out to be there already.
    let mut same_as: BTreeMap<Value, Value> = BTreeMap::new();
    let order: Vec<Block> = dominators.reverse_postorder().to_vec();
    // Inner loops first: what leaves one can leave the one around it.
    for i in (0..loops.len()).rev() {
        // What leads to an exception handler must do so at once.
        let first = f.block(loops[i].head).insts.first();
        if first.is_some_and(|inst| f.inst(*inst).op == Op::Catch) {
            continue;
        }
        let body = &loops[i].body;
        let writes = Writes::of(f, body);
        let mut moved: Vec<Inst> = Vec::new();
        for block in order.iter().filter(|b| body[b.index()]) {
            for inst in &f.block(*block).insts {
                let data = f.inst(*inst);
                let constant = |v: Value| is_constant(f, v);
                let fixed = |v: Value| {
                    constant(v)
                        || match f.values[v.index()].def {
                            ValueDef::Result(def) => !body[home[def.index()].index()] || moved.contains(&def),
                            ValueDef::Param(block, _) => !body[block.index()],
                        }
                };
                let invariant =
                    data.args.iter().all(|a| fixed(*a)) && !data.args.iter().all(|a| constant(*a));
                let movable = match (data.op, &data.imm) {
                    (Op::LoadGlobal, Imm::Global(g)) => {
                        let elsewhere = stored.globals[g.index()] && writes.calls;
                        !elsewhere && !writes.globals.contains(&g.index())
                    }
                    (Op::LoadCapture, _) => {
                        invariant && !(writes.captures || stored.captures && writes.calls)
                    }
                    _ => invariant && is_integer_arithmetic(f, data.op, data.result),
                };
                if movable {
                    moved.push(*inst);
                }
            }
        }
        if moved.is_empty() {
            continue;
        }
        let before = block_before(f, &mut loops, i);
        let mut placed: Vec<Inst> = Vec::new();
        for inst in moved {
            let from = home[inst.index()];
            f.blocks[from.index()].insts.retain(|other| *other != inst);
            home[inst.index()] = before;
            for k in 0..f.inst(inst).args.len() {
                let arg = f.inst(inst).args[k];
                let arg = same_as.get(&arg).copied().unwrap_or(arg);
                let copy = is_constant(f, arg);
                f.insts[inst.index()].args[k] =
                    if copy { copy_constant(f, arg, before, &mut home) } else { arg };
            }
            let earlier = placed.iter().find(|other| are_equal(f, **other, inst));
            match (earlier.and_then(|other| f.inst(*other).result), f.inst(inst).result) {
                (Some(earlier), Some(result)) => {
                    same_as.insert(result, earlier);
                }
                _ => {
                    f.blocks[before.index()].insts.push(inst);
                    placed.push(inst);
                }
            }
        }
    }
    if !same_as.is_empty() {
        let names = (0..f.values.len() as u32).map(Value);
        let names: Vec<Value> = names.map(|v| same_as.get(&v).copied().unwrap_or(v)).collect();
        super::cleanup::rename(f, &names);
    }
}

/// Whether two instructions give the same, one right after the other.
fn are_equal(f: &Function, a: Inst, b: Inst) -> bool {
    let (a, b) = (f.inst(a), f.inst(b));
    let same = |(x, y): (&Value, &Value)| {
        let constant = |v: Value| match f.values[v.index()].def {
            ValueDef::Result(inst) if is_constant(f, v) => Some(&f.inst(inst).imm),
            _ => None,
        };
        x == y || constant(*x).is_some_and(|imm| constant(*y) == Some(imm))
    };
    a.op == b.op && a.imm == b.imm && a.args.len() == b.args.len() && a.args.iter().zip(&b.args).all(same)
}

fn is_constant(f: &Function, value: Value) -> bool {
    let ValueDef::Result(inst) = f.values[value.index()].def else { return false };
    matches!(f.inst(inst).op, Op::IConst | Op::BConst | Op::FConst | Op::Const)
}

/// Puts a constant at the end of a block.
fn copy_constant(f: &mut Function, value: Value, block: Block, home: &mut Vec<Block>) -> Value {
    let ValueDef::Result(inst) = f.values[value.index()].def else { return value };
    let data = f.inst(inst).clone();
    let copy = f.make_inst(data.op, data.args, data.imm, Some(f.ty(value)), data.loc);
    home.push(block);
    f.blocks[block.index()].insts.push(copy);
    f.inst(copy).result.unwrap_or(value)
}

/// Whether an op does cheap arithmetic that is defined for all operands.
fn is_integer_arithmetic(f: &Function, op: Op, result: Option<Value>) -> bool {
    op.info().effects == Effects::PURE
        && op.info().operands.iter().all(|ty| *ty == Type::I32)
        && result.is_some_and(|result| f.ty(result) == Type::I32)
        && !matches!(op, Op::IConst | Op::IDivS | Op::IRemS)
}

/// The block that leads to a loop and nowhere else: the one there is, or a new one.
fn block_before(f: &mut Function, loops: &mut [Loop], number: usize) -> Block {
    let head = loops[number].head;
    let outside = |f: &Function, b: usize| {
        let enters =
            f.blocks[b].terminator.iter().flat_map(Terminator::successors).any(|call| call.block == head);
        enters && !loops[number].body[b]
    };
    let mut entering = (0..f.blocks.len()).filter(|b| outside(f, *b));
    if let (Some(only), None) = (entering.next(), entering.next())
        && matches!(f.blocks[only].terminator, Some(Terminator::Jump(_)))
    {
        return Block(only as u32);
    }
    let entering: Vec<usize> = (0..f.blocks.len()).filter(|b| outside(f, *b)).collect();
    let before = f.add_block();
    f.blocks[before.index()].loc = f.block(head).loc;
    let types: Vec<Type> = f.block(head).params.iter().map(|p| f.ty(*p)).collect();
    let params: Vec<Value> = types.into_iter().map(|ty| f.add_block_param(before, ty)).collect();
    f.blocks[before.index()].terminator = Some(Terminator::Jump(BlockCall { block: head, args: params }));
    for b in entering {
        for call in f.blocks[b].terminator.iter_mut().flat_map(Terminator::successors_mut) {
            if call.block == head {
                call.block = before;
            }
        }
    }
    for other in loops.iter_mut() {
        let around = other.head != head && other.body[head.index()];
        other.body.push(around);
    }
    before
}
