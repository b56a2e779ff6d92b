//! `Error` and its kinds.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::Kind;
use jerboa_abi::value as word;
use jerboa_rt::define::Descriptor;
use jerboa_rt::memory::store;
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

jerboa_rt::native! {
    /// `Error(message, options)`, with or without `new`
    fn jrt_n_error(vm, args) {
        let [error] = vm.slots()?;
        create(vm, args, ErrorKind::Error, error)?;
        Ok(vm.get(error))
    }

    /// `TypeError(message, options)`
    fn jrt_n_type_error(vm, args) {
        let [error] = vm.slots()?;
        create(vm, args, ErrorKind::Type, error)?;
        Ok(vm.get(error))
    }

    /// `RangeError(message, options)`
    fn jrt_n_range_error(vm, args) {
        let [error] = vm.slots()?;
        create(vm, args, ErrorKind::Range, error)?;
        Ok(vm.get(error))
    }

    /// `ReferenceError(message, options)`
    fn jrt_n_reference_error(vm, args) {
        let [error] = vm.slots()?;
        create(vm, args, ErrorKind::Reference, error)?;
        Ok(vm.get(error))
    }

    /// `SyntaxError(message, options)`
    fn jrt_n_syntax_error(vm, args) {
        let [error] = vm.slots()?;
        create(vm, args, ErrorKind::Syntax, error)?;
        Ok(vm.get(error))
    }

    /// `EvalError(message, options)`
    fn jrt_n_eval_error(vm, args) {
        let [error] = vm.slots()?;
        create_with_prototype(vm, args, ObjectId::EvalErrorPrototype, error)?;
        Ok(vm.get(error))
    }

    /// `URIError(message, options)`
    fn jrt_n_uri_error(vm, args) {
        let [error] = vm.slots()?;
        create_with_prototype(vm, args, ObjectId::UriErrorPrototype, error)?;
        Ok(vm.get(error))
    }

    /// `AggregateError(errors, message, options)`
    fn jrt_n_aggregate_error(vm, args) {
        let [errors] = args.take(vm)?;
        let [error, text, list, item] = vm.slots()?;
        message(vm, args.get(1), text)?;
        with_prototype(vm, ObjectId::AggregateErrorPrototype, text, error)?;
        take_cause(vm, args.get(2), error)?;
        vm.new_array(0)?.store(list);
        if !vm.is_iterable(errors) {
            return Err(super::throw_call_site(
                vm,
                errors,
                " is not iterable (cannot read property Symbol(Symbol.iterator))",
            ));
        }
        vm.for_of(errors)?.store(text);
        loop {
            let next = vm.iterator_next(text)?;
            if next.is_empty() {
                break;
            }
            next.store(item);
            vm.array_push(list, item)?;
        }
        let key = vm.name_key("errors")?;
        vm.define_own_property(error, key, &Descriptor::data(list, attributes::HIDDEN))?;
        Ok(vm.get(error))
    }

    /// `error.toString()`
    fn jrt_n_error_to_string(vm, args) {
        let [text] = vm.slots()?;
        if !vm.get(args.this()).is_object() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[
                    Piece::Text("Method Error.prototype.toString called on incompatible receiver "),
                    Piece::value(args.this()),
                ],
            ));
        }
        describe(vm, args.this(), text)?;
        Ok(vm.get(text))
    }
}

/// Puts the message argument in a slot as an error holds it: a string, or `EMPTY` for none.
fn message(vm: &mut Vm, message: Option<Slot>, to: Slot) -> Result<()> {
    match message {
        Some(message) if !vm.get(message).is_undefined() => {
            vm.to_flat_string(message)?;
            vm.copy(message, to);
        }
        _ => store(to.0, word::EMPTY),
    }
    Ok(())
}

fn create(vm: &mut Vm, args: Args, kind: ErrorKind, error: Slot) -> Result<()> {
    message(vm, args.get(0), error)?;
    vm.new_error(kind, error)?.store(error);
    take_cause(vm, args.get(1), error)
}

fn create_with_prototype(vm: &mut Vm, args: Args, prototype: ObjectId, error: Slot) -> Result<()> {
    let [text] = vm.slots()?;
    message(vm, args.get(0), text)?;
    with_prototype(vm, prototype, text, error)?;
    take_cause(vm, args.get(1), error)
}

/// An error whose kind the runtime itself does not know: an `Error` with this prototype.
pub(super) fn with_prototype(vm: &mut Vm, prototype: ObjectId, message: Slot, error: Slot) -> Result<()> {
    vm.new_error(ErrorKind::Error, message)?.store(error);
    let word = vm.intrinsic_word(prototype);
    if word != word::NULL {
        let prototype = vm.push_word(word)?;
        vm.set_prototype_of(error, prototype)?;
    }
    Ok(())
}

/// Gives an error the cause that the options state.
fn take_cause(vm: &mut Vm, options: Option<Slot>, error: Slot) -> Result<()> {
    let Some(options) = options else { return Ok(()) };
    if !vm.get(options).is_object() {
        return Ok(());
    }
    let key = vm.name_key("cause")?;
    if vm.has_property(options, key, true)? {
        let [cause] = vm.slots()?;
        vm.get_property(options, key)?.store(cause);
        vm.define_own_property(error, key, &Descriptor::data(cause, attributes::HIDDEN))?;
    }
    Ok(())
}

/// What `Error.prototype.toString` gives for an object, in a slot.
pub(super) fn describe(vm: &mut Vm, error: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let [name, message] = vm.slots()?;
    let mut text = StringBuilder::new(vm)?;
    vm.get_by_name(error, "name")?.store(name);
    if vm.get(name).is_undefined() {
        vm.intern_text(b"Error")?.store(name);
    }
    vm.to_flat_string(name)?;
    vm.get_by_name(error, "message")?.store(message);
    if vm.get(message).is_undefined() {
        Value::EMPTY_STRING.store(message);
    }
    vm.to_flat_string(message)?;
    text.push_string(vm, name)?;
    if vm.get(name) != Value::EMPTY_STRING && vm.get(message) != Value::EMPTY_STRING {
        text.push(vm, b": ")?;
    }
    text.push_string(vm, message)?;
    text.finish(vm)?.store(to);
    vm.release(mark);
    Ok(())
}

/// Whether a value is an error object, or inherits from one of the prototypes of errors.
pub(super) fn is_error(vm: &Vm, value: Slot) -> bool {
    if vm.get(value).is(Kind::Error) {
        return true;
    }
    let root = vm.intrinsic_word(ObjectId::ErrorPrototype);
    let mut at = jerboa_rt::memory::load(value.0);
    if !Value::of(at).is_object() {
        return false;
    }
    while at != word::NULL {
        at = vm.prototype_word(at);
        if at == root {
            return true;
        }
    }
    false
}
