//! Random CLIF programs: integer arithmetic of all widths, branches, loops, tables, calls with stack arguments,
//! stack memory. They end, never trap and depend on nothing but their arguments.

use super::harness::{Arg, Call};
use super::random::Random;
use std::fmt::Write;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ty {
    I8,
    I16,
    I32,
    I64,
}

impl Ty {
    const ALL: [Ty; 4] = [Ty::I8, Ty::I16, Ty::I32, Ty::I64];

    fn name(self) -> &'static str {
        ["i8", "i16", "i32", "i64"][self as usize]
    }

    fn bits(self) -> u32 {
        8 << self as u32
    }
}

#[derive(Clone)]
struct Signature {
    name: String,
    params: Vec<Ty>,
    results: Vec<Ty>,
}

struct Generator<'a> {
    random: &'a mut Random,
    text: String,
    next_value: u32,
    next_block: u32,
    /// The values in scope by type.
    scope: [Vec<u32>; 4],
    callees: &'a [Signature],
    budget: u32,
}

const CONDITIONS: [&str; 10] = ["eq", "ne", "slt", "sge", "sgt", "sle", "ult", "uge", "ugt", "ule"];
const SLOT_BYTES: u64 = 64;

impl Generator<'_> {
    fn value(&mut self) -> u32 {
        self.next_value += 1;
        self.next_value - 1
    }

    fn block(&mut self) -> u32 {
        self.next_block += 1;
        self.next_block - 1
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "    {text}");
    }

    /// Emits `v = text` and puts the value in scope.
    fn define(&mut self, ty: Ty, text: &str) -> u32 {
        let v = self.value();
        self.line(&format!("v{v} = {text}"));
        self.scope[ty as usize].push(v);
        v
    }

    fn constant(&mut self, ty: Ty, value: i64) -> u32 {
        let shift = 64 - ty.bits();
        let value = value << shift >> shift;
        self.define(ty, &format!("iconst.{} {value}", ty.name()))
    }

    fn any(&mut self, ty: Ty) -> u32 {
        let known = &self.scope[ty as usize];
        if known.is_empty() || self.random.below(6) == 0 {
            let value = self.random.interesting();
            return self.constant(ty, value);
        }
        // Recent values more often, so that there are long chains.
        let count = known.len() as u64;
        let back = self.random.below(count).min(self.random.below(count));
        self.scope[ty as usize][(count - 1 - back) as usize]
    }

    fn wide_type(&mut self) -> Ty {
        *self.random.pick(&[Ty::I32, Ty::I32, Ty::I32, Ty::I64, Ty::I64])
    }

    fn any_type(&mut self) -> Ty {
        *self.random.pick(&[Ty::I8, Ty::I16, Ty::I32, Ty::I32, Ty::I32, Ty::I64, Ty::I64])
    }

    fn condition(&mut self) -> u32 {
        if self.random.below(5) == 0 && !self.scope[0].is_empty() {
            return self.any(Ty::I8);
        }
        let ty = self.any_type();
        let (a, b) = (self.any(ty), self.any(ty));
        let cond = *self.random.pick(&CONDITIONS);
        self.define(Ty::I8, &format!("icmp {cond} v{a}, v{b}"))
    }

    fn operation(&mut self) {
        let ty = self.any_type();
        let name = ty.name();
        match self.random.below(20) {
            0..=5 => {
                let op = *self.random.pick(&["iadd", "isub", "imul", "band", "bor", "bxor"]);
                let (a, b) = (self.any(ty), self.any(ty));
                self.define(ty, &format!("{op} v{a}, v{b}"));
            }
            6 | 7 => {
                let op = *self.random.pick(&["ishl", "ushr", "sshr"]);
                let a = self.any(ty);
                let b = if self.random.below(3) == 0 {
                    self.any(ty)
                } else {
                    let amount = self.random.below(u64::from(ty.bits())) as i64;
                    self.constant(ty, amount)
                };
                self.define(ty, &format!("{op} v{a}, v{b}"));
            }
            8 => {
                let ty = self.wide_type();
                let op = *self.random.pick(&["rotl", "rotr"]);
                let (a, b) = (self.any(ty), self.any(Ty::I32));
                self.define(ty, &format!("{op} v{a}, v{b}"));
            }
            9 => {
                let op = *self.random.pick(&["ineg", "bnot", "iabs", "clz", "ctz", "popcnt"]);
                let a = self.any(ty);
                self.define(ty, &format!("{op} v{a}"));
            }
            10 => {
                let op = *self.random.pick(&["smin", "smax", "umin", "umax"]);
                let (a, b) = (self.any(ty), self.any(ty));
                self.define(ty, &format!("{op} v{a}, v{b}"));
            }
            11 => {
                let ty = self.wide_type();
                let op = *self.random.pick(&["umulhi", "smulhi"]);
                let (a, b) = (self.any(ty), self.any(ty));
                self.define(ty, &format!("{op} v{a}, v{b}"));
            }
            12 => {
                let ty = self.wide_type();
                let a = self.any(ty);
                self.define(ty, &format!("bswap v{a}"));
            }
            13 => self.division(),
            14 => {
                let c = self.condition();
                let (a, b) = (self.any(ty), self.any(ty));
                self.define(ty, &format!("select v{c}, v{a}, v{b}"));
            }
            15 => {
                let ty = self.wide_type();
                let (m, a, b) = (self.any(ty), self.any(ty), self.any(ty));
                self.define(ty, &format!("bitselect v{m}, v{a}, v{b}"));
            }
            16 | 17 => {
                let from = *self.random.pick(&[Ty::I8, Ty::I16, Ty::I32]);
                let to = Ty::ALL[from as usize + 1 + self.random.below(3 - from as u64) as usize];
                let op = *self.random.pick(&["uextend", "sextend"]);
                let a = self.any(from);
                self.define(to, &format!("{op}.{} v{a}", to.name()));
            }
            18 => {
                let from = *self.random.pick(&[Ty::I16, Ty::I32, Ty::I64]);
                let to = Ty::ALL[self.random.below(from as u64) as usize];
                let a = self.any(from);
                self.define(to, &format!("ireduce.{} v{a}", to.name()));
            }
            _ => {
                let c = self.any(ty);
                self.define(ty, &format!("bmask.{name} v{c}"));
            }
        }
    }

    /// A division whose divisor is positive.
    fn division(&mut self) {
        let op = *self.random.pick(&["udiv", "sdiv", "urem", "srem"]);
        let (a, b) = (self.any(Ty::I32), self.any(Ty::I32));
        let mask = self.constant(Ty::I32, 0x7fff_ffff);
        let one = self.constant(Ty::I32, 1);
        let b = self.define(Ty::I32, &format!("band v{b}, v{mask}"));
        let b = self.define(Ty::I32, &format!("bor v{b}, v{one}"));
        self.define(Ty::I32, &format!("{op} v{a}, v{b}"));
    }

    /// Not `uload32`: the interpreter gives its result the type of the address.
    fn memory(&mut self) {
        let (op, ty, bytes) = *self.random.pick(&[
            ("load.i8", Ty::I8, 1),
            ("load.i16", Ty::I16, 2),
            ("load.i32", Ty::I32, 4),
            ("load.i64", Ty::I64, 8),
            ("uload8.i32", Ty::I32, 1),
            ("sload8.i32", Ty::I32, 1),
            ("uload16.i32", Ty::I32, 2),
            ("sload16.i64", Ty::I64, 2),
            ("store.i8", Ty::I8, 1),
            ("store.i16", Ty::I16, 2),
            ("store.i32", Ty::I32, 4),
            ("store.i64", Ty::I64, 8),
            ("istore8.i32", Ty::I32, 1),
            ("istore16.i32", Ty::I32, 2),
            ("istore32.i64", Ty::I64, 4),
        ]);
        let units = SLOT_BYTES / bytes;
        let (address, offset) = if self.random.below(2) == 0 {
            let offset = self.random.below(units) * bytes;
            let base = self.random.below(offset + 1);
            (self.define(Ty::I32, &format!("stack_addr.i32 ss0+{base}")), offset - base)
        } else {
            // An index within the slot.
            let index = self.any(Ty::I32);
            let mask = self.constant(Ty::I32, units as i64 - 1);
            let index = self.define(Ty::I32, &format!("band v{index}, v{mask}"));
            let amount = self.constant(Ty::I32, i64::from(bytes.trailing_zeros()));
            let scaled = self.define(Ty::I32, &format!("ishl v{index}, v{amount}"));
            let base = self.define(Ty::I32, "stack_addr.i32 ss0");
            (self.define(Ty::I32, &format!("iadd v{base}, v{scaled}")), 0)
        };
        // Addresses differ between the machines: they must not become data.
        self.hide_addresses();
        if op.contains("store") {
            let v = self.any(ty);
            self.line(&format!("{op} v{v}, v{address}+{offset}"));
        } else {
            self.define(ty, &format!("{op} v{address}+{offset}"));
        }
    }

    fn hide_addresses(&mut self) {
        let text = &self.text;
        let is_address = |v: u32| {
            let prefix = format!("    v{v} = ");
            let line = text.lines().rev().find(|line| line.starts_with(&prefix));
            line.is_some_and(|line| line.contains("stack_addr"))
        };
        let mut hidden: Vec<u32> =
            self.scope[2].iter().rev().take(8).copied().filter(|&v| is_address(v)).collect();
        // And the sum of one with an index, which is the last value.
        if let (Some(&last), Some(&address)) = (self.scope[2].last(), hidden.first())
            && last == address + 1
        {
            hidden.push(last);
        }
        self.scope[2].retain(|v| !hidden.contains(v));
    }

    fn call(&mut self) {
        if self.callees.is_empty() {
            return self.operation();
        }
        let index = self.random.below(self.callees.len() as u64) as usize;
        let callee = self.callees[index].clone();
        let args: Vec<String> = callee.params.iter().map(|&ty| format!("v{}", self.any(ty))).collect();
        let results: Vec<u32> = callee.results.iter().map(|_| self.value()).collect();
        let names: Vec<String> = results.iter().map(|v| format!("v{v}")).collect();
        self.line(&format!("{} = call fn{index}({})", names.join(", "), args.join(", ")));
        for (v, &ty) in results.into_iter().zip(&callee.results) {
            self.scope[ty as usize].push(v);
        }
    }

    fn start_block(&mut self, block: u32, params: &[Ty]) {
        let mut names = Vec::new();
        for &ty in params {
            let v = self.value();
            self.scope[ty as usize].push(v);
            names.push(format!("v{v}: {}", ty.name()));
        }
        let params = if names.is_empty() { String::new() } else { format!("({})", names.join(", ")) };
        let _ = writeln!(self.text, "block{block}{params}:");
    }

    fn args(&mut self, types: &[Ty]) -> String {
        if types.is_empty() {
            return String::new();
        }
        let args: Vec<String> = types.iter().map(|&ty| format!("v{}", self.any(ty))).collect();
        format!("({})", args.join(", "))
    }

    fn types(&mut self, limit: u64) -> Vec<Ty> {
        (0..self.random.below(limit)).map(|_| self.any_type()).collect()
    }

    fn diamond(&mut self, depth: u32) {
        let (then, other, join) = (self.block(), self.block(), self.block());
        let params = self.types(4);
        let direct = self.random.below(3) == 0;
        if self.random.below(3) == 0 {
            let op = *self.random.pick(&["sadd_overflow", "ssub_overflow", "smul_overflow"]);
            let (a, b) = (self.any(Ty::I32), self.any(Ty::I32));
            let (sum, flag) = (self.value(), self.value());
            self.line(&format!("v{sum}, v{flag} = {op} v{a}, v{b}"));
            self.scope[2].push(sum);
            if self.random.below(4) == 0 {
                self.scope[0].push(flag);
                self.operation();
            }
            let args = if direct { self.args(&params) } else { String::new() };
            let other = if direct { format!("block{join}{args}") } else { format!("block{other}") };
            self.line(&format!("brif v{flag}, block{then}, {other}"));
        } else {
            let c = self.condition();
            let args = if direct { self.args(&params) } else { String::new() };
            let other = if direct { format!("block{join}{args}") } else { format!("block{other}") };
            self.line(&format!("brif v{c}, block{then}, {other}"));
        }
        let outer = self.scope.clone();
        let arms = if direct { vec![then] } else { vec![then, other] };
        for arm in arms {
            self.scope = outer.clone();
            self.start_block(arm, &[]);
            self.statements(depth + 1);
            let args = self.args(&params);
            self.line(&format!("jump block{join}{args}"));
        }
        self.scope = outer;
        self.start_block(join, &params);
    }

    fn looping(&mut self, depth: u32) {
        let (head, body, done) = (self.block(), self.block(), self.block());
        let mut params = self.types(4);
        params.insert(0, Ty::I32);
        let zero = self.constant(Ty::I32, 0);
        let init: Vec<String> = params[1..].iter().map(|&ty| format!(", v{}", self.any(ty))).collect();
        self.line(&format!("jump block{head}(v{zero}{})", init.concat()));
        self.start_block(head, &params);
        let counter = self.scope[2][self.scope[2].len() - params.iter().filter(|&&t| t == Ty::I32).count()];
        let turns = 1 + self.random.below(6) as i64;
        let bound = self.constant(Ty::I32, turns);
        let go_on = self.define(Ty::I8, &format!("icmp slt v{counter}, v{bound}"));
        self.line(&format!("brif v{go_on}, block{body}, block{done}"));
        let outer = self.scope.clone();
        self.start_block(body, &[]);
        self.statements(depth + 1);
        let one = self.constant(Ty::I32, 1);
        let next = self.define(Ty::I32, &format!("iadd v{counter}, v{one}"));
        let args: Vec<String> = params[1..].iter().map(|&ty| format!(", v{}", self.any(ty))).collect();
        self.line(&format!("jump block{head}(v{next}{})", args.concat()));
        self.scope = outer;
        self.start_block(done, &[]);
    }

    fn table(&mut self, depth: u32) {
        let count = 1 + self.random.below(6) as u32;
        let cases: Vec<u32> = (0..count).map(|_| self.block()).collect();
        let (default, join) = (self.block(), self.block());
        let params = self.types(3);
        let x = self.any(Ty::I32);
        let mask = self.constant(Ty::I32, 7);
        let index = self.define(Ty::I32, &format!("band v{x}, v{mask}"));
        let mut entries: Vec<String> = cases.iter().map(|case| format!("block{case}")).collect();
        if self.random.below(2) == 0 {
            entries.push(entries[0].clone());
        }
        self.line(&format!("br_table v{index}, block{default}, [{}]", entries.join(", ")));
        let outer = self.scope.clone();
        for case in cases.into_iter().chain([default]) {
            self.scope = outer.clone();
            self.start_block(case, &[]);
            self.statements(depth + 2);
            let args = self.args(&params);
            self.line(&format!("jump block{join}{args}"));
        }
        self.scope = outer;
        self.start_block(join, &params);
    }

    fn statements(&mut self, depth: u32) {
        let count = 1 + self.random.below(8);
        for _ in 0..count {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            match self.random.below(24) {
                0..=2 if depth < 3 => self.diamond(depth),
                3 if depth < 2 => self.looping(depth),
                4 if depth < 2 => self.table(depth),
                5..=7 => self.memory(),
                8 if depth < 2 => self.call(),
                9 => {
                    let v = self.any(Ty::I32);
                    let one = self.constant(Ty::I32, 1);
                    let v = self.define(Ty::I32, &format!("bor v{v}, v{one}"));
                    self.line(&format!("trapz v{v}, user1"));
                }
                _ => self.operation(),
            }
        }
    }

    fn function(&mut self, signature: &Signature) {
        let params: Vec<&str> = signature.params.iter().map(|ty| ty.name()).collect();
        let results: Vec<&str> = signature.results.iter().map(|ty| ty.name()).collect();
        let _ = writeln!(
            self.text,
            "function %{}({}) -> {} system_v {{\n    ss0 = explicit_slot {SLOT_BYTES}, align = 8",
            signature.name,
            params.join(", "),
            results.join(", ")
        );
        for (i, callee) in self.callees.iter().enumerate() {
            let params: Vec<&str> = callee.params.iter().map(|ty| ty.name()).collect();
            let results: Vec<&str> = callee.results.iter().map(|ty| ty.name()).collect();
            let _ = writeln!(
                self.text,
                "    fn{i} = %{}({}) -> {} system_v",
                callee.name,
                params.join(", "),
                results.join(", ")
            );
        }
        let entry = self.block();
        self.start_block(entry, &signature.params);
        let zero = self.constant(Ty::I64, 0);
        for offset in (0..SLOT_BYTES).step_by(8) {
            let address = self.value();
            self.line(&format!("v{address} = stack_addr.i32 ss0+{offset}"));
            self.line(&format!("store.i64 v{zero}, v{address}"));
        }
        for _ in 0..3 {
            self.statements(0);
        }
        let mut values = Vec::new();
        for &ty in &signature.results {
            let mut v = self.any(ty);
            let known: Vec<u32> = self.scope[ty as usize].iter().rev().take(12).copied().collect();
            for other in known {
                v = self.define(ty, &format!("bxor v{v}, v{other}"));
            }
            values.push(format!("v{v}"));
        }
        self.line(&format!("return {}", values.join(", ")));
        self.text.push_str("}\n");
    }
}

/// A program and calls of its functions.
pub fn program(seed: u64) -> (String, Vec<Call>) {
    let mut random = Random::new(seed);
    let mut signatures: Vec<Signature> = Vec::new();
    let mut text = String::new();
    let mut calls = Vec::new();
    for i in 0..4 {
        let param = |random: &mut Random| *random.pick(&[Ty::I32, Ty::I32, Ty::I64]);
        let params: Vec<Ty> = (0..random.below(13)).map(|_| param(&mut random)).collect();
        let results = match random.below(4) {
            0 => vec![Ty::I64],
            1 => vec![Ty::I32, Ty::I32],
            _ => vec![Ty::I32],
        };
        let signature = Signature { name: format!("f{i}"), params, results };
        let mut generator = Generator {
            random: &mut random,
            text: String::new(),
            next_value: 0,
            next_block: 0,
            scope: Default::default(),
            callees: &signatures,
            // Some programs are large enough for long branches and many spills.
            budget: if seed % 8 == 7 { 500 } else { 60 },
        };
        generator.function(&signature);
        text += &generator.text;
        for _ in 0..4 {
            let args: Vec<Arg> = signature
                .params
                .iter()
                .map(|ty| match ty {
                    Ty::I64 => Arg::I64(random.interesting()),
                    _ => Arg::I32(random.interesting() as i32),
                })
                .collect();
            calls.push(Call { function: signature.name.clone(), args });
        }
        signatures.push(signature);
    }
    (text, calls)
}
