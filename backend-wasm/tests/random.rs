//! Random functions, compared with Cranelift's interpreter.
//!
//! Two shapes: control flow at random, which mostly is irreducible, and nested conditionals and loops whose values
//! are used far from where they are made. Each block of the former and each turn of the latter's loops takes from a budget, so that all end.

mod common;

use common::{Reference, Running, add_functions, canonical};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::Ieee64;
use cranelift_codegen::ir::types;
use std::fmt::Write;

/// A linear congruential generator with a mixed output (Knuth's constants).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

const TYPES: [&str; 6] = ["i32", "i32", "i64", "f64", "i8", "i16"];
const BINARY: [&str; 10] = ["iadd", "isub", "imul", "band", "bor", "bxor", "smin", "smax", "umin", "umax"];
const SHIFTS: [&str; 5] = ["ishl", "ushr", "sshr", "rotl", "rotr"];
const UNARY: [&str; 6] = ["ineg", "bnot", "iabs", "clz", "ctz", "popcnt"];
const FLOAT: [&str; 6] = ["fadd", "fsub", "fmul", "fdiv", "fmin", "fmax"];
const FLOAT_UNARY: [&str; 7] = ["fneg", "fabs", "sqrt", "floor", "ceil", "trunc", "nearest"];
const CONDITIONS: [&str; 10] = ["eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"];
const FLOAT_CONDITIONS: [&str; 14] =
    ["ord", "uno", "eq", "ne", "one", "ueq", "lt", "le", "gt", "ge", "ult", "ule", "ugt", "uge"];

type Scope = Vec<(u32, &'static str)>;

struct Generator {
    random: Random,
    text: String,
    values: u32,
    blocks: u32,
}

impl Generator {
    fn new(seed: u64) -> Self {
        Generator { random: Random(seed), text: String::new(), values: 0, blocks: 0 }
    }

    fn fresh(&mut self) -> u32 {
        self.values += 1;
        self.values - 1
    }

    fn fresh_block(&mut self) -> u32 {
        self.blocks += 1;
        self.blocks - 1
    }

    fn line(&mut self, line: &str) {
        writeln!(self.text, "    {line}").expect("a string");
    }

    fn define(&mut self, scope: &mut Scope, ty: &'static str, expression: &str) -> u32 {
        let value = self.fresh();
        self.line(&format!("v{value} = {expression}"));
        scope.push((value, ty));
        value
    }

    fn constant(&mut self, scope: &mut Scope, ty: &'static str) -> u32 {
        let small = self.random.below(5) as i64 - 2;
        let any = (self.random.below(1 << 30) as i64) << self.random.below(34);
        let number = if self.random.below(3) == 0 { any } else { small };
        let text = match ty {
            "f64" => {
                (*self.random.one_of(&["0.0", "-0.0", "0x1.8p1", "-0x1.0p-3", "+Inf", "+NaN", "0x1.fp40"]))
                    .to_owned()
            }
            "i8" => (number as i8).to_string(),
            "i16" => (number as i16).to_string(),
            "i32" => (number as i32).to_string(),
            _ => number.to_string(),
        };
        let opcode = if ty == "f64" { "f64const".to_owned() } else { format!("iconst.{ty}") };
        self.define(scope, ty, &format!("{opcode} {text}"))
    }

    /// A value of the type, preferably a recent one.
    fn value(&mut self, scope: &mut Scope, ty: &'static str) -> u32 {
        let known: Vec<u32> = scope.iter().filter(|(_, t)| *t == ty).map(|(v, _)| *v).collect();
        if known.is_empty() || self.random.below(8) == 0 {
            return self.constant(scope, ty);
        }
        let recent = known.len().saturating_sub(3);
        if self.random.below(2) == 0 {
            known[recent + self.random.below(known.len() - recent)]
        } else {
            *self.random.one_of(&known)
        }
    }

    fn integer(&mut self) -> &'static str {
        self.random.one_of::<&'static str>(&["i32", "i32", "i32", "i64", "i64", "i8", "i16"])
    }

    fn instruction(&mut self, scope: &mut Scope) {
        let ty = self.integer();
        match self.random.below(17) {
            0..=3 => {
                let (x, y) = (self.value(scope, ty), self.value(scope, ty));
                let op = self.random.one_of(&BINARY);
                self.define(scope, ty, &format!("{op} v{x}, v{y}"));
            }
            4 => {
                let other = self.integer();
                let (x, y) = (self.value(scope, ty), self.value(scope, other));
                let op = self.random.one_of(&SHIFTS);
                self.define(scope, ty, &format!("{op} v{x}, v{y}"));
            }
            5 => {
                let x = self.value(scope, ty);
                let op = self.random.one_of(&UNARY);
                self.define(scope, ty, &format!("{op} v{x}"));
            }
            6 => {
                let (x, y) = (self.value(scope, ty), self.value(scope, ty));
                let cond = self.random.one_of(&CONDITIONS);
                self.define(scope, "i8", &format!("icmp {cond} v{x}, v{y}"));
            }
            7 => {
                let (x, y) = (self.value(scope, "f64"), self.value(scope, "f64"));
                let cond = self.random.one_of(&FLOAT_CONDITIONS);
                self.define(scope, "i8", &format!("fcmp {cond} v{x}, v{y}"));
            }
            8 => {
                let other = *self.random.one_of(&TYPES);
                let (c, x, y) = (self.value(scope, ty), self.value(scope, other), self.value(scope, other));
                self.define(scope, other, &format!("select v{c}, v{x}, v{y}"));
            }
            9 => {
                let order = ["i8", "i16", "i32", "i64"];
                let (a, b) = (self.random.below(4), self.random.below(4));
                let x = self.value(scope, order[a]);
                let op = match a.cmp(&b) {
                    std::cmp::Ordering::Less => *self.random.one_of(&["uextend", "sextend"]),
                    std::cmp::Ordering::Greater => "ireduce",
                    std::cmp::Ordering::Equal => return,
                };
                self.define(scope, order[b], &format!("{op}.{} v{x}", order[b]));
            }
            10 => {
                let (x, y) = (self.value(scope, "f64"), self.value(scope, "f64"));
                let op = self.random.one_of(&FLOAT);
                self.define(scope, "f64", &format!("{op} v{x}, v{y}"));
            }
            11 => {
                let x = self.value(scope, "f64");
                let op = self.random.one_of(&FLOAT_UNARY);
                self.define(scope, "f64", &format!("{op} v{x}"));
            }
            12 => {
                let ty = *self.random.one_of(&["i32", "i64"]);
                if self.random.below(2) == 0 {
                    let x = self.value(scope, "f64");
                    let op = self.random.one_of(&["fcvt_to_sint_sat", "fcvt_to_uint_sat"]);
                    self.define(scope, ty, &format!("{op}.{ty} v{x}"));
                } else {
                    let x = self.value(scope, ty);
                    let op = self.random.one_of(&["fcvt_from_sint", "fcvt_from_uint"]);
                    self.define(scope, "f64", &format!("{op}.f64 v{x}"));
                }
            }
            13 | 14 => {
                let op = *self.random.one_of(&[
                    "sadd_overflow",
                    "ssub_overflow",
                    "smul_overflow",
                    "uadd_overflow",
                    "usub_overflow",
                ]);
                let ty = if op == "smul_overflow" { "i32" } else { *self.random.one_of(&["i32", "i64"]) };
                let (x, y) = (self.value(scope, ty), self.value(scope, ty));
                let (result, flag) = (self.fresh(), self.fresh());
                self.line(&format!("v{result}, v{flag} = {op} v{x}, v{y}"));
                scope.push((result, ty));
                scope.push((flag, "i8"));
            }
            15 => {
                let ty = *self.random.one_of(&["i32", "i64"]);
                let (x, y) = (self.value(scope, ty), self.value(scope, ty));
                let one = self.define(scope, ty, &format!("iconst.{ty} 1"));
                let half = self.define(scope, ty, &format!("ushr v{y}, v{one}"));
                let divisor = self.define(scope, ty, &format!("bor v{half}, v{one}"));
                let op = self.random.one_of(&["udiv", "sdiv", "urem", "srem"]);
                self.define(scope, ty, &format!("{op} v{x}, v{divisor}"));
            }
            _ => {
                let ty = *self.random.one_of(&["i32", "i64"]);
                let (x, y) = (self.value(scope, ty), self.value(scope, ty));
                let op = self.random.one_of(&["umulhi", "smulhi"]);
                self.define(scope, ty, &format!("{op} v{x}, v{y}"));
            }
        }
    }

    fn instructions(&mut self, scope: &mut Scope, most: usize) {
        for _ in 0..self.random.below(most) {
            self.instruction(scope);
        }
    }

    /// Folds everything in scope into one number, so that each value counts.
    fn finish(&mut self, scope: &mut Scope) {
        let mut sum = self.define(scope, "i64", "iconst.i64 0");
        for (value, ty) in scope.clone() {
            if self.random.below(3) != 0 {
                continue;
            }
            let wide = match ty {
                "i64" => value,
                "f64" => self.define(scope, "i64", &format!("fcvt_to_sint_sat.i64 v{value}")),
                _ => self.define(scope, "i64", &format!("sextend.i64 v{value}")),
            };
            let three = self.define(scope, "i64", "iconst.i64 31");
            let scaled = self.define(scope, "i64", &format!("imul v{sum}, v{three}"));
            sum = self.define(scope, "i64", &format!("iadd v{scaled}, v{wide}"));
        }
        let float = self.value(scope, "f64");
        self.line(&format!("return v{sum}, v{float}"));
    }

    fn header(&mut self) -> Scope {
        let params = [(0, "i32"), (1, "i64"), (2, "f64"), (3, "i8")];
        self.values = 4;
        self.text += "function %f(i32, i64, f64, i8) -> i64, f64 system_v {\nblock0(v0: i32, v1: i64, v2: f64, v3: i8):\n";
        self.blocks = 1;
        params.to_vec()
    }

    /// Control flow at random: the first parameter of each block is what is left of the budget.
    fn arbitrary(mut self) -> String {
        let mut scope = self.header();
        self.instructions(&mut scope, 6);
        let count = 2 + self.random.below(7);
        let params: Vec<Vec<&'static str>> = (0..count)
            .map(|_| {
                let mut types = vec!["i32"];
                types.extend((0..self.random.below(4)).map(|_| *self.random.one_of(&TYPES)));
                types
            })
            .collect();
        let budget = self.define(&mut scope.clone(), "i32", "iconst.i32 40");
        let call = self.edge(&params, &mut scope, budget);
        self.line(&format!("jump {call}"));
        for (at, types) in params.iter().enumerate() {
            let mut scope = scope.clone();
            let own: Scope = types.iter().map(|ty| (self.fresh(), *ty)).collect();
            let list: Vec<String> = own.iter().map(|(v, ty)| format!("v{v}: {ty}")).collect();
            writeln!(self.text, "block{}({}):", at + 1, list.join(", ")).expect("a string");
            let budget = own[0].0;
            scope.extend(&own[1..]);
            self.instructions(&mut scope, 7);
            let minus = self.define(&mut scope.clone(), "i32", "iconst.i32 -1");
            let left = self.define(&mut scope.clone(), "i32", &format!("iadd v{budget}, v{minus}"));
            let zero = self.define(&mut scope.clone(), "i32", "iconst.i32 0");
            let alive = self.define(&mut scope.clone(), "i8", &format!("icmp sgt v{left}, v{zero}"));
            let on = 100 + at;
            self.line(&format!("brif v{alive}, block{on}, block99"));
            writeln!(self.text, "block{on}:").expect("a string");
            if self.random.below(4) == 0 {
                let index = self.value(&mut scope, "i32");
                let cases: Vec<String> =
                    (0..self.random.below(4)).map(|_| self.edge(&params, &mut scope, left)).collect();
                let default = self.edge(&params, &mut scope, left);
                let three = self.define(&mut scope, "i32", "iconst.i32 3");
                let index = self.define(&mut scope, "i32", &format!("band v{index}, v{three}"));
                self.line(&format!("br_table v{index}, {default}, [{}]", cases.join(", ")));
            } else {
                let ty = self.integer();
                let (x, y) = (self.value(&mut scope, ty), self.value(&mut scope, ty));
                let cond = self.random.one_of(&CONDITIONS);
                let go = self.define(&mut scope, "i8", &format!("icmp {cond} v{x}, v{y}"));
                let (first, second) =
                    (self.edge(&params, &mut scope, left), self.edge(&params, &mut scope, left));
                self.line(&format!("brif v{go}, {first}, {second}"));
            }
        }
        self.text += "block99:\n";
        self.finish(&mut scope);
        self.text += "}\n";
        self.text
    }

    fn edge(&mut self, params: &[Vec<&'static str>], scope: &mut Scope, budget: u32) -> String {
        let target = self.random.below(params.len());
        let mut args = vec![format!("v{budget}")];
        args.extend(params[target][1..].iter().map(|ty| format!("v{}", self.value(scope, ty))));
        format!("block{}({})", target + 1, args.join(", "))
    }

    /// Nested conditionals and loops.
    fn structured(mut self) -> String {
        let mut scope = self.header();
        self.region(&mut scope, 4);
        self.finish(&mut scope);
        self.text += "}\n";
        self.text
    }

    fn block(&mut self, block: u32, types: &[&'static str], scope: &mut Scope) -> Vec<u32> {
        let own: Scope = types.iter().map(|ty| (self.fresh(), *ty)).collect();
        let list: Vec<String> = own.iter().map(|(v, ty)| format!("v{v}: {ty}")).collect();
        let list = if list.is_empty() { String::new() } else { format!("({})", list.join(", ")) };
        writeln!(self.text, "block{block}{list}:").expect("a string");
        scope.extend(&own);
        own.iter().map(|(v, _)| *v).collect()
    }

    fn call(&mut self, block: u32, types: &[&'static str], scope: &mut Scope) -> String {
        let args: Vec<String> = types.iter().map(|ty| format!("v{}", self.value(scope, ty))).collect();
        if args.is_empty() { format!("block{block}") } else { format!("block{block}({})", args.join(", ")) }
    }

    fn some_types(&mut self) -> Vec<&'static str> {
        (0..self.random.below(4)).map(|_| *self.random.one_of(&TYPES)).collect()
    }

    fn region(&mut self, scope: &mut Scope, depth: usize) {
        for _ in 0..1 + self.random.below(3) {
            self.instructions(scope, 6);
            if depth == 0 {
                continue;
            }
            match self.random.below(4) {
                0 | 1 => {
                    let (then, otherwise, join) =
                        (self.fresh_block(), self.fresh_block(), self.fresh_block());
                    let types = self.some_types();
                    let ty = self.integer();
                    let condition = self.value(scope, ty);
                    if self.random.below(3) == 0 {
                        let direct = self.call(join, &types, scope);
                        self.line(&format!("brif v{condition}, block{then}, {direct}"));
                    } else {
                        self.line(&format!("brif v{condition}, block{then}, block{otherwise}"));
                        self.block(otherwise, &[], &mut scope.clone());
                        let mut inner = scope.clone();
                        self.region(&mut inner, depth - 1);
                        let call = self.call(join, &types, &mut inner);
                        self.line(&format!("jump {call}"));
                    }
                    self.block(then, &[], &mut scope.clone());
                    let mut inner = scope.clone();
                    self.region(&mut inner, depth - 1);
                    let call = self.call(join, &types, &mut inner);
                    self.line(&format!("jump {call}"));
                    self.block(join, &types, scope);
                }
                2 => {
                    let (head, leave) = (self.fresh_block(), self.fresh_block());
                    let mut types = vec!["i32"];
                    types.extend(self.some_types());
                    let turns = self.define(&mut scope.clone(), "i32", "iconst.i32 5");
                    let args: Vec<String> =
                        types[1..].iter().map(|ty| format!("v{}", self.value(scope, ty))).collect();
                    let args =
                        std::iter::once(format!("v{turns}")).chain(args).collect::<Vec<_>>().join(", ");
                    self.line(&format!("jump block{head}({args})"));
                    let mut inner = scope.clone();
                    let params = self.block(head, &types, &mut inner);
                    inner.retain(|(v, _)| *v != params[0]);
                    if self.random.below(2) == 0 {
                        self.region(&mut inner, depth - 1);
                    }
                    let minus = self.define(&mut inner.clone(), "i32", "iconst.i32 -1");
                    let left =
                        self.define(&mut inner.clone(), "i32", &format!("iadd v{}, v{minus}", params[0]));
                    let again: Vec<String> =
                        types[1..].iter().map(|ty| format!("v{}", self.value(&mut inner, ty))).collect();
                    let again =
                        std::iter::once(format!("v{left}")).chain(again).collect::<Vec<_>>().join(", ");
                    let out = self.call(leave, &types[1..], &mut inner);
                    if self.random.below(2) == 0 {
                        self.line(&format!("brif v{left}, block{head}({again}), {out}"));
                    } else {
                        let zero = self.define(&mut inner.clone(), "i32", "iconst.i32 0");
                        let done =
                            self.define(&mut inner.clone(), "i8", &format!("icmp eq v{left}, v{zero}"));
                        self.line(&format!("brif v{done}, {out}, block{head}({again})"));
                    }
                    self.block(leave, &types[1..], scope);
                }
                _ => {
                    let cases: Vec<u32> = (0..1 + self.random.below(4)).map(|_| self.fresh_block()).collect();
                    let join = self.fresh_block();
                    let types = self.some_types();
                    let index = self.value(scope, "i32");
                    let default = self.call(join, &types, scope);
                    let list: Vec<String> = cases.iter().map(|case| format!("block{case}")).collect();
                    self.line(&format!("br_table v{index}, {default}, [{}]", list.join(", ")));
                    for (at, &case) in cases.iter().enumerate() {
                        self.block(case, &[], &mut scope.clone());
                        let mut inner = scope.clone();
                        self.region(&mut inner, depth - 1);
                        let fall = cases.get(at + 1).filter(|_| self.random.below(3) == 0);
                        let call = match fall {
                            Some(next) => format!("block{next}"),
                            None => self.call(join, &types, &mut inner),
                        };
                        self.line(&format!("jump {call}"));
                    }
                    self.block(join, &types, scope);
                }
            }
        }
    }
}

fn compare(text: &str, seed: u64) {
    let functions = cranelift_reader::parse_functions(text)
        .unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
    let mut unit = Default::default();
    add_functions(&mut unit, &functions);
    let mut modules = [false, true].map(|optimize| (optimize, Running::new(&unit, optimize)));
    let mut reference = Reference::new(&functions);
    for args in [(0, 0, 0.0, 0), (1, -1, -2.5, 1), (-7, 1 << 40, 1e10, -1), (1000, 3, f64::NAN, 2)] {
        let args = [
            DataValue::I32(args.0),
            DataValue::I64(args.1),
            DataValue::F64(Ieee64::with_float(args.2)),
            DataValue::I8(args.3),
        ];
        let float_last = |values: Vec<u64>| (values[0], canonical(values[1], types::F64));
        let expected = reference.call("f", &args).map(float_last);
        for (optimize, running) in &mut modules {
            let found = running.call("f", &args).map(float_last);
            assert_eq!(found, expected, "seed {seed}, optimize: {optimize}, {args:?}\n{text}");
        }
    }
}

/// How many of each shape; more with `JERBOA_SEEDS`.
fn seeds() -> u64 {
    std::env::var("JERBOA_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

#[test]
fn arbitrary_control_flow() {
    for seed in 0..seeds() {
        compare(&Generator::new(seed).arbitrary(), seed);
    }
}

#[test]
fn structured_control_flow() {
    for seed in 0..seeds() {
        compare(&Generator::new(seed ^ 0x5eed_0000).structured(), seed);
    }
}
