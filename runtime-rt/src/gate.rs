//! Code that an image carries only if its program can need it: see [`jerboa_abi::feature`].
//!
//! [`present!`] stands where a feature comes about: where the first object of a kind is made, say. It costs no
//! instruction. [`gate!`] defines a function that matters only where the feature is present; callers reach it
//! through the gate, which on a device is a plain call to a symbol that the driver resolves. Elsewhere all gates are open, and
//! calls go straight through.
//!
//! Where to put a gate: at a call from code that most programs have to code that only some need, and whose need implies
//! that something exists which only certain functions make. The rule that makes it sound: *every* way to bring a feature about has
//! the mark, or is known to the compiler. A forgotten mark is seen at run time: `jerboa_absent` says so and ends.

/// Says that the feature comes about here.
#[cfg(all(feature = "helper-table", target_os = "none"))]
#[macro_export]
macro_rules! present {
    ($feature:ident) => {{
        const _: $crate::gate::Feature = $crate::gate::Feature::$feature;
        $crate::depend!("jerboa_present.", stringify!($feature));
    }};
}

/// Says that the feature comes about here.
#[cfg(not(all(feature = "helper-table", target_os = "none")))]
#[macro_export]
macro_rules! present {
    ($feature:ident) => {{
        const _: $crate::gate::Feature = $crate::gate::Feature::$feature;
    }};
}

/// Makes the linker keep a symbol wherever this code is kept: a relocation that changes nothing, at the place of this code
/// however it was inlined.
#[cfg(all(feature = "helper-table", target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! depend {
    ($($symbol:expr),+) => {
        // SAFETY: the template has no instruction.
        unsafe {
            core::arch::asm!(
                concat!(".reloc ., BFD_RELOC_NONE, ", $($symbol),+),
                options(nomem, nostack, preserves_flags)
            )
        }
    };
}

/// Defines functions behind gates: `if FEATURE, fn name(…) -> … { … }`, and with `else { … }` what they are without the
/// feature.
#[cfg(all(feature = "helper-table", target_os = "none"))]
#[macro_export]
macro_rules! gate {
    ($($(#[$attribute:meta])* if $feature:ident, $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block $(else $other:block)?)+) => {$(
        $(#[$attribute])*
        #[inline(always)]
        $visibility fn $name($($argument: $type),*) $(-> $result)? {
            const _: $crate::gate::Feature = $crate::gate::Feature::$feature;

            #[unsafe(export_name = concat!("jerboa_part.", stringify!($feature), ".", stringify!($name)))]
            fn part($($argument: $type),*) $(-> $result)? $body

            $crate::instead! {
                concat!("jerboa_instead.", stringify!($feature), ".", stringify!($name));
                fn instead($($argument: $type),*) $(-> $result)? [$($other)?]
            }

            #[unsafe(export_name = concat!("jerboa_asks.", stringify!($feature), ".", stringify!($name)))]
            static ASKS: [u8; 0] = [];

            unsafe extern "Rust" {
                #[link_name = concat!("jerboa_gate.", stringify!($feature), ".", stringify!($name))]
                fn gate($($argument: $type),*) $(-> $result)?;
            }
            $crate::depend!("jerboa_asks.", stringify!($feature), ".", stringify!($name));
            // SAFETY: the driver makes it `part` or `instead`, or something that does not come back.
            unsafe { gate($($argument),*) }
        }
    )+};
}

/// Defines what stands in for a part, if there is something.
#[cfg(all(feature = "helper-table", target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! instead {
    ($symbol:expr; fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? []) => {};
    ($symbol:expr; fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? [$body:block]) => {
        #[unsafe(export_name = $symbol)]
        fn $name($($argument: $type),*) $(-> $result)? $body
    };
}

/// Defines functions behind gates that are always open here.
#[cfg(not(all(feature = "helper-table", target_os = "none")))]
#[macro_export]
macro_rules! gate {
    ($($(#[$attribute:meta])* if $feature:ident, $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block $(else $other:block)?)+) => {$(
        const _: $crate::gate::Feature = $crate::gate::Feature::$feature;

        $(#[$attribute])*
        $visibility fn $name($($argument: $type),*) $(-> $result)? $body

        $crate::instead! { fn instead($($argument: $type),*) $(-> $result)? [$($other)?] }
    )+};
}

/// What stands in for a part on devices is checked here, and not used.
#[cfg(not(all(feature = "helper-table", target_os = "none")))]
#[doc(hidden)]
#[macro_export]
macro_rules! instead {
    (fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? []) => {};
    (fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? [$body:block]) => {
        const _: () = {
            #[allow(dead_code, unused_variables)]
            fn $name($($argument: $type),*) $(-> $result)? $body
        };
    };
}

pub use jerboa_abi::feature::Feature;
pub(crate) use {gate, present};

/// The symbols that [`present!`] refers to.
#[cfg(all(feature = "helper-table", target_os = "none"))]
mod symbols {
    macro_rules! define {
        ($($id:ident: $doc:literal)*) => {$(
            const _: () = {
                #[doc = $doc]
                #[unsafe(export_name = concat!("jerboa_present.", stringify!($id)))]
                static PRESENT: [u8; 0] = [];
            };
        )*};
    }
    jerboa_abi::for_each_feature!(define);
}
