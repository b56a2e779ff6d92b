//! Errors that the runtime throws. The texts are those that Node prints.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image;
use jerboa_abi::value as word;

use crate::builder::StringBuilder;
use crate::gate::{gate, present};
use crate::heap::store_len;
use crate::instance::InstanceClass;
use crate::memory::{load, load_half, store};
use crate::property::{Own, name};
use crate::shape;
use crate::value::{Key, Slot, Value};
use crate::vm::{Located, Vm, root};
use crate::{Result, Thrown};

/// Which error; the number is that of its empty shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum ErrorKind {
    /// `Error`
    Error = shape::ERROR,
    /// `TypeError`
    Type = shape::TYPE_ERROR,
    /// `RangeError`
    Range = shape::RANGE_ERROR,
    /// `ReferenceError`
    Reference = shape::REFERENCE_ERROR,
    /// `SyntaxError`
    Syntax = shape::SYNTAX_ERROR,
}

gate! {
    /// See [`Vm::push_class_name`].
    if Objects, fn push_class_name(vm: &mut Vm, text: &mut StringBuilder, object: Slot) -> Result<()> {
        vm.push_class_name(text, object)
    }
}

gate! {
    /// See [`Vm::throw_error`].
    if Errors, fn raise(vm: &mut Vm, kind: ErrorKind, message: &[Piece<'_>]) -> Thrown {
        vm.throw_new(kind, message)
    } else {
        crate::report::at_once(vm, kind, message)
    }
    /// As [`raise`], for a message that is a text.
    if Errors, fn raise_text(vm: &mut Vm, kind: ErrorKind, message: &str) -> Thrown {
        match vm.new_string(message.as_bytes()).map(Value::word) {
            Ok(message) => vm.throw_new_with(kind, message),
            Err(thrown) => thrown,
        }
    } else {
        crate::report::text_at_once(vm, kind, message)
    }
    /// As [`raise`], for a message that is a string.
    #[cfg_attr(not(feature = "aot"), allow(dead_code, reason = "compiled code throws them"))]
    if Errors, fn raise_string(vm: &mut Vm, kind: ErrorKind, message: u32) -> Thrown {
        vm.throw_new_with(kind, message)
    } else {
        match vm.push_word(message) {
            Ok(message) => crate::report::at_once(vm, kind, &[Piece::Value(message)]),
            Err(thrown) => thrown,
        }
    }
    /// See [`Vm::stack_position`].
    if Errors, fn take_position(vm: &mut Vm, function: u32, position: u32) -> bool {
        vm.record_position(function, position)
    } else {
        crate::report::print_position(vm, function, position)
    }
}

gate! {
    /// See [`Vm::push_frame`].
    if Files, fn push_frame(vm: &mut Vm, text: &mut StringBuilder, frame: Frame) -> Result<()> {
        vm.push_frame::<true>(text, frame)
    } else {
        vm.push_frame::<false>(text, frame)
    }
}

/// The captured stack of an error that has no positions: no program can put this word there.
pub(crate) const NO_POSITIONS: u32 = word::EXCEPTION;

/// A piece of a message.
#[derive(Clone, Copy)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// Text in WTF-8.
    Bytes(&'a [u8]),
    /// A value: strings as they are, numbers and other primitives as text, objects as `#<Name>`. Made by [`Piece::value`], unless it is
    /// a string for sure.
    Value(Slot),
    /// An integer.
    Int(i32),
    /// The name of a native function, as it is called in the image.
    Native(Slot),
}

impl Piece<'_> {
    /// A value of which a message speaks.
    #[inline(always)]
    pub fn value(slot: Slot) -> Self {
        crate::gate::present!(Descriptions);
        Piece::Value(slot)
    }
}

/// Accesses that a property does not allow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PropertyError {
    NullishRead,
    NullishWrite,
    ReadOnly,
    GetterOnly,
    NotExtensible,
    Primitive,
    NotDeletable,
}

/// The most frames that an error's stack shows.
pub(crate) const MAX_FRAMES: u32 = 10;

/// The name of an active function.
#[derive(Clone, Copy)]
pub(crate) enum FrameName {
    /// A flat string; empty if there is none.
    String(u32),
    /// One that only the line table has.
    Text(&'static [u8]),
}

impl FrameName {
    /// Whether there is one.
    pub(crate) fn is_some(self) -> bool {
        match self {
            FrameName::String(word) => word != word::EMPTY_STRING,
            FrameName::Text(text) => !text.is_empty(),
        }
    }
}

/// An active function.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// Its name.
    pub(crate) name: FrameName,
    /// The line and column where it was, if they are known.
    pub(crate) place: Option<(u32, u32)>,
    /// The file's number: see [`crate::lines::file_name`].
    pub(crate) file: u32,
}

impl Vm {
    /// A new error object with a message (a string, or `EMPTY` for none); where the program is gets captured.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_error(&mut self, kind: ErrorKind, message: Slot) -> Result<Value<'_>> {
        present!(Errors);
        let error = self.allocate(4)?;
        store(error, header::make(Kind::Error, 1, kind as u32));
        store(error + 4, NO_POSITIONS);
        store(error + 8, load(message.0));
        store(error + 12, word::UNDEFINED);
        let mark = self.mark();
        let error = self.push_word(error)?;
        if let Some(capture) = self.capture_stack() {
            self.set_root(root::TRACE, word::EMPTY);
            // SAFETY: the embedder's function keeps to `CaptureStack`.
            unsafe { capture(self) };
            store(load(error.0) + 4, self.root(root::TRACE));
            if self.root(root::TRACE) == word::EMPTY {
                store(load(error.0) + 4, NO_POSITIONS);
            }
            self.set_root(root::TRACE, word::EMPTY);
        }
        let word = load(error.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// Adds a position to the stack that is being captured: the number of a function and a position inside it, as the engine
    /// can later turn them to text. False when no more are wanted.
    pub fn stack_position(&mut self, function: u32, position: u32) -> bool {
        take_position(self, function, position)
    }

    fn record_position(&mut self, function: u32, position: u32) -> bool {
        #[cfg(feature = "evaluate")]
        self.traced.set(self.traced.get().max(function));
        let old = self.root(root::TRACE);
        let len = if old == word::EMPTY { 0 } else { store_len(load(old)) };
        if len >= 2 * MAX_FRAMES {
            return false;
        }
        // A trace is an extra: it is left short where memory is.
        if self.heap_end.saturating_sub(self.heap_top.get()) < 4 * (len + 3) {
            return false;
        }
        let Ok(new) = self.new_bytes(len + 2) else { return false };
        let new = new.word();
        let old = self.root(root::TRACE);
        if old != word::EMPTY {
            crate::memory::move_words(old + 4, new + 4, len);
        }
        store(new + 4 + 4 * len, function);
        store(new + 8 + 4 * len, position);
        self.set_root(root::TRACE, new);
        true
    }

    /// The text of an error's captured stack: the error and a line for each position.
    pub(crate) fn describe_stack(&mut self, error: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        let mut text = StringBuilder::new(self)?;
        let [part] = self.slots()?;
        let own_name = self.get_named(error, name::NAME)?.word();
        store(part.0, own_name);
        let has_name = self.get(part).is_string();
        if has_name {
            text.push_string(self, part)?;
        }
        let message = self.get_named(error, name::MESSAGE)?.word();
        store(part.0, message);
        if self.get(part).is_string() && message != word::EMPTY_STRING {
            if has_name {
                text.push(self, b": ")?;
            }
            text.push_string(self, part)?;
        }
        let positions = self.push_word(load(load(error.0) + 4))?;
        let count =
            if self.get(positions).is(Kind::Bytes) { store_len(self.get(positions).header()) / 2 } else { 0 };
        let mut lines = 0;
        for i in 0..count {
            let entry = load(positions.0) + 4 + 8 * i;
            let (function, position) = (load(entry), load(entry + 4));
            let mut depth = 0;
            while let Some(frame) = self.frame(function, position, depth).filter(|_| lines < MAX_FRAMES) {
                text.push(self, b"\n    at ")?;
                push_frame(self, &mut text, frame)?;
                (depth, lines) = (depth + 1, lines + 1);
            }
        }
        let word = text.finish(self)?.word();
        self.release(mark);
        Ok(Value::of(word))
    }

    /// A function that was active at a captured position: the innermost one, or from there outwards through calls that
    /// were inlined. Its name, a flat string, and line and column if they are known.
    pub(crate) fn frame(&mut self, function: u32, position: u32, depth: u32) -> Option<Frame> {
        let mut located = Located::default();
        let is_active = match self.locate() {
            // SAFETY: the embedder's function keeps to `Locate`.
            Some(locate) => unsafe { locate(self, function, position, depth, &raw mut located) },
            None => depth == 0,
        };
        if !is_active {
            return None;
        }
        let name = located.name.map_or_else(
            || {
                let descriptor = crate::image::function_at(self.image, function);
                let name = load_half(descriptor + image::function::NAME as u32);
                let flags = load_half(descriptor + image::function::FLAGS as u32);
                // Without a line table, functions that are only called directly have no name.
                let named = name != 0xffff && flags & u32::from(image::function::DIRECT_ONLY) == 0;
                FrameName::String(if named { self.constant_word(name) } else { word::EMPTY_STRING })
            },
            FrameName::Text,
        );
        let place = (located.line != 0).then_some((located.line, located.column));
        Some(Frame { name, place, file: located.file })
    }

    /// The text of one frame: `name (line:column)`, or the name alone without a line table. With `FILES`, the file's name is
    /// in front of the line, if there are several files.
    fn push_frame<const FILES: bool>(&mut self, text: &mut StringBuilder, frame: Frame) -> Result<()> {
        let (named, line) = (frame.name.is_some(), frame.place);
        let mark = self.mark();
        match frame.name {
            FrameName::String(word) => {
                let slot = self.push_word(word)?;
                text.push_string(self, slot)?;
            }
            FrameName::Text(name) => text.push(self, name)?,
        }
        if !named && line.is_none() {
            text.push(self, b"<anonymous>")?;
        }
        if let Some((line, column)) = line {
            text.push(self, if named { b" (" } else { b"" })?;
            if FILES && let Some(file) = crate::lines::file_name(self, frame.file) {
                text.push(self, file)?;
                text.push(self, b":")?;
            }
            text.push_int(self, line as i32)?;
            text.push(self, b":")?;
            text.push_int(self, column as i32)?;
            text.push(self, if named { b")" } else { b"" })?;
        }
        self.release(mark);
        Ok(())
    }

    /// Makes the value in a slot the pending exception, for code of the program. The compiler tells which programs have such.
    #[cold]
    #[inline(never)]
    pub(crate) fn set_thrown(&mut self, value: Slot) {
        self.set_root(root::PENDING, load(value.0));
    }

    /// Throws the value in a slot.
    pub fn throw(&mut self, value: Slot) -> Thrown {
        present!(Errors);
        self.set_thrown(value);
        Thrown
    }

    /// Throws an error with a message. Where nobody can catch it, it is not made but reported.
    #[cold]
    #[inline(never)]
    pub fn throw_error(&mut self, kind: ErrorKind, message: &[Piece<'_>]) -> Thrown {
        raise(self, kind, message)
    }

    fn throw_new(&mut self, kind: ErrorKind, message: &[Piece<'_>]) -> Thrown {
        let mark = self.mark();
        if let Err(thrown) = self.try_throw(kind, message) {
            return thrown;
        }
        self.release(mark);
        Thrown
    }

    fn try_throw(&mut self, kind: ErrorKind, message: &[Piece<'_>]) -> Result<()> {
        let mut text = StringBuilder::new(self)?;
        for &piece in message {
            match piece {
                Piece::Text(piece) => text.push(self, piece.as_bytes())?,
                Piece::Bytes(piece) => text.push(self, piece)?,
                Piece::Value(slot) => self.push_description(&mut text, slot)?,
                Piece::Int(i) => text.push_int(self, i)?,
                Piece::Native(slot) => {
                    let name = self.push_word(self.native_name(load(slot.0)))?;
                    text.push_string(self, name)?;
                }
            }
        }
        let message = text.finish(self)?.word();
        let message = self.push_word(message)?;
        let error = self.new_error(kind, message)?.word();
        self.set_root(root::PENDING, error);
        Ok(())
    }

    /// Throws a TypeError.
    #[cold]
    pub fn throw_type(&mut self, message: &str) -> Thrown {
        self.throw_text(ErrorKind::Type, message)
    }

    /// Throws a RangeError.
    #[cold]
    pub fn throw_range(&mut self, message: &str) -> Thrown {
        self.throw_text(ErrorKind::Range, message)
    }

    /// As [`Vm::throw_error`], for a message that is a text.
    #[cold]
    #[inline(never)]
    fn throw_text(&mut self, kind: ErrorKind, message: &str) -> Thrown {
        raise_text(self, kind, message)
    }

    /// As [`Vm::throw_error`], for a message that is a string.
    #[cold]
    #[cfg(feature = "aot")]
    pub(crate) fn throw_message(&mut self, kind: ErrorKind, message: u32) -> Thrown {
        raise_string(self, kind, message)
    }

    fn throw_new_with(&mut self, kind: ErrorKind, message: u32) -> Thrown {
        let mark = self.mark();
        let thrown =
            self.push_word(message).and_then(|message| self.new_error(kind, message).map(Value::word));
        if let Ok(error) = thrown {
            self.set_root(root::PENDING, error);
        }
        self.release(mark);
        Thrown
    }

    /// Appends how a value is named in messages, without running code of the program.
    pub fn push_description(&mut self, text: &mut StringBuilder, slot: Slot) -> Result<()> {
        let mark = self.mark();
        let value = self.push(slot)?;
        match self.get(value).kind() {
            Some(Kind::Array) => text.push(self, b"[object Array]")?,
            // As V8, which so names objects whose `toString` is one of their own class.
            Some(Kind::Instance)
                if let Some(class @ (InstanceClass::RegExp | InstanceClass::Date)) =
                    self.get(value).instance_class() =>
            {
                text.push(self, b"[object ")?;
                text.push(self, class.name().as_bytes())?;
                text.push(self, b"]")?;
            }
            Some(Kind::Symbol) => {
                text.push(self, b"Symbol(")?;
                let description = self.push_word(self.symbol_description(load(value.0)))?;
                if self.get(description).is_string() {
                    text.push_string(self, description)?;
                }
                text.push(self, b")")?;
            }
            _ if self.get(value).is_object() => {
                text.push(self, b"#<")?;
                push_class_name(self, text, value)?;
                text.push(self, b">")?;
            }
            _ => {
                self.to_string(value)?;
                text.push_string(self, value)?;
            }
        }
        self.release(mark);
        Ok(())
    }

    /// Appends the name of the function that is an object's `constructor`, found without running code of the program.
    pub fn push_class_name(&mut self, text: &mut StringBuilder, object: Slot) -> Result<()> {
        let mark = self.mark();
        let constructor = self.well_known(name::CONSTRUCTOR)?.word();
        let constructor = self.push_word(constructor)?;
        let own_name = self.well_known(name::NAME)?.word();
        let own_name = self.push_word(own_name)?;
        let plain = |own: Own| match own {
            Own::Slot(slot) if !Vm::is_accessor(slot.attributes) => Some(load(slot.address)),
            Own::Constant(value, _) => Some(value),
            _ => None,
        };
        let mut at = load(object.0);
        let mut class = "Object";
        while at != word::NULL {
            match self.own_property(at, load(constructor.0)) {
                Own::Absent(prototype) => {
                    if let Some(known) = self.well_known_class(at) {
                        class = known;
                        break;
                    }
                    at = prototype;
                }
                own => {
                    let function = plain(own).filter(|&function| Value::of(function).is_callable());
                    let found =
                        function.and_then(|function| plain(self.own_property(function, load(own_name.0))));
                    if let Some(found) = found.filter(|&found| Value::of(found).is_string()) {
                        let found = self.push_word(found)?;
                        text.push_string(self, found)?;
                        self.release(mark);
                        return Ok(());
                    }
                    break;
                }
            }
        }
        self.release(mark);
        text.push(self, class.as_bytes())
    }

    /// The name of the constructor that a built-in prototype belongs to, also where an image leaves that out.
    pub fn well_known_class(&self, prototype: u32) -> Option<&'static str> {
        const CLASSES: &[(ObjectId, &str)] = &[
            (ObjectId::ObjectPrototype, "Object"),
            (ObjectId::ArrayPrototype, "Array"),
            (ObjectId::FunctionPrototype, "Function"),
            (ObjectId::StringPrototype, "String"),
            (ObjectId::NumberPrototype, "Number"),
            (ObjectId::BooleanPrototype, "Boolean"),
            (ObjectId::ErrorPrototype, "Error"),
            (ObjectId::TypeErrorPrototype, "TypeError"),
            (ObjectId::RangeErrorPrototype, "RangeError"),
            (ObjectId::ReferenceErrorPrototype, "ReferenceError"),
            (ObjectId::SyntaxErrorPrototype, "SyntaxError"),
            (ObjectId::EvalErrorPrototype, "EvalError"),
            (ObjectId::UriErrorPrototype, "URIError"),
            (ObjectId::AggregateErrorPrototype, "AggregateError"),
            (ObjectId::MapPrototype, "Map"),
            (ObjectId::SetPrototype, "Set"),
            (ObjectId::WeakMapPrototype, "WeakMap"),
            (ObjectId::WeakSetPrototype, "WeakSet"),
            (ObjectId::RegExpPrototype, "RegExp"),
            (ObjectId::DatePrototype, "Date"),
            (ObjectId::PromisePrototype, "Promise"),
        ];
        let known = CLASSES.iter().find(|(id, _)| self.intrinsic_word(*id) == prototype);
        known.map(|(_, name)| *name).or_else(|| crate::typed::class_of_prototype(self, prototype))
    }

    /// The callee of the window on top of the stack is no function. An engine that knows the callee's text throws
    /// by itself, with [`Vm::throw_not_a`].
    #[cold]
    #[inline(never)]
    pub(crate) fn throw_not_callable(&mut self, argc: u32) -> Thrown {
        let callee = self.window(argc);
        self.throw_error(ErrorKind::Type, &[Piece::value(callee), Piece::Text(" is not a function")])
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn throw_not_constructor(&mut self, argc: u32) -> Thrown {
        let callee = self.window(argc);
        self.throw_error(ErrorKind::Type, &[Piece::value(callee), Piece::Text(" is not a constructor")])
    }

    /// Throws "`expression` is not `what`" (`a function`, `a constructor`, `iterable`).
    #[cold]
    #[inline(never)]
    pub fn throw_not_a(&mut self, expression: &str, what: &str) -> Thrown {
        self.throw_error(
            ErrorKind::Type,
            &[Piece::Text(expression), Piece::Text(" is not "), Piece::Text(what)],
        )
    }

    /// Throws the TypeError of an access to a property of undefined or null. A key that is a symbol has to be announced by
    /// [`Piece::value`].
    #[cold]
    pub(crate) fn throw_nullish(&mut self, receiver: Slot, key: Key, write: bool) -> Thrown {
        if !write && self.get(receiver).is_empty() {
            let message = [Piece::Text("Cannot access variable before initialization")];
            return self.throw_error(ErrorKind::Reference, &message);
        }
        let Ok(key) = self.push_word(self.key_word(key)) else { return Thrown };
        let (before, between) = if write {
            ("Cannot set properties of ", " (setting '")
        } else {
            ("Cannot read properties of ", " (reading '")
        };
        let text = Piece::Text;
        let pieces = [text(before), Piece::Value(receiver), text(between), Piece::Value(key), text("')")];
        self.throw_error(ErrorKind::Type, &pieces)
    }

    /// Throws the TypeError of an access that a property does not allow.
    #[cold]
    #[inline(never)]
    pub(crate) fn throw_property(&mut self, error: PropertyError, receiver: Slot, key: Key) -> Thrown {
        let Ok(key_slot) = self.push_word(self.key_word(key)) else { return Thrown };
        use PropertyError as E;
        let object = Piece::value(receiver);
        let key = Piece::value(key_slot);
        let text = Piece::Text;
        let kind = ErrorKind::Type;
        match error {
            E::NullishRead => self.throw_nullish(receiver, Key::slot(key_slot), false),
            E::NullishWrite => self.throw_nullish(receiver, Key::slot(key_slot), true),
            E::ReadOnly if self.get(receiver).is_string() => self.throw_error(
                kind,
                &[
                    text("Cannot assign to read only property '"),
                    key,
                    text("' of string '"),
                    object,
                    text("'"),
                ],
            ),
            E::ReadOnly => self.throw_error(
                kind,
                &[
                    text("Cannot assign to read only property '"),
                    key,
                    text("' of object '"),
                    object,
                    text("'"),
                ],
            ),
            E::GetterOnly => self.throw_error(
                kind,
                &[text("Cannot set property "), key, text(" of "), object, text(" which has only a getter")],
            ),
            E::NotExtensible => self
                .throw_error(kind, &[text("Cannot add property "), key, text(", object is not extensible")]),
            E::NotDeletable => {
                self.throw_error(kind, &[text("Cannot delete property '"), key, text("' of "), object])
            }
            E::Primitive => {
                let of = match () {
                    () if self.get(receiver).is_string() => "' on string '",
                    () if self.get(receiver).is_number() => "' on number '",
                    () => "' on boolean '",
                };
                self.throw_error(kind, &[text("Cannot create property '"), key, text(of), object, text("'")])
            }
        }
    }

    /// Throws the ReferenceError of a binding that is used before its initialisation.
    #[cold]
    #[inline(never)]
    pub fn throw_uninitialised(&mut self, name: &str) -> Thrown {
        self.throw_error(
            ErrorKind::Reference,
            &[Piece::Text("Cannot access '"), Piece::Text(name), Piece::Text("' before initialization")],
        )
    }
}
