//! Members of built-in objects that no code of the program can replace.
//!
//! `console.log(x)` needs no look-up if nothing in the closed world ever assigns to a property `log`. The image says what
//! the member is.
use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{field, native, object};
use jerboa_ir::passes::infer::Facts as Kinds;
use jerboa_ir::{Block, FuncId, Imm, Module, Op, StrId};
use std::collections::HashSet;

use super::{ConstRef, ImageLayout};

/// Built-in functions that write properties whose names the compiler does not see.
const WRITERS: &[NativeId] =
    &[NativeId::ObjectAssign, NativeId::ObjectDefineProperties, NativeId::ObjectDefineProperty];

/// What the program may write.
pub struct Written {
    /// Names that it assigns to or deletes.
    names: HashSet<StrId>,
    /// It may write any name.
    any: bool,
}

impl Written {
    /// Looks through a module that is linked with an image.
    pub fn of(module: &Module, image: &dyn ImageLayout, kinds: &Kinds) -> Written {
        let mut written =
            Written { names: HashSet::new(), any: image.natives().iter().any(|id| WRITERS.contains(id)) };
        for (i, function) in module.functions.iter().enumerate() {
            for (b, block) in function.blocks.iter().enumerate() {
                for inst in &block.insts {
                    let inst = function.inst(*inst);
                    match (inst.op, &inst.imm) {
                        (Op::SetProp | Op::DeleteProp, Imm::Str(name)) => {
                            written.names.insert(*name);
                        }
                        (Op::SetElem | Op::DeleteElem, _) => {
                            let key = kinds.kind_in(FuncId(i as u32), Block(b as u32), inst.args[1]);
                            written.any |= !key.is_number();
                        }
                        _ => {}
                    }
                }
            }
        }
        written
    }

    /// The native function that a member of a built-in value always is.
    pub fn native(
        &self,
        module: &Module,
        image: &dyn ImageLayout,
        builtin: ConstRef,
        name: StrId,
    ) -> Option<ConstRef> {
        let same = |other: &StrId| module.string(*other) == module.string(name);
        if self.any || self.names.iter().any(same) {
            return None;
        }
        let ConstRef::Offset(record) = builtin else { return None };
        Bytes(image.bytes()).native_member(record as usize, image.key(name)).map(ConstRef::Offset)
    }
}

/// The image's bytes, which the builder wrote.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn half(&self, at: usize) -> usize {
        usize::from(u16::from_le_bytes([self.0[at], self.0[at + 1]]))
    }

    fn word(&self, at: usize) -> u32 {
        u32::from_le_bytes([self.0[at], self.0[at + 1], self.0[at + 2], self.0[at + 3]])
    }

    fn is(&self, at: usize, kind: Kind) -> bool {
        at + 4 <= self.0.len() && header::kind(self.word(at)) == kind as u32
    }

    /// Offset of the native that is the own property with this key (a constant's number) of a built-in object or function.
    fn native_member(&self, owner: usize, key: u32) -> Option<u32> {
        let record = if self.is(owner, Kind::Native) {
            let index = self.half(owner + native::PROPERTIES).checked_sub(1)?;
            self.word(4 * self.half(field::OBJECTS + 2) + 4 * index) as usize
        } else {
            owner
        };
        if !self.is(record, Kind::RomObject) {
            return None;
        }
        (0..self.half(record + object::COUNT))
            .map(|i| record + object::PROPERTIES + i * object::PROPERTY_BYTES)
            .find(|property| self.half(*property) == key as usize)
            .filter(|property| self.0[property + 3] == object::PROPERTY_CONSTANT)
            .map(|property| self.word(property + 4))
            .filter(|value| jerboa_abi::value::is_pointer(*value) && self.is(*value as usize, Kind::Native))
    }
}
