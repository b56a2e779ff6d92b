//! Module variables that are constants: set at the very start of the program, before anything can look at them, and not again.
//!
//! `var KIND_A = 0, KIND_B = 1` at the top of a script are variables that could be read before they are set, by a function
//! that is called earlier. When nothing runs before the assignments but what can not call the program's
//! functions, their readers get the constants, and the variables disappear.
use crate::module::{Const, Function, Imm, Module};
use crate::op::Op;
use crate::types::{GlobalId, Inst, Type};

/// Replaces the constant variables of a module; whether there were any.
pub fn run(module: &mut Module) -> bool {
    let constants = constants(module);
    if constants.iter().all(Option::is_none) {
        return false;
    }
    // The variables that stay get new numbers.
    let mut numbers = Vec::new();
    let mut kept = 0;
    for constant in &constants {
        numbers.push(GlobalId(kept));
        kept += u32::from(constant.is_none());
    }
    let mut position = 0;
    module.globals.retain(|_| {
        position += 1;
        constants[position - 1].is_none()
    });
    for f in &mut module.functions {
        for inst in &mut f.insts {
            let Imm::Global(global) = inst.imm else { continue };
            match constants[global.index()] {
                Some(constant) => {
                    // A store has no result and becomes an unused constant, which is removed below.
                    inst.op = Op::Const;
                    inst.imm = Imm::Const(constant);
                    inst.args.clear();
                }
                None => inst.imm = Imm::Global(numbers[global.index()]),
            }
        }
        let insts = &f.insts;
        for block in &mut f.blocks {
            block.insts.retain(|i| insts[i.index()].op != Op::Const || insts[i.index()].result.is_some());
        }
    }
    true
}

/// The constant that each variable is, if it is one.
fn constants(module: &Module) -> Vec<Option<Const>> {
    let mut stores = vec![0; module.globals.len()];
    for inst in module.functions.iter().flat_map(|f| &f.insts) {
        if let (Op::StoreGlobal, Imm::Global(global)) = (inst.op, &inst.imm) {
            stores[global.index()] += 1;
        }
    }
    let early = early_stores(module);
    let variables = module.globals.iter().zip(early.iter().zip(stores));
    variables
        .map(|(variable, (early, stores))| {
            // Only the last of them can be seen.
            let entry = module.function(module.entry?);
            let value = entry.inst(*early.last()?).args[0];
            let constant = entry.constant(value).filter(|constant| *constant != Const::Empty)?;
            (variable.ty == Type::Val && early.len() == stores).then_some(constant)
        })
        .collect()
}

/// For each variable its stores at the very start of the program, before anything can look at it.
pub(super) fn early_stores(module: &Module) -> Vec<Vec<Inst>> {
    let mut early = vec![Vec::new(); module.globals.len()];
    let Some(entry) = module.entry.map(|id| module.function(id)) else { return early };
    let mut read = vec![false; module.globals.len()];
    for id in &entry.block(Function::ENTRY).insts {
        let inst = entry.inst(*id);
        match (inst.op, &inst.imm) {
            (Op::LoadGlobal, Imm::Global(global)) => read[global.index()] = true,
            (Op::StoreGlobal, Imm::Global(global)) if !read[global.index()] => {
                early[global.index()].push(*id)
            }
            (Op::StoreGlobal, _) => {}
            // Whatever writes may run code of the program.
            _ if inst.op.info().effects.writes => break,
            _ => {}
        }
    }
    early
}
