//! Live ranges of values over the linear order of the code.
//!
//! Every instruction that emits something has an index `i`; it reads at position 2i and writes at 2i+1. Block
//! parameters are written at the position of the block's start. A range is half open.
use super::order::Order;
use super::select::Selection;
use jerboa_ir::{Block, Inst, Terminator, Value};
use std::collections::HashMap;

/// A half-open range of positions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Range {
    pub(super) start: u32,
    pub(super) end: u32,
}

pub(super) struct Liveness {
    /// Ranges of each value, ascending and disjoint.
    pub(super) ranges: Vec<Vec<Range>>,
    /// Index of each instruction that emits something.
    pub(super) index: HashMap<Inst, u32>,
}

/// A set of values.
#[derive(Clone, PartialEq, Eq)]
struct Set(Vec<u64>);

impl Set {
    fn new(size: usize) -> Set {
        Set(vec![0; size.div_ceil(64)])
    }
    fn insert(&mut self, value: Value) {
        self.0[value.index() / 64] |= 1 << (value.index() % 64);
    }
    fn remove(&mut self, value: Value) {
        self.0[value.index() / 64] &= !(1 << (value.index() % 64));
    }
    fn union(&mut self, other: &Set) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a |= b;
        }
    }
    fn iter(&self) -> impl Iterator<Item = Value> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                if word == 0 {
                    return None;
                }
                let bit = word.trailing_zeros();
                word &= word - 1;
                Some(Value(i as u32 * 64 + bit))
            })
        })
    }
}

impl Liveness {
    pub(super) fn new(selection: &Selection<'_>, order: &Order) -> Liveness {
        let function = selection.function;
        let live_in = live_in(selection, order);
        let mut index = HashMap::new();
        let mut bounds = vec![(0, 0); function.blocks.len()];
        let mut next = 0u32;
        for block in &order.blocks {
            let start = next;
            next += 1;
            for inst in &function.block(*block).insts {
                if !selection.folded[inst.index()] {
                    index.insert(*inst, next);
                    next += 1;
                }
            }
            bounds[block.index()] = (start, next);
            next += 1;
        }
        let mut ranges: Vec<Vec<Range>> = vec![Vec::new(); function.values.len()];
        for block in order.blocks.iter().rev() {
            let (first, last) = bounds[block.index()];
            let mut end: HashMap<Value, u32> = HashMap::new();
            for value in live_out(selection, *block, &live_in).iter() {
                end.insert(value, 2 * last + 2);
            }
            for value in selection.terminator_uses(*block) {
                end.entry(value).or_insert(2 * last);
            }
            for inst in function.block(*block).insts.iter().rev() {
                let Some(i) = index.get(inst).copied() else { continue };
                let data = function.inst(*inst);
                if let Some(result) = data.result
                    && selection.in_register[result.index()]
                {
                    let to = end.remove(&result).unwrap_or(2 * i + 2);
                    ranges[result.index()].push(Range { start: 2 * i + 1, end: to });
                }
                for value in selection.register_uses(data) {
                    end.entry(value).or_insert(2 * i);
                }
            }
            for param in &function.block(*block).params {
                if let Some(to) = end.remove(param) {
                    ranges[param.index()].push(Range { start: 2 * first, end: to.max(2 * first + 1) });
                }
            }
            for (value, to) in end {
                ranges[value.index()].push(Range { start: 2 * first, end: to });
            }
        }
        for list in &mut ranges {
            list.sort_unstable();
            list.dedup_by(|later, earlier| {
                let joined = later.start <= earlier.end;
                if joined {
                    earlier.end = earlier.end.max(later.end);
                }
                joined
            });
        }
        Liveness { ranges, index }
    }
}

fn live_out(selection: &Selection<'_>, block: Block, live_in: &[Set]) -> Set {
    let mut live = Set::new(selection.function.values.len());
    for call in selection.function.block(block).terminator.iter().flat_map(Terminator::successors) {
        live.union(&live_in[call.block.index()]);
    }
    live
}

/// Values live at the start of each block, without its parameters.
fn live_in(selection: &Selection<'_>, order: &Order) -> Vec<Set> {
    let function = selection.function;
    let mut live_in = vec![Set::new(function.values.len()); function.blocks.len()];
    loop {
        let mut changed = false;
        for block in order.blocks.iter().rev() {
            let mut live = live_out(selection, *block, &live_in);
            for value in selection.terminator_uses(*block) {
                live.insert(value);
            }
            for inst in function.block(*block).insts.iter().rev() {
                let data = function.inst(*inst);
                if let Some(result) = data.result {
                    live.remove(result);
                }
                if !selection.folded[inst.index()] {
                    for value in selection.register_uses(data) {
                        live.insert(value);
                    }
                }
            }
            for param in &function.block(*block).params {
                live.remove(*param);
            }
            if live != live_in[block.index()] {
                live_in[block.index()] = live;
                changed = true;
            }
        }
        if !changed {
            return live_in;
        }
    }
}

/// Whether two lists of ranges meet.
pub(super) fn intersect(a: &[Range], b: &[Range]) -> bool {
    let (mut i, mut k) = (0, 0);
    while i < a.len() && k < b.len() {
        if a[i].end <= b[k].start {
            i += 1;
        } else if b[k].end <= a[i].start {
            k += 1;
        } else {
            return true;
        }
    }
    false
}
