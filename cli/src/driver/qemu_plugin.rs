//! A plugin for QEMU's code generator that counts executed instructions and notes the count at marked addresses.
//!
//! The driver compiles this one file with `rustc` on first use and loads it into the emulator. QEMU's header is not needed:
//! the few functions used are declared here as version 1 of the plugin interface has them (QEMU 4.2 to 8). Later QEMUs
//! want a later version number (`cfg(plugin_api_2)`) and have lost inline counters; there a callback for each
//! instruction counts, which is slower and equally exact.
//!
//! Arguments: `out=FILE`, and `mark=NAME:HEXADDRESS` as often as needed. The file gets a line `NAME COUNT` each time an
//! instruction at a marked address is about to execute, and `exit COUNT` at the end.

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::fs::File;
use std::io::Write;
use std::ptr;
use std::sync::OnceLock;

#[repr(C)]
pub struct Block(c_void);
#[repr(C)]
pub struct Instruction(c_void);

type PluginId = u64;
type ExecuteCallback = unsafe extern "C" fn(c_uint, *mut c_void);
type InlineCounter = unsafe extern "C" fn(*mut Instruction, c_int, *mut c_void, u64);

unsafe extern "C" {
    fn qemu_plugin_tb_n_insns(block: *const Block) -> usize;
    fn qemu_plugin_tb_get_insn(block: *const Block, index: usize) -> *mut Instruction;
    fn qemu_plugin_insn_vaddr(instruction: *const Instruction) -> u64;
    fn qemu_plugin_register_vcpu_tb_trans_cb(
        id: PluginId,
        callback: unsafe extern "C" fn(PluginId, *mut Block),
    );
    fn qemu_plugin_register_vcpu_insn_exec_cb(
        instruction: *mut Instruction,
        callback: ExecuteCallback,
        flags: c_int,
        data: *mut c_void,
    );
    fn qemu_plugin_register_atexit_cb(
        id: PluginId,
        callback: unsafe extern "C" fn(PluginId, *mut c_void),
        data: *mut c_void,
    );
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

const CALLBACK_READS_NO_REGISTERS: c_int = 0;
const INLINE_ADD: c_int = 0;

#[unsafe(no_mangle)]
pub static qemu_plugin_version: c_int = if cfg!(plugin_api_2) { 2 } else { 1 };

struct Mark {
    name: String,
    address: u64,
}

struct Plugin {
    out: File,
    marks: Vec<Mark>,
    /// Absent in QEMUs that came after version 1 of the interface.
    inline: Option<InlineCounter>,
}

static PLUGIN: OnceLock<Plugin> = OnceLock::new();

/// Written by generated code and by callbacks of the one virtual processor, never at the same time.
static mut COUNT: u64 = 0;

fn record(name: &str) {
    let Some(plugin) = PLUGIN.get() else { return };
    // SAFETY: only the thread of the processor, which is in a callback now, changes the counter.
    let count = unsafe { (&raw const COUNT).read() };
    // The driver notices that lines are missing.
    let _ = writeln!(&plugin.out, "{name} {count}");
}

unsafe extern "C" fn at_mark(_cpu: c_uint, data: *mut c_void) {
    if let Some(mark) = PLUGIN.get().and_then(|p| p.marks.get(data as usize)) {
        record(&mark.name);
    }
}

unsafe extern "C" fn at_instruction(_cpu: c_uint, _data: *mut c_void) {
    // SAFETY: as in `record`.
    unsafe { COUNT += 1 }
}

unsafe extern "C" fn at_exit(_id: PluginId, _data: *mut c_void) {
    record("exit");
}

unsafe extern "C" fn translated(_id: PluginId, block: *mut Block) {
    let Some(plugin) = PLUGIN.get() else { return };
    // SAFETY: the block and its instructions live for the time of this callback, and indices are below their number.
    unsafe {
        for index in 0..qemu_plugin_tb_n_insns(block) {
            let instruction = qemu_plugin_tb_get_insn(block, index);
            let address = qemu_plugin_insn_vaddr(instruction);
            for (i, mark) in plugin.marks.iter().enumerate() {
                if mark.address == address {
                    let data = ptr::without_provenance_mut(i);
                    qemu_plugin_register_vcpu_insn_exec_cb(
                        instruction,
                        at_mark,
                        CALLBACK_READS_NO_REGISTERS,
                        data,
                    );
                }
            }
            match plugin.inline {
                Some(inline) => inline(instruction, INLINE_ADD, (&raw mut COUNT).cast(), 1),
                None => qemu_plugin_register_vcpu_insn_exec_cb(
                    instruction,
                    at_instruction,
                    CALLBACK_READS_NO_REGISTERS,
                    ptr::null_mut(),
                ),
            }
        }
    }
}

fn parse(arguments: &[String]) -> Option<Plugin> {
    let mut out = None;
    let mut marks = Vec::new();
    for argument in arguments {
        let (key, value) = argument.split_once('=')?;
        match key {
            "out" => out = File::create(value).ok(),
            "mark" => {
                let (name, address) = value.split_once(':')?;
                marks.push(Mark { name: name.into(), address: u64::from_str_radix(address, 16).ok()? });
            }
            _ => return None,
        }
    }
    // SAFETY: a look-up in the running program, whose result is null or a function of this type.
    let inline = unsafe {
        let found = dlsym(ptr::null_mut(), c"qemu_plugin_register_vcpu_insn_exec_inline".as_ptr());
        std::mem::transmute::<*mut c_void, Option<InlineCounter>>(found)
    };
    Some(Plugin { out: out?, marks, inline })
}

/// Called by QEMU when it loads the plugin; another status than 0 makes it give up.
///
/// # Safety
/// `argv` must hold `argc` C strings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qemu_plugin_install(
    id: PluginId,
    _info: *const c_void,
    argc: c_int,
    argv: *const *const c_char,
) -> c_int {
    let arguments: Vec<String> = (0..argc as usize)
        // SAFETY: by the contract of this function.
        .map(|i| unsafe { CStr::from_ptr(*argv.add(i)) }.to_string_lossy().into_owned())
        .collect();
    let Some(plugin) = parse(&arguments) else { return 1 };
    if PLUGIN.set(plugin).is_err() {
        return 1;
    }
    // SAFETY: the callbacks live as long as the plugin.
    unsafe {
        qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
        qemu_plugin_register_atexit_cb(id, at_exit, ptr::null_mut());
    }
    0
}
