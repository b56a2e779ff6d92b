//! Code that comes as a text, where the embedder has a compiler ([`Vm::set_evaluator`]).

use jerboa_rt::image::function_at;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::{EvaluatedFunction, Evaluator, Vm};
use jerboa_rt::{Args, Result, StringBuilder};

/// Runs a text as global code.
pub(super) fn evaluate<'a>(vm: &'a mut Vm, text: Slot) -> Result<Value<'a>> {
    let Some(evaluator) = vm.evaluator else { return Err(super::function::refuse(vm)) };
    vm.flatten(text)?;
    run(vm, evaluator, text, None)
}

/// Makes a function of the texts of its parameters and its body; `keywords` begin its expression.
pub(super) fn make<'a>(vm: &'a mut Vm, args: Args, keywords: &'static str) -> Result<Value<'a>> {
    let Some(evaluator) = vm.evaluator else { return Err(super::function::refuse(vm)) };
    let [parameters, body] = vm.slots()?;
    let mut text = StringBuilder::new(vm)?;
    let [part] = vm.slots()?;
    let count = args.len().saturating_sub(1);
    for i in 0..count {
        if i > 0 {
            text.push(vm, b",")?;
        }
        if let Some(argument) = args.get(i) {
            vm.copy(argument, part);
            vm.to_string(part)?;
            text.push_string(vm, part)?;
        }
    }
    text.finish(vm)?.store(parameters);
    vm.flatten(parameters)?;
    match args.get(count) {
        Some(argument) => vm.copy(argument, body),
        None => vm.new_string(b"")?.store(body),
    }
    vm.to_flat_string(body)?;
    run(vm, evaluator, body, Some(EvaluatedFunction { keywords, parameters }))
}

fn run<'a>(
    vm: &'a mut Vm,
    evaluator: Evaluator,
    text: Slot,
    of: Option<EvaluatedFunction>,
) -> Result<Value<'a>> {
    let function = (evaluator.compile)(vm, text, of)?;
    let callee = vm.push_word(function_at(vm.image, function))?;
    let [this] = vm.slots()?;
    let result = vm.call_with(callee, this, &[]).map(Value::word);
    if vm.traced.get() < function {
        (evaluator.release)(vm, function);
    }
    result.map(Value::of)
}
