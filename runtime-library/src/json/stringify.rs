//! `JSON.stringify`.
//!
//! As the parser, it keeps the objects that it is inside of on the tagged stack.

use jerboa_abi::header::Kind;
use jerboa_rt::keys::Filter;
use jerboa_rt::text::{Counter, json_quote};
use jerboa_rt::value::{Key, Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{ErrorKind, Piece, Result, StringBuilder, Thrown};

/// The most characters of an indentation step.
const MAX_GAP: u32 = 10;

jerboa_rt::native! {
    /// `JSON.stringify(value, replacer, space)`
    fn jrt_n_json_stringify(vm, args) {
        let [value, replacer, space] = args.take(vm)?;
        let [result] = vm.slots()?;
        jerboa_rt::present!(NumberTexts);
        stringify(vm, value, replacer, space, result)?;
        Ok(vm.get(result))
    }
}

/// `%j` of the console: as `stringify`, and `[Circular]` where that fails for a cycle.
pub(crate) fn text_of(vm: &mut Vm, value: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let none = vm.push_value(Value::UNDEFINED)?;
    let [message] = vm.slots()?;
    if stringify(vm, value, none, none, to).is_err() {
        match vm.take_pending() {
            Some(error) => error.store(to),
            None => return Err(Thrown),
        }
        if vm.get(to).is(Kind::Error) {
            vm.get_by_name(to, "message")?.store(message);
        }
        let circular = vm.get(message).is_string() && vm.text(message).starts_with(b"Converting circular");
        if !circular {
            return Err(vm.throw(to));
        }
        vm.new_string(b"[Circular]")?.store(to);
    }
    vm.to_flat_string(to)?;
    vm.release(mark);
    Ok(())
}

fn stringify(vm: &mut Vm, value: Slot, replacer: Slot, space: Slot, to: Slot) -> Result<()> {
    let mark = vm.mark();
    let text = StringBuilder::new(vm)?;
    let [gap, list, current, key, name, function] = vm.slots()?;
    let [holder] = vm.slots()?;
    let to_json = vm.name_key("toJSON")?;
    read_gap(vm, space, gap)?;
    if vm.get(replacer).is_array() {
        read_list(vm, replacer, list)?;
    }
    vm.copy(value, current);
    Value::EMPTY_STRING.store(key);
    if vm.get(replacer).is_callable() {
        vm.new_object()?.store(holder);
        vm.define_field(holder, Key::slot(key), current)?;
    }
    let mut writer = Writer { text, gap, list, replacer, current, key, name, to_json, function, depth: 0 };
    let outcome = writer.run(vm, holder)?;
    if outcome {
        writer.text.finish(vm)?.store(to);
    } else {
        Value::UNDEFINED.store(to);
    }
    vm.release(mark);
    Ok(())
}

/// The step of indentation that an argument states: so many spaces, or a text.
fn read_gap(vm: &mut Vm, space: Slot, gap: Slot) -> Result<()> {
    Value::EMPTY_STRING.store(gap);
    vm.copy(space, gap);
    let wrapped = vm.wrapped(gap).map(|value| (value.is_number(), value.is_string()));
    if let Some((true, _)) = wrapped {
        let number = vm.to_number(gap)?;
        vm.number(number)?.store(gap);
    } else if let Some((_, true)) = wrapped {
        vm.to_string(gap)?;
    }
    if vm.get(gap).is_number() {
        let count = jerboa_rt::number::clamp(vm.to_integer(gap)?, f64::from(MAX_GAP)) as usize;
        vm.new_string(b"          ".get(..count).unwrap_or_default())?.store(gap);
    } else if vm.get(gap).is_string() {
        vm.flatten(gap)?;
        vm.substring(gap, 0, MAX_GAP)?.store(gap);
    } else {
        Value::EMPTY_STRING.store(gap);
    }
    Ok(())
}

/// The property keys that an array of names states, without repetitions.
fn read_list(vm: &mut Vm, replacer: Slot, list: Slot) -> Result<()> {
    let mark = vm.mark();
    let [name] = vm.slots()?;
    vm.new_array(0)?.store(list);
    let (names, count) = crate::array::Subject::of(vm, replacer)?;
    for i in 0..count {
        names.get(vm, i, name)?;
        let wrapper = vm.wrapped(name).is_some_and(|value| value.is_string() || value.is_number());
        if !vm.get(name).is_string() && !vm.get(name).is_number() && !wrapper {
            continue;
        }
        vm.to_string(name)?;
        vm.to_property_key(name)?;
        if !(0..vm.array_length(list)).any(|k| vm.array_get(list, k) == vm.get(name)) {
            vm.array_push(list, name)?;
        }
    }
    vm.release(mark);
    Ok(())
}

/// An object that is being written, on the tagged stack.
#[derive(Clone, Copy)]
struct Frame {
    object: Slot,
    /// The keys (an array); for an array its length.
    keys: Slot,
    /// How many of them are done with.
    done: Slot,
    /// Whether a member was written.
    any: Slot,
}

/// Slots of a frame.
const FRAME: u32 = 4;

struct Writer {
    text: StringBuilder,
    gap: Slot,
    /// The keys that are written of each object, or undefined.
    list: Slot,
    replacer: Slot,
    /// The value that is to be written, and its key.
    current: Slot,
    key: Slot,
    name: Slot,
    to_json: Key,
    function: Slot,
    /// Objects that are being written.
    depth: u32,
}

impl Writer {
    /// Writes the current value; false if it has no JSON form.
    fn run(&mut self, vm: &mut Vm, holder: Slot) -> Result<bool> {
        self.prepare(vm, holder)?;
        if !self.has_form(vm) {
            return Ok(false);
        }
        let Some(mut frame) = self.write(vm, None)? else { return Ok(true) };
        loop {
            let done = vm.get(frame.done).as_int().unwrap_or(0) as u32;
            let array = vm.get(frame.keys).as_number();
            let count = array.map_or_else(|| vm.array_length(frame.keys), |count| count as u32);
            if done >= count {
                self.depth -= 1;
                if vm.get(frame.any) == Value::TRUE {
                    self.new_line(vm)?;
                }
                self.text.push(vm, if array.is_some() { b"]" } else { b"}" })?;
                vm.release(frame.object);
                if self.depth == 0 {
                    return Ok(true);
                }
                frame = frame.below(1);
                continue;
            }
            Value::small(done as i32 + 1).store(frame.done);
            if array.is_some() {
                match Value::int(done as i32) {
                    Some(index) => index.store(self.key),
                    None => {
                        vm.integer(i64::from(done))?.store(self.key);
                        vm.to_property_key(self.key)?;
                    }
                }
            } else {
                vm.array_get(frame.keys, done).store(self.key);
            }
            vm.get_property(frame.object, Key::slot(self.key))?.store(self.current);
            self.prepare(vm, frame.object)?;
            if !self.has_form(vm) {
                if array.is_none() {
                    continue;
                }
                Value::NULL.store(self.current);
            }
            if vm.get(frame.any) == Value::TRUE {
                self.text.push(vm, b",")?;
            }
            Value::TRUE.store(frame.any);
            self.new_line(vm)?;
            if array.is_none() {
                vm.copy(self.key, self.name);
                vm.key_to_string(self.name)?;
                vm.flatten(self.name)?;
                self.push_quoted(vm, self.name, if self.has_gap(vm) { b": " } else { b":" })?;
            }
            if let Some(inner) = self.write(vm, Some(frame))? {
                frame = inner;
            }
        }
    }

    /// Lets `toJSON` and the replacer change the current value, and unwraps wrapper objects.
    fn prepare(&mut self, vm: &mut Vm, holder: Slot) -> Result<()> {
        if vm.get(self.current).is_object() {
            vm.get_property(self.current, self.to_json)?.store(self.function);
            if vm.get(self.function).is_callable() {
                vm.copy(self.key, self.name);
                vm.key_to_string(self.name)?;
                vm.call_with(self.function, self.current, &[self.name])?.store(self.current);
            }
        }
        if vm.get(self.replacer).is_callable() {
            vm.copy(self.key, self.name);
            vm.key_to_string(self.name)?;
            vm.call_with(self.replacer, holder, &[self.name, self.current])?.store(self.current);
        }
        if vm.get(self.current).is(Kind::Wrapper) {
            let kind = vm.wrapped(self.current).map(|value| (value.is_number(), value.is_string()));
            match kind {
                Some((true, _)) => {
                    let number = vm.to_number(self.current)?;
                    vm.number(number)?.store(self.current);
                }
                Some((_, true)) => vm.to_string(self.current)?,
                _ => {
                    let boolean = vm.wrapped(self.current).is_some_and(|value| value.to_boolean());
                    Value::bool(boolean).store(self.current);
                }
            }
        }
        Ok(())
    }

    /// Whether the current value has a JSON form.
    fn has_form(&self, vm: &Vm) -> bool {
        let value = vm.get(self.current);
        !value.is_undefined() && !value.is_callable() && !value.is(Kind::Symbol)
    }

    /// Writes the current value, which has a JSON form. An object is opened: its frame is on top then. `outer` is the frame
    /// that was on top before.
    fn write(&mut self, vm: &mut Vm, outer: Option<Frame>) -> Result<Option<Frame>> {
        let value = vm.get(self.current);
        if let Some(number) = value.as_int() {
            self.text.push_int(vm, number)?;
        } else if value.is_object() {
            return self.open(vm, outer).map(Some);
        } else if value.is_string() {
            vm.flatten(self.current)?;
            self.push_quoted(vm, self.current, b"")?;
        } else {
            if value.as_number().is_some_and(|number| !number.is_finite()) {
                Value::NULL.store(self.current);
            }
            vm.to_string(self.current)?;
            self.text.push_string(vm, self.current)?;
        }
        Ok(None)
    }

    /// Begins the current value, an object.
    fn open(&mut self, vm: &mut Vm, outer: Option<Frame>) -> Result<Frame> {
        if let Some(outer) = outer {
            let same = |level: &u32| vm.get(outer.below(*level).object) == vm.get(self.current);
            if let Some(level) = (0..self.depth).find(same) {
                return Err(self.throw_circular(vm, outer, level));
            }
        }
        let [object, keys, done, any] = vm.slots()?;
        vm.copy(self.current, object);
        if vm.get(object).is_array() {
            let mark = vm.mark();
            let (_, length) = crate::array::Subject::of(vm, object)?;
            vm.release(mark);
            vm.index(length)?.store(keys);
            self.text.push(vm, b"[")?;
        } else {
            if vm.get(self.list).is_undefined() {
                vm.own_keys(object, Filter::Enumerable)?.store(keys);
            } else {
                vm.copy(self.list, keys);
            }
            self.text.push(vm, b"{")?;
        }
        Value::small(0).store(done);
        Value::FALSE.store(any);
        self.depth += 1;
        Ok(Frame { object, keys, done, any })
    }

    /// Appends a flat string as a literal, and what follows it.
    fn push_quoted(&mut self, vm: &mut Vm, string: Slot, behind: &[u8]) -> Result<()> {
        let plain = |byte: &u8| matches!(byte, b' '..=0x7f) && *byte != b'"' && *byte != b'\\';
        if vm.flat_text(string).iter().all(plain) {
            return self.text.push_between_quotes(vm, string, behind);
        }
        let mut counter = Counter::default();
        json_quote(vm.flat_text(string), &mut counter);
        self.text.push_with(vm, counter.len, |vm, sink| json_quote(vm.flat_text(string), sink))?;
        self.text.push(vm, behind)
    }

    /// Whether the text is indented.
    #[inline(always)]
    fn has_gap(&self, vm: &Vm) -> bool {
        vm.get(self.gap) != Value::EMPTY_STRING
    }

    /// Begins a line, if there is an indentation.
    #[inline(always)]
    fn new_line(&mut self, vm: &mut Vm) -> Result<()> {
        if self.has_gap(vm) { self.indent(vm) } else { Ok(()) }
    }

    fn indent(&mut self, vm: &mut Vm) -> Result<()> {
        self.text.push(vm, b"\n")?;
        for _ in 0..self.depth {
            self.text.push_string(vm, self.gap)?;
        }
        Ok(())
    }

    /// Throws the TypeError of a cycle: the current value is the object `level` frames below the top.
    #[cold]
    fn throw_circular(&self, vm: &mut Vm, top: Frame, level: u32) -> Thrown {
        match self.describe_cycle(vm, top, level) {
            Ok(message) => vm.throw_error(ErrorKind::Type, &[Piece::value(message)]),
            Err(thrown) => thrown,
        }
    }

    /// The way around a cycle, with what is in the middle of a long one left out.
    fn describe_cycle(&self, vm: &mut Vm, top: Frame, level: u32) -> Result<Slot> {
        let [result] = vm.slots()?;
        let mut text = StringBuilder::new(vm)?;
        text.push(
            vm,
            b"Converting circular structure to JSON\n    --> starting at object with constructor ",
        )?;
        push_constructor(vm, &mut text, top.below(level).object)?;
        for below in (0..level).rev() {
            let from_start = level - below;
            if from_start > 2 && below != 0 {
                if from_start == 3 {
                    text.push(vm, b"\n    |     ...")?;
                }
                continue;
            }
            text.push(vm, b"\n    |     ")?;
            push_member(vm, &mut text, top.below(below + 1))?;
            text.push(vm, b" -> object with constructor ")?;
            push_constructor(vm, &mut text, top.below(below).object)?;
        }
        text.push(vm, b"\n    --- ")?;
        push_member(vm, &mut text, top)?;
        text.push(vm, b" closes the circle")?;
        text.finish(vm)?.store(result);
        Ok(result)
    }
}

impl Frame {
    /// The frame of the object `levels` further out.
    fn below(self, levels: u32) -> Frame {
        let n = FRAME * levels;
        Frame {
            object: self.object.below(n),
            keys: self.keys.below(n),
            done: self.done.below(n),
            any: self.any.below(n),
        }
    }
}

/// Appends the member of a frame's object that is being written.
fn push_member(vm: &mut Vm, text: &mut StringBuilder, frame: Frame) -> Result<()> {
    let mark = vm.mark();
    let [name] = vm.slots()?;
    let index = vm.get(frame.done).as_int().unwrap_or(1) - 1;
    if vm.get(frame.keys).is_number() {
        text.push(vm, b"index ")?;
        text.push_int(vm, index)?;
    } else {
        vm.array_get(frame.keys, index as u32).store(name);
        vm.key_to_string(name)?;
        text.push(vm, b"property '")?;
        text.push_string(vm, name)?;
        text.push(vm, b"'")?;
    }
    vm.release(mark);
    Ok(())
}

fn push_constructor(vm: &mut Vm, text: &mut StringBuilder, object: Slot) -> Result<()> {
    text.push(vm, b"'")?;
    vm.push_class_name(text, object)?;
    text.push(vm, b"'")
}
