//! Generators and async functions, up to the ops that suspend; the split into two functions is the IR's business.
use super::*;
use crate::scope::Coroutine;
use jerboa_ir::passes::coroutine::{self, Suspend};

/// How a function is resumed, as the runtime says it.
const THROW: f64 = 1.0;
const RETURN: f64 = 2.0;

impl Lowering<'_> {
    /// Makes two functions of one that suspends.
    pub(super) fn split_coroutine(&mut self, id: FuncId) {
        let start = match self.scopes.function(id).coroutine {
            Some(Coroutine::Generator) => NativeId::GeneratorStart,
            Some(Coroutine::Async) => NativeId::AsyncStart,
            None => return,
        };
        // Parameters that always throw leave nothing to suspend.
        if coroutine::suspends(&self.module.functions[id.index()]) {
            coroutine::split(&mut self.module, id, intrinsic_number(start));
        }
    }
}

impl<'a> FunctionLowering<'_, 'a> {
    fn coroutine(&self) -> Option<Coroutine> {
        self.cx.scopes.function(self.id).coroutine
    }

    /// An async function's parameters are bound when its promise exists, which their errors reject.
    pub(super) fn start_before_parameters(&mut self) {
        if self.coroutine() == Some(Coroutine::Async) {
            let undefined = self.undefined();
            self.suspend(undefined, Suspend::Start);
        }
    }

    /// A generator's parameters are bound when it is called.
    pub(super) fn start_after_parameters(&mut self) {
        if self.coroutine() == Some(Coroutine::Generator) && !self.dead() {
            let undefined = self.undefined();
            self.suspend(undefined, Suspend::Start);
        }
    }

    /// Suspends the function; the value that it is resumed with.
    fn suspend(&mut self, value: Value, kind: Suspend) -> Value {
        let (received, mode) = self.suspend_raw(value, kind);
        self.on_mode(mode, THROW, |lowering| lowering.throw_value(received));
        if self.coroutine() == Some(Coroutine::Generator) {
            self.on_mode(mode, RETURN, |lowering| lowering.return_value(received));
        }
        received
    }

    /// Suspends the function; what it is resumed with, and how.
    fn suspend_raw(&mut self, value: Value, kind: Suspend) -> (Value, Value) {
        let received = self.op(Op::Yield, &[value], Imm::Index(kind as u32));
        (received, self.op0(Op::ResumeMode, &[]))
    }

    fn on_mode(&mut self, mode: Value, wanted: f64, then: impl FnOnce(&mut Self)) {
        let wanted = self.number(wanted);
        let equal = self.op0(Op::StrictEq, &[mode, wanted]);
        let (taken, next) = (self.b.block(), self.b.block());
        self.branch(equal, taken, next);
        self.continue_in(taken);
        if self.dead() {
            self.finish_dead();
        } else {
            then(self);
        }
        self.continue_in(next);
    }

    /// `yield`
    pub(super) fn yield_expression(&mut self, expression: &'a YieldExpression<'a>) -> Value {
        let value = match &expression.argument {
            Some(argument) => self.expr(argument),
            None => self.undefined(),
        };
        self.at(expression.span.start);
        if expression.delegate { self.delegate(value) } else { self.suspend(value, Suspend::Yield) }
    }

    /// `await`
    pub(super) fn await_expression(&mut self, expression: &'a AwaitExpression<'a>) -> Value {
        let value = self.expr(&expression.argument);
        self.at(expression.span.start);
        self.suspend(value, Suspend::Await)
    }

    /// `yield*`: hands out what another iterator gives, and hands it what comes in.
    fn delegate(&mut self, iterable: Value) -> Value {
        let state = self.op0(Op::IterStart, &[iterable]);
        let (received, mode) = (self.b.variable(), self.b.variable());
        let undefined = self.undefined();
        self.b.define(received, undefined);
        let go_on = self.number(0.0);
        self.b.define(mode, go_on);
        let head = self.b.block();
        self.jump(head);
        if self.b.current().is_none() {
            self.b.switch_to(head);
        }
        let (how, what) = (self.b.read(mode), self.b.read(received));
        let result = self.intrinsic(NativeId::GeneratorDelegate, &[state, how, what]);
        // Without a method `return` there is nothing to ask.
        let empty = self.op0(Op::IsEmpty, &[result]);
        let (leave, asked) = (self.b.block(), self.b.block());
        self.branch(empty, leave, asked);
        self.continue_in(leave);
        self.return_value(what);
        self.continue_in(asked);
        let done = self.intern("done");
        let done = self.op(Op::GetProp, &[result], Imm::Str(done));
        let done = self.op0(Op::ToBool, &[done]);
        let (finished, suspended) = (self.b.block(), self.b.block());
        self.branch(done, finished, suspended);
        self.continue_in(suspended);
        if !self.dead() {
            let (new, how) = self.suspend_raw(result, Suspend::Delegate);
            self.b.define(received, new);
            self.b.define(mode, how);
        }
        self.jump(head);
        self.b.seal(head);
        self.continue_in(finished);
        let value = self.intern("value");
        let value = self.op(Op::GetProp, &[result], Imm::Str(value));
        self.on_mode(how, RETURN, |lowering| lowering.return_value(value));
        value
    }
}
