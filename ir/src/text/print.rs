//! The printer.
use crate::module::{BlockCall, Const, Function, Imm, Module, ParamKind};
use crate::op::Terminator;
use crate::types::{FuncId, SourceLoc, Value};
use std::fmt::Write;

/// Prints a module.
pub fn print(module: &Module) -> String {
    let mut out = String::new();
    for (i, file) in module.files.iter().enumerate() {
        let _ = writeln!(out, "file{i} {}", quote(file.name.as_bytes()));
    }
    for (i, string) in module.strings.iter().enumerate() {
        let _ = writeln!(out, "str{i} {}", quote(string));
    }
    for (i, global) in module.globals.iter().enumerate() {
        let _ = writeln!(out, "g{i} {} {}", global.ty, quote(global.name.as_bytes()));
    }
    for (i, inlined) in module.inlined.iter().enumerate() {
        let _ = write!(out, "inlined{i}");
        if let Some(name) = inlined.name {
            let _ = write!(out, " {name}");
        }
        let _ = write!(out, " f{}", inlined.file.0);
        let _ = writeln!(out, " f{}:{}:{}", inlined.call.file.0, inlined.call.line, inlined.call.column);
    }
    if let Some(entry) = module.entry {
        let _ = writeln!(out, "entry {entry}");
    }
    for (i, function) in module.functions.iter().enumerate() {
        print_function(&mut out, FuncId(i as u32), function);
    }
    let mut texts: Vec<_> = module.expression_texts.iter().collect();
    texts.sort_by_key(|((f, l), _)| (*f, l.file, l.line, l.column));
    for ((function, loc), text) in texts {
        let _ = writeln!(out, "text {function} f{}:{}:{} {text}", loc.file.0, loc.line, loc.column);
    }
    out
}

/// Prints one function.
pub fn print_function(out: &mut String, id: FuncId, function: &Function) {
    let _ = write!(out, "{id} ");
    if let Some(name) = function.name {
        let _ = write!(out, "{name} ");
    }
    out.push('(');
    for (i, param) in function.signature.params.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        let _ = match param.kind {
            ParamKind::Callee => write!(out, "callee"),
            ParamKind::This => write!(out, "this"),
            ParamKind::Arg(n) => write!(out, "arg{n}"),
            ParamKind::Rest(n) => write!(out, "rest{n}"),
            ParamKind::Arguments => write!(out, "arguments"),
            ParamKind::NewTarget => write!(out, "new_target"),
        };
        let _ = write!(out, " {}", param.ty);
    }
    let _ = write!(out, ") -> {} length {}", function.signature.result, function.length);
    if function.captures > 0 {
        let _ = write!(out, " captures {}", function.captures);
    }
    if function.flags.constructor {
        out.push_str(" constructor");
    }
    if function.flags.has_properties {
        out.push_str(" has_properties");
    }
    if function.flags.generator {
        out.push_str(" generator");
    }
    if function.flags.is_async {
        out.push_str(" async");
    }
    if function.flags.class {
        out.push_str(" class");
    }
    if function.flags.derived {
        out.push_str(" derived");
    }
    if function.flags.single {
        out.push_str(" single");
    }
    location(out, function.loc);
    out.push_str(" {\n");
    for (i, block) in function.blocks.iter().enumerate() {
        let _ = write!(out, "block{i}");
        if !block.params.is_empty() {
            out.push('(');
            for (k, param) in block.params.iter().enumerate() {
                let comma = if k > 0 { ", " } else { "" };
                let _ = write!(out, "{comma}{param}: {}", function.ty(*param));
            }
            out.push(')');
        }
        out.push_str(":\n");
        for inst in &block.insts {
            let inst = function.inst(*inst);
            out.push_str("    ");
            if let Some(result) = inst.result {
                let _ = write!(out, "{result} = ");
                if inst.op.info().result_from_imm {
                    let _ = write!(out, "{}:", function.ty(result));
                }
            }
            out.push_str(inst.op.info().name);
            immediate(out, &inst.imm);
            values(out, &inst.args, !matches!(inst.imm, Imm::None));
            location(out, inst.loc);
            out.push('\n');
        }
        if let Some(terminator) = &block.terminator {
            out.push_str("    ");
            print_terminator(out, terminator);
            location(out, block.loc);
            out.push('\n');
        }
    }
    out.push_str("}\n");
}

fn values(out: &mut String, args: &[Value], after_immediate: bool) {
    for (i, arg) in args.iter().enumerate() {
        let separator = if i > 0 || after_immediate { "," } else { "" };
        let _ = write!(out, "{separator} {arg}");
    }
}

fn immediate(out: &mut String, imm: &Imm) {
    let _ = match imm {
        Imm::None => Ok(()),
        Imm::I32(i) => write!(out, " {i}"),
        Imm::F64(x) => write!(out, " 0x{:016x}", x.to_bits()),
        Imm::Bool(b) => write!(out, " {b}"),
        Imm::Const(Const::Undefined) => write!(out, " undefined"),
        Imm::Const(Const::Null) => write!(out, " null"),
        Imm::Const(Const::Empty) => write!(out, " empty"),
        Imm::Const(Const::Bool(b)) => write!(out, " {b}"),
        Imm::Const(Const::Number(x)) => match exact_integer(*x) {
            Some(i) => write!(out, " {i}"),
            None => write!(out, " 0x{:016x}", x.to_bits()),
        },
        Imm::Const(Const::Str(s)) | Imm::Str(s) => write!(out, " {s}"),
        Imm::Keys(keys) => {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            write!(out, " [{}]", keys.join(" "))
        }
        Imm::Func(f) => write!(out, " {f}"),
        Imm::Global(g) => write!(out, " {g}"),
        Imm::Index(i) => write!(out, " #{i}"),
        Imm::Builtin(b) => {
            let name = jerboa_abi::builtins::builtin_name(*b).unwrap_or("?");
            write!(out, " {}", quote(name.as_bytes()))
        }
        Imm::IntCond(c) => write!(out, " {}", format!("{c:?}").to_lowercase()),
        Imm::FloatCond(c) => write!(out, " {}", format!("{c:?}").to_lowercase()),
        Imm::Error(kind, message) => write!(out, " {kind:?} {message}"),
    };
}

/// The integer that a number is, if it is one in the range of i32 and not -0.
fn exact_integer(x: f64) -> Option<i32> {
    let i = x as i32;
    (f64::from(i).to_bits() == x.to_bits()).then_some(i)
}

fn print_terminator(out: &mut String, terminator: &Terminator) {
    match terminator {
        Terminator::Jump(target) => {
            out.push_str("jump ");
            call(out, target);
        }
        Terminator::Branch { cond, then, otherwise } => {
            let _ = write!(out, "branch {cond}, ");
            call(out, then);
            out.push_str(", ");
            call(out, otherwise);
        }
        Terminator::Exit { next, exit } => {
            out.push_str("exit ");
            call(out, next);
            out.push_str(", ");
            call(out, exit);
        }
        Terminator::Return(value) => {
            let _ = write!(out, "return {value}");
        }
        Terminator::Throw { value, handler } => {
            let _ = write!(out, "throw {value}");
            if let Some(handler) = handler {
                out.push_str(", ");
                call(out, handler);
            }
        }
        Terminator::Unreachable => out.push_str("unreachable"),
    }
}

fn call(out: &mut String, target: &BlockCall) {
    let _ = write!(out, "{}", target.block);
    if !target.args.is_empty() {
        let args: Vec<String> = target.args.iter().map(ToString::to_string).collect();
        let _ = write!(out, "({})", args.join(", "));
    }
}

fn location(out: &mut String, loc: SourceLoc) {
    if loc.line > 0 {
        let _ = write!(out, " @f{}:{}:{}", loc.file.0, loc.line, loc.column);
    }
}

/// A string between quotes; bytes outside of printable ASCII as `\xNN`.
fn quote(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            0x20..=0x7e => out.push(char::from(*byte)),
            _ => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
    out
}
