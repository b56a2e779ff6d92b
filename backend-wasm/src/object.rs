//! The relocatable object: sections, symbol table and relocations as the "Linking" document of WebAssembly's
//! tool conventions describes them (version 2), which is what `wasm-ld` and LLVM use.
//!
//! The function table is imported without a symbol, in the form from before reference types: `call_indirect` then
//! needs one byte for the table instead of five, and `wasm-ld` puts the table at index 0.

use crate::Options;
use crate::code::{Code, Op};
use crate::encode::{Encoded, Target, encode};
use crate::error::Error;
use crate::select::wasm_type;
use cranelift_codegen::ir::Signature;
use jerboa_backend_cranelift::unit::{Data, Linkage, SymbolId, SymbolKind, Unit};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, Encode, EntityType, FunctionSection, GlobalType, ImportSection,
    MemoryType, Module, RawSection, RefType, SectionId, TableType, TypeSection, ValType,
};

/// The types of an object, each once, in the order of first use.
#[derive(Default)]
pub struct Types {
    list: Vec<(Vec<ValType>, Vec<ValType>)>,
}

impl Types {
    /// The index of a signature's type. `name` is the function's, for errors.
    pub fn intern(&mut self, signature: &Signature, name: &str) -> Result<u32, Error> {
        let convert = |params: &[cranelift_codegen::ir::AbiParam]| -> Result<Vec<ValType>, Error> {
            params
                .iter()
                .map(|param| {
                    wasm_type(param.value_type).ok_or_else(|| Error::UnsupportedType {
                        function: name.to_owned(),
                        ty: param.value_type.to_string(),
                    })
                })
                .collect()
        };
        let ty = (convert(&signature.params)?, convert(&signature.returns)?);
        let found = self.list.iter().position(|known| *known == ty);
        Ok(found.unwrap_or_else(|| {
            self.list.push(ty);
            self.list.len() - 1
        }) as u32)
    }
}

/// Relocation types of the tool conventions.
mod reloc {
    pub const FUNCTION_INDEX_LEB: u8 = 0;
    pub const TABLE_INDEX_SLEB: u8 = 1;
    pub const TABLE_INDEX_I32: u8 = 2;
    pub const MEMORY_ADDR_SLEB: u8 = 4;
    pub const MEMORY_ADDR_I32: u8 = 5;
    pub const TYPE_INDEX_LEB: u8 = 6;
    pub const GLOBAL_INDEX_LEB: u8 = 7;
}

/// Kinds and flags of symbols.
mod symbol {
    pub const FUNCTION: u8 = 0;
    pub const DATA: u8 = 1;
    pub const GLOBAL: u8 = 2;
    pub const LOCAL: u32 = 0x02;
    pub const HIDDEN: u32 = 0x04;
    pub const UNDEFINED: u32 = 0x10;
    pub const EXPORTED: u32 = 0x20;
}

/// Subsections of the linking section.
const SEGMENT_INFO: u8 = 5;
const SYMBOL_TABLE: u8 = 8;
const LINKING_VERSION: u32 = 2;

/// Where the linker finds what it fills in.
struct Layout {
    /// Imported functions, then the defined ones: the index space of functions.
    functions: BTreeMap<SymbolId, u32>,
    /// Offset of each datum in the object's memory.
    addresses: BTreeMap<SymbolId, u32>,
    /// Index of each symbol in the symbol table.
    symbols: BTreeMap<SymbolId, u32>,
    stack_pointer: u32,
}

/// Bytes and relocations of one section.
struct Payload {
    bytes: Vec<u8>,
    relocations: Vec<u8>,
    count: u32,
}

impl Payload {
    fn relocate(&mut self, kind: u8, offset: usize, index: u32, addend: Option<i32>) {
        self.relocations.push(kind);
        offset.encode(&mut self.relocations);
        index.encode(&mut self.relocations);
        if let Some(addend) = addend {
            addend.encode(&mut self.relocations);
        }
        self.count += 1;
    }
}

/// Writes the object. `codes` are the bodies of `unit.functions`, in that order.
pub fn write(unit: &Unit, codes: &[Code], mut types: Types, options: &Options) -> Result<Vec<u8>, Error> {
    let used = used_imports(unit, codes);
    let ops = || codes.iter().flat_map(|code| &code.ops);
    let needs_stack = ops().any(|op| matches!(op, Op::GetStackPointer));
    let needs_table = ops().any(|op| matches!(op, Op::CallIndirect(_)));

    let mut imports = ImportSection::new();
    imports.import(
        "env",
        "__linear_memory",
        MemoryType { minimum: 0, maximum: None, memory64: false, shared: false, page_size_log2: None },
    );
    if needs_table {
        imports.import(
            "env",
            "__indirect_function_table",
            TableType {
                element_type: RefType::FUNCREF,
                table64: false,
                minimum: 0,
                maximum: None,
                shared: false,
            },
        );
    }
    if needs_stack {
        imports.import(
            "env",
            "__stack_pointer",
            GlobalType { val_type: ValType::I32, mutable: true, shared: false },
        );
    }
    let mut layout = Layout {
        functions: BTreeMap::new(),
        addresses: BTreeMap::new(),
        symbols: BTreeMap::new(),
        stack_pointer: 0,
    };
    for &id in &used {
        let imported = unit.symbol(id);
        if let SymbolKind::Function(signature) = &imported.kind {
            let ty = types.intern(signature, &imported.name)?;
            imports.import("env", &imported.name, EntityType::Function(ty));
            layout.functions.insert(id, layout.functions.len() as u32);
        }
    }
    let mut functions = FunctionSection::new();
    for body in &unit.functions {
        functions.function(types.intern(&body.func.signature, &unit.symbol(body.symbol).name)?);
        layout.functions.insert(body.symbol, layout.functions.len() as u32);
    }
    let mut end = 0;
    for data in &unit.data {
        end = u32::next_multiple_of(end, data.align.max(1));
        layout.addresses.insert(data.symbol, end);
        end += data.bytes.len() as u32;
    }
    let symbol_table = symbol_table(unit, &used, needs_stack, options, &mut layout);

    let mut type_section = TypeSection::new();
    for (params, results) in &types.list {
        type_section.ty().function(params.iter().copied(), results.iter().copied());
    }
    let code = code_payload(codes, &layout);
    let data = data_payload(unit, &layout)?;

    let mut module = Module::new();
    let mut sections = 0;
    let mut section = |section: &dyn wasm_encoder::Section| {
        module.section(&DynSection(section));
        sections += 1;
        sections - 1
    };
    section(&type_section);
    section(&imports);
    section(&functions);
    let code_index = section(&RawSection { id: SectionId::Code.into(), data: &code.bytes });
    let data_index = if unit.data.is_empty() {
        0
    } else {
        section(&RawSection { id: SectionId::Data.into(), data: &data.bytes })
    };
    section(&custom("linking", linking(unit, symbol_table)));
    for (name, index, payload) in [("reloc.CODE", code_index, &code), ("reloc.DATA", data_index, &data)] {
        if payload.count > 0 {
            let mut bytes = Vec::new();
            u32::encode(&index, &mut bytes);
            payload.count.encode(&mut bytes);
            bytes.extend_from_slice(&payload.relocations);
            section(&custom(name, bytes));
        }
    }
    section(&custom("target_features", target_features()));
    Ok(module.finish())
}

/// A section behind a reference.
struct DynSection<'a>(&'a dyn wasm_encoder::Section);

impl Encode for DynSection<'_> {
    fn encode(&self, sink: &mut Vec<u8>) {
        self.0.encode(sink);
    }
}

impl wasm_encoder::Section for DynSection<'_> {
    fn id(&self) -> u8 {
        self.0.id()
    }
}

fn custom(name: &'static str, data: Vec<u8>) -> CustomSection<'static> {
    CustomSection { name: name.into(), data: data.into() }
}

/// The extensions of the first version of WebAssembly that selection makes use of.
fn target_features() -> Vec<u8> {
    let mut bytes = Vec::new();
    let features = ["multivalue", "mutable-globals", "nontrapping-fptoint", "sign-ext"];
    features.len().encode(&mut bytes);
    for feature in features {
        bytes.push(b'+');
        feature.encode(&mut bytes);
    }
    bytes
}

/// The symbols that are referred to but not defined here.
fn used_imports(unit: &Unit, codes: &[Code]) -> BTreeSet<SymbolId> {
    let in_code = codes.iter().flat_map(|code| &code.ops).filter_map(|op| match op {
        Op::Call(id) | Op::DataAddress(id, _) | Op::FunctionAddress(id) => Some(*id),
        _ => None,
    });
    let in_data = unit.data.iter().flat_map(|data| &data.relocs).map(|reloc| reloc.target);
    let defined: BTreeSet<SymbolId> = unit
        .functions
        .iter()
        .map(|body| body.symbol)
        .chain(unit.data.iter().map(|data| data.symbol))
        .collect();
    in_code.chain(in_data).filter(|id| !defined.contains(id)).collect()
}

/// The symbol table's subsection; numbers the symbols.
fn symbol_table(
    unit: &Unit,
    used: &BTreeSet<SymbolId>,
    needs_stack: bool,
    options: &Options,
    layout: &mut Layout,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut count = 0;
    let mut number = |layout: &mut Layout, id: SymbolId| {
        layout.symbols.insert(id, count);
        count += 1;
    };
    let flags = |id: SymbolId| {
        let symbol = unit.symbol(id);
        let exported = if options.exports.contains(&symbol.name) { symbol::EXPORTED } else { symbol::HIDDEN };
        match symbol.linkage {
            Linkage::Local => symbol::LOCAL,
            Linkage::Export | Linkage::Import => exported,
        }
    };
    for body in &unit.functions {
        bytes.push(symbol::FUNCTION);
        flags(body.symbol).encode(&mut bytes);
        layout.functions[&body.symbol].encode(&mut bytes);
        unit.symbol(body.symbol).name.as_str().encode(&mut bytes);
        number(layout, body.symbol);
    }
    for (index, data) in unit.data.iter().enumerate() {
        bytes.push(symbol::DATA);
        flags(data.symbol).encode(&mut bytes);
        unit.symbol(data.symbol).name.as_str().encode(&mut bytes);
        index.encode(&mut bytes);
        0_u32.encode(&mut bytes);
        data.bytes.len().encode(&mut bytes);
        number(layout, data.symbol);
    }
    for &id in used {
        match unit.symbol(id).kind {
            SymbolKind::Function(_) => {
                bytes.push(symbol::FUNCTION);
                symbol::UNDEFINED.encode(&mut bytes);
                layout.functions[&id].encode(&mut bytes);
            }
            SymbolKind::Data => {
                bytes.push(symbol::DATA);
                symbol::UNDEFINED.encode(&mut bytes);
                unit.symbol(id).name.as_str().encode(&mut bytes);
            }
        }
        number(layout, id);
    }
    if needs_stack {
        bytes.push(symbol::GLOBAL);
        symbol::UNDEFINED.encode(&mut bytes);
        0_u32.encode(&mut bytes);
        layout.stack_pointer = count;
        count += 1;
    }
    let mut table = Vec::new();
    count.encode(&mut table);
    table.extend(bytes);
    table
}

/// The linking section: names and alignments of segments, and the symbol table.
fn linking(unit: &Unit, symbol_table: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    LINKING_VERSION.encode(&mut bytes);
    if !unit.data.is_empty() {
        let mut info = Vec::new();
        unit.data.len().encode(&mut info);
        for data in &unit.data {
            format!("{}.{}", segment_kind(data), unit.symbol(data.symbol).name).as_str().encode(&mut info);
            data.align.max(1).trailing_zeros().encode(&mut info);
            0_u32.encode(&mut info);
        }
        bytes.push(SEGMENT_INFO);
        info.as_slice().encode(&mut bytes);
    }
    bytes.push(SYMBOL_TABLE);
    symbol_table.as_slice().encode(&mut bytes);
    bytes
}

/// The output segment that `wasm-ld` collects a datum in; it leaves out the bytes of `.bss`.
fn segment_kind(data: &Data) -> &'static str {
    if !data.writable {
        ".rodata"
    } else if data.relocs.is_empty() && data.bytes.iter().all(|&byte| byte == 0) {
        ".bss"
    } else {
        ".data"
    }
}

fn code_payload(codes: &[Code], layout: &Layout) -> Payload {
    let existing = |target: Target| match target {
        Target::Function(id) => layout.functions[&id] as i32,
        Target::Address(id, addend) => layout.addresses.get(&id).map_or(0, |&at| at as i32 + addend),
        Target::Type(ty) => ty as i32,
        Target::TableIndex(_) | Target::StackPointer => 0,
    };
    let mut payload = Payload { bytes: Vec::new(), relocations: Vec::new(), count: 0 };
    let mut section = CodeSection::new();
    codes.len().encode(&mut payload.bytes);
    let count_size = payload.bytes.len();
    for code in codes {
        let Encoded { bytes, relocations } = encode(code, existing);
        section.raw(&bytes);
        let start = count_size + section.byte_len() - bytes.len();
        for relocation in relocations {
            let at = start + relocation.offset;
            match relocation.target {
                Target::Function(id) => {
                    payload.relocate(reloc::FUNCTION_INDEX_LEB, at, layout.symbols[&id], None)
                }
                Target::TableIndex(id) => {
                    payload.relocate(reloc::TABLE_INDEX_SLEB, at, layout.symbols[&id], None)
                }
                Target::Address(id, addend) => {
                    payload.relocate(reloc::MEMORY_ADDR_SLEB, at, layout.symbols[&id], Some(addend));
                }
                Target::Type(ty) => payload.relocate(reloc::TYPE_INDEX_LEB, at, ty, None),
                Target::StackPointer => {
                    payload.relocate(reloc::GLOBAL_INDEX_LEB, at, layout.stack_pointer, None)
                }
            }
        }
    }
    let mut whole = Vec::new();
    section.encode(&mut whole);
    // The section comes with its size, which the raw section adds again.
    payload.bytes = whole.split_off(whole.len() - section.byte_len() - count_size);
    payload
}

fn data_payload(unit: &Unit, layout: &Layout) -> Result<Payload, Error> {
    let mut payload = Payload { bytes: Vec::new(), relocations: Vec::new(), count: 0 };
    unit.data.len().encode(&mut payload.bytes);
    for data in &unit.data {
        payload.bytes.push(0);
        ConstExpr::i32_const(layout.addresses[&data.symbol] as i32).encode(&mut payload.bytes);
        data.bytes.len().encode(&mut payload.bytes);
        let start = payload.bytes.len();
        payload.bytes.extend_from_slice(&data.bytes);
        let mut relocs = data.relocs.clone();
        relocs.sort_by_key(|reloc| reloc.offset);
        for reloc in relocs {
            let fail = |reason| Error::Relocation {
                symbol: unit.symbol(data.symbol).name.clone(),
                offset: reloc.offset,
                reason,
            };
            let at = reloc.offset as usize;
            let place =
                payload.bytes[start..].get_mut(at..at + 4).ok_or_else(|| fail("reaches beyond the data"))?;
            let index = layout.symbols[&reloc.target];
            match unit.symbol(reloc.target).kind {
                SymbolKind::Data => {
                    let known = layout.addresses.get(&reloc.target).map_or(0, |&at| at as i32 + reloc.addend);
                    place.copy_from_slice(&known.to_le_bytes());
                    payload.relocate(reloc::MEMORY_ADDR_I32, start + at, index, Some(reloc.addend));
                }
                SymbolKind::Function(_) if reloc.addend == 0 => {
                    payload.relocate(reloc::TABLE_INDEX_I32, start + at, index, None);
                }
                SymbolKind::Function(_) => return Err(fail("adds to the table index of a function")),
            }
        }
    }
    Ok(payload)
}
