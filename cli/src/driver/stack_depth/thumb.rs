//! Frames and calls in Thumb code.
//!
//! Encodings by their names in the *ARMv7-M Architecture Reference Manual*, A7.7. Where several instructions move the stack pointer down
//! their sum counts, though they may be on different ways through a function.

use std::collections::BTreeMap;

use object::{Object, ObjectSection, ObjectSymbol, SectionKind, SymbolKind};

use super::{Function, Program};

/// A function's place.
struct Place {
    start: u32,
    end: u32,
}

/// The functions of an image; `None` if its symbols do not say where they are.
pub(super) fn program(file: &object::File<'_>) -> Option<Program> {
    let mut names: BTreeMap<u32, (u32, Vec<String>)> = BTreeMap::new();
    // Where data begins within code, and where code goes on.
    let mut is_data: BTreeMap<u32, bool> = BTreeMap::new();
    for symbol in file.symbols().filter(|symbol| !symbol.is_undefined()) {
        let name = symbol.name().ok()?;
        let address = u32::try_from(symbol.address()).ok()?;
        if name.starts_with("$d") || name.starts_with("$t") {
            is_data.insert(address & !1, name.starts_with("$d"));
        } else if symbol.kind() == SymbolKind::Text {
            let (size, all) = names.entry(address & !1).or_default();
            *size = (*size).max(u32::try_from(symbol.size()).ok()?);
            all.push(name.to_owned());
        }
    }
    let starts: Vec<u32> = names.keys().copied().collect();
    let mut places = Vec::with_capacity(names.len());
    let mut program = Program::default();
    for (index, (start, (size, names))) in names.into_iter().enumerate() {
        let next = starts.get(index + 1).copied().unwrap_or(u32::MAX);
        // What has no size goes on with the next function: so do names in the middle of one.
        let (end, next) = match size {
            0 => (next, Some(index + 1).filter(|index| *index < starts.len())),
            _ => (start.saturating_add(size).min(next), None),
        };
        places.push(Place { start, end });
        program.functions.push(Function {
            names,
            tail_calls: next.into_iter().collect(),
            ..Function::default()
        });
    }
    let mut taken = vec![false; places.len()];
    for section in file.sections() {
        let (Ok(base), Ok(bytes)) = (u32::try_from(section.address()), section.data()) else { continue };
        if matches!(section.kind(), SectionKind::Text | SectionKind::ReadOnlyData | SectionKind::Data) {
            for word in bytes.chunks_exact(4) {
                let word = u32::from_le_bytes(word.try_into().ok()?);
                if let Some(index) = named(&places, word) {
                    taken[index] = true;
                }
            }
        }
        if section.kind() != SectionKind::Text {
            continue;
        }
        for (place, function) in places.iter().zip(&mut program.functions) {
            if place.start < base || (place.start - base) as usize >= bytes.len() {
                continue;
            }
            let end = ((place.end - base) as usize).min(bytes.len());
            let code = bytes.get((place.start - base) as usize..end)?;
            let mut reader = Reader { places: &places, place, function, taken: &mut taken, low: [0; 16] };
            reader.read(code, &is_data);
        }
    }
    program.taken = (0..taken.len()).filter(|&index| taken[index]).collect();
    Some(program)
}

/// The function whose address, with the bit that marks Thumb code, a word is.
fn named(places: &[Place], word: u32) -> Option<usize> {
    (word & 1 == 1).then(|| places.binary_search_by_key(&(word & !1), |place| place.start).ok())?
}

/// The function that an address is in.
fn containing(places: &[Place], address: u32) -> Option<usize> {
    let index = places.partition_point(|place| place.start <= address).checked_sub(1)?;
    (address == places[index].start || address < places[index].end).then_some(index)
}

/// Goes through the instructions of a function.
struct Reader<'a> {
    places: &'a [Place],
    place: &'a Place,
    function: &'a mut Function,
    taken: &'a mut [bool],
    /// What MOVW put in each register last.
    low: [u32; 16],
}

impl Reader<'_> {
    fn read(&mut self, code: &[u8], is_data: &BTreeMap<u32, bool>) {
        let half = |at: usize| code.get(at..at + 2).map(|b| u32::from(u16::from_le_bytes([b[0], b[1]])));
        let mut at = 0;
        while let Some(first) = half(at) {
            let address = self.place.start + at as u32;
            if is_data.range(..=address).next_back().is_some_and(|(_, data)| *data) {
                at += 2;
            } else if first < 0xe800 {
                self.narrow(address, first);
                at += 2;
            } else {
                let Some(second) = half(at + 2) else { break };
                self.wide(address, first, second);
                at += 4;
            }
        }
    }

    /// An instruction of 16 bits.
    fn narrow(&mut self, address: u32, code: u32) {
        match code {
            // PUSH T1
            _ if code & 0xfe00 == 0xb400 => self.function.frame += 4 * (code & 0x1ff).count_ones(),
            // SUB (SP minus immediate) T1
            _ if code & 0xff80 == 0xb080 => self.function.frame += 4 * (code & 0x7f),
            // BLX (register) T1; BX T1, which returns if it is to lr
            _ if code & 0xff87 == 0x4780 => self.function.calls_indirectly = true,
            _ if code & 0xff87 == 0x4700 && code >> 3 & 0xf != 14 => self.function.calls_indirectly = true,
            // MOV (register) T1 and ADD (register) T2, to sp
            _ if matches!(code & 0xff87, 0x4685 | 0x4485) => self.function.is_opaque = true,
            // B T1 and T2
            _ if code & 0xf000 == 0xd000 && code & 0xe00 != 0xe00 => {
                self.jump(address, sign_extend(code & 0xff, 8) << 1);
            }
            _ if code & 0xf800 == 0xe000 => self.jump(address, sign_extend(code & 0x7ff, 11) << 1),
            _ => {}
        }
    }

    /// An instruction of 32 bits.
    fn wide(&mut self, address: u32, first: u32, second: u32) {
        let to_sp = second & 0x0f00 == 0x0d00;
        let immediate = (first & 0x400) << 1 | (second & 0x7000) >> 4 | second & 0xff;
        match (first, second) {
            // PUSH T2 (STMDB), PUSH T3 (STR), STRD, VPUSH
            (0xe92d, _) => self.function.frame += 4 * second.count_ones(),
            (0xf84d, _) if second & 0xf00 == 0xd00 => self.function.frame += second & 0xff,
            (0xe96d, _) => self.function.frame += 4 * (second & 0xff),
            _ if first & 0xffbf == 0xed2d => self.function.frame += 4 * (second & 0xff),
            // SUB (SP minus immediate) T2 and T3
            _ if first & 0xfbef == 0xf1ad && to_sp => self.function.frame += expanded(immediate),
            _ if first & 0xfbff == 0xf2ad && to_sp => self.function.frame += immediate,
            // ADD (SP plus immediate) T3 and T4
            _ if matches!((first & 0xfbef, first & 0xfbff), (0xf10d, _) | (_, 0xf20d)) && to_sp => {}
            // Any other arithmetic with its result in sp
            _ if first >> 9 == 0x75 && to_sp => self.function.is_opaque = true,
            _ if first & 0xf800 == 0xf000 && second & 0x8000 == 0 && to_sp => self.function.is_opaque = true,
            // BL; B T4; B T3
            _ if first & 0xf800 == 0xf000 && second & 0xd000 == 0xd000 => {
                match containing(self.places, target(address, first, second)) {
                    Some(callee) => self.function.calls.push(callee),
                    None => self.function.is_opaque = true,
                }
            }
            _ if first & 0xf800 == 0xf000 && second & 0xd000 == 0x9000 => {
                self.jump_to(target(address, first, second));
            }
            _ if first & 0xf800 == 0xf000 && second & 0xd000 == 0x8000 && first & 0x380 != 0x380 => {
                let offset = (first & 0x400) << 9
                    | (second & 0x800) << 7
                    | (second & 0x2000) << 4
                    | (first & 0x3f) << 11
                    | (second & 0x7ff);
                self.jump(address, sign_extend(offset, 20) << 1);
            }
            // MOV (immediate) T3 and MOVT
            _ if first & 0xfbf0 == 0xf240 => {
                self.low[(second >> 8 & 0xf) as usize] = (first & 0xf) << 12 | immediate;
            }
            _ if first & 0xfbf0 == 0xf2c0 => {
                let word = ((first & 0xf) << 12 | immediate) << 16 | self.low[(second >> 8 & 0xf) as usize];
                if let Some(index) = named(self.places, word) {
                    self.taken[index] = true;
                }
            }
            // LDR to pc, other than POP of one register
            _ if first & 0xff70 == 0xf850
                && second & 0xf000 == 0xf000
                && (first, second) != (0xf85d, 0xfb04) =>
            {
                self.function.calls_indirectly = true;
            }
            _ => {}
        }
    }

    fn jump(&mut self, address: u32, offset: u32) {
        self.jump_to(address.wrapping_add(4).wrapping_add(offset));
    }

    /// A jump out of the function ends it in another one.
    fn jump_to(&mut self, target: u32) {
        if (self.place.start..self.place.end).contains(&target) {
            return;
        }
        match containing(self.places, target) {
            Some(callee) => self.function.tail_calls.push(callee),
            None => self.function.is_opaque = true,
        }
    }
}

/// The target of BL and of B T4.
fn target(address: u32, first: u32, second: u32) -> u32 {
    let s = first >> 10 & 1;
    let i1 = (second >> 13 & 1) ^ s ^ 1;
    let i2 = (second >> 11 & 1) ^ s ^ 1;
    let offset = s << 23 | i1 << 22 | i2 << 21 | (first & 0x3ff) << 11 | (second & 0x7ff);
    address.wrapping_add(4).wrapping_add(sign_extend(offset, 24) << 1)
}

fn sign_extend(value: u32, bits: u32) -> u32 {
    ((value << (32 - bits)) as i32 >> (32 - bits)) as u32
}

/// A modified immediate constant (A5.3.2).
fn expanded(immediate: u32) -> u32 {
    let byte = immediate & 0xff;
    match immediate >> 8 {
        0 => byte,
        1 => byte << 16 | byte,
        2 => byte << 24 | byte << 8,
        3 => byte << 24 | byte << 16 | byte << 8 | byte,
        _ => (0x80 | immediate & 0x7f).rotate_right(immediate >> 7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads code at address 0x100, with other functions at 0x80 and 0x2000.
    fn read(code: &[u16]) -> Function {
        let bytes: Vec<u8> = code.iter().flat_map(|half| half.to_le_bytes()).collect();
        let places = [
            Place { start: 0x80, end: 0x90 },
            Place { start: 0x100, end: 0x100 + bytes.len() as u32 },
            Place { start: 0x2000, end: 0x2100 },
        ];
        let mut function = Function::default();
        let mut taken = [false; 3];
        Reader {
            places: &places,
            place: &places[1],
            function: &mut function,
            taken: &mut taken,
            low: [0; 16],
        }
        .read(&bytes, &BTreeMap::new());
        function
    }

    #[test]
    fn frames_are_added_up() {
        // push {r4-r7, lr}; sub sp, #12
        assert_eq!(read(&[0xb5f0, 0xb083]).frame, 20 + 12);
        // push.w {r4-r11, lr}; sub.w sp, sp, #528; subw sp, sp, #4092
        assert_eq!(read(&[0xe92d, 0x4ff0, 0xf5ad, 0x7d04]).frame, 36 + 528);
        assert_eq!(read(&[0xf6ad, 0x7dfc]).frame, 4092);
        // str lr, [sp, #-8]!; add sp, #8; pop {pc}
        assert_eq!(read(&[0xf84d, 0xed08, 0xb002, 0xbd00]).frame, 8);
    }

    #[test]
    fn calls_and_jumps_are_found() {
        // bl 0x80 (at 0x100); b.w 0x2000 (at 0x104); b 0x100 (at 0x108)
        let function = read(&[0xf7ff, 0xffbe, 0xf001, 0xbf7c, 0xe7fa]);
        assert_eq!((function.calls, function.tail_calls), (vec![0], vec![2]));
        assert!(!function.calls_indirectly && !function.is_opaque);
        // blx r3; bx lr
        assert!(read(&[0x4798, 0x4770]).calls_indirectly);
        assert!(!read(&[0x4770]).calls_indirectly);
    }

    #[test]
    fn other_uses_of_the_stack_pointer_are_not_understood() {
        // mov sp, r0; sub.w sp, sp, r4
        assert!(read(&[0x4685]).is_opaque);
        assert!(read(&[0xebad, 0x0d04]).is_opaque);
        // add.w sp, sp, #528
        assert!(!read(&[0xf50d, 0x7d04]).is_opaque);
    }

    #[test]
    fn immediates_expand() {
        assert_eq!([0x0ab, 0x1ab, 0x2ab, 0x3ab].map(expanded), [0xab, 0x00ab_00ab, 0xab00_ab00, 0xabab_abab]);
        assert_eq!(expanded(0xf04), 528);
    }
}
