//! What classes need of the runtime: prototypes, methods, fields, `super`, and private names.
//!
//! No program can name these functions; the compiler calls them. A private name is a symbol that nothing lists, made anew each
//! time the class is evaluated; private methods are copied from the prototype to each instance, which marks it as one.

use jerboa_abi::header::Kind;
use jerboa_abi::image::function;
use jerboa_abi::value as word;
use jerboa_rt::define::Descriptor;
use jerboa_rt::memory::{load, load_half, store};
use jerboa_rt::property::{Own, name};
use jerboa_rt::shape::attributes;
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result, StringBuilder, Thrown};

/// Flags of [`jrt_n_define_method`].
mod method {
    /// A getter.
    pub const GETTER: i32 = 1;
    /// A setter.
    pub const SETTER: i32 = 2;
    /// A private method: nobody assigns to it.
    pub const READ_ONLY: i32 = 4;
}

jerboa_rt::native! {
    /// The prototype object of the class whose constructor is the first argument. The second, if it is there, is what the class
    /// extends.
    fn jrt_n_class_prototype(vm, args) {
        let [constructor, parent] = args.take(vm)?;
        if args.len() > 1 {
            extend(vm, constructor, parent)?;
        }
        vm.get_named(constructor, name::PROTOTYPE)
    }

    /// Defines a method or accessor of a class: object, key, function, flags.
    fn jrt_n_define_method(vm, args) {
        let [object, key, function, flags] = args.take(vm)?;
        let flags = vm.get(flags).as_int().unwrap_or(0);
        let descriptor = match flags & 3 {
            method::GETTER => Descriptor::accessor(Some(function), None),
            method::SETTER => Descriptor::accessor(None, Some(function)),
            _ if flags & method::READ_ONLY != 0 => Descriptor::data(function, 0),
            _ => Descriptor::data(function, attributes::HIDDEN),
        };
        let descriptor = Descriptor { attributes: descriptor.attributes & !attributes::ENUMERABLE, ..descriptor };
        if !vm.define_own_property(object, Key::slot(key), &descriptor)? {
            let pieces = [Piece::Text("Cannot redefine property: "), Piece::value(key)];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        Ok(Value::UNDEFINED)
    }

    /// Gives a function or class the name that a computed key says, unless it has one: function, key, and 1 for a getter or 2
    /// for a setter.
    fn jrt_n_set_function_name(vm, args) {
        let [function, key, kind] = args.take(vm)?;
        let [text, own] = vm.slots()?;
        vm.well_known(name::NAME)?.store(own);
        if let Own::Slot(_) = vm.own_property(load(function.0), load(own.0)) {
            return Ok(vm.get(function));
        }
        let mut builder = StringBuilder::new(vm)?;
        match vm.get(kind).as_int() {
            Some(method::GETTER) => builder.push(vm, b"get ")?,
            Some(method::SETTER) => builder.push(vm, b"set ")?,
            _ => {}
        }
        vm.copy(key, text);
        if vm.get(text).is(Kind::Symbol) {
            store(text.0, vm.symbol_description(load(text.0)));
            if vm.get(text).is_string() {
                builder.push(vm, b"[")?;
                builder.push_string(vm, text)?;
                builder.push(vm, b"]")?;
            }
        } else {
            vm.to_flat_string(text)?;
            builder.push_string(vm, text)?;
        }
        builder.finish(vm)?.store(text);
        let descriptor = Descriptor::data(text, attributes::CONFIGURABLE);
        vm.define_own_property(function, Key::slot(own), &descriptor)?;
        Ok(vm.get(function))
    }

    /// `super[key]` in a method of an object: object, key, `this`.
    fn jrt_n_super_get(vm, args) {
        let [home, key, this] = args.take(vm)?;
        let prototype = vm.prototype_word(load(home.0));
        vm.push_word(prototype)?;
        vm.to_property_key(key)?;
        let prototype = vm.prototype_word(load(home.0));
        if prototype == word::NULL {
            return Err(vm.throw_type("Cannot read properties of null"));
        }
        vm.get_from(prototype, this, Key::slot(key))
    }

    /// `super[key] = value`: object, key, value, `this`.
    fn jrt_n_super_set(vm, args) {
        let [home, key, value, this] = args.take(vm)?;
        vm.to_property_key(key)?;
        let prototype = vm.prototype_word(load(home.0));
        if prototype == word::NULL {
            return Err(vm.throw_type("Cannot set properties of null"));
        }
        super_set(vm, prototype, Key::slot(key), value, this)?;
        Ok(Value::UNDEFINED)
    }

    /// `super(…)`: the running constructor, `new.target`, arguments.
    fn jrt_n_super_call(vm, args) {
        let [constructor, new_target] = args.take(vm)?;
        push_parent(vm, constructor)?;
        for i in 2..args.len() {
            if let Some(argument) = args.get(i) {
                vm.push(argument)?;
            }
        }
        vm.construct_for(args.len() - 2, new_target).map(Value::of)
    }

    /// The same with the arguments in an array.
    fn jrt_n_super_call_array(vm, args) {
        let [constructor, new_target, list] = args.take(vm)?;
        push_parent(vm, constructor)?;
        let count = vm.array_length(list);
        for i in 0..count {
            let argument = match vm.array_get(list, i) {
                item if item.is_empty() => word::UNDEFINED,
                item => item.word(),
            };
            vm.push_word(argument)?;
        }
        vm.construct_for(count, new_target).map(Value::of)
    }

    /// The text of a class, for people; `EMPTY` for another function.
    fn jrt_n_class_text(vm, args) {
        let [class] = args.take(vm)?;
        if !is_class(vm, class) {
            return Ok(Value::EMPTY);
        }
        let [name, parent] = vm.slots()?;
        let mut text = StringBuilder::new(vm)?;
        text.push(vm, b"[class ")?;
        vm.get_named(class, name::NAME)?.store(name);
        push_name(vm, &mut text, name)?;
        vm.prototype_of(class).store(parent);
        if vm.is_constructor(vm.get(parent)) {
            text.push(vm, b" extends ")?;
            vm.get_named(parent, name::NAME)?.store(name);
            push_name(vm, &mut text, name)?;
        }
        text.push(vm, b"]")?;
        text.finish(vm)
    }

    /// What a derived constructor has returned.
    fn jrt_n_require_object(vm, args) {
        let [value] = args.take(vm)?;
        if !vm.get(value).is_object() {
            return Err(vm.throw_type("Derived constructors may only return object or undefined"));
        }
        Ok(vm.get(value))
    }

    /// Defines a public field: object, key, value.
    fn jrt_n_define_own_field(vm, args) {
        let [object, key, value] = args.take(vm)?;
        let descriptor = Descriptor::data(value, attributes::ALL);
        if !vm.define_own_property(object, Key::slot(key), &descriptor)? {
            let extensible = vm.is_extensible(object);
            let start = if extensible { "Cannot redefine property: " } else { "Cannot define property " };
            let end = if extensible { "" } else { ", object is not extensible" };
            let pieces = [Piece::Text(start), Piece::value(key), Piece::Text(end)];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        Ok(Value::UNDEFINED)
    }

    /// A new private name with a description.
    fn jrt_n_private_name(vm, args) {
        let [description] = args.take(vm)?;
        vm.new_private_name(description)
    }

    /// `object.#name`: object, name.
    fn jrt_n_private_get(vm, args) {
        let [object, key] = args.take(vm)?;
        let found = match private(vm, object, key) {
            Own::Slot(slot) => slot,
            _ => return Err(missing(vm, key, "Cannot read private member ", " from")),
        };
        if !Vm::is_accessor(found.attributes) {
            return Ok(Value::of(load(found.address)));
        }
        let getter = load(load(found.address) + 4);
        if getter == word::UNDEFINED {
            return Err(without(vm, key, "getter"));
        }
        vm.call_getter(getter, object)
    }

    /// `object.#name = value`: object, name, value.
    fn jrt_n_private_set(vm, args) {
        let [object, key, value] = args.take(vm)?;
        let found = match private(vm, object, key) {
            Own::Slot(slot) => slot,
            _ => return Err(missing(vm, key, "Cannot write private member ", " to")),
        };
        if Vm::is_accessor(found.attributes) {
            let setter = load(load(found.address) + 8);
            if setter == word::UNDEFINED {
                return Err(without(vm, key, "setter"));
            }
            vm.call_setter(setter, object, Key::slot(key), value)?;
        } else if found.attributes & attributes::WRITABLE == 0 {
            let key = description(vm, key)?;
            let pieces = [Piece::Text("Private method '"), Piece::value(key), Piece::Text("' is not writable")];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        } else {
            store(found.address, load(value.0));
        }
        Ok(Value::UNDEFINED)
    }

    /// Adds a private field: object, name, value.
    fn jrt_n_private_add(vm, args) {
        let [object, key, value] = args.take(vm)?;
        add_private(vm, object, key, value, attributes::WRITABLE)?;
        Ok(Value::UNDEFINED)
    }

    /// `#name in object`: object, name.
    fn jrt_n_private_has(vm, args) {
        let [object, key] = args.take(vm)?;
        if !vm.get(object).is_object() {
            let pieces = [
                Piece::Text("Cannot use 'in' operator to search for '#"),
                Piece::Text("' in "),
                Piece::value(object),
            ];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        Ok(Value::bool(private(vm, object, key).attributes().is_some()))
    }

    /// Gives an instance the private methods and accessors of its class: object, prototype.
    fn jrt_n_private_methods(vm, args) {
        let [object, prototype] = args.take(vm)?;
        let [key, value] = vm.slots()?;
        let mut total = 0;
        vm.table_each(load(prototype.0), &mut |_, _, _, number| total = total.max(number + 1));
        for wanted in 0..total {
            let mut found = None;
            vm.table_each(load(prototype.0), &mut |word, attributes, value, number| {
                if number == wanted && jerboa_rt::symbol::is_private(word) {
                    found = Some((word, attributes, value));
                }
            });
            if let Some((word, attributes, method)) = found {
                store(key.0, word);
                store(value.0, method);
                add_private(vm, object, key, value, attributes)?;
            }
        }
        Ok(Value::UNDEFINED)
    }
}

fn is_class(vm: &Vm, value: Slot) -> bool {
    let word = load(value.0);
    vm.is_constructor(vm.get(value))
        && vm.get(value).is(Kind::Function)
        && load_half(vm.descriptor_of(word) + function::FLAGS as u32) & u32::from(function::CLASS) != 0
}

fn push_name(vm: &mut Vm, text: &mut StringBuilder, name: Slot) -> Result<()> {
    if vm.get(name).is_string() && vm.get(name) != Value::EMPTY_STRING {
        vm.flatten(name)?;
        text.push_string(vm, name)
    } else {
        text.push(vm, b"(anonymous)")
    }
}

/// Makes a class inherit from a constructor, or its prototype from null.
fn extend(vm: &mut Vm, constructor: Slot, parent: Slot) -> Result<()> {
    let [prototype, key] = vm.slots()?;
    Value::NULL.store(prototype);
    if !vm.get(parent).is_null() {
        if !vm.is_constructor(vm.get(parent)) {
            let pieces = [
                Piece::Text("Class extends value "),
                Piece::value(parent),
                Piece::Text(" is not a constructor or null"),
            ];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        vm.get_named(parent, name::PROTOTYPE)?.store(prototype);
        if !vm.get(prototype).is_object() && !vm.get(prototype).is_null() {
            let pieces = [
                Piece::Text("Class extends value does not have valid prototype property "),
                Piece::value(prototype),
            ];
            return Err(vm.throw_error(ErrorKind::Type, &pieces));
        }
        vm.set_prototype_of(constructor, parent)?;
    }
    vm.new_object_with_prototype(prototype, 1)?.store(prototype);
    vm.well_known(name::CONSTRUCTOR)?.store(key);
    vm.table_add(prototype, Key::slot(key), constructor, attributes::HIDDEN)?;
    vm.well_known(name::PROTOTYPE)?.store(key);
    vm.add_own(constructor, Key::slot(key), prototype, 0)
}

/// Pushes the constructor that `super(…)` in a constructor calls, and a place for `this`.
fn push_parent(vm: &mut Vm, constructor: Slot) -> Result<()> {
    let parent = vm.prototype_word(load(constructor.0));
    let parent = vm.push_word(parent)?;
    if !vm.is_constructor(vm.get(parent)) {
        let pieces = [
            Piece::Text("Super constructor "),
            Piece::value(parent),
            Piece::Text(" of anonymous class is not a constructor"),
        ];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    vm.push_value(Value::UNDEFINED)?;
    Ok(())
}

/// Assigns to a property that `super` finds, with `this` as the receiver.
fn super_set(vm: &mut Vm, prototype: u32, key: Key, value: Slot, this: Slot) -> Result<()> {
    let word = vm.key_word(key);
    let mut at = prototype;
    while at != word::NULL {
        match vm.own_property(at, word) {
            Own::Absent(next) => at = next,
            Own::Slot(slot) if Vm::is_accessor(slot.attributes) => {
                return vm.call_setter(load(load(slot.address) + 8), this, key, value);
            }
            Own::RomAccessor(_, setter, _) => return vm.call_setter(setter, this, key, value),
            own => {
                if own.attributes().is_some_and(|attributes| attributes & attributes::WRITABLE == 0) {
                    return Err(vm.throw_read_only(this, key));
                }
                break;
            }
        }
    }
    if !vm.get(this).is_object() {
        return Err(vm.throw_read_only(this, key));
    }
    match vm.own_property(load(this.0), word).attributes() {
        Some(own) if own & attributes::ACCESSOR != 0 || own & attributes::WRITABLE == 0 => {
            Err(vm.throw_read_only(this, key))
        }
        Some(own) => {
            vm.define_own_property(this, key, &Descriptor::data(value, own & attributes::ALL))?;
            Ok(())
        }
        None if vm.is_extensible(this) => vm.add_own(this, key, value, attributes::ALL),
        None => Err(vm.throw_not_extensible(this, key)),
    }
}

/// What an object has under a private name.
fn private(vm: &Vm, object: Slot, key: Slot) -> Own {
    match vm.get(object).is_object() {
        true => vm.own_property(load(object.0), load(key.0)),
        false => Own::Absent(word::NULL),
    }
}

fn add_private(vm: &mut Vm, object: Slot, key: Slot, value: Slot, attributes: u32) -> Result<()> {
    if private(vm, object, key).attributes().is_some() {
        let key = description(vm, key)?;
        let pieces =
            [Piece::Text("Cannot initialize "), Piece::value(key), Piece::Text(" twice on the same object")];
        return Err(vm.throw_error(ErrorKind::Type, &pieces));
    }
    vm.add_own(object, Key::slot(key), value, attributes)
}

/// The text of a private name, in a slot.
fn description(vm: &mut Vm, key: Slot) -> Result<Slot> {
    let text = vm.symbol_description(load(key.0));
    vm.push_word(text)
}

fn missing(vm: &mut Vm, key: Slot, start: &str, end: &str) -> Thrown {
    match description(vm, key) {
        Ok(key) => {
            let pieces = [
                Piece::Text(start),
                Piece::value(key),
                Piece::Text(end),
                Piece::Text(" an object whose class did not declare it"),
            ];
            vm.throw_error(ErrorKind::Type, &pieces)
        }
        Err(thrown) => thrown,
    }
}

fn without(vm: &mut Vm, key: Slot, what: &str) -> Thrown {
    match description(vm, key) {
        Ok(key) => {
            let pieces = [
                Piece::Text("'"),
                Piece::value(key),
                Piece::Text("' was defined without a "),
                Piece::Text(what),
            ];
            vm.throw_error(ErrorKind::Type, &pieces)
        }
        Err(thrown) => thrown,
    }
}
