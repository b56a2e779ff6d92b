//! `Math`.

crate::native! {
    /// `Math.floor(x)`
    fn jrt_n_math_floor(vm, args) {
        let [x] = args.take(vm)?;
        let x = vm.to_number(x)?;
        vm.number(libm::floor(x))
    }
}
