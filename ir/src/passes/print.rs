//! Prints concatenations part by part.
//!
//! `console.log("sum " + sum)` needs no string `sum …`: what appears is the same if one part is written behind the other. The
//! call becomes one of an intrinsic function that takes the parts, so that programs which concatenate strings only to
//! print them have neither concatenations nor strings in the heap.
//!
//! The parts must be known to be primitive values, whose conversion runs no code of the program; and no two of them may be
//! halves of one character, which [`Edges`] is about.
use super::cleanup::forget;
use super::infer::Facts;
use crate::module::{Const, Function, Imm, InstData, Module, ValueDef};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, Type, Value};
use jerboa_abi::builtins::{GLOBALS, NativeId, intrinsic_number};

/// Functions of `console` that write to the standard output, and nothing else.
const LOGS: &[&[u8]] = &[b"log", b"info", b"debug"];

/// The most parts of a call.
const MAX_PARTS: usize = 32;

/// A call to be replaced.
struct Print {
    function: FuncId,
    block: Block,
    call: Inst,
    parts: Vec<Value>,
    /// Instructions that compute the text, and the look-up of the function if it serves this call only.
    replaced: Vec<Inst>,
}

/// Replaces the calls of a module.
pub fn run(module: &mut Module) {
    if module.open_world || names_reflect(module) {
        return;
    }
    let mut prints: Vec<Print> = Vec::new();
    for (i, f) in module.functions.iter().enumerate() {
        let mut uses = None;
        for (b, block) in f.blocks.iter().enumerate() {
            for call in &block.insts {
                let Some(text) = logged_concatenation(module, f, f.inst(*call)) else { continue };
                let uses = uses.get_or_insert_with(|| f.count_uses());
                let (function, block) = (FuncId(i as u32), Block(b as u32));
                let mut print =
                    Print { function, block, call: *call, parts: Vec::new(), replaced: Vec::new() };
                print.take_apart(f, uses, text);
                let callee = f.inst(*call).args[0];
                if uses[callee.index()] == 1
                    && let ValueDef::Result(look_up) = f.values[callee.index()].def
                {
                    print.replaced.push(look_up);
                }
                // Where a handler waits for what an instruction throws, the block ends with it.
                if !print.replaced.iter().any(|inst| ends_block(f, *inst)) {
                    prints.push(print);
                }
            }
        }
    }
    if prints.is_empty() {
        return;
    }
    let facts = Facts::of_closed_world(module);
    prints.retain(|print| {
        let f = module.function(print.function);
        let logged = member_name(f, f.inst(print.call).args[0]);
        let is_plain = |part: &Value| {
            f.ty(*part) == Type::Val && facts.kind_in(print.function, print.block, *part).is_primitive()
        };
        let edges: Vec<Edges> =
            print.parts.iter().map(|part| Edges::of(module, &facts, print, *part)).collect();
        let no_halves = edges.windows(2).all(|pair| pair[0].ends_whole || pair[1].starts_whole);
        print.parts.len() <= MAX_PARTS
            && logged.is_some_and(|name| !facts.may_write(name))
            && print.parts.iter().all(is_plain)
            && no_halves
    });
    for print in prints {
        replace(module, print);
    }
}

/// Whether the program may write a property of `console` by a function that takes its name.
fn names_reflect(module: &Module) -> bool {
    let is_reflect = |inst: &InstData| match inst.imm {
        Imm::Builtin(number) => {
            GLOBALS.get(usize::from(number)).is_some_and(|global| global.name == "Reflect")
        }
        _ => false,
    };
    module.functions.iter().flat_map(|f| &f.insts).any(is_reflect)
}

/// The one argument of a call of `console.log`, if that is a concatenation.
fn logged_concatenation(module: &Module, f: &Function, call: &InstData) -> Option<Value> {
    let (Op::Call, [callee, _, text]) = (call.op, call.args.as_slice()) else { return None };
    let name = member_name(f, *callee)?;
    (LOGS.contains(&module.string(name)) && concatenation(f, *text).is_some()).then_some(*text)
}

/// The name of a member of `console` that a value is.
fn member_name(f: &Function, value: Value) -> Option<crate::types::StrId> {
    let (Op::GetProp, Imm::Str(name)) = (f.definition(value)?.op, &f.definition(value)?.imm) else {
        return None;
    };
    match f.definition(f.definition(value)?.args[0])?.imm {
        Imm::Builtin(number) => {
            GLOBALS.get(usize::from(number)).filter(|global| global.name == "console").map(|_| *name)
        }
        _ => None,
    }
}

fn concatenation(f: &Function, value: Value) -> Option<&[Value]> {
    f.definition(value).filter(|inst| inst.op == Op::Concat).map(|inst| inst.args.as_slice())
}

impl Print {
    /// Takes in the parts of a concatenation, with those of concatenations that are used for nothing else.
    fn take_apart(&mut self, f: &Function, uses: &[u32], value: Value) {
        match (f.values[value.index()].def, concatenation(f, value)) {
            (ValueDef::Result(inst), Some(inner)) if uses[value.index()] == 1 => {
                self.replaced.push(inst);
                inner.iter().for_each(|part| self.take_apart(f, uses, *part));
            }
            _ => self.parts.push(value),
        }
    }
}

fn ends_block(f: &Function, inst: Inst) -> bool {
    f.place_of(inst).is_none_or(|(block, _)| {
        let block = f.block(block);
        block.insts.last() == Some(&inst) && matches!(block.terminator, Some(Terminator::Exit { .. }))
    })
}

/// Whether a part's text certainly begins and ends with a whole character. Two surrogates that meet make one character, which
/// they do not if each is printed alone.
struct Edges {
    starts_whole: bool,
    ends_whole: bool,
}

impl Edges {
    fn of(module: &Module, facts: &Facts, print: &Print, part: Value) -> Edges {
        let f = module.function(print.function);
        if let Some(Imm::Const(Const::Str(text))) = f.definition(part).map(|inst| &inst.imm) {
            // Surrogates in WTF-8 are ED A0 80 to ED BF BF.
            let text = module.string(*text);
            let is_surrogate = |bytes: &[u8]| matches!(bytes, [0xed, 0xa0..=0xff, _]);
            let whole = |end: Option<&[u8]>| !text.is_empty() && !end.is_some_and(is_surrogate);
            let last = text.len().checked_sub(3).map(|at| &text[at..]);
            return Edges { starts_whole: whole(text.get(..3)), ends_whole: whole(last) };
        }
        let whole = !facts.kind_in(print.function, print.block, part).may_be_string();
        Edges { starts_whole: whole, ends_whole: whole }
    }
}

/// Makes the call one of the intrinsic function.
fn replace(module: &mut Module, print: Print) {
    let f = &mut module.functions[print.function.index()];
    let loc = f.inst(print.call).loc;
    let printer = Imm::Builtin(intrinsic_number(NativeId::ConsoleLogParts));
    let printer = f.make_inst(Op::Builtin, vec![], printer, Some(Type::Val), loc);
    let this = f.make_inst(Op::Const, vec![], Imm::Const(Const::Undefined), Some(Type::Val), loc);
    let insts = &mut f.blocks[print.block.index()].insts;
    let at = insts.iter().position(|inst| *inst == print.call).expect("the call is in its block");
    insts.splice(at..at, [printer, this]);
    let mut args: Vec<Value> = [printer, this].iter().filter_map(|inst| f.inst(*inst).result).collect();
    args.extend(print.parts);
    f.insts[print.call.index()].args = args;
    for block in &mut f.blocks {
        block.insts.retain(|inst| !print.replaced.contains(inst));
    }
    print.replaced.iter().for_each(|inst| forget(f, *inst));
}
