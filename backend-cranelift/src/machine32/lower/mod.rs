//! Instruction selection: optimised CLIF to a [`Program`], for both instruction sets.
//!
//! Blocks are walked in reverse postorder, instructions forward. A value is one or two [`Part`]s (words),
//! each a register or a known constant, so that constants fold through the expansion of 64-bit operations.
//! Comparisons, address arithmetic and shifts are looked up through their definitions when a user can absorb
//! them; what thereby becomes unused is removed by `dce`.
//!
//! Values of type i8 and i16 live in a word whose upper bits are undefined, except where `narrow` has found
//! them to be zero.

mod arith;
mod call;
mod compare;
mod control;
mod float;
mod int;
pub mod libcall;
mod memory;
mod narrow;
mod wide;

use super::abi;
use super::inst::*;
use super::legal;
use super::{Arch, Error};
use crate::unit::{SymbolId, Unit};
use cranelift_codegen::Context;
use cranelift_codegen::entity::{EntitySet, SecondaryMap};
use cranelift_codegen::ir::{self, Opcode, Value, ValueDef, types};
use std::collections::HashMap;

/// One word of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Reg(Reg),
    Imm(u32),
}

impl Part {
    fn imm(self) -> Option<u32> {
        match self {
            Part::Imm(imm) => Some(imm),
            Part::Reg(_) => None,
        }
    }
}

/// A value: the low word and, for 64-bit types, the high word.
#[derive(Clone, Copy, Debug)]
struct Val {
    lo: Part,
    hi: Option<Part>,
}

impl Val {
    fn word(lo: Part) -> Val {
        Val { lo, hi: None }
    }

    fn wide(lo: Part, hi: Part) -> Val {
        Val { lo, hi: Some(hi) }
    }
}

/// A signed operation whose overflow somebody asks for.
#[derive(Clone, Copy, Debug)]
struct Overflow {
    op: Opcode,
    a: Part,
    b: Part,
    sum: Part,
    /// Not yet emitted: the branch that follows will do it, and use the flags.
    deferred: bool,
}

/// Lowers a function.
///
/// # Errors
///
/// See [`Error`].
pub fn lower(unit: &Unit, arch: Arch, name: &str, context: &Context) -> Result<Program, Error> {
    let func = &context.func;
    let mut lower = Lower {
        unit,
        arch,
        name,
        func,
        values: SecondaryMap::new(),
        uses: SecondaryMap::new(),
        clean: narrow::find(func, context.domtree.cfg_rpo().copied()),
        float_tests: HashMap::new(),
        overflows: HashMap::new(),
        insts: Vec::new(),
        constants: HashMap::new(),
        addresses: HashMap::new(),
        slots: SecondaryMap::new(),
        blocks: HashMap::new(),
        pred_counts: SecondaryMap::new(),
        pending: Vec::new(),
        next_block: 0,
        registers: 0,
        outgoing_bytes: 0,
        calls: false,
        depths: SecondaryMap::new(),
        depth: 0,
    };
    lower.function(context)
}

struct Lower<'a> {
    unit: &'a Unit,
    arch: Arch,
    name: &'a str,
    func: &'a ir::Function,
    values: SecondaryMap<Value, Option<Val>>,
    /// How often a value is used.
    uses: SecondaryMap<Value, u32>,
    /// The i8 and i16 values whose upper bits are zero.
    clean: EntitySet<Value>,
    float_tests: HashMap<Value, (Test, Cond)>,
    overflows: HashMap<Value, Overflow>,
    /// The block in the making.
    insts: Vec<Inst>,
    /// Constants already in registers in this block, and since which instruction.
    constants: HashMap<u32, (Reg, usize)>,
    /// Addresses already in registers in this block.
    addresses: HashMap<(SymbolRef, i32), Reg>,
    slots: SecondaryMap<ir::StackSlot, u32>,
    blocks: HashMap<ir::Block, BlockId>,
    pred_counts: SecondaryMap<ir::Block, u32>,
    /// Edge blocks to be placed after the current block.
    pending: Vec<(BlockId, Block)>,
    next_block: u32,
    registers: u32,
    outgoing_bytes: u32,
    calls: bool,
    /// Nesting depths of loops.
    depths: SecondaryMap<ir::Block, u32>,
    depth: u32,
}

impl<'a> Lower<'a> {
    fn function(&mut self, context: &Context) -> Result<Program, Error> {
        let func = self.func;
        let order: Vec<ir::Block> = context.domtree.cfg_rpo().copied().collect();
        let mut slot_bytes = 0u32;
        for (slot, data) in func.sized_stack_slots.iter() {
            let align = 1u32 << data.align_shift.min(3);
            slot_bytes = slot_bytes.next_multiple_of(align.max(4));
            self.slots[slot] = slot_bytes;
            slot_bytes += data.size;
        }
        for &block in &order {
            let id = self.new_block();
            self.blocks.insert(block, id);
            self.depths[block] = context.loop_analysis.loop_level(block).level() as u32;
            for &param in func.dfg.block_params(block) {
                let ty = func.dfg.value_type(param);
                if !abi::is_known(ty) {
                    return Err(Error::Signature {
                        function: self.name.to_owned(),
                        what: format!("a value of type {ty}"),
                    });
                }
                let val = self.fresh(ty);
                self.values[param] = Some(val);
            }
            for inst in func.layout.block_insts(block) {
                for value in func.dfg.inst_values(inst) {
                    self.uses[value] += 1;
                }
                for call in
                    func.dfg.insts[inst].branch_destination(&func.dfg.jump_tables, &func.dfg.exception_tables)
                {
                    self.pred_counts[call.block(&func.dfg.value_lists)] += 1;
                }
            }
        }
        let mut placed: Vec<(BlockId, Block)> = Vec::new();
        for (i, &block) in order.iter().enumerate() {
            self.constants.clear();
            self.addresses.clear();
            self.depth = self.depths[block];
            let mut params = Vec::new();
            if i == 0 {
                self.entry(block)?;
            } else {
                for &param in func.dfg.block_params(block) {
                    params.extend(self.regs_of(param));
                }
            }
            for inst in func.layout.block_insts(block) {
                self.inst(inst)?;
            }
            let insts = std::mem::take(&mut self.insts);
            placed.push((
                self.blocks[&block],
                Block { params, insts, depth: self.depth, cold: func.layout.is_cold(block) },
            ));
            placed.append(&mut self.pending);
        }
        Ok(self.finish(placed, slot_bytes))
    }

    /// Renumbers the blocks by their place.
    fn finish(&self, placed: Vec<(BlockId, Block)>, slot_bytes: u32) -> Program {
        let mut numbers = vec![BlockId(0); self.next_block as usize];
        for (i, (id, _)) in placed.iter().enumerate() {
            numbers[id.index()] = BlockId(i as u32);
        }
        let mut blocks: Vec<Block> = placed.into_iter().map(|(_, block)| block).collect();
        for block in &mut blocks {
            if let Some(terminator) = block.insts.last_mut() {
                for edge in terminator.edges_mut() {
                    edge.to = numbers[edge.to.index()];
                }
            }
        }
        Program {
            blocks,
            registers: self.registers,
            slot_bytes: slot_bytes.next_multiple_of(4),
            outgoing_bytes: self.outgoing_bytes,
            calls: self.calls,
        }
    }

    fn new_block(&mut self) -> BlockId {
        self.next_block += 1;
        BlockId(self.next_block - 1)
    }

    fn new_reg(&mut self) -> Reg {
        self.registers += 1;
        Reg(self.registers - 1)
    }

    fn fresh(&mut self, ty: ir::Type) -> Val {
        let lo = Part::Reg(self.new_reg());
        let hi = abi::is_wide(ty).then(|| Part::Reg(self.new_reg()));
        Val { lo, hi }
    }

    fn unsupported(&self, inst: ir::Inst) -> Error {
        Error::Unsupported {
            function: self.name.to_owned(),
            inst: self.func.dfg.display_inst(inst).to_string(),
        }
    }

    fn ty(&self, value: Value) -> ir::Type {
        self.func.dfg.value_type(value)
    }

    fn is_wide(&self, value: Value) -> bool {
        abi::is_wide(self.ty(value))
    }

    /// The instruction that makes `value` as its first result.
    fn def(&self, value: Value) -> Option<(ir::Inst, Opcode)> {
        match self.func.dfg.value_def(value) {
            ValueDef::Result(inst, 0) => Some((inst, self.func.dfg.insts[inst].opcode())),
            _ => None,
        }
    }

    /// The definition of `value` if it has the opcode.
    fn def_as(&self, value: Value, opcode: Opcode) -> Option<&'a [Value]> {
        let (inst, found) = self.def(value)?;
        (found == opcode).then(|| self.func.dfg.inst_args(inst))
    }

    /// The integer that a value is known to be, sign-extended.
    fn constant(&self, value: Value) -> Option<i64> {
        let (inst, opcode) = self.def(value)?;
        match (opcode, self.func.dfg.insts[inst]) {
            (Opcode::Iconst, ir::InstructionData::UnaryImm { imm, .. }) => Some(imm.bits()),
            _ => None,
        }
    }

    fn val(&mut self, value: Value) -> Val {
        // A constant has no place of its own.
        self.values[value].expect("definitions dominate uses")
    }

    fn lo(&mut self, value: Value) -> Part {
        self.val(value).lo
    }

    fn pair(&mut self, value: Value) -> (Part, Part) {
        let val = self.val(value);
        (val.lo, val.hi.expect("a 64-bit value"))
    }

    fn reg_of(&mut self, value: Value) -> Reg {
        let part = self.lo(value);
        self.reg(part)
    }

    /// Both words of a value in registers, or the one.
    fn regs_of(&mut self, value: Value) -> Vec<Reg> {
        let val = self.val(value);
        let mut regs = vec![self.reg(val.lo)];
        if let Some(hi) = val.hi {
            regs.push(self.reg(hi));
        }
        regs
    }

    /// Puts a part into a register.
    fn reg(&mut self, part: Part) -> Reg {
        match part {
            Part::Reg(reg) => reg,
            Part::Imm(value) => {
                // A cheap constant is not worth a register for long.
                let reach = if legal::costly_constant(self.arch, value) { usize::MAX } else { 8 };
                if let Some(&(reg, since)) = self.constants.get(&value)
                    && self.insts.len() - since < reach
                {
                    return reg;
                }
                let rd = self.new_reg();
                self.constants.insert(value, (rd, self.insts.len()));
                self.insts.push(Inst::Const { rd, value });
                rd
            }
        }
    }

    fn set(&mut self, inst: ir::Inst, val: Val) {
        let result = self.func.dfg.first_result(inst);
        self.values[result] = Some(val);
    }

    fn set_word(&mut self, inst: ir::Inst, part: Part) {
        self.set(inst, Val::word(part));
    }

    /// Emits an instruction that defines one register.
    fn emit(&mut self, make: impl FnOnce(Reg) -> Inst) -> Part {
        let rd = self.new_reg();
        let inst = make(rd);
        self.insts.push(inst);
        Part::Reg(rd)
    }

    fn symbol(&self, name: &ir::ExternalName) -> Result<SymbolRef, Error> {
        if let ir::ExternalName::User(reference) = name
            && let Some(user) = self.func.params.user_named_funcs().get(*reference)
            && user.namespace == 0
            && (user.index as usize) < self.unit.symbols.len()
        {
            return Ok(SymbolRef::Unit(SymbolId(user.index)));
        }
        Err(Error::UnknownSymbol {
            function: self.name.to_owned(),
            symbol: name.display(Some(&self.func.params)).to_string(),
        })
    }

    /// The address of a symbol in a register.
    fn address_of(&mut self, symbol: SymbolRef, addend: i32) -> Reg {
        if let Some(&reg) = self.addresses.get(&(symbol, addend)) {
            return reg;
        }
        let rd = self.new_reg();
        self.insts.push(Inst::Address { rd, symbol, addend });
        self.addresses.insert((symbol, addend), rd);
        rd
    }

    fn inst(&mut self, inst: ir::Inst) -> Result<(), Error> {
        use Opcode::*;
        let dfg = &self.func.dfg;
        let opcode = dfg.insts[inst].opcode();
        let args = dfg.inst_args(inst);
        let types_known =
            args.iter().chain(dfg.inst_results(inst)).all(|&value| abi::is_known(dfg.value_type(value)));
        if !types_known {
            return Err(self.unsupported(inst));
        }
        match opcode {
            Jump | Brif | BrTable | Return | Trap | Trapz | Trapnz | Debugtrap => self.control(inst, opcode),
            Nop | SequencePoint => Ok(()),
            GetStackPointer => {
                // Above what is reserved for outgoing arguments, which are bounded.
                let part = self.emit(|rd| Inst::SlotAddress { rd, offset: 0 });
                self.set_word(inst, part);
                Ok(())
            }
            Call | CallIndirect | FuncAddr | SymbolValue => self.call_or_symbol(inst),
            Load | Store | Uload8 | Sload8 | Istore8 | Uload16 | Sload16 | Istore16 | Uload32 | Sload32
            | Istore32 | StackAddr => self.memory(inst, opcode),
            SaddOverflow | SsubOverflow | SmulOverflow => self.overflow(inst, opcode),
            Iconst | F32const | F64const => self.constant_inst(inst),
            Icmp => {
                let part = self.icmp_value(inst);
                self.set_word(inst, part);
                Ok(())
            }
            Fadd | Fsub | Fmul | Fdiv | Fneg | Fabs | Fcopysign | Sqrt | Floor | Ceil | Trunc | Nearest
            | Fmin | Fmax | Fma | FcvtFromSint | FcvtFromUint | FcvtToSintSat | FcvtToUintSat | Fpromote
            | Fdemote | Bitcast | Fcmp => self.float(inst, opcode),
            Uextend | Sextend | Ireduce | Select | SelectSpectreGuard | Bitselect | Bmask => {
                self.conversion(inst, opcode)
            }
            _ => {
                let wide = args.first().is_some_and(|&arg| self.is_wide(arg))
                    || dfg.inst_results(inst).first().is_some_and(|&r| self.is_wide(r));
                if wide { self.wide(inst, opcode) } else { self.word(inst, opcode) }
            }
        }
    }

    fn constant_inst(&mut self, inst: ir::Inst) -> Result<(), Error> {
        let result = self.func.dfg.first_result(inst);
        let ty = self.ty(result);
        let bits = match self.func.dfg.insts[inst] {
            ir::InstructionData::UnaryImm { imm, .. } => imm.bits() as u64,
            ir::InstructionData::UnaryIeee32 { imm, .. } => u64::from(imm.bits()),
            ir::InstructionData::UnaryIeee64 { imm, .. } => imm.bits(),
            _ => return Err(self.unsupported(inst)),
        };
        let lo = match ty {
            types::I8 => bits as u32 & 0xff,
            types::I16 => bits as u32 & 0xffff,
            _ => bits as u32,
        };
        let hi = abi::is_wide(ty).then_some(Part::Imm((bits >> 32) as u32));
        self.set(inst, Val { lo: Part::Imm(lo), hi });
        Ok(())
    }
}
