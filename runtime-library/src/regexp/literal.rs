//! Instances of literals, whose programs were compiled with the program.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::store;

use super::{add_last_index, use_regexp};

jerboa_rt::native! {
    /// The value of a literal, from its program; no program can name this function.
    fn jrt_n_reg_exp_literal(vm, args) {
        let [program] = args.take(vm)?;
        let [prototype, regexp] = vm.slots()?;
        vm.regexp_hook.set(Some(use_regexp));
        store(prototype.0, vm.intrinsic_word(ObjectId::RegExpPrototype));
        vm.new_instance(InstanceClass::RegExp, prototype, program)?.store(regexp);
        add_last_index(vm, regexp)?;
        Ok(vm.get(regexp))
    }
}
