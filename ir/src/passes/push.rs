//! `array.push(value)` of what is an array for certain becomes the instruction that appends: no look-up of the method, and no
//! built-in function in the image.
//!
//! An array that the analysis knows has no other prototype than `Array.prototype` and no property `push` of its own, as long as
//! nothing writes a property of that name and nothing changes prototypes or locks objects.
use super::infer::Facts;
use crate::module::{Imm, InstData, Module};
use crate::op::{Op, Terminator};
use crate::types::{Block, FuncId, Inst, Type};

/// Built-in functions and properties by which an array could come to have another `push`, or refuse it.
const SPOILERS: &[&str] = &[
    "__proto__",
    "setPrototypeOf",
    "freeze",
    "seal",
    "preventExtensions",
    "defineProperty",
    "defineProperties",
];

/// Rewrites all functions; whether anything changed.
pub fn run(module: &mut Module) -> bool {
    let is_push = |module: &Module, inst: &InstData| {
        let named = |name| module.string(name) == b"push";
        inst.args.len() == 2
            && matches!((inst.op, &inst.imm), (Op::CallMethod, Imm::Str(name)) if named(*name))
    };
    let spoils = |text: &Vec<u8>| SPOILERS.iter().any(|spoiler| spoiler.as_bytes() == text.as_slice());
    if module.open_world || module.strings.iter().any(spoils) {
        return false;
    }
    let Some(name) = module
        .functions
        .iter()
        .flat_map(|f| f.live_insts())
        .find(|(_, inst)| is_push(module, inst))
        .and_then(|(_, inst)| if let Imm::Str(name) = inst.imm { Some(name) } else { None })
    else {
        return false;
    };
    let facts = Facts::of_closed_world(module);
    if facts.may_write(name) {
        return false;
    }
    let mut found: Vec<(FuncId, Block, Inst)> = Vec::new();
    for (i, f) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        for (b, block) in f.blocks.iter().enumerate() {
            let at = Block(b as u32);
            let certain = |inst: &&Inst| {
                let inst = f.inst(**inst);
                is_push(module, inst) && facts.is_array(id, at, inst.args[0])
            };
            found.extend(block.insts.iter().filter(certain).map(|inst| (id, at, *inst)));
        }
    }
    for (id, block, call) in &found {
        rewrite(module, *id, *block, *call);
    }
    !found.is_empty()
}

fn rewrite(module: &mut Module, id: FuncId, block: Block, call: Inst) {
    let f = &mut module.functions[id.index()];
    let data = f.inst(call).clone();
    let is_used = data.result.is_some_and(|result| f.count_uses()[result.index()] != 0);
    // What may throw inside of a `try` is the last instruction of its block.
    if is_used && matches!(f.block(block).terminator, Some(Terminator::Exit { .. })) {
        return;
    }
    let array = data.args[0];
    let push = f.make_inst(Op::ArrayPush, data.args, Imm::None, None, data.loc);
    let mut instead = vec![push];
    if is_used {
        // The method gives the new length.
        let length = f.make_inst(Op::ArrayLen, vec![array], Imm::None, Some(Type::I32), data.loc);
        let length_value = f.inst(length).result.expect("a length is a result");
        let boxed = &mut f.insts[call.index()];
        (boxed.op, boxed.args, boxed.imm) = (Op::BoxI32, vec![length_value], Imm::None);
        instead.extend([length, call]);
    }
    let insts = &mut f.blocks[block.index()].insts;
    let at = insts.iter().position(|inst| *inst == call).expect("the call is in its block");
    insts.splice(at..=at, instead);
}
