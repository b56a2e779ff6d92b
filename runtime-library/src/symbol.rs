//! `Symbol` and `Symbol.prototype`, and what the runtime asks of objects by well-known symbols.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::header::Kind;
use jerboa_abi::value as word;
use jerboa_rt::coerce::Hint;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::memory::{load, store};
use jerboa_rt::property::name;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

/// The key under which `Symbol.for` keeps its list: no program has this value as a key.
const REGISTRY: u32 = word::NULL;

jerboa_rt::native! {
    /// `Symbol(description)`
    fn jrt_n_symbol(vm, args) {
        let [description] = args.take(vm)?;
        if args.new_target().is_some() {
            return Err(vm.throw_type("Symbol is not a constructor"));
        }
        if !vm.get(description).is_undefined() {
            vm.to_flat_string(description)?;
        }
        vm.new_symbol(description)
    }

    /// `Symbol.for(key)`
    fn jrt_n_symbol_for(vm, args) {
        let [key] = args.take(vm)?;
        let [list, symbol] = vm.slots()?;
        vm.to_flat_string(key)?;
        registry(vm, list)?;
        for i in 0..vm.array_length(list) {
            let symbol = vm.array_get(list, i).word();
            let other = vm.push_word(vm.symbol_description(symbol))?;
            if vm.strict_equals(key, other)? {
                return Ok(Value::of(symbol));
            }
        }
        vm.new_symbol(key)?.store(symbol);
        vm.array_push(list, symbol)?;
        Ok(vm.get(symbol))
    }

    /// `Symbol.keyFor(symbol)`
    fn jrt_n_symbol_key_for(vm, args) {
        let [symbol] = args.take(vm)?;
        let [list] = vm.slots()?;
        if !vm.get(symbol).is(Kind::Symbol) {
            return Err(vm.throw_error(ErrorKind::Type, &[Piece::value(symbol), Piece::Text(" is not a symbol")]));
        }
        registry(vm, list)?;
        for i in 0..vm.array_length(list) {
            if vm.array_get(list, i) == vm.get(symbol) {
                return Ok(Value::of(vm.symbol_description(load(symbol.0))));
            }
        }
        Ok(Value::UNDEFINED)
    }

    /// `symbol.toString()`
    fn jrt_n_symbol_to_string(vm, args) {
        let symbol = this_symbol(vm, args, "toString")?;
        let mut text = StringBuilder::new(vm)?;
        vm.push_description(&mut text, symbol)?;
        text.finish(vm)
    }

    /// `symbol.valueOf()`
    fn jrt_n_symbol_value_of(vm, args) {
        let symbol = this_symbol(vm, args, "valueOf")?;
        Ok(vm.get(symbol))
    }

    /// The getter of `symbol.description`.
    fn jrt_n_symbol_description(vm, args) {
        let symbol = this_symbol(vm, args, "description")?;
        Ok(Value::of(vm.symbol_description(load(symbol.0))))
    }

    /// `symbol[Symbol.toPrimitive](hint)`
    fn jrt_n_symbol_to_primitive(vm, args) {
        let symbol = this_symbol(vm, args, "[Symbol.toPrimitive]")?;
        Ok(vm.get(symbol))
    }

    /// The text of a symbol, for people.
    fn jrt_n_symbol_text(vm, args) {
        let [symbol] = args.take(vm)?;
        let mut text = StringBuilder::new(vm)?;
        vm.push_description(&mut text, symbol)?;
        text.finish(vm)
    }

    /// What an object's own method for conversions gives; `EMPTY` if it has none.
    fn jrt_n_custom_primitive(vm, args) {
        let [object, hint] = args.take(vm)?;
        let symbol = vm.well_known(name::TO_PRIMITIVE)?.word();
        let method = vm.get_property(object, Key(symbol))?.word();
        if Value::of(method).is_nullish() {
            return Ok(Value::EMPTY);
        }
        let method = vm.push_word(method)?;
        let text: &[u8] = match vm.get(hint).as_int() {
            Some(number) if number == Hint::Number as i32 => b"number",
            Some(number) if number == Hint::String as i32 => b"string",
            _ => b"default",
        };
        let hint = vm.intern_text(text)?.word();
        let hint = vm.push_word(hint)?;
        let result = vm.call_with(method, object, &[hint])?;
        if result.is_object() {
            return Err(vm.throw_type("Cannot convert object to primitive value"));
        }
        let result = result.word();
        Ok(Value::of(result))
    }

    /// What a constructor's own `instanceof` says; `EMPTY` if it has none.
    fn jrt_n_custom_instance(vm, args) {
        let [object, constructor] = args.take(vm)?;
        let symbol = vm.well_known(name::HAS_INSTANCE)?.word();
        let method = vm.get_property(constructor, Key(symbol))?.word();
        if Value::of(method).is_nullish() {
            return Ok(Value::EMPTY);
        }
        let method = vm.push_word(method)?;
        let truth = vm.call_with(method, constructor, &[object])?.to_boolean();
        Ok(Value::bool(truth))
    }

    /// What a value wants to be called by `Object.prototype.toString`.
    fn jrt_n_custom_tag(vm, args) {
        let [value] = args.take(vm)?;
        if vm.get(value).is_nullish() {
            return Ok(Value::UNDEFINED);
        }
        let symbol = vm.well_known(name::TO_STRING_TAG)?.word();
        let [tag] = vm.slots()?;
        vm.get_property(value, Key(symbol))?.store(tag);
        if vm.get(tag).is_string() {
            vm.flatten(tag)?;
        } else if is_named_by_tag(vm, value) {
            // Without its tag it is an object like others.
            vm.new_string(b"Object")?.store(tag);
        }
        Ok(vm.get(tag))
    }
}

/// Whether what `Object.prototype.toString` calls an object comes from a tag only.
fn is_named_by_tag(vm: &Vm, value: Slot) -> bool {
    let object = vm.get(value);
    match object.kind() {
        Some(Kind::Instance) => {
            !matches!(object.instance_class(), Some(InstanceClass::RegExp | InstanceClass::Date))
        }
        Some(Kind::RomObject) => [ObjectId::Math, ObjectId::Json, ObjectId::Reflect]
            .into_iter()
            .any(|id| object.word() == vm.intrinsic_word(id)),
        Some(Kind::Buffer | Kind::View) => true,
        _ => false,
    }
}

/// The symbol that `this` is or wraps.
fn this_symbol(vm: &mut Vm, args: Args, method: &str) -> Result<Slot> {
    let this = args.this();
    if !vm.get(this).is(Kind::Symbol) {
        match vm.wrapped(this).filter(|value| value.is(Kind::Symbol)).map(Value::word) {
            Some(symbol) => store(this.0, symbol),
            None => {
                let pieces = [Piece::Text(method), Piece::Text(" requires that 'this' be a Symbol")];
                return Err(vm.throw_error(ErrorKind::Type, &pieces));
            }
        }
    }
    Ok(this)
}

/// The list of the symbols that `Symbol.for` has made. It is kept as a property of that function under a key that no program
/// can form.
fn registry(vm: &mut Vm, list: Slot) -> Result<()> {
    let owner = jerboa_rt::image::find_native(vm.image, NativeId::SymbolFor).unwrap_or(word::UNDEFINED);
    if !word::is_pointer(owner) {
        vm.new_array(0)?.store(list);
        return Ok(());
    }
    let owner = vm.push_word(owner)?;
    let properties = vm.make_properties(owner)?.word();
    let properties = vm.push_word(properties)?;
    if let Ok(slot) = vm.table_find(load(properties.0), REGISTRY) {
        store(list.0, load(slot.address));
        return Ok(());
    }
    vm.new_array(0)?.store(list);
    vm.table_add(properties, Key(REGISTRY), list, 0)
}
