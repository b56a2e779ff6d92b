//! Where arguments and results go: AAPCS (base standard) and the RISC-V ILP32 convention.

use super::{Arch, Error};
use cranelift_codegen::ir::{self, ArgumentExtension, types};

/// The place of one 32-bit word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The n-th argument register (r0 or a0 is 0).
    Reg(u8),
    /// A byte offset in the outgoing argument area.
    Stack(u32),
}

/// The places of a value: one word or two, low word first.
pub type Places = (Place, Option<Place>);

/// A signature with its places.
#[derive(Clone, Debug)]
pub struct Layout {
    pub params: Vec<Places>,
    pub results: Vec<Places>,
    /// Bytes of stack arguments.
    pub stack_bytes: u32,
}

/// Whether values of the type take two registers.
pub fn is_wide(ty: ir::Type) -> bool {
    ty == types::I64 || ty == types::F64
}

/// Whether the backends have values of the type.
pub fn is_known(ty: ir::Type) -> bool {
    [types::I8, types::I16, types::I32, types::I64, types::F32, types::F64].contains(&ty)
}

/// Whether a small value with this extension arrives sign-extended; all others arrive zero-extended.
pub fn is_signed(param: &ir::AbiParam) -> bool {
    param.extension == ArgumentExtension::Sext
}

/// Lays out a signature.
pub fn layout(arch: Arch, function: &str, signature: &ir::Signature) -> Result<Layout, Error> {
    let unsupported = |what: String| Error::Signature { function: function.to_owned(), what };
    for param in signature.params.iter().chain(&signature.returns) {
        if !is_known(param.value_type) {
            return Err(unsupported(format!("a value of type {}", param.value_type)));
        }
        if param.purpose != ir::ArgumentPurpose::Normal {
            return Err(unsupported(format!("an argument of purpose `{}`", param.purpose)));
        }
    }
    let registers = if arch.is_thumb() { 4 } else { 8 };
    let mut next = 0u8;
    let mut stack = 0u32;
    let mut params = Vec::new();
    for param in &signature.params {
        if !is_wide(param.value_type) {
            params.push((one_word(&mut next, registers, &mut stack), None));
            continue;
        }
        if arch.is_thumb() {
            next = next.next_multiple_of(2);
        }
        if next + 1 < registers {
            params.push((Place::Reg(next), Some(Place::Reg(next + 1))));
            next += 2;
        } else if next + 1 == registers {
            // Only RISC-V gets here: Arm has made `next` even.
            params.push((Place::Reg(next), Some(Place::Stack(stack))));
            next += 1;
            stack += 4;
        } else {
            next = registers;
            stack = stack.next_multiple_of(8);
            params.push((Place::Stack(stack), Some(Place::Stack(stack + 4))));
            stack += 8;
        }
    }
    let mut results = Vec::new();
    let mut next = 0u8;
    for result in &signature.returns {
        let wide = is_wide(result.value_type);
        results.push((Place::Reg(next), wide.then_some(Place::Reg(next + 1))));
        next += if wide { 2 } else { 1 };
    }
    if next > 2 {
        return Err(unsupported(format!("a result of {next} words")));
    }
    Ok(Layout { params, results, stack_bytes: stack.next_multiple_of(8) })
}

fn one_word(next: &mut u8, registers: u8, stack: &mut u32) -> Place {
    if *next < registers {
        *next += 1;
        Place::Reg(*next - 1)
    } else {
        *stack += 4;
        Place::Stack(*stack - 4)
    }
}
