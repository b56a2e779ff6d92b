//! What is shown of each kind of object.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::header::Kind;
use jerboa_abi::value::EMPTY;
use jerboa_rt::gate;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::keys::Filter;
use jerboa_rt::typed::{buffer_class, typed_length};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Result, StringBuilder};

use super::layout::Entries;
use super::name::{constructor_name, kind_name};
use super::{Inspector, MAX_ARRAY_LENGTH};
use crate::collection;

/// The tag of built-in objects that have one.
fn tag_of(vm: &Vm, object: Slot) -> &'static str {
    let word = vm.get(object);
    if let Some(class) = word.instance_class() {
        return class.name();
    }
    if let Some(class) = buffer_class(vm, object) {
        return class;
    }
    if !word.is(Kind::RomObject) {
        return "";
    }
    let tags = [
        (ObjectId::Math, "Math"),
        (ObjectId::Json, "JSON"),
        (ObjectId::Reflect, "Reflect"),
        (ObjectId::Console, "console"),
        (ObjectId::Global, "global"),
    ];
    tags.iter().find(|(id, _)| vm.intrinsic_word(*id) == word.word()).map_or("", |(_, tag)| tag)
}

/// Appends what stands before the brace: constructor, size and tag. The constructor is a string, or null.
fn push_prefix(
    vm: &mut Vm,
    text: &mut StringBuilder,
    constructor: Slot,
    tag: &str,
    fallback: &str,
    size: Option<u32>,
) -> Result<()> {
    let null = vm.get(constructor).is_null();
    if null {
        text.push(vm, b"[")?;
        text.push(vm, fallback.as_bytes())?;
    } else {
        text.push_string(vm, constructor)?;
    }
    if let Some(size) = size {
        text.push(vm, b"(")?;
        text.push_int(vm, size as i32)?;
        text.push(vm, b")")?;
    }
    text.push(vm, if null { b": null prototype] " } else { b" " })?;
    let is_named = is_text(vm, constructor, tag) || null && tag == fallback;
    if !tag.is_empty() && !is_named {
        text.push(vm, b"[")?;
        text.push(vm, tag.as_bytes())?;
        text.push(vm, b"] ")?;
    }
    Ok(())
}

fn is_text(vm: &Vm, string: Slot, text: &str) -> bool {
    vm.get(string).is_string() && *vm.text(string) == *text.as_bytes()
}

impl Inspector {
    /// Puts the text of an object that was not seen yet in a slot.
    pub(super) fn format_object(&mut self, vm: &mut Vm, object: Slot, depth: u32, to: Slot) -> Result<()> {
        let mark = vm.mark();
        let [constructor, keys, base, open, contents] = vm.slots()?;
        constructor_name(vm, object, constructor)?;
        let tag = tag_of(vm, object);
        let filter = if self.options.hidden { Filter::All } else { Filter::Enumerable };
        vm.own_keys(object, filter)?.store(keys);
        if let Some(symbols) = vm.call_hook(NativeId::ObjectGetOwnPropertySymbols, &[object])? {
            let [symbol] = vm.slots()?;
            let symbols = vm.push_word(symbols)?;
            for i in 0..vm.array_length(symbols) {
                vm.array_get(symbols, i).store(symbol);
                if vm.is_enumerable(object, Key::slot(symbol)) == Some(true) {
                    vm.array_push(keys, symbol)?;
                }
            }
        }
        Value::EMPTY_STRING.store(base);
        let is_array = is_list(vm, object);
        let plain = is_text(vm, constructor, "Object");
        let is_error = crate::error::is_error(vm, object);

        let mut text = StringBuilder::new(vm)?;
        let mut alone = true;
        if is_array {
            keep_names(vm, keys)?;
            let length = list_length(vm, object);
            if !is_text(vm, constructor, "Array") || !vm.get(object).is_array() {
                let fallback = if vm.get(object).is_array() { "Array" } else { tag };
                push_prefix(vm, &mut text, constructor, tag, fallback, Some(length))?;
            }
            text.push(vm, b"[")?;
            alone = length == 0;
        } else if let Some(class) = buffer_class(vm, object) {
            push_prefix(vm, &mut text, constructor, tag, class, None)?;
            text.push(vm, b"{")?;
            alone = false;
        } else if vm.get(object).is_callable() {
            function_base(vm, object, constructor, base)?;
            text.push(vm, b"{")?;
        } else if let Some(class @ (InstanceClass::RegExp | InstanceClass::Date)) =
            vm.get(object).instance_class()
        {
            let native =
                if class == InstanceClass::Date { NativeId::DateInspect } else { NativeId::RegExpToString };
            text_base(vm, object, native, constructor, base)?;
            text.push(vm, b"{")?;
        } else if let Some(class) = vm.get(object).instance_class() {
            contents_of(vm, object, class, contents)?;
            let size = match class {
                InstanceClass::Map | InstanceClass::Set => Some(collection::table::size(vm, object)),
                _ => None,
            };
            if matches!(class, InstanceClass::MapIterator | InstanceClass::SetIterator) {
                text.push(vm, b"[")?;
                let name = match (class, collection::iterate::gives_entries(vm, object)) {
                    (InstanceClass::MapIterator, true) => "Map Entries",
                    (_, true) => "Set Entries",
                    _ => class.name(),
                };
                text.push(vm, name.as_bytes())?;
                text.push(vm, b"] ")?;
            } else {
                push_prefix(vm, &mut text, constructor, tag, class.name(), size)?;
            }
            text.push(vm, b"{")?;
            alone =
                matches!(class, InstanceClass::Map | InstanceClass::Set) && vm.array_length(contents) == 0;
        } else if vm.get(object).is(Kind::Arguments) && plain {
            text.push(vm, b"[Arguments] {")?;
        } else if plain {
            if !tag.is_empty() {
                push_prefix(vm, &mut text, constructor, tag, "Object", None)?;
            }
            text.push(vm, b"{")?;
        } else if is_error {
            self.error_base(vm, object, constructor, keys, base)?;
            text.push(vm, b"{")?;
        } else if vm.get(object).is(Kind::Wrapper) {
            self.wrapper_base(vm, object, constructor, keys, base)?;
            text.push(vm, b"{")?;
        } else {
            push_prefix(vm, &mut text, constructor, tag, "Object", None)?;
            text.push(vm, b"{")?;
        }
        text.finish(vm)?.store(open);

        if alone && vm.array_length(keys) == 0 {
            if vm.get(base) == Value::EMPTY_STRING {
                let mut text = StringBuilder::new(vm)?;
                text.push_string(vm, open)?;
                text.push(vm, if is_array { b"]" } else { b"}" })?;
                text.finish(vm)?.store(to);
            } else {
                vm.copy(base, to);
            }
        } else if depth > self.options.depth {
            let mut text = StringBuilder::new(vm)?;
            let null = vm.get(constructor).is_null();
            text.push(vm, if null { b"" } else { b"[" })?;
            push_prefix(vm, &mut text, constructor, tag, kind_name(vm, object), None)?;
            let end = text.len().saturating_sub(1);
            text.truncate(end);
            text.push(vm, if null { b"" } else { b"]" })?;
            text.finish(vm)?.store(to);
        } else {
            self.format_entries(vm, object, keys, contents, base, open, depth, to)?;
        }
        vm.release(mark);
        Ok(())
    }

    /// Formats elements and properties, and lays them out.
    #[allow(
        clippy::too_many_arguments,
        reason = "the parts of one text; a struct for them would have one use"
    )]
    fn format_entries(
        &mut self,
        vm: &mut Vm,
        object: Slot,
        keys: Slot,
        contents: Slot,
        base: Slot,
        open: Slot,
        depth: u32,
        to: Slot,
    ) -> Result<()> {
        let [list, entry, key] = vm.slots()?;
        let depth = depth + 1;
        vm.array_push(self.seen, object)?;
        self.current_depth = depth;
        vm.new_array(0)?.store(list);
        let is_array = is_list(vm, object);
        if is_array {
            self.format_elements(vm, object, depth, list)?;
        } else if buffer_class(vm, object).is_some() {
            format_buffer(self, vm, object, depth, list)?;
        }
        self.format_contents(vm, object, contents, depth, list)?;
        for i in 0..vm.array_length(keys) {
            vm.array_get(keys, i).store(key);
            self.format_property(vm, object, key, true, depth, entry)?;
            vm.array_push(list, entry)?;
        }
        if let Some(number) = self.circular_number(vm, object) {
            let mut text = StringBuilder::new(vm)?;
            text.push(vm, b"<ref *")?;
            text.push_int(vm, number as i32)?;
            text.push(vm, b">")?;
            if vm.get(base) != Value::EMPTY_STRING {
                text.push(vm, b" ")?;
                text.push_string(vm, base)?;
            }
            text.finish(vm)?.store(base);
        }
        let seen = vm.array_length(self.seen);
        vm.set_array_length(self.seen, seen.saturating_sub(1))?;
        let elements = is_array.then_some(object);
        self.lay_out(vm, Entries { list, base, open, elements }, depth, to)
    }

    /// Appends the texts of what an instance holds: values, or pairs of key and value.
    fn format_contents(
        &mut self,
        vm: &mut Vm,
        object: Slot,
        contents: Slot,
        depth: u32,
        list: Slot,
    ) -> Result<()> {
        let mark = vm.mark();
        let [entry, value] = vm.slots()?;
        let class = vm.get(object).instance_class();
        let pairs = class == Some(InstanceClass::Map);
        if matches!(class, Some(InstanceClass::WeakMap | InstanceClass::WeakSet)) {
            vm.new_string(b"<items unknown>")?.store(entry);
            vm.array_push(list, entry)?;
        }
        if class == Some(InstanceClass::Promise) {
            vm.array_get(contents, 1).store(value);
            let before: &[u8] = match vm.array_get(contents, 0).as_int() {
                Some(1) => b"",
                Some(2) => b"<rejected> ",
                _ => b"<pending>",
            };
            if before == b"<pending>" {
                Value::EMPTY_STRING.store(entry);
            } else {
                self.indentation += 2;
                self.format_value(vm, value, depth, entry)?;
                self.indentation -= 2;
            }
            let mut text = StringBuilder::new(vm)?;
            text.push(vm, before)?;
            text.push_string(vm, entry)?;
            text.finish(vm)?.store(entry);
            vm.array_push(list, entry)?;
            vm.release(mark);
            return Ok(());
        }
        let mut i = 0;
        self.indentation += 2;
        while i < vm.array_length(contents) {
            vm.array_get(contents, i).store(value);
            self.format_value(vm, value, depth, entry)?;
            if pairs {
                let mut text = StringBuilder::new(vm)?;
                text.push_string(vm, entry)?;
                vm.array_get(contents, i + 1).store(value);
                self.format_value(vm, value, depth, entry)?;
                text.push(vm, b" => ")?;
                text.push_string(vm, entry)?;
                text.finish(vm)?.store(entry);
                i += 1;
            }
            vm.array_push(list, entry)?;
            i += 1;
        }
        self.indentation -= 2;
        vm.release(mark);
        Ok(())
    }

    /// Appends the texts of an array's elements.
    fn format_elements(&mut self, vm: &mut Vm, array: Slot, depth: u32, list: Slot) -> Result<()> {
        let mark = vm.mark();
        let [entry, key] = vm.slots()?;
        let length = list_length(vm, array);
        let most = length.min(MAX_ARRAY_LENGTH);
        let mut i = 0;
        while i < length && vm.array_length(list) < most {
            let mut next = i;
            while next < length && !is_own(vm, array, next)? {
                next += 1;
            }
            if next != i {
                count_text(vm, b"<", next - i, b" empty item", b">", entry)?;
            } else {
                vm.integer(i64::from(i))?.store(key);
                self.format_property(vm, array, key, false, depth, entry)?;
                next += 1;
            }
            vm.array_push(list, entry)?;
            i = next;
        }
        if i < length {
            count_text(vm, b"... ", length - i, b" more item", b"", entry)?;
            vm.array_push(list, entry)?;
        }
        vm.release(mark);
        Ok(())
    }

    /// `[Number: 3]`; the indices of a string are no keys to be shown.
    fn wrapper_base(
        &self,
        vm: &mut Vm,
        object: Slot,
        constructor: Slot,
        keys: Slot,
        base: Slot,
    ) -> Result<()> {
        let [primitive, shown] = vm.slots()?;
        let word = vm.wrapped(object).map_or(Value::UNDEFINED.word(), Value::word);
        jerboa_rt::memory::store(primitive.0, word);
        if vm.get(primitive).is_string() {
            keep_names(vm, keys)?;
        }
        let kind = kind_name(vm, object);
        let mut text = StringBuilder::new(vm)?;
        text.push(vm, b"[")?;
        text.push(vm, kind.as_bytes())?;
        if vm.get(constructor).is_null() {
            text.push(vm, b" (null prototype)")?;
        } else if !is_text(vm, constructor, kind) {
            text.push(vm, b" (")?;
            text.push_string(vm, constructor)?;
            text.push(vm, b")")?;
        }
        text.push(vm, b": ")?;
        self.format_primitive(vm, primitive, shown)?;
        text.push_string(vm, shown)?;
        text.push(vm, b"]")?;
        text.finish(vm)?.store(base);
        Ok(())
    }
}

/// Whether an object is shown with its elements in brackets.
fn is_list(vm: &Vm, object: Slot) -> bool {
    vm.get(object).is_array() || typed_length(vm, object).is_some()
}

/// The number of elements of an array or typed array.
pub(super) fn list_length(vm: &Vm, object: Slot) -> u32 {
    typed_length(vm, object).unwrap_or_else(|| vm.array_length(object))
}

gate! {
    if TypedArrays, fn format_buffer(inspector: &mut Inspector, vm: &mut Vm, object: Slot, depth: u32, list: Slot) -> Result<()> {
        super::buffer::format(inspector, vm, object, depth, list)
    }
}

/// Puts the list of what an instance holds in a slot, if its class has such; `undefined` otherwise. The function that knows it
/// is in the image if instances can be.
fn contents_of(vm: &mut Vm, object: Slot, class: InstanceClass, to: Slot) -> Result<()> {
    use InstanceClass::{Map, MapIterator, Set, SetIterator};
    let native = match class {
        Map | Set | MapIterator | SetIterator => NativeId::CollectionContents,
        InstanceClass::Promise => NativeId::PromiseContents,
        _ => return Ok(()),
    };
    if let Some(native) = vm.native_word(native) {
        let mark = vm.mark();
        let [function, none] = vm.slots()?;
        jerboa_rt::memory::store(function.0, native);
        vm.call_with(function, none, &[object])?.store(to);
        vm.release(mark);
    }
    Ok(())
}

/// The text of an instance that has one, by the function that gives it, after the constructor's name if that is another.
fn text_base(vm: &mut Vm, object: Slot, native: NativeId, constructor: Slot, base: Slot) -> Result<()> {
    let mark = vm.mark();
    let [function, shown] = vm.slots()?;
    let name = vm.get(object).instance_class().map_or("", |class| class.name());
    if let Some(native) = vm.native_word(native) {
        jerboa_rt::memory::store(function.0, native);
        vm.call_with(function, object, &[])?.store(shown);
    }
    let mut text = StringBuilder::new(vm)?;
    if !is_text(vm, constructor, name) {
        push_prefix(vm, &mut text, constructor, "", name, None)?;
    }
    if vm.get(shown).is_string() {
        vm.flatten(shown)?;
        text.push_string(vm, shown)?;
    }
    text.finish(vm)?.store(base);
    vm.release(mark);
    Ok(())
}

/// `[Function: name]`
fn function_base(vm: &mut Vm, function: Slot, constructor: Slot, base: Slot) -> Result<()> {
    if let Some(text) = vm.call_hook(NativeId::ClassText, &[function])?
        && text != EMPTY
    {
        Value::of(text).store(base);
        return Ok(());
    }
    let [name] = vm.slots()?;
    let mut text = StringBuilder::new(vm)?;
    let class = vm.function_class(vm.get(function));
    text.push(vm, b"[")?;
    text.push(vm, class.as_bytes())?;
    if vm.get(constructor).is_null() {
        text.push(vm, b" (null prototype)")?;
    }
    vm.get_by_name(function, "name")?.store(name);
    if vm.get(name) == Value::EMPTY_STRING {
        text.push(vm, b" (anonymous)")?;
    } else {
        vm.to_string(name)?;
        text.push(vm, b": ")?;
        text.push_string(vm, name)?;
    }
    text.push(vm, b"]")?;
    if vm.get(constructor).is_string()
        && !is_text(vm, constructor, "Function")
        && !is_text(vm, constructor, class)
    {
        text.push(vm, b" ")?;
        text.push_string(vm, constructor)?;
    }
    text.finish(vm)?.store(base);
    Ok(())
}

/// Whether an array has an element of its own.
fn is_own(vm: &mut Vm, array: Slot, index: u32) -> Result<bool> {
    if !vm.array_get(array, index).is_empty() {
        return Ok(true);
    }
    match Key::index(index) {
        Some(key) => vm.has_property(array, key, false),
        None => Ok(false),
    }
}

/// A number of things, as a text in a slot.
fn count_text(vm: &mut Vm, before: &[u8], count: u32, things: &[u8], after: &[u8], to: Slot) -> Result<()> {
    let mark = vm.mark();
    let mut text = StringBuilder::new(vm)?;
    text.push(vm, before)?;
    text.push_int(vm, count as i32)?;
    text.push(vm, things)?;
    text.push(vm, if count > 1 { b"s" } else { b"" })?;
    text.push(vm, after)?;
    text.finish(vm)?.store(to);
    vm.release(mark);
    Ok(())
}

/// Drops the array indices from a list of keys, where they come first.
fn keep_names(vm: &mut Vm, keys: Slot) -> Result<()> {
    let count = vm.array_length(keys);
    let indices = (0..count).take_while(|&i| vm.array_get(keys, i).as_int().is_some()).count() as u32;
    vm.array_move(keys, indices, 0, count - indices);
    vm.set_array_length(keys, count - indices)?;
    Ok(())
}
