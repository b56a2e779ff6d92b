//! Editions of the interpreter's loop: which instructions it has code for.
//!
//! All instructions are arms of one `match`, so the linker cannot drop one. The runtime's archive has the loop several times
//! instead, each a function of its own with the arms of certain [families](Family) only, and the driver links the smallest one that
//! has all instructions of the program. Where images are loaded rather than linked, the loop is [`Edition::Full`].

use crate::opcode::Opcode;

/// A group of instructions that programs need together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Family {
    /// Frames, constants, calls: every edition has these.
    Plain = 0,
    /// Integers, operators on values, and branches.
    Numbers = 1,
    /// Unboxed doubles.
    Doubles = 2,
    /// Objects, arrays, strings, closures and shared variables.
    Data = 4,
    /// What most programs do without.
    Rare = 8,
}

impl Family {
    /// The family of an instruction.
    pub const fn of(opcode: Opcode) -> Family {
        use Opcode as O;
        match opcode {
            O::Exit | O::Enter | O::EnterRaw | O::Ret | O::RetU => Family::Plain,
            O::Mov | O::LdK | O::LdD | O::LdI | O::LdW | O::LdG | O::StG | O::Concat => Family::Plain,
            O::Call | O::CallNative | O::CallDirect => Family::Plain,

            O::RetF | O::MovF | O::FConst | O::FConstD | O::FConstK | O::LdGF | O::StGF => Family::Doubles,
            O::FAdd | O::FSub | O::FMul | O::FDiv | O::FRem | O::FUnary | O::FCmp | O::FTest => {
                Family::Doubles
            }
            O::JFlt | O::JFnlt | O::JFle | O::JFnle | O::JFeq | O::JFne => Family::Doubles,
            O::BoxF | O::UnboxF | O::ToF | O::I2F | O::U2F | O::F2I => Family::Doubles,

            O::LdFn | O::NewObject | O::NewArray | O::ArrayPush | O::JPush => Family::Data,
            O::GetProp | O::SetProp | O::GetField | O::SetField | O::InitField => Family::Data,
            O::GetLength | O::ArrayLen | O::StrLength | O::StrUnit => Family::Data,
            O::GetElem | O::GetElemI | O::GetElemX | O::SetElem | O::SetElemI => Family::Data,
            O::Closure | O::LoadCapture | O::StoreCapture => Family::Data,
            O::NewCell | O::LoadCell | O::StoreCell | O::CallMethod | O::New | O::NewEnd => Family::Data,
            O::JClass | O::JNotClass => Family::Data,

            O::EnterWide | O::FrameBack | O::FrameBackRaw | O::Leave => Family::Rare,
            O::TLoad | O::TStore | O::RLoad | O::RStore | O::FLoad | O::FStore => Family::Rare,
            O::LdK16 | O::LdG16 | O::StG16 | O::CallFar | O::BinaryOp => Family::Rare,
            O::ArrayAppend | O::DeleteProp | O::DeleteElem | O::DefineOp | O::SetProto => Family::Rare,
            O::TypedLen | O::TypedGetI | O::TypedGetF | O::TypedSetI | O::TypedSetF => Family::Rare,
            O::GlobalObject | O::CheckInit | O::CallElem | O::CallArray | O::NewSpread => Family::Rare,
            O::ForInStart | O::ForInNext | O::IterStart | O::IterNext | O::IterClose => Family::Rare,
            O::Throw | O::ThrowError | O::Catch | O::Unreachable => Family::Rare,

            _ => Family::Numbers,
        }
    }
}

/// Prefix of the symbols of the loops.
pub const LOOP: &str = "jerboa_loop.";
/// Symbol of the loop that an image runs.
pub const CHOSEN: &str = "jerboa_loop";

/// Calls the macro `$with` with an `Id = families` row for each edition, the smallest first.
#[macro_export]
macro_rules! for_each_edition {
    ($with:ident) => {
        $with! {
            Plain = 0
            Numbers = 1
            Doubles = 3
            Data = 5
            Common = 7
            Full = 15
        }
    };
}

macro_rules! define_editions {
    ($($id:ident = $families:literal)*) => {
        /// An edition of the loop: the sum of the families that it has.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "they are named after their families")]
        pub enum Edition { $($id = $families),* }

        impl Edition {
            /// All of them, the smallest first.
            pub const ALL: &[Edition] = &[$(Edition::$id),*];

            /// Its name in the symbol of its loop.
            pub const fn name(self) -> &'static str {
                match self { $(Edition::$id => stringify!($id)),* }
            }
        }
    };
}
for_each_edition!(define_editions);

impl Edition {
    /// The smallest edition that has these instructions.
    pub fn covering(opcodes: impl IntoIterator<Item = Opcode>) -> Edition {
        let needed = opcodes.into_iter().fold(0, |families, opcode| families | Family::of(opcode) as u8);
        let covers = |edition: &&Edition| needed & !(**edition as u8) == 0;
        Edition::ALL.iter().find(covers).copied().unwrap_or(Edition::Full)
    }
}

/// Whether an edition, given by its number, has an instruction.
pub const fn has(edition: u8, opcode: Opcode) -> bool {
    Family::of(opcode) as u8 & !edition == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_full_edition_has_all_instructions() {
        assert!(Opcode::ALL.iter().all(|opcode| has(Edition::Full as u8, *opcode)));
    }

    #[test]
    fn the_smallest_edition_is_chosen() {
        assert_eq!(Edition::covering([]), Edition::Plain);
        assert_eq!(Edition::covering([Opcode::Enter, Opcode::RetU]), Edition::Plain);
        assert_eq!(Edition::covering([Opcode::Enter, Opcode::FAdd]), Edition::Doubles);
        assert_eq!(Edition::covering([Opcode::FAdd, Opcode::GetField]), Edition::Common);
        assert_eq!(Edition::covering(Opcode::ALL.iter().copied()), Edition::Full);
        for edition in Edition::ALL {
            let own = || Opcode::ALL.iter().copied().filter(|opcode| has(*edition as u8, *opcode));
            assert_eq!(Edition::covering(own()), *edition);
        }
    }
}
