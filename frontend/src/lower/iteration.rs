//! Iterations that end early.
//!
//! Built-in iterators have nothing to close, so a program that can have no others gets no handlers.
use super::*;

impl<'a> FunctionLowering<'_, 'a> {
    /// Code that uses an iteration: leaving it by an exception or a jump closes the iteration.
    pub(super) fn closing(&mut self, state: Value, body: impl FnOnce(&mut Self)) {
        self.frames.push(Frame::Iteration { state, handler: self.handler, awaits: false });
        self.close_on_throw(state, false, body);
        self.frames.pop();
    }

    /// Code that uses an iteration: leaving it by an exception closes the iteration.
    pub(super) fn close_on_throw(&mut self, state: Value, awaits: bool, body: impl FnOnce(&mut Self)) {
        if !(self.cx.scopes.custom_iterators || awaits) || self.dead() {
            body(self);
            return;
        }
        let (handler, end) = (self.b.block(), self.b.block());
        let outer = self.handler.replace(handler);
        body(self);
        self.handler = outer;
        self.jump(end);
        self.continue_in(handler);
        if self.dead() {
            self.finish_dead();
        } else {
            // What closing throws is dropped for the exception that was there first.
            let exception = self.op0(Op::Catch, &[]);
            let second = self.b.block();
            self.handler = Some(second);
            if awaits {
                self.close_async(state);
            } else {
                self.effect(Op::IterClose, &[state], Imm::None);
            }
            self.handler = outer;
            self.throw_value(exception);
            self.continue_in(second);
            if self.dead() {
                self.finish_dead();
            } else {
                self.op0(Op::Catch, &[]);
                self.throw_value(exception);
            }
        }
        self.continue_in(end);
    }

    /// Leaves an iteration that may not have ended.
    pub(super) fn close_iteration(&mut self, state: Value) {
        if !self.dead() {
            self.effect(Op::IterClose, &[state], Imm::None);
        }
    }
}
