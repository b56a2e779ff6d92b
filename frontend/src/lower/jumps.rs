//! `break`, `continue`, `return`, and `try`, which they have to pass.
//!
//! A `finally` block is lowered once. Every way into it notes in a variable why it came; after the block, a chain of
//! comparisons goes on from there.
use super::*;

/// Number of the reason "the block ended normally".
const NORMAL: u32 = 0;
/// Number of the reason "an exception was thrown".
const THROWN: u32 = 1;
/// Number of the first other reason.
const FIRST_JUMP: u32 = 2;

/// A jump out of statements. Frames are given by their position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Jump {
    Break(usize),
    Continue(usize),
    Return,
}

/// A `finally` block that jumps have to pass.
pub(super) struct Finally {
    /// Where the block is.
    entry: Block,
    /// Why it was entered.
    reason: Variable,
    /// The exception or the value to return.
    value: Variable,
    /// Whether the normal way is taken.
    normal: bool,
    /// The jumps that pass it; the first has the number [`FIRST_JUMP`].
    jumps: Vec<Jump>,
}

impl<'a> FunctionLowering<'_, 'a> {
    /// `break`
    pub(super) fn break_to(&mut self, label: Option<&str>) {
        let found = self.frames.iter().rposition(|frame| match frame {
            Frame::Target { labels, breaks: Some(_), unlabelled, .. } => match label {
                Some(label) => labels.contains(&label),
                None => *unlabelled,
            },
            _ => false,
        });
        // An unmatched label is an early error.
        if let Some(target) = found {
            self.leave(Jump::Break(target), None);
        }
    }

    /// `continue`
    pub(super) fn continue_to(&mut self, label: Option<&str>) {
        let found = self.frames.iter().rposition(|frame| match frame {
            Frame::Target { labels, continues: Some(_), .. } => label.is_none_or(|l| labels.contains(&l)),
            _ => false,
        });
        if let Some(target) = found {
            self.leave(Jump::Continue(target), None);
        }
    }

    /// `return`
    pub(super) fn return_value(&mut self, value: Value) {
        self.leave(Jump::Return, Some(value));
    }

    /// Leaves the frames inside the jump's target, then jumps.
    fn leave(&mut self, jump: Jump, value: Option<Value>) {
        let floor = match jump {
            Jump::Break(target) | Jump::Continue(target) => target + 1,
            Jump::Return => 0,
        };
        for i in (floor..self.frames.len()).rev() {
            if self.dead() {
                break;
            }
            match &mut self.frames[i] {
                Frame::Target { .. } => {}
                Frame::Iteration { state, handler, awaits } => {
                    let (state, handler, awaits) = (*state, *handler, *awaits);
                    let inner = std::mem::replace(&mut self.handler, handler);
                    if awaits {
                        self.close_async(state);
                    } else {
                        self.effect(Op::IterClose, &[state], Imm::None);
                    }
                    self.handler = inner;
                }
                Frame::Finally(finally) => {
                    let number = match finally.jumps.iter().position(|j| *j == jump) {
                        Some(i) => i,
                        None => {
                            finally.jumps.push(jump);
                            finally.jumps.len() - 1
                        }
                    };
                    let (entry, reason, slot) = (finally.entry, finally.reason, finally.value);
                    if let Some(value) = value {
                        self.b.define(slot, value);
                    }
                    self.enter_finally(entry, reason, FIRST_JUMP + number as u32);
                    return;
                }
            }
        }
        if self.dead() {
            self.finish_dead();
            return;
        }
        match (jump, value) {
            (Jump::Return, Some(value)) => self.finish_with(value),
            (Jump::Break(target), _) => {
                if let Frame::Target { breaks: Some(block), .. } = &self.frames[target] {
                    let block = *block;
                    self.jump(block);
                }
            }
            (Jump::Continue(target), _) => {
                if let Frame::Target { continues: Some(block), .. } = &self.frames[target] {
                    let block = *block;
                    self.jump(block);
                }
            }
            (Jump::Return, None) => unreachable!("a return has a value"),
        }
    }

    fn enter_finally(&mut self, entry: Block, reason: Variable, number: u32) {
        let number = self.number(f64::from(number));
        self.b.define(reason, number);
        self.jump(entry);
    }

    /// `try`
    pub(super) fn try_statement(&mut self, statement: &'a TryStatement<'a>) {
        let Some(finalizer) = &statement.finalizer else {
            self.try_catch(statement);
            return;
        };
        let (entry, handler) = (self.b.block(), self.b.block());
        let (reason, value) = (self.b.variable(), self.b.variable());
        let outer = self.handler.replace(handler);
        self.frames.push(Frame::Finally(Finally { entry, reason, value, normal: false, jumps: Vec::new() }));
        self.try_catch(statement);
        let normal = !self.dead();
        if normal {
            self.enter_finally(entry, reason, NORMAL);
        } else {
            self.finish_dead();
        }
        let Some(Frame::Finally(mut finally)) = self.frames.pop() else {
            unreachable!("frames are popped in order")
        };
        finally.normal = normal;
        self.handler = outer;
        self.continue_in(handler);
        let thrown = !self.dead();
        if thrown {
            let exception = self.op0(Op::Catch, &[]);
            self.b.define(value, exception);
            self.enter_finally(entry, reason, THROWN);
        } else {
            self.finish_dead();
        }
        self.continue_in(entry);
        if self.dead() {
            return;
        }
        // A `finally` block that ends normally leaves the value of what came before it.
        let completed = self.completion.map(|completion| (completion, self.b.read(completion)));
        self.complete_empty();
        self.block(finalizer);
        if !self.dead() {
            if let Some((completion, value)) = completed {
                self.b.define(completion, value);
            }
            self.at(finalizer.span.end.saturating_sub(1));
            self.go_on(&finally, thrown);
        }
    }

    /// After a `finally` block: continues with what was interrupted.
    fn go_on(&mut self, finally: &Finally, thrown: bool) {
        let mut ways = Vec::new();
        ways.extend(finally.jumps.iter().enumerate().map(|(i, jump)| (FIRST_JUMP + i as u32, Some(*jump))));
        if thrown {
            ways.push((THROWN, None));
        }
        let end = self.b.block();
        let last = ways.len().saturating_sub(usize::from(!finally.normal));
        for (i, (number, jump)) in ways.into_iter().enumerate() {
            // The last way needs no test.
            if i < last {
                let reason = self.b.read(finally.reason);
                let number = self.number(f64::from(number));
                let equal = self.op0(Op::StrictEq, &[reason, number]);
                let (taken, next) = (self.b.block(), self.b.block());
                self.branch(equal, taken, next);
                self.continue_in(taken);
                self.take_way(finally, jump);
                self.continue_in(next);
            } else {
                self.take_way(finally, jump);
            }
        }
        if finally.normal {
            self.jump(end);
        }
        self.continue_in(end);
    }

    fn take_way(&mut self, finally: &Finally, jump: Option<Jump>) {
        match jump {
            Some(Jump::Return) => {
                let value = self.b.read(finally.value);
                self.leave(Jump::Return, Some(value));
            }
            Some(jump) => self.leave(jump, None),
            None => {
                let value = self.b.read(finally.value);
                self.throw_value(value);
            }
        }
    }

    /// The block and its `catch`.
    fn try_catch(&mut self, statement: &'a TryStatement<'a>) {
        let Some(clause) = &statement.handler else {
            self.block(&statement.block);
            return;
        };
        let (handler, end) = (self.b.block(), self.b.block());
        let outer = self.handler.replace(handler);
        self.block(&statement.block);
        self.handler = outer;
        self.jump(end);
        self.continue_in(handler);
        if !self.dead() {
            self.at(clause.span.start);
            let exception = self.op0(Op::Catch, &[]);
            if let Some(scope) = clause.scope_id.get() {
                self.enter_scope(scope, &[]);
            }
            if let Some(param) = &clause.param {
                self.bind_pattern(&param.pattern, exception, true);
            }
            self.block(&clause.body);
        }
        self.jump(end);
        self.continue_in(end);
    }
}
