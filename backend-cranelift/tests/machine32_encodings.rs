//! The encoders against Capstone: what we print and what a disassembler reads back must agree.

#[path = "machine32/random.rs"]
mod random;

use capstone::prelude::*;
use jerboa_backend_cranelift::machine32::rv::insn as rv;
use jerboa_backend_cranelift::machine32::thumb::insn as thumb;
use random::Random;
use thumb::{Alu, Cond, Flags, Insn, Mem, Op2, R, Shift, Test, Unary, Width};

fn disassemble(capstone: &Capstone, bytes: &[u8]) -> String {
    let insns = capstone.disasm_all(bytes, 0).expect("capstone runs");
    let insn = insns.iter().next().unwrap_or_else(|| panic!("{bytes:02x?} is no instruction"));
    assert_eq!(insn.bytes().len(), bytes.len(), "{bytes:02x?}");
    format!("{} {}", insn.mnemonic().unwrap_or(""), insn.op_str().unwrap_or(""))
}

/// Makes numbers decimal and drops what assemblers write in different ways.
fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace(".w", "").replace(['#', ',', '[', ']', '(', ')', '{', '}'], " ");
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            let (sign, digits) = word.strip_prefix('-').map_or((1i64, word), |digits| (-1, digits));
            let number = match digits.strip_prefix("0x") {
                Some(hex) => i64::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            match number {
                Some(number) => ((sign * number) as i32).to_string(),
                None => match word {
                    "sb" => "r9".to_owned(),
                    "sl" => "r10".to_owned(),
                    "fp" => "r11".to_owned(),
                    "ip" => "r12".to_owned(),
                    _ => word.to_owned(),
                },
            }
        })
        .collect();
    words.join(" ")
}

fn register(random: &mut Random) -> R {
    // Low ones half of the time; never sp or pc.
    *random.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14].map(R))
}

fn modified(random: &mut Random) -> u32 {
    let byte = random.below(256) as u32;
    match random.below(5) {
        0 => byte * 0x0001_0001,
        1 => byte * 0x0100_0100,
        2 => byte * 0x0101_0101,
        3 => (byte | 0x80).rotate_right(8 + random.below(24) as u32),
        _ => byte,
    }
}

fn operand(random: &mut Random) -> Op2 {
    match random.below(4) {
        0 => Op2::Imm(modified(random)),
        1 => {
            let kind = *random.pick(&[Shift::Lsl, Shift::Lsr, Shift::Asr, Shift::Ror]);
            Op2::Reg(register(random), kind, 1 + random.below(31) as u8)
        }
        _ => Op2::reg(register(random)),
    }
}

fn memory(random: &mut Random) -> Mem {
    match random.below(5) {
        0 => Mem::Index(register(random), register(random), random.below(4) as u8),
        1 => Mem::Offset(register(random), random.below(4096) as i32),
        2 => Mem::Offset(register(random), -1 - random.below(255) as i32),
        3 => Mem::Offset(thumb::SP, random.below(300) as i32 * 4),
        _ => Mem::Offset(register(random), random.below(32) as i32 * 4),
    }
}

fn thumb_insn(random: &mut Random) -> Insn {
    let s = *random.pick(&[Flags::Set, Flags::Keep]);
    let (rd, rn, rm) = (register(random), register(random), register(random));
    match random.below(18) {
        0..=4 => {
            let op = *random.pick(&[
                Alu::And,
                Alu::Bic,
                Alu::Orr,
                Alu::Orn,
                Alu::Eor,
                Alu::Add,
                Alu::Adc,
                Alu::Sbc,
                Alu::Sub,
                Alu::Rsb,
            ]);
            let rn = if random.below(3) == 0 { rd } else { rn };
            Insn::Alu { op, s, rd, rn, op2: operand(random) }
        }
        5 => {
            let (rd, rn) = *random.pick(&[(rd, rn), (rd, thumb::SP), (thumb::SP, thumb::SP)]);
            let imm = if rn == thumb::SP { random.below(128) as u16 * 4 } else { random.below(4096) as u16 };
            Insn::AddWide { sub: random.below(2) == 0, rd, rn, imm }
        }
        6 => Insn::Mov { s, rd, op2: operand(random) },
        7 => Insn::Mvn { s, rd, op2: operand(random) },
        8 => {
            let imm = random.below(0x1_0000) as u16;
            if random.below(2) == 0 { Insn::Movw { rd, imm } } else { Insn::Movt { rd, imm } }
        }
        9 => {
            let op = *random.pick(&[Test::Cmp, Test::Cmn, Test::Tst, Test::Teq]);
            Insn::Test { op, rn, op2: operand(random) }
        }
        10 => {
            let kind = *random.pick(&[Shift::Lsl, Shift::Lsr, Shift::Asr, Shift::Ror]);
            Insn::ShiftReg { kind, s, rd, rn: if random.below(2) == 0 { rd } else { rn }, rm }
        }
        11 => Insn::MulAdd { sub: random.below(2) == 0, rd, rn, rm, ra: register(random) },
        12 => {
            let op = *random.pick(&[thumb::Mul::Umull, thumb::Mul::Smull]);
            let hi = R((rd.0 + 1) % 12);
            Insn::MulLong { op, lo: rd, hi, rn, rm }
        }
        13 => Insn::Div { signed: random.below(2) == 0, rd, rn, rm },
        14 => {
            let op = *random.pick(&[
                Unary::Clz,
                Unary::Rbit,
                Unary::Rev,
                Unary::Rev16,
                Unary::Uxtb,
                Unary::Uxth,
                Unary::Sxtb,
                Unary::Sxth,
            ]);
            Insn::Unary { op, rd, rm }
        }
        15 => {
            let lsb = random.below(32) as u8;
            let width = 1 + random.below(32 - u64::from(lsb)) as u8;
            if random.below(3) == 0 {
                Insn::Insert { rd, rn, lsb, width }
            } else {
                Insn::Extract { signed: random.below(2) == 0, rd, rn, lsb, width }
            }
        }
        16 => {
            let width =
                *random.pick(&[Width::Byte, Width::SignedByte, Width::Half, Width::SignedHalf, Width::Word]);
            Insn::Load { width, rt: rd, mem: memory(random) }
        }
        _ => {
            let width = *random.pick(&[Width::Byte, Width::Half, Width::Word]);
            Insn::Store { width, rt: rd, mem: memory(random) }
        }
    }
}

#[test]
fn thumb_encodings() {
    let capstone = Capstone::new()
        .arm()
        .mode(arch::arm::ArchMode::Thumb)
        .extra_mode([arch::arm::ArchExtraMode::MClass].into_iter())
        .build()
        .expect("capstone knows Thumb");
    let mut random = Random::new(1);
    let mut narrow = 0;
    for _ in 0..60_000 {
        let insn = thumb_insn(&mut random);
        let mut bytes = Vec::new();
        insn.encode().push_to(&mut bytes);
        narrow += usize::from(bytes.len() == 2);
        let read = normal(&disassemble(&capstone, &bytes));
        let mut written = normal(&insn.to_string());
        if written == read {
            continue;
        }
        // Capstone writes `add rd, rm` for `add rd, rd, rm`, and so on.
        let words: Vec<&str> = written.split(' ').collect();
        if let [op, rd, rn, rest @ ..] = words.as_slice() {
            let short = |first: &str, rest: &str| format!("{op} {first} {rest}").trim().to_owned();
            let rest = rest.join(" ");
            if rd == rn && short(rd, &rest) == read {
                continue;
            }
            // A commuted two-address form.
            if short(rd, &format!("{rest} {rn}")) == read || (*rd == rest && short(rd, rn) == read) {
                continue;
            }
        }
        // Two-address additions of high registers, and the aliases of `movw` and `rsb #0`.
        written = written.replace("movw", "mov").replace("addw", "add").replace("subw", "sub");
        let read = read.replace("movw", "mov").replace("addw", "add").replace("subw", "sub");
        let rsb = read.replace("rsbs", "rsb").replace("negs", "rsb") + " 0";
        let zero_rsb = written.replace("rsbs", "rsb");
        assert!(
            written == read || zero_rsb == rsb || written.replace(" 0", "") == read,
            "{insn} became {read}, {bytes:02x?}"
        );
    }
    assert!(narrow > 5_000, "only {narrow} 16-bit instructions");
}

#[test]
fn thumb_pushes_and_it_blocks() {
    let capstone = Capstone::new()
        .arm()
        .mode(arch::arm::ArchMode::Thumb)
        .extra_mode([arch::arm::ArchExtraMode::MClass].into_iter())
        .build()
        .expect("capstone knows Thumb");
    let read = |insn: Insn| {
        let mut bytes = Vec::new();
        insn.encode().push_to(&mut bytes);
        normal(&disassemble(&capstone, &bytes))
    };
    assert_eq!(read(Insn::Push { list: 0x4010 }), "push r4 lr");
    assert_eq!(read(Insn::Push { list: 0x4110 }), "push r4 r8 lr");
    assert_eq!(read(Insn::Push { list: 0x0100 }), "str r8 sp -4 !");
    assert_eq!(read(Insn::Pop { list: 0x8010 }), "pop r4 pc");
    assert_eq!(read(Insn::Pop { list: 0x8110 }), "pop r4 r8 pc");
    assert_eq!(read(Insn::Pop { list: 0x0100 }), "ldr r8 sp 4");
    assert_eq!(read(Insn::It { cond: Cond::Lt, rest: &[] }), "it lt");
    assert_eq!(read(Insn::It { cond: Cond::Lt, rest: &[false] }), "ite lt");
    assert_eq!(read(Insn::It { cond: Cond::Eq, rest: &[true, false] }), "itte eq");
    assert_eq!(read(Insn::Bx { rm: thumb::LR }), "bx lr");
    assert_eq!(read(Insn::Blx { rm: R(9) }), "blx r9");
    assert_eq!(read(Insn::Udf { imm: 3 }), "udf 3");
}

fn rv_register(random: &mut Random) -> rv::X {
    if random.below(2) == 0 { rv::X(8 + random.below(8) as u8) } else { rv::X(random.below(32) as u8) }
}

fn rv_insn(random: &mut Random) -> rv::Insn {
    use rv::{Insn, Op, OpImm, Width};
    let (rd, rs1, rs2) = (rv_register(random), rv_register(random), rv_register(random));
    let rs1 = if random.below(3) == 0 { rd } else { rs1 };
    let imm =
        if random.below(2) == 0 { random.below(64) as i32 - 32 } else { random.below(4096) as i32 - 2048 };
    match random.below(7) {
        0 | 1 => {
            let op = *random.pick(&[
                Op::Add,
                Op::Sub,
                Op::Sll,
                Op::Slt,
                Op::Sltu,
                Op::Xor,
                Op::Srl,
                Op::Sra,
                Op::Or,
                Op::And,
                Op::Mul,
                Op::Mulh,
                Op::Mulhu,
                Op::Div,
                Op::Divu,
                Op::Rem,
                Op::Remu,
            ]);
            Insn::Op { op, rd, rs1, rs2 }
        }
        2 => {
            let op =
                *random.pick(&[OpImm::Addi, OpImm::Slti, OpImm::Sltiu, OpImm::Xori, OpImm::Ori, OpImm::Andi]);
            let rs1 = if random.below(6) == 0 { rv::SP } else { rs1 };
            let rd = if rs1 == rv::SP && random.below(2) == 0 { rv::SP } else { rd };
            Insn::OpImm { op, rd, rs1, imm: if rs1 == rv::SP { imm & !3 } else { imm } }
        }
        3 => {
            let op = *random.pick(&[OpImm::Slli, OpImm::Srli, OpImm::Srai]);
            Insn::OpImm { op, rd, rs1, imm: random.below(32) as i32 }
        }
        4 => Insn::Lui { rd, imm: random.next() as u32 & 0xf_ffff },
        5 => {
            let width = *random.pick(&[
                Width::Byte,
                Width::Half,
                Width::Word,
                Width::Word,
                Width::UnsignedByte,
                Width::UnsignedHalf,
            ]);
            let imm = if random.below(2) == 0 { random.below(64) as i32 * 4 } else { imm };
            let rs1 = if random.below(4) == 0 { rv::SP } else { rs1 };
            Insn::Load { width, rd, rs1, imm }
        }
        _ => {
            let width = *random.pick(&[Width::Byte, Width::Half, Width::Word, Width::Word]);
            let imm = if random.below(2) == 0 { random.below(64) as i32 * 4 } else { imm };
            let rs1 = if random.below(4) == 0 { rv::SP } else { rs1 };
            Insn::Store { width, rs2, rs1, imm }
        }
    }
}

/// The 32-bit forms against Capstone's text; the 16-bit forms against the 32-bit ones, through Capstone's text.
#[test]
fn rv_encodings() {
    let capstone = Capstone::new()
        .riscv()
        .mode(arch::riscv::ArchMode::RiscV32)
        .extra_mode([arch::riscv::ArchExtraMode::RiscVC].into_iter())
        .build()
        .expect("capstone knows RISC-V");
    let mut random = Random::new(2);
    let mut narrow = 0;
    for _ in 0..60_000 {
        let insn = rv_insn(&mut random);
        let wide = normal(&disassemble(&capstone, &insn.wide().to_le_bytes()));
        let expected = expand_rv(&normal(&insn.to_string()));
        assert_eq!(expand_rv(&wide), expected, "{insn:?}");
        let mut bytes = Vec::new();
        insn.encode().push_to(&mut bytes);
        if bytes.len() == 2 {
            narrow += 1;
            let short = expand_rv(&normal(&disassemble(&capstone, &bytes)));
            let words: Vec<&str> = expected.split(' ').collect();
            let commuted = match words.as_slice() {
                [op @ ("add" | "and" | "or" | "xor"), rd, rs1, rs2] => format!("{op} {rd} {rs2} {rs1}"),
                _ => expected.clone(),
            };
            assert!(short == expected || short == commuted, "{insn} became {short}, {bytes:02x?}");
        }
    }
    assert!(narrow > 5_000, "only {narrow} compressed instructions");
}

/// Writes aliases and compressed forms as the plain instruction with all its operands.
fn expand_rv(text: &str) -> String {
    let text = text.trim_start_matches("c.").replace(" x0", " zero");
    let words: Vec<&str> = text.split(' ').collect();
    match words.as_slice() {
        ["li", rd, imm] => format!("addi {rd} zero {imm}"),
        ["mv", rd, rs] => format!("add {rd} zero {rs}"),
        ["addi", rd, rs, "0"] if *rs != "zero" => format!("add {rd} zero {rs}"),
        ["add", rd, rs, "zero"] => format!("add {rd} zero {rs}"),
        ["nop"] => "addi zero zero 0".to_owned(),
        ["not", rd, rs] => format!("xori {rd} {rs} -1"),
        ["neg", rd, rs] => format!("sub {rd} zero {rs}"),
        ["seqz", rd, rs] => format!("sltiu {rd} {rs} 1"),
        ["snez", rd, rs] => format!("sltu {rd} zero {rs}"),
        ["sltz", rd, rs] => format!("slt {rd} {rs} zero"),
        ["sgtz", rd, rs] => format!("slt {rd} zero {rs}"),
        ["zext.b", rd, rs] => format!("andi {rd} {rs} 255"),
        ["addi16sp", "sp", imm] => format!("addi sp sp {imm}"),
        ["addi16sp", imm] => format!("addi sp sp {imm}"),
        ["addi4spn", rd, "sp", imm] => format!("addi {rd} sp {imm}"),
        ["lwsp", rd, imm, "sp"] => format!("lw {rd} {imm} sp"),
        ["swsp", rs, imm, "sp"] => format!("sw {rs} {imm} sp"),
        ["lwsp", rd, imm] => format!("lw {rd} {imm} sp"),
        ["swsp", rs, imm] => format!("sw {rs} {imm} sp"),
        [op @ ("add" | "sub" | "and" | "or" | "xor" | "addi" | "andi" | "slli" | "srli" | "srai"), rd, x] => {
            format!("{op} {rd} {rd} {x}")
        }
        _ => text.clone(),
    }
}
