//! Methods that look at the elements: the algorithms are those of arrays.

use jerboa_rt::value::Value;

use super::require_this;

use crate::array::Subject;
use crate::array::iterate::{find, reduce, until};
use crate::array::search::{at, includes, index_of, last_index_of};
use crate::array::text::join;

jerboa_rt::native! {
    /// `array.at(index)`
    fn jrt_n_typed_at(vm, args) {
        require_this(vm, args)?;
        let on = Subject::typed(vm, args)?;
        at(vm, args, on)
    }

    /// `array.every(callback, this)`
    fn jrt_n_typed_every(vm, args) {
        let on = Subject::typed(vm, args)?;
        Ok(Value::bool(!until(vm, args, on, |verdict| !verdict.to_boolean())?))
    }

    /// `array.some(callback, this)`
    fn jrt_n_typed_some(vm, args) {
        let on = Subject::typed(vm, args)?;
        Ok(Value::bool(until(vm, args, on, |verdict| verdict.to_boolean())?))
    }

    /// `array.forEach(callback, this)`
    fn jrt_n_typed_for_each(vm, args) {
        let on = Subject::typed(vm, args)?;
        until(vm, args, on, |_| false)?;
        Ok(Value::UNDEFINED)
    }

    /// `array.find(callback, this)`
    fn jrt_n_typed_find(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        find(vm, args, on, false, element)?;
        Ok(vm.get(element))
    }

    /// `array.findIndex(callback, this)`
    fn jrt_n_typed_find_index(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        let index = find(vm, args, on, false, element)?;
        vm.integer(index)
    }

    /// `array.findLast(callback, this)`
    fn jrt_n_typed_find_last(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        find(vm, args, on, true, element)?;
        Ok(vm.get(element))
    }

    /// `array.findLastIndex(callback, this)`
    fn jrt_n_typed_find_last_index(vm, args) {
        let [element] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        let index = find(vm, args, on, true, element)?;
        vm.integer(index)
    }

    /// `array.reduce(callback, initial)`
    fn jrt_n_typed_reduce(vm, args) {
        let [result] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        reduce(vm, args, on, false, result)?;
        Ok(vm.get(result))
    }

    /// `array.reduceRight(callback, initial)`
    fn jrt_n_typed_reduce_right(vm, args) {
        let [result] = vm.slots()?;
        let on = Subject::typed(vm, args)?;
        reduce(vm, args, on, true, result)?;
        Ok(vm.get(result))
    }

    /// `array.includes(value, from)`
    fn jrt_n_typed_includes(vm, args) {
        let on = Subject::typed(vm, args)?;
        includes(vm, args, on).map(Value::bool)
    }

    /// `array.indexOf(value, from)`
    fn jrt_n_typed_index_of(vm, args) {
        let on = Subject::typed(vm, args)?;
        let index = index_of(vm, args, on)?;
        vm.integer(index)
    }

    /// `array.lastIndexOf(value, from)`
    fn jrt_n_typed_last_index_of(vm, args) {
        let on = Subject::typed(vm, args)?;
        let index = last_index_of(vm, args, on)?;
        vm.integer(index)
    }

    /// `array.join(separator)`
    fn jrt_n_typed_join(vm, args) {
        let [separator] = args.take(vm)?;
        require_this(vm, args)?;
        let on = Subject::typed(vm, args)?;
        join(vm, on, separator, false)
    }

    /// `array.toLocaleString()`
    fn jrt_n_typed_to_locale_string(vm, args) {
        let [none] = vm.slots()?;
        require_this(vm, args)?;
        let on = Subject::typed(vm, args)?;
        join(vm, on, none, true)
    }
}
