//! The constants of a program, each once.
use super::atom::property_index;
use crate::Error;
use jerboa_abi::builtins::{NativeId, ObjectId, PropertyValue, SymbolId};
use jerboa_abi::value;
use jerboa_ir::{Const, Module};
use std::collections::HashMap;

/// Position in the image's table of constants.
pub type ConstantIndex = u16;

/// A constant by content, so that equal ones are found.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Constant {
    /// A value word.
    Word(u32),
    /// A string of more than 3 bytes.
    Str(Vec<u8>),
    /// A boxed double, by its bits.
    Double(u64),
    /// A built-in function.
    Native(NativeId),
    /// A built-in object.
    Object(ObjectId),
    /// A well-known symbol.
    Symbol(SymbolId),
}

impl Constant {
    pub(super) fn of(module: &Module, constant: Const) -> Constant {
        match constant {
            Const::Undefined => Constant::Word(value::UNDEFINED),
            Const::Null => Constant::Word(value::NULL),
            Const::Empty => Constant::Word(value::EMPTY),
            Const::Bool(b) => Constant::Word(value::from_bool(b)),
            Const::Number(x) => Constant::number(x),
            Const::Str(s) => Constant::string(module.string(s)),
        }
    }

    pub(super) fn number(x: f64) -> Constant {
        let i = x as i32;
        // -0 equals 0 but is not the small integer.
        if f64::from(i).to_bits() == x.to_bits()
            && let Some(word) = value::from_int(i)
        {
            return Constant::Word(word);
        }
        Constant::Double(Constant::double_bits(x))
    }

    /// The bits of a double as images have them: all NaNs are one value.
    pub(super) fn double_bits(x: f64) -> u64 {
        if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
    }

    pub(super) fn string(bytes: &[u8]) -> Constant {
        match value::from_short_string(bytes) {
            Some(word) => Constant::Word(word),
            None => Constant::Str(bytes.to_vec()),
        }
    }

    pub(super) fn key(bytes: &[u8]) -> Constant {
        match property_index(bytes).and_then(value::from_int) {
            Some(word) => Constant::Word(word),
            None => Constant::string(bytes),
        }
    }

    /// A key as the tables of built-ins write it.
    pub(super) fn builtin_key(key: &str) -> Constant {
        match SymbolId::of_key(key) {
            Some(symbol) => Constant::Symbol(symbol),
            None => Constant::key(key.as_bytes()),
        }
    }

    pub(super) fn builtin(value: PropertyValue) -> Option<Constant> {
        Some(match value {
            PropertyValue::Native(id) => Constant::Native(id),
            PropertyValue::Object(id) => Constant::Object(id),
            PropertyValue::Number(x) => Constant::number(x),
            PropertyValue::String(s) => Constant::string(s.as_bytes()),
            PropertyValue::Undefined => Constant::Word(value::UNDEFINED),
            PropertyValue::True => Constant::Word(value::TRUE),
            PropertyValue::Symbol(id) => Constant::Symbol(id),
            PropertyValue::Accessor(..) => return None,
        })
    }

    pub(super) fn word(&self) -> Option<u32> {
        if let Constant::Word(word) = self { Some(*word) } else { None }
    }
}

/// Constants in the order in which they were asked for first.
#[derive(Clone, Default, Debug)]
pub(super) struct Pool {
    pub(super) list: Vec<Constant>,
    index: HashMap<Constant, ConstantIndex>,
}

impl Pool {
    pub(super) fn add(&mut self, constant: Constant) -> Result<ConstantIndex, Error> {
        if let Some(index) = self.index.get(&constant) {
            return Ok(*index);
        }
        // 0xffff stands for "none" where a constant is optional.
        let index = u16::try_from(self.list.len())
            .ok()
            .filter(|i| *i != u16::MAX)
            .ok_or(Error::TooMany("constants"))?;
        self.list.push(constant.clone());
        self.index.insert(constant, index);
        Ok(index)
    }

    /// Gives each constant the number that stands in `order` in its place.
    pub(super) fn reorder(&mut self, order: &[ConstantIndex]) {
        for index in self.index.values_mut() {
            *index = order[usize::from(*index)];
        }
        for (constant, index) in &self.index {
            self.list[usize::from(*index)].clone_from(constant);
        }
    }

    pub(super) fn get(&self, constant: &Constant) -> Option<ConstantIndex> {
        self.index.get(constant).copied()
    }
}

/// Texts in the order in which they were asked for first.
#[derive(Clone, Default, Debug)]
pub(super) struct Texts {
    pub(super) list: Vec<Vec<u8>>,
    index: HashMap<Vec<u8>, u32>,
}

impl Texts {
    pub(super) fn add(&mut self, text: &[u8]) -> u32 {
        if let Some(number) = self.index.get(text) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(text.to_vec());
        self.index.insert(text.to_vec(), number);
        number
    }
}
