//! Which locals are live where, on structured code.

use crate::bits::BitSet;
use crate::code::{Label, Nesting, Op};

struct Frame {
    /// Live behind the construct's `end`.
    after: BitSet,
    /// Live at the start of the `else` arm, once it has been seen.
    otherwise: Option<BitSet>,
}

/// Walks the code backwards, calls `visit` with each op's index and the locals that are live after it, and returns those that
/// are live at the start. Loops are walked until their starts have settled; only the last walk calls `visit`.
pub fn walk(ops: &[Op], locals: usize, labels: u32, mut visit: impl FnMut(usize, &BitSet)) -> BitSet {
    let nesting = Nesting::of(ops);
    let mut start_of_end = vec![Nesting::NONE; ops.len()];
    for at in 0..ops.len() {
        if ops[at].opens() {
            start_of_end[nesting.end[at]] = at;
        }
    }
    let mut at_label: Vec<BitSet> = vec![BitSet::new(0); labels as usize];
    for op in ops {
        if let Op::Block(label) | Op::Loop(label) = op {
            at_label[label.index()] = BitSet::new(locals);
        }
    }
    let has_loop = ops.iter().any(|op| matches!(op, Op::Loop(_)));
    let mut settled = !has_loop;
    loop {
        let mut changed = false;
        let mut live = BitSet::new(locals);
        let mut frames: Vec<Frame> = Vec::new();
        for (at, op) in ops.iter().enumerate().rev() {
            if settled {
                visit(at, &live);
            }
            match op {
                Op::Get(local) => live.insert(local.index()),
                Op::Set(local) | Op::Tee(local) => live.remove(local.index()),
                Op::Moves(moves) => {
                    let needed: Vec<usize> = moves
                        .iter()
                        .filter(|(to, _)| live.contains(to.index()))
                        .map(|(_, from)| from.index())
                        .collect();
                    for (to, _) in moves {
                        live.remove(to.index());
                    }
                    for from in needed {
                        live.insert(from);
                    }
                }
                Op::End => {
                    if let Op::Block(label) = ops[start_of_end[at]] {
                        at_label[label.index()].clone_from(&live);
                    }
                    frames.push(Frame { after: live.clone(), otherwise: None });
                }
                Op::Else => {
                    let frame = frames.last_mut().expect("`else` inside an `if`");
                    frame.otherwise = Some(std::mem::replace(&mut live, frame.after.clone()));
                }
                Op::If(_) => {
                    let frame = frames.pop().expect("`if` has an end");
                    live.union_with(frame.otherwise.as_ref().unwrap_or(&frame.after));
                }
                Op::Block(_) => {
                    frames.pop();
                }
                Op::Loop(label) => {
                    frames.pop();
                    if at_label[label.index()] != live {
                        at_label[label.index()].clone_from(&live);
                        changed = true;
                    }
                }
                Op::Br(label) => live.clone_from(&at_label[label.index()]),
                Op::BrIf(label) => live.union_with(&at_label[label.index()]),
                Op::BrTable(targets, default) => {
                    let union = |live: &mut BitSet, label: &Label| live.union_with(&at_label[label.index()]);
                    live.clear();
                    targets.iter().chain([default]).for_each(|label| union(&mut live, label));
                }
                Op::Return | Op::Unreachable => live.clear(),
                Op::Plain(_)
                | Op::Call(_)
                | Op::CallIndirect(_)
                | Op::DataAddress(..)
                | Op::FunctionAddress(_)
                | Op::GetStackPointer
                | Op::SetStackPointer => {}
            }
        }
        if settled {
            return live;
        }
        settled = !changed;
    }
}
