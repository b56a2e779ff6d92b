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
            Some(Coroutine::AsyncGenerator) => NativeId::AsyncGeneratorStart,
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
        let generator = matches!(self.coroutine(), Some(Coroutine::Generator | Coroutine::AsyncGenerator));
        if generator && !self.dead() {
            let undefined = self.undefined();
            self.suspend(undefined, Suspend::Start);
        }
    }

    /// Suspends the function; the value that it is resumed with.
    fn suspend(&mut self, value: Value, kind: Suspend) -> Value {
        let (received, mode) = self.suspend_raw(value, kind);
        self.on_mode(mode, THROW, |lowering| lowering.throw_value(received));
        if kind != Suspend::Await && self.is_generator() {
            self.on_mode(mode, RETURN, |lowering| lowering.return_awaited(received, kind));
        }
        received
    }

    fn is_generator(&self) -> bool {
        matches!(self.coroutine(), Some(Coroutine::Generator | Coroutine::AsyncGenerator))
    }

    /// Whether values that leave the function are awaited first.
    pub(super) fn is_async_generator(&self) -> bool {
        self.coroutine() == Some(Coroutine::AsyncGenerator)
    }

    /// Returns a value that `return()` has handed in; an asynchronous generator awaits it.
    fn return_awaited(&mut self, value: Value, kind: Suspend) {
        let awaits = self.is_async_generator() && kind == Suspend::Yield;
        let value = if awaits { self.suspend(value, Suspend::Await) } else { value };
        self.return_value(value);
    }

    /// `await` of a value.
    pub(super) fn await_value(&mut self, value: Value) -> Value {
        self.suspend(value, Suspend::Await)
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
        match (expression.delegate, self.is_async_generator()) {
            (true, true) => self.delegate_async(value),
            (true, false) => self.delegate(value),
            (false, true) => {
                let value = self.await_value(value);
                self.suspend(value, Suspend::Yield)
            }
            (false, false) => self.suspend(value, Suspend::Yield),
        }
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
        let done = self.result_done(result);
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

    /// `yield*` in an asynchronous generator.
    fn delegate_async(&mut self, iterable: Value) -> Value {
        let state = self.intrinsic(NativeId::AsyncIterateStart, &[iterable]);
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
        let given = self.intrinsic(NativeId::AsyncIterateStep, &[state, how, what]);
        let empty = self.op0(Op::IsEmpty, &[given]);
        let (missing, asked) = (self.b.block(), self.b.block());
        self.branch(empty, missing, asked);
        self.continue_in(missing);
        if !self.dead() {
            // There is no method for it: a return goes on here, a throw closes the iterator and is an error.
            self.on_mode(how, RETURN, |lowering| {
                let value = lowering.await_value(what);
                lowering.return_value(value);
            });
            self.close_async(state);
            self.throw_error(ErrorKind::TypeError, "The iterator does not provide a 'throw' method");
        }
        self.continue_in(asked);
        let result = self.await_value(given);
        let ordinary = self.intrinsic(NativeId::AsyncIterateCheck, &[state, result]);
        let done = self.result_done(result);
        let value = self.result_value(result, ordinary);
        let (finished, suspended) = (self.b.block(), self.b.block());
        self.branch(done, finished, suspended);
        self.continue_in(suspended);
        if !self.dead() {
            let (new, how) = self.suspend_raw(value, Suspend::Yield);
            self.b.define(received, new);
            self.b.define(mode, how);
        }
        self.jump(head);
        self.b.seal(head);
        self.continue_in(finished);
        self.on_mode(how, RETURN, |lowering| lowering.return_value(value));
        value
    }

    /// Whether a result object is the last.
    fn result_done(&mut self, result: Value) -> Value {
        let done = self.intern("done");
        let done = self.op(Op::GetProp, &[result], Imm::Str(done));
        self.op0(Op::ToBool, &[done])
    }

    /// The value of a result object, which a loop by an ordinary iterator awaits.
    fn result_value(&mut self, result: Value, ordinary: Value) -> Value {
        let name = self.intern("value");
        let plain = self.op(Op::GetProp, &[result], Imm::Str(name));
        let value = self.b.variable();
        self.b.define(value, plain);
        let (awaits, end) = (self.b.block(), self.b.block());
        let ordinary = self.op0(Op::ToBool, &[ordinary]);
        self.branch(ordinary, awaits, end);
        self.continue_in(awaits);
        if !self.dead() {
            let awaited = self.await_value(plain);
            self.b.define(value, awaited);
        }
        self.jump(end);
        self.continue_in(end);
        self.b.read(value)
    }

    /// Leaves a loop over an asynchronous iterator early.
    pub(super) fn close_async(&mut self, state: Value) {
        let given = self.intrinsic(NativeId::AsyncIterateClose, &[state]);
        let empty = self.op0(Op::IsEmpty, &[given]);
        let (asked, end) = (self.b.block(), self.b.block());
        self.branch(empty, end, asked);
        self.continue_in(asked);
        if !self.dead() {
            let result = self.await_value(given);
            self.intrinsic(NativeId::AsyncIterateCheck, &[state, result]);
        }
        self.jump(end);
        self.continue_in(end);
    }

    /// The next value of `for await`: to `body` with it, or to `end`.
    pub(super) fn advance_async(&mut self, state: Value, item: Variable, body: Block, end: Block) {
        let (go_on, nothing) = (self.number(0.0), self.undefined());
        let given = self.intrinsic(NativeId::AsyncIterateStep, &[state, go_on, nothing]);
        let result = self.await_value(given);
        let ordinary = self.intrinsic(NativeId::AsyncIterateCheck, &[state, result]);
        let done = self.result_done(result);
        let more = self.b.block();
        self.branch(done, end, more);
        self.continue_in(more);
        if !self.dead() {
            let value = self.result_value(result, ordinary);
            self.b.define(item, value);
        }
        self.jump(body);
    }
}
