//! Operators and coercions: a table of operands against the results that Node gives.

use crate::ops::{Arithmetic, Bitwise, Comparison};
use crate::testing::{machine, number, show, text};
use crate::value::{Slot, Value};
use crate::vm::Vm;

fn operand(vm: &mut Vm, source: &str) -> Slot {
    match source {
        "undefined" => vm.push_value(Value::UNDEFINED).unwrap(),
        "null" => vm.push_value(Value::NULL).unwrap(),
        "true" => vm.push_value(Value::TRUE).unwrap(),
        "false" => vm.push_value(Value::FALSE).unwrap(),
        "NaN" => number(vm, f64::NAN),
        "-0" => number(vm, -0.0),
        _ => match source.strip_prefix('\'') {
            Some(rest) => text(vm, rest.trim_end_matches('\'')),
            None => number(vm, source.parse().unwrap()),
        },
    }
}

#[test]
fn addition() {
    let rows = [
        ("1", "2", "3"),
        ("1073741823", "1", "1073741824"),
        ("-1073741824", "-1", "-1073741825"),
        ("0.1", "0.2", "0.30000000000000004"),
        ("'a'", "1", "a1"),
        ("1", "'a'", "1a"),
        ("null", "1", "1"),
        ("undefined", "1", "NaN"),
        ("true", "true", "2"),
        ("'x'", "null", "xnull"),
        ("'x'", "-0", "x0"),
        ("2147483648.5", "0.5", "2147483649"),
    ];
    let mut vm = machine(64 << 10);
    for (a, b, expected) in rows {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        let [result] = vm.slots().unwrap();
        vm.add(x, y).unwrap().store(result);
        assert_eq!(show(&mut vm, result), expected, "{a} + {b}");
    }
}

#[test]
fn arithmetic() {
    use Arithmetic::{Div, Exp, Mul, Rem, Sub};
    let rows = [
        (Sub, "1", "2", "-1"),
        (Sub, "-1073741824", "1", "-1073741825"),
        (Mul, "65536", "65536", "4294967296"),
        (Mul, "-1073741824", "-1073741824", "1152921504606847000"),
        (Mul, "'3'", "'4'", "12"),
        (Div, "1", "-0", "-Infinity"),
        (Div, "7", "2", "3.5"),
        (Div, "6", "2", "3"),
        (Rem, "7", "3", "1"),
        (Rem, "-7", "3", "-1"),
        (Rem, "7", "0", "NaN"),
        (Rem, "5.5", "2", "1.5"),
        (Exp, "2", "10", "1024"),
        (Exp, "1", "NaN", "NaN"),
    ];
    let mut vm = machine(64 << 10);
    for (operator, a, b, expected) in rows {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        let [result] = vm.slots().unwrap();
        vm.arithmetic(operator, x, y).unwrap().store(result);
        assert_eq!(show(&mut vm, result), expected, "{operator:?} {a} {b}");
    }
    // The sign of zero.
    for (operator, a, b) in [(Mul, "0", "-5"), (Mul, "-5", "0"), (Rem, "-4", "2"), (Mul, "-0", "1")] {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        let result = vm.arithmetic(operator, x, y).unwrap().as_number().unwrap();
        assert!(result == 0.0 && result.is_sign_negative(), "{operator:?} {a} {b}");
    }
}

#[test]
fn bitwise() {
    use Bitwise::{And, Or, Shl, Shr, ShrUnsigned, Xor};
    let rows = [
        (And, "-1", "4294967295", "-1"),
        (Or, "2147483648", "0", "-2147483648"),
        (Xor, "5.9", "1", "4"),
        (Shl, "1", "31", "-2147483648"),
        (Shl, "1", "33", "2"),
        (Shr, "-8", "1", "-4"),
        (ShrUnsigned, "-1", "0", "4294967295"),
        (ShrUnsigned, "'x'", "0", "0"),
    ];
    let mut vm = machine(64 << 10);
    for (operator, a, b, expected) in rows {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        let [result] = vm.slots().unwrap();
        vm.bitwise(operator, x, y).unwrap().store(result);
        assert_eq!(show(&mut vm, result), expected, "{operator:?} {a} {b}");
    }
}

#[test]
fn comparisons_and_equality() {
    let mut vm = machine(64 << 10);
    for (a, b, expected) in [
        ("1", "2", true),
        ("2", "1", false),
        ("NaN", "1", false),
        ("'a'", "'b'", true),
        ("'10'", "'9'", true),
        ("'10'", "9", false),
        ("null", "1", true),
        ("undefined", "1", false),
        ("1.5", "2", true),
    ] {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        assert_eq!(vm.compare(Comparison::Less, x, y).unwrap(), expected, "{a} < {b}");
    }
    for (a, b, loose, strict) in [
        ("1", "1", true, true),
        ("1", "'1'", true, false),
        ("null", "undefined", true, false),
        ("null", "0", false, false),
        ("NaN", "NaN", false, false),
        ("0", "-0", true, true),
        ("-0", "-0", true, true),
        ("true", "1", true, false),
        ("true", "'1'", true, false),
        ("0.5", "0.5", true, true),
        ("'a long string'", "'a long string'", true, true),
        ("''", "0", true, false),
    ] {
        let (x, y) = (operand(&mut vm, a), operand(&mut vm, b));
        assert_eq!(vm.loose_equals(x, y).unwrap(), loose, "{a} == {b}");
        assert_eq!(vm.strict_equals(x, y).unwrap(), strict, "{a} === {b}");
        assert_eq!(vm.strict_equals(y, x).unwrap(), strict, "{b} === {a}");
    }
}
