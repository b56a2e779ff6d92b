//! Makes a control-flow graph reducible, and its `br_table` edges free of arguments.
//!
//! WebAssembly can only enter a loop at its start. A cycle with several entries (a generator resumed in
//! the middle of a loop makes one) is therefore given a single entry, a *dispatch block* that takes the number
//! of the wanted entry and the parameters of all of them, and goes on by `br_table`. Node splitting, the other
//! way, can grow code exponentially; this costs one selector per jump to an entry.
//!
//! SSA form survives. If `d` dominated `y` before, it does afterwards: a path of the new graph that goes
//! through the dispatch block leaves it to some entry `e`. If `d` is inside the cycle, the old graph had a path
//! that reaches `e` from outside the cycle and then goes on alike, so `d` lies on the rest; if `d` is outside, it lies
//! on the part before the cycle was reached. The parameters of the entries stay where they are.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, Function, InstBuilder, InstructionData, JumpTableData, Type, Value, types,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Splits the edges of `br_table` that carry arguments and gives every cycle a single entry. Returns the values that
/// stand for parameters nobody will read: passing one needs no code.
pub fn normalize(func: &mut Function) -> BTreeSet<Value> {
    split_table_edges(func);
    let mut placeholders = BTreeSet::new();
    let cfg = ControlFlowGraph::with_function(func);
    let domtree = DominatorTree::with_function(func, &cfg);
    if is_reducible(func, &cfg, &domtree) {
        return placeholders;
    }
    let blocks: BTreeSet<Block> = domtree.cfg_rpo().copied().collect();
    let mut pending = vec![blocks];
    while let Some(region) = pending.pop() {
        let cfg = ControlFlowGraph::with_function(func);
        for mut cycle in cycles(&cfg, &region) {
            let entries: Vec<Block> = cycle
                .iter()
                .copied()
                .filter(|&block| cfg.pred_iter(block).any(|pred| !cycle.contains(&pred.block)))
                .collect();
            match entries[..] {
                [header] => {
                    cycle.remove(&header);
                }
                _ => add_dispatch(func, &entries, &mut placeholders),
            }
            pending.push(cycle);
        }
    }
    placeholders
}

/// Whether every edge that goes back in reverse postorder goes to a dominator.
fn is_reducible(func: &Function, cfg: &ControlFlowGraph, domtree: &DominatorTree) -> bool {
    let order: BTreeMap<Block, usize> = domtree.cfg_rpo().enumerate().map(|(i, &b)| (b, i)).collect();
    order.iter().all(|(&block, &at)| {
        cfg.succ_iter(block).all(|succ| order[&succ] > at || domtree.dominates(succ, block, &func.layout))
    })
}

/// The strongly connected components of `region` that are cycles (Tarjan, iterative).
fn cycles(cfg: &ControlFlowGraph, region: &BTreeSet<Block>) -> Vec<BTreeSet<Block>> {
    struct Visit {
        block: Block,
        succs: Vec<Block>,
    }
    let succs =
        |block: Block| -> Vec<Block> { cfg.succ_iter(block).filter(|s| region.contains(s)).collect() };
    let mut found = Vec::new();
    let mut index: BTreeMap<Block, usize> = BTreeMap::new();
    let mut low: BTreeMap<Block, usize> = BTreeMap::new();
    let mut stack: Vec<Block> = Vec::new();
    let mut on_stack: BTreeSet<Block> = BTreeSet::new();
    for &root in region {
        if index.contains_key(&root) {
            continue;
        }
        let mut visits = Vec::new();
        let mut enter = Some(root);
        loop {
            if let Some(block) = enter.take() {
                low.insert(block, index.len());
                index.insert(block, index.len());
                stack.push(block);
                on_stack.insert(block);
                visits.push(Visit { block, succs: succs(block) });
            }
            let Some(visit) = visits.last_mut() else { break };
            let block = visit.block;
            if let Some(succ) = visit.succs.pop() {
                if !index.contains_key(&succ) {
                    enter = Some(succ);
                } else if on_stack.contains(&succ) {
                    let reached = low[&block].min(index[&succ]);
                    low.insert(block, reached);
                }
                continue;
            }
            visits.pop();
            if let Some(parent) = visits.last() {
                let reached = low[&parent.block].min(low[&block]);
                low.insert(parent.block, reached);
            }
            if low[&block] == index[&block] {
                let at = stack.iter().rposition(|&b| b == block).expect("the root is on the stack");
                let component: BTreeSet<Block> = stack.drain(at..).collect();
                for member in &component {
                    on_stack.remove(member);
                }
                if component.len() > 1 || cfg.succ_iter(block).any(|succ| succ == block) {
                    found.push(component);
                }
            }
        }
    }
    found
}

/// The zero of a type.
fn zero(cursor: &mut FuncCursor<'_>, ty: Type) -> Value {
    match ty {
        types::F32 => cursor.ins().f32const(0.0),
        types::F64 => cursor.ins().f64const(0.0),
        _ => cursor.ins().iconst(ty, 0),
    }
}

/// Puts a dispatch block in front of `entries`.
fn add_dispatch(func: &mut Function, entries: &[Block], placeholders: &mut BTreeSet<Value>) {
    let dispatch = func.dfg.make_block();
    let selector = func.dfg.append_block_param(dispatch, types::I32);
    let mut param_types = Vec::new();
    let mut first_param = Vec::new();
    for &entry in entries {
        first_param.push(param_types.len());
        param_types.extend(func.dfg.block_param_types(entry));
    }

    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        let Some(inst) = func.layout.last_inst(block) else { continue };
        let targets: Vec<(usize, usize)> = destinations(func, inst)
            .iter()
            .enumerate()
            .filter_map(|(i, call)| {
                let target = call.block(&func.dfg.value_lists);
                entries.iter().position(|&entry| entry == target).map(|entry| (i, entry))
            })
            .collect();
        if targets.is_empty() {
            continue;
        }
        let mut cursor = FuncCursor::new(func).at_inst(inst);
        let mut blank = HashMap::new();
        for &ty in &param_types {
            blank.entry(ty).or_insert_with(|| zero(&mut cursor, ty));
        }
        let selectors: Vec<Value> =
            targets.iter().map(|&(_, entry)| cursor.ins().iconst(types::I32, entry as i64)).collect();
        placeholders.extend(blank.values().copied());
        for (&(i, entry), &selector) in targets.iter().zip(&selectors) {
            let old: Vec<BlockArg> = destinations(func, inst)[i].args(&func.dfg.value_lists).collect();
            let mut args: Vec<BlockArg> = vec![selector.into()];
            args.extend(param_types.iter().map(|ty| BlockArg::from(blank[ty])));
            args[1 + first_param[entry]..][..old.len()].copy_from_slice(&old);
            let call = BlockCall::new(dispatch, args, &mut func.dfg.value_lists);
            set_destination(func, inst, i, call);
        }
    }

    let params: Vec<Value> =
        param_types.iter().map(|&ty| func.dfg.append_block_param(dispatch, ty)).collect();
    let mut calls = Vec::new();
    for (&entry, &first) in entries.iter().zip(&first_param) {
        let count = func.dfg.num_block_params(entry);
        let args: Vec<BlockArg> = params[first..first + count].iter().map(|&v| v.into()).collect();
        calls.push(BlockCall::new(entry, args, &mut func.dfg.value_lists));
    }
    let mut cursor = FuncCursor::new(func);
    cursor.insert_block(dispatch);
    let default = calls.pop().expect("a cycle with several entries");
    let table = cursor.func.create_jump_table(JumpTableData::new(default, &calls));
    cursor.ins().br_table(selector, table);
    split_table_edges(func);
}

/// The edges out of a terminator.
fn destinations(func: &Function, inst: cranelift_codegen::ir::Inst) -> &[BlockCall] {
    func.dfg.insts[inst].branch_destination(&func.dfg.jump_tables, &func.dfg.exception_tables)
}

/// Replaces one edge out of a terminator.
fn set_destination(func: &mut Function, inst: cranelift_codegen::ir::Inst, index: usize, call: BlockCall) {
    let dfg = &mut func.dfg;
    dfg.insts[inst].branch_destination_mut(&mut dfg.jump_tables, &mut dfg.exception_tables)[index] = call;
}

/// Gives every edge of a `br_table` that carries arguments a block of its own, as `br_table` of WebAssembly
/// has no place for the moves.
fn split_table_edges(func: &mut Function) {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        let Some(inst) = func.layout.last_inst(block) else { continue };
        let InstructionData::BranchTable { table, .. } = func.dfg.insts[inst] else { continue };
        let mut landings: Vec<(Block, Vec<BlockArg>, Block)> = Vec::new();
        for i in 0..func.dfg.jump_tables[table].all_branches().len() {
            let call = func.dfg.jump_tables[table].all_branches()[i];
            if call.len(&func.dfg.value_lists) == 0 {
                continue;
            }
            let target = call.block(&func.dfg.value_lists);
            let args: Vec<BlockArg> = call.args(&func.dfg.value_lists).collect();
            let known = landings.iter().find(|(t, a, _)| *t == target && *a == args).map(|l| l.2);
            let landing = known.unwrap_or_else(|| {
                let landing = func.dfg.make_block();
                let mut cursor = FuncCursor::new(func);
                cursor.insert_block(landing);
                cursor.ins().jump(target, &args);
                landings.push((target, args, landing));
                landing
            });
            let call = BlockCall::new(landing, std::iter::empty(), &mut func.dfg.value_lists);
            func.dfg.jump_tables[table].all_branches_mut()[i] = call;
        }
    }
}
