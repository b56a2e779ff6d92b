//! The runtime's entry points for compiled code.
//!
//! One row an entry: identifier, linker symbol, parameter kinds, result kind. The lowering to CLIF declares calls from these
//! rows, the runtime implements them in `runtime-rt/src/aot/`, and a test compares the two.
//!
//! # Convention
//!
//! All are `extern "C"`. A parameter `sp` is the top of the tagged stack: every word between the stack's base and
//! it is a valid value and a root. Operands in registers are not roots; an entry that may collect pushes them
//! itself. A parameter `top` is an `sp` too, with operands just below it: the last one at `top[-1]`. They
//! belong to the callee, which may overwrite them.
//!
//! | result   | meaning                                                                           |
//! |----------|-----------------------------------------------------------------------------------|
//! | `val`    | a value word; [`crate::value::EXCEPTION`] if it threw (where an entry can)          |
//! | `status` | 0; not 0 if it threw                                                              |
//! | `truth`  | 0 or 1; 2 if it threw                                                             |
//! | `bool`   | 0 or 1; does not throw                                                            |
//! | `i32`, `f64`, `none` | does not throw                                                        |
//!
//! A key, shape, function or text is named by its number in the image. `site` of a call is the number of arguments in the
//! low 8 bits (255: more; the exact number is then on the stack as a small integer at `top[-1]`, above the window) and from
//! bit 8 the constant index + 1 of the callee's source text for error messages, or 0.

use crate::builtins::NativeId;

/// Kind of a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(non_camel_case_types, reason = "they are written as in the table")]
pub enum ParamType {
    /// Pointer to the top of the tagged stack.
    sp,
    /// The same, with operands below.
    top,
    /// Value word.
    val,
    /// 32-bit integer or number of something in the image.
    i32,
    /// Double.
    f64,
}

/// Kind of a result, see the module's table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(non_camel_case_types, reason = "they are written as in the table")]
#[allow(missing_docs, reason = "see the module's table")]
pub enum ResultType {
    val,
    status,
    truth,
    bool,
    i32,
    f64,
    none,
}

/// Calls the macro `$with` with one `(Id, symbol, [parameters], result)` row for each entry point.
#[macro_export]
macro_rules! for_each_entry {
    ($with:ident) => {
        $with! {
            (Add, jrt_add, [sp, val, val], val)
            (Sub, jrt_sub, [sp, val, val], val)
            (Mul, jrt_mul, [sp, val, val], val)
            (Div, jrt_div, [sp, val, val], val)
            (Rem, jrt_rem, [sp, val, val], val)
            (Exp, jrt_exp, [sp, val, val], val)
            (BitAnd, jrt_bit_and, [sp, val, val], val)
            (BitOr, jrt_bit_or, [sp, val, val], val)
            (BitXor, jrt_bit_xor, [sp, val, val], val)
            (Shl, jrt_shl, [sp, val, val], val)
            (Sar, jrt_sar, [sp, val, val], val)
            (Shr, jrt_shr, [sp, val, val], val)
            (NumAdd, jrt_num_add, [sp, val, val], val)
            (NumSub, jrt_num_sub, [sp, val, val], val)
            (NumMul, jrt_num_mul, [sp, val, val], val)
            (Neg, jrt_neg, [sp, val], val)
            (BitNot, jrt_bit_not, [sp, val], val)
            (Inc, jrt_inc, [sp, val], val)
            (Dec, jrt_dec, [sp, val], val)
            (Lt, jrt_lt, [sp, val, val], truth)
            (Le, jrt_le, [sp, val, val], truth)
            (Gt, jrt_gt, [sp, val, val], truth)
            (Ge, jrt_ge, [sp, val, val], truth)
            (LooseEq, jrt_loose_eq, [sp, val, val], truth)
            (StrictEq, jrt_strict_eq, [val, val], bool)
            (InstanceOf, jrt_instance_of, [sp, val, val], truth)
            (In, jrt_in, [sp, val, val], truth)
            (TypeOf, jrt_type_of, [sp, val], val)
            (NumLt, jrt_num_lt, [val, val], bool)
            (NumLe, jrt_num_le, [val, val], bool)
            (ToBool, jrt_to_bool, [val], bool)
            (ToNumeric, jrt_to_numeric, [sp, val], val)
            (ToStr, jrt_to_str, [sp, val], val)
            (ToKey, jrt_to_key, [sp, val], val)
            (Concat, jrt_concat, [top, i32], val)
            (ConcatPrimitives, jrt_concat_primitives, [top, i32], val)
            (ConcatCompact, jrt_concat_compact, [top, i32], val)
            (BoxI32, jrt_box_i32, [sp, i32], val)
            (BoxU32, jrt_box_u32, [sp, i32], val)
            (BoxF64, jrt_box_f64, [sp, f64], val)
            (UnboxI32, jrt_unbox_i32, [val], i32)
            (UnboxF64, jrt_unbox_f64, [val], f64)
            (NumberToI32, jrt_number_to_i32, [val], i32)
            (IsNumber, jrt_is_number, [val], bool)
            (F64ToI32, jrt_f64_to_i32, [f64], i32)
            (FRem, jrt_frem, [f64, f64], f64)
            (NewObject, jrt_new_object, [top, i32], val)
            (NewArray, jrt_new_array, [top, i32], val)
            (ArrayPush, jrt_array_push, [sp, val, val], status)
            (ArrayAppend, jrt_array_append, [sp, val, val], status)
            (GetProp, jrt_get_prop, [sp, val, i32], val)
            (SetProp, jrt_set_prop, [sp, val, i32, val], status)
            (GetElem, jrt_get_elem, [sp, val, val], val)
            (SetElem, jrt_set_elem, [sp, val, val, val], status)
            (GetElemI, jrt_get_elem_i, [sp, val, i32], val)
            (SetElemI, jrt_set_elem_i, [sp, val, i32, val], status)
            (Push, jrt_push, [sp, val, val], val)
            (DeleteProp, jrt_delete_prop, [sp, val, i32], truth)
            (DeleteElem, jrt_delete_elem, [sp, val, val], truth)
            (DefineField, jrt_define_field, [sp, val, val, val], status)
            (DefineGetter, jrt_define_getter, [sp, val, val, val], status)
            (DefineSetter, jrt_define_setter, [sp, val, val, val], status)
            (SetProto, jrt_set_proto, [sp, val, val], status)
            (StrLength, jrt_str_length, [sp, val], val)
            (StrUnit, jrt_str_unit, [sp, val, i32], val)
            (Closure, jrt_closure, [top, i32, i32], val)
            (NewCell, jrt_new_cell, [sp, val], val)
            (NewInstance, jrt_new_instance, [sp, val], val)
            (GlobalObject, jrt_global_object, [sp], val)
            (ThrowUninitialized, jrt_throw_uninitialized, [sp, i32], none)
            (ThrowError, jrt_throw_error, [sp, i32, i32], none)
            (Throw, jrt_throw, [val], none)
            (Catch, jrt_catch, [], val)
            (StackOverflow, jrt_stack_overflow, [sp], none)
            (Call, jrt_call, [top, i32], val)
            (CallMethod, jrt_call_method, [top, i32, i32], val)
            (CallElem, jrt_call_elem, [top, i32], val)
            (CallNative, jrt_call_native, [top, i32], val)
            (CallArray, jrt_call_array, [sp, val, val, val], val)
            (New, jrt_new, [top, i32], val)
            (NewArrayArgs, jrt_new_array_args, [sp, val, val], val)
            (ForInStart, jrt_for_in_start, [sp, val], val)
            (ForInNext, jrt_for_in_next, [sp, val], val)
            (IterStart, jrt_iter_start, [sp, val], val)
            (IterNext, jrt_iter_next, [sp, val], val)
            (IterClose, jrt_iter_close, [sp, val], status)
            (Thrown, jrt_thrown, [], bool)
            (OutOfFuel, jrt_out_of_fuel, [], none)
            (Stopped, jrt_stopped, [], bool)
        }
    };
}

macro_rules! define_entries {
    ($(($id:ident, $symbol:ident, [$($param:ident),*], $result:ident))*) => {
        /// An entry point.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[allow(missing_docs, reason = "the rows of the table say what each is; the op of the same name says what it does")]
        pub enum Entry { $($id),* }

        impl Entry {
            /// All of them, in order.
            pub const ALL: &[Entry] = &[$(Entry::$id),*];

            /// The linker symbol.
            pub const fn symbol(self) -> &'static str {
                match self { $(Entry::$id => stringify!($symbol)),* }
            }

            /// The parameters.
            pub const fn params(self) -> &'static [ParamType] {
                match self { $(Entry::$id => &[$(ParamType::$param),*]),* }
            }

            /// The result.
            pub const fn result(self) -> ResultType {
                match self { $(Entry::$id => ResultType::$result),* }
            }
        }
    };
}
for_each_entry!(define_entries);

/// Entries that look up no property and call nothing back. A program with only these runs without the parts of the runtime
/// that know what properties are.
pub const PLAIN: &[Entry] = &[
    Entry::NumAdd,
    Entry::NumSub,
    Entry::NumMul,
    Entry::StrictEq,
    Entry::NumLt,
    Entry::NumLe,
    Entry::ToBool,
    Entry::ConcatPrimitives,
    Entry::BoxI32,
    Entry::BoxU32,
    Entry::BoxF64,
    Entry::UnboxI32,
    Entry::UnboxF64,
    Entry::NumberToI32,
    Entry::IsNumber,
    Entry::F64ToI32,
    Entry::FRem,
    Entry::StrLength,
    Entry::StrUnit,
    Entry::Closure,
    Entry::NewCell,
    Entry::ThrowUninitialized,
    Entry::ThrowError,
    Entry::Throw,
    Entry::Catch,
    Entry::StackOverflow,
    Entry::CallNative,
    Entry::Thrown,
];

/// Natives of which the same holds.
pub const PLAIN_NATIVES: &[NativeId] = &[
    NativeId::ConsoleLogPrimitive,
    NativeId::ConsoleLogParts,
    NativeId::ConsoleErrorPrimitive,
    NativeId::ConsoleWarnPrimitive,
    NativeId::ConsoleInfoPrimitive,
    NativeId::ConsoleDebugPrimitive,
];

/// `kind` operand of [`Entry::ThrowError`], in the order of the IR's error kinds.
pub mod error_kind {
    /// `Error`
    pub const ERROR: i32 = 0;
    /// `TypeError`
    pub const TYPE_ERROR: i32 = 1;
    /// `RangeError`
    pub const RANGE_ERROR: i32 = 2;
    /// `ReferenceError`
    pub const REFERENCE_ERROR: i32 = 3;
    /// `SyntaxError`
    pub const SYNTAX_ERROR: i32 = 4;
}

/// Bytes of the runtime's own roots at the start of the arena.
pub const ROOT_BYTES: u32 = 32;

/// Symbols of data that the compiled program or the driver defines for the runtime.
pub mod symbol {
    /// The image, see [`crate::image`].
    pub const IMAGE: &str = "jerboa_image";
    /// Pointers to the native functions of the image's natives table.
    pub const NATIVES: &str = "jerboa_natives";
    /// Pointers to the windowed entries of compiled functions, by function number; null for those only called directly.
    /// Each is `extern "C" fn(sp, window) -> val`: `window` points to the callee, followed by `this` and exactly the wanted
    /// number of arguments, then the rest array, the arguments object and new.target as the descriptor's flags
    /// say; `sp` is behind them.
    pub const FUNCTIONS: &str = "jerboa_functions";
    /// The arena. The module variables of type `val` begin [`ROOT_BYTES`](super::ROOT_BYTES) behind its start.
    pub const ARENA: &str = "jerboa_arena";
    /// The arena in WebAssembly, under the name that the linker gives to the end of static data.
    pub const ARENA_WASM: &str = "__heap_base";
    /// A pointer to [`RUN_COMPILED`], [`RUN_TRACED`], [`RUN_PLAIN`], [`RUN_BYTECODE`] or the like: so the program's object says which engine is linked.
    pub const ENGINE: &str = "jerboa_engine";
    /// `extern "C" fn(vm) -> status`: runs a compiled program.
    pub const RUN_COMPILED: &str = "jerboa_run_compiled";
    /// The same for a program that can look at the stack of an error. Every function of it that may throw keeps in the first
    /// word of its frame, during each call, the word of the call's site ([`crate::value::from_site`]); the image says
    /// which function a site is in and where ([`crate::image::function::CODE`], [`crate::image::lines`]).
    pub const RUN_TRACED: &str = "jerboa_run_traced";
    /// The same for a program that reaches no entry and no native beyond [`PLAIN`](super::PLAIN) and
    /// [`PLAIN_NATIVES`](super::PLAIN_NATIVES).
    pub const RUN_PLAIN: &str = "jerboa_run_plain";
    /// The same for bytecode.
    pub const RUN_BYTECODE: &str = "jerboa_run_bytecode";
    /// [`RUN_TRACED`] for a program that was compiled with a limit: its functions take one from [`FUEL`] when they begin and at
    /// each turn of a loop, and call `OutOfFuel` where nothing is left; handlers ask `Stopped` before they run.
    pub const RUN_FUELED: &str = "jerboa_run_fueled";
    /// [`RUN_BYTECODE`] for a program with a limit in [`FUEL`].
    pub const RUN_BYTECODE_FUELED: &str = "jerboa_run_bytecode_fueled";
    /// Calls and turns of loops that are left to the program: a `u32` variable that it defines if it has such a limit.
    pub const FUEL: &str = "jerboa_fuel";
    /// Limit for `sp` (a pointer variable) where the machine stack can not be compared (WebAssembly).
    pub const STACK_LIMIT: &str = "jerboa_stack_limit";
    /// Unboxed module variables.
    pub const RAW_GLOBALS: &str = "jerboa_raw_globals";
}
