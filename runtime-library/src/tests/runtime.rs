//! Tests of the core of the runtime that ask for built-in functions.

use jerboa_rt::ops::Comparison;
use jerboa_rt::testing::{functions, number, pending, show, text};
use jerboa_rt::value::Value;

use super::machine;

#[test]
fn natives_are_called_by_their_number() {
    let mut vm = machine(64 << 10);
    let [array, push] = vm.slots().unwrap();
    vm.new_array(0).unwrap().store(array);
    let value = text(&mut vm, "pushed");
    vm.get_by_name(array, "push").unwrap().store(push);
    assert_eq!(vm.call_with(push, array, &[value, value]).unwrap().as_int(), Some(2));
    assert_eq!(vm.array_length(array), 2);
    // Generic: an object with a length.
    let [object] = vm.slots().unwrap();
    vm.new_object().unwrap().store(object);
    assert_eq!(vm.call_with(push, object, &[value]).unwrap().as_int(), Some(1));
    assert_eq!(vm.get_by_name(object, "length").unwrap().as_int(), Some(1));
}

#[test]
fn objects_become_primitives() {
    let mut vm = machine(64 << 10);
    let [object, function] = vm.slots().unwrap();
    let null = vm.push_value(Value::NULL).unwrap();
    vm.new_object_with_prototype(null, 1).unwrap().store(object);
    let one = number(&mut vm, 1.0);
    // There is neither valueOf nor toString.
    assert!(vm.add(object, one).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot convert object to primitive value");
    vm.function_value(functions::COUNT).store(function);
    vm.set_by_name(object, "valueOf", function).unwrap();
    assert_eq!(vm.add(object, one).unwrap().as_int(), Some(1));
    vm.function_value(functions::THROW).store(function);
    vm.set_by_name(object, "valueOf", function).unwrap();
    assert!(vm.compare(Comparison::Less, object, one).is_err());
    assert_eq!(pending(&mut vm), "undefined");
}

#[test]
fn types_and_instances() {
    let mut vm = machine(64 << 10);
    let [function, object, name] = vm.slots().unwrap();
    vm.function_value(functions::POINT).store(function);
    vm.push(function).unwrap();
    vm.push_value(Value::UNDEFINED).unwrap();
    vm.construct(0).unwrap().store(object);
    assert!(vm.instance_of(object, function).unwrap());
    assert!(!vm.instance_of(function, function).unwrap());
    assert!(vm.instance_of(function, object).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Right-hand side of 'instanceof' is not callable");
    for (slot, expected) in [(function, "function"), (object, "object"), (name, "undefined")] {
        let [result] = vm.slots().unwrap();
        vm.type_name(slot).unwrap().store(result);
        assert_eq!(show(&mut vm, result), expected);
    }
    let x = text(&mut vm, "x");
    assert!(vm.has_element(x, object).unwrap());
    assert!(vm.has_element(object, x).is_err());
}

#[test]
fn for_of_goes_by_code_points() {
    let mut vm = machine(64 << 10);
    let s = text(&mut vm, "a𝄞é");
    let [iterator, item] = vm.slots().unwrap();
    vm.for_of(s).unwrap().store(iterator);
    let mut seen = Vec::new();
    loop {
        vm.iterator_next(iterator).unwrap().store(item);
        if vm.get(item).is_empty() {
            break;
        }
        seen.push(show(&mut vm, item));
    }
    assert_eq!(seen, ["a", "𝄞", "é"]);
    let five = number(&mut vm, 5.0);
    assert!(vm.for_of(five).is_err());
    assert_eq!(pending(&mut vm), "TypeError: 5 is not iterable");
}
