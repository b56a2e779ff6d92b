//! Shortens code whose locals are final.

use crate::code::{Code, Local, Nesting, Op};
use crate::liveness;
use crate::tidy::remove;
use wasm_encoder::{Instruction as I, ValType};

/// Shortens until nothing changes.
pub fn shorten(code: &mut Code) {
    drop_zeroing(code);
    loop {
        let length = code.ops.len();
        rewrite_pairs(&mut code.ops);
        drop_unread_writes(code);
        join_arms(code);
        if code.ops.len() == length {
            return;
        }
    }
}

/// The comparison with the opposite result.
fn negated(instruction: &I<'static>) -> Option<I<'static>> {
    Some(match instruction {
        I::I32Eq => I::I32Ne,
        I::I32Ne => I::I32Eq,
        I::I32LtS => I::I32GeS,
        I::I32LtU => I::I32GeU,
        I::I32GtS => I::I32LeS,
        I::I32GtU => I::I32LeU,
        I::I32LeS => I::I32GtS,
        I::I32LeU => I::I32GtU,
        I::I32GeS => I::I32LtS,
        I::I32GeU => I::I32LtU,
        I::I64Eq => I::I64Ne,
        I::I64Ne => I::I64Eq,
        I::I64LtS => I::I64GeS,
        I::I64LtU => I::I64GeU,
        I::I64GtS => I::I64LeS,
        I::I64GtU => I::I64LeU,
        I::I64LeS => I::I64GtS,
        I::I64LeU => I::I64GtU,
        I::I64GeS => I::I64LtS,
        I::I64GeU => I::I64LtU,
        I::F32Eq => I::F32Ne,
        I::F32Ne => I::F32Eq,
        I::F64Eq => I::F64Ne,
        I::F64Ne => I::F64Eq,
        _ => return None,
    })
}

/// Rewrites neighbours: what comes out is looked at again together with what comes next.
fn rewrite_pairs(ops: &mut Vec<Op>) {
    let mut out: Vec<Op> = Vec::with_capacity(ops.len());
    for op in ops.drain(..) {
        let mut next = Some(op);
        while let Some(op) = next.take() {
            let [.., before, last] = &out[..] else {
                push_pair(&mut out, op, &mut next);
                continue;
            };
            match (before, last, &op) {
                (_, Op::Plain(I::I32Const(0)), Op::Plain(I::I32Eq)) => {
                    out.pop();
                    next = Some(Op::Plain(I::I32Eqz));
                }
                (_, Op::Plain(I::I64Const(0)), Op::Plain(I::I64Eq)) => {
                    out.pop();
                    next = Some(Op::Plain(I::I64Eqz));
                }
                (
                    Op::Plain(I::I32Const(0)),
                    Op::Plain(I::I32Ne),
                    Op::If(_) | Op::BrIf(_) | Op::Plain(I::Select),
                )
                | (
                    Op::Plain(I::I32Eqz),
                    Op::Plain(I::I32Eqz),
                    Op::If(_) | Op::BrIf(_) | Op::Plain(I::Select),
                ) => {
                    out.truncate(out.len() - 2);
                    next = Some(op);
                }
                _ => push_pair(&mut out, op, &mut next),
            }
        }
    }
    *ops = out;
}

fn push_pair(out: &mut Vec<Op>, op: Op, next: &mut Option<Op>) {
    match (out.last(), &op) {
        (Some(Op::Plain(compare)), Op::Plain(I::I32Eqz)) => {
            if let Some(opposite) = negated(compare) {
                out.pop();
                *next = Some(Op::Plain(opposite));
                return;
            }
        }
        (Some(&Op::Plain(I::I32Const(number))), Op::Plain(I::I64ExtendI32S)) => {
            out.pop();
            *next = Some(Op::Plain(I::I64Const(number.into())));
            return;
        }
        (Some(&Op::Set(written)), &Op::Get(read)) if written == read => {
            out.pop();
            *next = Some(Op::Tee(read));
            return;
        }
        (Some(&Op::Tee(written)), Op::Plain(I::Drop)) => {
            out.pop();
            *next = Some(Op::Set(written));
            return;
        }
        (Some(&Op::Get(read)), &Op::Set(written)) if written == read => {
            out.pop();
            return;
        }
        (Some(&Op::Get(read)), &Op::Tee(written)) if written == read => return,
        (Some(Op::Get(_) | Op::Plain(I::I32Const(_) | I::I64Const(_))), Op::Plain(I::Drop)) => {
            out.pop();
            return;
        }
        // Nothing after a branch can run before the construct ends.
        (Some(last), Op::Plain(_) | Op::Get(_) | Op::Set(_) | Op::Br(_) | Op::Unreachable | Op::Return)
            if last.diverges() =>
        {
            return;
        }
        _ => {}
    }
    out.push(op);
}

/// Removes writes of zero to locals that are zero still, as WebAssembly's are at first.
fn drop_zeroing(code: &mut Code) {
    let mut written = vec![false; code.locals.len()];
    written[..code.params].fill(true);
    let mut open = Vec::new();
    let mut loops = 0;
    let mut dead = vec![false; code.ops.len()];
    for at in 0..code.ops.len() {
        match &code.ops[at] {
            Op::Loop(_) => {
                open.push(true);
                loops += 1;
            }
            Op::Block(_) | Op::If(_) => open.push(false),
            Op::End => loops -= u32::from(open.pop().expect("`end` closes something")),
            Op::Set(local) => {
                let zero = match at.checked_sub(1).map(|before| &code.ops[before]) {
                    Some(Op::Plain(I::I32Const(0) | I::I64Const(0))) => true,
                    Some(Op::Plain(I::F32Const(x))) => x.bits() == 0,
                    Some(Op::Plain(I::F64Const(x))) => x.bits() == 0,
                    _ => false,
                };
                if zero && loops == 0 && !written[local.index()] {
                    dead[at - 1] = true;
                    dead[at] = true;
                } else {
                    written[local.index()] = true;
                }
            }
            Op::Tee(local) => written[local.index()] = true,
            _ => {}
        }
    }
    remove(&mut code.ops, &dead);
}

/// Removes writes that nothing reads.
fn drop_unread_writes(code: &mut Code) {
    let mut changes: Vec<usize> = Vec::new();
    liveness::walk(&code.ops, code.locals.len(), code.labels, |at, live| {
        if let Op::Set(local) | Op::Tee(local) = code.ops[at]
            && !live.contains(local.index())
        {
            changes.push(at);
        }
    });
    let mut dead = vec![false; code.ops.len()];
    for at in changes {
        match code.ops[at] {
            Op::Set(_) => code.ops[at] = Op::Plain(I::Drop),
            _ => dead[at] = true,
        }
    }
    remove(&mut code.ops, &dead);
}

/// Lets an `if` whose two arms end by writing the same local leave the value on the stack.
fn join_arms(code: &mut Code) {
    let nesting = Nesting::of(&code.ops);
    let mut dead = vec![false; code.ops.len()];
    let mut stores: Vec<(usize, Local, ValType)> = Vec::new();
    for at in 0..code.ops.len() {
        let (Op::If(None), otherwise, end) = (&code.ops[at], nesting.otherwise[at], nesting.end[at]) else {
            continue;
        };
        if otherwise == Nesting::NONE {
            continue;
        }
        if let (&Op::Set(x), &Op::Set(y)) = (&code.ops[otherwise - 1], &code.ops[end - 1])
            && x == y
            && !dead[otherwise - 1]
            && !dead[end - 1]
        {
            dead[otherwise - 1] = true;
            dead[end - 1] = true;
            stores.push((end, x, code.locals[x.index()]));
            code.ops[at] = Op::If(Some(code.locals[x.index()]));
        }
    }
    if stores.is_empty() {
        return;
    }
    stores.sort_by_key(|&(end, ..)| end);
    let mut stores = stores.into_iter().peekable();
    let mut out = Vec::with_capacity(code.ops.len());
    for (at, op) in code.ops.drain(..).enumerate() {
        if !dead[at] {
            out.push(op);
        }
        if let Some((_, local, _)) = stores.next_if(|&(end, ..)| end == at) {
            out.push(Op::Set(local));
        }
    }
    code.ops = out;
}
