//! The lattice of type inference: which kinds of values, and for integers which range.
use jerboa_abi::header::typed::Element;
use std::fmt;

/// A set of possible values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    tags: u32,
    /// Range of the integers, if there can be any.
    lo: i32,
    hi: i32,
    /// Which objects, if there can be any that are no arrays: a bit for each [`Site`] of an object literal, one for the
    /// functions of the program, one for all others.
    sites: u64,
}

/// An object literal of the program, by number.
pub type Site = u32;

/// The most sites that are told from others.
pub const MAX_SITES: u32 = 62;
/// Functions of the program.
const FUNCTIONS: u64 = 1 << MAX_SITES;
/// Objects that come from no site.
const OTHERS: u64 = 1 << (MAX_SITES + 1);

const UNDEFINED: u32 = 1;
const NULL: u32 = 2;
const BOOL: u32 = 4;
/// A number that is an integer in the range of i32, and not -0.
const INT: u32 = 8;
/// Another number, which arose where integers are likely: conversion of unknown values, -0.
const RARE: u32 = 16;
/// Another number, which arose from fractions: these are worth a machine register for doubles.
const REAL: u32 = 32;
const STRING: u32 = 64;
const OBJECT: u32 = 128;
const EMPTY: u32 = 256;
/// An array. Other objects are [`OBJECT`].
const ARRAY: u32 = 512;
/// The first of the typed arrays, one for each type of elements: made by the built-in constructor, of no derived class.
const FIRST_VIEW: u32 = 1024;
/// All typed arrays.
const VIEWS: u32 = FIRST_VIEW * ((1 << Element::DataView as u32) - 1);
/// A number above the range of i32, which arose where integers are likely: overflow.
const ABOVE: u32 = 1 << 30;
/// A number below the range of i32.
const BELOW: u32 = 1 << 31;
/// All numbers that are no integers in the range of i32.
const NOT_INTS: u32 = RARE | REAL | ABOVE | BELOW;
/// All numbers that arise where integers are likely.
const LIKELY_INTS: u32 = INT | RARE | ABOVE | BELOW;
/// All objects.
const OBJECTS: u32 = OBJECT | ARRAY | VIEWS;

impl Kind {
    /// No value: code that is not reached.
    pub const NONE: Kind = Kind { tags: 0, lo: i32::MAX, hi: i32::MIN, sites: 0 };
    /// Any value that a program can hold.
    pub const VALUE: Kind =
        Kind { tags: UNDEFINED | NULL | BOOL | LIKELY_INTS | STRING | OBJECTS, sites: u64::MAX, ..Kind::I32 };
    /// Any value or the empty marker.
    pub const ANY: Kind = Kind { tags: Kind::VALUE.tags | EMPTY, ..Kind::VALUE };
    /// Any number; integers are likely.
    pub const NUMBER: Kind = Kind { tags: LIKELY_INTS, ..Kind::I32 };
    /// Any number; fractions are likely.
    pub const FLOAT: Kind = Kind { tags: LIKELY_INTS | REAL, ..Kind::I32 };
    /// Any i32.
    pub const I32: Kind = Kind { tags: INT, lo: i32::MIN, hi: i32::MAX, sites: 0 };
    /// The length of an array.
    pub const LENGTH: Kind = Kind { tags: INT, lo: 0, hi: jerboa_abi::value::INT_MAX, sites: 0 };
    /// `undefined`
    pub const UNDEFINED: Kind = Kind { tags: UNDEFINED, ..Kind::NONE };
    /// `null`
    pub const NULL: Kind = Kind { tags: NULL, ..Kind::NONE };
    /// A boolean.
    pub const BOOL: Kind = Kind { tags: BOOL, ..Kind::NONE };
    /// A string.
    pub const STRING: Kind = Kind { tags: STRING, ..Kind::NONE };
    /// An object, function or symbol.
    pub const OBJECT: Kind = Kind { tags: OBJECTS, sites: u64::MAX, ..Kind::NONE };
    /// A function of the program.
    pub const FUNCTION: Kind = Kind { tags: OBJECT, sites: FUNCTIONS, ..Kind::NONE };
    /// An array.
    pub const ARRAY: Kind = Kind { tags: ARRAY, ..Kind::NONE };
    /// The empty marker.
    pub const EMPTY: Kind = Kind { tags: EMPTY, ..Kind::NONE };

    /// Integers from `lo` to `hi`; what is outside the range of i32 is some other number.
    pub fn range(lo: i64, hi: i64) -> Kind {
        let (min, max) = (i64::from(i32::MIN), i64::from(i32::MAX));
        let mut kind =
            Kind { tags: INT, lo: lo.clamp(min, max) as i32, hi: hi.clamp(min, max) as i32, sites: 0 };
        if lo < min {
            kind.tags |= BELOW;
        }
        if hi > max {
            kind.tags |= ABOVE;
        }
        kind
    }

    /// The kind of one number.
    pub fn number(x: f64) -> Kind {
        let i = x as i32;
        if f64::from(i).to_bits() == x.to_bits() {
            Kind::range(i.into(), i.into())
        } else if x.fract() == 0.0 && x != 0.0 {
            Kind { tags: if x > 0.0 { ABOVE } else { BELOW }, ..Kind::NONE }
        } else {
            Kind { tags: REAL, ..Kind::NONE }
        }
    }

    /// The same with -0 among the values.
    pub fn or_rare(self) -> Kind {
        Kind { tags: self.tags | RARE, ..self }
    }

    /// The same and `undefined`.
    pub const fn or_undefined(self) -> Kind {
        Kind { tags: self.tags | UNDEFINED, ..self }
    }

    /// The same and objects.
    pub const fn or_object(self) -> Kind {
        Kind { tags: self.tags | OBJECT | ARRAY, sites: u64::MAX, ..self }
    }

    /// The same with integers of any size.
    pub fn without_bounds(self) -> Kind {
        if self.tags & INT == 0 { self } else { Kind { lo: i32::MIN, hi: i32::MAX, ..self } }
    }

    /// Whether a string can be among the values.
    pub fn may_be_string(self) -> bool {
        self.tags & STRING != 0
    }

    /// Whether there is no value.
    pub fn is_none(self) -> bool {
        self.tags == 0
    }

    /// Whether all values are integers.
    pub fn is_int(self) -> bool {
        self.tags == INT
    }

    /// Whether all values are numbers.
    pub fn is_number(self) -> bool {
        self.tags != 0 && self.tags & !(INT | NOT_INTS) == 0
    }

    /// Whether all values are numbers, fractions among them.
    pub fn is_float(self) -> bool {
        self.is_number() && self.tags & REAL != 0
    }

    /// Whether all values are booleans.
    pub fn is_bool(self) -> bool {
        self.tags == BOOL
    }

    /// Whether all values are strings.
    pub fn is_string(self) -> bool {
        self.tags == STRING
    }

    /// Whether all values are undefined, null or booleans.
    pub fn is_constant(self) -> bool {
        self.tags != 0 && self.tags & !(UNDEFINED | NULL | BOOL) == 0
    }

    /// Whether all values are arrays.
    pub fn is_array(self) -> bool {
        self.tags == ARRAY
    }

    /// An object that an object literal makes, one that is told from others or not.
    pub fn literal(site: Option<Site>) -> Kind {
        Kind { tags: OBJECT, sites: site.map_or(OTHERS, |site| 1 << site), ..Kind::NONE }
    }

    /// Whether all values are functions of the program.
    pub fn is_function(self) -> bool {
        self.tags == OBJECT && self.sites == FUNCTIONS
    }

    /// The object literals that objects among the values may come from; `None` among them: others, arrays too.
    pub fn sites(self) -> impl Iterator<Item = Option<Site>> {
        let others = if self.tags & (OBJECTS & !OBJECT) != 0 { OTHERS } else { 0 };
        let sites = if self.tags & OBJECT != 0 { self.sites | others } else { others };
        (0..64).filter(move |site| sites >> site & 1 != 0).map(|site| (site < MAX_SITES).then_some(site))
    }

    /// Whether all values are objects that are no arrays, or undefined or null.
    pub fn is_object_or_nullish(self) -> bool {
        self.tags & OBJECT != 0 && self.tags & !(OBJECT | UNDEFINED | NULL | EMPTY) == 0
    }

    /// Whether no value has properties: all are undefined or null, or the empty marker.
    pub fn is_nullish(self) -> bool {
        self.tags != 0 && self.tags & !(UNDEFINED | NULL | EMPTY) == 0
    }

    /// Whether all values are arrays, or undefined or null.
    pub fn is_array_or_nullish(self) -> bool {
        self.tags & ARRAY != 0 && self.tags & !(ARRAY | UNDEFINED | NULL | EMPTY) == 0
    }

    /// A typed array with elements of a type.
    pub fn view(element: Element) -> Kind {
        Kind { tags: FIRST_VIEW << element as u32, ..Kind::NONE }
    }

    /// The type of the elements, if all values are typed arrays with elements of one type.
    pub fn as_view(self) -> Option<Element> {
        let one = self.tags & VIEWS != 0 && self.tags & !VIEWS == 0 && self.tags.is_power_of_two();
        one.then(|| Element::of_number((self.tags / FIRST_VIEW).trailing_zeros()))
    }

    /// The elements of typed arrays with this type of elements.
    pub fn element(element: Element) -> Kind {
        match element {
            Element::Float32 | Element::Float64 | Element::DataView => Kind::FLOAT,
            Element::Uint32 => Kind::range(0, i64::from(u32::MAX)),
            Element::Int32 => Kind::I32,
            Element::Uint8Clamped => Kind::range(0, 255),
            _ => {
                let bits = 8 << element.shift();
                let signed = matches!(element, Element::Int8 | Element::Int16);
                let low = if signed { -(1 << (bits - 1)) } else { 0 };
                Kind::range(low, low + (1 << bits) - 1)
            }
        }
    }

    /// Whether no value is an object, so that conversions run no user code.
    pub fn is_primitive(self) -> bool {
        self.tags & OBJECTS == 0
    }

    /// Whether a string or an object (which may convert to one) can be among the values.
    pub fn may_concatenate(self) -> bool {
        self.tags & (STRING | OBJECTS) != 0
    }

    /// Range of the integers.
    pub fn bounds(self) -> (i64, i64) {
        (self.lo.into(), self.hi.into())
    }

    /// Whether all integers are small integers of the value word.
    pub fn fits_word(self) -> bool {
        self.lo >= jerboa_abi::value::INT_MIN && self.hi <= jerboa_abi::value::INT_MAX
    }

    /// All values of both.
    pub fn join(self, other: Kind) -> Kind {
        Kind {
            tags: self.tags | other.tags,
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
            sites: self.sites | other.sites,
        }
    }

    /// Whether all values are integers in the range of i32, or beyond it on one side or the other.
    fn is_ordered(self) -> bool {
        self.tags != 0 && self.tags & !(INT | ABOVE | BELOW) == 0
    }

    /// The greatest integer of all values, if they are integers or below those.
    pub fn greatest(self) -> Option<i64> {
        (self.tags & INT != 0 && self.tags & !(INT | BELOW) == 0).then_some(self.hi.into())
    }

    /// The least integer of all values, if they are integers or above those.
    pub fn least(self) -> Option<i64> {
        (self.tags & INT != 0 && self.tags & !(INT | ABOVE) == 0).then_some(self.lo.into())
    }

    /// Those that are at most this; only where all are ordered by their size.
    pub fn at_most(self, hi: i64) -> Kind {
        if self.is_ordered() { self.clip(i64::from(i32::MIN), hi, BELOW) } else { self }
    }

    /// Those that are at least this; only where all are ordered by their size.
    pub fn at_least(self, lo: i64) -> Kind {
        if self.is_ordered() { self.clip(lo, i64::from(i32::MAX), ABOVE) } else { self }
    }

    /// The integers of a range, and those values beyond all integers that have a tag of `kept`.
    fn clip(self, lo: i64, hi: i64, kept: u32) -> Kind {
        let beyond = Kind { tags: self.tags & kept, ..Kind::NONE };
        let (a, b) = (i64::from(self.lo).max(lo), i64::from(self.hi).min(hi));
        // A contradiction means that the place is not reached.
        if self.tags & INT == 0 || a > b {
            return beyond;
        }
        Kind { tags: INT | beyond.tags, lo: a as i32, hi: b as i32, sites: 0 }
    }

    /// Without the integers in the range of i32.
    pub fn without_ints(self) -> Kind {
        Kind { tags: self.tags & !INT, sites: self.sites, ..Kind::NONE }
    }

    /// Those that are integers in the range of i32; any of those if there are none.
    pub fn ints(self) -> Kind {
        if self.tags & INT != 0 { Kind { tags: INT, sites: 0, ..self } } else { Kind::I32 }
    }

    /// Without the values of another kind that has no numbers.
    pub fn without(self, other: Kind) -> Kind {
        Kind { tags: self.tags & !(other.tags & !(INT | NOT_INTS)), ..self }
    }

    /// Bounds that moved since `old` jump to the next landmark, so that iteration ends.
    pub fn widen(self, old: Kind) -> Kind {
        if old.tags & INT == 0 {
            return self;
        }
        let lo = if self.lo < old.lo { landmark_below(self.lo) } else { self.lo };
        let hi = if self.hi > old.hi { landmark_above(self.hi) } else { self.hi };
        Kind { lo, hi, ..self }
    }
}

fn landmark_below(lo: i32) -> i32 {
    [0, -1, jerboa_abi::value::INT_MIN].into_iter().find(|l| *l <= lo).unwrap_or(i32::MIN)
}

fn landmark_above(hi: i32) -> i32 {
    [0, 0xff, 0xffff, 0xf_ffff, 0xff_ffff, 0xfff_ffff, jerboa_abi::value::INT_MAX, i32::MAX - 1]
        .into_iter()
        .find(|l| *l >= hi)
        .unwrap_or(i32::MAX)
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names =
            ["undefined", "null", "bool", "int", "rare", "real", "string", "object", "empty", "array"];
        let views = Element::ALL.iter().map(|element| element.class());
        let parts: Vec<&str> = names
            .into_iter()
            .chain(views)
            .enumerate()
            .filter(|(i, _)| self.tags >> i & 1 != 0)
            .map(|(_, name)| name)
            .collect();
        f.write_str(&parts.join("|"))?;
        for (tag, name) in [(BELOW, "|below"), (ABOVE, "|above")] {
            if self.tags & tag != 0 {
                f.write_str(name)?;
            }
        }
        if self.tags & OBJECT != 0 && self.sites != u64::MAX {
            write!(f, "{{{:x}}}", self.sites)?;
        }
        if self.tags & INT != 0 { write!(f, "[{}, {}]", self.lo, self.hi) } else { Ok(()) }
    }
}
