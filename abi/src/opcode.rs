//! The bytecode: one row an instruction.
//!
//! A byte stream: the opcode, then the operands without padding, multi-byte ones little-endian. The order of the rows is
//! the numbering. Encoder, disassembler, verifier and interpreter are derived from this table.
//!
//! # Registers
//!
//! A function has two register files, so the class of a register is known from the operand's kind alone and
//! neither the collector nor the verifier follows the flow of data.
//!
//! * *Tagged* registers are words of the frame on the tagged stack, from the frame pointer upwards. Parameters come
//!   first (the callee and `this` are registers 0 and 1 of a function that can be called through a value), then locals.
//!   They all hold values at any time: the instruction `enter` sets those above the parameters to `undefined`.
//!   The stack pointer stands just above them while the function runs; what lies above is not scanned. There the
//!   *window* of the next call is laid out: callee, `this`, arguments (for a direct call the tagged parameters in order).
//!   Only instructions without a collection point may stand between the first write to a window and the instruction
//!   that uses it. The callee's frame begins at the window.
//! * *Raw* registers are words on the raw stack, which grows down: register `k` is the word at raw pointer + 4k. A double
//!   takes two. Register number `raw` (the frame's size, stated by `enter`) is the return address; above it are the
//!   caller's lowest raw registers, where it has put the raw arguments in order.
//!
//! A return address points behind a call, whose last two operands are read at the return: how far the frame pointer
//! goes back, in words, and the register for the result, in the file that the callee's result type names.
//!
//! One byte names a register by its offset in bytes, so that the interpreter adds it to the frame's address as it is: there are
//! [`NEAR`] registers for such operands, window words included. Those beyond are reached through `tload`, `tstore` and the like
//! only. Other operands of one byte that number or count words are stated in bytes too, where that saves a shift
//! ([`Kind::scale`]).
//!
//! # Jumps
//!
//! Offsets count from the start of the jump instruction. A jump that goes backwards costs one unit of fuel.

/// What an operand is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Tagged register that is read, `u8`.
    T,
    /// Tagged register (or window word) that is written, `u8`.
    Td,
    /// Raw register that is read: i32 or boolean, `u8`.
    R,
    /// Raw register that is written, `u8`.
    Rd,
    /// Raw register pair that is read: double, `u8`.
    F,
    /// Raw register pair that is written, `u8`.
    Fd,
    /// Tagged register or window word by a `u16`.
    T16,
    /// Raw register by a `u16`.
    R16,
    /// Raw register pair by a `u16`.
    F16,
    /// Signed immediate, 1 byte.
    I8,
    /// Signed immediate, 2 bytes.
    I16,
    /// Signed immediate, 4 bytes.
    I32,
    /// Count or number, 1 byte.
    N8,
    /// Number of registers, 1 byte.
    Words,
    /// Count or number, 2 bytes.
    N16,
    /// Constant, by index, 1 byte.
    K8,
    /// Constant, by index, 2 bytes.
    K16,
    /// Constant that is a string or a property key, by index, 2 bytes.
    Key16,
    /// Boxed double of the image's literals, by its offset in words, 1 byte.
    D8,
    /// Constant that is a boxed double, by index, 2 bytes.
    D16,
    /// Low byte of one of the constant words: undefined, null, false, true, empty.
    W8,
    /// Function, 2 bytes.
    Fn16,
    /// Built-in function of the image, by its number, 1 byte.
    Native8,
    /// Offset of a function's code from the start of this instruction, 2 bytes signed.
    Code16,
    /// Tagged module variable, 1 byte.
    G8,
    /// Tagged module variable, 2 bytes.
    G16,
    /// Word of the raw module variables, 2 bytes (the first of two for a double).
    Gr16,
    /// Shape of the image, by index, 2 bytes.
    S16,
    /// Field of the image that the object has, 1 byte.
    Field8,
    /// Field of the image that the object gets, 1 byte.
    Grow8,
    /// Jump offset, 1 byte signed.
    J8,
    /// Jump offset, 2 bytes signed.
    J16,
    /// Jump offset taken when the result does not fit, 2 bytes signed.
    X16,
    /// Words that the frame pointer goes back at the return: the number of tagged registers, 1 byte.
    Back,
    /// Result register of a call, in the file of the callee's result, 1 byte.
    Result,
    /// A [`Binary`], 1 byte.
    Bin,
    /// A [`Compare`], 1 byte.
    Cmp,
    /// A [`Unary`], 1 byte.
    Un,
    /// A [`Test`], 1 byte.
    Test,
    /// A [`FloatUnary`], 1 byte.
    Fun,
    /// A [`Define`], 1 byte.
    Def,
    /// A [`Condition`], 1 byte.
    Cond,
    /// An [`ErrorKind`], 1 byte.
    Err,
}

impl Kind {
    /// Size in bytes.
    pub const fn size(self) -> usize {
        match self {
            Kind::T16
            | Kind::R16
            | Kind::F16
            | Kind::I16
            | Kind::N16
            | Kind::K16
            | Kind::Key16
            | Kind::D16
            | Kind::Fn16
            | Kind::Code16
            | Kind::G16
            | Kind::Gr16
            | Kind::S16
            | Kind::J16
            | Kind::X16 => 2,
            Kind::I32 => 4,
            _ => 1,
        }
    }

    /// What the number is multiplied by in the code. Numbers of operands are given without it everywhere else.
    pub const fn scale(self) -> u8 {
        match self {
            Kind::T | Kind::Td | Kind::R | Kind::Rd | Kind::F | Kind::Fd => WORD,
            Kind::Words | Kind::G8 | Kind::Back | Kind::Result => WORD,
            _ => 1,
        }
    }

    /// Whether the operand is read as a signed number.
    pub const fn is_signed(self) -> bool {
        matches!(self, Kind::I8 | Kind::I16 | Kind::I32 | Kind::J8 | Kind::J16 | Kind::X16 | Kind::Code16)
    }
}

/// What an instruction does to the flow of control, and whether values may move meanwhile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// Goes on; never collects, never throws.
    Pure,
    /// Goes on, or throws; may collect.
    May,
    /// Goes on or jumps; never collects.
    Branch,
    /// Goes on or jumps, or throws; may collect.
    MayBranch,
    /// Only jumps.
    Jump,
    /// Uses a window as a call does; may throw and collect.
    Call,
    /// Does not go on.
    End,
}

/// An operand.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// Name for the documentation.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
}

/// Description of an instruction.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// Mnemonic.
    pub name: &'static str,
    /// Operands in order.
    pub operands: &'static [Operand],
    /// Flow.
    pub flow: Flow,
    /// Size in bytes, opcode included.
    pub size: usize,
    /// Meaning.
    pub doc: &'static str,
}

const fn size_of(operands: &[Operand]) -> usize {
    let mut size = 1;
    let mut i = 0;
    while i < operands.len() {
        size += operands[i].kind.size();
        i += 1;
    }
    size
}

/// Declares a one-byte operand's enumeration.
macro_rules! selector {
    ($(#[$doc:meta])* $name:ident { $($id:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the names are those of the IR's ops")]
        pub enum $name { $($id),* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$id),*];

            /// The one of a number.
            #[inline(always)]
            pub const fn from_byte(byte: u8) -> Option<$name> {
                // Not by an index: the interpreter would keep its check and the code of the panic.
                match byte {
                    $(byte if byte == $name::$id as u8 => Some($name::$id),)*
                    _ => None,
                }
            }

            /// Name in the disassembly.
            pub const fn name(self) -> &'static str {
                match self { $($name::$id => $text),* }
            }
        }
    };
}

selector!(
    /// Operation on two values.
    Binary {
        Add = "+", Sub = "-", Mul = "*", Div = "/", Rem = "%", BitAnd = "&", BitOr = "|", BitXor = "^",
        Shl = "<<", Sar = ">>", Shr = ">>>", Exp = "**",
    }
);
selector!(
    /// Comparison of two values.
    Compare {
        Lt = "<", Le = "<=", Gt = ">", Ge = ">=", StrictEq = "===", LooseEq = "==", InstanceOf = "instanceof",
        In = "in",
    }
);
selector!(
    /// Operation on one value.
    Unary { Neg = "neg", BitNot = "not", ToNumeric = "numeric", ToStr = "str", ToKey = "key", TypeOf = "typeof",
        NewInstance = "instance" }
);
selector!(
    /// Test of a value.
    Test {
        Int = "int", Number = "number", Empty = "empty", Undefined = "undefined", Nullish = "nullish",
        True = "true",
    }
);
selector!(
    /// Operation on one double.
    FloatUnary { Neg = "neg", Abs = "abs", Sqrt = "sqrt", Floor = "floor", Ceil = "ceil", Trunc = "trunc" }
);
selector!(
    /// Property definition in an object literal.
    Define { Field = "field", Getter = "getter", Setter = "setter" }
);
selector!(
    /// Comparison of machine numbers; the unsigned ones are for integers only.
    Condition { Eq = "eq", Ne = "ne", Lt = "lt", Le = "le", Ult = "ult", Ule = "ule" }
);
selector!(
    /// Kind of a thrown error object.
    ErrorKind {
        Error = "Error", TypeError = "TypeError", RangeError = "RangeError", ReferenceError = "ReferenceError",
        SyntaxError = "SyntaxError",
    }
);

macro_rules! opcodes {
    ($($id:ident $name:literal ($($op:ident: $kind:ident),*) $flow:ident $doc:literal;)*) => {
        /// An instruction's number.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Opcode { $(#[doc = $doc] $id),* }

        impl Opcode {
            /// All of them, in order.
            pub const ALL: &[Opcode] = &[$(Opcode::$id),*];

            /// The row.
            pub const fn info(self) -> &'static Info {
                match self {
                    $(Opcode::$id => {
                        const OPERANDS: &[Operand] =
                            &[$(Operand { name: stringify!($op), kind: Kind::$kind }),*];
                        const INFO: Info = Info { name: $name, operands: OPERANDS, flow: Flow::$flow, size: size_of(OPERANDS), doc: $doc };
                        &INFO
                    }),*
                }
            }

            /// Size in bytes, operands included.
            pub const fn size(self) -> usize {
                self.info().size
            }

            /// The instruction of a byte.
            pub const fn from_byte(byte: u8) -> Option<Opcode> {
                if (byte as usize) < Self::ALL.len() { Some(Self::ALL[byte as usize]) } else { None }
            }
        }
    };
}

opcodes! {
    // Frames.
    Exit "exit" () End "Leaves the interpreter with the result in the first word of the window; only in the header.";
    Enter "enter" (first: Words, clear: Words, raw: Words) May "Begins a function: `first` tagged registers were set by the caller, `clear` more are set to undefined; `raw` raw registers. Windows of up to 12 words.";
    EnterRaw "enter.r" (raw: Words) May "Begins a function without tagged registers.";
    EnterWide "enter.w" (first: N16, clear: N16, raw: N16, window: N16) May "As `enter`, with windows of up to `window` words.";
    FrameBack "frame.back" (words: N16, dst: T16) Pure "Behind a call whose `back` is 0: goes back `words` and moves the result from the window's first word.";
    FrameBackRaw "frame.back.r" (words: N16) Pure "The same when the result is raw.";
    Leave "leave" (words: N16) Pure "Drops the lowest raw registers of a large frame, right before the return.";
    Ret "ret" (value: T, raw: Words) End "Returns a value; `raw` is the number of raw registers.";
    RetU "ret.u" (raw: Words) End "Returns undefined.";
    RetR "ret.r" (value: R, raw: Words) End "Returns an integer or boolean.";
    RetF "ret.f" (value: F, raw: Words) End "Returns a double.";

    // Moves and constants.
    Mov "mov" (d: Td, s: T) Pure "Copies.";
    MovR "mov.r" (d: Rd, s: R) Pure "Copies.";
    MovF "mov.f" (d: Fd, s: F) Pure "Copies.";
    Swap "swap" (a: Td, b: Td) Pure "Exchanges: two variables that take each other's value in a loop.";
    SwapR "swap.r" (a: Rd, b: Rd) Pure "Exchanges.";
    TLoad "tload" (d: Td, s: T16) Pure "Copies from a far register.";
    TStore "tstore" (d: T16, s: T) Pure "Copies to a far register or window word.";
    RLoad "rload" (d: Rd, s: R16) Pure "Copies from a far register.";
    RStore "rstore" (d: R16, s: R) Pure "Copies to a far register.";
    FLoad "fload" (d: Fd, s: F16) Pure "Copies from a far register.";
    FStore "fstore" (d: F16, s: F) Pure "Copies to a far register.";
    LdK "ld" (d: Td, k: K8) Pure "A constant.";
    LdK16 "ld.16" (d: Td, k: K16) Pure "A constant.";
    LdD "ld.d" (d: Td, literal: D8) Pure "A boxed double.";
    LdI "ldi" (d: Td, value: I8) Pure "A small integer.";
    LdW "ldw" (d: Td, word: W8) Pure "A constant word.";
    LdFn "ldfn" (d: Td, function: Fn16) Pure "The closure of a function that captures nothing.";
    IConst "iconst" (d: Rd, value: I8) Pure "An integer.";
    IConst16 "iconst.16" (d: Rd, value: I16) Pure "An integer.";
    IConst32 "iconst.32" (d: Rd, value: I32) Pure "An integer.";
    FConst "fconst" (d: Fd, value: I8) Pure "An integral double.";
    FConstD "fconst.d" (d: Fd, literal: D8) Pure "A double.";
    FConstK "fconst.k" (d: Fd, k: D16) Pure "A double.";

    // Operators on values.
    Add "add" (d: Td, a: T, b: T) May "`a + b`.";
    Sub "sub" (d: Td, a: T, b: T) May "`a - b`.";
    Mul "mul" (d: Td, a: T, b: T) May "`a * b`.";
    Div "div" (d: Td, a: T, b: T) May "`a / b`.";
    Rem "rem" (d: Td, a: T, b: T) May "`a % b`.";
    And "and" (d: Td, a: T, b: T) May "`a & b`.";
    Or "or" (d: Td, a: T, b: T) May "`a | b`.";
    Xor "xor" (d: Td, a: T, b: T) May "`a ^ b`.";
    Shl "shl" (d: Td, a: T, b: T) May "`a << b`.";
    Sar "sar" (d: Td, a: T, b: T) May "`a >> b`.";
    Shr "shr" (d: Td, a: T, b: T) May "`a >>> b`.";
    MulAdd "mul.add" () Pure "Stands before `mul t, x, y` and `add d, s, t`: does both at once, without setting `t`, if all are small integers; else it does nothing.";
    BinaryOp "binary" (op: Bin, d: Td, a: T, b: T) May "Any of the operators.";
    AddI "add.i" (d: Td, a: T, b: I8) May "`a + b`.";
    SubI "sub.i" (d: Td, a: T, b: I8) May "`a - b`.";
    MulI "mul.i" (d: Td, a: T, b: I8) May "`a * b`.";
    AndI "and.i" (d: Td, a: T, b: I8) May "`a & b`.";
    OrI "or.i" (d: Td, a: T, b: I8) May "`a | b`.";
    ShlI "shl.i" (d: Td, a: T, b: I8) May "`a << b`.";
    SarI "sar.i" (d: Td, a: T, b: I8) May "`a >> b`.";
    ShrI "shr.i" (d: Td, a: T, b: I8) May "`a >>> b`.";
    UnaryOp "unary" (op: Un, d: Td, a: T) May "Operator of one value.";
    CompareOp "compare" (op: Cmp, d: Rd, a: T, b: T) May "Comparison as a boolean.";
    TestOp "test" (op: Test, d: Rd, a: T) Pure "Test as a boolean; `true` is ToBoolean.";
    Concat "concat" (d: Td, count: N8) Call "Concatenation of ToString of the window's words.";

    // Branches on values.
    JLt "jlt" (a: T, b: T, to: J8) MayBranch "Jumps if `a < b`.";
    JNlt "jnlt" (a: T, b: T, to: J8) MayBranch "Jumps unless `a < b`.";
    JLe "jle" (a: T, b: T, to: J8) MayBranch "Jumps if `a <= b`.";
    JNle "jnle" (a: T, b: T, to: J8) MayBranch "Jumps unless `a <= b`.";
    JGt "jgt" (a: T, b: T, to: J8) MayBranch "Jumps if `a > b`.";
    JNgt "jngt" (a: T, b: T, to: J8) MayBranch "Jumps unless `a > b`.";
    JGe "jge" (a: T, b: T, to: J8) MayBranch "Jumps if `a >= b`.";
    JNge "jnge" (a: T, b: T, to: J8) MayBranch "Jumps unless `a >= b`.";
    JLtI "jlt.i" (a: T, b: I8, to: J8) MayBranch "Jumps if `a < b`.";
    JNltI "jnlt.i" (a: T, b: I8, to: J8) MayBranch "Jumps unless `a < b`.";
    JLeI "jle.i" (a: T, b: I8, to: J8) MayBranch "Jumps if `a <= b`.";
    JNleI "jnle.i" (a: T, b: I8, to: J8) MayBranch "Jumps unless `a <= b`.";
    JGtI "jgt.i" (a: T, b: I8, to: J8) MayBranch "Jumps if `a > b`.";
    JNgtI "jngt.i" (a: T, b: I8, to: J8) MayBranch "Jumps unless `a > b`.";
    JGeI "jge.i" (a: T, b: I8, to: J8) MayBranch "Jumps if `a >= b`.";
    JNgeI "jnge.i" (a: T, b: I8, to: J8) MayBranch "Jumps unless `a >= b`.";
    JSeq "jseq" (a: T, b: T, to: J8) MayBranch "Jumps if `a === b`.";
    JSne "jsne" (a: T, b: T, to: J8) MayBranch "Jumps if `a !== b`.";
    JEq "jeq" (a: T, b: T, to: J8) MayBranch "Jumps if `a == b`.";
    JNe "jne" (a: T, b: T, to: J8) MayBranch "Jumps if `a != b`.";
    JIs "jis" (a: T, word: W8, to: J8) Branch "Jumps if the register is this constant word.";
    JIsnt "jisnt" (a: T, word: W8, to: J8) Branch "Jumps if the register is not this constant word.";
    JIsI "jis.i" (a: T, value: I8, to: J8) Branch "Jumps if the register is this integer.";
    JIsntI "jisnt.i" (a: T, value: I8, to: J8) Branch "Jumps if the register is not this integer.";
    JTrue "jtrue" (a: T, to: J8) Branch "Jumps if ToBoolean.";
    JFalse "jfalse" (a: T, to: J8) Branch "Jumps unless ToBoolean.";
    JNullish "jnullish" (a: T, to: J8) Branch "Jumps if undefined or null.";
    JNotNullish "jnotnullish" (a: T, to: J8) Branch "Jumps unless undefined or null.";
    JInt "jint" (a: T, to: J8) Branch "Jumps if the register is a small integer.";
    JNotInt "jnotint" (a: T, to: J8) Branch "Jumps unless the register is a small integer.";
    JClass "jclass" (a: T, shape: N16, to: J8) Branch "Jumps if the register is an object with this shape, given by its id.";
    JNotClass "jnotclass" (a: T, shape: N16, to: J8) Branch "Jumps unless the register is an object with this shape.";

    // Jumps.
    Jmp "jmp" (to: J8) Jump "Jumps.";
    Jmp16 "jmp.16" (to: J16) Jump "Jumps.";
    JNz "jnz" (a: R, to: J8) Branch "Jumps if not 0.";
    JZ "jz" (a: R, to: J8) Branch "Jumps if 0.";

    // 32-bit integers.
    IAdd "iadd" (d: Rd, a: R, b: R) Pure "Wraps.";
    ISub "isub" (d: Rd, a: R, b: R) Pure "Wraps.";
    IMul "imul" (d: Rd, a: R, b: R) Pure "Wraps.";
    IDiv "idiv" (d: Rd, a: R, b: R) Pure "Truncating; anything if there is no quotient.";
    IRem "irem" (d: Rd, a: R, b: R) Pure "Sign of the dividend; anything if there is no quotient.";
    IAnd "iand" (d: Rd, a: R, b: R) Pure "Bitwise.";
    IOr "ior" (d: Rd, a: R, b: R) Pure "Bitwise.";
    IXor "ixor" (d: Rd, a: R, b: R) Pure "Bitwise.";
    IShl "ishl" (d: Rd, a: R, b: R) Pure "Count modulo 32.";
    ISar "isar" (d: Rd, a: R, b: R) Pure "Count modulo 32.";
    IShr "ishr" (d: Rd, a: R, b: R) Pure "Count modulo 32.";
    IAddI "iadd.i" (d: Rd, a: R, b: I8) Pure "Wraps.";
    IRsubI "irsub.i" (d: Rd, a: R, b: I8) Pure "`b - a`; wraps.";
    IMulI "imul.i" (d: Rd, a: R, b: I8) Pure "Wraps.";
    IDivI "idiv.i" (d: Rd, a: R, b: I8) Pure "Truncating; `b` is neither 0 nor -1.";
    IRemI "irem.i" (d: Rd, a: R, b: I8) Pure "Sign of the dividend; `b` is neither 0 nor -1.";
    IAndI "iand.i" (d: Rd, a: R, b: I8) Pure "Bitwise.";
    IOrI "ior.i" (d: Rd, a: R, b: I8) Pure "Bitwise.";
    IXorI "ixor.i" (d: Rd, a: R, b: I8) Pure "Bitwise.";
    IShlI "ishl.i" (d: Rd, a: R, b: I8) Pure "Count modulo 32.";
    ISarI "isar.i" (d: Rd, a: R, b: I8) Pure "Count modulo 32.";
    IShrI "ishr.i" (d: Rd, a: R, b: I8) Pure "Count modulo 32.";
    IAddX "iadd.x" (d: Rd, a: R, b: R, to: X16) Branch "Jumps if the sum does not fit.";
    ISubX "isub.x" (d: Rd, a: R, b: R, to: X16) Branch "Jumps if the difference does not fit.";
    IMulX "imul.x" (d: Rd, a: R, b: R, to: X16) Branch "Jumps if the product does not fit or is -0.";
    IAddIX "iadd.ix" (d: Rd, a: R, b: I8, to: X16) Branch "Jumps if the sum does not fit.";
    ICmp "icmp" (op: Cond, d: Rd, a: R, b: R) Pure "Comparison as a boolean.";
    JIeq "jieq" (a: R, b: R, to: J8) Branch "Jumps if equal.";
    JIne "jine" (a: R, b: R, to: J8) Branch "Jumps if not equal.";
    JIlt "jilt" (a: R, b: R, to: J8) Branch "Jumps if less.";
    JIle "jile" (a: R, b: R, to: J8) Branch "Jumps if less or equal.";
    JUlt "jult" (a: R, b: R, to: J8) Branch "Jumps if less as unsigned.";
    JUle "jule" (a: R, b: R, to: J8) Branch "Jumps if less or equal as unsigned.";
    JIeqI "jieq.i" (a: R, b: I8, to: J8) Branch "Jumps if equal.";
    JIneI "jine.i" (a: R, b: I8, to: J8) Branch "Jumps if not equal.";
    JIltI "jilt.i" (a: R, b: I8, to: J8) Branch "Jumps if less.";
    JIleI "jile.i" (a: R, b: I8, to: J8) Branch "Jumps if less or equal.";
    JIgtI "jigt.i" (a: R, b: I8, to: J8) Branch "Jumps if greater.";
    JIgeI "jige.i" (a: R, b: I8, to: J8) Branch "Jumps if greater or equal.";
    AddJlt "add.jlt" (a: Rd, step: I8, limit: R, to: J8) Branch "`a += step` (wraps), then jumps if `a < limit`: the tail of a counting loop.";
    AddJltI "add.jlt.i" (a: Rd, step: I8, limit: I8, to: J8) Branch "The same with a small limit.";
    AddJltR "add.jlt.r" (a: Rd, step: R, limit: R, to: J8) Branch "The same with a step from a register.";

    // Doubles.
    FAdd "fadd" (d: Fd, a: F, b: F) Pure "IEEE 754.";
    FSub "fsub" (d: Fd, a: F, b: F) Pure "IEEE 754.";
    FMul "fmul" (d: Fd, a: F, b: F) Pure "IEEE 754.";
    FDiv "fdiv" (d: Fd, a: F, b: F) Pure "IEEE 754.";
    FRem "frem" (d: Fd, a: F, b: F) Pure "C's fmod.";
    FUnary "funary" (op: Fun, d: Fd, a: F) Pure "Operation on one double.";
    FCmp "fcmp" (op: Cond, d: Rd, a: F, b: F) Pure "Comparison as a boolean.";
    FTest "ftest" (d: Rd, a: F) Pure "ToBoolean.";
    JFlt "jflt" (a: F, b: F, to: J8) Branch "Jumps if less.";
    JFnlt "jfnlt" (a: F, b: F, to: J8) Branch "Jumps unless less.";
    JFle "jfle" (a: F, b: F, to: J8) Branch "Jumps if less or equal.";
    JFnle "jfnle" (a: F, b: F, to: J8) Branch "Jumps unless less or equal.";
    JFeq "jfeq" (a: F, b: F, to: J8) Branch "Jumps if equal.";
    JFne "jfne" (a: F, b: F, to: J8) Branch "Jumps if not equal.";

    // Between representations.
    BoxI "box.i" (d: Td, a: R) May "The value of an integer.";
    BoxU "box.u" (d: Td, a: R) May "The value of the bits as an unsigned integer.";
    BoxF "box.f" (d: Td, a: F) May "The value of a double.";
    BoxB "box.b" (d: Td, a: R) Pure "The value of a boolean.";
    UnboxI "unbox.i" (d: Rd, a: T) Pure "The operand is a number in the range of i32.";
    UnboxF "unbox.f" (d: Fd, a: T) Pure "The operand is a number.";
    UnboxB "unbox.b" (d: Rd, a: T) Pure "The operand is a boolean.";
    ToI "to.i" (d: Rd, a: T) May "ToInt32.";
    ToF "to.f" (d: Fd, a: T) May "ToNumber.";
    I2F "i2f" (d: Fd, a: R) Pure "Exact.";
    U2F "u2f" (d: Fd, a: R) Pure "The bits as an unsigned integer; exact.";
    F2I "f2i" (d: Rd, a: F) Pure "ToInt32.";

    // Objects.
    NewObject "new.object" (d: Td, shape: S16) Call "Object of a shape; the window has one word for each key.";
    NewArray "new.array" (d: Td, count: N8) Call "Array of the window's words.";
    ArrayPush "array.push" (array: T, value: T) May "Appends to a literal.";
    JPush "jpush" (d: Td, array: T, value: T, over: X16) MayBranch "`array.push(value)` and a jump if the array's `push` is the built-in one.";
    ArrayAppend "array.append" (array: T, iterable: T) May "Appends all of an iteration.";
    GetProp "get" (d: Td, object: T, key: Key16) May "`object.key`.";
    SetProp "set" (object: T, key: Key16, value: T) May "`object.key = value`.";
    GetField "get.field" (d: Td, object: T, field: Field8) May "`object.key`, where a field of the image says of which shape the object probably is.";
    SetField "set.field" (object: T, field: Field8, value: T) May "`object.key = value` with a field.";
    InitField "init.field" (object: T, field: Grow8, value: T) May "The same where the property is probably new.";
    GetLength "get.length" (d: Td, object: T) May "`object.length`.";
    ArrayLen "array.len" (d: Rd, array: T) Pure "Length of an array; 0 for anything else.";
    GetElem "get.elem" (d: Td, object: T, key: T) May "`object[key]`.";
    GetElemI "get.elem.i" (d: Td, object: T, index: R) May "`object[index]`.";
    GetElemX "get.elem.x" (d: Td, object: T, base: R, index: R) May "`object[base + index]`; the sum wraps.";
    SetElem "set.elem" (object: T, key: T, value: T) May "`object[key] = value`.";
    SetElemI "set.elem.i" (object: T, index: R, value: T) May "`object[index] = value`.";
    TypedLen "typed.len" (d: Rd, array: T) Pure "Length of a typed array; 0 for anything else.";
    TypedGetI "typed.get.i" (d: Rd, array: T, index: R) Pure "`array[index]` of a typed array of integers; 0 for anything else.";
    TypedGetF "typed.get.f" (d: Fd, array: T, index: R) Pure "`array[index]` of a typed array of floats; NaN for anything else.";
    TypedSetI "typed.set.i" (array: T, index: R, value: R) Pure "`array[index] = value` of a typed array of integers.";
    TypedSetF "typed.set.f" (array: T, index: R, value: F) Pure "`array[index] = value` of a typed array of floats.";
    DeleteProp "delete" (d: Rd, object: T, key: Key16) May "`delete object.key`.";
    DeleteElem "delete.elem" (d: Rd, object: T, key: T) May "`delete object[key]`.";
    DefineOp "define" (what: Def, object: T, key: T, value: T) May "Defines a property of an object literal.";
    SetProto "set.proto" (object: T, proto: T) May "`__proto__: proto` in a literal.";

    // Strings.
    StrLength "str.length" (d: Rd, string: T) May "Length of a string; a rope in the register becomes flat.";
    StrUnit "str.unit" (d: Rd, string: T, index: R) May "UTF-16 code unit of a string; 0 if there is none. A rope in the register becomes flat.";

    // Functions and variables.
    Closure "closure" (d: Td, function: Fn16, count: N8) Call "Closure over the window's words.";
    LoadCapture "ldcap" (d: Td, closure: T, index: N8) Pure "A captured value; undefined if there is none.";
    StoreCapture "stcap" (closure: T, index: N8, value: T) Pure "Overwrites a captured value.";
    NewCell "new.cell" (d: Td, value: T) May "A shared variable.";
    LoadCell "ldcell" (d: Td, cell: T) Pure "Content of a cell.";
    StoreCell "stcell" (cell: T, value: T) Pure "Sets the content of a cell.";
    LdG "ldg" (d: Td, global: G8) Pure "A module variable.";
    StG "stg" (global: G8, value: T) Pure "Sets a module variable.";
    LdG16 "ldg.16" (d: Td, global: G16) Pure "A module variable.";
    StG16 "stg.16" (global: G16, value: T) Pure "Sets a module variable.";
    LdGR "ldg.r" (d: Rd, word: Gr16) Pure "An integer or boolean module variable.";
    StGR "stg.r" (word: Gr16, value: R) Pure "Sets an integer or boolean module variable.";
    LdGF "ldg.f" (d: Fd, word: Gr16) Pure "A double module variable.";
    StGF "stg.f" (word: Gr16, value: F) Pure "Sets a double module variable.";
    GlobalObject "global" (d: Td) May "`globalThis`.";
    CheckInit "check.init" (a: T, name: Key16) May "Throws a ReferenceError if the register is empty.";

    // Calls. The last two operands are read at the return.
    Call "call" (argc: N8, back: Back, d: Result) Call "Calls the window's first word.";
    CallNative "call.n" (native: Native8, argc: N8, back: Back, d: Result) Call "Calls a built-in function with `undefined` as `this`; the window's first two words are not set.";
    CallMethod "call.m" (key: Key16, argc: N8, back: Back, d: Result) Call "Calls the property of the window's `this`; the window's first word is not set.";
    CallElem "call.e" (argc: N8, back: Back, d: Result) Call "The same; the key is the window's first word.";
    CallArray "call.a" (back: Back, d: Result) Call "Window: callee, `this`, array of the arguments.";
    CallDirect "call.d" (code: Code16, back: Back, d: Result) Call "Calls a known function that is near; the window has its parameters.";
    CallFar "call.f" (function: Fn16, back: Back, d: Result) Call "Calls a known function.";
    New "new" (argc: N8, back: Back, d: Result) Call "`new`; window: the new object (not set), callee, `this` (not set), arguments. The callee's frame begins at the second word; `new.end` follows.";
    NewSpread "new.a" (back: Back, d: Result) Call "`new` with an array of the arguments in the place of the first.";
    NewEnd "new.end" (d: Td) Pure "If the register holds no object, puts the new object there; drops the window's first word.";

    // Iteration.
    ForInStart "forin" (d: Td, object: T) May "State of a for-in loop.";
    ForInNext "forin.next" (d: Td, state: T) May "Next key, or empty.";
    IterStart "iter" (d: Td, iterable: T) May "State of a for-of loop.";
    IterNext "iter.next" (d: Td, state: T) May "Next value, or empty.";
    IterClose "iter.close" (state: T) May "Leaves an iteration early.";

    // Exceptions.
    Throw "throw" (value: T) End "Throws.";
    ThrowError "throw.error" (kind: Err, message: Key16) End "Throws a new error.";
    Catch "catch" (d: Td) Pure "Takes the pending exception.";
    Unreachable "unreachable" () End "Never reached in a correct program: stops the program.";
}

/// Bytes in a word.
const WORD: u8 = 4;
/// Registers of either file, or module variables, that one byte names.
pub const NEAR: u16 = 256 / WORD as u16;
/// Window words that a frame may use without stating it in `enter.w`.
pub const WINDOW_DEFAULT: usize = 12;
/// The most arguments of a call instruction; calls with more pass an array.
pub const MAX_ARGUMENTS: usize = 60;

#[cfg(test)]
mod tests {
    extern crate std;

    use std::format;

    use super::*;

    #[test]
    fn numbers_round_trip() {
        for (i, op) in Opcode::ALL.iter().enumerate() {
            assert_eq!(Opcode::from_byte(i as u8), Some(*op));
        }
        assert!(Opcode::ALL.len() < 256);
        assert_eq!(Opcode::from_byte(255), None);
    }

    /// The interpreter computes the operator of a slow path from the instruction's number.
    #[test]
    fn operators_are_in_the_order_of_their_selectors() {
        let at = |first: Opcode, i: usize| Opcode::ALL[first as usize + i].info().doc;
        for (i, operator) in Binary::ALL.iter().filter(|o| **o != Binary::Exp).enumerate() {
            assert_eq!(at(Opcode::Add, i), format!("`a {} b`.", operator.name()));
        }
        for (i, comparison) in Compare::ALL[..4].iter().enumerate() {
            for first in [Opcode::JLt, Opcode::JLtI] {
                assert_eq!(at(first, 2 * i), format!("Jumps if `a {} b`.", comparison.name()));
                assert_eq!(at(first, 2 * i + 1), format!("Jumps unless `a {} b`.", comparison.name()));
            }
        }
    }

    #[test]
    fn calls_end_with_the_operands_of_the_return() {
        for op in Opcode::ALL {
            let operands = op.info().operands;
            if let Some(at) = operands.iter().position(|o| o.kind == Kind::Back) {
                assert_eq!(at + 2, operands.len(), "{}", op.info().name);
                assert_eq!(operands[at + 1].kind, Kind::Result, "{}", op.info().name);
            }
        }
    }
}
