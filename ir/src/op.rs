//! The op table.
//!
//! One row an op: name in the text form, operand types, result type, immediate, effects, meaning. Operand
//! type `*` stands for any number of further `val`s. A `val` operand accepts any JavaScript value unless the row says
//! otherwise; rows that state a precondition ("must be a number") rely on the pass that introduces them.
//!
//! Ops with the effect `throws` may end a block: then the block's terminator can be
//! [`Terminator::Exit`](Terminator), whose second edge is taken when the op throws. Anywhere else a throwing op leaves the
//! function. Ops with `exits` (checked arithmetic) *must* end their block with such a terminator; its second edge is
//! taken when the result does not fit, and the op's result is then undefined.
use crate::module::BlockCall;
use crate::types::{Type, Value};

/// What an op may do beside computing its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effects {
    /// May throw (anything that may run user code also may).
    pub throws: bool,
    /// Reads memory that others write.
    pub reads: bool,
    /// Writes memory that others read, or has another effect that can be seen.
    pub writes: bool,
    /// May allocate, so may collect: all live references must be in roots.
    pub allocates: bool,
    /// Leaves its block by the exit edge on overflow.
    pub exits: bool,
}

impl Effects {
    /// No effect at all.
    pub const PURE: Effects =
        Effects { throws: false, reads: false, writes: false, allocates: false, exits: false };
    /// Reads only.
    pub const READS: Effects = Effects { reads: true, ..Effects::PURE };
    /// Writes only.
    pub const WRITES: Effects = Effects { writes: true, ..Effects::PURE };
    /// Makes an object; running out of memory throws.
    pub const ALLOCATES: Effects = Effects { throws: true, allocates: true, ..Effects::PURE };
    /// May run any user code.
    pub const ANY: Effects =
        Effects { throws: true, reads: true, writes: true, allocates: true, exits: false };
    /// May throw and reads, nothing else (throwing allocates the error).
    pub const THROWS: Effects = Effects { throws: true, reads: true, allocates: true, ..Effects::PURE };
    /// Checked arithmetic.
    pub const EXITS: Effects = Effects { exits: true, ..Effects::PURE };

    /// Whether an unused instruction with these effects can go.
    pub fn removable(self) -> bool {
        !(self.throws || self.writes || self.exits)
    }
}

/// The kind of immediate that an op carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImmKind {
    /// None.
    None,
    /// A 32-bit integer.
    I32,
    /// A double.
    F64,
    /// A boolean.
    Bool,
    /// A constant JavaScript value, see [`crate::module::Const`].
    Const,
    /// A string constant, such as a property name.
    Str,
    /// String constants: the keys of an object literal.
    Keys,
    /// A function of the module.
    Func,
    /// A module variable.
    Global,
    /// A number: a capture's position.
    Index,
    /// Name of a global built-in, by number in `jerboa_abi::builtins::GLOBALS`.
    Builtin,
    /// Integer condition.
    IntCond,
    /// Float condition.
    FloatCond,
    /// Kind of error object and a message.
    Error,
}

/// Integer comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "names say it")]
pub enum IntCond {
    Eq,
    Ne,
    Slt,
    Sle,
    Sgt,
    Sge,
    Ult,
    Ule,
    Ugt,
    Uge,
}

/// Float comparison; all but `Ne` are false when an operand is NaN.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "names say it")]
pub enum FloatCond {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// Kind of a thrown error object.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "names say it")]
pub enum ErrorKind {
    Error,
    TypeError,
    RangeError,
    ReferenceError,
    SyntaxError,
}

/// Description of an op.
#[derive(Clone, Copy, Debug)]
pub struct OpInfo {
    /// Name in the text form.
    pub name: &'static str,
    /// Types of the fixed operands.
    pub operands: &'static [Type],
    /// Whether any number of `val`s may follow (for calls the callee's signature gives the types).
    pub variadic: bool,
    /// Result type; `None`: no result. `call_direct`, `load_global` and the like take it from what they name.
    pub result: Option<Type>,
    /// Whether the result type depends on the immediate.
    pub result_from_imm: bool,
    /// Immediate.
    pub imm: ImmKind,
    /// Effects.
    pub effects: Effects,
    /// Meaning.
    pub doc: &'static str,
}

macro_rules! result {
    (none) => {
        None
    };
    (imm) => {
        None
    };
    (val) => {
        Some(Type::Val)
    };
    (i32) => {
        Some(Type::I32)
    };
    (f64) => {
        Some(Type::F64)
    };
    (bool) => {
        Some(Type::Bool)
    };
}
macro_rules! from_imm {
    (imm) => {
        true
    };
    ($other:ident) => {
        false
    };
}
macro_rules! ty {
    (val) => {
        Type::Val
    };
    (i32) => {
        Type::I32
    };
    (f64) => {
        Type::F64
    };
    (bool) => {
        Type::Bool
    };
}
macro_rules! is_variadic {
    () => {
        false
    };
    (*) => {
        true
    };
}

macro_rules! ops {
    ($($(#[$sec:meta])* $id:ident $name:ident ($($arg:ident)* $(; $star:tt)?) -> $res:tt, $imm:ident, $eff:ident, $doc:literal;)*) => {
        /// An operation.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Op { $($(#[$sec])* #[doc = $doc] $id),* }

        impl Op {
            /// All ops.
            pub const ALL: &[Op] = &[$(Op::$id),*];

            /// The op's row.
            pub const fn info(self) -> &'static OpInfo {
                match self {
                    $(Op::$id => &OpInfo {
                        name: stringify!($name), operands: &[$(ty!($arg)),*], variadic: is_variadic!($($star)?),
                        result: result!($res), result_from_imm: from_imm!($res), imm: ImmKind::$imm,
                        effects: Effects::$eff, doc: $doc,
                    }),*
                }
            }

            /// The op of a name in the text form.
            pub fn from_name(name: &str) -> Option<Op> {
                match name { $(stringify!($name) => Some(Op::$id),)* _ => None }
            }
        }
    };
}

ops! {
    // Constants.
    IConst iconst() -> i32, I32, PURE, "A 32-bit integer.";
    FConst fconst() -> f64, F64, PURE, "A double.";
    BConst bconst() -> bool, Bool, PURE, "A boolean.";
    Const const_() -> val, Const, PURE, "A constant value: undefined, null, booleans, numbers, strings, empty.";

    // Arithmetic on any values: JavaScript's operators with all coercions.
    Add add(val val) -> val, None, ANY, "`a + b`.";
    Sub sub(val val) -> val, None, ANY, "`a - b`.";
    Mul mul(val val) -> val, None, ANY, "`a * b`.";
    Div div(val val) -> val, None, ANY, "`a / b`.";
    Rem rem(val val) -> val, None, ANY, "`a % b`.";
    Exp exp(val val) -> val, None, ANY, "`a ** b`.";
    BitAnd bit_and(val val) -> val, None, ANY, "`a & b`.";
    BitOr bit_or(val val) -> val, None, ANY, "`a | b`.";
    BitXor bit_xor(val val) -> val, None, ANY, "`a ^ b`.";
    Shl shl(val val) -> val, None, ANY, "`a << b`.";
    Sar sar(val val) -> val, None, ANY, "`a >> b`.";
    Shr shr(val val) -> val, None, ANY, "`a >>> b`.";
    Neg neg(val) -> val, None, ANY, "`-a`.";
    BitNot bit_not(val) -> val, None, ANY, "`~a`.";
    Inc inc(val) -> val, None, ANY, "`a + 1` where `a` is the result of `to_numeric`.";
    Dec dec(val) -> val, None, ANY, "`a - 1` where `a` is the result of `to_numeric`.";
    Lt lt(val val) -> bool, None, ANY, "`a < b`.";
    Le le(val val) -> bool, None, ANY, "`a <= b`.";
    Gt gt(val val) -> bool, None, ANY, "`a > b`.";
    Ge ge(val val) -> bool, None, ANY, "`a >= b`.";
    LooseEq loose_eq(val val) -> bool, None, ANY, "`a == b`.";
    StrictEq strict_eq(val val) -> bool, None, READS, "`a === b`.";
    InstanceOf instance_of(val val) -> bool, None, ANY, "`a instanceof b`.";
    In in_(val val) -> bool, None, ANY, "`a in b`.";
    TypeOf type_of(val) -> val, None, ALLOCATES, "`typeof a`: a string.";
    Not not(bool) -> bool, None, PURE, "Negation.";

    // Arithmetic on values known to be numbers: never throws anything but out-of-memory (boxing), runs no user code.
    NumAdd num_add(val val) -> val, None, ALLOCATES, "Both operands must be numbers.";
    NumSub num_sub(val val) -> val, None, ALLOCATES, "Both operands must be numbers.";
    NumMul num_mul(val val) -> val, None, ALLOCATES, "Both operands must be numbers.";
    NumLt num_lt(val val) -> bool, None, PURE, "Both operands must be numbers.";
    NumLe num_le(val val) -> bool, None, PURE, "Both operands must be numbers.";

    // Conversions of values.
    ToBool to_bool(val) -> bool, None, PURE, "ToBoolean.";
    ToNumeric to_numeric(val) -> val, None, ANY, "ToNumber, kept as a value.";
    ToF64 to_f64(val) -> f64, None, ANY, "ToNumber.";
    ToI32 to_i32(val) -> i32, None, ANY, "ToInt32.";
    ToStr to_str(val) -> val, None, ANY, "ToString: a string.";
    ToKey to_key(val) -> val, None, ANY, "ToPropertyKey: a string, symbol or small integer.";
    Concat concat(;*) -> val, None, ANY, "Concatenation of ToString of each operand, left to right (template literals).";

    // Between representations.
    BoxI32 box_i32(i32) -> val, None, ALLOCATES, "The value of an integer.";
    BoxU32 box_u32(i32) -> val, None, ALLOCATES, "The value of the operand's bits as an unsigned integer.";
    BoxF64 box_f64(f64) -> val, None, ALLOCATES, "The value of a double (integral doubles in range become small integers).";
    BoxBool box_bool(bool) -> val, None, PURE, "The value of a boolean.";
    UnboxI32 unbox_i32(val) -> i32, None, PURE, "The operand must be a number that is an integer in the range of i32 (not -0).";
    UnboxF64 unbox_f64(val) -> f64, None, PURE, "The operand must be a number.";
    UnboxBool unbox_bool(val) -> bool, None, PURE, "The operand must be a boolean.";
    IsInt is_int(val) -> bool, None, PURE, "Whether the operand is a small integer.";
    IsNumber is_number(val) -> bool, None, PURE, "Whether the operand is a number.";
    IsEmpty is_empty(val) -> bool, None, PURE, "Whether the operand is the empty marker (TDZ, end of iteration).";
    IsUndefined is_undefined(val) -> bool, None, PURE, "Whether the operand is undefined.";
    IsNullish is_nullish(val) -> bool, None, PURE, "Whether the operand is undefined or null.";
    I32ToF64 i32_to_f64(i32) -> f64, None, PURE, "Exact.";
    U32ToF64 u32_to_f64(i32) -> f64, None, PURE, "The operand's bits as an unsigned integer; exact.";
    F64ToI32 f64_to_i32(f64) -> i32, None, PURE, "ToInt32: modulo 2^32, NaN and infinities give 0.";
    BoolToI32 bool_to_i32(bool) -> i32, None, PURE, "1 or 0.";

    // 32-bit integers.
    IAdd iadd(i32 i32) -> i32, None, PURE, "Wraps.";
    ISub isub(i32 i32) -> i32, None, PURE, "Wraps.";
    IMul imul(i32 i32) -> i32, None, PURE, "Wraps.";
    IDivS idiv_s(i32 i32) -> i32, None, PURE, "Truncating; the divisor must not be 0, nor -1 with INT_MIN.";
    IRemS irem_s(i32 i32) -> i32, None, PURE, "Sign of the dividend; the divisor must not be 0, nor -1 with INT_MIN.";
    IAnd iand(i32 i32) -> i32, None, PURE, "Bitwise.";
    IOr ior(i32 i32) -> i32, None, PURE, "Bitwise.";
    IXor ixor(i32 i32) -> i32, None, PURE, "Bitwise.";
    IShl ishl(i32 i32) -> i32, None, PURE, "Shift count modulo 32.";
    ISar isar(i32 i32) -> i32, None, PURE, "Shift count modulo 32; copies the sign.";
    IShr ishr(i32 i32) -> i32, None, PURE, "Shift count modulo 32; fills with zeros.";
    INot inot(i32) -> i32, None, PURE, "Bitwise.";
    ICmp icmp(i32 i32) -> bool, IntCond, PURE, "Comparison.";
    IAddOvf iadd_ovf(i32 i32) -> i32, None, EXITS, "Exits if the sum does not fit.";
    ISubOvf isub_ovf(i32 i32) -> i32, None, EXITS, "Exits if the difference does not fit.";
    IMulOvf imul_ovf(i32 i32) -> i32, None, EXITS, "Exits if the product does not fit, or is 0 with a negative operand (-0).";

    // Doubles.
    FAdd fadd(f64 f64) -> f64, None, PURE, "IEEE 754.";
    FSub fsub(f64 f64) -> f64, None, PURE, "IEEE 754.";
    FMul fmul(f64 f64) -> f64, None, PURE, "IEEE 754.";
    FDiv fdiv(f64 f64) -> f64, None, PURE, "IEEE 754.";
    FRem frem(f64 f64) -> f64, None, PURE, "JavaScript's `%`: C's fmod.";
    FNeg fneg(f64) -> f64, None, PURE, "Flips the sign.";
    FAbs fabs(f64) -> f64, None, PURE, "Clears the sign.";
    FSqrt fsqrt(f64) -> f64, None, PURE, "IEEE 754.";
    FFloor ffloor(f64) -> f64, None, PURE, "Towards minus infinity.";
    FCeil fceil(f64) -> f64, None, PURE, "Towards plus infinity.";
    FTrunc ftrunc(f64) -> f64, None, PURE, "Towards zero.";
    FCmp fcmp(f64 f64) -> bool, FloatCond, PURE, "Comparison.";
    FToBool f_to_bool(f64) -> bool, None, PURE, "ToBoolean: false for 0, -0 and NaN.";

    // Objects.
    NewObject new_object(;*) -> val, Keys, ALLOCATES, "Object literal with these keys in this order (no duplicates, no array indices) and values; prototype Object.prototype.";
    NewArray new_array(;*) -> val, None, ALLOCATES, "Array of the operands.";
    ArrayPush array_push(val val) -> none, None, ANY, "Appends to an array literal under construction.";
    ArrayAppend array_append(val val) -> none, None, ANY, "Appends every element that iterating the second operand gives (spread).";
    GetProp get_prop(val) -> val, Str, ANY, "`a.name`.";
    SetProp set_prop(val val) -> none, Str, ANY, "`a.name = b` (strict: failure throws).";
    GetElem get_elem(val val) -> val, None, ANY, "`a[b]`; `b` any value.";
    GetElemI get_elem_i(val i32) -> val, None, ANY, "`a[b]`.";
    SetElemI set_elem_i(val i32 val) -> none, None, ANY, "`a[b] = c` (strict).";
    ArrayLen array_len(val) -> i32, None, READS, "`a.length`; the operand must be an array.";
    TypedLen typed_len(val) -> i32, None, READS, "`a.length`; the operand must be a typed array.";
    TypedGetI typed_get_i(val i32) -> i32, Index, READS, "`a[b]` as an i32, 0 beyond the end; the operand must be a typed array whose elements are integers, of the type that the immediate gives.";
    TypedGetF typed_get_f(val i32) -> f64, Index, READS, "`a[b]`, NaN beyond the end; the operand must be a typed array whose elements are floats, of the type that the immediate gives.";
    TypedSetI typed_set_i(val i32 i32) -> none, Index, WRITES, "`a[b] = c` for integers, nothing beyond the end; see `typed_get_i`.";
    TypedSetF typed_set_f(val i32 f64) -> none, Index, WRITES, "`a[b] = c` for floats, nothing beyond the end; see `typed_get_f`.";
    SetElem set_elem(val val val) -> none, None, ANY, "`a[b] = c` (strict).";
    DeleteProp delete_prop(val) -> bool, Str, ANY, "`delete a.name` (strict).";
    DeleteElem delete_elem(val val) -> bool, None, ANY, "`delete a[b]` (strict).";
    DefineField define_field(val val val) -> none, None, ANY, "Own enumerable data property `b` of literal `a` becomes `c` (computed keys, repeated keys, array indices).";
    DefineGetter define_getter(val val val) -> none, None, ANY, "Accessor of an object literal: object, key, function.";
    DefineSetter define_setter(val val val) -> none, None, ANY, "Accessor of an object literal: object, key, function.";
    SetProto set_proto(val val) -> none, None, ANY, "`__proto__: b` in a literal: sets the prototype if `b` is an object or null.";

    // Strings.
    StrLength str_length(val) -> i32, None, ALLOCATES, "Length in UTF-16 code units; the operand must be a string.";
    StrUnit str_unit(val i32) -> i32, None, ALLOCATES, "UTF-16 code unit at an index below the length; the operand must be a string.";

    // Functions and variables.
    Closure closure(;*) -> val, Func, ALLOCATES, "Closure of a function over captured values (cells or immutable values).";
    LoadCapture load_capture(val) -> val, Index, READS, "Captured value of a closure (the operand is the callee parameter).";
    StoreCapture store_capture(val val) -> none, Index, WRITES, "Overwrites a captured value in the closure itself.";
    NewCell new_cell(val) -> val, None, ALLOCATES, "A shared variable.";
    LoadCell load_cell(val) -> val, None, READS, "Content of a cell.";
    StoreCell store_cell(val val) -> none, None, WRITES, "Sets the content of a cell.";
    LoadGlobal load_global() -> imm, Global, READS, "Module variable.";
    StoreGlobal store_global(;*) -> none, Global, WRITES, "Sets a module variable; one operand of its type.";
    Builtin builtin() -> val, Builtin, READS, "Global built-in by name, as it stands at start.";
    GlobalObject global_object() -> val, None, READS, "The global object (`globalThis`).";
    CheckInit check_init(val) -> none, Str, THROWS, "Throws ReferenceError `Cannot access 'name' before initialization` if the operand is empty.";
    ThrowError throw_error() -> none, Error, THROWS, "Throws a new error of the kind with the message. Followed by unreachable or an exit terminator.";

    // Calls. The callee's text for messages is found through the source position.
    Call call(val val; *) -> val, None, ANY, "Calls value `a` with this `b` and arguments.";
    CallMethod call_method(val; *) -> val, Str, ANY, "`a.name(…)`.";
    CallElem call_elem(val val; *) -> val, None, ANY, "`a[b](…)`.";
    CallArray call_array(val val val) -> val, None, ANY, "Calls `a` with this `b` and the elements of array `c` (spread).";
    CallDirect call_direct(;*) -> imm, Func, ANY, "Calls a known function; one operand for each parameter of its signature.";
    New new(val; *) -> val, None, ANY, "`new a(…)`.";
    NewInstance new_instance(val) -> val, None, ANY, "The object that `new` makes for a base constructor, where `new.target` is `a`, a constructor.";
    HasClass has_class(val) -> bool, Func, READS, "Whether the operand is an object with the properties that a constructor gives it and no others, and inherits from the constructor's prototype. Followed by the branch on it.";
    NewArrayArgs new_array_args(val val) -> val, None, ANY, "`new a(...b)` with array `b`.";

    // Iteration.
    ForInStart for_in_start(val) -> val, None, ANY, "Iteration state over the enumerable string keys of `a` and its prototypes; none if nullish.";
    ForInNext for_in_next(val) -> val, None, ANY, "Next key that still exists, or empty.";
    IterStart iter_start(val) -> val, None, ANY, "Iteration state of for-of and spread.";
    IterNext iter_next(val) -> val, None, ANY, "Next value, or empty at the end.";
    IterClose iter_close(val) -> none, None, ANY, "Leaves an iteration early.";

    // Suspension, which `passes::coroutine` removes before all other passes.
    Yield yield_(val) -> val, Index, WRITES, "Suspends the function, for the reason that the immediate gives; the value that it is resumed with.";
    ResumeMode resume_mode() -> val, None, READS, "How it was resumed: 0 to go on, 1 to throw the value, 2 to return it. Directly after `yield_`.";

    // Exceptions.
    Catch catch() -> val, None, WRITES, "First op of an exception handler: the thrown value, which is no longer pending.";
}

/// How a block ends.
#[derive(Clone, PartialEq, Debug)]
pub enum Terminator {
    /// Goes on at a block.
    Jump(BlockCall),
    /// Two-way branch on a boolean.
    Branch {
        /// Type bool.
        cond: Value,
        /// When true.
        then: BlockCall,
        /// When false.
        otherwise: BlockCall,
    },
    /// The block's last instruction throws or exits: `next` when it did not, `exit` when it did. The
    /// instruction's result must not be used on the exit edge.
    Exit {
        /// Normal continuation.
        next: BlockCall,
        /// Handler or overflow path.
        exit: BlockCall,
    },
    /// Returns a value of the function's result type.
    Return(Value),
    /// Throws out of the function (a throw inside a try region jumps to its handler after `SetPending`; see builder).
    Throw {
        /// What is thrown.
        value: Value,
        /// The handler in this function, if there is one.
        handler: Option<BlockCall>,
    },
    /// Never reached.
    Unreachable,
}
