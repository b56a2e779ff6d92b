//! Exhausted memory: an error that can be caught, at every point, after which everything works.

use crate::testing::{machine, pending, text};
use crate::value::{Result, Value};
use crate::vm::Vm;

#[test]
fn a_full_heap_is_an_error_that_can_be_caught() {
    let mut vm = machine(8 << 10);
    let [list] = vm.slots().unwrap();
    for round in 0..3 {
        vm.new_array(0).unwrap().store(list);
        let mark = vm.mark();
        let value = vm.push_value(Value::NULL).unwrap();
        let error = loop {
            match vm.new_object() {
                Ok(object) => object.store(value),
                Err(error) => break error,
            }
            if let Err(error) = vm.array_push(list, value) {
                break error;
            }
        };
        assert_eq!(error, crate::Thrown);
        vm.release(mark);
        // The heap is full of live objects; the same error can be thrown again.
        let again = vm.new_string(&[b'x'; 9000]);
        assert!(again.is_err(), "round {round}");
        vm.check_heap().unwrap();
        vm.set(list, Value::UNDEFINED);
        assert_eq!(pending(&mut vm), "RangeError: out of memory");
        vm.collect();
        assert!(vm.statistics().heap_used < 400);
    }
}

#[test]
fn impossible_sizes_are_refused() {
    let mut vm = machine(8 << 10);
    assert!(vm.new_array_with_length(u32::MAX).is_err());
    assert!(vm.new_array(1 << 30).is_err());
    let [array] = vm.slots().unwrap();
    vm.new_array(0).unwrap().store(array);
    assert!(vm.set_array_length(array, 1 << 29).is_err());
    vm.check_heap().unwrap();
}

/// A mix of everything that allocates.
#[cfg(feature = "fail-allocation")]
fn workload(vm: &mut Vm) -> Result<()> {
    use crate::keys::Filter;
    use crate::value::Key;
    let [object, value, array, name] = vm.slots()?;
    vm.new_object()?.store(object);
    vm.new_array(0)?.store(array);
    vm.set(name, Value::EMPTY_STRING);
    for i in 0..12 {
        let mark = vm.mark();
        let [key] = vm.slots()?;
        vm.new_string(format!("name{i}").as_bytes())?.store(key);
        vm.concat(name, key)?.store(name);
        vm.number(f64::from(i) + 0.5)?.store(value);
        vm.set_element(object, key, value)?;
        vm.array_push(array, key)?;
        if i % 4 == 3 {
            vm.delete_element(object, key)?;
        }
        vm.add(key, value)?.store(key);
        vm.release(mark);
    }
    vm.flatten(name)?;
    let function = vm.function_value(crate::testing::functions::POINT);
    function.store(value);
    let window = vm.push(value)?;
    vm.push(value)?;
    vm.push(name)?;
    vm.construct(1)?.store(value);
    vm.release(window);
    vm.set_property(array, Key::index(40).unwrap(), value)?;
    vm.own_keys(object, Filter::All)?.store(value);
    vm.for_in(object)?.store(value);
    while !vm.iterator_next(value)?.is_empty() {}
    vm.lock_object(object, 6)?;
    Ok(())
}

#[test]
#[cfg(feature = "fail-allocation")]
fn any_allocation_may_fail() {
    let mut vm = machine(64 << 10);
    let mut failures = 0;
    for n in 0.. {
        let mark = vm.mark();
        vm.fail_allocation(n);
        let result = workload(&mut vm);
        vm.fail_allocation(u32::MAX);
        vm.release(mark);
        vm.check_heap().unwrap();
        if result.is_ok() {
            break;
        }
        failures += 1;
        assert_eq!(pending(&mut vm), "RangeError: out of memory", "allocation {n}");
        vm.collect();
        vm.check_heap().unwrap();
    }
    assert!(failures > 60, "{failures}");
    workload(&mut vm).unwrap();
}

/// The same by real exhaustion: arenas of every size, until one is enough.
#[test]
fn any_arena_size_ends_in_an_error_or_works() {
    fn work(vm: &mut Vm) -> Result<()> {
        let [list, value] = vm.slots()?;
        vm.new_array(0)?.store(list);
        for i in 0..40 {
            let mark = vm.mark();
            let [key] = vm.slots()?;
            vm.new_object()?.store(value);
            vm.new_string(format!("property name {i}").as_bytes())?.store(key);
            vm.set_element(value, key, key)?;
            vm.array_push(list, value)?;
            vm.release(mark);
        }
        Ok(())
    }
    let mut worked = 0;
    let mut failed = 0;
    for size in (1024..9000).step_by(164) {
        let image = crate::testing::image_bytes(&[]);
        let Ok(mut vm) = crate::testing::load_image(&image, size, crate::Options::default()) else {
            continue;
        };
        let mark = vm.mark();
        let result = work(&mut vm);
        vm.release(mark);
        vm.check_heap().unwrap();
        match result {
            Ok(()) => worked += 1,
            Err(_) => {
                failed += 1;
                let message = pending(&mut vm);
                assert!(message.starts_with("RangeError: "), "{size}: {message}");
            }
        }
        vm.collect();
        let after = text(&mut vm, "still alive");
        assert_eq!(vm.get(after).text().len(), 11);
    }
    assert!(worked > 5 && failed > 5, "{worked} {failed}");
}
