//! `Function` and `Function.prototype`.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::memory::store;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Result, StringBuilder, Thrown};

use super::array::Subject;
#[cfg(feature = "evaluate")]
use super::evaluate;

/// Without a compiler, code that comes as a text is refused, as V8 does where a policy forbids it.
pub(super) fn refuse(vm: &mut Vm) -> Thrown {
    let Ok([message, error]) = vm.slots() else { return Thrown };
    let text = b"Code generation from strings disallowed for this context";
    let made = match vm.new_string(text).map(Value::word) {
        Ok(text) => {
            store(message.0, text);
            super::error::with_prototype(vm, ObjectId::EvalErrorPrototype, message, error)
        }
        Err(thrown) => Err(thrown),
    };
    if made.is_ok() { vm.throw(error) } else { Thrown }
}

jerboa_rt::native! {
    /// `Function(…parameters, body)`
    fn jrt_n_function(vm, args) {
        make(vm, args, "function")
    }

    /// `AsyncFunction(…parameters, body)`
    fn jrt_n_async_function(vm, args) {
        make(vm, args, "async function")
    }

    /// `GeneratorFunction(…parameters, body)`
    fn jrt_n_generator_function(vm, args) {
        make(vm, args, "function*")
    }

    /// `AsyncGeneratorFunction(…parameters, body)`
    fn jrt_n_async_generator_function(vm, args) {
        make(vm, args, "async function*")
    }

    /// `eval(text)`, not as the operator that sees the caller's variables: what is no string comes back as it is.
    fn jrt_n_eval(vm, args) {
        let [text] = args.take(vm)?;
        if !vm.get(text).is_string() {
            return Ok(vm.get(text));
        }
        #[cfg(feature = "evaluate")]
        return evaluate::evaluate(vm, text);
        #[cfg(not(feature = "evaluate"))]
        Err(refuse(vm))
    }

    /// `function.call(this, …arguments)`
    fn jrt_n_function_call(vm, args) {
        vm.push(args.this())?;
        match args.get(0) {
            Some(this) => vm.push(this)?,
            None => vm.push_value(super::object::UNDEFINED)?,
        };
        for i in 1..args.len() {
            if let Some(argument) = args.get(i) {
                vm.push(argument)?;
            }
        }
        vm.call(args.len().saturating_sub(1))
    }

    /// `function.apply(this, arguments)`
    fn jrt_n_function_apply(vm, args) {
        let [this, list] = args.take(vm)?;
        apply(vm, args.this(), this, list)
    }

    /// `function.bind(this, …arguments)`
    fn jrt_n_function_bind(vm, args) {
        let [this] = args.take(vm)?;
        if !vm.get(args.this()).is_callable() {
            return Err(vm.throw_type("Bind must be called on a function"));
        }
        let rest = args.get(1).unwrap_or(args.first());
        vm.new_bound(args.this(), this, rest, args.len().saturating_sub(1))
    }

    /// Getter and setter of what strict code does not give: `arguments.callee`.
    fn jrt_n_function_restricted(vm, args) {
        let _ = args;
        Err(vm.throw_type(
            "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the \
             arguments objects for calls to them",
        ))
    }

    /// `function[Symbol.hasInstance](value)`
    fn jrt_n_function_has_instance(vm, args) {
        let [value] = args.take(vm)?;
        let function = vm.get(args.this());
        if !function.is_callable() {
            return Ok(Value::FALSE);
        }
        let function = function.word();
        Ok(Value::bool(vm.is_instance(value, function)?))
    }

    /// `function.toString()`: always the form that a built-in function's text has, because the source is not in the image.
    fn jrt_n_function_to_string(vm, args) {
        let this = args.this();
        if !vm.get(this).is_callable() {
            return Err(vm.throw_type("Function.prototype.toString requires that 'this' be a Function"));
        }
        let mut text = StringBuilder::new(vm)?;
        let [name] = vm.slots()?;
        vm.get_by_name(this, "name")?.store(name);
        text.push(vm, b"function ")?;
        if vm.get(name).is_string() {
            text.push_string(vm, name)?;
        }
        text.push(vm, b"() { [native code] }")?;
        text.finish(vm)
    }
}

/// Makes a function of texts, where there is a compiler.
#[cfg(feature = "evaluate")]
fn make<'a>(vm: &'a mut Vm, args: Args, keywords: &'static str) -> Result<Value<'a>> {
    evaluate::make(vm, args, keywords)
}

#[cfg(not(feature = "evaluate"))]
fn make<'a>(vm: &'a mut Vm, _: Args, _: &'static str) -> Result<Value<'a>> {
    Err(refuse(vm))
}

/// Calls a function with the elements of an array-like, or none for `undefined` and `null`.
pub(super) fn apply(vm: &mut Vm, function: Slot, this: Slot, list: Slot) -> Result<Value<'_>> {
    if !vm.get(function).is_callable() {
        return Err(vm.throw_type("Function.prototype.apply was called on a value that is not a function"));
    }
    vm.push(function)?;
    vm.push(this)?;
    let count = if vm.get(list).is_nullish() { 0 } else { push_list(vm, list)? };
    vm.call(count)
}

/// Pushes the elements of an array-like; how many.
pub(super) fn push_list(vm: &mut Vm, list: Slot) -> Result<u32> {
    if !vm.get(list).is_object() {
        return Err(vm.throw_error(
            ErrorKind::Type,
            &[jerboa_rt::Piece::Text("CreateListFromArrayLike called on non-object")],
        ));
    }
    let mark = vm.mark();
    let (_, count) = Subject::of(vm, list)?;
    vm.release(mark);
    // More than that is refused in the same way.
    let count = count.min(u64::from(u32::MAX)) as u32;
    let first = vm.push_words(count)?;
    let mark = vm.mark();
    let subject = Subject::over(vm, list)?;
    for i in 0..count {
        subject.get(vm, u64::from(i), first.above(i))?;
    }
    vm.release(mark);
    Ok(count)
}
