//! The image builder, used by every engine.
//!
//! [`ImageBuilder`] collects constants, shapes and the built-ins that the program can reach; [`ImageBuilder::finish`]
//! lays them out as `jerboa_abi::image` describes. The bytecode engine hands in its code then; ahead-of-time engines
//! hand in none and ask the finished [`Image`] where each constant is.
mod atom;
mod extend;
mod features;
mod layout;
mod lines;
mod members;
mod pattern;
mod pool;
mod reach;
mod renumber;
mod sites;
mod taint;
mod writer;

pub use atom::property_index;
pub use extend::{Extensible, Extension};
pub use layout::{FunctionCode, Handler, LineEntry, SizeReport};
pub use members::Members;
pub use pool::ConstantIndex;

use crate::Error;
use jerboa_abi::builtins::{NativeId, PropertyValue, builtin_value};
use jerboa_abi::edition::Edition;
use jerboa_abi::feature::Feature;
use jerboa_abi::helper::Helper;
use jerboa_abi::image::{FIRST_SHAPE, OBJECT_SHAPE_NUMBER};
use jerboa_ir::passes::shapes::{Field, Shapes};
use jerboa_ir::{Const, FuncId, Imm, Inst, Module, Op, SourceLoc, StrId};
use pool::{Constant, Pool, Texts};
use reach::Reach;
use sites::Sites;

/// What the functions are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeKind {
    /// Bytecode in the image.
    Bytecode,
    /// Machine code elsewhere.
    Compiled,
}

/// What goes into an image.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImageOptions {
    /// Take in every built-in, reachable or not.
    pub all_builtins: bool,
    /// Leave out the line table.
    pub strip: bool,
    /// Record call sites of compiled code also where the program can not look at an error's stack, for the report of an
    /// exception that nobody caught.
    pub trace: bool,
}

/// A constant as code refers to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConstRef {
    /// The value word.
    Word(u32),
    /// The value is the address of the image plus this.
    Offset(u32),
}

/// A finished image.
#[derive(Clone, Debug)]
pub struct Image {
    /// The bytes, a multiple of 4.
    pub bytes: Vec<u8>,
    /// The natives that it needs, in the order of the table `jerboa_natives`.
    pub natives: Vec<NativeId>,
    /// The parts of the interpreter that its bytecode needs, ascending.
    pub helpers: Vec<Helper>,
    /// The interpreter's loop that has all instructions of its bytecode.
    pub edition: Edition,
    /// Features of the runtime that the program brings about by itself, ascending.
    pub features: Vec<Feature>,
    /// What the bytes are for.
    pub sizes: SizeReport,
    members: Members,
    pool: Pool,
    shapes: Shapes,
    extra_shapes: Vec<Vec<StrId>>,
    function_offset: u32,
    word_of: Vec<u32>,
    sites: Option<Sites>,
}

impl Image {
    /// Whether call sites of compiled code are recorded.
    pub fn is_traced(&self) -> bool {
        self.sites.is_some()
    }

    /// Number of a call site of compiled code. `None` if they are not recorded, or nothing there may throw.
    pub fn site(&self, function: FuncId, loc: SourceLoc) -> Option<u32> {
        self.sites.as_ref()?.number(function, loc)
    }

    /// Where a constant is. `None` if the module does not use it.
    pub fn const_ref(&self, module: &Module, constant: Const) -> Option<ConstRef> {
        self.resolve(&Constant::of(module, constant))
    }

    /// Where a property key is: an array index is an integer.
    pub fn key_ref(&self, module: &Module, name: StrId) -> Option<ConstRef> {
        self.resolve(&Constant::key(module.string(name)))
    }

    /// Number of a property key among the image's constants.
    pub fn key_number(&self, module: &Module, name: StrId) -> Option<u32> {
        self.pool.get(&Constant::key(module.string(name))).map(u32::from)
    }

    /// Number of a string among the image's constants.
    pub fn string_number(&self, module: &Module, name: StrId) -> Option<u32> {
        self.pool.get(&Constant::of(module, Const::Str(name))).map(u32::from)
    }

    /// The value of a global built-in, by number in `jerboa_abi::builtins::builtin_value`.
    pub fn builtin_ref(&self, number: u16) -> Option<ConstRef> {
        self.resolve(&Constant::builtin(builtin_value(number)?)?)
    }

    /// What is known of built-ins.
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// The built-in function that a `get_prop` always finds.
    pub fn member_ref(&self, function: FuncId, inst: Inst) -> Option<ConstRef> {
        self.resolve(&Constant::Native(self.members.function(function, inst)?))
    }

    /// The descriptor of a function, which is also its closure if it captures nothing.
    pub fn function_offset(&self, function: FuncId) -> u32 {
        self.function_offset + function.0 * jerboa_abi::image::FUNCTION_BYTES as u32
    }

    /// The shape id of an object literal with these keys.
    pub fn shape_id(&self, keys: &[StrId]) -> Option<u32> {
        let number = shape_number(&self.shapes, &self.extra_shapes, keys)?;
        Some((FIRST_SHAPE + u32::from(number)) & 0xffff)
    }

    /// Where a property access probably finds its property; its shapes by id.
    pub fn field(&self, function: FuncId, inst: Inst) -> Option<Field> {
        let field = self.shapes.field(function, inst)?;
        Some(Field { first: field.first + FIRST_SHAPE as u16, ..field })
    }

    /// The id of the shape that the objects of a class have: see [`Op::HasClass`].
    pub fn class_shape(&self, constructor: FuncId) -> u16 {
        class_shape(&self.shapes, constructor)
    }

    fn resolve(&self, constant: &Constant) -> Option<ConstRef> {
        let word = self.word_of[usize::from(self.pool.get(constant)?)];
        Some(if jerboa_abi::value::is_pointer(word) { ConstRef::Offset(word) } else { ConstRef::Word(word) })
    }
}

/// Collects what an image holds.
pub struct ImageBuilder<'m> {
    module: &'m Module,
    options: ImageOptions,
    reach: Reach,
    members: Members,
    pool: Pool,
    shapes: Shapes,
    /// Shapes that the analysis does not know, behind those that it knows.
    extra_shapes: Vec<Vec<StrId>>,
    field_list: Vec<Field>,
    /// Bits of the doubles that instructions find behind the header.
    literals: Vec<u64>,
    /// What only the line table names.
    texts: Texts,
    /// Texts that the line table has before those.
    first_text: u32,
    /// Whether the image gets literals.
    has_literals: bool,
    /// Functions that are called through a value.
    value_functions: Vec<bool>,
    /// Functions that stand before the module's own in the image.
    first_function: u32,
}

impl<'m> ImageBuilder<'m> {
    /// Finds out what the module reaches.
    pub fn new(module: &'m Module, options: ImageOptions) -> Result<ImageBuilder<'m>, Error> {
        let members = Members::of(module);
        let reach = Reach::new(module, options.all_builtins, &members);
        ImageBuilder::with(module, options, members, reach, Pool::default(), Shapes::compute(module))
    }

    fn with(
        module: &'m Module,
        options: ImageOptions,
        members: Members,
        reach: Reach,
        pool: Pool,
        shapes: Shapes,
    ) -> Result<ImageBuilder<'m>, Error> {
        let entry = module.entry.ok_or(Error::NoEntry)?;
        if let Some(i) = module.functions.iter().position(|f| f.captures > crate::error::MAX_CAPTURES) {
            return Err(Error::TooManyCaptures(FuncId(i as u32)));
        }
        let mut value_functions = vec![false; module.functions.len()];
        value_functions[entry.index()] = true;
        for inst in module.functions.iter().flat_map(|f| &f.insts) {
            if let (Op::Closure, Imm::Func(f)) = (inst.op, &inst.imm) {
                value_functions[f.index()] = true;
            }
        }
        Ok(ImageBuilder {
            module,
            options,
            reach,
            members,
            pool,
            shapes,
            extra_shapes: Vec::new(),
            field_list: Vec::new(),
            literals: Vec::new(),
            texts: Texts::default(),
            first_text: 0,
            has_literals: true,
            value_functions,
            first_function: 0,
        })
    }

    /// The module.
    pub fn module(&self) -> &'m Module {
        self.module
    }

    /// Number of a function in the image.
    pub(crate) fn function_number(&self, function: FuncId) -> u16 {
        (self.first_function + function.0) as u16
    }

    /// Whether the function can be called through a value (otherwise only directly).
    pub fn is_value_function(&self, function: FuncId) -> bool {
        self.value_functions[function.index()]
    }

    /// Index of a constant.
    pub fn constant(&mut self, constant: Const) -> Result<ConstantIndex, Error> {
        self.pool.add(Constant::of(self.module, constant))
    }

    /// Index of a property key.
    pub fn key(&mut self, name: StrId) -> Result<ConstantIndex, Error> {
        self.pool.add(Constant::key(self.module.string(name)))
    }

    /// Index of a string that is not a key.
    pub fn string(&mut self, name: StrId) -> Result<ConstantIndex, Error> {
        self.pool.add(Constant::string(self.module.string(name)))
    }

    /// Number of a text in the line table.
    pub fn text(&mut self, text: StrId) -> u32 {
        self.texts.add(self.module.string(text))
    }

    /// Offset of a double among the literals, in words, if there is room for it.
    pub fn literal(&mut self, value: f64) -> Option<u8> {
        let bits = Constant::double_bits(value);
        let known = self.literals.iter().position(|other| *other == bits);
        let index = known.unwrap_or(self.literals.len());
        let offset = u8::try_from(jerboa_abi::image::HEADER_BYTES / 4 + 3 * index).ok();
        if known.is_none() && self.has_literals && offset.is_some() {
            self.literals.push(bits);
        }
        offset.filter(|_| self.has_literals)
    }

    /// Number of a built-in function in the image, if an instruction has room for it.
    pub fn native_number(&self, native: NativeId) -> Option<u8> {
        let actual = self.reach.actual(native);
        self.reach.natives.iter().position(|other| *other == actual).and_then(|i| u8::try_from(i).ok())
    }

    /// Index of a boxed double, whatever its value.
    pub fn double(&mut self, value: f64) -> Result<ConstantIndex, Error> {
        self.pool.add(Constant::Double(value.to_bits()))
    }

    /// The value of a global built-in; `undefined`, numbers and so on included.
    pub fn builtin(&mut self, number: u16) -> Result<ConstantIndex, Error> {
        let value = builtin_value(number).ok_or(Error::UnknownBuiltin(number))?;
        debug_assert!(!matches!(value, PropertyValue::Accessor(..)));
        self.pool.add(Constant::builtin(value).ok_or(Error::UnknownBuiltin(number))?)
    }

    /// A built-in function.
    pub fn native(&mut self, native: NativeId) -> Result<ConstantIndex, Error> {
        self.pool.add(Constant::Native(native))
    }

    /// What is known of built-ins.
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// The word of a constant that is no pointer.
    pub fn word(&self, constant: Const) -> Option<u32> {
        Constant::of(self.module, constant).word()
    }

    /// Number of the shape of an object literal with these keys.
    pub fn shape(&mut self, keys: &[StrId]) -> Result<u16, Error> {
        if let Some(shape) = shape_number(&self.shapes, &self.extra_shapes, keys) {
            return Ok(shape);
        }
        let count = self.shapes.list.len() + self.extra_shapes.len();
        let shape = u16::try_from(count).map_err(|_| Error::TooMany("shapes"))?;
        self.extra_shapes.push(keys.to_vec());
        Ok(shape)
    }

    /// The id of the shape that the objects of a class have: see [`Op::HasClass`].
    pub fn class_shape(&self, constructor: FuncId) -> u16 {
        class_shape(&self.shapes, constructor)
    }

    /// Number of the field for a property access, if it is known where the property probably is.
    pub fn field(&mut self, function: FuncId, inst: Inst) -> Option<u8> {
        let field = self.shapes.field(function, inst)?;
        let mut at = 0;
        for other in &self.field_list {
            if *other == field {
                return Some(at as u8);
            }
            at += field_words(other);
        }
        // Instructions and the header have one byte for it.
        if at + field_words(&field) > usize::from(u8::MAX) {
            return None;
        }
        self.field_list.push(field);
        Some(at as u8)
    }

    /// Whether a field is one that the object gets.
    pub fn grows(&self, field: u8) -> bool {
        let mut at = 0;
        let mut fields = self.field_list.iter();
        fields.any(|other| {
            let found = at == usize::from(field);
            at += field_words(other);
            found && other.grow != 0
        })
    }

    /// The keys of all shapes as constants, and the numbers + 1 of their roots.
    fn shape_records(&mut self) -> Result<Vec<(Vec<ConstantIndex>, u16)>, Error> {
        let shapes: Vec<(Vec<StrId>, u16)> = self
            .shapes
            .list
            .iter()
            .map(|shape| (shape.keys.clone(), self.root_number(shape.root)))
            .chain(self.extra_shapes.iter().map(|keys| (keys.clone(), 0)))
            .collect();
        shapes
            .into_iter()
            .map(|(keys, root)| Ok((keys.iter().map(|k| self.key(*k)).collect::<Result<_, Error>>()?, root)))
            .collect()
    }

    /// The number + 1 of a constructor's root; 0 if there is none.
    fn root_number(&self, constructor: Option<FuncId>) -> u16 {
        constructor.and_then(|f| self.shapes.root(f)).map_or(0, |number| number + 1)
    }

    /// Takes in all constants of the module's instructions, for engines that ask for them later.
    fn add_all(&mut self) -> Result<(), Error> {
        let module = self.module;
        for (id, number) in instructions(module) {
            if let Some(native) = self.members.function(id, number) {
                self.native(native)?;
                continue;
            }
            if self.members.settles(id, number) {
                continue;
            }
            let inst = module.function(id).inst(number);
            match &inst.imm {
                Imm::Const(c) => {
                    self.constant(*c)?;
                }
                Imm::Str(s) => {
                    self.key(*s)?;
                    self.string(*s)?;
                }
                Imm::Error(_, s) => {
                    self.string(*s)?;
                }
                Imm::Keys(keys) => {
                    self.shape(keys)?;
                }
                Imm::Builtin(b) => {
                    self.builtin(*b)?;
                }
                Imm::F64(x) => {
                    self.constant(Const::Number(*x))?;
                }
                _ => {}
            }
        }
        if !self.options.strip {
            let mut texts: Vec<StrId> = module.expression_texts.values().copied().collect();
            texts.sort();
            for text in texts {
                self.string(text)?;
            }
        }
        Ok(())
    }
}

/// How many words of the table a field has.
fn field_words(field: &Field) -> usize {
    if field.grow == 0 { 1 } else { 2 }
}

/// The id of the shape that the objects of a class have; one that no object has, if the class has none.
fn class_shape(shapes: &Shapes, constructor: FuncId) -> u16 {
    shapes.complete(constructor).map_or(u16::MAX, |number| number + FIRST_SHAPE as u16)
}

/// Number of a shape, which stands in the sorted list or among the extra ones behind it.
fn shape_number(shapes: &Shapes, extra: &[Vec<StrId>], keys: &[StrId]) -> Option<u16> {
    if keys.is_empty() {
        return Some(OBJECT_SHAPE_NUMBER);
    }
    let behind = || extra.iter().position(|other| other == keys).map(|i| (shapes.list.len() + i) as u16);
    shapes.number(keys).or_else(behind)
}

/// All instructions of a module, also those that no block has any more.
fn instructions(module: &Module) -> impl Iterator<Item = (FuncId, Inst)> {
    module
        .functions
        .iter()
        .enumerate()
        .flat_map(|(i, f)| (0..f.insts.len()).map(move |k| (FuncId(i as u32), Inst(k as u32))))
}

/// Builds the image of a module whose code is elsewhere.
pub fn build(module: &Module, options: ImageOptions) -> Result<Image, Error> {
    let mut builder = ImageBuilder::new(module, options)?;
    builder.add_all()?;
    builder.finish(None)
}
