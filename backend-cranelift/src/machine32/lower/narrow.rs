//! Finds the i8 and i16 values whose word has zeros above the value.
//!
//! Optimistic: all block parameters are assumed clean and then refuted through the edges, so that booleans
//! carried around loops need no extension.

use super::super::abi;
use cranelift_codegen::entity::EntitySet;
use cranelift_codegen::ir::{self, Opcode, Value, types};

/// Returns the clean values of a function whose reachable blocks are given in reverse postorder.
pub fn find(func: &ir::Function, order: impl Iterator<Item = ir::Block>) -> EntitySet<Value> {
    let order: Vec<ir::Block> = order.collect();
    let is_narrow = |v: Value| matches!(func.dfg.value_type(v), types::I8 | types::I16);
    let mut dirty: EntitySet<Value> = EntitySet::new();
    if let Some(&entry) = order.first() {
        for (&value, param) in func.dfg.block_params(entry).iter().zip(&func.signature.params) {
            if is_narrow(value) && abi::is_signed(param) {
                dirty.insert(value);
            }
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &order {
            for inst in func.layout.block_insts(block) {
                let data = &func.dfg.insts[inst];
                for call in data.branch_destination(&func.dfg.jump_tables, &func.dfg.exception_tables) {
                    let params = func.dfg.block_params(call.block(&func.dfg.value_lists));
                    for (arg, &param) in call.args(&func.dfg.value_lists).zip(params) {
                        let arg_dirty = arg.as_value().is_none_or(|arg| dirty.contains(arg));
                        if is_narrow(param) && arg_dirty {
                            changed |= dirty.insert(param);
                        }
                    }
                }
                for (i, &result) in func.dfg.inst_results(inst).iter().enumerate() {
                    if is_narrow(result) && !result_is_clean(func, inst, i, &dirty) {
                        changed |= dirty.insert(result);
                    }
                }
            }
        }
    }
    let mut clean = EntitySet::new();
    for value in func.dfg.values() {
        if is_narrow(value) && !dirty.contains(value) {
            clean.insert(value);
        }
    }
    clean
}

fn result_is_clean(func: &ir::Function, inst: ir::Inst, index: usize, dirty: &EntitySet<Value>) -> bool {
    use Opcode::*;
    let args = func.dfg.inst_args(inst);
    let clean = |v: Value| !dirty.contains(v);
    match func.dfg.insts[inst].opcode() {
        Icmp | Fcmp | Iconst | Load | Uload8 | Uload16 | Ushr | Udiv | Urem | Clz | Ctz | Popcnt | Bswap
        | Umax => true,
        SaddOverflow | SsubOverflow | SmulOverflow => index == 1,
        Band => args.iter().any(|&v| clean(v)),
        Bor | Bxor | Umin => args.iter().all(|&v| clean(v)),
        Select | SelectSpectreGuard => clean(args[1]) && clean(args[2]),
        Uextend => true,
        Call | CallIndirect => match func.dfg.call_signature(inst) {
            Some(sig) => !abi::is_signed(&func.dfg.signatures[sig].returns[index]),
            None => false,
        },
        _ => false,
    }
}
