//! Simplifies control: removes branches to where control goes anyway, blocks that nothing branches to, and arms
//! of an `if` that need none.

use crate::code::{Code, Label, Nesting, Op};
use wasm_encoder::Instruction as I;

/// Simplifies until nothing changes.
pub fn tidy(code: &mut Code) {
    while shorten_branches(code) | drop_arms(code) | drop_blocks(code) | shrink_loops(code) {}
    // A value can only be returned by falling off the end of the body itself.
    if matches!(code.ops.last(), Some(Op::Return)) {
        code.ops.pop();
    } else if code.has_results && !code.ops.last().is_some_and(Op::diverges) {
        code.ops.push(Op::Unreachable);
    }
}

/// Retargets branches to a block whose end is followed by a branch or by the end of another block, and removes those
/// that go where control goes anyway.
fn shorten_branches(code: &mut Code) -> bool {
    let nesting = Nesting::of(&code.ops);
    let mut alias: Vec<Label> = (0..code.labels).map(Label).collect();
    let mut label_of_end: Vec<Option<Label>> = vec![None; code.ops.len()];
    for (at, op) in code.ops.iter().enumerate() {
        if let Op::Block(label) = op {
            label_of_end[nesting.end[at]] = Some(*label);
        }
    }
    // From the end, so that the label after an end is already resolved.
    for at in (0..code.ops.len()).rev() {
        let Some(label) = label_of_end[at] else { continue };
        alias[label.index()] = match code.ops.get(at + 1) {
            Some(Op::Br(next)) => alias[next.index()],
            Some(Op::End) => label_of_end[at + 1].map_or(label, |next| alias[next.index()]),
            _ => label,
        };
    }
    let mut changed = false;
    let mut retarget = |label: &mut Label| {
        let next = alias[label.index()];
        changed |= next != *label;
        *label = next;
    };
    for op in &mut code.ops {
        match op {
            Op::Br(label) | Op::BrIf(label) => retarget(label),
            Op::BrTable(labels, default) => {
                labels.iter_mut().for_each(&mut retarget);
                retarget(default);
            }
            _ => {}
        }
    }

    let mut dead = vec![false; code.ops.len()];
    for (at, op) in code.ops.iter().enumerate() {
        let &Op::Br(label) = op else { continue };
        let mut next = at + 1;
        loop {
            match code.ops.get(next) {
                Some(Op::End) if label_of_end[next] == Some(label) => {
                    dead[at] = true;
                    changed = true;
                    break;
                }
                Some(Op::End) => next += 1,
                Some(Op::Else) => next = nesting.end[next],
                _ => break,
            }
        }
    }
    // Without results, falling off the end returns.
    if !code.has_results {
        for (at, op) in code.ops.iter().enumerate() {
            if matches!(op, Op::Return) {
                let mut next = at + 1;
                while let Some(Op::End | Op::Else) = code.ops.get(next) {
                    next = if matches!(code.ops[next], Op::Else) { nesting.end[next] } else { next + 1 };
                }
                if next == code.ops.len() && at + 1 != next {
                    dead[at] = true;
                    changed = true;
                }
            }
        }
    }
    remove(&mut code.ops, &dead);
    changed
}

/// Removes empty arms, and the `else` after an arm that does not reach its end.
fn drop_arms(code: &mut Code) -> bool {
    let nesting = Nesting::of(&code.ops);
    let mut dead = vec![false; code.ops.len()];
    let mut changed = false;
    for at in 0..code.ops.len() {
        if !matches!(code.ops[at], Op::If(_)) || nesting.otherwise[at] == Nesting::NONE {
            continue;
        }
        let (otherwise, end) = (nesting.otherwise[at], nesting.end[at]);
        if otherwise + 1 == end {
            dead[otherwise] = true;
        } else if otherwise == at + 1 {
            // The place of the condition's negation is that of the `if`, whose place is that of the `else`.
            code.ops[at] = Op::Plain(I::I32Eqz);
            code.ops[otherwise] = Op::If(None);
        } else if code.ops[otherwise - 1].diverges() {
            code.ops[otherwise] = Op::End;
            dead[end] = true;
        } else {
            continue;
        }
        changed = true;
    }
    remove(&mut code.ops, &dead);
    changed
}

/// Removes blocks and loops that nothing branches to.
fn drop_blocks(code: &mut Code) -> bool {
    let mut used = vec![false; code.labels as usize];
    for op in &code.ops {
        match op {
            Op::Br(label) | Op::BrIf(label) => used[label.index()] = true,
            Op::BrTable(labels, default) => {
                for label in labels.iter().chain([default]) {
                    used[label.index()] = true;
                }
            }
            _ => {}
        }
    }
    let nesting = Nesting::of(&code.ops);
    let mut dead = vec![false; code.ops.len()];
    let mut changed = false;
    for (at, op) in code.ops.iter().enumerate() {
        if let Op::Block(label) | Op::Loop(label) = op
            && !used[label.index()]
        {
            dead[at] = true;
            dead[nesting.end[at]] = true;
            changed = true;
        }
    }
    remove(&mut code.ops, &dead);
    changed
}

/// Moves the end of a loop up to behind its last back edge: what follows runs once, and what leaves the loop by falling
/// through needs no branch.
fn shrink_loops(code: &mut Code) -> bool {
    let nesting = Nesting::of(&code.ops);
    let mut last_use: Vec<usize> = vec![0; code.labels as usize];
    for (at, op) in code.ops.iter().enumerate() {
        match op {
            Op::Br(label) | Op::BrIf(label) => last_use[label.index()] = at,
            Op::BrTable(labels, default) => {
                labels.iter().chain([default]).for_each(|label| last_use[label.index()] = at)
            }
            _ => {}
        }
    }
    // Where each loop's end goes to, if it moves.
    let mut moved: Vec<(usize, usize)> = Vec::new();
    for (start, op) in code.ops.iter().enumerate() {
        let Op::Loop(label) = op else { continue };
        let mut at = start + 1;
        let mut behind = at;
        while at < nesting.end[start] {
            let next = if code.ops[at].opens() { nesting.end[at] + 1 } else { at + 1 };
            if last_use[label.index()] >= at {
                behind = next;
            }
            at = next;
        }
        if behind < nesting.end[start] && last_use[label.index()] > start {
            moved.push((nesting.end[start], behind));
        }
    }
    if moved.is_empty() {
        return false;
    }
    let mut dead = vec![false; code.ops.len()];
    let mut ends_before = vec![0; code.ops.len() + 1];
    for &(end, behind) in &moved {
        dead[end] = true;
        ends_before[behind] += 1;
    }
    let mut out = Vec::with_capacity(code.ops.len());
    for (at, op) in code.ops.drain(..).enumerate() {
        out.extend((0..ends_before[at]).map(|_| Op::End));
        if !dead[at] {
            out.push(op);
        }
    }
    code.ops = out;
    true
}

/// Removes the marked ops.
pub fn remove(ops: &mut Vec<Op>, dead: &[bool]) {
    let mut marks = dead.iter();
    ops.retain(|_| !marks.next().expect("a mark for each op"));
}
