//! Assigns WebAssembly's locals to virtual ones.
//!
//! As in a register allocator that never spills: two locals interfere if one is written while the other is live.
//! Ends of copies that do not interfere become one (Chaitin), those in inner loops first, so that most
//! parameters of blocks need no code at all. Then each takes the first local of its type that is free, those used
//! most first, as the first 128 indices are encoded in one byte.

use crate::bits::BitSet;
use crate::code::{Code, Local, Op};
use crate::liveness;
use std::collections::BTreeMap;
use wasm_encoder::ValType;

/// Above this number of virtual locals the interference matrix is not built, and each keeps a local of its own.
const MAX_LOCALS: usize = 16_000;

/// Replaces virtual locals by as few as possible, and copies by `local.get` and `local.set`.
pub fn assign(code: &mut Code) {
    let count = code.locals.len();
    let mut graph = if count <= MAX_LOCALS { Interference::of(code) } else { Interference::everything(code) };
    let mut weights = vec![0_u64; count];
    let mut copies: BTreeMap<(Local, Local), u64> = BTreeMap::new();
    let mut scale: u64 = 1;
    let mut open = Vec::new();
    for op in &code.ops {
        match op {
            Op::Get(local) | Op::Set(local) | Op::Tee(local) => weights[local.index()] += scale,
            Op::Moves(moves) => {
                for &(to, from) in moves {
                    weights[to.index()] += scale;
                    weights[from.index()] += scale;
                    *copies.entry((to, from)).or_default() += scale;
                }
            }
            Op::Loop(_) => {
                open.push(scale);
                scale = scale.saturating_mul(8).min(1 << 30);
            }
            Op::Block(_) | Op::If(_) => open.push(scale),
            Op::End => scale = open.pop().expect("`end` closes something"),
            _ => {}
        }
    }
    let mut ranked: Vec<_> = copies.into_iter().collect();
    ranked.sort_by_key(|&(pair, weight)| (std::cmp::Reverse(weight), pair));
    for ((to, from), _) in ranked {
        graph.coalesce(to, from);
    }
    let assigned = color(code, &mut graph, &weights);
    rewrite(code, &assigned);
}

/// Which locals must not become one.
struct Interference {
    /// Empty if every pair interferes.
    rows: Vec<BitSet>,
    parent: Vec<u32>,
    params: usize,
    types: Vec<ValType>,
}

impl Interference {
    fn everything(code: &Code) -> Self {
        Interference {
            rows: Vec::new(),
            parent: (0..code.locals.len() as u32).collect(),
            params: code.params,
            types: code.locals.clone(),
        }
    }

    fn of(code: &mut Code) -> Self {
        let count = code.locals.len();
        let mut rows = vec![BitSet::new(count); count];
        let mut unread: Vec<(usize, Local)> = Vec::new();
        let entry = liveness::walk(&code.ops, count, code.labels, |at, live| match &code.ops[at] {
            Op::Set(local) | Op::Tee(local) => rows[local.index()].union_with(live),
            Op::Moves(moves) => {
                for &(to, from) in moves {
                    if !live.contains(to.index()) {
                        unread.push((at, to));
                        continue;
                    }
                    // The copy's source has the same value.
                    let had = rows[to.index()].contains(from.index());
                    rows[to.index()].union_with(live);
                    if !had {
                        rows[to.index()].remove(from.index());
                    }
                }
            }
            _ => {}
        });
        for (at, local) in unread {
            if let Op::Moves(moves) = &mut code.ops[at] {
                moves.retain(|&(to, _)| to != local);
            }
        }
        for row in rows.iter_mut().take(code.params) {
            row.union_with(&entry);
        }
        for local in 0..count {
            rows[local].remove(local);
            let others: Vec<usize> = rows[local].iter().collect();
            for other in others {
                rows[other].insert(local);
            }
        }
        Interference {
            rows,
            parent: (0..count as u32).collect(),
            params: code.params,
            types: code.locals.clone(),
        }
    }

    fn root(&self, local: Local) -> usize {
        let mut at = local.index();
        while self.parent[at] as usize != at {
            at = self.parent[at] as usize;
        }
        at
    }

    /// Makes two locals one if nothing forbids it.
    fn coalesce(&mut self, a: Local, b: Local) {
        let (a, b) = (self.root(a), self.root(b));
        // The parameter, whose index is fixed, stays.
        let (keep, drop) = (a.min(b), a.max(b));
        if self.rows.is_empty()
            || keep == drop
            || drop < self.params
            || self.types[keep] != self.types[drop]
            || self.rows[keep].contains(drop)
        {
            return;
        }
        self.parent[drop] = keep as u32;
        let row = self.rows[drop].clone();
        self.rows[keep].union_with(&row);
        for other in row.iter() {
            self.rows[other].insert(keep);
        }
    }
}

/// The final index of each virtual local; sets the types of the final ones.
fn color(code: &mut Code, graph: &mut Interference, weights: &[u64]) -> Vec<u32> {
    let count = code.locals.len();
    let roots: Vec<usize> = (0..count).map(|local| graph.root(Local(local as u32))).collect();
    let mut weight_of_root = vec![0_u64; count];
    for (local, &root) in roots.iter().enumerate() {
        weight_of_root[root] = weight_of_root[root].saturating_add(weights[local]);
    }
    let mut ranked: Vec<usize> =
        (code.params..count).filter(|&local| roots[local] == local && weight_of_root[local] > 0).collect();
    ranked.sort_by_key(|&local| (std::cmp::Reverse(weight_of_root[local]), local));

    // The members of each color, the parameters' first.
    let mut colors: Vec<(ValType, Vec<usize>)> =
        (0..code.params).map(|local| (code.locals[local], vec![local])).collect();
    let mut color_of = vec![0_usize; count];
    for (param, color) in color_of.iter_mut().enumerate().take(code.params) {
        *color = param;
    }
    for local in ranked {
        let free = |(ty, members): &(ValType, Vec<usize>)| {
            *ty == code.locals[local] && members.iter().all(|&member| !graph.rows[local].contains(member))
        };
        let found = if graph.rows.is_empty() { None } else { colors.iter().position(free) };
        let color = found.unwrap_or_else(|| {
            colors.push((code.locals[local], Vec::new()));
            colors.len() - 1
        });
        colors[color].1.push(local);
        color_of[local] = color;
    }

    // Locals are declared in runs of one type.
    let mut order: Vec<usize> = (code.params..colors.len()).collect();
    let rank = |ty: ValType| match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        _ => 3,
    };
    order.sort_by_key(|&color| (rank(colors[color].0), color));
    let mut index_of_color: Vec<u32> = (0..colors.len() as u32).collect();
    let mut types: Vec<ValType> = code.locals[..code.params].to_vec();
    for color in order {
        index_of_color[color] = types.len() as u32;
        types.push(colors[color].0);
    }
    code.locals = types;
    // A local that nothing mentions has no color.
    roots.iter().map(|&root| index_of_color.get(color_of[root]).copied().unwrap_or(0)).collect()
}

fn rewrite(code: &mut Code, assigned: &[u32]) {
    let map = |local: Local| Local(assigned[local.index()]);
    let mut ops = Vec::with_capacity(code.ops.len());
    for op in std::mem::take(&mut code.ops) {
        match op {
            Op::Get(local) => ops.push(Op::Get(map(local))),
            Op::Set(local) => ops.push(Op::Set(map(local))),
            Op::Tee(local) => ops.push(Op::Tee(map(local))),
            Op::Moves(moves) => {
                let moves = moves.into_iter().map(|(to, from)| (map(to), map(from)));
                copy(moves.filter(|(to, from)| to != from).collect(), &mut ops);
            }
            op => ops.push(op),
        }
    }
    code.ops = ops;
}

/// A parallel copy: one after the other as long as a destination is no longer read, the cycles that remain through the stack.
fn copy(mut moves: Vec<(Local, Local)>, ops: &mut Vec<Op>) {
    while let Some(at) = moves.iter().position(|(to, _)| moves.iter().all(|(_, from)| from != to)) {
        let (to, from) = moves.remove(at);
        ops.extend([Op::Get(from), Op::Set(to)]);
    }
    ops.extend(moves.iter().map(|&(_, from)| Op::Get(from)));
    ops.extend(moves.iter().rev().map(|&(to, _)| Op::Set(to)));
}
