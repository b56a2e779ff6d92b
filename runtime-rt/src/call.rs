//! Calls, and how natives are written and reached.
//!
//! The caller pushes an argument *window* `[callee][this][argument 0]…` on the tagged stack; the callee is told the
//! number of arguments and finds the window below `sp`. It returns a value word, or `EXCEPTION` with the exception
//! pending in the VM; `sp` is then what it was, and the caller pops the window. This is the convention of all engines and
//! of natives as [`invoke_native`] calls them.
//!
//! `new.target` travels in a word of the VM ([`Vm::take_new_target`]). It is set directly before a callee that wants it
//! is entered, and that callee takes it first of all.

use jerboa_abi::builtins::{Class, NativeId};
use jerboa_abi::header::{self, Kind};
use jerboa_abi::image::{function, native};
use jerboa_abi::value as word;

use crate::gate::{gate, present};
use crate::heap::store_len;
use crate::memory::{load, load_half, move_words, store};
use crate::property::name;
use crate::stack::SlotRun;
use crate::value::{Key, Slot, Value, kind_of};
use crate::vm::{InvokeFn, Vm, root};
use crate::{Result, Thrown};

/// The arguments of a native function.
#[derive(Clone, Copy, Debug)]
pub struct Args {
    window: Slot,
    count: u32,
    new_target: Option<Slot>,
}

impl Args {
    /// The number of arguments.
    #[inline]
    pub fn len(self) -> u32 {
        self.count
    }

    /// Whether there are no arguments.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// The function itself.
    #[inline]
    pub fn callee(self) -> Slot {
        self.window
    }

    /// `this`.
    #[inline]
    pub fn this(self) -> Slot {
        self.window.above(1)
    }

    /// The first argument's slot; the others follow upwards.
    #[inline]
    pub fn first(self) -> Slot {
        self.window.above(2)
    }

    /// The `i`-th argument, if it was passed.
    #[inline]
    pub fn get(self, i: u32) -> Option<Slot> {
        (i < self.count).then_some(self.window.above(2 + i))
    }

    /// `new.target`, if this is a call with `new`.
    #[inline]
    pub fn new_target(self) -> Option<Slot> {
        self.new_target
    }

    /// The first `N` arguments; those not passed are new slots holding `undefined`.
    ///
    /// # Errors
    /// Throws a RangeError if the stack is full.
    pub fn take<const N: usize>(self, vm: &mut Vm) -> Result<[Slot; N]>
    where
        [Slot; N]: SlotRun,
    {
        let mut slots = vm.slots::<N>()?;
        for (i, slot) in slots.iter_mut().enumerate() {
            if let Some(argument) = self.get(i as u32) {
                *slot = argument;
            }
        }
        Ok(slots)
    }
}

/// Runs the native function in a window: finds its code and its arguments, and gives its slots back. The driver knows that nothing else
/// calls natives by address (`cli/src/driver/stack_depth`).
///
/// # Safety
/// `vm` is a live VM that nobody else uses during the call. The window of `argc` arguments is on top of its stack, and its callee
/// is a native of the image.
#[inline(never)]
pub(crate) unsafe extern "C" fn invoke_native(vm: *mut Vm, argc: u32) -> u32 {
    // SAFETY: as the caller promises.
    let vm = unsafe { &mut *vm };
    let mark = vm.mark();
    let window = Slot(mark.0 - 4 * (argc + 2));
    // SAFETY: the table has an entry for each native of the image (`image::check`), and the index is that of a header in the image.
    let body = unsafe { *vm.natives.add(header::index(load(load(window.0))) as usize) };
    let mut args = Args { window, count: argc, new_target: None };
    if keep_new_target(vm, &mut args).is_err() {
        return word::EXCEPTION;
    }
    let result = match body(vm, args) {
        Ok(value) => value.word(),
        Err(Thrown) => word::EXCEPTION,
    };
    vm.release(mark);
    result
}

gate! {
    /// Takes `new.target` of the call that just began to a slot, if it is one with `new`.
    if NewTargets, fn keep_new_target(vm: &mut Vm, args: &mut Args) -> Result<()> {
        let new_target = vm.take_new_target();
        if new_target != word::UNDEFINED {
            args.new_target = Some(vm.push_word(new_target)?);
        }
        Ok(())
    } else {
        let _ = (vm, args);
        Ok(())
    }
}

/// Defines a native function under its linker symbol:
///
/// ```
/// # use jerboa_rt::{Value, native};
/// native! {
///     /// `Math.floor`, for example.
///     fn jrt_n_example_floor(vm, args) {
///         let [x] = args.take(vm)?;
///         let x = vm.to_number(x)?;
///         vm.number(x.floor())
///     }
/// }
/// ```
///
/// The body has `vm: &mut Vm` and `args: `[`Args`] and gives a `Result<Value<'_>>`; its slots are freed at the end. Only the table of
/// natives names it ([`NativeFn`](crate::NativeFn)), so it keeps to Rust's convention.
#[macro_export]
macro_rules! native {
    ($($(#[$attribute:meta])* fn $symbol:ident($vm:ident, $args:ident) $body:block)+) => {$(
        $(#[$attribute])*
        #[unsafe(no_mangle)]
        pub fn $symbol<'a>($vm: &'a mut $crate::Vm, $args: $crate::Args) -> $crate::Result<$crate::Value<'a>> {
            let _ = &$args;
            $body
        }
    )+};
}

gate! {
    if Bound, fn call_bound(vm: &mut Vm, argc: u32, construct: bool) -> Result<u32> {
        vm.call_bound(argc, construct)
    }
}

impl Vm {
    /// Counts a recursion of native code over data of the program, which takes C stack as a call from native code does.
    ///
    /// # Errors
    /// Throws a RangeError if it is too deep; [`Vm::leave_native_code`] is then not to be called.
    pub fn enter_native_code(&mut self) -> Result<()> {
        let depth = self.native_depth.get();
        if self.is_too_deep() {
            return Err(self.throw_stack_overflow());
        }
        self.native_depth.set(depth + 1);
        Ok(())
    }

    /// The end of what [`Vm::enter_native_code`] began.
    #[inline]
    pub fn leave_native_code(&self) {
        self.native_depth.set(self.native_depth.get().saturating_sub(1));
    }

    /// Takes `new.target` of the call that just began.
    #[inline(always)]
    pub(crate) fn take_new_target(&self) -> u32 {
        let new_target = self.root(root::NEW_TARGET);
        self.set_root(root::NEW_TARGET, word::UNDEFINED);
        if new_target == word::EMPTY { word::UNDEFINED } else { new_target }
    }

    /// Tells the function that is entered next what its `new.target` is.
    fn set_new_target(&self, word: u32) {
        present!(NewTargets);
        self.set_root(root::NEW_TARGET, word);
    }

    /// Calls what is in the window of `argc` arguments on top of the stack. The window stays there.
    ///
    /// # Errors
    /// Whatever the callee throws; a TypeError if it is no function.
    #[inline]
    pub fn call(&mut self, argc: u32) -> Result<Value<'_>> {
        self.call_word(argc).map(Value::of)
    }

    /// The slot of the callee in the window on top of the stack.
    pub(crate) fn window(&self, argc: u32) -> Slot {
        Slot(self.sp.get() - 4 * (argc + 2))
    }

    /// As [`Vm::call`], giving the word.
    pub fn call_word(&mut self, argc: u32) -> Result<u32> {
        let callee = load(self.window(argc).0);
        let entry: InvokeFn = match Value::of(callee).kind() {
            Some(Kind::Function) => self.invoke_compiled(),
            Some(Kind::Native) => invoke_native,
            Some(Kind::Bound) => return call_bound(self, argc, false),
            Some(Kind::RomObject) if crate::image::rom_class(callee) == Class::Function as u32 => {
                return Ok(word::UNDEFINED);
            }
            _ => return Err(self.throw_not_callable(argc)),
        };
        self.enter(entry, argc)
    }

    /// The entry of a compiled function in a slot, for those who call it many times: the window must then have it.
    pub fn plain_entry(&self, callee: Slot) -> Option<InvokeFn> {
        self.get(callee).is(Kind::Function).then_some(self.invoke_compiled())
    }

    /// Enters code through the C stack. The window is as for [`Vm::call`], and the entry is that of its callee's kind.
    pub fn enter(&mut self, entry: InvokeFn, argc: u32) -> Result<u32> {
        let depth = self.native_depth.get();
        if self.is_too_deep() {
            return Err(self.throw_stack_overflow());
        }
        self.native_depth.set(depth + 1);
        // SAFETY: the entry is that of the callee in the window, which is on top of the stack.
        let result = unsafe { entry(self, argc) };
        self.native_depth.set(depth);
        if result == word::EXCEPTION { Err(Thrown) } else { Ok(result) }
    }

    /// Calls the target of a bound function in a window of its own.
    fn call_bound(&mut self, argc: u32, construct: bool) -> Result<u32> {
        let window = self.window(argc);
        let bound = load(window.0);
        let values = load(bound + 12);
        let fixed = if values == word::EMPTY { 0 } else { store_len(load(values)) };
        let inner = self.push_words(2 + fixed + argc)?;
        store(inner.0, load(bound + 4));
        store(inner.0 + 4, load(bound + 8));
        if fixed != 0 {
            move_words(values + 4, inner.above(2).0, fixed);
        }
        move_words(window.above(2).0, inner.above(2 + fixed).0, argc);
        let result = if construct { self.construct_word(fixed + argc) } else { self.call_word(fixed + argc) };
        self.release(inner);
        result
    }

    /// Calls a function with `this` and arguments that lie in slots.
    ///
    /// # Errors
    /// Whatever the callee throws; a TypeError if it is no function, a RangeError if the stack is full.
    pub fn call_with(&mut self, callee: Slot, this: Slot, arguments: &[Slot]) -> Result<Value<'_>> {
        let window = self.push(callee)?;
        self.push(this)?;
        for &argument in arguments {
            self.push(argument)?;
        }
        let result = self.call_word(arguments.len() as u32);
        self.release(window);
        result.map(Value::of)
    }

    /// Calls a native function that programs can not name, if the image has it.
    ///
    /// # Errors
    /// Whatever it throws.
    pub fn call_hook(&mut self, id: NativeId, arguments: &[Slot]) -> Result<Option<u32>> {
        let Some(native) = crate::image::find_native(self.image, id) else { return Ok(None) };
        let window = self.push_word(native)?;
        self.push_word(word::UNDEFINED)?;
        for &argument in arguments {
            self.push(argument)?;
        }
        let result = self.call_word(arguments.len() as u32);
        self.release(window);
        result.map(Some)
    }

    /// `new callee(…)` with the window of `argc` arguments on top of the stack; its `this` is not looked at.
    ///
    /// # Errors
    /// Whatever the callee throws; a TypeError if it is no constructor.
    #[inline]
    pub fn construct(&mut self, argc: u32) -> Result<Value<'_>> {
        self.construct_word(argc).map(Value::of)
    }

    /// As [`Vm::construct`], giving the word.
    pub fn construct_word(&mut self, argc: u32) -> Result<u32> {
        let window = self.window(argc);
        let callee = load(window.0);
        if !self.is_constructor(Value::of(callee)) {
            return Err(self.throw_not_constructor(argc));
        }
        match kind_of(load(callee)) {
            Kind::Function => self.construct_compiled(window, argc),
            Kind::Bound => call_bound(self, argc, true),
            _ => {
                debug_assert!(header::aux(load(callee)) & native::CONSTRUCTOR != 0);
                self.set_new_target(callee);
                store(window.0 + 4, word::UNDEFINED);
                self.enter(invoke_native, argc)
            }
        }
    }

    /// As [`Vm::construct_word`] of something that is a constructor, with the `new.target` in a slot: `super(…)`.
    ///
    /// # Errors
    /// Whatever the callee throws.
    pub fn construct_for(&mut self, argc: u32, new_target: Slot) -> Result<u32> {
        let window = self.window(argc);
        match kind_of(load(load(window.0))) {
            Kind::Function => {
                self.prepare_construct_for(window, new_target)?;
                self.enter_constructor(window, argc)
            }
            Kind::Bound => self.call_bound(argc, true),
            _ => {
                self.set_new_target(load(new_target.0));
                store(window.0 + 4, word::UNDEFINED);
                let result = self.enter(invoke_native, argc)?;
                if load(new_target.0) == load(window.0) || !Value::of(result).is_object() {
                    return Ok(result);
                }
                // Built-in constructors make objects of their own kind; what they inherit from comes after.
                let mark = self.mark();
                let object = self.push_word(result)?;
                let prototype = self.get_named(new_target, name::PROTOTYPE)?.word();
                let prototype = self.push_word(prototype)?;
                if self.get(prototype).is_object() {
                    self.set_prototype_of(object, prototype)?;
                }
                let result = load(object.0);
                self.release(mark);
                Ok(result)
            }
        }
    }

    fn construct_compiled(&mut self, window: Slot, argc: u32) -> Result<u32> {
        self.prepare_construct(window)?;
        self.enter_constructor(window, argc)
    }

    /// Calls a compiled function whose window is prepared for `new`; the result of `new`.
    fn enter_constructor(&mut self, window: Slot, argc: u32) -> Result<u32> {
        let entry = self.invoke_compiled();
        // `this` is wanted afterwards, and functions may overwrite their window.
        let copy = self.push_words(argc + 2)?;
        move_words(window.0, copy.0, argc + 2);
        let result = self.enter(entry, argc);
        self.release(copy);
        Ok(self.finish_construct(window, result?))
    }

    /// First half of `new` for a compiled function, for an engine that enters it by itself: makes the new object and puts
    /// it in the window as `this`, and sets `new.target` if the function wants it.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, and what a getter for `prototype` throws.
    pub(crate) fn prepare_construct(&mut self, window: Slot) -> Result<()> {
        self.prepare_construct_for(window, window)
    }

    /// As [`Vm::prepare_construct`], with the `new.target` in a slot.
    pub(crate) fn prepare_construct_for(&mut self, window: Slot, new_target: Slot) -> Result<()> {
        let flags = load_half(self.descriptor_of(load(window.0)) + function::FLAGS as u32);
        if flags & u32::from(function::DERIVED) != 0 {
            store(window.0 + 4, word::UNDEFINED);
            self.set_new_target(load(new_target.0));
            return Ok(());
        }
        let this = self.new_this(new_target)?.word();
        store(window.0 + 4, this);
        if flags & u32::from(function::NEW_TARGET) != 0 {
            self.set_new_target(load(new_target.0));
        }
        Ok(())
    }

    /// The new object for a base constructor that is called by `new` with this `new.target`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full, and what a getter for `prototype` throws.
    pub(crate) fn new_this(&mut self, new_target: Slot) -> Result<Value<'_>> {
        // The shapes are those of the class that is asked for, not of the base whose constructor runs.
        let mut root = 0;
        if self.get(new_target).is(Kind::Function) {
            let descriptor = self.descriptor_of(load(new_target.0));
            let flags = load_half(descriptor + function::FLAGS as u32);
            root = flags >> function::ROOT_SHIFT;
            // A class has its prototype for ever; one that has but one closure is the only one with its root.
            if descriptor == load(new_target.0)
                && flags & u32::from(function::CLASS) != 0
                && let Some((shape, capacity)) = self.known_constructor_shape(root)
            {
                return self.new_object_of_shape(shape, capacity);
            }
        }
        let mark = self.mark();
        let prototype = self.get_named(new_target, name::PROTOTYPE)?.word();
        let prototype = if Value::of(prototype).is_object() {
            prototype
        } else {
            self.intrinsic_word(jerboa_abi::builtins::ObjectId::ObjectPrototype)
        };
        let this = match self.constructor_shape(root, prototype) {
            Some((shape, capacity)) => self.new_object_of_shape(shape, capacity)?.word(),
            None => {
                let slot = self.push_word(prototype)?;
                match self.shape_root(Key::slot(slot))? {
                    Some(shape) => self.new_object_of_shape(shape, self.expected_capacity(shape))?.word(),
                    None => self.new_object_with_prototype(slot, crate::object::DEFAULT_CAPACITY)?.word(),
                }
            }
        };
        self.release(mark);
        Ok(Value::of(this))
    }

    /// Second half: the result of `new`, from what the function returned and the window.
    pub(crate) fn finish_construct(&self, window: Slot, result: u32) -> u32 {
        let this = load(window.0 + 4);
        if word::is_pointer(this) {
            let header = load(this);
            if header::kind(header) == Kind::Object as u32 && self.table_count(this) != header::aux(header) {
                self.learn_capacity(header::index(header));
            }
        }
        if Value::of(result).is_object() { result } else { this }
    }
}
