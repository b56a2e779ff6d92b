//! The Cranelift ISA under which 32-bit CLIF is built, verified and optimised.

use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};

/// Pulley's 32-bit ISA: 4-byte little-endian pointers. Nothing is ever compiled for it.
pub struct Isa(OwnedTargetIsa);

impl Isa {
    /// Makes the ISA with or without the optimiser.
    ///
    /// # Panics
    ///
    /// If Cranelift was built without the feature `pulley`, which this crate's manifest asks for.
    pub fn new(optimize: bool) -> Isa {
        let mut flags = settings::builder();
        let level = if optimize { "speed" } else { "none" };
        flags.set("opt_level", level).expect("opt_level is a setting");
        flags.set("enable_verifier", "true").expect("enable_verifier is a setting");
        let triple = target_lexicon::triple!("pulley32-unknown-unknown-elf");
        let isa = isa::lookup(triple)
            .expect("the feature `pulley` is on")
            .finish(settings::Flags::new(flags))
            .expect("the flags suit pulley32");
        Isa(isa)
    }

    /// For Cranelift's verifier, optimiser and frontend.
    pub fn target(&self) -> &dyn TargetIsa {
        &*self.0
    }
}
