//! Calls of every kind of function, constructors, fuel, and the depth of native recursion.

use crate::testing::{functions, machine, number, pending, show, text};
use crate::value::{Slot, Value};
use crate::vm::Vm;

fn function(vm: &mut Vm, number: u32) -> Slot {
    let [slot] = vm.slots().unwrap();
    let value = vm.function_value(number);
    value.store(slot);
    slot
}

#[test]
fn windows_and_results() {
    let mut vm = machine(64 << 10);
    let first = function(&mut vm, functions::FIRST);
    let count = function(&mut vm, functions::COUNT);
    let this = function(&mut vm, functions::THIS);
    let [undefined, result] = vm.slots().unwrap();
    let a = text(&mut vm, "argument");
    let sp = vm.mark();
    vm.call_with(first, undefined, &[a, undefined]).unwrap().store(result);
    assert_eq!(show(&mut vm, result), "argument");
    vm.release(sp);
    assert_eq!(vm.call_with(count, undefined, &[a, a, a]).unwrap().as_int(), Some(3));
    vm.call_with(this, a, &[]).unwrap().store(result);
    assert!(vm.get(result) == vm.get(a));
    assert!(vm.mark() == sp);
    // Bound: this and leading arguments.
    let [bound] = vm.slots().unwrap();
    vm.new_bound(count, a, a, 1).unwrap().store(bound);
    assert_eq!(vm.call_with(bound, undefined, &[a, a]).unwrap().as_int(), Some(3));
    assert!(vm.call_with(a, undefined, &[]).is_err());
    assert_eq!(pending(&mut vm), "TypeError: argument is not a function");
}

#[test]
fn captured_values() {
    let mut vm = machine(64 << 10);
    let value = text(&mut vm, "captured value");
    let [closure, result, undefined] = vm.slots().unwrap();
    vm.new_closure(functions::CAPTURED, value, 1).unwrap().store(closure);
    vm.collect();
    vm.call_with(closure, undefined, &[]).unwrap().store(result);
    assert!(vm.get(result) == vm.get(value));
}

#[test]
fn constructors() {
    let mut vm = machine(64 << 10);
    let point = function(&mut vm, functions::POINT);
    let target = function(&mut vm, functions::TARGET);
    let x = number(&mut vm, 7.0);
    let [object] = vm.slots().unwrap();
    for round in 0..2 {
        let window = vm.push(point).unwrap();
        vm.push_value(Value::UNDEFINED).unwrap();
        vm.push(x).unwrap();
        vm.construct(1).unwrap().store(object);
        vm.release(window);
        assert_eq!(vm.get_by_name(object, "y").unwrap().as_int(), Some(7));
        if round == 1 {
            assert_eq!(
                jerboa_abi::header::aux(vm.get(object).header()),
                2,
                "the second one has no spare slots"
            );
        }
    }
    let window = vm.push(target).unwrap();
    vm.push_value(Value::UNDEFINED).unwrap();
    vm.construct(0).unwrap().store(object);
    vm.release(window);
    assert!(vm.get(object) == vm.get(target), "the constructor returned new.target");
    let [undefined] = vm.slots().unwrap();
    assert!(vm.call_with(target, undefined, &[]).unwrap().is_undefined());
    let first = function(&mut vm, functions::FIRST);
    vm.push(first).unwrap();
    vm.push_value(Value::UNDEFINED).unwrap();
    assert!(vm.construct(0).is_err());
    assert_eq!(pending(&mut vm), "TypeError: #<Function> is not a constructor");
}

#[test]
fn recursion_through_native_code_ends_in_an_error() {
    let mut vm = machine(256 << 10);
    let recurse = function(&mut vm, functions::RECURSE);
    let [undefined] = vm.slots().unwrap();
    let mark = vm.mark();
    assert!(vm.call_with(recurse, undefined, &[recurse]).is_err());
    vm.release(mark);
    assert_eq!(pending(&mut vm), "RangeError: Maximum call stack size exceeded");
    // And the machine goes on.
    let count = function(&mut vm, functions::COUNT);
    assert_eq!(vm.call_with(count, undefined, &[]).unwrap().as_int(), Some(0));
}

#[test]
fn a_full_stack_is_an_error_that_can_be_caught() {
    let mut vm = machine(64 << 10);
    let mark = vm.mark();
    let mut pushed = 0u32;
    while vm.push_value(Value::NULL).is_ok() {
        pushed += 1;
    }
    assert!(pushed > 100);
    vm.release(mark);
    assert_eq!(pending(&mut vm), "RangeError: Maximum call stack size exceeded");
}

#[test]
fn fuel_runs_out_and_can_not_be_caught() {
    let mut vm = machine(64 << 10);
    vm.set_fuel(Some(5));
    assert_eq!(vm.fuel.get(), 5);
    vm.fuel.set(0);
    assert!(vm.out_of_fuel().is_err());
    assert!(vm.take_pending().is_none());
    vm.set_fuel(None);
    assert!(vm.out_of_fuel().is_ok());
    // SAFETY: the machine is alive.
    unsafe { Vm::interrupt(&raw mut vm) };
    assert_eq!(vm.fuel.get(), 0);
    assert!(vm.out_of_fuel().is_err());
}
