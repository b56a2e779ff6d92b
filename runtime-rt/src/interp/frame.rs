//! Frames of the interpreter: which function an instruction belongs to, unwinding, stack traces.
//!
//! The raw stack holds, from a function's raw pointer upwards, its raw registers and then the return address. Where native
//! code entered the interpreter, the return address is the `exit` instruction in the image's header, and above it
//! stands the address of the instruction that was running before (0 for the outermost).

use jerboa_abi::image::{field, function};
use jerboa_abi::opcode::Opcode;
use jerboa_abi::value as word;

use crate::gate::gate;
use crate::image::{function_at, header_half};
use crate::memory::{load, load_byte, load_half};
use crate::vm::{Vm, root};

/// Where execution stands.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// Address of the instruction.
    pub pc: u32,
    /// Frame pointer.
    pub fp: u32,
    /// Raw pointer.
    pub rp: u32,
}

/// Sizes of a function's register files in bytes, from its first instruction.
pub(super) struct Frame {
    /// Of tagged registers.
    pub tagged: u32,
    /// Of raw registers.
    pub raw: u32,
}

impl Frame {
    /// The frame of the function whose code begins here.
    pub(super) fn of(code: u32) -> Frame {
        let opcode = load_byte(code);
        if opcode == Opcode::Enter as u32 {
            Frame { tagged: load_byte(code + 1) + load_byte(code + 2), raw: load_byte(code + 3) }
        } else if opcode == Opcode::EnterWide as u32 {
            Frame { tagged: 4 * (half(code + 1) + half(code + 3)), raw: 4 * half(code + 5) }
        } else {
            Frame { tagged: 0, raw: load_byte(code + 1) }
        }
    }
}

/// A 16-bit operand; instructions are not aligned.
pub(super) fn half(address: u32) -> u32 {
    load_byte(address) | load_byte(address + 1) << 8
}

/// The address that the outermost frame returns to.
pub(super) fn exit_address(vm: &Vm) -> u32 {
    vm.image + field::EXIT as u32 + 2
}

/// Number and descriptor of the function that an instruction is in. Descriptors are in the order of the code.
pub(super) fn function_of(vm: &Vm, pc: u32) -> (u32, u32) {
    let offset = pc - vm.image;
    let (mut low, mut high) = (0, header_half(vm.image, field::FUNCTIONS));
    while high - low > 1 {
        let middle = (low + high) / 2;
        if load(function_at(vm.image, middle) + function::CODE as u32) <= offset {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low, function_at(vm.image, low))
}

/// Finds the handler of a thrown exception in the frames of this activation, innermost first. `None`: there is none, all
/// frames are gone, and native code gets the exception.
// Behind the gate, and not the gate itself: the loop's registers are kept for what is not cold.
#[cold]
#[inline(never)]
pub(super) fn unwind(vm: &mut Vm, at: State) -> Option<State> {
    find_handler(vm, at)
}

gate! {
    /// See [`unwind`]. A program without handlers is at its end: nobody looks at the stacks any more.
    if Errors, fn find_handler(vm: &mut Vm, at: State) -> Option<State> {
        search_frames(vm, at)
    } else {
        let _ = (vm, at);
        None
    }
}

fn search_frames(vm: &mut Vm, mut at: State) -> Option<State> {
    // A handler may come before what throws, so an exception is a back edge.
    let fuel = vm.fuel.get();
    if fuel != 0 {
        vm.fuel.set(fuel - 1);
    } else {
        // Running out replaces the pending exception by one that nobody catches.
        let _ = vm.out_of_fuel();
    }
    // While the program is being stopped, no handler may run.
    let catchable = vm.root(root::PENDING) != word::EMPTY;
    let exit = exit_address(vm);
    loop {
        let (_, descriptor) = function_of(vm, at.pc);
        let code = vm.image + load(descriptor + function::CODE as u32);
        let frame = Frame::of(code);
        if catchable && let Some(target) = handler(descriptor, code, at.pc - code) {
            vm.sp.set(at.fp + frame.tagged);
            vm.raw_sp.set(at.rp);
            return Some(State { pc: code + target, ..at });
        }
        at.rp += frame.raw;
        let link = load(at.rp);
        at.rp += 4;
        if link == exit {
            vm.engine.set(load(at.rp));
            vm.raw_sp.set(at.rp + 4);
            return None;
        }
        at.fp -= bytes_back(link);
        // Inside the call, whose range the handler table names.
        at.pc = link - 1;
    }
}

/// The stack has no room for the frame of a function that is being entered: throws in its caller. The state is that of the
/// function's first instruction, where nothing of the frame is set up.
#[cold]
#[inline(never)]
pub(super) fn reject_entry(vm: &mut Vm, at: State) -> Option<State> {
    let link = load(at.rp);
    let mut caller = State { pc: link - 1, fp: at.fp, rp: at.rp + 4 };
    vm.sp.set(at.fp);
    let outermost = link == exit_address(vm);
    if outermost {
        caller = State { pc: load(at.rp + 4), fp: at.fp, rp: at.rp + 8 };
    } else {
        caller.fp -= bytes_back(link);
    }
    vm.raw_sp.set(caller.rp);
    vm.engine.set(caller.pc);
    super::slow::stack_overflow(vm);
    if outermost { None } else { unwind(vm, caller) }
}

/// How far the frame pointer goes back at a return to this address, in bytes.
fn bytes_back(link: u32) -> u32 {
    let opcode = load_byte(link);
    match load_byte(link - 2) {
        0 if opcode == Opcode::FrameBack as u32 || opcode == Opcode::FrameBackRaw as u32 => {
            4 * half(link + 1)
        }
        back => back,
    }
}

fn handler(descriptor: u32, code: u32, offset: u32) -> Option<u32> {
    let count = load_half(descriptor + function::HANDLERS as u32);
    let mut entry = code - count * function::HANDLER_BYTES as u32;
    while entry < code {
        if half(entry) <= offset && offset < half(entry + 2) {
            return Some(half(entry + 4));
        }
        entry += function::HANDLER_BYTES as u32;
    }
    None
}

/// Tells the positions of all frames, innermost first, for an error's stack.
///
/// # Safety
/// `vm` is a live VM that nobody else uses during the call.
pub(super) unsafe extern "C" fn capture_stack(vm: *mut Vm) {
    // SAFETY: as the caller promises.
    let vm = unsafe { &mut *vm };
    let exit = exit_address(vm);
    let mut pc = vm.engine.get();
    let mut rp = vm.raw_sp.get();
    while pc != 0 {
        let (number, descriptor) = function_of(vm, pc);
        if !vm.stack_position(number, pc - vm.image) {
            return;
        }
        rp += Frame::of(vm.image + load(descriptor + function::CODE as u32)).raw;
        let link = load(rp);
        rp += 4;
        pc = link - 1;
        if link == exit {
            pc = load(rp);
            rp += 4;
        }
    }
}
