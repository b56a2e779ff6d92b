//! Image files: what is in an ELF, and the raw forms that flash tools take.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use object::elf;
use object::read::elf::{FileHeader, ProgramHeader};
use object::{Object, ObjectSection, ObjectSymbol, SectionFlags};

use super::{Error, Result};

/// Space that an image takes, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Code, constants and initial values.
    pub flash: u64,
    /// Variables, without stack and heap.
    pub ram_static: u64,
}

/// A named part of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// As the linker knows it.
    pub name: String,
    pub address: u64,
    /// In bytes.
    pub size: u64,
    pub kind: SymbolKind,
}

/// What a part of an image is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    Code,
    Constant,
    Variable,
}

/// A linked or relocatable file in memory.
#[derive(Debug)]
pub struct Image {
    bytes: Vec<u8>,
    name: String,
}

impl Image {
    /// Reads a file.
    pub fn open(path: &Path) -> Result<Image> {
        let bytes = fs::read(path).map_err(Error::io(path))?;
        Ok(Image { bytes, name: path.display().to_string() })
    }

    /// Takes bytes that are already here; `name` is for messages.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests make images in memory"))]
    pub fn new(bytes: Vec<u8>, name: impl Into<String>) -> Image {
        Image { bytes, name: name.into() }
    }

    /// Whether it is a WebAssembly module.
    pub fn is_wasm(&self) -> bool {
        self.bytes.starts_with(b"\0asm")
    }

    /// Space that the linked image takes. For a WebAssembly module `flash` is the length of the file.
    pub fn sizes(&self) -> Result<Sizes> {
        if self.is_wasm() {
            return Ok(Sizes { flash: self.bytes.len() as u64, ram_static: 0 });
        }
        let mut sizes = Sizes::default();
        for section in self.parse()?.sections() {
            let SectionFlags::Elf { sh_flags, .. } = section.flags() else { continue };
            if sh_flags & u64::from(elf::SHF_ALLOC) == 0 || section.name() == Ok(".stack") {
                continue;
            }
            let stored = section.file_range().is_some();
            if stored {
                sizes.flash += section.size();
            }
            if sh_flags & u64::from(elf::SHF_WRITE) != 0 {
                sizes.ram_static += section.size();
            }
        }
        Ok(sizes)
    }

    /// Code and constants of a relocatable object: what the program alone takes before unused sections are dropped.
    pub fn program_bytes(&self) -> Result<u64> {
        if self.is_wasm() {
            return Ok(self.bytes.len() as u64);
        }
        let mut total = 0;
        for section in self.parse()?.sections() {
            let SectionFlags::Elf { sh_flags, .. } = section.flags() else { continue };
            let unwind = section.name().is_ok_and(|name| name.starts_with(".eh_frame"));
            if sh_flags & u64::from(elf::SHF_ALLOC) != 0 && section.file_range().is_some() && !unwind {
                total += section.size();
            }
        }
        Ok(total)
    }

    /// Address of a symbol; the bit that marks Thumb code is cleared.
    pub fn symbol(&self, name: &str) -> Result<Option<u64>> {
        let file = self.parse()?;
        let thumb = file.architecture() == object::Architecture::Arm;
        let found = file.symbols().find(|s| s.name() == Ok(name) && !s.is_undefined());
        Ok(found.map(|s| {
            let code = s.kind() == object::SymbolKind::Text;
            if thumb && code { s.address() & !1 } else { s.address() }
        }))
    }

    /// Everything in the image that has a name and a size, largest first; symbols of one address are all listed.
    pub fn symbols(&self) -> Result<Vec<Symbol>> {
        let file = self.parse()?;
        let mut symbols = Vec::new();
        for symbol in file.symbols().filter(|s| s.size() > 0 && !s.is_undefined()) {
            let Some(section) = symbol.section_index().and_then(|index| file.section_by_index(index).ok())
            else {
                continue;
            };
            let SectionFlags::Elf { sh_flags, .. } = section.flags() else { continue };
            let has = |flag: u32| sh_flags & u64::from(flag) != 0;
            let kind = match (has(elf::SHF_ALLOC), has(elf::SHF_EXECINSTR), has(elf::SHF_WRITE)) {
                (false, ..) => continue,
                (_, true, _) => SymbolKind::Code,
                (_, _, true) => SymbolKind::Variable,
                _ => SymbolKind::Constant,
            };
            let name = symbol.name().unwrap_or_default().to_owned();
            symbols.push(Symbol { name, address: symbol.address(), size: symbol.size(), kind });
        }
        symbols.sort_by(|a, b| (b.size, &a.name).cmp(&(a.size, &b.name)));
        Ok(symbols)
    }

    /// The bytes from the lowest load address to the highest, gaps filled with 0xFF as erased flash reads, and the
    /// lowest load address.
    pub fn to_bin(&self) -> Result<(u64, Vec<u8>)> {
        let segments = self.segments()?;
        let Some(base) = segments.iter().map(|(address, _)| *address).min() else {
            return Ok((0, Vec::new()));
        };
        let mut image = Vec::new();
        for (address, bytes) in segments {
            let at = (address - base) as usize;
            if image.len() < at + bytes.len() {
                image.resize(at + bytes.len(), 0xFF);
            }
            image[at..at + bytes.len()].copy_from_slice(bytes);
        }
        Ok((base, image))
    }

    /// The same as Intel HEX with 32-bit addresses.
    pub fn to_ihex(&self) -> Result<String> {
        let mut text = String::new();
        let mut high = None;
        for (address, bytes) in self.segments()? {
            let mut address = address as u32;
            let mut rest = bytes;
            while !rest.is_empty() {
                if high != Some(address >> 16) {
                    high = Some(address >> 16);
                    record(&mut text, 0, 4, &((address >> 16) as u16).to_be_bytes());
                }
                // A record does not cross a boundary of 64 kB.
                let room = 0x1_0000 - (address as usize & 0xFFFF);
                let (now, later) = rest.split_at(rest.len().min(16).min(room));
                record(&mut text, address as u16, 0, now);
                address = address.wrapping_add(now.len() as u32);
                rest = later;
            }
        }
        record(&mut text, 0, 1, &[]);
        Ok(text)
    }

    fn parse(&self) -> Result<object::File<'_>> {
        object::File::parse(&*self.bytes).map_err(|e| self.bad(e.to_string()))
    }

    /// What is stored at which load address, lowest first.
    fn segments(&self) -> Result<Vec<(u64, &[u8])>> {
        let bad = |e: object::Error| self.bad(e.to_string());
        let header = elf::FileHeader32::<object::Endianness>::parse(&*self.bytes).map_err(bad)?;
        let endian = header.endian().map_err(bad)?;
        let mut segments = Vec::new();
        for segment in header.program_headers(endian, &*self.bytes).map_err(bad)? {
            if segment.p_type(endian) == elf::PT_LOAD && segment.p_filesz(endian) > 0 {
                let bytes = segment
                    .data(endian, &*self.bytes)
                    .map_err(|()| self.bad("a segment is cut off".into()))?;
                segments.push((u64::from(segment.p_paddr(endian)), bytes));
            }
        }
        segments.sort_by_key(|(address, _)| *address);
        Ok(segments)
    }

    fn bad(&self, reason: String) -> Error {
        Error::BadImage { path: self.name.clone().into(), reason }
    }
}

/// One line: length, address, kind, bytes, and a checksum that makes the sum of all zero.
fn record(text: &mut String, address: u16, kind: u8, bytes: &[u8]) {
    let [high, low] = address.to_be_bytes();
    let head = [bytes.len() as u8, high, low, kind];
    let all = head.iter().chain(bytes);
    let sum = all.clone().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
    text.push(':');
    for byte in all.chain(&[sum.wrapping_neg()]) {
        write!(text, "{byte:02X}").expect("writing to a string");
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_those_of_the_specification() {
        let mut text = String::new();
        record(&mut text, 0x0100, 0, &[0x21, 0x46, 0x01, 0x36, 0x01, 0x21, 0x47, 0x01]);
        record(&mut text, 0, 1, &[]);
        assert_eq!(text, ":080100002146013601214701EF\n:00000001FF\n");
    }

    #[test]
    fn what_is_no_image_is_refused() {
        let image = Image::new(b"hello".into(), "hello.txt");
        assert!(image.sizes().unwrap_err().to_string().starts_with("`hello.txt`: "));
        assert!(image.to_bin().is_err());
    }
}
