//! The ELF32 relocatable object.
//!
//! Each function and each datum has a section of its own, so that `--gc-sections` can drop it. Arm wants more
//! than the bare minimum: mapping symbols (`$t`, `$d`) for disassemblers, bit 0 of function symbols for the
//! linker's interworking, and `.ARM.attributes`, without which lld makes veneers in the Arm state that no
//! Cortex-M can run. Arm's relocations are REL (the addend is in the code), RISC-V's are RELA.

use super::inst::SymbolRef;
use super::layout::{Reloc, RelocKind};
use super::{Arch, Compiled, Error};
use crate::unit::{Linkage, SymbolId, SymbolKind, Unit};
use object::elf;
use object::write::{Object, Relocation, SectionId, Symbol, SymbolId as ObjectSymbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, RelocationFlags, SectionKind, SymbolFlags, SymbolScope,
};
use std::collections::HashMap;

struct Writer<'a> {
    unit: &'a Unit,
    arch: Arch,
    object: Object<'static>,
    symbols: Vec<Option<ObjectSymbol>>,
    runtime: HashMap<&'static str, ObjectSymbol>,
}

/// Writes the object file of a unit.
pub fn write(unit: &Unit, arch: Arch, functions: &[Compiled]) -> Result<Vec<u8>, Error> {
    let architecture = if arch.is_thumb() { Architecture::Arm } else { Architecture::Riscv32 };
    let mut object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
    let e_flags = if arch.is_thumb() { elf::EF_ARM_EABI_VER5 } else { elf::EF_RISCV_RVC };
    object.flags = FileFlags::Elf { os_abi: elf::ELFOSABI_NONE, abi_version: 0, e_flags };
    if arch.is_thumb() {
        let kind = SectionKind::Elf(elf::SHT_ARM_ATTRIBUTES);
        let section = object.add_section(Vec::new(), b".ARM.attributes".to_vec(), kind);
        object.append_section_data(section, &arm_attributes(arch), 1);
    }
    let symbols = vec![None; unit.symbols.len()];
    let mut writer = Writer { unit, arch, object, symbols, runtime: HashMap::new() };
    let mut pending = Vec::new();
    for function in functions {
        pending.push((writer.function(function), &function.code.relocs));
    }
    let mut data_relocs = Vec::new();
    for data in &unit.data {
        data_relocs.push((writer.data(data), &data.relocs));
    }
    for (section, relocs) in pending {
        for reloc in relocs {
            writer.relocation(section, *reloc)?;
        }
    }
    for (section, relocs) in data_relocs {
        for reloc in relocs {
            let reloc = Reloc {
                offset: reloc.offset,
                kind: RelocKind::Abs32,
                symbol: SymbolRef::Unit(reloc.target),
                addend: reloc.addend,
            };
            writer.relocation(section, reloc)?;
        }
    }
    writer.object.write().map_err(|e| Error::Object(e.to_string()))
}

/// The build attributes that a linker looks at: architecture, profile, Thumb-2, stack alignment.
fn arm_attributes(arch: Arch) -> Vec<u8> {
    let (cpu_arch, thumb) = match arch {
        Arch::ThumbV7EM => (13, 2),
        Arch::ThumbV8MMain => (17, 3),
        _ => (10, 2),
    };
    // Tag_CPU_arch, Tag_CPU_arch_profile, Tag_THUMB_ISA_use, Tag_ABI_align_needed, Tag_ABI_align_preserved
    let attributes = [6, cpu_arch, 7, b'M', 9, thumb, 24, 1, 25, 1];
    let file_size = 1 + 4 + attributes.len() as u32;
    let vendor = b"aeabi\0";
    let mut out = vec![b'A'];
    out.extend((4 + vendor.len() as u32 + file_size).to_le_bytes());
    out.extend(vendor);
    out.push(1);
    out.extend(file_size.to_le_bytes());
    out.extend(attributes);
    out
}

impl Writer<'_> {
    fn define(&mut self, id: SymbolId, section: SectionId, size: u64, code: bool) {
        let symbol = self.unit.symbol(id);
        let scope = match symbol.linkage {
            Linkage::Local => SymbolScope::Compilation,
            Linkage::Import | Linkage::Export => SymbolScope::Dynamic,
        };
        let defined = self.object.add_symbol(Symbol {
            name: symbol.name.clone().into_bytes(),
            value: u64::from(code && self.arch.is_thumb()),
            size,
            kind: if code { object::SymbolKind::Text } else { object::SymbolKind::Data },
            scope,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
        self.symbols[id.0 as usize] = Some(defined);
    }

    /// A mapping symbol.
    fn mark(&mut self, section: SectionId, name: &str, offset: u32) {
        self.object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value: u64::from(offset),
            size: 0,
            kind: object::SymbolKind::Label,
            scope: SymbolScope::Compilation,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::Elf { st_info: elf::STB_LOCAL << 4 | elf::STT_NOTYPE, st_other: 0 },
        });
    }

    fn function(&mut self, function: &Compiled) -> SectionId {
        let name = format!(".text.{}", self.unit.symbol(function.symbol).name);
        let section = self.object.add_section(Vec::new(), name.into_bytes(), SectionKind::Text);
        let code = &function.code;
        self.object.append_section_data(section, &code.bytes, u64::from(code.align));
        self.define(function.symbol, section, code.bytes.len() as u64, true);
        if self.arch.is_thumb() {
            self.mark(section, "$t", 0);
            for &(start, end) in &code.data {
                self.mark(section, "$d", start);
                if (end as usize) < code.bytes.len() {
                    self.mark(section, "$t", end);
                }
            }
        }
        section
    }

    fn data(&mut self, data: &crate::unit::Data) -> SectionId {
        let (prefix, kind) =
            if data.writable { (".data", SectionKind::Data) } else { (".rodata", SectionKind::ReadOnlyData) };
        let name = format!("{prefix}.{}", self.unit.symbol(data.symbol).name);
        let section = self.object.add_section(Vec::new(), name.into_bytes(), kind);
        let mut bytes = data.bytes.clone();
        if self.arch.is_thumb() {
            for reloc in &data.relocs {
                let at = reloc.offset as usize;
                bytes[at..at + 4].copy_from_slice(&reloc.addend.to_le_bytes());
            }
        }
        self.object.append_section_data(section, &bytes, u64::from(data.align.max(1)));
        self.define(data.symbol, section, bytes.len() as u64, false);
        section
    }

    fn undefined(&mut self, name: &str) -> ObjectSymbol {
        self.object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value: 0,
            size: 0,
            kind: object::SymbolKind::Unknown,
            scope: SymbolScope::Unknown,
            weak: false,
            section: SymbolSection::Undefined,
            flags: SymbolFlags::None,
        })
    }

    fn symbol(&mut self, symbol: SymbolRef) -> ObjectSymbol {
        match symbol {
            SymbolRef::Unit(id) => match self.symbols[id.0 as usize] {
                Some(symbol) => symbol,
                None => {
                    let unit = self.unit;
                    let made = self.undefined(&unit.symbol(id).name);
                    self.symbols[id.0 as usize] = Some(made);
                    made
                }
            },
            SymbolRef::Runtime(name) => {
                // The unit may define or import the routine itself.
                let declared =
                    self.unit.symbols.iter().position(|symbol| {
                        symbol.name == name && matches!(symbol.kind, SymbolKind::Function(_))
                    });
                if let Some(index) = declared {
                    return self.symbol(SymbolRef::Unit(SymbolId(index as u32)));
                }
                if let Some(&known) = self.runtime.get(name) {
                    return known;
                }
                let made = self.undefined(name);
                self.runtime.insert(name, made);
                made
            }
        }
    }

    fn relocation(&mut self, section: SectionId, reloc: Reloc) -> Result<(), Error> {
        let symbol = self.symbol(reloc.symbol);
        let r_type = match reloc.kind {
            RelocKind::ThumbCall => elf::R_ARM_THM_PC22,
            RelocKind::ThumbMovw => elf::R_ARM_THM_MOVW_ABS_NC,
            RelocKind::ThumbMovt => elf::R_ARM_THM_MOVT_ABS,
            RelocKind::Abs32 if self.arch.is_thumb() => elf::R_ARM_ABS32,
            RelocKind::Abs32 => elf::R_RISCV_32,
            RelocKind::RvJal => elf::R_RISCV_JAL,
            RelocKind::RvHi20 => elf::R_RISCV_HI20,
            RelocKind::RvLo12I => elf::R_RISCV_LO12_I,
        };
        let addend = if self.arch.is_thumb() { 0 } else { i64::from(reloc.addend) };
        let flags = RelocationFlags::Elf { r_type };
        let relocation = Relocation { offset: u64::from(reloc.offset), symbol, addend, flags };
        self.object.add_relocation(section, relocation).map_err(|e| Error::Object(e.to_string()))
    }
}
