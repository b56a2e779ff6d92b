//! The image as the runtime sees it: tables read in place, checked once.
//!
//! [`check`] is what makes the rest of the runtime safe on hostile bytes: after it, every offset and index that
//! the tables hold points to something of the right kind inside the image. The code of functions is checked by
//! the bytecode verifier.

use jerboa_abi::builtins::{NativeId, ObjectId, SymbolId};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{
    FIELD_BYTES, FIRST_SHAPE, FUNCTION_BYTES, HEADER_BYTES, LINES_MASK, MAGIC, NATIVE_BYTES,
    SHAPE_COUNT_SHIFT, field, function, native, object, shape_field,
};
use jerboa_abi::value as word;

use crate::memory::{address_of, bytes, load, load_byte, load_half};
use crate::text;

/// Why an image is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImageError {
    /// It does not start as an image does, or is cut off.
    NotAnImage,
    /// It is not 4-aligned, or not below 4 GiB.
    Placement,
    /// A table or record lies outside the image, or is not aligned.
    Bounds,
    /// A constant is no value.
    Constant,
    /// The atom table is not sorted, or holds something else than interned strings.
    Atoms,
    /// A shape names a constant that is no property key, or twice the same.
    Shape,
    /// A function descriptor contradicts itself.
    Function,
    /// A built-in object's record contradicts itself.
    Object,
    /// A native function's record contradicts itself, or the embedder has no such function.
    Native,
    /// The table of well-known names is malformed.
    Names,
    /// A text of the line table is not valid.
    Lines,
    /// The arena is too small for the program's variables and the smallest stack and heap.
    ArenaTooSmall,
}

/// The offset of the keys in the word of a shape.
pub(crate) const KEYS_MASK: u32 = (1 << SHAPE_COUNT_SHIFT) - 1;

/// A word of the image's header.
#[inline(always)]
pub(crate) fn header_word(image: u32, field: usize) -> u32 {
    load(image + field as u32)
}

/// A half word of the image's header; for a section, its number of entries.
#[inline(always)]
pub(crate) fn header_half(image: u32, field: usize) -> u32 {
    load_half(image + field as u32)
}

/// A byte of the image's header.
#[inline(always)]
pub(crate) fn header_byte(image: u32, field: usize) -> u32 {
    load_byte(image + field as u32)
}

/// Address of the table of a section.
#[inline(always)]
pub(crate) fn table(image: u32, field: usize) -> u32 {
    image + 4 * load_half(image + field as u32 + 2)
}

/// Address of the offsets of built-in objects.
#[inline(always)]
fn objects(image: u32) -> u32 {
    image + 4 * header_half(image, field::OBJECTS_AT)
}

/// Address of the line table, if there is one.
pub(crate) fn lines(image: u32) -> Option<u32> {
    match header_word(image, field::LINES) & LINES_MASK {
        0 => None,
        offset => Some(image + offset),
    }
}

/// The value word of a word that stands in the image.
#[inline(always)]
pub(crate) const fn resolve(image: u32, word: u32) -> u32 {
    if word::is_pointer(word) { image + word } else { word }
}

/// Address of the `index`-th function descriptor.
#[inline]
pub fn function_at(image: u32, index: u32) -> u32 {
    table(image, field::FUNCTIONS) + index * FUNCTION_BYTES as u32
}

/// Address of the `index`-th built-in object.
pub(crate) fn object_at(image: u32, index: u32) -> u32 {
    image.wrapping_add(load(objects(image) + 4 * index))
}

/// Address of the `index`-th native function.
#[inline]
pub fn native_at(image: u32, index: u32) -> u32 {
    objects(image) - (index + 1) * NATIVE_BYTES as u32
}

/// Address of the word of the `index`-th shape.
#[inline(always)]
pub(crate) fn shape_at(image: u32, index: u32) -> u32 {
    table(image, field::FUNCTIONS) - 4 * (index + 1)
}

/// The built-in object that the runtime asks for, if the image has it.
pub(crate) fn intrinsic(image: u32, id: ObjectId) -> Option<u32> {
    let (mut low, mut high) = (0, header_byte(image, field::OBJECTS));
    // An image with all built-in objects has this one at its own number.
    let mut middle = (id as u32).min(high.saturating_sub(1));
    while low < high {
        let object = object_at(image, middle);
        let found = load_half(object + object::ID as u32);
        if found == id as u32 {
            return Some(object);
        }
        if found < id as u32 {
            low = middle + 1;
        } else {
            high = middle;
        }
        middle = (low + high) / 2;
    }
    None
}

/// The class of a built-in object ([`jerboa_abi::builtins::Class`]).
#[inline]
pub fn rom_class(object: u32) -> u32 {
    load_byte(object + object::CLASS as u32)
}

/// The constant of a well-known name, if the image has it.
pub(crate) fn well_known(image: u32, name: u16) -> Option<u32> {
    let table = objects(image) + 4 * header_byte(image, field::OBJECTS);
    for i in 0..header_byte(image, field::WELL_KNOWN) {
        if load_half(table + 4 * i) == u32::from(name) {
            return Some(constant(image, load_half(table + 4 * i + 2)));
        }
    }
    None
}

/// The addresses of the properties of a built-in object, in order.
pub(crate) fn properties(record: u32) -> impl Iterator<Item = u32> {
    let mut next = record + object::PROPERTIES as u32;
    (0..load_byte(record + object::COUNT as u32)).map(move |_| {
        let property = next;
        next += if is_method(property) { object::METHOD_BYTES } else { object::LONG_BYTES } as u32;
        property
    })
}

/// Whether a property of a built-in object is a method, which takes less room.
pub(crate) fn is_method(property: u32) -> bool {
    load_half(property + 2) & u32::from(object::LONG) == 0
}

/// The native function with this number, if the image has it; they are sorted.
pub fn find_native(image: u32, id: NativeId) -> Option<u32> {
    let (mut low, mut high) = (0, header_half(image, field::NATIVES));
    while low < high {
        let middle = (low + high) / 2;
        let native = native_at(image, middle);
        match load_half(native + native::ID as u32).cmp(&u32::from(id as u16)) {
            core::cmp::Ordering::Equal => return Some(native),
            core::cmp::Ordering::Less => low = middle + 1,
            core::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// The value word of a constant.
#[inline(always)]
pub(crate) fn constant(image: u32, index: u32) -> u32 {
    resolve(image, load(table(image, field::CONSTANTS) + 4 * index))
}

/// The interned string of the image with these bytes.
pub fn find_atom(image: u32, text: &[u8]) -> Option<u32> {
    // All have at least four bytes, which mostly decide without a call.
    let start = |text: &[u8]| text.first_chunk().map(|start| u32::from_be_bytes(*start));
    let wanted = start(text)?;
    let table = table(image, field::ATOMS);
    let (mut low, mut high) = (0, header_half(image, field::ATOMS));
    while low < high {
        let middle = (low + high) / 2;
        let atom = image + load(table + 4 * middle);
        let found = flat_bytes(atom);
        match start(found).unwrap_or(0).cmp(&wanted).then_with(|| found.cmp(text)) {
            core::cmp::Ordering::Equal => return Some(atom),
            core::cmp::Ordering::Less => low = middle + 1,
            core::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// The bytes of a flat string.
pub fn flat_bytes<'h>(string: u32) -> &'h [u8] {
    let header = load(string);
    if header::kind(header) == Kind::LongString as u32 {
        bytes(string + 8, load(string + 4))
    } else {
        bytes(string + 4, header::index(header))
    }
}

/// Bounds of one image while it is checked.
struct Checker {
    image: u32,
    size: u32,
}

/// Checks all tables of an image but the code; `natives` is the number of entries in the embedder's table.
///
/// Linear in the size of the image, and in constant space.
pub(crate) fn check(image: &[u8], natives: u32) -> Result<u32, ImageError> {
    let base = address_of(image.as_ptr()).ok_or(ImageError::Placement)?;
    let size = u32::try_from(image.len()).map_err(|_| ImageError::Placement)?;
    if !base.is_multiple_of(4) || base.checked_add(size).is_none() {
        return Err(ImageError::Placement);
    }
    if size < HEADER_BYTES as u32 || header_half(base, field::MAGIC) != u32::from(MAGIC) {
        return Err(ImageError::NotAnImage);
    }
    let stated = header_word(base, field::SIZE);
    if stated > size || stated < HEADER_BYTES as u32 {
        return Err(ImageError::NotAnImage);
    }
    let checker = Checker { image: base, size: stated };
    checker.constants()?;
    checker.atoms()?;
    checker.shapes()?;
    checker.fields()?;
    checker.natives(natives)?;
    checker.object_records()?;
    checker.functions()?;
    checker.names()?;
    checker.texts()?;
    Ok(base)
}

impl Checker {
    fn count(&self, field: usize) -> u32 {
        header_half(self.image, field)
    }

    fn objects(&self) -> u32 {
        header_byte(self.image, field::OBJECTS)
    }

    /// Start of the table of `field`, whose entries have `entry` bytes.
    fn table(&self, field: usize, entry: u32) -> Result<u32, ImageError> {
        self.record(table(self.image, field) - self.image, u64::from(self.count(field)) * u64::from(entry))
    }

    /// Whether a table of `bytes` that ends at an address is behind the header.
    fn ends(&self, end: u32, bytes: u32) -> Result<(), ImageError> {
        let room = end.checked_sub(self.image + HEADER_BYTES as u32);
        if end - self.image <= self.size && room >= Some(bytes) { Ok(()) } else { Err(ImageError::Bounds) }
    }

    /// Address of `len` bytes at a 4-aligned offset.
    fn record(&self, offset: u32, len: u64) -> Result<u32, ImageError> {
        if offset.is_multiple_of(4) && u64::from(offset) + len <= u64::from(self.size) {
            Ok(self.image + offset)
        } else {
            Err(ImageError::Bounds)
        }
    }

    /// Address of `len` bytes at a 2-aligned offset.
    fn halves(&self, offset: u32, len: u64) -> Result<u32, ImageError> {
        if offset.is_multiple_of(2) && u64::from(offset) + len <= u64::from(self.size) {
            Ok(self.image + offset)
        } else {
            Err(ImageError::Bounds)
        }
    }

    /// Checks a word as it stands in the image.
    fn value(&self, value: u32) -> Result<(), ImageError> {
        if word::is_int(value)
            || matches!(value, word::UNDEFINED | word::NULL | word::FALSE | word::TRUE | word::EMPTY)
        {
            return Ok(());
        }
        if word::is_short_string(value) {
            let (len, text) = word::short_string_bytes(value);
            let canonical = text::is_valid(&text[..len.min(3)])
                && word::from_short_string(&text[..len.min(3)]) == Some(value);
            return if canonical { Ok(()) } else { Err(ImageError::Constant) };
        }
        if !word::is_pointer(value) {
            return Err(ImageError::Constant);
        }
        let address = self.record(value, 4)?;
        let header = load(address);
        if header & 0xf != header::TAG {
            return Err(ImageError::Constant);
        }
        let index = header::index(header);
        let fits = match crate::value::kind_of(header) {
            Kind::String | Kind::LongString => return self.string(value),
            Kind::Double => return self.record(value, 12).map(drop),
            Kind::Symbol => {
                let description = load(self.record(value, 8)? + 4);
                let text = word::is_short_string(description)
                    || word::is_pointer(description) && self.string(description).is_ok();
                text && (1..=SymbolId::ALL.len() as u32).contains(&index)
            }
            Kind::Function => {
                index < self.count(field::FUNCTIONS) && function_at(self.image, index) == address
            }
            Kind::Native => index < self.count(field::NATIVES) && native_at(self.image, index) == address,
            Kind::RomObject => index < self.objects() && object_at(self.image, index) == address,
            _ => false,
        };
        if fits { Ok(()) } else { Err(ImageError::Constant) }
    }

    fn string(&self, offset: u32) -> Result<(), ImageError> {
        let header = load(self.record(offset, 4)?);
        let (start, len) = match crate::value::kind_of(header) {
            Kind::String => (4, header::index(header)),
            Kind::LongString => (8, load(self.record(offset, 8)? + 4)),
            _ => return Err(ImageError::Constant),
        };
        let address = self.record(offset, u64::from(start) + u64::from(len))?;
        let text = bytes(address + start, len);
        let ascii = header::aux(header) & header::string::ASCII != 0;
        if len as usize > word::SHORT_STRING_MAX && text::is_valid(text) && (!ascii || text::is_ascii(text)) {
            Ok(())
        } else {
            Err(ImageError::Constant)
        }
    }

    fn constants(&self) -> Result<(), ImageError> {
        // The tables that constants may refer to have to be in bounds first.
        self.table(field::FUNCTIONS, FUNCTION_BYTES as u32)?;
        self.ends(objects(self.image), NATIVE_BYTES as u32 * self.count(field::NATIVES))?;
        let named = self.objects() + header_byte(self.image, field::WELL_KNOWN);
        self.record(objects(self.image) - self.image, 4 * u64::from(named))?;
        let table = self.table(field::CONSTANTS, 4)?;
        for i in 0..self.count(field::CONSTANTS) {
            self.value(load(table + 4 * i))?;
        }
        Ok(())
    }

    fn atoms(&self) -> Result<(), ImageError> {
        let table = self.table(field::ATOMS, 4)?;
        let mut previous: &[u8] = &[];
        for i in 0..self.count(field::ATOMS) {
            let offset = load(table + 4 * i);
            self.string(offset).map_err(|_| ImageError::Atoms)?;
            let atom = self.image + offset;
            let text = flat_bytes(atom);
            if header::aux(load(atom)) & header::string::ATOM == 0 || text <= previous {
                return Err(ImageError::Atoms);
            }
            previous = text;
        }
        Ok(())
    }

    /// Whether a constant is a property key.
    fn key(&self, index: u32) -> Option<u32> {
        if index >= self.count(field::CONSTANTS) {
            return None;
        }
        let key = constant(self.image, index);
        let good = if word::is_int(key) {
            word::to_int(key) >= 0
        } else if word::is_pointer(key) {
            let header = load(key);
            header::kind(header) == Kind::Symbol as u32
                || header::kind(header) <= Kind::LongString as u32
                    && header::aux(header) & header::string::ATOM != 0
        } else {
            word::is_short_string(key)
        };
        good.then_some(key)
    }

    /// The word of a shape.
    fn shape(&self, number: u32) -> u32 {
        load(shape_at(self.image, number))
    }

    /// The number of roots.
    fn roots(&self) -> u32 {
        let shapes = 0..self.count(field::SHAPES);
        shapes.take_while(|shape| self.shape(*shape) >> SHAPE_COUNT_SHIFT == 0).count() as u32
    }

    /// The number + 1 of a shape's root, or 0; its keys were checked.
    fn root_of(&self, shape: u32) -> u32 {
        load_half(self.image + (self.shape(shape) & KEYS_MASK) - 2)
    }

    fn shapes(&self) -> Result<(), ImageError> {
        self.ends(table(self.image, field::FUNCTIONS), 4 * self.count(field::SHAPES))?;
        let roots = self.roots();
        let globals = self.count(field::GLOBALS);
        if self.count(field::SHAPES) + FIRST_SHAPE > 0x8000 || roots > globals {
            return Err(ImageError::Shape);
        }
        for i in 0..roots {
            let (global, capacity) = (self.shape(i) & 0xffff, self.shape(i) >> 16);
            if global != globals - roots + i || capacity == 0 || capacity > header::AUX_MASK {
                return Err(ImageError::Shape);
            }
        }
        for i in roots..self.count(field::SHAPES) {
            let count = self.shape(i) >> SHAPE_COUNT_SHIFT;
            let offset = (self.shape(i) & KEYS_MASK).checked_sub(2).ok_or(ImageError::Bounds)?;
            let keys = self.halves(offset, 2 + 2 * u64::from(count))? + 2;
            let limit = match self.root_of(i) {
                0 => crate::shape::MAX_PROPERTIES,
                root if root <= roots => self.shape(root - 1) >> 16,
                _ => 0,
            };
            if count == 0 || count > limit {
                return Err(ImageError::Shape);
            }
            for k in 0..count {
                let key = self.key(load_half(keys + 2 * k)).ok_or(ImageError::Shape)?;
                for other in 0..k {
                    if self.key(load_half(keys + 2 * other)) == Some(key) {
                        return Err(ImageError::Shape);
                    }
                }
            }
        }
        Ok(())
    }

    /// Every shape of a field's range has its slot; or gets it, with a shape of the same root.
    fn fields(&self) -> Result<(), ImageError> {
        let mut at = table(self.image, field::CONSTANTS);
        let bytes = FIELD_BYTES as u32 * header_byte(self.image, field::FIELDS);
        self.ends(at, bytes)?;
        let end = at - bytes;
        let roots = self.roots();
        let count = |shape: u32| self.shape(shape) >> SHAPE_COUNT_SHIFT;
        let root = |shape: u32| if shape < roots { shape + 1 } else { self.root_of(shape) };
        let is_second = |at: u32| load_half(at + shape_field::FIRST) == u32::from(shape_field::GROWS);
        while at > end {
            at -= FIELD_BYTES as u32;
            let second = at - FIELD_BYTES as u32;
            let grows = at > end && is_second(second);
            let grow = if grows { load_byte(second + shape_field::GROW) } else { 0 };
            let slot = load_byte(at + shape_field::SLOT);
            let first = load_half(at + shape_field::FIRST).wrapping_sub(FIRST_SHAPE);
            let last = first.saturating_add(load_byte(at + shape_field::SPAN));
            if last.saturating_add(grow) >= self.count(field::SHAPES) || slot == 0 || grows && grow == 0 {
                return Err(ImageError::Shape);
            }
            let slot = slot - 1;
            let fits = |shape: u32| {
                if grow == 0 {
                    count(shape) > slot
                } else {
                    let grown = shape + grow;
                    count(shape) == slot
                        && count(grown) == slot + 1
                        && root(shape) != 0
                        && root(shape) == root(grown)
                }
            };
            if !(first..=last).all(fits) {
                return Err(ImageError::Shape);
            }
            if grows {
                at = second;
            }
        }
        Ok(())
    }

    fn functions(&self) -> Result<(), ImageError> {
        let table = self.table(field::FUNCTIONS, FUNCTION_BYTES as u32)?;
        let count = self.count(field::FUNCTIONS);
        for i in 0..count {
            let address = table + i * FUNCTION_BYTES as u32;
            let name = load_half(address + function::NAME as u32);
            let flags = load_half(address + function::FLAGS as u32);
            let name_is_string = name == 0xffff
                || flags & u32::from(function::DIRECT_ONLY) != 0
                || name < self.count(field::CONSTANTS)
                    && crate::Value::of(constant(self.image, name)).is_string();
            if load(address) != header::make(Kind::Function, 0, i)
                || load(address + function::CODE as u32) >= self.size
                || flags >> function::ROOT_SHIFT > self.roots()
                || !name_is_string
            {
                return Err(ImageError::Function);
            }
        }
        let entry = header_half(self.image, field::ENTRY);
        if entry < count || count == 0 { Ok(()) } else { Err(ImageError::Function) }
    }

    fn natives(&self, natives: u32) -> Result<(), ImageError> {
        let count = self.count(field::NATIVES);
        if count > natives {
            return Err(ImageError::Native);
        }
        for i in 0..count {
            let address = native_at(self.image, i);
            let name = load_half(address + native::NAME as u32);
            let aux = header::aux(load(address));
            if load(address) != header::make(Kind::Native, aux, i)
                || name >= self.count(field::CONSTANTS)
                || !crate::Value::of(constant(self.image, name)).is_string()
            {
                return Err(ImageError::Native);
            }
        }
        Ok(())
    }

    fn object_records(&self) -> Result<(), ImageError> {
        let table = objects(self.image);
        let mut least_id = 0;
        for i in 0..self.objects() {
            let offset = load(table + 4 * i);
            let address = self.record(offset, object::PROPERTIES as u64)?;
            // A prototype stands before the objects that have it, so that no chain of prototypes is a ring.
            let id = load_half(address + object::ID as u32);
            if load(address) != header::make(Kind::RomObject, 0, i)
                || load_half(address + object::PROTO as u32) > i
                || load_half(address + object::OWNER as u32) > self.count(field::NATIVES)
                || id < least_id
            {
                return Err(ImageError::Object);
            }
            least_id = id + 1;
            for property in properties(address) {
                self.property(property)?;
            }
        }
        Ok(())
    }

    /// Checks one property of a built-in object, of which nothing has been looked at.
    fn property(&self, property: u32) -> Result<(), ImageError> {
        let natives = self.count(field::NATIVES);
        let offset = property - self.image;
        self.record(offset, object::METHOD_BYTES as u64)?;
        self.key(load_half(property)).ok_or(ImageError::Object)?;
        let what = load_half(property + 2);
        let fits = if is_method(property) {
            what < natives
        } else {
            self.record(offset, object::LONG_BYTES as u64)?;
            if what & u32::from(object::ACCESSOR) == 0 {
                return self.value(load(property + 4));
            }
            load_half(property + 4) <= natives && load_half(property + 6) <= natives
        };
        if fits { Ok(()) } else { Err(ImageError::Object) }
    }

    fn names(&self) -> Result<(), ImageError> {
        let table = objects(self.image) + 4 * self.objects();
        for i in 0..header_byte(self.image, field::WELL_KNOWN) {
            let index = load_half(table + 4 * i + 2);
            self.key(index).filter(|&key| !word::is_int(key)).ok_or(ImageError::Names)?;
        }
        Ok(())
    }

    /// What the line table's texts hold gets into strings.
    fn texts(&self) -> Result<(), ImageError> {
        let offset = header_word(self.image, field::LINES) & LINES_MASK;
        if offset >= self.size {
            return Err(ImageError::Lines);
        }
        if crate::lines::texts(self.image).all(text::is_valid) { Ok(()) } else { Err(ImageError::Lines) }
    }
}
