//! `Array` and `Array.prototype`.

crate::native! {
    /// `array.push(…values)`
    fn jrt_n_array_push(vm, args) {
        let array = args.this();
        if vm.is_simple_array(array) {
            for i in 0..args.len() {
                if let Some(value) = args.get(i) {
                    vm.array_push(array, value)?;
                }
            }
            let length = vm.array_length(array);
            return vm.integer(i64::from(length));
        }
        let [object, key, length] = vm.slots()?;
        vm.copy(array, object);
        vm.to_object(object)?;
        vm.get_by_name(object, "length")?.store(length);
        let mut end = vm.to_length(length)?;
        for i in 0..args.len() {
            if let Some(value) = args.get(i) {
                vm.number(end)?.store(key);
                vm.set_element(object, key, value)?;
                end += 1.0;
            }
        }
        vm.number(end)?.store(length);
        vm.set_by_name(object, "length", length)?;
        Ok(vm.get(length))
    }
}
