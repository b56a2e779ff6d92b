//! A machine for unit tests: memory below 4 GiB, an image with all built-in objects, and an engine whose compiled functions are
//! written in Rust. What the built-in functions do is given by the caller; here are none.

use std::collections::BTreeMap;

use jerboa_abi::builtins::{NATIVES, OBJECTS, PropertyValue, SymbolId, WELL_KNOWN};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{
    FUNCTION_BYTES, HEADER_BYTES, MAGIC, NATIVE_BYTES, SHAPE_COUNT_SHIFT, field, function, object,
};
use jerboa_abi::value as word;

use crate::value::{Key, Result, Slot, Value};
use crate::vm::Engine;
use crate::{ImageError, NativeFn, Options, Thrown, Vm, native};

/// Anonymous memory below 4 GiB that lives as long as the process.
pub fn low_memory(len: usize) -> &'static mut [u8] {
    // SAFETY: a fresh private mapping, unmapped by nobody.
    unsafe {
        let memory = libc::mmap(
            core::ptr::null_mut(),
            len,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_32BIT,
            -1,
            0,
        );
        assert_ne!(memory, libc::MAP_FAILED);
        core::slice::from_raw_parts_mut(memory.cast(), len)
    }
}

/// Compiled functions of the test image, by number.
pub mod functions {
    /// Returns `this`.
    pub const THIS: u32 = 0;
    /// Returns its first argument.
    pub const FIRST: u32 = 1;
    /// Throws its first argument.
    pub const THROW: u32 = 2;
    /// A constructor: `this.x = argument; this.y = argument`.
    pub const POINT: u32 = 3;
    /// Returns the number of its arguments.
    pub const COUNT: u32 = 4;
    /// Calls its first argument with itself as argument, for recursion through native code.
    pub const RECURSE: u32 = 5;
    /// A constructor that returns `new.target`.
    pub const TARGET: u32 = 6;
    /// Returns its first captured value.
    pub const CAPTURED: u32 = 7;
    /// How many.
    pub const ALL: u32 = 8;
}

unsafe extern "C" fn invoke(vm: *mut Vm, argc: u32) -> u32 {
    // SAFETY: called by `Vm::call_word` with a live VM.
    let vm = unsafe { &mut *vm };
    let mark = vm.mark();
    let result = run(vm, argc);
    vm.release(mark);
    match result {
        Ok(word) => word,
        Err(Thrown) => word::EXCEPTION,
    }
}

fn run(vm: &mut Vm, argc: u32) -> Result<u32> {
    let window = vm.window(argc);
    let this = window.above(1);
    let first = if argc > 0 { window.above(2) } else { vm.push_value(Value::UNDEFINED)? };
    match header::index(vm.get(window).header()) {
        functions::THIS => Ok(vm.get(this).word()),
        functions::FIRST => Ok(vm.get(first).word()),
        functions::THROW => Err(vm.throw(first)),
        functions::POINT => {
            vm.set_by_name(this, "x", first)?;
            vm.set_by_name(this, "y", first)?;
            Ok(word::UNDEFINED)
        }
        functions::COUNT => Ok(Value::small(argc as i32).word()),
        functions::RECURSE => Ok(vm.call_with(first, this, &[first])?.word()),
        functions::TARGET => Ok(vm.take_new_target()),
        functions::CAPTURED => Ok(crate::memory::load(vm.get(window).word() + 4)),
        _ => Ok(word::UNDEFINED),
    }
}

/// Writes images by hand.
#[derive(Default)]
struct Builder {
    /// Everything after the tables, by offset relative to its start.
    strings: BTreeMap<Vec<u8>, u16>,
    symbols: BTreeMap<SymbolId, u16>,
    constants: Vec<Constant>,
}

#[derive(Clone)]
enum Constant {
    Word(u32),
    Text(Vec<u8>),
    Double(f64),
    Object(u32),
    Native(u32),
    /// The symbol and the constant of its description.
    Symbol(SymbolId, u16),
}

impl Builder {
    fn add(&mut self, constant: Constant) -> u16 {
        self.constants.push(constant);
        (self.constants.len() - 1) as u16
    }

    fn text(&mut self, text: &str) -> u16 {
        if let Some(&index) = self.strings.get(text.as_bytes()) {
            return index;
        }
        let constant = match word::from_short_string(text.as_bytes()) {
            Some(word) => Constant::Word(word),
            None => Constant::Text(text.as_bytes().to_vec()),
        };
        let index = self.add(constant);
        self.strings.insert(text.as_bytes().to_vec(), index);
        index
    }

    fn symbol(&mut self, symbol: SymbolId) -> u16 {
        if let Some(&index) = self.symbols.get(&symbol) {
            return index;
        }
        let description = self.text(symbol.description());
        let index = self.add(Constant::Symbol(symbol, description));
        self.symbols.insert(symbol, index);
        index
    }

    /// A key as the tables of built-ins write it.
    fn key(&mut self, key: &str) -> u16 {
        match SymbolId::of_key(key) {
            Some(symbol) => self.symbol(symbol),
            None => self.text(key),
        }
    }

    fn number(&mut self, number: f64) -> u16 {
        let int = number as i32;
        match word::from_int(int) {
            Some(word) if f64::from(int).to_bits() == number.to_bits() => self.add(Constant::Word(word)),
            _ => self.add(Constant::Double(number)),
        }
    }
}

/// The bytes of the test image, with shapes for these key lists.
pub fn image_bytes(shapes: &[&[&str]]) -> Vec<u8> {
    let mut builder = Builder::default();
    let names = ["this", "first", "thrower", "Point", "count", "recurse", "target", "captured"];
    let function_names: Vec<u16> = names.iter().map(|name| builder.text(name)).collect();
    let native_names: Vec<u16> = NATIVES.iter().map(|native| builder.text(native.name)).collect();
    let shape_keys: Vec<Vec<u16>> =
        shapes.iter().map(|keys| keys.iter().map(|key| builder.text(key)).collect()).collect();
    let well_known: Vec<u16> = WELL_KNOWN.iter().map(|name| builder.key(name)).collect();
    let value = |builder: &mut Builder, value: &PropertyValue| match value {
        PropertyValue::Native(id) => builder.add(Constant::Native(*id as u32)),
        PropertyValue::Object(id) => builder.add(Constant::Object(*id as u32)),
        PropertyValue::Number(number) => builder.number(*number),
        PropertyValue::String(text) => builder.text(text),
        PropertyValue::Symbol(id) => builder.symbol(*id),
        PropertyValue::True => builder.add(Constant::Word(word::TRUE)),
        PropertyValue::Undefined | PropertyValue::Accessor(..) => {
            builder.add(Constant::Word(word::UNDEFINED))
        }
    };
    let properties: Vec<Vec<(u16, u16, u8)>> = OBJECTS
        .iter()
        .map(|object| {
            object
                .properties
                .iter()
                .map(|property| {
                    (builder.key(property.key), value(&mut builder, &property.value), property.attributes)
                })
                .collect()
        })
        .collect();

    // Tables first, then what they point to.
    let natives_at = HEADER_BYTES;
    let objects_at = natives_at + NATIVE_BYTES * NATIVES.len();
    let well_known_at = objects_at + 4 * OBJECTS.len();
    let shapes_at = well_known_at + 4 * well_known.len();
    let functions_at = shapes_at + 4 * shapes.len();
    let constants_at = functions_at + FUNCTION_BYTES * functions::ALL as usize;
    let atoms: Vec<Vec<u8>> = builder.strings.keys().filter(|text| text.len() > 3).cloned().collect();
    let atoms_at = constants_at + 4 * builder.constants.len();
    let data_at = atoms_at + 4 * atoms.len();
    let mut at = data_at;

    let mut atom_offsets = BTreeMap::new();
    let mut data: Vec<u8> = Vec::new();
    for atom in &atoms {
        atom_offsets.insert(atom.clone(), at as u32);
        let ascii = if atom.is_ascii() { header::string::ASCII } else { 0 };
        data.extend(
            header::make(Kind::String, ascii | header::string::ATOM, atom.len() as u32).to_le_bytes(),
        );
        data.extend(atom);
        data.resize(data.len().next_multiple_of(4), 0);
        at = data_at + data.len();
    }
    let mut object_offsets = Vec::new();
    for list in &properties {
        object_offsets.push(at as u32);
        at += object::PROPERTIES + object::LONG_BYTES * list.len();
    }
    let mut extra: Vec<u8> = Vec::new();
    let text_word = |constant: &Constant| match constant {
        Constant::Word(word) => *word,
        Constant::Text(text) => atom_offsets[text],
        _ => unreachable!("the constant of a text"),
    };
    let words: Vec<u32> = builder
        .constants
        .iter()
        .map(|constant| match constant {
            Constant::Word(_) | Constant::Text(_) => text_word(constant),
            Constant::Symbol(id, description) => {
                let offset = at + extra.len();
                extra.extend(header::make(Kind::Symbol, 0, *id as u32 + 1).to_le_bytes());
                extra.extend(text_word(&builder.constants[*description as usize]).to_le_bytes());
                offset as u32
            }
            Constant::Object(id) => object_offsets[*id as usize],
            Constant::Native(id) => objects_at as u32 - NATIVE_BYTES as u32 * (id + 1),
            Constant::Double(number) => {
                let offset = at + extra.len();
                extra.extend(header::make(Kind::Double, 0, 0).to_le_bytes());
                extra.extend(number.to_le_bytes());
                offset as u32
            }
        })
        .collect();
    for (id, (row, list)) in OBJECTS.iter().zip(&properties).enumerate() {
        data.extend(header::make(Kind::RomObject, 0, id as u32).to_le_bytes());
        data.extend(row.proto.map_or(0, |proto| proto as u16 + 1).to_le_bytes());
        data.extend([row.class as u8, list.len() as u8]);
        let owner = NATIVES.iter().position(|native| native.properties.is_some_and(|p| p as usize == id));
        data.extend(owner.map_or(0, |owner| owner as u16 + 1).to_le_bytes());
        data.extend((id as u16).to_le_bytes());
        for &(key, value, attributes) in list {
            data.extend(key.to_le_bytes());
            data.extend((object::LONG | u16::from(attributes)).to_le_bytes());
            data.extend(words[value as usize].to_le_bytes());
        }
    }
    data.extend(extra);
    let mut shape_offsets = Vec::new();
    for keys in &shape_keys {
        // No root.
        data.extend([0, 0]);
        let offset = (data_at + data.len()) as u32;
        shape_offsets.push(offset | (keys.len() as u32) << SHAPE_COUNT_SHIFT);
        for key in keys {
            data.extend(key.to_le_bytes());
        }
    }

    let mut bytes = vec![0; HEADER_BYTES];
    let mut put = |offset: usize, value: &[u8]| bytes[offset..offset + value.len()].copy_from_slice(value);
    put(field::MAGIC, &MAGIC.to_le_bytes());
    for (field, count, at) in [
        (field::CONSTANTS, words.len(), constants_at),
        (field::ATOMS, atoms.len(), atoms_at),
        (field::FUNCTIONS, functions::ALL as usize, functions_at),
    ] {
        put(field, &(count as u16).to_le_bytes());
        put(field + 2, &((at / 4) as u16).to_le_bytes());
    }
    put(field::OBJECTS, &[OBJECTS.len() as u8, well_known.len() as u8]);
    put(field::OBJECTS_AT, &((objects_at / 4) as u16).to_le_bytes());
    put(field::NATIVES, &(NATIVES.len() as u16).to_le_bytes());
    put(field::SHAPES, &(shapes.len() as u16).to_le_bytes());
    put(field::GLOBALS, &4u16.to_le_bytes());
    put(field::RAW_GLOBALS, &2u16.to_le_bytes());
    for (id, row) in NATIVES.iter().enumerate().rev() {
        bytes.extend(header::make(Kind::Native, row.aux(true), id as u32).to_le_bytes());
        bytes.extend((id as u16).to_le_bytes());
        bytes.extend(native_names[id].to_le_bytes());
    }
    for offset in object_offsets {
        bytes.extend(offset.to_le_bytes());
    }
    for (name, constant) in well_known.iter().enumerate() {
        bytes.extend((name as u16).to_le_bytes());
        bytes.extend(constant.to_le_bytes());
    }
    for word in shape_offsets.iter().rev() {
        bytes.extend(word.to_le_bytes());
    }
    for number in 0..functions::ALL {
        let mut record = vec![0; FUNCTION_BYTES];
        record[..4].copy_from_slice(&header::make(Kind::Function, 0, number).to_le_bytes());
        record[function::NAME..function::NAME + 2]
            .copy_from_slice(&function_names[number as usize].to_le_bytes());
        record[function::LENGTH] = 1;
        let flags = match number {
            functions::POINT => function::CONSTRUCTOR,
            functions::TARGET => function::CONSTRUCTOR | function::NEW_TARGET,
            _ => 0,
        };
        record[function::FLAGS..function::FLAGS + 2].copy_from_slice(&flags.to_le_bytes());
        bytes.extend(record);
    }
    for word in words.iter().chain(atom_offsets.values()) {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(data);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    let size = bytes.len() as u32;
    bytes[field::SIZE..field::SIZE + 4].copy_from_slice(&size.to_le_bytes());
    bytes
}

native! {
    /// Any built-in function, where the library is not.
    fn missing_library(vm, args) {
        Err(vm.throw_type("not in the tests' library"))
    }
}

/// The code of the built-in functions, in the order of [`NATIVES`], where there is no library.
static MISSING: [NativeFn; NATIVES.len()] = [missing_library; NATIVES.len()];

/// A machine for an image, or why the image is refused.
pub fn load_image(bytes: &[u8], arena: usize, options: Options) -> Result<Vm, ImageError> {
    load(bytes, &MISSING, arena, options)
}

fn load(
    bytes: &[u8],
    natives: &'static [NativeFn],
    arena: usize,
    options: Options,
) -> Result<Vm, ImageError> {
    assert!(natives.len() >= NATIVES.len());
    let image = low_memory(bytes.len().max(4));
    image[..bytes.len()].copy_from_slice(bytes);
    let image: &'static [u8] = image;
    // SAFETY: the arena and the natives live for ever, and the image has no code.
    unsafe {
        let mut vm = Vm::new(
            image.get(..bytes.len()).unwrap_or_default(),
            low_memory(arena),
            natives.as_ptr(),
            natives.len() as u32,
            options,
        )?;
        vm.set_engine(&Engine { invoke, capture_stack: None, locate: None });
        Ok(vm)
    }
}

/// A machine with an arena of this size, without built-in functions.
pub fn machine(arena: usize) -> Vm {
    machine_with(&MISSING, arena)
}

/// A machine with the code of all built-in functions, by number, and an arena of this size.
pub fn machine_with(natives: &'static [NativeFn], arena: usize) -> Vm {
    // Sorted, as those of an image are.
    let shapes: &[&[&str]] = &[&["name"], &["name", "value"], &["name", "value", "x"], &["x", "y"]];
    load(&image_bytes(shapes), natives, arena, Options::default()).expect("a good image")
}

/// A key by name.
pub fn key(vm: &mut Vm, name: &str) -> Key {
    let slot = vm.push_value(Value::UNDEFINED).unwrap();
    vm.new_string(name.as_bytes()).unwrap().store(slot);
    vm.to_property_key(slot).unwrap();
    Key::slot(slot)
}

/// A new slot with a string.
pub fn text(vm: &mut Vm, text: &str) -> Slot {
    let slot = vm.push_value(Value::UNDEFINED).unwrap();
    vm.new_string(text.as_bytes()).unwrap().store(slot);
    slot
}

/// A new slot with a number.
pub fn number(vm: &mut Vm, number: f64) -> Slot {
    let slot = vm.push_value(Value::UNDEFINED).unwrap();
    vm.number(number).unwrap().store(slot);
    slot
}

/// The text of a value.
pub fn show(vm: &mut Vm, value: Slot) -> String {
    let copy = vm.push(value).unwrap();
    vm.to_flat_string(copy).unwrap();
    String::from_utf8_lossy(&vm.get(copy).text()).into_owned()
}

/// The text of the pending exception: `Name: message`.
pub fn pending(vm: &mut Vm) -> String {
    let slot = vm.push_value(Value::UNDEFINED).unwrap();
    match vm.take_pending() {
        Some(value) => value.store(slot),
        None => return "(stopped)".into(),
    }
    if !vm.get(slot).is(Kind::Error) {
        return show(vm, slot);
    }
    let part = vm.push_value(Value::UNDEFINED).unwrap();
    vm.get_by_name(slot, "name").unwrap().store(part);
    let name = show(vm, part);
    vm.get_by_name(slot, "message").unwrap().store(part);
    format!("{name}: {}", show(vm, part))
}
