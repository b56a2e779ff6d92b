//! Native code: Jerboa IR to CLIF, then through Cranelift's own instruction sets (the host) or through
//! our machine backends (Thumb-2, RV32).
//!
//! * [`lower`]: IR to CLIF, for every compiled target;
//! * [`unit`]: what the lowering produces and the emitters consume;
//! * [`host`]: objects through Cranelift's ISAs;
//! * [`machine32`]: our Thumb-2 and RV32 backends.
pub mod host;
pub mod lower;
pub mod machine32;
pub mod unit;
