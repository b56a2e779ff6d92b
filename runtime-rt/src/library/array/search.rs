//! `at`, `includes`, `indexOf`, `lastIndexOf`.

use super::{Subject, relative_index};
use crate::value::Value;

crate::native! {
    /// `array.at(index)`
    fn jrt_n_array_at(vm, args) {
        let [index] = args.take(vm)?;
        let [element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "")?;
        let index = vm.to_integer(index)?;
        let place = if index < 0.0 { f64::from(length) + index } else { index };
        if place < 0.0 || place >= f64::from(length) {
            return Ok(Value::UNDEFINED);
        }
        subject.get(vm, place as u32, element)?;
        Ok(vm.get(element))
    }

    /// `array.includes(value, from)`
    fn jrt_n_array_includes(vm, args) {
        let [wanted, from] = args.take(vm)?;
        let [element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "")?;
        for i in relative_index(vm, from, length, 0)?..length {
            subject.get(vm, i, element)?;
            if vm.same_values_zero(element, wanted)? {
                return Ok(Value::TRUE);
            }
        }
        Ok(Value::FALSE)
    }

    /// `array.indexOf(value, from)`
    fn jrt_n_array_index_of(vm, args) {
        let [wanted, from] = args.take(vm)?;
        let [element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "indexOf")?;
        for i in relative_index(vm, from, length, 0)?..length {
            if subject.get_present(vm, i, element)? && vm.strict_equals(element, wanted)? {
                return vm.integer(i64::from(i));
            }
        }
        vm.integer(-1)
    }

    /// `array.lastIndexOf(value, from)`
    fn jrt_n_array_last_index_of(vm, args) {
        let [wanted] = args.take(vm)?;
        let [element] = vm.slots()?;
        let (subject, length) = Subject::new(vm, args, "lastIndexOf")?;
        let mut end = length;
        if let Some(from) = args.get(1) {
            let from = vm.to_integer(from)?;
            let from = if from < 0.0 { f64::from(length) + from } else { from };
            // Saturating: below 0 nothing is searched.
            end = if from < 0.0 { 0 } else { (from as u32).saturating_add(1).min(length) };
        }
        for i in (0..end).rev() {
            if subject.get_present(vm, i, element)? && vm.strict_equals(element, wanted)? {
                return vm.integer(i64::from(i));
            }
        }
        vm.integer(-1)
    }
}
