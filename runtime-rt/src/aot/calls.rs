//! Calls from compiled code, and of compiled code.
//!
//! A compiled function is entered with exactly the arguments that it wants, see
//! [`jerboa_abi::entry::symbol::FUNCTIONS`]. The window belongs to the callee, so it is made to fit in place.

use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{field, function};
use jerboa_abi::value as word;

use super::objects::result_word;
use super::{address, enter, entries, machine, vm};
use crate::call::invoke_native;
use crate::error::{ErrorKind, Piece};
use crate::gate::gate;
use crate::image::{function_at, header_half};
use crate::memory::{fill, load, load_byte, load_half, pointer, store};
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// The windowed entry of a compiled function.
type Windowed = unsafe extern "C" fn(sp: *mut u32, window: *mut u32) -> u32;

unsafe extern "C" {
    /// See [`jerboa_abi::entry::symbol::FUNCTIONS`].
    static jerboa_functions: [Windowed; 0];
}

/// Flags of functions that want more than their arguments.
const VARIADIC: u32 = (function::REST | function::ARGUMENTS | function::NEW_TARGET) as u32;

/// The number of arguments in a site that stands for "on the stack".
const MANY: u32 = 255;

/// A call's window and the top of the stack above it.
#[derive(Clone, Copy)]
struct Window {
    start: u32,
    top: u32,
}

impl Window {
    /// The window of a call site.
    #[inline(always)]
    fn of(top: *mut u32, site: i32) -> Window {
        let (mut top, mut count) = (address(top), site as u32 & 0xff);
        if count == MANY {
            top -= 4;
            count = word::to_int(load(top)) as u32;
        }
        Window { start: top - 4 * (count + 2), top }
    }

    /// The number of arguments.
    fn count(self) -> u32 {
        (self.top - self.start) / 4 - 2
    }

    fn callee(self) -> u32 {
        load(self.start)
    }

    fn this(self) -> Slot {
        Slot(self.start + 4)
    }
}

/// Whether a value is a compiled function.
#[inline(always)]
fn is_compiled(callee: u32) -> bool {
    word::is_pointer(callee) && header::kind(load(callee)) == Kind::Function as u32
}

/// Enters the compiled function in a window.
#[inline(always)]
fn run(window: Window) -> u32 {
    if !machine::has_room(window.top) {
        enter(window.top).throw_stack_overflow();
        return word::EXCEPTION;
    }
    let index = header::index(load(window.callee()));
    let descriptor = function_at(vm().image, index);
    let params = load_byte(descriptor + function::PARAMS as u32);
    let mut sp = window.start + 8 + 4 * params;
    if load_half(descriptor + function::FLAGS as u32) & VARIADIC != 0 {
        match adjust(window, descriptor, params) {
            Ok(top) => sp = top,
            Err(Thrown) => return word::EXCEPTION,
        }
    } else if window.top < sp {
        fill(window.top, (sp - window.top) / 4, word::UNDEFINED);
    }
    // SAFETY: the table has an entry for each function of the image that is used as a value, and the window is as that
    // function wants it.
    unsafe {
        let entry = *(&raw const jerboa_functions).cast::<Windowed>().add(index as usize);
        entry(pointer(sp).cast(), pointer(window.start).cast())
    }
}

gate! {
    if Variadic, fn adjust(window: Window, descriptor: u32, params: u32) -> Result<u32> {
        adjust_variadic(window, descriptor, params)
    }
}

/// Gives a window the rest array, the arguments object and `new.target` that its function wants. The new top.
#[inline(always)]
fn adjust_variadic(window: Window, descriptor: u32, params: u32) -> Result<u32> {
    let flags = load_half(descriptor + function::FLAGS as u32);
    let wants = |flag: u16| flags & u32::from(flag) != 0;
    let vm = enter(window.top);
    let (first, count) = (Slot(window.start + 8), window.count());
    let new_target = if wants(function::NEW_TARGET) { vm.take_new_target() } else { word::UNDEFINED };
    let new_target = vm.push_word(new_target)?;
    let [rest, arguments] = vm.slots()?;
    // Room for the parameters that are missing, before the values are put there.
    vm.push_words(params.saturating_sub(count) + 3)?;
    if wants(function::REST) {
        let extra = count.saturating_sub(params);
        vm.new_array_from(first.above(params.min(count)), extra)?.store(rest);
    }
    if wants(function::ARGUMENTS) {
        vm.new_arguments(first, count)?.store(arguments);
    }
    let values = [
        (function::REST, load(rest.0)),
        (function::ARGUMENTS, load(arguments.0)),
        (function::NEW_TARGET, load(new_target.0)),
    ];
    if count < params {
        fill(first.above(count).0, params - count, word::UNDEFINED);
    }
    let mut at = first.above(params).0;
    for (flag, word) in values {
        if wants(flag) {
            store(at, word);
            at += 4;
        }
    }
    Ok(at)
}

/// Calls what is in a window and is no compiled function.
#[inline(never)]
fn call_other(window: Window, site: i32) -> u32 {
    let vm = enter(window.top);
    if !Value::of(window.callee()).is_callable() {
        throw_not_a(vm, window, site, " is not a function");
        return word::EXCEPTION;
    }
    result_word(vm.call_word(window.count()))
}

/// Calls what is in a window.
#[inline(always)]
fn call(window: Window, site: i32) -> u32 {
    if is_compiled(window.callee()) { run(window) } else { call_other(window, site) }
}

/// Throws the TypeError of a callee that can not be called, named as in the source if the site has its text.
#[cold]
#[inline(never)]
fn throw_not_a(vm: &mut Vm, window: Window, site: i32, what: &str) {
    let mut callee = Slot(window.start);
    if let Some(text) = (site as u32 >> 8).checked_sub(1) {
        match vm.push_word(vm.constant_word(text)) {
            Ok(slot) => callee = slot,
            Err(Thrown) => return,
        }
    }
    vm.throw_error(ErrorKind::Type, &[Piece::value(callee), Piece::Text(what)]);
}

/// `new` with the function in a window.
fn construct(vm: &mut Vm, window: Window, site: i32) -> Result<u32> {
    let callee = window.callee();
    if !vm.is_constructor(Value::of(callee)) {
        throw_not_a(vm, window, site, " is not a constructor");
        return Err(Thrown);
    }
    if !is_compiled(callee) {
        return vm.construct_word(window.count());
    }
    vm.prepare_construct(Slot(window.start))?;
    match run(window) {
        word::EXCEPTION => Err(Thrown),
        result => Ok(vm.finish_construct(Slot(window.start), result)),
    }
}

/// Puts a window with the elements of an array as arguments on the stack.
fn spread(vm: &mut Vm, callee: Slot, this: Slot, array: Slot) -> Result<Window> {
    let count = vm.array_length(array);
    let start = vm.push_words(2 + count)?;
    vm.copy(callee, start);
    vm.copy(this, start.above(1));
    vm.spread_elements(array, start.above(2), count);
    Ok(Window { start: start.0, top: vm.mark().0 })
}

/// Runs a compiled function: the entry from native code, see [`crate::call`].
///
/// # Safety
/// `vm` is the image's VM, the window of `argc` arguments is on top of its stack, and its callee is a compiled function.
pub unsafe extern "C" fn invoke(vm: *mut Vm, argc: u32) -> u32 {
    let (top, limit) = {
        // SAFETY: as the caller promises.
        let vm = unsafe { &*vm };
        (vm.sp.get(), vm.raw_sp.get())
    };
    let result = run(Window { start: top - 4 * (argc + 2), top });
    // SAFETY: as before.
    let vm = unsafe { &*vm };
    vm.sp.set(top);
    vm.raw_sp.set(limit);
    result
}

/// Runs a program that reaches no entry that calls back ([`jerboa_abi::entry::PLAIN`]), so that what a call can be otherwise
/// need not be in the image.
///
/// # Errors
/// An exception that the program did not catch.
///
/// # Safety
/// `vm` is the image's VM, and the image was linked for such a program.
pub unsafe fn run_plain(vm: &mut Vm) -> Result<()> {
    let entry = header_half(vm.image, field::ENTRY);
    let window = vm.sp.get();
    store(window, function_at(vm.image, entry));
    store(window + 4, word::UNDEFINED);
    // SAFETY: the program's entry function takes no arguments; the table has its windowed entry.
    let result = unsafe {
        let entry = *(&raw const jerboa_functions).cast::<Windowed>().add(entry as usize);
        entry(pointer(window + 8).cast(), pointer(window).cast())
    };
    vm.sp.set(window);
    if result == word::EXCEPTION { Err(Thrown) } else { Ok(()) }
}

entries! {
    /// Calls the native function in a window.
    fn jrt_call_native(top: top, site: i32) -> val {
        let window = Window::of(top, site);
        let vm = enter(window.top);
        // SAFETY: the callee is a native of the image, and its window is on top of the stack.
        unsafe { invoke_native(vm, window.count()) }
    }

    /// Calls the window's callee.
    fn jrt_call(top: top, site: i32) -> val {
        call(Window::of(top, site), site)
    }

    /// Calls the property of the window's `this` under a key that is a constant of the image.
    fn jrt_call_method(top: top, key: i32, site: i32) -> val {
        let window = Window::of(top, site);
        let vm = vm();
        let key = vm.constant_word(key as u32);
        let method = match vm.cached_slot(load(window.this().0), key) {
            Some((slot, _)) => load(slot),
            None => match enter(window.top).get_property(window.this(), Key(key)) {
                Ok(method) => method.word(),
                Err(Thrown) => return word::EXCEPTION,
            },
        };
        store(window.start, method);
        call(window, site)
    }

    /// Calls the property of the window's `this` under the key in the callee's place.
    fn jrt_call_elem(top: top, site: i32) -> val {
        let window = Window::of(top, site);
        let key = Slot(window.start);
        match enter(window.top).get_element(window.this(), key) {
            Ok(method) => method.store(key),
            Err(Thrown) => return word::EXCEPTION,
        }
        call(window, site)
    }

    /// Calls a function with the elements of an array.
    fn jrt_call_array(sp: sp, callee: val, this: val, array: val) -> val {
        let (vm, [callee, this, array]) = super::hold(sp, [callee, this, array]);
        match spread(vm, callee, this, array) {
            Ok(window) => call(window, 0),
            Err(Thrown) => word::EXCEPTION,
        }
    }

    /// `new` with the window's callee; its `this` is not looked at.
    fn jrt_new(top: top, site: i32) -> val {
        let window = Window::of(top, site);
        result_word(construct(enter(window.top), window, site))
    }

    /// `new` with the elements of an array.
    fn jrt_new_array_args(sp: sp, callee: val, array: val) -> val {
        let (vm, [callee, array]) = super::hold(sp, [callee, array]);
        result_word(spread(vm, callee, callee, array).and_then(|window| construct(vm, window, 0)))
    }
}
