//! Call sites of compiled code: where a function may be while an error is made.
//!
//! Bytecode needs none, for a position in it is one in its line table. Machine code is not in the image, and neither the host
//! nor WebAssembly lets a program walk its machine stack, so each place where a function may be during a call is numbered
//! here, in the order of the functions. Compiled code keeps that number in its frame (`jerboa_abi::entry::symbol::RUN_TRACED`),
//! and the line table of such an image has numbers in the place of code bytes.
use super::{FunctionCode, LineEntry};
use jerboa_ir::{FuncId, Module, SourceLoc};
use std::collections::HashMap;

/// The call sites of a module.
#[derive(Clone, Debug, Default)]
pub(super) struct Sites {
    /// For each function the number of its first site.
    pub(super) starts: Vec<u32>,
    numbers: HashMap<(FuncId, SourceLoc), u32>,
}

impl Sites {
    /// Numbers the sites of a module, from 1; instructions of one function and one place in the source share one.
    pub(super) fn of(module: &Module) -> Sites {
        let mut sites = Sites::default();
        for (i, function) in module.functions.iter().enumerate() {
            let id = FuncId(i as u32);
            sites.starts.push(sites.numbers.len() as u32 + 1);
            for inst in function.blocks.iter().flat_map(|b| &b.insts).map(|i| function.inst(*i)) {
                if inst.op.info().effects.throws {
                    let next = sites.numbers.len() as u32 + 1;
                    sites.numbers.entry((id, inst.loc)).or_insert(next);
                }
            }
        }
        sites
    }

    /// The number of a place.
    pub(super) fn number(&self, function: FuncId, loc: SourceLoc) -> Option<u32> {
        self.numbers.get(&(function, loc)).copied()
    }

    /// The places of each function as entries of a line table, by their numbers from the function's first.
    pub(super) fn lines(&self) -> Vec<FunctionCode> {
        let mut functions = vec![FunctionCode::default(); self.starts.len()];
        for ((id, loc), number) in &self.numbers {
            let at = number - self.starts[id.index()];
            let (file, line, column) = (loc.file.0, loc.line, loc.column);
            functions[id.index()].lines.push(LineEntry { at, file, line, column, text: None });
        }
        functions.iter_mut().for_each(|f| f.lines.sort_by_key(|entry| entry.at));
        functions
    }
}
