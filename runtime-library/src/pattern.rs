//! Patterns of string methods that say themselves what is to be done: `Symbol.match` and the like, and expressions whose `exec`
//! or `flags` is the program's.
//!
//! Few programs can have such patterns, and the compiler tells which (`backend-bytecode/src/image/pattern.rs`). In the image of
//! such a program are the symbols, whatever it names of them, and the methods of `RegExp.prototype` under them
//! ([`super::regexp`], `protocol`), and the gates here are open. In the others the methods of strings know built-in expressions only.

use jerboa_abi::builtins::NativeId;

use crate::string::require_coercible;
use jerboa_rt::gate;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Piece, Result};

gate! {
    /// What the first argument of a string method gives by its method under a symbol (the number of its name): `Some(EMPTY)` if it
    /// has none, `None` if no pattern of this program can have one. For `match`, `matchAll` and `search`, an expression
    /// is then made of the pattern and asked.
    if PatternMethods, pub(crate) fn by_method(vm: &mut Vm, args: Args, method: &str, symbol: u16) -> Result<Option<u32>> {
        let key = vm.well_known(symbol)?.word();
        if Value::of(key).is_undefined() { Ok(None) } else { ask(vm, args, method, symbol, key).map(Some) }
    } else {
        let _ = (vm, args, method, symbol);
        Ok(None)
    }

    /// Whether a value is an expression, or says that it is one.
    if PatternMethods, pub(crate) fn is_regexp(vm: &mut Vm, value: Slot) -> Result<bool> {
        let key = vm.well_known(name::MATCH)?.word();
        if !Value::of(key).is_undefined() && vm.get(value).is_object() {
            let said = vm.get_property(value, Key(key))?;
            if !said.is_undefined() {
                return Ok(said.to_boolean());
            }
        }
        Ok(is_instance(vm, value))
    } else {
        Ok(is_instance(vm, value))
    }

    /// Whether `flags` and `toString` ask for properties, since these may be the program's.
    if PatternMethods, pub(crate) fn asks_properties(vm: &mut Vm) -> bool {
        matches!(vm.well_known(name::MATCH), Ok(symbol) if !symbol.is_undefined())
    } else {
        let _ = vm;
        false
    }

    /// What `RegExp` makes an expression of, given something that only says that it is one: its properties `source` and, unless
    /// there are `flags`, `flags`, as strings in two slots.
    if PatternMethods, pub(crate) fn parts_of_like(vm: &mut Vm, like: Slot, source: Slot, letters: Slot, flags: Slot) -> Result<()> {
        vm.get_by_name(like, "source")?.store(source);
        if vm.get(flags).is_undefined() {
            vm.get_by_name(like, "flags")?.store(letters);
        }
        for part in [source, letters] {
            if !vm.get(part).is_undefined() {
                vm.to_flat_string(part)?;
            }
        }
        Ok(())
    } else {
        let _ = (vm, like, source, letters, flags);
        Ok(())
    }

    /// `regexp.test(string)` by the expression's own `exec`; `None` if this program has no such.
    if PatternMethods, pub(crate) fn test_by_method(vm: &mut Vm, args: Args) -> Result<Option<bool>> {
        if !asks_properties(vm) {
            return Ok(None);
        }
        let [string] = args.take(vm)?;
        if !vm.get(args.this()).is_object() {
            vm.require_this(args, InstanceClass::RegExp)?;
        }
        vm.to_flat_string(string)?;
        let result = vm.call_hook(NativeId::RegExpExecMethod, &[args.this(), string])?;
        Ok(result.map(|result| !Value::of(result).is_null()))
    } else {
        let _ = (vm, args);
        Ok(None)
    }

    /// The next match of an iterator that finds each when it is asked for, in a slot; `EMPTY` after the last. False
    /// if the iterator is none of these.
    if PatternMethods, pub(crate) fn next_match(vm: &mut Vm, iterator: Slot, to: Slot) -> Result<bool> {
        if vm.get(iterator).instance_class() != Some(InstanceClass::RegExpMatches) {
            return Ok(false);
        }
        let next = vm.call_hook(NativeId::RegExpNextMatch, &[iterator])?;
        Value::of(next.unwrap_or(Value::EMPTY.word())).store(to);
        Ok(true)
    } else {
        let _ = (vm, iterator, to);
        Ok(false)
    }
}

fn is_instance(vm: &Vm, value: Slot) -> bool {
    vm.get(value).instance_class() == Some(InstanceClass::RegExp)
}

fn ask(vm: &mut Vm, args: Args, method: &str, symbol: u16, key: u32) -> Result<u32> {
    let [pattern, other] = args.take(vm)?;
    require_coercible(vm, args.this(), Piece::Text(method))?;
    if vm.get(pattern).is_object() {
        if method.ends_with("All") && is_regexp(vm, pattern)? {
            require_global(vm, pattern, method)?;
        }
        let [own] = vm.slots()?;
        vm.get_property(pattern, Key(key))?.store(own);
        if !vm.get(own).is_nullish() {
            // `replace` and `split` hand on what else they were given.
            let handed = [args.this(), other];
            let count = if matches!(symbol, name::REPLACE | name::SPLIT) { 2 } else { 1 };
            return Ok(vm.call_with(own, pattern, handed.get(..count).unwrap_or_default())?.word());
        }
    }
    match symbol {
        name::REPLACE | name::SPLIT => Ok(Value::EMPTY.word()),
        name::MATCH_ALL => ask_made(vm, args.this(), pattern, key, b"g"),
        _ => ask_made(vm, args.this(), pattern, key, b""),
    }
}

/// Makes an expression of a pattern and calls its method under a symbol with a string.
fn ask_made(vm: &mut Vm, string: Slot, pattern: Slot, key: u32, flags: &[u8]) -> Result<u32> {
    vm.to_flat_string(string)?;
    let constructor = vm.native_word(NativeId::RegExp).unwrap_or(Value::UNDEFINED.word());
    let window = vm.push_word(constructor)?;
    let [_this, source, letters] = vm.slots()?;
    vm.copy(pattern, source);
    if !flags.is_empty() {
        vm.new_string(flags)?.store(letters);
    }
    let made = vm.construct(2)?.word();
    vm.release(window);
    let made = vm.push_word(made)?;
    let [own] = vm.slots()?;
    vm.get_property(made, Key(key))?.store(own);
    Ok(vm.call_with(own, made, &[string])?.word())
}

/// Refuses an expression whose `flags` have no `g`, for the methods that find all matches.
fn require_global(vm: &mut Vm, pattern: Slot, method: &str) -> Result<()> {
    let [flags] = vm.slots()?;
    vm.get_by_name(pattern, "flags")?.store(flags);
    let problem = if vm.get(flags).is_nullish() {
        " called with an argument whose flags are null or undefined"
    } else {
        vm.to_flat_string(flags)?;
        if vm.text(flags).contains(&b'g') {
            return Ok(());
        }
        " called with a non-global RegExp argument"
    };
    Err(vm.throw_error(
        jerboa_rt::ErrorKind::Type,
        &[Piece::Text("String.prototype."), Piece::Text(method), Piece::Text(problem)],
    ))
}
