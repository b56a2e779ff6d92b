//! The virtual machine: one program's state in one arena.
//!
//! ```text
//! arena  [ roots | module variables | tagged stack →      ← raw stack | raw module variables ][ cache ][ heap → ]
//! ```
//!
//! The collector scans everything from the roots to `sp`, so what the runtime itself keeps (the pending
//! exception, the side table) lies in the first words of the same area.

use core::cell::Cell;
use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::field;
use jerboa_abi::value as word;

use crate::call::Args;
use crate::gate::{gate, present};
use crate::image::{self, ImageError, header_half, header_word};
use crate::memory::{address_of, fill, load, store};
use crate::value::{Key, Slot, Value};

/// The code of a native function: see [`crate::native!`].
pub type NativeFn = for<'a> fn(vm: &'a mut Vm, args: Args) -> crate::Result<Value<'a>>;

/// What runs functions of a kind: finds the callee in the window of `argc` arguments on top of the stack of a live VM.
pub type InvokeFn = unsafe extern "C" fn(vm: *mut Vm, argc: u32) -> u32;

/// Fills in where the program is, when an error is created: the engine walks its frames and calls
/// [`Vm::stack_position`] for each, innermost first, until it says no.
pub type CaptureStack = unsafe extern "C" fn(vm: *mut Vm);

/// Where in the source a captured position in a function is, or, by the depth, the calls that were inlined around it. False if there are not
/// that many.
pub type Locate =
    unsafe extern "C" fn(vm: *mut Vm, function: u32, position: u32, depth: u32, out: *mut Located) -> bool;

/// What a VM knows of the engine that runs its compiled functions: one constant for each, of which the VM has the address.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// Runs a function.
    pub invoke: InvokeFn,
    /// Tells where the program is, if the engine keeps track.
    pub capture_stack: Option<CaptureStack>,
    /// Turns a captured position to a line.
    pub locate: Option<Locate>,
}

/// A place in the source where a function was active.
#[derive(Clone, Copy, Default, Debug)]
pub struct Located {
    /// The line, from 1; 0 if it is not known.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// Number of the file in the line table.
    pub file: u32,
    /// The name, where only the line table has it: of a function that was inlined, or that is called only directly. Empty if it
    /// has none.
    pub name: Option<&'static [u8]>,
}

/// The compiler, where there is one.
#[cfg(feature = "evaluate")]
#[derive(Clone, Copy)]
pub struct Evaluator {
    /// Compiles a text that the program gives to indirect `eval` or, as the body of a function, to `Function` and its like: a
    /// flat string. Puts the code into the image and gives the number of the function to call, whose result is wanted; or
    /// throws.
    pub compile: fn(vm: &mut Vm, text: Slot, of: Option<EvaluatedFunction>) -> crate::Result<u32>,
    /// Told when that function has run, if no error remembers a place in it: if it made no closures, it is not needed any more.
    pub release: fn(vm: &mut Vm, function: u32),
}

/// What a function is like whose body comes as a text.
#[cfg(feature = "evaluate")]
#[derive(Clone, Copy)]
pub struct EvaluatedFunction {
    /// The words that begin its expression, such as `async function*`.
    pub keywords: &'static str,
    /// The text of its parameters, a flat string.
    pub parameters: Slot,
}

/// Words of runtime state before the module variables.
pub(crate) mod root {
    /// The pending exception; `EMPTY` while the program is being stopped from outside.
    pub const PENDING: u32 = 0;
    /// `new.target` of the call that is about to begin.
    pub const NEW_TARGET: u32 = 1;
    /// Properties of objects that have no room for them: see [`crate::side_table`].
    pub const SIDE_TABLE: u32 = 2;
    /// Interned strings of the heap: see [`crate::atoms`].
    pub const ATOMS: u32 = 3;
    /// Shapes made at run time: see [`crate::shape`].
    pub const SHAPES: u32 = 4;
    /// The error that told of exhausted memory, while it is alive.
    pub const OUT_OF_MEMORY: u32 = 5;
    /// Positions of the stack that is being captured.
    pub const TRACE: u32 = 6;
    /// The flat string of the position cache: see [`crate::string`].
    pub const POSITION: u32 = 7;
    /// How many. Compiled code knows it.
    pub const COUNT: u32 = jerboa_abi::entry::ROOT_BYTES / 4;
}

/// What the pending exception is while there is none.
pub(crate) const NOTHING_PENDING: u32 = word::EXCEPTION;

/// Heap bytes that the error takes which tells of exhausted memory.
const OUT_OF_MEMORY_BYTES: u32 = 40;

gate! {
    /// Heap bytes kept back for that error, which is not made where nobody could see it.
    if Errors, pub(crate) fn memory_reserve() -> u32 {
        OUT_OF_MEMORY_BYTES
    } else {
        0
    }
}

/// Stack bytes kept back for making the error that tells of an exhausted stack.
pub(crate) const STACK_RESERVE: u32 = 64;

/// The highest [`Vm::native_limit`]: the machine stack ends earlier.
pub(crate) const NO_LIMIT: u32 = u16::MAX as u32;

/// How the arena is divided.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
    /// Bytes of both stacks together, module variables not counted; chosen from the arena's size if `None`.
    pub stack: Option<u32>,
    /// Entries of the property cache (12 bytes each, a power of two, 0 for none); chosen from the arena's size if
    /// `None`.
    pub cache_entries: Option<u32>,
    /// How deep native code may call back into the program, which takes C stack; chosen from the arena's size if
    /// `None`.
    pub native_depth: Option<u16>,
}

/// What a program used so far.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Statistics {
    /// Bytes that the heap has, without what is kept back for the error of exhausted memory.
    pub heap_size: u32,
    /// Bytes in use, garbage included.
    pub heap_used: u32,
    /// The most bytes that were in use, garbage included.
    pub heap_peak: u32,
    /// Number of collections.
    pub collections: u32,
    /// The most bytes of both stacks that were in use at a collection or an overflow check.
    pub stack_peak: u32,
}

/// The machine. Compiled code reaches the first fields by their offsets ([`Vm::offsets`]), so the layout is fixed.
#[repr(C)]
pub struct Vm {
    /// First free word of the tagged stack.
    pub(crate) sp: Cell<u32>,
    /// Last used word of the raw stack.
    pub(crate) raw_sp: Cell<u32>,
    /// First free byte of the heap.
    pub heap_top: Cell<u32>,
    /// End of the heap for ordinary allocation.
    pub(crate) heap_end: u32,
    /// Back edges and calls that may pass before [`Vm::out_of_fuel`] is asked.
    pub(crate) fuel: Cell<u32>,
    /// The image.
    pub image: u32,
    /// Its table of constants.
    pub(crate) constants: u32,
    /// First module variable.
    pub(crate) globals: u32,
    /// First raw module variable; end of the raw stack.
    pub(crate) raw_globals: u32,
    /// Bytes that must stay free between the stacks.
    pub(crate) stack_margin: Cell<u32>,

    /// Start of the arena: the roots.
    pub(crate) base: u32,
    /// Start of the heap, the property cache not included.
    pub(crate) heap_base: u32,
    /// Where the first object is.
    #[cfg(feature = "gc-stress")]
    pub(crate) heap_first: Cell<u32>,
    /// Entries of the property cache less one, or 0.
    pub(crate) cache_mask: u32,
    /// Fuel units of 2^32 left; `u32::MAX` is without end.
    pub(crate) fuel_refills: Cell<u32>,
    /// Entries of the side table.
    pub(crate) side_count: Cell<u32>,
    /// Used entries of the atom table, tombstones included.
    pub(crate) atom_count: Cell<u32>,
    /// Used and free records of the shape table: see [`crate::shape`].
    pub(crate) shape_count: Half,
    pub(crate) shape_free: Half,
    /// The shape that was last asked for: no object has it yet, perhaps.
    pub(crate) shape_pin: Half,
    /// First of the shapes whose parent is no shape of the heap (record number + 1, or 0).
    pub(crate) shape_top: Half,
    /// State of `Math.random`. Here no gap is needed to align it.
    pub random: Cell<u64>,
    /// Byte offset of the position cache, and the UTF-16 index there.
    pub(crate) position_offset: Cell<u32>,
    pub(crate) position_index: Cell<u32>,
    /// UTF-16 length of that string, or `u32::MAX`.
    pub(crate) position_length: Cell<u32>,
    /// Where the interpreter was when it last left its loop: the address of an instruction, or 0.
    pub(crate) engine: Cell<u32>,
    /// Nested calls from native code into the program, and how many there may be.
    pub(crate) native_depth: Half,
    pub(crate) native_limit: Half,
    /// The innermost array that is being joined to a string: address of its record on the stack, or 0.
    pub joins: Cell<u32>,
    /// What the collector does about weak collections, once there is one.
    pub weak_hook: Cell<Option<crate::heap::WeakHook>>,
    /// How instances of built-in classes are iterated, once there is one that can be.
    pub iterate_hook: Cell<Option<crate::iterate::IterateHook>>,
    /// What string methods do with a regular expression as pattern, once there is one.
    pub regexp_hook: Cell<Option<crate::regexp::RegExpHook>>,
    /// Constructors make objects with shapes of their own only while this is not set, see [`crate::chain`].
    pub(crate) chains_closed: Cell<bool>,
    /// `Array.prototype` has got properties of its own beside those of the image, or another prototype.
    pub(crate) array_prototype_changed: Cell<bool>,
    /// See [`Vm::distrust_arrays`].
    pub(crate) arrays_distrusted: Cell<bool>,
    /// If the machine stack lies in the stack area too: the bytes that it keeps free below itself. See [`crate::aot::machine`].
    #[cfg(feature = "aot")]
    pub(crate) machine_reserve: Half,
    pub(crate) heap_peak: Cell<u32>,
    pub collections: Cell<u32>,
    pub(crate) stack_peak: Cell<u32>,
    /// With the feature `fail-allocation`: allocations until one fails.
    #[cfg(feature = "fail-allocation")]
    pub(crate) fail_after: Cell<u32>,
    /// With the same feature: overflows of the stack.
    #[cfg(feature = "fail-allocation")]
    pub(crate) overflows: Cell<u32>,

    /// Lowest address of the machine stack at which native code may call back into the program, or 0.
    pub(crate) machine_floor: u32,
    pub(crate) natives: *const NativeFn,
    /// What runs compiled functions, whichever the embedder linked.
    runner: Option<&'static Engine>,
    /// Compiles code at run time.
    #[cfg(feature = "evaluate")]
    pub evaluator: Option<Evaluator>,
    /// Functions up to this number may be in the stack of an error.
    #[cfg(feature = "evaluate")]
    pub traced: Cell<u32>,
    /// The embedder's own.
    pub(crate) host: *mut c_void,
    unsendable: PhantomData<*mut ()>,
}

/// A number of at most 16 bits: every VM pays for its fields.
pub(crate) struct Half(Cell<u16>);

impl Half {
    pub(crate) fn get(&self) -> u32 {
        u32::from(self.0.get())
    }

    #[inline]
    pub(crate) fn set(&self, number: u32) {
        debug_assert!(number <= u32::from(u16::MAX));
        self.0.set(number as u16);
    }
}

/// Byte offsets of the fields that compiled code uses.
pub mod offsets {
    use super::Vm;
    use core::mem::offset_of;
    /// `u32`: first free word of the tagged stack.
    pub const SP: usize = offset_of!(Vm, sp);
    /// `u32`: last used word of the raw stack.
    pub const RAW_SP: usize = offset_of!(Vm, raw_sp);
    /// `u32`: first free byte of the heap.
    pub const HEAP_TOP: usize = offset_of!(Vm, heap_top);
    /// `u32`: end of the heap.
    pub const HEAP_END: usize = offset_of!(Vm, heap_end);
    /// `u32`: fuel.
    pub const FUEL: usize = offset_of!(Vm, fuel);
    /// `u32`: address of the image.
    pub const IMAGE: usize = offset_of!(Vm, image);
    /// `u32`: address of the table of constants.
    pub const CONSTANTS: usize = offset_of!(Vm, constants);
    /// `u32`: address of the first module variable.
    pub const GLOBALS: usize = offset_of!(Vm, globals);
    /// `u32`: address of the first raw module variable.
    pub const RAW_GLOBALS: usize = offset_of!(Vm, raw_globals);
    /// `u32`: bytes that must stay free between the stacks.
    pub const STACK_MARGIN: usize = offset_of!(Vm, stack_margin);
}

/// Stack bytes for an arena of this size.
pub const fn default_stack(arena: u32) -> u32 {
    let share = if arena <= 16 << 10 { arena / 4 } else { arena / 8 };
    if share > 1 << 20 { 1 << 20 } else { share & !7 }
}

/// Cache entries for a heap of this size: none while kilobytes are scarce.
const fn default_cache(heap: u32) -> u32 {
    match heap {
        0..0x1400 => 0,
        0x1400..0x3800 => 16,
        0x3800..0xE000 => 64,
        _ => 256,
    }
}

gate! {
    /// The same for this program: without objects there is nothing to look up.
    if Objects, fn usual_cache(heap: u32) -> u32 {
        default_cache(heap)
    } else {
        let _ = heap;
        0
    }
}

/// The engine of a VM that has none yet.
unsafe extern "C" fn no_engine(vm: *mut Vm, _argc: u32) -> u32 {
    // SAFETY: called by `Vm::call_raw` with a live VM.
    refuse_call(unsafe { &mut *vm });
    word::EXCEPTION
}

gate! {
    /// Says that there is no engine. Functions that are no values are not called by way of it.
    if Objects, fn refuse_call(vm: &mut Vm) -> () {
        let _ = vm.throw_type("no engine for compiled functions");
    } else {
        let _ = vm;
    }
}

impl Vm {
    /// A machine for the program of an image, in an arena that it has for itself.
    ///
    /// Nothing of the program runs yet; [`Vm::run_entry`] does that.
    ///
    /// # Errors
    /// The reason why the image is refused, or [`ImageError::ArenaTooSmall`].
    ///
    /// # Safety
    /// `arena` is writable memory below 4 GiB that nobody else uses while the VM lives. `natives` points to as many
    /// functions as `native_count` says, and the k-th of them implements the k-th native of the image.
    /// The code of the image was verified, or is trusted.
    pub unsafe fn new(
        image: &'static [u8],
        arena: *mut [u8],
        natives: *const NativeFn,
        native_count: u32,
        options: Options,
    ) -> Result<Vm, ImageError> {
        let image = image::check(image, native_count)?;
        let mut place = MaybeUninit::zeroed();
        // SAFETY: passed on from the caller; the image was checked, and the place is zero. A VM that is set up is one.
        unsafe {
            Vm::set_up(place.as_mut_ptr(), image, arena, natives, options)?;
            Ok(place.assume_init())
        }
    }

    /// As [`Vm::new`], for an image that the linker put beside the runtime, whose tables are not checked, and at a place that
    /// the start-up code has cleared. Generic code is compiled where it is used, so what the caller leaves open costs nothing.
    ///
    /// # Errors
    /// [`ImageError::ArenaTooSmall`], or `Placement` if image or arena do not lie below 4 GiB.
    ///
    /// # Safety
    /// As [`Vm::new`], and the image is as the compiler wrote it. The place is zero and nobody uses it.
    #[inline(always)]
    pub unsafe fn at_linked_image(
        place: *mut Vm,
        image: *const u8,
        arena: *mut [u8],
        natives: *const NativeFn,
        options: Options,
    ) -> Result<(), ImageError> {
        let image = address_of(image).ok_or(ImageError::Placement)?;
        // SAFETY: passed on from the caller.
        unsafe { Vm::set_up(place, image, arena, natives, options) }
    }

    /// Makes a VM of zeros, which are right for most of its fields, so that start-up code writes only the rest.
    ///
    /// # Safety
    /// As [`Vm::new`], for the address of an image whose tables are right, and a place that is zero.
    #[inline(always)]
    unsafe fn set_up(
        place: *mut Vm,
        image: u32,
        arena: *mut [u8],
        natives: *const NativeFn,
        options: Options,
    ) -> Result<(), ImageError> {
        let small = ImageError::ArenaTooSmall;
        let start = address_of(arena as *mut u8).ok_or(ImageError::Placement)?;
        let len = u32::try_from(arena.len()).map_err(|_| ImageError::Placement)?;
        let end = start.checked_add(len).ok_or(ImageError::Placement)? & !3;
        let base = start.wrapping_add(3) & !3;
        let size = end.checked_sub(base).ok_or(small)?;
        let stack = options.stack.unwrap_or_else(|| default_stack(size));
        let stack = stack.max(2 * STACK_RESERVE).saturating_add(3) & !3;
        let rest = size.checked_sub(stack).ok_or(small)?;
        let entries = match options.cache_entries {
            None => usual_cache(rest),
            Some(0) => 0,
            Some(entries) => (entries.min(1 << 16) + 1).next_power_of_two() / 2,
        };
        let globals = 4 * header_half(image, field::GLOBALS);
        let raw_globals = 4 * header_half(image, field::RAW_GLOBALS);

        // All counts are below 2^16.
        let fixed = 4 * root::COUNT + globals + raw_globals + entries * crate::cache::ENTRY_BYTES;
        let reserve = memory_reserve();
        if rest < fixed + 2 * reserve {
            return Err(small);
        }
        let globals_base = base + 4 * root::COUNT;
        let sp = globals_base + globals;
        let raw_base = sp + stack;
        let cache = raw_base + raw_globals;
        let heap = cache + entries * crate::cache::ENTRY_BYTES;
        // The stacks need nothing: a word of them is written before it is read.
        fill(base, (sp - base) / 4, word::EMPTY);
        fill(raw_base, (heap - raw_base) / 4, 0);
        store(base + 4 * root::PENDING, NOTHING_PENDING);
        // SAFETY: by the contract of this function; all fields may be zero.
        let vm = unsafe { &mut *place };
        vm.sp.set(sp);
        vm.raw_sp.set(raw_base);
        vm.heap_top.set(heap);
        vm.heap_end = end - reserve;
        vm.fuel.set(u32::MAX);
        vm.image = image;
        vm.constants = image::table(image, field::CONSTANTS);
        vm.globals = globals_base;
        vm.raw_globals = raw_base;
        vm.stack_margin.set(STACK_RESERVE);
        vm.base = base;
        vm.heap_base = heap;
        #[cfg(feature = "gc-stress")]
        vm.heap_first.set(heap);
        vm.cache_mask = entries.saturating_sub(1);
        vm.fuel_refills.set(u32::MAX);
        vm.position_length.set(u32::MAX);
        vm.native_limit.set(options.native_depth.map_or(if size < 1 << 18 { 48 } else { 400 }, u32::from));
        #[cfg(feature = "fail-allocation")]
        vm.fail_after.set(u32::MAX);
        vm.natives = natives;
        Ok(())
    }

    /// Sets the engine.
    ///
    /// # Safety
    /// Its functions keep to the conventions of [`crate::call`].
    #[inline]
    pub unsafe fn set_engine(&mut self, engine: &'static Engine) {
        self.runner = Some(engine);
    }

    /// What runs compiled functions.
    #[inline]
    pub(crate) fn invoke_compiled(&self) -> InvokeFn {
        match self.runner {
            Some(engine) => engine.invoke,
            None => no_engine,
        }
    }

    /// What tells where the program is, if anything does.
    pub(crate) fn capture_stack(&self) -> Option<CaptureStack> {
        self.runner?.capture_stack
    }

    /// What turns a captured position to a line, if anything does.
    pub(crate) fn locate(&self) -> Option<Locate> {
        self.runner?.locate
    }

    /// States how far down the machine stack may grow, in place of a depth, where that is known. The reserve for what native
    /// code does without asking is the embedder's to add.
    pub fn set_machine_floor(&mut self, floor: u32) {
        self.machine_floor = floor;
        self.native_limit.set(NO_LIMIT);
    }

    /// Whether native code is nested as deep as the machine stack allows.
    pub(crate) fn is_too_deep(&self) -> bool {
        #[cfg(all(feature = "aot", not(target_arch = "wasm32")))]
        if self.shares_machine_stack() {
            return !crate::aot::machine::has_room(self.sp.get());
        }
        let here = 0_u8;
        let here = core::hint::black_box(&raw const here).addr() as u32;
        here < self.machine_floor || self.native_depth.get() >= self.native_limit.get()
    }

    /// Where the first object of the heap is.
    #[inline(always)]
    pub fn heap_first(&self) -> u32 {
        #[cfg(feature = "gc-stress")]
        return self.heap_first.get();
        #[cfg(not(feature = "gc-stress"))]
        self.heap_base
    }

    /// Whether compiled code's machine stack lies in the stack area, see [`crate::aot::machine`].
    pub fn shares_machine_stack(&self) -> bool {
        #[cfg(feature = "aot")]
        return self.machine_reserve.get() != 0;
        #[cfg(not(feature = "aot"))]
        false
    }

    /// The embedder's own pointer.
    pub fn host(&self) -> *mut c_void {
        self.host
    }

    /// Sets the embedder's own pointer.
    pub fn set_host(&mut self, host: *mut c_void) {
        self.host = host;
    }

    /// Sets the state of `Math.random`, which starts the same in every run otherwise.
    pub fn seed_random(&mut self, seed: u64) {
        self.random.set(seed);
    }

    /// Whether the word points into the heap.
    #[inline(always)]
    pub fn in_heap(&self, word: u32) -> bool {
        word & 3 == 0 && word.wrapping_sub(self.heap_base) < self.heap_top.get() - self.heap_base
    }

    /// Whether the word points into the image.
    pub(crate) fn in_image(&self, word: u32) -> bool {
        word & 3 == 0 && word.wrapping_sub(self.image) < header_word(self.image, field::SIZE)
    }

    /// A word of runtime state.
    #[inline(always)]
    pub(crate) fn root(&self, index: u32) -> u32 {
        load(self.base + 4 * index)
    }

    /// Sets a word of runtime state.
    #[inline(always)]
    pub(crate) fn set_root(&self, index: u32, word: u32) {
        store(self.base + 4 * index, word);
    }

    /// The slot of a word of runtime state.
    pub(crate) fn root_slot(&self, index: u32) -> Slot {
        Slot(self.base + 4 * index)
    }

    /// What a slot holds.
    #[inline(always)]
    pub fn get(&self, slot: Slot) -> Value<'_> {
        debug_assert!(slot.0 >= self.base && slot.0 < self.sp.get(), "slot used after its release");
        Value::of(load(slot.0))
    }

    /// Puts a value in a slot.
    #[inline(always)]
    pub fn set(&self, slot: Slot, value: Value<'_>) {
        store(slot.0, value.word());
    }

    /// Copies a slot.
    #[inline(always)]
    pub fn copy(&self, from: Slot, to: Slot) {
        store(to.0, load(from.0));
    }

    /// The word of a key, valid until the next allocation.
    #[inline(always)]
    pub fn key_word(&self, key: Key) -> u32 {
        let key = key.0;
        if key & 3 == 0 && key.wrapping_sub(self.base) < self.heap_base - self.base { load(key) } else { key }
    }

    /// The constant with this index.
    #[inline(always)]
    pub(crate) fn constant_word(&self, index: u32) -> u32 {
        image::resolve(self.image, load(self.constants + 4 * index))
    }

    /// A module variable.
    pub fn global(&self, index: u32) -> Option<Slot> {
        (index < header_half(self.image, field::GLOBALS)).then_some(Slot(self.globals + 4 * index))
    }

    /// The pending exception, when something has returned [`crate::Thrown`]; `None` while the program is being
    /// stopped, which no handler may catch.
    pub fn pending(&self) -> Option<Value<'_>> {
        let word = self.root(root::PENDING);
        (word != word::EMPTY).then_some(Value::of(word))
    }

    /// Takes the pending exception, as a handler does. `None`: the program is being stopped, go on unwinding.
    pub fn take_pending(&mut self) -> Option<Value<'_>> {
        present!(Errors);
        self.take_thrown()
    }

    /// As [`Vm::take_pending`], for handlers of the program and reports. The compiler tells which programs have handlers.
    #[cold]
    #[inline(never)]
    pub(crate) fn take_thrown(&mut self) -> Option<Value<'_>> {
        let word = self.root(root::PENDING);
        if word == word::EMPTY {
            return None;
        }
        self.set_root(root::PENDING, NOTHING_PENDING);
        Some(Value::of(word))
    }

    /// Limits the program to this many back edges and calls from now on; `None` is without limit.
    pub fn set_fuel(&mut self, fuel: Option<u64>) {
        match fuel {
            Some(fuel) => {
                self.fuel.set(fuel as u32);
                self.fuel_refills.set(((fuel >> 32) as u32).min(u32::MAX - 1));
            }
            None => {
                self.fuel.set(u32::MAX);
                self.fuel_refills.set(u32::MAX);
            }
        }
    }

    /// Stops the program at its next back edge or call. May be called from an interrupt handler or another thread.
    ///
    /// # Safety
    /// `vm` points to a live VM.
    pub unsafe fn interrupt(vm: *mut Vm) {
        // SAFETY: both fields are plain words of a live VM; the engine reads them at every back edge, and a lost race
        // with its decrement costs one more round of it.
        unsafe {
            (&raw mut (*vm).fuel_refills).cast::<u32>().write_volatile(0);
            (&raw mut (*vm).fuel).cast::<u32>().write_volatile(0);
        }
    }

    /// Takes a unit of fuel, as a call does: for loops of natives that call nothing and may be long.
    ///
    /// # Errors
    /// As [`Vm::out_of_fuel`].
    #[inline]
    pub fn take_fuel(&mut self) -> crate::Result<()> {
        match self.fuel.get() {
            0 => self.out_of_fuel(),
            left => {
                self.fuel.set(left - 1);
                Ok(())
            }
        }
    }

    /// Asked when `fuel` has come to 0: refills it, or stops the program.
    ///
    /// # Errors
    /// Always uncatchable: no exception is pending.
    #[cold]
    pub fn out_of_fuel(&mut self) -> crate::Result<()> {
        match self.fuel_refills.get() {
            0 => {
                self.set_root(root::PENDING, word::EMPTY);
                Err(crate::Thrown)
            }
            u32::MAX => {
                self.fuel.set(u32::MAX);
                Ok(())
            }
            left => {
                self.fuel_refills.set(left - 1);
                self.fuel.set(u32::MAX);
                Ok(())
            }
        }
    }

    /// What was used so far.
    #[inline]
    pub fn statistics(&self) -> Statistics {
        let used = self.heap_top.get() - self.heap_base;
        Statistics {
            heap_size: self.heap_end - self.heap_base,
            heap_used: used,
            heap_peak: self.heap_peak.get().max(used),
            collections: self.collections.get(),
            stack_peak: self.stack_peak.get(),
        }
    }

    /// Pushes the program's entry function and calls it.
    ///
    /// # Errors
    /// An exception that the program did not catch.
    pub fn run_entry(&mut self) -> crate::Result<()> {
        let [callee, _this] = self.slots()?;
        let entry = header_half(self.image, field::ENTRY);
        store(callee.0, image::function_at(self.image, entry));
        let result = self.enter(self.invoke_compiled(), 0).map(drop);
        self.release(callee);
        result
    }

    /// Sets what compiles code at run time.
    ///
    /// # Safety
    /// The image lies in writable memory. The evaluator changes nothing in it but adds to its tables, and then calls
    /// [`Vm::adopt_strings`]; what it adds has been verified.
    #[cfg(feature = "evaluate")]
    pub unsafe fn set_evaluator(&mut self, evaluator: Evaluator) {
        self.evaluator = Some(evaluator);
    }

    /// Whether a header is that of an object with properties in its own words.
    pub(crate) fn has_own_table(header: u32) -> bool {
        let kind = header::kind(header);
        kind == Kind::Object as u32 || kind == Kind::Error as u32 || kind == Kind::Instance as u32
    }
}
