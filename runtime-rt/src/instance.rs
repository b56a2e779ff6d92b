//! Instances of built-in classes with internal slots: Map, Set, RegExp, Date and the like.
//!
//! Such an object is an ordinary one with two words more: its class, and one value that holds the state. What the state
//! looks like is the business of the class's file in the crate `jerboa-library`.

use jerboa_abi::builtins::{NativeId, ObjectId};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::native;
use jerboa_abi::value as word;

use crate::memory::{load, load_half, store};
use crate::property::name;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;
use crate::{Args, ErrorKind, Piece, Result};

/// The class of an instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum InstanceClass {
    /// `Map`: the state is a table (the crate `jerboa-library`, `collection`).
    Map = 0,
    /// `Set`: see [`InstanceClass::Map`].
    Set = 1,
    /// `WeakMap`: a weak table.
    WeakMap = 2,
    /// `WeakSet`: a weak table.
    WeakSet = 3,
    /// What `map.entries()` and the like give.
    MapIterator = 4,
    /// What `set.values()` and the like give.
    SetIterator = 5,
    /// `RegExp`.
    RegExp = 6,
    /// What `string.matchAll()` gives.
    RegExpStringIterator = 7,
    /// `Date`: the state is the time value.
    Date = 8,
    /// A generator: the state is the frame of its function.
    Generator = 9,
    /// `Promise`: the state is an array, see the crate `jerboa-library`, `promise`.
    Promise = 10,
    /// An asynchronous generator: the state is an array, see the crate `jerboa-library`, `promise`.
    AsyncGenerator = 11,
    /// What `regexp[Symbol.matchAll]()` gives, which finds each match when it is asked for: the state is an array, see
    /// [`crate::library`], `regexp`.
    RegExpMatches = 12,
    /// The namespace object of a module, which has a getter for each variable; it has no state.
    Module = 13,
}

/// The names of the classes, by number.
const NAMES: [&str; 14] = [
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "Map Iterator",
    "Set Iterator",
    "RegExp",
    "RegExp String Iterator",
    "Date",
    "Generator",
    "Promise",
    "AsyncGenerator",
    "RegExp String Iterator",
    "Module",
];

impl InstanceClass {
    /// Its name, as a constructor or a tag.
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    fn of_number(number: u32) -> Option<InstanceClass> {
        use InstanceClass::*;
        const ALL: [InstanceClass; NAMES.len()] = [
            Map,
            Set,
            WeakMap,
            WeakSet,
            MapIterator,
            SetIterator,
            RegExp,
            RegExpStringIterator,
            Date,
            Generator,
            Promise,
            AsyncGenerator,
            RegExpMatches,
            Module,
        ];
        ALL.get(number as usize).copied()
    }
}

impl Value<'_> {
    /// The class, if it is an instance of a built-in class.
    pub fn instance_class(self) -> Option<InstanceClass> {
        if !self.is(Kind::Instance) {
            return None;
        }
        InstanceClass::of_number(word::to_int(load(self.word() + 4)) as u32)
    }
}

impl Vm {
    /// A new instance with the prototype and the state in two slots.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full.
    pub fn new_instance(&mut self, class: InstanceClass, prototype: Slot, state: Slot) -> Result<Value<'_>> {
        let mark = self.mark();
        // The shape of an object without properties knows the prototype; if there are too many shapes, the object starts with
        // another one and is given its prototype later.
        let shape = self.shape_root(Key::slot(prototype))?;
        let instance = self.allocate(4)?;
        let first = shape.unwrap_or(crate::shape::OBJECT);
        store(instance, header::make(Kind::Instance, 1, first));
        store(instance + 4, Value::small(class as i32).word());
        store(instance + 8, load(state.0));
        store(instance + 12, word::UNDEFINED);
        let instance = self.push_word(instance)?;
        if shape.is_none() {
            self.set_prototype_of(instance, prototype)?;
        }
        let word = load(instance.0);
        self.release(mark);
        Ok(Value::of(word))
    }

    /// The state of an instance.
    #[inline]
    pub fn instance_state(&self, instance: Slot) -> Value<'_> {
        Value::of(load(load(instance.0) + 8))
    }

    /// Sets the state of an instance.
    #[inline]
    pub fn set_instance_state(&self, instance: Slot, state: Value<'_>) {
        store(load(instance.0) + 8, state.word());
    }

    /// The prototype of what a constructor makes, in a slot: that of `new.target`, or the built-in one.
    ///
    /// # Errors
    /// What a getter for `prototype` throws.
    pub fn prototype_for(&mut self, args: Args, id: ObjectId, to: Slot) -> Result<()> {
        if let Some(target) = args.new_target()
            && self.get(target) != self.get(args.callee())
        {
            self.get_named(target, name::PROTOTYPE)?.store(to);
            if self.get(to).is_object() {
                return Ok(());
            }
        }
        store(to.0, self.intrinsic_word(id));
        Ok(())
    }

    /// Refuses `this` if it is no instance of a class.
    ///
    /// # Errors
    /// Throws a TypeError that names the method (`Map.prototype.get`).
    pub fn require_instance(&mut self, this: Slot, class: InstanceClass, method: Piece<'_>) -> Result<()> {
        if self.get(this).instance_class() == Some(class) {
            return Ok(());
        }
        Err(self.throw_error(
            ErrorKind::Type,
            &[
                Piece::Text("Method "),
                Piece::Text(class.name()),
                Piece::Text(".prototype."),
                method,
                Piece::Text(" called on incompatible receiver "),
                Piece::value(this),
            ],
        ))
    }

    /// Refuses a receiver of the native function that runs.
    ///
    /// # Errors
    /// As [`Vm::require_instance`].
    pub fn require_this(&mut self, args: Args, class: InstanceClass) -> Result<()> {
        self.require_instance(args.this(), class, Piece::Native(args.callee()))
    }

    /// Refuses a call without `new`.
    ///
    /// # Errors
    /// Throws a TypeError.
    pub fn require_new(&mut self, args: Args, class: InstanceClass) -> Result<()> {
        if args.new_target().is_some() {
            return Ok(());
        }
        Err(self.throw_error(
            ErrorKind::Type,
            &[Piece::Text("Constructor "), Piece::Text(class.name()), Piece::Text(" requires 'new'")],
        ))
    }

    /// Whether a value is this native function.
    pub fn is_native(&self, function: Slot, id: NativeId) -> bool {
        let value = self.get(function);
        value.is(Kind::Native) && load_half(value.word() + native::ID as u32) == id as u32
    }

    /// The native function with a number, if the image has it.
    pub fn native_word(&self, id: NativeId) -> Option<u32> {
        (0..crate::image::header_half(self.image, jerboa_abi::image::field::NATIVES))
            .map(|index| crate::image::native_at(self.image, index))
            .find(|&native| load_half(native + native::ID as u32) == id as u32)
    }
}
