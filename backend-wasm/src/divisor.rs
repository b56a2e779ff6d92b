//! Hides constant divisors from the mid-end.
//!
//! Cranelift turns a division by a constant into a multiplication by its reciprocal and shifts, as a machine without
//! a fast divider wants it. In WebAssembly that is 20 bytes and more instead of 3 (70 for 64 bits, where there is no
//! upper half of a product), and engines that compile do the same themselves. So the divisor is replaced by a symbol
//! in a namespace of our own, whose index is the number; selection turns it back.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    ExternalName, Function, GlobalValueData, Inst, InstBuilder, InstructionData, Opcode, UserExternalName,
    types,
};

/// The namespace of names that are numbers.
const NAMESPACE: u32 = 1;

/// Replaces constant divisors other than 0, 1 and -1, and unsigned powers of two, which are cheap.
pub fn hide(func: &mut Function) {
    let divisions: Vec<(Inst, i32)> = func
        .layout
        .blocks()
        .flat_map(|block| func.layout.block_insts(block))
        .filter_map(|inst| Some((inst, worth_hiding(func, inst)?)))
        .collect();
    for (inst, divisor) in divisions {
        let name = func.declare_imported_user_function(UserExternalName::new(NAMESPACE, divisor as u32));
        let symbol = GlobalValueData::Symbol {
            name: ExternalName::User(name),
            offset: 0.into(),
            colocated: true,
            tls: false,
        };
        let ty = func.dfg.ctrl_typevar(inst);
        let global = func.create_global_value(symbol);
        let mut cursor = FuncCursor::new(func).at_inst(inst);
        let mut value = cursor.ins().symbol_value(types::I32, global);
        if ty == types::I64 {
            value = cursor.ins().sextend(types::I64, value);
        }
        func.dfg.inst_args_mut(inst)[1] = value;
    }
}

/// The divisor, if the instruction is a division whose divisor is to be hidden.
fn worth_hiding(func: &Function, inst: Inst) -> Option<i32> {
    let InstructionData::Binary { opcode, args: [_, divisor] } = func.dfg.insts[inst] else { return None };
    let signed = match opcode {
        Opcode::Sdiv | Opcode::Srem => true,
        Opcode::Udiv | Opcode::Urem => false,
        _ => return None,
    };
    if !matches!(func.dfg.ctrl_typevar(inst), types::I32 | types::I64) {
        return None;
    }
    let def = func.dfg.value_def(func.dfg.resolve_aliases(divisor)).inst()?;
    let InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } = func.dfg.insts[def] else { return None };
    let divisor = if func.dfg.ctrl_typevar(inst) == types::I32 {
        imm.bits() as i32
    } else {
        i32::try_from(imm.bits()).ok()?
    };
    let cheap = matches!(divisor, -1..=1) || (!signed && divisor > 0 && divisor.count_ones() == 1);
    (!cheap).then_some(divisor)
}

/// The number that a name made by [`hide`] stands for.
pub fn hidden(func: &Function, name: &ExternalName) -> Option<i32> {
    let ExternalName::User(name) = name else { return None };
    let name = func.params.user_named_funcs().get(*name)?;
    (name.namespace == NAMESPACE).then_some(name.index as i32)
}
