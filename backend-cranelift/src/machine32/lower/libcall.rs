//! The support routines behind operations without instructions.
//!
//! The platform's own (compiler-rt, compiler_builtins, libgcc all define them): `__aeabi_*` on Arm,
//! `__adddf3` and its family on RISC-V; besides, `sqrt floor ceil trunc rint fma` and their `f` forms with
//! the meaning of C, and [`RUNTIME`].

use super::super::Arch;
use cranelift_codegen::ir::{self, types};

/// Names that only Jerboa's runtime defines, with C signatures. CLIF's `fcvt_to_*_sat` maps NaN to 0 and
/// saturates; CLIF's `fmin`/`fmax` return NaN if either operand is NaN and order -0 below +0.
pub const RUNTIME: &[(&str, &str)] = &[
    ("jrt_f64_to_i32_sat", "int32_t(double)"),
    ("jrt_f64_to_u32_sat", "uint32_t(double)"),
    ("jrt_f64_to_i64_sat", "int64_t(double)"),
    ("jrt_f64_to_u64_sat", "uint64_t(double)"),
    ("jrt_f32_to_i32_sat", "int32_t(float)"),
    ("jrt_f32_to_u32_sat", "uint32_t(float)"),
    ("jrt_f32_to_i64_sat", "int64_t(float)"),
    ("jrt_f32_to_u64_sat", "uint64_t(float)"),
    ("jrt_f64_min", "double(double, double)"),
    ("jrt_f64_max", "double(double, double)"),
    ("jrt_f32_min", "float(float, float)"),
    ("jrt_f32_max", "float(float, float)"),
];

/// An arithmetic support routine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Routine {
    Add,
    Sub,
    Mul,
    Div,
    Sqrt,
    Floor,
    Ceil,
    Trunc,
    Nearest,
    Fma,
    Min,
    Max,
}

/// The routine's name for f64 (`double`) or f32.
pub fn float_routine(arch: Arch, routine: Routine, double: bool) -> &'static str {
    use Routine::*;
    match (routine, double, arch.is_thumb()) {
        (Add, true, true) => "__aeabi_dadd",
        (Sub, true, true) => "__aeabi_dsub",
        (Mul, true, true) => "__aeabi_dmul",
        (Div, true, true) => "__aeabi_ddiv",
        (Add, false, true) => "__aeabi_fadd",
        (Sub, false, true) => "__aeabi_fsub",
        (Mul, false, true) => "__aeabi_fmul",
        (Div, false, true) => "__aeabi_fdiv",
        (Add, true, false) => "__adddf3",
        (Sub, true, false) => "__subdf3",
        (Mul, true, false) => "__muldf3",
        (Div, true, false) => "__divdf3",
        (Add, false, false) => "__addsf3",
        (Sub, false, false) => "__subsf3",
        (Mul, false, false) => "__mulsf3",
        (Div, false, false) => "__divsf3",
        (Sqrt, true, _) => "sqrt",
        (Sqrt, false, _) => "sqrtf",
        (Floor, true, _) => "floor",
        (Floor, false, _) => "floorf",
        (Ceil, true, _) => "ceil",
        (Ceil, false, _) => "ceilf",
        (Trunc, true, _) => "trunc",
        (Trunc, false, _) => "truncf",
        (Nearest, true, _) => "rint",
        (Nearest, false, _) => "rintf",
        (Fma, true, _) => "fma",
        (Fma, false, _) => "fmaf",
        (Min, true, _) => "jrt_f64_min",
        (Min, false, _) => "jrt_f32_min",
        (Max, true, _) => "jrt_f64_max",
        (Max, false, _) => "jrt_f32_max",
    }
}

/// Integer to floating point; `ty` is i32 or i64.
pub fn from_int(arch: Arch, signed: bool, ty: ir::Type, double: bool) -> &'static str {
    match (arch.is_thumb(), signed, ty == types::I64, double) {
        (true, true, false, true) => "__aeabi_i2d",
        (true, false, false, true) => "__aeabi_ui2d",
        (true, true, true, true) => "__aeabi_l2d",
        (true, false, true, true) => "__aeabi_ul2d",
        (true, true, false, false) => "__aeabi_i2f",
        (true, false, false, false) => "__aeabi_ui2f",
        (true, true, true, false) => "__aeabi_l2f",
        (true, false, true, false) => "__aeabi_ul2f",
        (false, true, false, true) => "__floatsidf",
        (false, false, false, true) => "__floatunsidf",
        (false, true, true, true) => "__floatdidf",
        (false, false, true, true) => "__floatundidf",
        (false, true, false, false) => "__floatsisf",
        (false, false, false, false) => "__floatunsisf",
        (false, true, true, false) => "__floatdisf",
        (false, false, true, false) => "__floatundisf",
    }
}

/// Floating point to integer with saturation.
pub fn to_int(signed: bool, ty: ir::Type, double: bool) -> &'static str {
    match (double, signed, ty == types::I64) {
        (true, true, false) => "jrt_f64_to_i32_sat",
        (true, false, false) => "jrt_f64_to_u32_sat",
        (true, true, true) => "jrt_f64_to_i64_sat",
        (true, false, true) => "jrt_f64_to_u64_sat",
        (false, true, false) => "jrt_f32_to_i32_sat",
        (false, false, false) => "jrt_f32_to_u32_sat",
        (false, true, true) => "jrt_f32_to_i64_sat",
        (false, false, true) => "jrt_f32_to_u64_sat",
    }
}

/// A comparison that the platform has a routine for; the ordered ones are false for NaN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Eq,
    Lt,
    Le,
    Gt,
    Ge,
    Unordered,
}

/// The comparison routine. Arm's return 1 if the relation holds, RISC-V's a number whose relation to 0 is
/// the one asked for (`__unorddf2`: not 0 if unordered).
pub fn comparison(arch: Arch, relation: Relation, double: bool) -> &'static str {
    use Relation::*;
    match (relation, double, arch.is_thumb()) {
        (Eq, true, true) => "__aeabi_dcmpeq",
        (Lt, true, true) => "__aeabi_dcmplt",
        (Le, true, true) => "__aeabi_dcmple",
        (Gt, true, true) => "__aeabi_dcmpgt",
        (Ge, true, true) => "__aeabi_dcmpge",
        (Unordered, true, true) => "__aeabi_dcmpun",
        (Eq, false, true) => "__aeabi_fcmpeq",
        (Lt, false, true) => "__aeabi_fcmplt",
        (Le, false, true) => "__aeabi_fcmple",
        (Gt, false, true) => "__aeabi_fcmpgt",
        (Ge, false, true) => "__aeabi_fcmpge",
        (Unordered, false, true) => "__aeabi_fcmpun",
        (Eq, true, false) => "__eqdf2",
        (Lt, true, false) => "__ltdf2",
        (Le, true, false) => "__ledf2",
        (Gt, true, false) => "__gtdf2",
        (Ge, true, false) => "__gedf2",
        (Unordered, true, false) => "__unorddf2",
        (Eq, false, false) => "__eqsf2",
        (Lt, false, false) => "__ltsf2",
        (Le, false, false) => "__lesf2",
        (Gt, false, false) => "__gtsf2",
        (Ge, false, false) => "__gesf2",
        (Unordered, false, false) => "__unordsf2",
    }
}

/// f32 to f64, or back.
pub fn float_conversion(arch: Arch, promote: bool) -> &'static str {
    match (arch.is_thumb(), promote) {
        (true, true) => "__aeabi_f2d",
        (true, false) => "__aeabi_d2f",
        (false, true) => "__extendsfdf2",
        (false, false) => "__truncdfsf2",
    }
}

/// A shift of an i64 by a variable amount of 0 to 63.
pub fn shift64(arch: Arch, kind: super::Shift) -> &'static str {
    use super::Shift::*;
    match (arch.is_thumb(), kind) {
        (true, Lsl) => "__aeabi_llsl",
        (true, Lsr | Ror) => "__aeabi_llsr",
        (true, Asr) => "__aeabi_lasr",
        (false, Lsl) => "__ashldi3",
        (false, Lsr | Ror) => "__lshrdi3",
        (false, Asr) => "__ashrdi3",
    }
}
