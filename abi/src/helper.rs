//! Parts of the interpreter that an image carries only if its bytecode needs them.
//!
//! The interpreter's loop has the short paths; what they do not handle is done by *helpers*, which it calls through a
//! table that the program's object defines ([`TABLE`]): a word for each row here, null where no instruction of the program
//! needs it. So the linker drops the property machinery from a program without properties.
//!
//! All have one signature: `extern "C" fn(vm, a: u32, b: u32, c: u32) -> u32`. Slots are given by their addresses.

use crate::opcode::{Binary, Compare, Opcode, Unary};

/// Linker symbol of the table.
pub const TABLE: &str = "jerboa_helpers";

/// Calls the macro `$with` with one `(Id, symbol)` row for each helper.
#[macro_export]
macro_rules! for_each_helper {
    ($with:ident) => {
        $with! {
            (Add, jrt_i_add)
            (Sub, jrt_i_sub)
            (Mul, jrt_i_mul)
            (Div, jrt_i_div)
            (Rem, jrt_i_rem)
            (Exp, jrt_i_exp)
            (Bits, jrt_i_bits)
            (Unary, jrt_i_unary)
            (Text, jrt_i_text)
            (TypeOf, jrt_i_type_of)
            (Relation, jrt_i_relation)
            (StrictEq, jrt_i_strict_eq)
            (LooseEq, jrt_i_loose_eq)
            (InstanceOf, jrt_i_instance_of)
            (In, jrt_i_in)
            (Concat, jrt_i_concat)
            (FloatRem, jrt_i_float_rem)
            (FloatUnary, jrt_i_float_unary)
            (ToInt, jrt_i_to_int)
            (ToFloat, jrt_i_to_float)
            (NewObject, jrt_i_new_object)
            (NewArray, jrt_i_new_array)
            (ArrayPush, jrt_i_array_push)
            (ArrayAppend, jrt_i_array_append)
            (GetProp, jrt_i_get_prop)
            (SetProp, jrt_i_set_prop)
            (GetLength, jrt_i_get_length)
            (StrLength, jrt_i_str_length)
            (StrUnit, jrt_i_str_unit)
            (GetElem, jrt_i_get_elem)
            (GetElemI, jrt_i_get_elem_i)
            (SetElem, jrt_i_set_elem)
            (SetElemI, jrt_i_set_elem_i)
            (TypedLen, jrt_i_typed_len)
            (TypedGetI, jrt_i_typed_get_i)
            (TypedGetF, jrt_i_typed_get_f)
            (TypedSetI, jrt_i_typed_set_i)
            (TypedSetF, jrt_i_typed_set_f)
            (DeleteProp, jrt_i_delete_prop)
            (DeleteElem, jrt_i_delete_elem)
            (Define, jrt_i_define)
            (SetProto, jrt_i_set_proto)
            (LoadMethod, jrt_i_load_method)
            (LoadElemMethod, jrt_i_load_elem_method)
            (Spread, jrt_i_spread)
            (Construct, jrt_i_construct)
            (NewInstance, jrt_i_new_instance)
            (ForIn, jrt_i_for_in)
            (Iterate, jrt_i_iterate)
            (IterNext, jrt_i_iter_next)
            (IterClose, jrt_i_iter_close)
        }
    };
}

macro_rules! define_helpers {
    ($(($id:ident, $symbol:ident))*) => {
        /// A helper's number.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(missing_docs, reason = "they are named after the instructions that need them")]
        pub enum Helper { $($id),* }

        impl Helper {
            /// All of them, in order.
            pub const ALL: &[Helper] = &[$(Helper::$id),*];

            /// Linker symbol.
            pub const fn symbol(self) -> &'static str {
                match self { $(Helper::$id => stringify!($symbol)),* }
            }
        }
    };
}
for_each_helper!(define_helpers);

impl Helper {
    /// The helpers that an instruction may call. `selector` is its first operand, which names an operator where the
    /// instruction is one of a group.
    pub fn of(opcode: Opcode, selector: u8) -> &'static [Helper] {
        use Opcode as O;
        match opcode {
            O::Add | O::AddI => &[Helper::Add],
            O::Sub | O::SubI => &[Helper::Sub],
            O::Mul | O::MulI => &[Helper::Mul],
            O::Div => &[Helper::Div],
            O::Rem => &[Helper::Rem],
            O::And | O::Or | O::Xor | O::Shl | O::Sar | O::Shr => &[Helper::Bits],
            O::AndI | O::OrI | O::ShlI | O::SarI | O::ShrI => &[Helper::Bits],
            O::BinaryOp => Binary::from_byte(selector).map_or(&[], Helper::of_binary),
            O::UnaryOp => match Unary::from_byte(selector) {
                Some(Unary::Neg | Unary::BitNot | Unary::ToNumeric) => &[Helper::Unary],
                Some(Unary::ToStr | Unary::ToKey) => &[Helper::Text],
                Some(Unary::TypeOf) => &[Helper::TypeOf],
                Some(Unary::NewInstance) => &[Helper::NewInstance],
                None => &[],
            },
            O::CompareOp => Compare::from_byte(selector).map_or(&[], Helper::of_compare),
            O::Concat => &[Helper::Concat],
            O::JLt | O::JNlt | O::JLe | O::JNle | O::JGt | O::JNgt | O::JGe | O::JNge => &[Helper::Relation],
            O::JLtI | O::JNltI | O::JLeI | O::JNleI | O::JGtI | O::JNgtI | O::JGeI | O::JNgeI => {
                &[Helper::Relation]
            }
            O::JSeq | O::JSne => &[Helper::StrictEq],
            O::JEq | O::JNe => &[Helper::LooseEq],
            O::FRem => &[Helper::FloatRem],
            O::FUnary => &[Helper::FloatUnary],
            O::ToI => &[Helper::ToInt],
            O::ToF => &[Helper::ToFloat],
            O::NewObject => &[Helper::NewObject],
            O::NewArray => &[Helper::NewArray],
            O::ArrayPush | O::JPush => &[Helper::ArrayPush],
            O::ArrayAppend => &[Helper::ArrayAppend],
            O::GetProp | O::GetField => &[Helper::GetProp],
            O::SetProp | O::SetField | O::InitField => &[Helper::SetProp],
            O::GetLength => &[Helper::GetLength],
            O::StrLength => &[Helper::StrLength],
            O::StrUnit => &[Helper::StrUnit],
            O::GetElem => &[Helper::GetElem],
            O::GetElemI | O::GetElemX => &[Helper::GetElemI],
            O::SetElem => &[Helper::SetElem],
            O::SetElemI => &[Helper::SetElemI],
            O::TypedLen => &[Helper::TypedLen],
            O::TypedGetI => &[Helper::TypedGetI],
            O::TypedGetF => &[Helper::TypedGetF],
            O::TypedSetI => &[Helper::TypedSetI],
            O::TypedSetF => &[Helper::TypedSetF],
            O::DeleteProp => &[Helper::DeleteProp],
            O::DeleteElem => &[Helper::DeleteElem],
            O::DefineOp => &[Helper::Define],
            O::SetProto => &[Helper::SetProto],
            O::CallMethod => &[Helper::LoadMethod],
            O::CallElem => &[Helper::LoadElemMethod],
            O::CallArray => &[Helper::Spread],
            O::New => &[Helper::Construct],
            O::NewSpread => &[Helper::Spread, Helper::Construct],
            O::ForInStart => &[Helper::ForIn],
            O::IterStart => &[Helper::Iterate],
            O::ForInNext | O::IterNext => &[Helper::IterNext],
            O::IterClose => &[Helper::IterClose],
            _ => &[],
        }
    }

    /// The helper of an operator of two values.
    #[inline(always)]
    pub const fn of_binary(operator: Binary) -> &'static [Helper] {
        match operator {
            Binary::Add => &[Helper::Add],
            Binary::Sub => &[Helper::Sub],
            Binary::Mul => &[Helper::Mul],
            Binary::Div => &[Helper::Div],
            Binary::Rem => &[Helper::Rem],
            Binary::Exp => &[Helper::Exp],
            _ => &[Helper::Bits],
        }
    }

    /// The helper of a comparison.
    #[inline(always)]
    pub const fn of_compare(comparison: Compare) -> &'static [Helper] {
        match comparison {
            Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge => &[Helper::Relation],
            Compare::StrictEq => &[Helper::StrictEq],
            Compare::LooseEq => &[Helper::LooseEq],
            Compare::InstanceOf => &[Helper::InstanceOf],
            Compare::In => &[Helper::In],
        }
    }
}
