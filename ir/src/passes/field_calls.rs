//! Calls of functions that lie in fields: `o.f(…)`, where `o` probably is an object with an own property `f`, becomes a read of the
//! property and a call of what it gives, so that the read takes the short way of all reads ([`super::shapes`]).
//!
//! Nothing is lost where the guess is wrong: `call_method` means the same two steps. It is kept for what objects inherit,
//! because the backends know the methods of built-in prototypes.
use super::shapes::Shapes;
use crate::module::{Imm, Module};
use crate::op::Op;
use crate::types::{FuncId, Type};

/// Rewrites all functions.
pub fn run(module: &mut Module) {
    if !module.functions.iter().any(|f| f.insts.iter().any(|i| i.op == Op::CallMethod)) {
        return;
    }
    let shapes = Shapes::compute(module);
    for (i, f) in module.functions.iter_mut().enumerate() {
        for b in 0..f.blocks.len() {
            let mut at = 0;
            while let Some(call) = f.blocks[b].insts.get(at).copied() {
                if f.inst(call).op == Op::CallMethod && shapes.field(FuncId(i as u32), call).is_some() {
                    let data = f.inst(call).clone();
                    let read =
                        f.make_inst(Op::GetProp, vec![data.args[0]], data.imm, Some(Type::Val), data.loc);
                    let callee = f.inst(read).result.expect("a read has a result");
                    let changed = &mut f.insts[call.index()];
                    (changed.op, changed.imm) = (Op::Call, Imm::None);
                    changed.args.insert(0, callee);
                    f.blocks[b].insts.insert(at, read);
                    at += 1;
                }
                at += 1;
            }
        }
    }
}
