//! Lays the collected parts out as an image.
use super::lines::Lines;
use super::pool::{Constant, ConstantIndex, Pool};
use super::reach::Reach;
use super::sites::Sites;
use super::writer::{Writer, word_offset, write_double, write_string};
use super::{Image, ImageBuilder, field_words};
use crate::Error;
use jerboa_abi::builtins::{NATIVES, NativeId, OBJECTS, ObjectId, Property, PropertyValue, WELL_KNOWN};
use jerboa_abi::edition::Edition;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::helper::Helper;
use jerboa_abi::image::{self, field, function, native, object, shape_field};
use jerboa_abi::opcode::{self, Opcode};
use jerboa_abi::value;
use jerboa_ir::{FileId, FuncId, Function, Op, ParamKind, SourceLoc, Terminator, Type, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An instruction range with a handler, in bytes from the start of the function's code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// First byte covered.
    pub start: u16,
    /// End of the range.
    pub end: u16,
    /// Where execution goes on.
    pub target: u16,
}

/// A position in the source, from an instruction of the function on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineEntry {
    /// Bytes from the start of the function's code.
    pub at: u32,
    /// Source file.
    pub file: u32,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// Source text of the callee or property access, by its number among the builder's texts.
    pub text: Option<u32>,
}

/// What the number of a file in a line table stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// A file, by its name among the builder's texts.
    File(u32),
    /// A call that was inlined: the callee's name and file, and where it was.
    Inlined(Option<u32>, FileId, SourceLoc),
}

/// The bytecode of a function.
#[derive(Clone, Default, Debug)]
pub struct FunctionCode {
    /// Instructions.
    pub code: Vec<u8>,
    /// Handlers in the order in which they are tried.
    pub handlers: Vec<Handler>,
    /// Positions, ascending.
    pub lines: Vec<LineEntry>,
    /// Offsets of the `call.d` instructions and whom they call.
    pub calls: Vec<(u32, FuncId)>,
}

/// Bytes of an image by purpose.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[allow(missing_docs, reason = "names say it")]
pub struct SizeReport {
    pub header: usize,
    pub functions: usize,
    pub code: usize,
    pub constants: usize,
    pub atoms: usize,
    pub shapes: usize,
    pub strings: usize,
    pub doubles: usize,
    /// Built-in objects, natives, well-known pairs, and the constants and strings that only they use.
    pub builtins: usize,
    pub lines: usize,
}

impl SizeReport {
    /// Bytes that the program itself takes: all but the built-ins and the line table.
    pub fn program(&self) -> usize {
        self.header
            + self.functions
            + self.code
            + self.constants
            + self.atoms
            + self.shapes
            + self.strings
            + self.doubles
    }
}

/// Room in the tables of an image that will be extended: functions beyond the module's own, atoms and constants in all.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Room {
    pub(super) functions: usize,
    pub(super) atoms: usize,
    pub(super) constants: usize,
}

/// What extending an image must know of it.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Offset of the functions' table.
    pub(super) functions: usize,
    /// Offset of the atoms' table.
    pub(super) atoms: usize,
    /// Offset of the constants' table.
    pub(super) constants: usize,
    /// Offsets of its interned strings.
    pub(super) atom_offsets: BTreeMap<Vec<u8>, u32>,
    pub(super) offsets: Offsets,
    /// The line table, if there is one.
    pub(super) lines: Option<Lines>,
}

/// Offset of a built-in function's descriptor or a built-in object's record, once known.
#[derive(Clone, Debug)]
pub(super) struct Offsets {
    pub(super) natives: Vec<u32>,
    pub(super) objects: Vec<u32>,
}

impl ImageBuilder<'_> {
    /// Lays out the image. `code` has one entry for each function, or is `None` if the code is elsewhere.
    pub fn finish(self, code: Option<Vec<FunctionCode>>) -> Result<Image, Error> {
        Ok(self.lay_out(code, &Room::default())?.0)
    }

    /// Lays out an image whose tables have room for more.
    pub(super) fn lay_out(
        mut self,
        code: Option<Vec<FunctionCode>>,
        room: &Room,
    ) -> Result<(Image, Places), Error> {
        let module = self.module;
        let traced =
            code.is_none() && !self.options.strip && (self.options.trace || self.reach.sees_stacks(module));
        let sites = traced.then(|| Sites::of(module));
        let has_lines = traced || (code.is_some() && !self.options.strip);
        let mut names = self.function_names(has_lines)?;
        let sources = if has_lines { self.sources() } else { Vec::new() };
        let mut shapes = self.shape_records()?;
        let mut is_program = vec![true; self.pool.list.len()];
        add_builtin_constants(&mut self.pool, &self.reach)?;
        is_program.resize(self.pool.list.len(), false);
        let mut code = code;
        let order = if room.atoms == 0 { self.atoms_first(code.as_deref()) } else { None };
        if let Some(order) = &order {
            let new = |index: &mut ConstantIndex| *index = order[usize::from(*index)];
            self.pool.reorder(order);
            let mut moved = is_program.clone();
            order.iter().zip(&is_program).for_each(|(to, is)| moved[usize::from(*to)] = *is);
            is_program = moved;
            shapes.iter_mut().flat_map(|(keys, _)| keys).for_each(new);
            for (i, name) in names.iter_mut().enumerate().filter(|(_, name)| **name != u16::MAX) {
                if self.value_functions[i] {
                    new(name);
                }
            }
            for f in code.iter_mut().flatten() {
                super::renumber::constants(&mut f.code, order);
            }
        }
        let natives: Vec<NativeId> = self.reach.natives.iter().copied().collect();
        let objects: Vec<ObjectId> = self.reach.objects.iter().copied().collect();
        let mut sizes = SizeReport { header: image::HEADER_BYTES, ..SizeReport::default() };
        let mut w = Writer { bytes: vec![0; image::HEADER_BYTES] };
        for bits in &self.literals {
            write_double(&mut w, *bits);
        }
        sizes.doubles = w.bytes.len() - image::HEADER_BYTES;

        let start = w.bytes.len();
        for (i, id) in natives.iter().enumerate().rev() {
            write_native(&mut w, &self.pool, i, *id, &objects);
        }
        w.count(field::NATIVES, natives.len(), "built-in functions")?;
        let object_table = w.bytes.len();
        w.patch_half(field::OBJECTS_AT, word_offset(object_table)?);
        w.bytes[field::OBJECTS] =
            u8::try_from(objects.len()).map_err(|_| Error::TooMany("built-in objects"))?;
        w.bytes.resize(object_table + 4 * objects.len(), 0);
        let pairs: Vec<(u16, ConstantIndex)> = WELL_KNOWN
            .iter()
            .enumerate()
            .filter_map(|(i, name)| Some((i as u16, self.pool.get(&well_known_constant(name))?)))
            .collect();
        w.bytes[field::WELL_KNOWN] =
            u8::try_from(pairs.len()).map_err(|_| Error::TooMany("well-known names"))?;
        for (number, index) in &pairs {
            w.half(*number);
            w.half(*index);
        }
        sizes.builtins = w.bytes.len() - start;

        let mut atoms: Vec<(usize, &[u8])> = self
            .pool
            .list
            .iter()
            .enumerate()
            .filter_map(|(i, c)| if let Constant::Str(s) = c { Some((i, &s[..])) } else { None })
            .collect();
        atoms.sort_by_key(|(_, bytes)| *bytes);
        let start = w.bytes.len();
        w.count(field::SHAPES, shapes.len(), "shapes")?;
        w.bytes.resize(start + 4 * shapes.len(), 0);
        sizes.shapes = w.bytes.len() - start;
        let function_table = w.section(field::FUNCTIONS, module.functions.len(), "functions")?;
        for (i, f) in module.functions.iter().enumerate() {
            self.write_function(&mut w, FuncId(i as u32), f, names[i])?;
        }
        w.reserve(function_table + image::FUNCTION_BYTES * (module.functions.len() + room.functions));
        sizes.functions = w.bytes.len() - function_table;

        let own_atoms = if order.is_some() { 0 } else { atoms.len() };
        let atom_table = w.section(field::ATOMS, atoms.len(), "strings")?;
        w.reserve(atom_table + 4 * own_atoms.max(room.atoms));

        let start = w.bytes.len();
        for place in self.field_list.iter().rev() {
            let base = w.bytes.len();
            if place.grow != 0 {
                w.half(shape_field::GROWS);
                w.bytes.extend([place.grow, 0]);
                const { assert!(shape_field::GROW == 2) };
            }
            w.half(image::FIRST_SHAPE as u16 + place.first);
            w.bytes.extend([place.span, place.slot + 1]);
            debug_assert_eq!(w.bytes.len() - base, image::FIELD_BYTES * field_words(place));
        }
        let words = self.field_list.iter().map(field_words).sum::<usize>();
        w.bytes[field::FIELDS] = u8::try_from(words).map_err(|_| Error::TooMany("fields"))?;
        sizes.shapes += w.bytes.len() - start;

        let constant_table = w.section(field::CONSTANTS, self.pool.list.len(), "constants")?;
        if order.is_some() {
            w.patch_half(field::ATOMS + 2, word_offset(constant_table)?);
        }
        w.bytes.resize(constant_table + 4 * self.pool.list.len(), 0);
        w.reserve(constant_table + 4 * room.constants);
        let program_constants = is_program.iter().filter(|is| **is).count();
        sizes.constants = 4 * program_constants;
        sizes.builtins += 4 * (self.pool.list.len() - program_constants);

        let mut offsets =
            Offsets { natives: vec![0; NativeId::ALL.len()], objects: vec![0; ObjectId::ALL.len()] };
        for (i, id) in natives.iter().enumerate() {
            offsets.natives[*id as usize] = (object_table - (i + 1) * image::NATIVE_BYTES) as u32;
        }
        for (full, _) in super::reach::CONSOLE {
            let actual = self.reach.actual(*full);
            offsets.natives[*full as usize] = offsets.natives[actual as usize];
        }
        let start = w.bytes.len();
        let mut offset = w.at();
        for (i, id) in objects.iter().enumerate() {
            offsets.objects[*id as usize] = offset;
            w.patch(object_table + 4 * i, offset);
            let bytes = |p| if method(p).is_some() { object::METHOD_BYTES } else { object::LONG_BYTES };
            offset += (object::PROPERTIES + self.kept(*id).map(bytes).sum::<usize>()) as u32;
        }
        w.bytes.resize(offset as usize, 0);
        let object_end = offset as usize;
        sizes.builtins += object_end - start;

        let mut words = vec![0u32; self.pool.list.len()];
        for (rank, (i, bytes)) in atoms.iter().enumerate() {
            let start = w.bytes.len();
            let entry = if own_atoms > 0 { 4 } else { 0 };
            if own_atoms > 0 {
                w.patch(atom_table + 4 * rank, w.at());
            }
            words[*i] = w.at();
            write_string(&mut w, bytes)?;
            let size = w.bytes.len() - start;
            if is_program[*i] {
                sizes.strings += size;
                sizes.atoms += entry;
            } else {
                sizes.builtins += size + entry;
            }
        }
        for (i, constant) in self.pool.list.iter().enumerate() {
            words[i] = match constant {
                Constant::Word(word) => *word,
                Constant::Str(_) => words[i],
                Constant::Native(id) => offsets.natives[*id as usize],
                Constant::Object(id) => offsets.objects[*id as usize],
                Constant::Symbol(id) => {
                    let at = w.at();
                    w.word(header::make(Kind::Symbol, 0, *id as u32 + 1));
                    let text = self.pool.get(&Constant::string(id.description().as_bytes()));
                    w.word(text.map_or(value::UNDEFINED, |text| words[usize::from(text)]));
                    sizes.builtins += 8;
                    at
                }
                Constant::Double(bits) => {
                    let at = w.at();
                    write_double(&mut w, *bits);
                    let bytes = w.bytes.len() - at as usize;
                    if is_program[i] {
                        sizes.doubles += bytes;
                    } else {
                        sizes.builtins += bytes;
                    }
                    at
                }
            };
            w.patch(constant_table + 4 * i, words[i]);
        }
        for (i, id) in objects.iter().enumerate() {
            self.write_object(&mut w, i, *id, &objects, &natives, &offsets, &words);
        }
        let start = w.bytes.len();
        let (tagged, raw) = crate::globals::counts(module);
        write_shapes(&mut w, function_table, &shapes, tagged)?;
        sizes.shapes += w.bytes.len() - start;

        let mut interpreter = (Vec::new(), Edition::Plain);
        let mut lines = Lines::default();
        if let Some(code) = &code {
            let start = w.bytes.len();
            let starts = write_code(&mut w, code, function_table, 0)?;
            interpreter = interpreter_of(code);
            sizes.code = w.bytes.len() - start;
            w.bytes[field::FLAGS] = image::HAS_BYTECODE;
            w.bytes[field::EXIT + 2] = Opcode::Exit as u8;
            if has_lines {
                sizes.lines = lines.write(&mut w, code, &starts, &sources, &self.texts.list);
            }
        }
        if let Some(sites) = &sites {
            for (i, start) in sites.starts.iter().enumerate() {
                w.patch(function_table + i * image::FUNCTION_BYTES + function::CODE, *start);
            }
            sizes.lines = lines.write(&mut w, &sites.lines(), &sites.starts, &sources, &self.texts.list);
        }
        w.align();

        let tagged = tagged + self.shapes.roots().count() as u32;
        w.patch_half(field::MAGIC, image::MAGIC);
        w.patch_half(field::GLOBALS, u16::try_from(tagged).map_err(|_| Error::TooMany("module variables"))?);
        w.patch_half(field::RAW_GLOBALS, u16::try_from(raw).map_err(|_| Error::TooMany("module variables"))?);
        let entry = module.entry.ok_or(Error::NoEntry)?;
        w.patch_half(field::ENTRY, entry.0 as u16);
        w.patch(field::SIZE, w.at());
        if w.bytes.len() >= image::MAX_BYTES {
            return Err(Error::TooLarge);
        }
        let atom_offsets = atoms.iter().map(|(i, bytes)| (bytes.to_vec(), words[*i])).collect();
        let places = Places {
            functions: function_table,
            atoms: atom_table,
            constants: constant_table,
            atom_offsets,
            offsets,
            lines: has_lines.then_some(lines),
        };
        let image = Image {
            bytes: w.bytes,
            natives,
            helpers: interpreter.0,
            edition: interpreter.1,
            features: super::features::of(module, &self.members, &self.reach, code.as_deref()),
            sizes,
            members: self.members,
            pool: self.pool,
            shapes: self.shapes,
            extra_shapes: self.extra_shapes,
            function_offset: function_table as u32,
            word_of: words,
            sites,
        };
        Ok((image, places))
    }

    fn kept(&self, id: ObjectId) -> impl Iterator<Item = &'static Property> + '_ {
        OBJECTS[id as usize].properties.iter().filter(move |p| self.reach.keeps(id, p))
    }

    /// What the line table says of files, and of calls that were inlined.
    pub(super) fn sources(&mut self) -> Vec<Source> {
        let module = self.module;
        let mut sources = Vec::new();
        for file in &module.files {
            sources.push(Source::File(self.texts.add(file.name.as_bytes())));
        }
        for inlined in &module.inlined {
            let name = inlined.name.map(|name| self.texts.add(module.string(name)));
            sources.push(Source::Inlined(name, inlined.file, inlined.call));
        }
        sources
    }

    /// The number that each constant gets if the interned strings come first, in their order; `None` if an instruction has no room
    /// for the number of its constant then.
    fn atoms_first(&self, code: Option<&[FunctionCode]>) -> Option<Vec<ConstantIndex>> {
        let list = &self.pool.list;
        let near = code.map_or_else(BTreeSet::new, |code| {
            code.iter().flat_map(|f| super::renumber::near(&f.code)).collect()
        });
        let mut sorted: Vec<ConstantIndex> = (0..list.len() as u16).collect();
        sorted.sort_by_key(|i| match &list[usize::from(*i)] {
            Constant::Str(text) => (0, Some(text), *i),
            _ if near.contains(i) => (1, None, *i),
            _ => (2, None, *i),
        });
        let mut order = vec![0; list.len()];
        sorted.iter().zip(0..).for_each(|(old, new)| order[usize::from(*old)] = new);
        near.iter().all(|i| order[usize::from(*i)] <= u16::from(u8::MAX)).then_some(order)
    }

    /// The names of functions that JavaScript or a stack trace can see, as their descriptors have them.
    pub(super) fn function_names(&mut self, in_traces: bool) -> Result<Vec<ConstantIndex>, Error> {
        let module = self.module;
        let mut names = Vec::new();
        for (i, f) in module.functions.iter().enumerate() {
            names.push(match f.name {
                Some(name) if self.value_functions[i] => self.string(name)?,
                Some(name) if in_traces => {
                    let number = self.first_text + self.texts.add(module.string(name));
                    u16::try_from(number).unwrap_or(u16::MAX)
                }
                _ => u16::MAX,
            });
        }
        Ok(names)
    }

    pub(super) fn write_function(
        &self,
        w: &mut Writer,
        id: FuncId,
        f: &Function,
        name: ConstantIndex,
    ) -> Result<(), Error> {
        let byte = |n: usize| u8::try_from(n).map_err(|_| Error::TooMany("parameters"));
        let base = w.bytes.len();
        w.bytes.resize(base + image::FUNCTION_BYTES, 0);
        w.patch(
            base + function::HEADER,
            header::make(Kind::Function, 0, u32::from(self.function_number(id))),
        );
        w.patch_half(base + function::NAME, name);
        let mut flags = 0;
        if self.is_value_function(id) {
            let typed =
                f.signature.params.iter().any(|p| p.ty != Type::Val) || f.signature.result != Type::Val;
            if typed {
                return Err(Error::TypedValueFunction(id));
            }
            for param in &f.signature.params {
                flags |= match param.kind {
                    ParamKind::Rest(_) => function::REST,
                    ParamKind::Arguments => function::ARGUMENTS,
                    ParamKind::NewTarget => function::NEW_TARGET,
                    _ => 0,
                };
            }
            if f.flags.constructor {
                flags |= function::CONSTRUCTOR;
            }
            if f.flags.generator {
                flags |= function::GENERATOR;
            }
            if f.flags.is_async {
                flags |= function::ASYNC;
            }
            if f.flags.class {
                flags |= function::CLASS;
            }
            if f.flags.derived {
                flags |= function::DERIVED;
            }
            if f.flags.has_properties {
                flags |= function::PROPERTIES;
            }
            flags |= match difference(f) {
                Some((0, 1)) => function::ASCENDING,
                Some((1, 0)) => function::DESCENDING,
                _ => 0,
            };
            flags |= self.root_number(Some(id)) << function::ROOT_SHIFT;
            let positional =
                f.signature.params.iter().filter(|p| matches!(p.kind, ParamKind::Arg(_))).count();
            w.bytes[base + function::LENGTH] = f.length.min(255) as u8;
            w.bytes[base + function::PARAMS] = byte(positional)?;
        } else {
            flags |= function::DIRECT_ONLY;
            flags |= match f.signature.result {
                Type::Val => 0,
                Type::I32 | Type::Bool => function::RESULT_I32,
                Type::F64 => function::RESULT_F64,
            };
            let mut tagged = 0;
            let mut raw = 0;
            for param in &f.signature.params {
                match param.ty {
                    Type::Val => tagged += 1,
                    Type::I32 | Type::Bool => raw += 1,
                    Type::F64 => raw += 2,
                }
            }
            w.bytes[base + function::LENGTH] = byte(raw)?;
            w.bytes[base + function::PARAMS] = byte(tagged)?;
        }
        w.patch_half(base + function::FLAGS, flags);
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "all that a record names")]
    fn write_object(
        &self,
        w: &mut Writer,
        number: usize,
        id: ObjectId,
        objects: &[ObjectId],
        natives: &[NativeId],
        offsets: &Offsets,
        words: &[u32],
    ) {
        let row = &OBJECTS[id as usize];
        let base = offsets.objects[id as usize] as usize;
        w.patch(base + object::HEADER, header::make(Kind::RomObject, 0, number as u32));
        let proto = row.proto.map_or(0, |p| position(objects, p) + 1);
        w.patch_half(base + object::PROTO, proto);
        w.bytes[base + object::CLASS] = row.class as u8;
        let owner = natives.iter().position(|native| NATIVES[*native as usize].properties == Some(id));
        w.patch_half(base + object::OWNER, owner.map_or(0, |owner| owner as u16 + 1));
        w.patch_half(base + object::ID, id as u16);
        let mut at = base + object::PROPERTIES;
        let mut count = 0;
        for property in self.kept(id) {
            count += 1;
            let key = self.pool.get(&Constant::builtin_key(property.key)).unwrap_or(u16::MAX);
            w.patch_half(at, key);
            if let Some(native) = method(property) {
                let number = position(natives, self.reach.actual(native));
                w.patch_half(at + 2, number);
                at += object::METHOD_BYTES;
                continue;
            }
            let long = object::LONG | u16::from(property.attributes);
            w.patch_half(at + 2, long);
            if let PropertyValue::Accessor(getter, setter) = property.value {
                w.patch_half(at + 2, long | object::ACCESSOR);
                let half = |id: Option<NativeId>| id.map_or(0, |id| position(natives, id) + 1);
                w.patch_half(at + 4, half(getter));
                w.patch_half(at + 6, half(setter));
            } else {
                let word = match Constant::builtin(property.value) {
                    Some(Constant::Word(word)) => word,
                    Some(Constant::Native(id)) => offsets.natives[id as usize],
                    Some(Constant::Object(id)) => offsets.objects[id as usize],
                    Some(constant) => {
                        self.pool.get(&constant).map_or(value::UNDEFINED, |i| words[usize::from(i)])
                    }
                    None => value::UNDEFINED,
                };
                w.patch(at + 4, word);
            }
            at += object::LONG_BYTES;
        }
        w.bytes[base + object::COUNT] = count;
    }
}

/// The function of a property that has the attributes of a method.
fn method(property: &Property) -> Option<NativeId> {
    match property.value {
        PropertyValue::Native(id) if property.attributes == object::METHOD => Some(id),
        _ => None,
    }
}

fn position<T: Ord>(sorted: &[T], item: T) -> u16 {
    sorted.binary_search(&item).expect("what is reachable is in the list") as u16
}

/// Constants that only built-ins name.
fn add_builtin_constants(pool: &mut Pool, reach: &Reach) -> Result<(), Error> {
    for id in &reach.natives {
        pool.add(Constant::string(NATIVES[*id as usize].name.as_bytes()))?;
    }
    for id in &reach.objects {
        for property in OBJECTS[*id as usize].properties.iter().filter(|p| reach.keeps(*id, p)) {
            add_symbol(pool, Constant::builtin_key(property.key))?;
            match property.value {
                PropertyValue::Symbol(id) => add_symbol(pool, Constant::Symbol(id))?,
                PropertyValue::Number(_) | PropertyValue::String(_) => {
                    if let Some(constant) = Constant::builtin(property.value)
                        && constant.word().is_none()
                    {
                        pool.add(constant)?;
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Writes the records of shapes, given as keys and root, whose words end at `table`; `globals` is the number of the first root's
/// variable. One whose keys begin those of another one with the same root shares them.
fn write_shapes(
    w: &mut Writer,
    table: usize,
    shapes: &[(Vec<ConstantIndex>, u16)],
    globals: u32,
) -> Result<(), Error> {
    // The last keys that were written for each root.
    let mut written: HashMap<u16, (&[ConstantIndex], u32)> = HashMap::new();
    for (i, (keys, root)) in shapes.iter().enumerate().rev() {
        if keys.is_empty() {
            let capacity = shapes.iter().filter(|(_, r)| r == root).map(|(keys, _)| keys.len()).max();
            w.patch(table - 4 * (i + 1), (globals + i as u32) | (capacity.unwrap_or(0) as u32) << 16);
            continue;
        }
        let offset = match written.get(root) {
            Some((longer, offset)) if longer.starts_with(keys) => *offset,
            _ => {
                w.half(*root);
                let offset = w.at();
                keys.iter().for_each(|k| w.half(*k));
                written.insert(*root, (keys, offset));
                offset
            }
        };
        if offset >> image::SHAPE_COUNT_SHIFT != 0 {
            return Err(Error::TooLarge);
        }
        w.patch(table - 4 * (i + 1), offset | (keys.len() as u32) << image::SHAPE_COUNT_SHIFT);
    }
    Ok(())
}

/// Adds a constant, and the description of one that is a symbol.
fn add_symbol(pool: &mut Pool, constant: Constant) -> Result<(), Error> {
    if let Constant::Symbol(id) = constant {
        pool.add(Constant::string(id.description().as_bytes()))?;
    }
    pool.add(constant).map(drop)
}

/// A name of [`WELL_KNOWN`]; short strings need no constant.
fn well_known_constant(name: &str) -> Constant {
    match Constant::builtin_key(name) {
        Constant::Symbol(id) => Constant::Symbol(id),
        _ => Constant::Str(name.as_bytes().to_vec()),
    }
}

fn write_native(w: &mut Writer, pool: &Pool, number: usize, id: NativeId, objects: &[ObjectId]) {
    let row = &NATIVES[id as usize];
    let base = w.bytes.len();
    w.bytes.resize(base + image::NATIVE_BYTES, 0);
    let has_properties = row.properties.is_some_and(|p| objects.binary_search(&p).is_ok());
    w.patch(base + native::HEADER, header::make(Kind::Native, row.aux(has_properties), number as u32));
    w.patch_half(base + native::ID, id as u16);
    let name = pool.get(&Constant::string(row.name.as_bytes())).unwrap_or(u16::MAX);
    w.patch_half(base + native::NAME, name);
}

/// The parts of the interpreter that the code needs: helpers, and the edition of its loop.
fn interpreter_of(code: &[FunctionCode]) -> (Vec<Helper>, Edition) {
    let mut helpers = BTreeSet::new();
    let mut opcodes = Vec::new();
    for f in code {
        let mut at = 0;
        while let Some(opcode) = f.code.get(at).copied().and_then(Opcode::from_byte) {
            helpers.extend(Helper::of(opcode, f.code.get(at + 1).copied().unwrap_or_default()));
            opcodes.push(opcode);
            at += opcode.size();
        }
    }
    (helpers.into_iter().collect(), Edition::covering(opcodes))
}

/// Writes handler tables and code; returns where the code of each function starts. The first one's descriptor stands behind those
/// of `base` functions that the image has before.
pub(super) fn write_code(
    w: &mut Writer,
    code: &[FunctionCode],
    table: usize,
    base: u32,
) -> Result<Vec<u32>, Error> {
    let mut starts = Vec::new();
    for (i, f) in code.iter().enumerate() {
        let descriptor = table + (base as usize + i) * image::FUNCTION_BYTES;
        let handlers = u16::try_from(f.handlers.len()).map_err(|_| Error::TooMany("exception handlers"))?;
        for handler in &f.handlers {
            w.half(handler.start);
            w.half(handler.end);
            w.half(handler.target);
        }
        w.patch_half(descriptor + function::HANDLERS, handlers);
        w.patch(descriptor + function::CODE, w.at());
        starts.push(w.at());
        w.bytes.extend(&f.code);
    }
    for (f, start) in code.iter().zip(&starts) {
        for (at, callee) in &f.calls {
            let at = (start + at) as usize;
            let distance = i64::from(starts[callee.index()]) - at as i64;
            if let Ok(near) = i16::try_from(distance) {
                w.bytes[at] = Opcode::CallDirect as u8;
                w.patch_half(at + 1, near as u16);
            } else {
                w.bytes[at] = Opcode::CallFar as u8;
                w.patch_half(at + 1, (base + callee.0) as u16);
            }
        }
    }
    const { assert!(opcode::Opcode::CallDirect.size() == opcode::Opcode::CallFar.size()) };
    Ok(starts)
}

/// The positions of two arguments, if a function only gives the first one minus the second.
fn difference(f: &Function) -> Option<(u32, u32)> {
    let block = f.block(Function::ENTRY);
    let ([inst], Some(Terminator::Return(result))) = (&block.insts[..], &block.terminator) else {
        return None;
    };
    let inst = f.inst(*inst);
    let argument = |value: Value| {
        let at = block.params.iter().position(|param| *param == value)?;
        match f.signature.params[at].kind {
            ParamKind::Arg(number) => Some(number),
            _ => None,
        }
    };
    let differs = matches!(inst.op, Op::Sub | Op::NumSub) && inst.result == Some(*result);
    if differs { Some((argument(inst.args[0])?, argument(inst.args[1])?)) } else { None }
}
