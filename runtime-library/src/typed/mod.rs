//! `ArrayBuffer`, the typed arrays and `DataView`.
//!
//! * [`buffer`], [`data_view`]: their constructors and methods.
//! * [`construct`]: the constructors of typed arrays, `from` and `of`.
//! * [`properties`]: accessors and iterators of `%TypedArray%.prototype`. [`read`]: methods that look at elements, with the
//!   algorithms of arrays. [`edit`]: those that change elements in place. [`copy`]: those that make another typed array.
//!   [`sort`]: `sort` and `toSorted`.

pub mod buffer;
pub mod construct;
pub mod copy;
pub mod data_view;
pub mod edit;
pub mod properties;
pub mod read;
pub mod sort;

use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::typed::Element;
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, Thrown};

use crate::array::relative_index;

/// The greatest length, in elements or bytes: lengths and positions are small integers.
const MAX_LENGTH: f64 = jerboa_abi::value::INT_MAX as f64;

/// What messages call the prototype of the prototypes of typed arrays.
const PROTOTYPE: &str = "%TypedArray%.prototype.";

/// Refuses what is no typed array.
pub(super) fn require(vm: &mut Vm, value: Slot) -> Result<Element> {
    match vm.typed_array(value) {
        Some(element) => Ok(element),
        None => Err(vm.throw_type("this is not a typed array.")),
    }
}

/// As [`require`] for `this`, with a message that names the method.
fn require_this(vm: &mut Vm, args: Args) -> Result<Element> {
    let this = args.this();
    match vm.typed_array(this) {
        Some(element) => Ok(element),
        None => Err(incompatible(vm, PROTOTYPE, Piece::Native(args.callee()), this)),
    }
}

/// A method was called on something else than what it is for.
#[cold]
fn incompatible(vm: &mut Vm, owner: &str, name: Piece<'_>, value: Slot) -> Thrown {
    vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("Method "),
            Piece::Text(owner),
            name,
            Piece::Text(" called on incompatible receiver "),
            Piece::value(value),
        ],
    )
}

/// An index argument in 0 to `length`, negative ones counting from the end; `missing` if it is `undefined`.
fn index_in(vm: &mut Vm, argument: Slot, length: u32, missing: u32) -> Result<u32> {
    // It is not above the length.
    Ok(relative_index(vm, argument, u64::from(length), u64::from(missing))? as u32)
}

/// Refuses a constructor's call without `new`.
fn require_new(vm: &mut Vm, args: jerboa_rt::Args, class: &str) -> Result<()> {
    if args.new_target().is_some() {
        return Ok(());
    }
    Err(vm.throw_error(
        ErrorKind::Type,
        &[Piece::Text("Constructor "), Piece::Text(class), Piece::Text(" requires 'new'")],
    ))
}

/// ToIndex of a value, as long as it is below 2^30; `None` if it is not.
fn to_index(vm: &mut Vm, value: Slot) -> Result<Option<u32>> {
    let index = vm.to_integer(value)?;
    Ok((0.0..=MAX_LENGTH).contains(&index).then_some(index as u32))
}

/// A RangeError about a number.
#[cold]
fn out_of_range(vm: &mut Vm, before: &str, number: Slot, after: &str) -> Thrown {
    vm.throw_error(ErrorKind::Range, &[Piece::Text(before), Piece::value(number), Piece::Text(after)])
}

/// The native constructor of an element type's arrays.
fn constructor_of(element: Element) -> NativeId {
    match element {
        Element::Int8 => NativeId::Int8Array,
        Element::Uint8 => NativeId::Uint8Array,
        Element::Uint8Clamped => NativeId::Uint8ClampedArray,
        Element::Int16 => NativeId::Int16Array,
        Element::Uint16 => NativeId::Uint16Array,
        Element::Int32 => NativeId::Int32Array,
        Element::Uint32 => NativeId::Uint32Array,
        Element::Float32 => NativeId::Float32Array,
        Element::Float64 => NativeId::Float64Array,
        Element::DataView => NativeId::DataView,
    }
}

/// Puts the constructor for another array like this one in a slot, if it is not the built-in one: whether it is another.
///
/// A program that names no property `constructor` and makes no class may have an image without that property, which is as if
/// it were the built-in one's.
fn other_constructor(vm: &mut Vm, exemplar: Slot, element: Element, to: Slot) -> Result<bool> {
    vm.get_named(exemplar, name::CONSTRUCTOR)?.store(to);
    other_species(vm, to, constructor_of(element))
}

/// Whether a result is to be made by another constructor than the built-in one, given what is in a property `constructor`; then
/// that constructor is put in its place.
fn other_species(vm: &mut Vm, constructor: Slot, usual: NativeId) -> Result<bool> {
    if vm.get(constructor).is_undefined() || vm.is_native(constructor, usual) {
        return Ok(false);
    }
    if !vm.get(constructor).is_object() {
        return Err(vm.throw_type("The .constructor property is not an object"));
    }
    if let Some(species) = vm.call_hook(NativeId::SpeciesOf, &[constructor])? {
        Value::of(species).store(constructor);
        if vm.get(constructor).is_nullish() {
            return Ok(false);
        }
    }
    if !vm.is_constructor(vm.get(constructor)) {
        return Err(vm.throw_type("object.constructor[Symbol.species] is not a constructor"));
    }
    Ok(!vm.is_native(constructor, usual))
}

/// Makes a typed array by a constructor; it must have at least `least` elements.
fn create(vm: &mut Vm, constructor: Slot, arguments: &[Slot], least: u32, to: Slot) -> Result<Element> {
    let mark = vm.mark();
    vm.push(constructor)?;
    vm.push_value(Value::UNDEFINED)?;
    for &argument in arguments {
        vm.push(argument)?;
    }
    vm.construct(arguments.len() as u32)?.store(to);
    vm.release(mark);
    let element = require(vm, to)?;
    if vm.view_length(to) < least {
        return Err(vm.throw_type("Derived TypedArray constructor created an array which was too small"));
    }
    Ok(element)
}

/// Makes a typed array of `length` elements for what a method of another one gives.
fn create_like(vm: &mut Vm, exemplar: Slot, element: Element, length: u32, to: Slot) -> Result<Element> {
    let mark = vm.mark();
    let [constructor, count] = vm.slots()?;
    let made = if other_constructor(vm, exemplar, element, constructor)? {
        Value::small(length as i32).store(count);
        create(vm, constructor, &[count], length, to)?
    } else {
        vm.new_typed_array(element, length)?.store(to);
        element
    };
    vm.release(mark);
    Ok(made)
}
