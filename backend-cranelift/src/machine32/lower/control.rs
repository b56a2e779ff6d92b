//! Terminators and traps.
//!
//! Every edge from a block with several successors to a block with several predecessors, or with arguments,
//! gets a block of its own: the allocator needs the former, and the latter keeps constant arguments off the
//! path that does not need them. Those that stay empty vanish in the layout.

use super::*;

impl Lower<'_> {
    fn edge(&mut self, call: ir::BlockCall, only: bool) -> Edge {
        let pool = &self.func.dfg.value_lists;
        let target = call.block(pool);
        let to = self.blocks[&target];
        let args: Vec<Value> =
            call.args(pool).map(|arg| arg.as_value().expect("no exception edges")).collect();
        if only {
            let args = args.into_iter().flat_map(|arg| self.regs_of(arg)).collect();
            return Edge { to, args };
        }
        if args.is_empty() && self.pred_counts[target] == 1 {
            return Edge { to, args: Vec::new() };
        }
        let id = self.new_block();
        // Constants for the arguments are made in the edge's block.
        let insts = std::mem::take(&mut self.insts);
        let constants = std::mem::take(&mut self.constants);
        let args = args.into_iter().flat_map(|arg| self.regs_of(arg)).collect();
        self.insts.push(Inst::Jump { to: Edge { to, args } });
        let edge_insts = std::mem::replace(&mut self.insts, insts);
        self.constants = constants;
        let depth = self.depth.min(self.depths[target]);
        let block = Block { params: Vec::new(), insts: edge_insts, depth, cold: false };
        self.pending.push((id, block));
        Edge { to: id, args: Vec::new() }
    }

    pub(super) fn control(&mut self, inst: ir::Inst, opcode: Opcode) -> Result<(), Error> {
        let dfg = &self.func.dfg;
        match dfg.insts[inst] {
            ir::InstructionData::Jump { destination, .. } => {
                let to = self.edge(destination, true);
                self.insts.push(Inst::Jump { to });
            }
            ir::InstructionData::Brif { arg, blocks, .. } => {
                let (test, cond) = self.condition(arg)?;
                let then = self.edge(blocks[0], false);
                let other = self.edge(blocks[1], false);
                self.insts.push(Inst::Branch { test, cond, then, other });
            }
            ir::InstructionData::BranchTable { arg, table, .. } => self.table(arg, table),
            ir::InstructionData::CondTrap { arg, .. } => {
                let (test, cond) = self.condition(arg)?;
                let cond = if opcode == Opcode::Trapz { cond.invert() } else { cond };
                self.insts.push(Inst::TrapIf { test, cond });
            }
            ir::InstructionData::Trap { .. } => self.insts.push(Inst::Trap),
            ir::InstructionData::MultiAry { .. } if opcode == Opcode::Return => {
                self.return_inst(inst)?;
            }
            _ => return Err(self.unsupported(inst)),
        }
        Ok(())
    }

    fn table(&mut self, arg: Value, table: ir::JumpTable) {
        let data = &self.func.dfg.jump_tables[table];
        let index = self.zero_extended(arg);
        let index = self.reg(index);
        let mut calls: Vec<ir::BlockCall> = Vec::new();
        let pool = &self.func.dfg.value_lists;
        let same = |a: &ir::BlockCall, b: &ir::BlockCall| {
            a.block(pool) == b.block(pool) && a.args(pool).eq(b.args(pool))
        };
        let mut entries = Vec::new();
        for call in data.as_slice() {
            let found = calls.iter().position(|known| same(known, call));
            entries.push(found.unwrap_or(calls.len()) as u32);
            if found.is_none() {
                calls.push(*call);
            }
        }
        calls.push(data.default_block());
        let edges: Vec<Edge> = calls.into_iter().map(|call| self.edge(call, false)).collect();
        if entries.is_empty() {
            let to = edges.into_iter().next_back().expect("the default");
            self.insts.push(Inst::Jump { to });
            return;
        }
        self.insts.push(Inst::Table { index, entries, edges });
    }
}
