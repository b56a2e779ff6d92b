//! The two stacks: tagged words up, raw words down.

use jerboa_abi::value as word;

use crate::memory::{fill, store};
use crate::value::{Slot, Value};
use crate::vm::Vm;
use crate::{Result, Thrown};

/// Slots that follow each other.
///
/// Written out for each length: a compiler that optimises for size leaves a loop as it is, and the array in memory.
pub trait SlotRun {
    /// The slots from this one on.
    fn from(first: Slot) -> Self;
}

macro_rules! runs {
    ($($len:literal: $($n:literal)*;)*) => {$(
        impl SlotRun for [Slot; $len] {
            #[inline(always)]
            fn from(first: Slot) -> Self {
                [$(first.above($n)),*]
            }
        }
    )*};
}

runs! {
    1: 0;
    2: 0 1;
    3: 0 1 2;
    4: 0 1 2 3;
    5: 0 1 2 3 4;
    6: 0 1 2 3 4 5;
    7: 0 1 2 3 4 5 6;
    8: 0 1 2 3 4 5 6 7;
}

impl Vm {
    /// `N` new slots on top of the stack, holding `undefined`.
    ///
    /// # Errors
    /// Throws a RangeError when the stack is full.
    #[inline(always)]
    pub fn slots<const N: usize>(&mut self) -> Result<[Slot; N]>
    where
        [Slot; N]: SlotRun,
    {
        self.push_words(N as u32).map(SlotRun::from)
    }

    /// `count` new slots, holding `undefined`; the first of them.
    pub fn push_words(&mut self, count: u32) -> Result<Slot> {
        self.note_machine_stack();
        let sp = self.sp.get();
        if !self.stack_has(count) {
            return Err(self.throw_stack_overflow());
        }
        fill(sp, count, word::UNDEFINED);
        self.sp.set(sp + 4 * count);
        Ok(Slot(sp))
    }

    /// Whether `count` more words fit.
    #[inline(always)]
    pub(crate) fn stack_has(&self, count: u32) -> bool {
        let free = self.raw_sp.get().saturating_sub(self.sp.get());
        free >= self.stack_margin.get() && (free - self.stack_margin.get()) / 4 >= count
    }

    /// Where the machine stack shares the area: what of it native code uses now is no longer free. Natives that recurse take
    /// slots at every level, which brings them here.
    #[inline(always)]
    pub(crate) fn note_machine_stack(&self) {
        #[cfg(feature = "aot")]
        if self.machine_reserve.get() != 0 {
            self.raw_sp.set(crate::aot::machine::limit(self));
        }
    }

    /// Asks whether the machine stack has room for finding the digits of a number, or the number of digits. That takes far more of
    /// it than anything else that natives do without asking; so the general reserve need not be as large.
    ///
    /// # Errors
    /// Throws a RangeError if it has not.
    pub fn check_room_for_digits(&mut self) -> Result<()> {
        #[cfg(all(feature = "aot", not(target_arch = "wasm32")))]
        if self.machine_reserve.get() != 0 && !crate::aot::machine::has_room_for_digits(self.sp.get()) {
            return Err(self.throw_stack_overflow());
        }
        Ok(())
    }

    /// Pushes a copy of a slot.
    ///
    /// # Errors
    /// Throws a RangeError when the stack is full.
    pub fn push(&mut self, from: Slot) -> Result<Slot> {
        let slot = self.push_words(1)?;
        self.copy(from, slot);
        Ok(slot)
    }

    /// Pushes a value that lies in no heap.
    ///
    /// # Errors
    /// Throws a RangeError when the stack is full.
    pub fn push_value(&mut self, value: Value<'static>) -> Result<Slot> {
        let slot = self.push_words(1)?;
        value.store(slot);
        Ok(slot)
    }

    /// Pushes a word that is a value.
    #[inline]
    pub fn push_word(&mut self, word: u32) -> Result<Slot> {
        if !self.stack_has(1) {
            return self.push_word_slow(word);
        }
        let sp = self.sp.get();
        store(sp, word);
        self.sp.set(sp + 4);
        Ok(Slot(sp))
    }

    /// Out of line: the overflow of [`Vm::push_word`].
    #[cold]
    #[inline(never)]
    fn push_word_slow(&mut self, _word: u32) -> Result<Slot> {
        Err(self.throw_stack_overflow())
    }

    /// The first free slot, to be given back to [`Vm::release`].
    #[inline(always)]
    pub fn mark(&self) -> Slot {
        Slot(self.sp.get())
    }

    /// Frees all slots from `mark` on.
    #[inline(always)]
    pub fn release(&mut self, mark: Slot) {
        self.sp.set(mark.0.min(self.sp.get()));
    }

    /// Runs `body` and frees the slots that it took.
    pub fn scope<T>(&mut self, body: impl FnOnce(&mut Vm) -> T) -> T {
        let mark = self.mark();
        let result = body(self);
        self.release(mark);
        result
    }

    /// The error of a stack that is full. Part of the reserve is opened while it is made.
    #[cold]
    #[inline(never)]
    pub fn throw_stack_overflow(&mut self) -> Thrown {
        self.note_stack();
        #[cfg(feature = "fail-allocation")]
        self.overflows.set(self.overflows.get() + 1);
        let sp = self.sp.get();
        let margin = self.stack_margin.replace(0);
        let thrown = if margin == 0 {
            // The reserve itself is used up: nothing more can be made here.
            self.throw_out_of_memory()
        } else {
            self.throw_range("Maximum call stack size exceeded")
        };
        self.stack_margin.set(margin);
        self.sp.set(sp);
        thrown
    }

    /// Remembers how deep the stacks are.
    pub(crate) fn note_stack(&self) {
        let used = (self.sp.get() - self.globals) + self.raw_globals.saturating_sub(self.raw_sp.get());
        self.stack_peak.set(self.stack_peak.get().max(used));
    }
}
