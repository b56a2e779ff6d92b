//! IR to bytecode images.
//!
//! * [`image`]: the image builder: constants, shapes, reachable built-ins, descriptors; used by all engines;
//! * [`emit`]: functions to bytecode: selection, register allocation, layout;
//! * [`disassemble`](mod@disassemble): images to text.
//!
//! The instruction set is `jerboa_abi::opcode`, the image format `jerboa_abi::image`; the interpreter and the verifier are
//! in the runtime.
pub mod disassemble;
pub mod emit;
mod error;
pub mod globals;
pub mod image;

pub use disassemble::disassemble;
pub use error::Error;
pub use image::{Extensible, Extension, Image, ImageOptions};

use jerboa_ir::Module;

/// Compiles a module to an image with bytecode.
pub fn compile_image(module: &Module, options: &ImageOptions) -> Result<Image, Error> {
    let mut builder = image::ImageBuilder::new(module, *options)?;
    let code = emit::compile_functions(&mut builder)?;
    builder.finish(Some(code))
}

/// Compiles a module to the bytes of an image with bytecode.
pub fn compile(module: &Module, options: &ImageOptions) -> Result<Vec<u8>, Error> {
    Ok(compile_image(module, options)?.bytes)
}
