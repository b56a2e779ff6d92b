//! Native code: Jerboa IR to CLIF, then through Cranelift's own instruction sets (the host) or through
//! our machine backends (Thumb-2, RV32).
pub mod unit;
