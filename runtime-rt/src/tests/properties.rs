//! Property semantics against what ES5 says.

use crate::define::Descriptor;
use crate::keys::Filter;
use crate::shape::attributes;
use crate::testing::{functions, key, machine, number, pending, show, text};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

fn keys(vm: &mut Vm, object: Slot, filter: Filter) -> String {
    let mark = vm.mark();
    let [list, part] = vm.slots().unwrap();
    vm.own_keys(object, filter).unwrap().store(list);
    let mut all = Vec::new();
    for i in 0..vm.array_length(list) {
        let word = vm.array_get(list, i).word();
        crate::memory::store(part.address(), word);
        all.push(show(vm, part));
    }
    vm.release(mark);
    all.join(",")
}

fn object(vm: &mut Vm) -> Slot {
    let [slot] = vm.slots().unwrap();
    vm.new_object().unwrap().store(slot);
    slot
}

#[test]
fn many_properties_in_every_mode() {
    // Shapes, overflow slots and dictionaries give the same answers.
    for count in [1, 2, 3, 4, 5, 9, 40, 121, 300] {
        let mut vm = machine(256 << 10);
        let object = object(&mut vm);
        let names: Vec<Key> = (0..count).map(|i| key(&mut vm, &format!("property{i}"))).collect();
        let value = number(&mut vm, 0.0);
        for (i, &name) in names.iter().enumerate() {
            Value::int(i as i32).unwrap().store(value);
            vm.set_property(object, name, value).unwrap();
        }
        for (i, &name) in names.iter().enumerate() {
            assert_eq!(vm.get_property(object, name).unwrap().as_int(), Some(i as i32), "{i} of {count}");
        }
        for &name in names.iter().step_by(2) {
            assert!(vm.delete_property(object, name).unwrap());
        }
        for (i, &name) in names.iter().enumerate() {
            let expected = if i % 2 == 0 { None } else { Some(i as i32) };
            assert_eq!(vm.get_property(object, name).unwrap().as_int(), expected);
        }
        let expected: Vec<String> =
            (0..count).filter(|i| i % 2 == 1).map(|i| format!("property{i}")).collect();
        assert_eq!(keys(&mut vm, object, Filter::All), expected.join(","));
        vm.check_heap().unwrap();
    }
}

#[test]
fn a_great_many_properties() {
    if cfg!(feature = "gc-stress") {
        return;
    }
    let mut vm = machine(16 << 20);
    let object = object(&mut vm);
    let [name, value] = vm.slots().unwrap();
    // Beyond what 16-bit entry numbers can count.
    for i in 0..80_000 {
        vm.new_string(format!("key{i}").as_bytes()).unwrap().store(name);
        Value::int(i).unwrap().store(value);
        vm.set_element(object, name, value).unwrap();
    }
    for i in (0..80_000).step_by(7) {
        vm.new_string(format!("key{i}").as_bytes()).unwrap().store(name);
        assert_eq!(vm.get_element(object, name).unwrap().as_int(), Some(i));
    }
}

#[test]
fn objects_built_alike_share_a_shape() {
    let mut vm = machine(64 << 10);
    let (a, b) = (object(&mut vm), object(&mut vm));
    let value = number(&mut vm, 1.0);
    for name in ["first", "second", "third", "fourth", "fifth"] {
        let name = key(&mut vm, name);
        vm.set_property(a, name, value).unwrap();
        vm.set_property(b, name, value).unwrap();
    }
    assert_eq!(vm.get(a).header() >> 16, vm.get(b).header() >> 16);
    assert_eq!(vm.shape_count.get(), 5);
    // The image's own shapes are found, too.
    let (c, d) = (object(&mut vm), object(&mut vm));
    let [literal] = vm.slots().unwrap();
    vm.new_object_of_shape(jerboa_abi::image::FIRST_SHAPE + 2, 0).unwrap().store(literal);
    for name in ["name", "value", "x"] {
        let name = key(&mut vm, name);
        vm.set_property(c, name, value).unwrap();
        vm.set_property(d, name, value).unwrap();
    }
    assert_eq!(vm.get(c).header() >> 16, vm.get(literal).header() >> 16);
    assert_eq!(vm.shape_count.get(), 5);
}

#[test]
fn order_of_keys() {
    let mut vm = machine(64 << 10);
    let object = object(&mut vm);
    let value = number(&mut vm, 1.0);
    for name in ["b", "10", "a", "9", "1073741824", "2", "c", "01", "-1"] {
        let name = key(&mut vm, name);
        vm.set_property(object, name, value).unwrap();
    }
    assert_eq!(keys(&mut vm, object, Filter::All), "2,9,10,1073741824,b,a,c,01,-1");
    let a = key(&mut vm, "a");
    vm.delete_property(object, a).unwrap();
    vm.set_property(object, a, value).unwrap();
    assert_eq!(keys(&mut vm, object, Filter::Enumerable), "2,9,10,1073741824,b,c,01,-1,a");
}

#[test]
fn attributes_hold() {
    let mut vm = machine(64 << 10);
    let object = object(&mut vm);
    let one = number(&mut vm, 1.0);
    let two = number(&mut vm, 2.0);
    let name = key(&mut vm, "fixed");
    assert!(vm.define_own_property(object, name, &Descriptor::data(one, attributes::ENUMERABLE)).unwrap());
    assert!(vm.set_property(object, name, two).is_err());
    assert_eq!(
        pending(&mut vm),
        "TypeError: Cannot assign to read only property 'fixed' of object '#<Object>'"
    );
    assert!(!vm.delete_property(object, name).unwrap());
    let slot = text(&mut vm, "fixed");
    assert!(vm.delete_element(object, slot).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot delete property 'fixed' of #<Object>");
    assert!(!vm.define_own_property(object, name, &Descriptor::data(two, attributes::ENUMERABLE)).unwrap());
    assert!(vm.define_own_property(object, name, &Descriptor::data(one, attributes::ENUMERABLE)).unwrap());
    let hidden = key(&mut vm, "hidden");
    assert!(vm.define_own_property(object, hidden, &Descriptor::data(two, attributes::HIDDEN)).unwrap());
    assert_eq!(keys(&mut vm, object, Filter::Enumerable), "fixed");
    assert_eq!(keys(&mut vm, object, Filter::All), "fixed,hidden");
    vm.lock_object(object, 0).unwrap();
    let more = key(&mut vm, "more");
    assert!(vm.set_property(object, more, one).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot add property more, object is not extensible");
    assert!(!vm.is_locked(object, false).unwrap());
    vm.lock_object(object, attributes::CONFIGURABLE | attributes::WRITABLE).unwrap();
    assert!(vm.is_locked(object, true).unwrap());
    assert!(vm.set_property(object, hidden, one).is_err());
}

#[test]
fn accessors_run() {
    let mut vm = machine(64 << 10);
    let object = object(&mut vm);
    let [getter, setter] = vm.slots().unwrap();
    vm.function_value(functions::THIS).store_in(getter);
    vm.function_value(functions::THROW).store_in(setter);
    let name = key(&mut vm, "self");
    let pair = Descriptor { getter: Some(getter), setter: Some(setter), ..Descriptor::default() };
    assert!(vm.define_own_property(object, name, &pair).unwrap());
    assert!(vm.get_property(object, name).unwrap().word() == vm.get(object).word());
    let value = text(&mut vm, "thrown by the setter");
    assert!(vm.set_property(object, name, value).is_err());
    assert_eq!(pending(&mut vm), "thrown by the setter");
    // Inherited: the receiver is the one that was asked.
    let [child] = vm.slots().unwrap();
    vm.new_object_with_prototype(object, 2).unwrap().store(child);
    assert!(vm.get_property(child, name).unwrap().word() == vm.get(child).word());
    let only = key(&mut vm, "only");
    let getter_only = Descriptor { getter: Some(getter), ..Descriptor::default() };
    assert!(vm.define_own_property(object, only, &getter_only).unwrap());
    assert!(vm.set_property(child, only, value).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot set property only of #<Object> which has only a getter");
}

impl Value<'_> {
    /// For chains that would borrow the machine twice.
    fn store_in(self, slot: Slot) {
        self.store(slot);
    }
}

#[test]
fn prototypes() {
    let mut vm = machine(64 << 10);
    let parent = object(&mut vm);
    let value = number(&mut vm, 1.0);
    let other = number(&mut vm, 2.0);
    let name = key(&mut vm, "name");
    vm.set_property(parent, name, value).unwrap();
    let [child] = vm.slots().unwrap();
    vm.new_object_with_prototype(parent, 2).unwrap().store(child);
    assert_eq!(vm.get_property(child, name).unwrap().as_int(), Some(1));
    vm.set_property(child, name, other).unwrap();
    assert_eq!(vm.get_property(parent, name).unwrap().as_int(), Some(1));
    assert_eq!(vm.get_property(child, name).unwrap().as_int(), Some(2));
    assert!(!vm.set_prototype_of(parent, child).unwrap(), "no rings");
    let null = vm.push_value(Value::NULL).unwrap();
    assert!(vm.set_prototype_of(child, null).unwrap());
    assert!(vm.delete_property(child, name).unwrap());
    assert!(vm.get_property(child, name).unwrap().is_undefined());
    assert!(vm.prototype_of(child).is_null());
    let [bare] = vm.slots().unwrap();
    vm.new_object_with_prototype(null, 1).unwrap().store(bare);
    let to_string = key(&mut vm, "constructor");
    assert!(vm.get_property(bare, to_string).unwrap().is_undefined());
    assert!(vm.get_property(parent, to_string).unwrap().is_callable());
}

#[test]
fn built_in_objects_can_be_changed() {
    let mut vm = machine(64 << 10);
    let [math, array] = vm.slots().unwrap();
    let word = vm.intrinsic_word(jerboa_abi::builtins::ObjectId::Math);
    crate::memory::store(math.address(), word);
    let pi = key(&mut vm, "PI");
    let floor = key(&mut vm, "floor");
    let value = number(&mut vm, 3.0);
    assert!((vm.get_property(math, pi).unwrap().as_number().unwrap() - core::f64::consts::PI).abs() < 1e-15);
    assert!(vm.set_property(math, pi, value).is_err());
    pending(&mut vm);
    vm.set_property(math, floor, value).unwrap();
    assert_eq!(vm.get_property(math, floor).unwrap().as_int(), Some(3));
    assert_eq!(vm.get(math).word(), word, "its identity stays");
    assert!(vm.delete_property(math, floor).unwrap());
    assert!(vm.get_property(math, floor).unwrap().is_undefined());
    assert!(!vm.has_property(math, floor, false).unwrap());
    vm.set_property(math, floor, value).unwrap();
    assert_eq!(keys(&mut vm, math, Filter::Enumerable), "floor");
    // A method added to a prototype is seen by all arrays.
    let prototype = vm.push_value(Value::NULL).unwrap();
    let word = vm.intrinsic_word(jerboa_abi::builtins::ObjectId::ArrayPrototype);
    crate::memory::store(prototype.address(), word);
    vm.new_array(0).unwrap().store(array);
    let added = key(&mut vm, "added");
    vm.set_property(prototype, added, value).unwrap();
    assert_eq!(vm.get_property(array, added).unwrap().as_int(), Some(3));
    vm.lock_object(math, attributes::CONFIGURABLE | attributes::WRITABLE).unwrap();
    assert!(vm.is_locked(math, true).unwrap());
    assert!(vm.set_property(math, floor, value).is_err());
}

#[test]
fn functions_have_properties_when_asked() {
    let mut vm = machine(64 << 10);
    let [point, prototype, value] = vm.slots().unwrap();
    vm.function_value(functions::POINT).store_in(point);
    vm.get_by_name(point, "name").unwrap().store(value);
    assert_eq!(show(&mut vm, value), "Point");
    assert_eq!(vm.get_by_name(point, "length").unwrap().as_int(), Some(1));
    assert_eq!(vm.side_count.get(), 0, "nothing was made yet");
    vm.get_by_name(point, "prototype").unwrap().store(prototype);
    assert!(vm.get_by_name(prototype, "constructor").unwrap().word() == vm.get(point).word());
    assert_eq!(keys(&mut vm, point, Filter::All), "length,name,prototype");
    let name = key(&mut vm, "name");
    assert!(vm.set_property(point, name, value).is_err(), "a function's name is read-only");
    assert_eq!(
        pending(&mut vm),
        "TypeError: Cannot assign to read only property 'name' of object '#<Function>'"
    );
    assert!(vm.delete_property(point, name).unwrap());
    assert_eq!(keys(&mut vm, point, Filter::All), "length,prototype");
    let [this] = vm.slots().unwrap();
    let [bound] = vm.slots().unwrap();
    vm.new_bound(point, this, value, 1).unwrap().store(bound);
    vm.get_by_name(bound, "name").unwrap().store(value);
    assert_eq!(show(&mut vm, value), "bound ");
    assert_eq!(vm.get_by_name(bound, "length").unwrap().as_int(), Some(0));
}

#[test]
fn arrays() {
    let mut vm = machine(64 << 10);
    let [array] = vm.slots().unwrap();
    vm.new_array(0).unwrap().store(array);
    let value = number(&mut vm, 0.0);
    for i in 0..100 {
        Value::int(i).unwrap().store(value);
        vm.array_push(array, value).unwrap();
    }
    assert_eq!(vm.array_length(array), 100);
    let length = key(&mut vm, "length");
    Value::int(10).unwrap().store(value);
    vm.set_property(array, length, value).unwrap();
    assert_eq!(vm.array_length(array), 10);
    let index = number(&mut vm, 12.0);
    vm.set_element(array, index, value).unwrap();
    assert_eq!(vm.array_length(array), 13);
    assert_eq!(keys(&mut vm, array, Filter::Enumerable), "0,1,2,3,4,5,6,7,8,9,12");
    let hole = number(&mut vm, 11.0);
    assert!(vm.get_element(array, hole).unwrap().is_undefined());
    // An accessor on an index, and a named property.
    let [getter] = vm.slots().unwrap();
    vm.function_value(functions::THIS).store_in(getter);
    let key5 = Key::index(5).unwrap();
    let pair = Descriptor { getter: Some(getter), given: 7, attributes: 6, ..Descriptor::default() };
    assert!(vm.define_own_property(array, key5, &pair).unwrap());
    assert!(vm.get_property(array, key5).unwrap().word() == vm.get(array).word());
    let named = key(&mut vm, "named");
    vm.set_property(array, named, value).unwrap();
    assert_eq!(keys(&mut vm, array, Filter::All), "0,1,2,3,4,5,6,7,8,9,12,length,named");
    let bad = number(&mut vm, -1.0);
    assert!(vm.set_property(array, length, bad).is_err());
    assert_eq!(pending(&mut vm), "RangeError: Invalid array length");
    vm.lock_object(array, attributes::CONFIGURABLE | attributes::WRITABLE).unwrap();
    let zero = number(&mut vm, 0.0);
    assert!(vm.set_element(array, zero, value).is_err());
    assert_eq!(
        pending(&mut vm),
        "TypeError: Cannot assign to read only property '0' of object '[object Array]'"
    );
    assert!(vm.array_push(array, value).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot add property 13, object is not extensible");
    assert!(vm.is_locked(array, true).unwrap());
    assert_eq!(vm.array_length(array), 13);
}

#[test]
fn arguments_are_no_array() {
    let mut vm = machine(64 << 10);
    let values = vm.slots::<3>().unwrap();
    let [arguments] = vm.slots().unwrap();
    vm.new_arguments(values[0], 3).unwrap().store(arguments);
    assert!(!vm.get(arguments).is_array());
    assert_eq!(keys(&mut vm, arguments, Filter::All), "0,1,2,length");
    let length = key(&mut vm, "length");
    let one = number(&mut vm, 1.0);
    vm.set_property(arguments, length, one).unwrap();
    assert_eq!(vm.get_property(arguments, length).unwrap().as_int(), Some(1));
    assert_eq!(keys(&mut vm, arguments, Filter::Enumerable), "0,1,2");
    let seven = number(&mut vm, 7.0);
    vm.set_element(arguments, seven, one).unwrap();
    assert_eq!(keys(&mut vm, arguments, Filter::Enumerable), "0,1,2,7");
    assert!(vm.delete_property(arguments, length).unwrap());
    assert!(vm.get_property(arguments, length).unwrap().is_undefined());
}

#[test]
fn primitives() {
    let mut vm = machine(64 << 10);
    let s = text(&mut vm, "hé𝄞");
    let length = key(&mut vm, "length");
    assert_eq!(vm.get_property(s, length).unwrap().as_int(), Some(4));
    let [unit] = vm.slots().unwrap();
    let index = number(&mut vm, 1.0);
    vm.get_element(s, index).unwrap().store(unit);
    assert_eq!(show(&mut vm, unit), "é");
    assert!(vm.set_property(s, length, index).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot assign to read only property 'length' of string 'hé𝄞'");
    let name = key(&mut vm, "name");
    assert!(vm.set_property(s, name, index).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot create property 'name' on string 'hé𝄞'");
    let undefined = vm.push_value(Value::UNDEFINED).unwrap();
    assert!(vm.get_property(undefined, name).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot read properties of undefined (reading 'name')");
    let null = vm.push_value(Value::NULL).unwrap();
    assert!(vm.set_element(null, index, s).is_err());
    assert_eq!(pending(&mut vm), "TypeError: Cannot set properties of null (setting '1')");
    vm.to_object(s).unwrap();
    assert_eq!(keys(&mut vm, s, Filter::All), "0,1,2,3,length");
    vm.set_property(s, name, index).unwrap();
    assert_eq!(keys(&mut vm, s, Filter::Enumerable), "0,1,2,3,name");
}

#[test]
fn errors_have_message_and_stack() {
    let mut vm = machine(64 << 10);
    let [error, value] = vm.slots().unwrap();
    let message = text(&mut vm, "what went wrong");
    vm.new_error(crate::ErrorKind::Range, message).unwrap().store(error);
    vm.get_by_name(error, "message").unwrap().store(value);
    assert_eq!(show(&mut vm, value), "what went wrong");
    assert_eq!(keys(&mut vm, error, Filter::Enumerable), "");
    vm.get_by_name(error, "stack").unwrap().store(value);
    assert_eq!(show(&mut vm, value), "RangeError: what went wrong");
    let code = key(&mut vm, "code");
    let cause = key(&mut vm, "cause");
    vm.set_property(error, code, message).unwrap();
    vm.set_property(error, cause, message).unwrap();
    assert_eq!(keys(&mut vm, error, Filter::Enumerable), "code,cause");
    assert_eq!(keys(&mut vm, error, Filter::All), "stack,message,code,cause");
    let name = key(&mut vm, "message");
    assert!(vm.delete_property(error, name).unwrap());
    vm.get_by_name(error, "message").unwrap().store(value);
    assert_eq!(show(&mut vm, value), "", "the prototype's");
    assert_eq!(keys(&mut vm, error, Filter::All), "stack,code,cause");
}

#[test]
fn for_in_sees_prototypes_and_skips_deleted_keys() {
    let mut vm = machine(64 << 10);
    let parent = object(&mut vm);
    let value = number(&mut vm, 1.0);
    for name in ["inherited", "hidden"] {
        let name = key(&mut vm, name);
        vm.set_property(parent, name, value).unwrap();
    }
    let [child, iterator, item] = vm.slots().unwrap();
    vm.new_object_with_prototype(parent, 2).unwrap().store(child);
    for name in ["b", "3", "gone", "a"] {
        let name = key(&mut vm, name);
        vm.set_property(child, name, value).unwrap();
    }
    let hidden = key(&mut vm, "hidden");
    vm.define_own_property(child, hidden, &Descriptor::data(value, attributes::HIDDEN)).unwrap();
    vm.for_in(child).unwrap().store(iterator);
    let gone = key(&mut vm, "gone");
    vm.delete_property(child, gone).unwrap();
    let mut seen = Vec::new();
    loop {
        vm.iterator_next(iterator).unwrap().store(item);
        if vm.get(item).is_empty() {
            break;
        }
        assert!(vm.get(item).is_string());
        seen.push(show(&mut vm, item));
    }
    assert_eq!(seen.join(","), "3,b,a,inherited");
}
