//! Functions to bytecode.
//!
//! In order: [`order`] of the blocks; [`select`]ion of what becomes an immediate or part of another instruction; constants
//! out of loops ([`hoist`]), after which the first two are done again;
//! [`liveness`]; [`regalloc`]; [`lower`]ing with parallel [`moves`]; [`asm`] chooses the jumps' sizes.
mod asm;
mod hoist;
mod inst;
mod liveness;
mod lower;
mod moves;
mod order;
mod regalloc;
mod select;

use crate::Error;
use crate::globals;
use crate::image::{FunctionCode, ImageBuilder};
use jerboa_ir::FuncId;

/// Compiles all functions of the builder's module, in order.
pub fn compile_functions(builder: &mut ImageBuilder<'_>) -> Result<Vec<FunctionCode>, Error> {
    let module = builder.module();
    let globals = globals::places(module);
    let through_value: Vec<bool> =
        (0..module.functions.len()).map(|i| builder.is_value_function(FuncId(i as u32))).collect();
    let mut code = Vec::with_capacity(module.functions.len());
    for (i, function) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        let order = order::Order::new(function);
        let select = |function| {
            select::Selection::new(module, function, &order.blocks, &through_value, (builder.members(), id))
        };
        let mut selection = select(function);
        let hoisted = hoist::constants(function, &selection, &order);
        if let Some(function) = &hoisted {
            selection = select(function);
        }
        let liveness = liveness::Liveness::new(&selection, &order);
        let mut compile = |large| {
            let allocation = regalloc::Allocation::new(builder, id, &selection, &order, &liveness, large);
            lower::lower(builder, id, &selection, &order, &allocation, &globals)
        };
        let compiled = match compile(false)? {
            Some(compiled) => compiled,
            None => compile(true)?.ok_or(Error::FunctionTooLarge(id))?,
        };
        code.push(compiled);
    }
    Ok(code)
}
