//! `Math`.

use jerboa_rt::number::math;
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

/// Defines natives of one number each.
macro_rules! of_one_number {
    ($($symbol:ident $name:literal $function:path;)+) => {
        jerboa_rt::native! {$(
            #[doc = concat!("`Math.", $name, "(x)`")]
            fn $symbol(vm, args) {
                let x = number(vm, args, 0)?;
                vm.number($function(x))
            }
        )+}
    };
}

of_one_number! {
    jrt_n_math_acos "acos" math::acos;
    jrt_n_math_acosh "acosh" math::acosh;
    jrt_n_math_asin "asin" math::asin;
    jrt_n_math_asinh "asinh" math::asinh;
    jrt_n_math_atan "atan" math::atan;
    jrt_n_math_atanh "atanh" math::atanh;
    jrt_n_math_ceil "ceil" math::ceil;
    jrt_n_math_cbrt "cbrt" math::cbrt;
    jrt_n_math_expm1 "expm1" math::expm1;
    jrt_n_math_cos "cos" math::cos;
    jrt_n_math_cosh "cosh" math::cosh;
    jrt_n_math_exp "exp" math::exp;
    jrt_n_math_floor "floor" math::floor;
    jrt_n_math_fround "fround" math::fround;
    jrt_n_math_log "log" math::log;
    jrt_n_math_log1p "log1p" math::log1p;
    jrt_n_math_log2 "log2" math::log2;
    jrt_n_math_log10 "log10" math::log10;
    jrt_n_math_round "round" math::round;
    jrt_n_math_sign "sign" math::sign;
    jrt_n_math_sin "sin" math::sin;
    jrt_n_math_sinh "sinh" math::sinh;
    jrt_n_math_sqrt "sqrt" math::sqrt;
    jrt_n_math_tan "tan" math::tan;
    jrt_n_math_tanh "tanh" math::tanh;
    jrt_n_math_trunc "trunc" math::trunc;
}

jerboa_rt::native! {
    /// `Math.abs(x)`
    fn jrt_n_math_abs(vm, args) {
        if let Some(i) = args.get(0).and_then(|x| vm.get(x).as_int()) {
            return vm.integer(i64::from(i).abs());
        }
        let x = number(vm, args, 0)?;
        vm.number(math::abs(x))
    }

    /// `Math.atan2(y, x)`
    fn jrt_n_math_atan2(vm, args) {
        let y = number(vm, args, 0)?;
        let x = number(vm, args, 1)?;
        vm.number(math::atan2(y, x))
    }

    /// `Math.clz32(x)`
    fn jrt_n_math_clz32(vm, args) {
        let x = number(vm, args, 0)?;
        Ok(Value::small(math::clz32(jerboa_rt::number::to_u32(x)) as i32))
    }

    /// `Math.hypot(…values)`
    fn jrt_n_math_hypot(vm, args) {
        // All arguments are converted before any is looked at; few fit a buffer, more are scaled one by one.
        let (mut largest, mut infinite, mut nan) = (0.0, false, false);
        for i in 0..args.len() {
            let x = math::abs(number(vm, args, i)?);
            infinite |= x == f64::INFINITY;
            nan |= x.is_nan();
            largest = math::max(largest, x);
            if let Some(slot) = args.get(i) {
                vm.number(x)?.store(slot);
            }
        }
        if infinite || nan || largest == 0.0 {
            return vm.number(if infinite { f64::INFINITY } else { largest });
        }
        // The compensated sum of V8.
        let (mut sum, mut compensation) = (0.0, 0.0);
        for i in 0..args.len() {
            let scaled = number(vm, args, i)? / largest;
            let term = scaled * scaled - compensation;
            let next = sum + term;
            compensation = (next - sum) - term;
            sum = next;
        }
        vm.number(math::sqrt(sum) * largest)
    }

    /// `Math.imul(x, y)`
    fn jrt_n_math_imul(vm, args) {
        let [x, y] = args.take(vm)?;
        let (x, y) = (vm.to_i32(x)?, vm.to_i32(y)?);
        vm.integer(i64::from(math::imul(x, y)))
    }

    /// `Math.max(…values)`
    fn jrt_n_math_max(vm, args) {
        fold(vm, args, f64::NEG_INFINITY, math::max)
    }

    /// `Math.min(…values)`
    fn jrt_n_math_min(vm, args) {
        fold(vm, args, f64::INFINITY, math::min)
    }

    /// `Math.pow(x, y)`
    fn jrt_n_math_pow(vm, args) {
        let x = number(vm, args, 0)?;
        let y = number(vm, args, 1)?;
        vm.number(math::pow(x, y))
    }

    /// `Math.random()`: xorshift64*, seeded by the embedder ([`Vm::seed_random`]).
    fn jrt_n_math_random(vm, args) {
        let mut state = vm.random.get();
        if state == 0 {
            state = 0x9e37_79b9_7f4a_7c15;
        }
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        vm.random.set(state);
        let bits = state.wrapping_mul(0x2545_f491_4f6c_dd1d);
        // The upper 52 bits as the fraction of a number in 1 to 2.
        vm.number(f64::from_bits(bits >> 12 | 0x3ff0_0000_0000_0000) - 1.0)
    }
}

/// An argument as a number; NaN if it is missing.
fn number(vm: &mut Vm, args: Args, i: u32) -> Result<f64> {
    match args.get(i) {
        Some(argument) => vm.to_number(argument),
        None => Ok(f64::NAN),
    }
}

fn fold(vm: &mut Vm, args: Args, start: f64, function: fn(f64, f64) -> f64) -> Result<Value<'_>> {
    let mut result = start;
    for i in 0..args.len() {
        let x = number(vm, args, i)?;
        result = function(result, x);
    }
    vm.number(result)
}
