//! What the kinds of an instruction's operands say of its result, for [`super::infer`].
use super::kind::Kind;
use crate::module::{Const, Imm, InstData};
use crate::op::Op;

/// The greatest length of a string.
pub(super) const MAX_STRING_LENGTH: i64 = (1 << 29) - 1;

/// Kind of a `val` result from the kinds of the operands.
pub(super) fn boxed(inst: &InstData, args: &[Kind]) -> Kind {
    if args.iter().any(|a| a.is_none()) && !matches!(inst.op, Op::Catch) {
        return Kind::NONE;
    }
    match inst.op {
        Op::Const => match &inst.imm {
            Imm::Const(Const::Undefined) => Kind::UNDEFINED,
            Imm::Const(Const::Null) => Kind::NULL,
            Imm::Const(Const::Empty) => Kind::EMPTY,
            Imm::Const(Const::Bool(_)) => Kind::BOOL,
            Imm::Const(Const::Number(x)) => Kind::number(*x),
            _ => Kind::STRING,
        },
        Op::Add | Op::NumAdd => add(args[0], args[1]),
        Op::Sub | Op::NumSub => numbers(args, |a, b| (a.0 - b.1, a.1 - b.0)),
        Op::Mul | Op::NumMul => multiply(args[0], args[1]),
        Op::Inc => count(args[0], 1),
        Op::Dec => count(args[0], -1),
        Op::Div | Op::Exp => Kind::FLOAT,
        Op::Rem => remainder(args[0], args[1]),
        Op::Neg => {
            let (lo, hi) = args[0].bounds();
            if !args[0].is_int() {
                if args[0].is_float() { Kind::FLOAT } else { Kind::NUMBER }
            } else if lo <= 0 && hi >= 0 {
                Kind::range(-hi, -lo).or_rare()
            } else {
                Kind::range(-hi, -lo)
            }
        }
        Op::BitAnd => bit_and(args[0], args[1]),
        Op::BitOr | Op::BitXor => bit_or(args[0], args[1]),
        Op::BitNot | Op::Shl => Kind::I32,
        Op::Sar => shift_signed(args[0], args[1]),
        Op::Shr => shift_unsigned(args[0], args[1]),
        Op::ToNumeric => {
            if args[0].is_number() {
                args[0]
            } else {
                Kind::NUMBER
            }
        }
        Op::TypeOf | Op::ToStr | Op::Concat => Kind::STRING,
        Op::BoxBool => Kind::BOOL,
        Op::BoxI32 => args[0].ints(),
        Op::BoxU32 if args[0].is_int() && args[0].bounds().0 >= 0 => args[0],
        Op::BoxU32 => Kind::range(0, i64::from(u32::MAX)),
        Op::BoxF64 => Kind::FLOAT,
        Op::NewArray => Kind::ARRAY,
        Op::Closure => Kind::FUNCTION,
        Op::NewObject | Op::GlobalObject => Kind::OBJECT,
        Op::New | Op::NewArrayArgs | Op::NewInstance => Kind::OBJECT,
        Op::Call
        | Op::CallMethod
        | Op::CallElem
        | Op::CallArray
        | Op::GetProp
        | Op::GetElem
        | Op::GetElemI
        | Op::Builtin
        | Op::ToKey
        | Op::Catch => Kind::VALUE,
        _ => Kind::ANY,
    }
}

/// Result of an arithmetic operator on two values, neither of which need be numbers.
fn numbers(args: &[Kind], range: impl Fn((i64, i64), (i64, i64)) -> (i64, i64)) -> Kind {
    let (a, b) = (args[0], args[1]);
    if a.is_int() && b.is_int() {
        let (lo, hi) = range(a.bounds(), b.bounds());
        Kind::range(lo, hi)
    } else if a.is_float() || b.is_float() {
        Kind::FLOAT
    } else {
        Kind::NUMBER
    }
}

/// A variable that is counted up or down, by so much: what left the integers on that side stays there.
fn count(variable: Kind, step: i64) -> Kind {
    let side = if step > 0 { variable.least() } else { variable.greatest() };
    if side.is_none() {
        return numbers(&[variable, Kind::range(step, step)], |a, b| (a.0 + b.0, a.1 + b.1));
    }
    let (lo, hi) = variable.bounds();
    Kind::range(lo + step, hi + step).join(variable.without_ints())
}

fn add(a: Kind, b: Kind) -> Kind {
    if a.is_string() || b.is_string() {
        return Kind::STRING;
    }
    let sum = numbers(&[a, b], |a, b| (a.0 + b.0, a.1 + b.1));
    if a.may_concatenate() || b.may_concatenate() { sum.join(Kind::STRING) } else { sum }
}

fn multiply(a: Kind, b: Kind) -> Kind {
    if !(a.is_int() && b.is_int()) {
        return numbers(&[a, b], |_, _| unreachable!("one is no integer"));
    }
    let ((a0, a1), (b0, b1)) = (a.bounds(), b.bounds());
    let products = [a0 * b0, a0 * b1, a1 * b0, a1 * b1];
    let kind = Kind::range(products.into_iter().min().unwrap_or(0), products.into_iter().max().unwrap_or(0));
    // 0 times a negative integer is -0.
    let zero = |lo: i64, hi: i64| lo <= 0 && hi >= 0;
    if (zero(a0, a1) && b0 < 0) || (zero(b0, b1) && a0 < 0) { kind.or_rare() } else { kind }
}

fn remainder(a: Kind, b: Kind) -> Kind {
    if a.is_int() && b.is_int() && a.bounds().0 >= 0 && b.bounds().0 > 0 {
        Kind::range(0, a.bounds().1.min(b.bounds().1 - 1))
    } else if a.is_float() || b.is_float() {
        Kind::FLOAT
    } else {
        Kind::NUMBER
    }
}

fn bit_and(a: Kind, b: Kind) -> Kind {
    let mask = |k: Kind| (k.is_int() && k.bounds().0 >= 0).then(|| k.bounds().1);
    match (mask(a), mask(b)) {
        (Some(a), Some(b)) => Kind::range(0, a.min(b)),
        (Some(m), None) | (None, Some(m)) => Kind::range(0, m),
        _ => Kind::I32,
    }
}

fn bit_or(a: Kind, b: Kind) -> Kind {
    if a.is_int() && b.is_int() && a.bounds().0 >= 0 && b.bounds().0 >= 0 {
        let bits = 64 - (a.bounds().1 | b.bounds().1).leading_zeros();
        Kind::range(0, (1i64 << bits) - 1)
    } else if a.is_int() && b == Kind::range(0, 0) {
        a
    } else {
        Kind::I32
    }
}

/// A shift to the right by a count, of an integer that fills with its sign.
fn shift_signed(a: Kind, count: Kind) -> Kind {
    match (a.is_int(), shift_count(count)) {
        (true, Some(count)) => {
            let (lo, hi) = a.bounds();
            Kind::range(lo >> count, hi >> count)
        }
        _ => Kind::I32,
    }
}

/// The same that fills with zeros; it may be above the integers.
fn shift_unsigned(a: Kind, count: Kind) -> Kind {
    match shift_count(count) {
        Some(_) if a.is_int() && a.bounds().0 >= 0 => shift_signed(a, count),
        Some(count) => Kind::range(0, i64::from(u32::MAX >> count)),
        None => Kind::range(0, i64::from(u32::MAX)),
    }
}

/// A constant shift count.
fn shift_count(kind: Kind) -> Option<u32> {
    let (lo, hi) = kind.bounds();
    (kind.is_int() && lo == hi).then_some(lo as u32 & 31)
}

/// The range of an `i32` result. Instructions that exit have one only if they do not.
pub(super) fn unboxed(inst: &InstData, args: &[Kind]) -> Kind {
    if args.iter().any(|a| a.is_none()) {
        return Kind::NONE;
    }
    // What does not fit wraps, so that any integer may come out.
    let wrapping = |kind: Kind| if kind.is_int() { kind } else { Kind::I32 };
    match inst.op {
        Op::IConst => match inst.imm {
            Imm::I32(i) => Kind::range(i.into(), i.into()),
            _ => Kind::I32,
        },
        Op::UnboxI32 => args[0].ints(),
        Op::IAdd => wrapping(numbers(args, |a, b| (a.0 + b.0, a.1 + b.1))),
        Op::ISub => wrapping(numbers(args, |a, b| (a.0 - b.1, a.1 - b.0))),
        Op::IMul => wrapping(multiply(args[0], args[1])),
        Op::IAddOvf => numbers(args, |a, b| (a.0 + b.0, a.1 + b.1)).ints(),
        Op::ISubOvf => numbers(args, |a, b| (a.0 - b.1, a.1 - b.0)).ints(),
        Op::IMulOvf => multiply(args[0], args[1]).ints(),
        Op::IRemS => wrapping(remainder(args[0], args[1])),
        Op::IAnd => bit_and(args[0], args[1]),
        Op::IOr | Op::IXor => bit_or(args[0], args[1]),
        Op::ISar => shift_signed(args[0], args[1]),
        Op::IShr => wrapping(shift_unsigned(args[0], args[1])),
        Op::BoolToI32 => Kind::range(0, 1),
        Op::ArrayLen | Op::TypedLen => Kind::LENGTH,
        Op::StrLength => Kind::range(0, MAX_STRING_LENGTH),
        Op::StrUnit => Kind::range(0, 0xffff),
        _ => Kind::I32,
    }
}
