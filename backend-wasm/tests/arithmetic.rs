//! Single instructions at the edges of their domains, compared with Cranelift's interpreter.

mod common;

use common::check;
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};

const INTEGERS: [i64; 14] = [
    0,
    1,
    -1,
    2,
    7,
    31,
    127,
    -128,
    0x7fff,
    i32::MAX as i64,
    i32::MIN as i64,
    i64::MAX,
    i64::MIN,
    0x0123_4567_89ab_cdef,
];
const FLOATS: [f64; 14] = [
    0.0,
    -0.0,
    1.5,
    -2.5,
    0.5,
    3.999,
    1e10,
    -1e19,
    1e300,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    5e-324,
    4294967295.5,
];

fn integer(ty: &str, x: i64) -> DataValue {
    match ty {
        "i8" => DataValue::I8(x as i8),
        "i16" => DataValue::I16(x as i16),
        "i32" => DataValue::I32(x as i32),
        _ => DataValue::I64(x),
    }
}

fn float(ty: &str, x: f64) -> DataValue {
    match ty {
        "f32" => DataValue::F32(Ieee32::with_float(x as f32)),
        _ => DataValue::F64(Ieee64::with_float(x)),
    }
}

/// One function for each op, called with all pairs of values.
fn check_binary(ops: &[&str], ty: &str, result: &str, values: &[DataValue]) {
    let mut text = String::new();
    for (at, op) in ops.iter().enumerate() {
        text += &format!(
            "function %f{at}({ty}, {ty}) -> {result} system_v {{\nblock0(v0: {ty}, v1: {ty}):\n v2 = {op} v0, v1\n return v2\n}}\n"
        );
    }
    let names: Vec<String> = (0..ops.len()).map(|at| format!("f{at}")).collect();
    let pairs: Vec<[DataValue; 2]> =
        values.iter().flat_map(|x| values.iter().map(|y| [x.clone(), y.clone()])).collect();
    let calls: Vec<(&str, &[DataValue])> =
        names.iter().flat_map(|name| pairs.iter().map(|pair| (&name[..], &pair[..]))).collect();
    check(&text, &calls);
}

fn check_unary(ops: &[&str], ty: &str, result: &str, values: &[DataValue]) {
    let mut text = String::new();
    for (at, op) in ops.iter().enumerate() {
        text += &format!(
            "function %f{at}({ty}) -> {result} system_v {{\nblock0(v0: {ty}):\n v2 = {op} v0\n return v2\n}}\n"
        );
    }
    let names: Vec<String> = (0..ops.len()).map(|at| format!("f{at}")).collect();
    let singles: Vec<[DataValue; 1]> = values.iter().map(|x| [x.clone()]).collect();
    let calls: Vec<(&str, &[DataValue])> =
        names.iter().flat_map(|name| singles.iter().map(|single| (&name[..], &single[..]))).collect();
    check(&text, &calls);
}

#[test]
fn integer_operations() {
    for ty in ["i8", "i16", "i32", "i64"] {
        let values = INTEGERS.map(|x| integer(ty, x));
        check_binary(
            &[
                "iadd", "isub", "imul", "band", "bor", "bxor", "ishl", "ushr", "sshr", "rotl", "rotr",
                "smin", "smax", "umin", "umax",
            ],
            ty,
            ty,
            &values,
        );
        check_unary(&["ineg", "bnot", "iabs", "clz", "ctz", "popcnt"], ty, ty, &values);
        check_binary(
            &["eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"].map(|cc| match cc {
                "eq" => "icmp eq",
                "ne" => "icmp ne",
                "slt" => "icmp slt",
                "sle" => "icmp sle",
                "sgt" => "icmp sgt",
                "sge" => "icmp sge",
                "ult" => "icmp ult",
                "ule" => "icmp ule",
                "ugt" => "icmp ugt",
                _ => "icmp uge",
            }),
            ty,
            "i8",
            &values,
        );
    }
    for ty in ["i32", "i64"] {
        let values = INTEGERS.map(|x| integer(ty, x));
        check_binary(&["umulhi", "smulhi"], ty, ty, &values);
    }
    for ty in ["i16", "i32", "i64"] {
        check_unary(&["bswap"], ty, ty, &INTEGERS.map(|x| integer(ty, x)));
    }
}

#[test]
fn masks_and_selections() {
    for ty in ["i8", "i16", "i32", "i64"] {
        let values = INTEGERS.map(|x| integer(ty, x));
        for result in ["i8", "i16", "i32", "i64"] {
            check_unary(&[&format!("bmask.{result}")], ty, result, &values);
        }
        let text = format!(
            "function %b({ty}, {ty}, {ty}) -> {ty}, {ty} system_v {{\nblock0(v0: {ty}, v1: {ty}, v2: {ty}):\n v3 = bitselect v0, v1, v2\n v4 = select v0, v1, v2\n return v3, v4\n}}"
        );
        for c in &values {
            check(&text, &[("b", &[c.clone(), values[13].clone(), values[1].clone()])]);
        }
    }
}

/// Division traps on zero and on overflow, in both.
#[test]
fn division() {
    for ty in ["i32", "i64"] {
        check_binary(&["udiv", "urem", "sdiv"], ty, ty, &INTEGERS.map(|x| integer(ty, x)));
    }
    for ty in ["i8", "i16"] {
        check_binary(&["udiv", "urem"], ty, ty, &INTEGERS.map(|x| integer(ty, x)));
    }
    for divisor in [3, 7, 10, -5, 1 << 20] {
        for ty in ["i32", "i64"] {
            let mut text = String::new();
            for op in ["udiv", "urem", "sdiv", "srem"] {
                text += &format!(
                    "function %{op}({ty}) -> {ty} system_v {{\nblock0(v0: {ty}):\n v1 = iconst.{ty} {divisor}\n v2 = {op} v0, v1\n return v2\n}}\n"
                );
            }
            let args = INTEGERS.map(|x| [integer(ty, x)]);
            let calls: Vec<(&str, &[DataValue])> = ["udiv", "urem", "sdiv", "srem"]
                .iter()
                .flat_map(|op| args.iter().map(|arg| (*op, &arg[..])))
                .collect();
            check(&text, &calls);
        }
    }
}

#[test]
fn overflow_flags() {
    let constants = ["0", "1", "-1", "1000", "-2147483648"];
    for (ty, ops) in [
        (
            "i32",
            &[
                "sadd_overflow",
                "ssub_overflow",
                "smul_overflow",
                "uadd_overflow",
                "usub_overflow",
                "umul_overflow",
            ][..],
        ),
        ("i64", &["sadd_overflow", "ssub_overflow", "uadd_overflow", "usub_overflow"][..]),
    ] {
        let values = INTEGERS.map(|x| integer(ty, x));
        let mut text = String::new();
        for op in ops {
            text += &format!(
                "function %{op}({ty}, {ty}) -> {ty}, i8 system_v {{\nblock0(v0: {ty}, v1: {ty}):\n v2, v3 = {op} v0, v1\n return v2, v3\n}}\n"
            );
            for (at, constant) in constants.iter().enumerate() {
                text += &format!(
                    "function %{op}{at}({ty}) -> {ty}, i8 system_v {{\nblock0(v0: {ty}):\n v1 = iconst.{ty} {constant}\n v2, v3 = {op} v0, v1\n return v2, v3\n}}\n"
                );
                text += &format!(
                    "function %{op}{at}_left({ty}) -> {ty} system_v {{\nblock0(v0: {ty}):\n v1 = iconst.{ty} {constant}\n v2, v3 = {op} v1, v0\n brif v3, block1, block2\nblock1:\n return v0\nblock2:\n return v2\n}}\n"
                );
            }
        }
        let pairs: Vec<[DataValue; 2]> =
            values.iter().flat_map(|x| values.iter().map(|y| [x.clone(), y.clone()])).collect();
        let mut names: Vec<(String, usize)> = Vec::new();
        for op in ops {
            names.push(((*op).to_owned(), 2));
            for at in 0..constants.len() {
                names.push((format!("{op}{at}"), 1));
                names.push((format!("{op}{at}_left"), 1));
            }
        }
        let calls: Vec<(&str, &[DataValue])> = names
            .iter()
            .flat_map(|(name, count)| pairs.iter().map(|pair| (&name[..], &pair[..*count])))
            .collect();
        check(&text, &calls);
    }
}

#[test]
fn float_operations() {
    for ty in ["f32", "f64"] {
        let values = FLOATS.map(|x| float(ty, x));
        check_binary(&["fadd", "fsub", "fmul", "fdiv", "fmin", "fmax", "fcopysign"], ty, ty, &values);
        check_unary(&["fneg", "fabs", "sqrt", "ceil", "floor", "trunc", "nearest"], ty, ty, &values);
        let conditions = [
            "fcmp ord", "fcmp uno", "fcmp eq", "fcmp ne", "fcmp one", "fcmp ueq", "fcmp lt", "fcmp le",
            "fcmp gt", "fcmp ge", "fcmp ult", "fcmp ule", "fcmp ugt", "fcmp uge",
        ];
        check_binary(&conditions, ty, "i8", &values);
    }
}

#[test]
fn conversions() {
    for ty in ["f32", "f64"] {
        let values = FLOATS.map(|x| float(ty, x));
        for result in ["i32", "i64"] {
            let ops = ["fcvt_to_sint_sat", "fcvt_to_uint_sat", "fcvt_to_sint", "fcvt_to_uint"]
                .map(|op| format!("{op}.{result}"));
            check_unary(&ops.each_ref().map(|op| &op[..]), ty, result, &values);
        }
        for from in ["i8", "i16", "i32", "i64"] {
            let ops = ["fcvt_from_sint", "fcvt_from_uint"].map(|op| format!("{op}.{ty}"));
            check_unary(&ops.each_ref().map(|op| &op[..]), from, ty, &INTEGERS.map(|x| integer(from, x)));
        }
    }
    check_unary(&["fdemote.f32"], "f64", "f32", &FLOATS.map(|x| float("f64", x)));
    check_unary(&["fpromote.f64"], "f32", "f64", &FLOATS.map(|x| float("f32", x)));
    check_unary(&["bitcast.i64"], "f64", "i64", &FLOATS.map(|x| float("f64", x)));
    check_unary(&["bitcast.i32"], "f32", "i32", &FLOATS.map(|x| float("f32", x)));
    check_unary(&["bitcast.f64"], "i64", "f64", &INTEGERS.map(|x| integer("i64", x)));
    let order = ["i8", "i16", "i32", "i64"];
    for (a, from) in order.iter().enumerate() {
        for (b, to) in order.iter().enumerate() {
            let values = INTEGERS.map(|x| integer(from, x));
            let ops: Vec<String> = match a.cmp(&b) {
                std::cmp::Ordering::Less => vec![format!("uextend.{to}"), format!("sextend.{to}")],
                std::cmp::Ordering::Greater => vec![format!("ireduce.{to}")],
                std::cmp::Ordering::Equal => continue,
            };
            check_unary(&ops.iter().map(|op| &op[..]).collect::<Vec<_>>(), from, to, &values);
        }
    }
}
