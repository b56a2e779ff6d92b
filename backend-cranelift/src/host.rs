//! Objects for 64-bit machines through Cranelift's own instruction sets and `cranelift-object`.
use crate::unit::{Linkage, SymbolId, SymbolKind, Unit};
use cranelift_codegen::ir::UserExternalName;
use cranelift_codegen::isa::{self, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, FinalizedRelocTarget};
use cranelift_module::{DataDescription, DataId, FuncId, Module, ModuleError, default_libcall_names};
use cranelift_object::{ObjectBuilder, ObjectModule};
use std::collections::HashMap;
use std::sync::Arc;
use target_lexicon::Triple;

/// Why no object was made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Cranelift has no such instruction set, or was built without it.
    #[error("Cranelift does not support {0}: {1}")]
    Unsupported(Triple, String),
    /// A function or datum was refused; a bug of the lowering.
    #[error("{0}")]
    Module(String),
    /// The object file could not be written.
    #[error("writing the object file: {0}")]
    Object(#[from] object::write::Error),
}

impl From<ModuleError> for Error {
    fn from(error: ModuleError) -> Error {
        Error::Module(format!("{error:?}"))
    }
}

/// The instruction set of a triple, for code that is not relocated at run time.
pub fn target_isa(triple: &Triple) -> Result<Arc<dyn TargetIsa>, Error> {
    let unsupported = |e: String| Error::Unsupported(triple.clone(), e);
    let mut flags = settings::builder();
    for (name, value) in [("opt_level", "speed_and_size"), ("is_pic", "false"), ("enable_verifier", "true")] {
        flags.set(name, value).map_err(|e| unsupported(e.to_string()))?;
    }
    isa::lookup(triple.clone())
        .map_err(|e| unsupported(e.to_string()))?
        .finish(settings::Flags::new(flags))
        .map_err(|e| unsupported(e.to_string()))
}

#[derive(Clone, Copy)]
enum Item {
    Function(FuncId),
    Data(DataId),
}

/// Compiles a unit (made with 64-bit pointers) into a relocatable object, with a section for each function and datum.
pub fn emit_object(unit: &Unit, triple: &Triple) -> Result<Vec<u8>, Error> {
    let isa = target_isa(triple)?;
    let mut builder = ObjectBuilder::new(isa, "jerboa", default_libcall_names())?;
    builder.per_function_section(true).per_data_object_section(true);
    let mut module = ObjectModule::new(builder);
    let mut items = Vec::with_capacity(unit.symbols.len());
    let writable: HashMap<SymbolId, bool> = unit.data.iter().map(|d| (d.symbol, d.writable)).collect();
    for (i, symbol) in unit.symbols.iter().enumerate() {
        let linkage = match symbol.linkage {
            Linkage::Import => cranelift_module::Linkage::Import,
            Linkage::Export => cranelift_module::Linkage::Export,
            Linkage::Local => cranelift_module::Linkage::Local,
        };
        items.push(match &symbol.kind {
            SymbolKind::Function(signature) => {
                Item::Function(module.declare_function(&symbol.name, linkage, signature)?)
            }
            SymbolKind::Data => {
                let writable = writable.get(&SymbolId(i as u32)).copied().unwrap_or(true);
                Item::Data(module.declare_data(&symbol.name, linkage, writable, false)?)
            }
        });
    }
    let mut context = Context::new();
    for body in &unit.functions {
        let Item::Function(id) = items[body.symbol.0 as usize] else {
            return Err(Error::Module(format!("{} is no function", body.symbol)));
        };
        context.func = body.func.clone();
        // `cranelift-module` numbers functions (namespace 0) and data (namespace 1) in its own way.
        let names: Vec<_> =
            context.func.params.user_named_funcs().iter().map(|(r, n)| (r, n.index)).collect();
        for (reference, index) in names {
            let name = match items[index as usize] {
                Item::Function(id) => UserExternalName { namespace: 0, index: id.as_u32() },
                Item::Data(id) => UserExternalName { namespace: 1, index: id.as_u32() },
            };
            context.func.params.reset_user_func_name(reference, name);
        }
        module.define_function(id, &mut context)?;
        module.clear_context(&mut context);
    }
    for data in &unit.data {
        let Item::Data(id) = items[data.symbol.0 as usize] else {
            return Err(Error::Module(format!("{} is no datum", data.symbol)));
        };
        let mut description = DataDescription::new();
        description.define(data.bytes.clone().into_boxed_slice());
        description.set_align(u64::from(data.align));
        for reloc in &data.relocs {
            match items[reloc.target.0 as usize] {
                Item::Function(target) => {
                    let target = module.declare_func_in_data(target, &mut description);
                    description.write_function_addr(reloc.offset, target);
                }
                Item::Data(target) => {
                    let target = module.declare_data_in_data(target, &mut description);
                    description.write_data_addr(reloc.offset, target, i64::from(reloc.addend));
                }
            }
        }
        module.define_data(id, &description)?;
    }
    Ok(module.finish().emit()?)
}

/// Compiles a unit and lists its machine code, function by function.
pub fn emit_asm(unit: &Unit, triple: &Triple) -> Result<String, Error> {
    let isa = target_isa(triple)?;
    let mut out = String::new();
    for body in &unit.functions {
        let mut context = Context::for_function(body.func.clone());
        context.set_disasm(true);
        let code = context
            .compile(&*isa, &mut Default::default())
            .map_err(|e| Error::Module(format!("{}: {:?}", unit.symbol(body.symbol).name, e.inner)))?;
        out.push_str(&unit.symbol(body.symbol).name);
        out.push_str(":\n");
        out.push_str(code.vcode.as_deref().unwrap_or(""));
        for reloc in code.buffer.relocs() {
            if let FinalizedRelocTarget::ExternalName(name) = &reloc.target {
                out.push_str(&format!(
                    "  ; +{:#x} {:?} {}\n",
                    reloc.offset,
                    reloc.kind,
                    name.display(Some(&body.func.params))
                ));
            }
        }
    }
    Ok(out)
}
