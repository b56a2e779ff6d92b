//! Which built-ins a program can reach.
//!
//! A member of a reachable built-in object is kept if its name occurs in the program as a property key. A prototype
//! that keeps no member is left out, and the runtime goes on at `Object.prototype`: the program can not tell, unless it
//! asks for the prototype by a path that keeps it. When the program may use strings as keys that it makes at run time
//! ([`super::taint`]), every member of a reachable object is kept.
mod companions;
pub(super) mod uses;

use super::members::Members;
use super::{pattern, taint};
pub(super) use companions::CONSOLE;
use companions::{
    COMPANIONS, COMPILING, CONVERSIONS, CONVERTERS, CREATED, FUNCTION_KINDS, INSPECTED, MAKES_LIKE,
    MAKES_OTHERS, WRAPPED, never_wraps,
};
use jerboa_abi::builtins::{
    INTRINSICS, NATIVES, NativeId, OBJECTS, ObjectId, Property, PropertyValue, SymbolId, builtin_value,
    intrinsic_number, symbol_hooks,
};
use jerboa_ir::op::ErrorKind;
use jerboa_ir::passes::infer::Facts;
use jerboa_ir::{
    Block, Const, FuncId, Function, Imm, Module, Op, ParamKind, Terminator, Type, Value, ValueDef,
};
use std::collections::{BTreeSet, HashSet};
use uses::{catches, converts_objects, logs_primitives, matches_literals};

/// The reachable built-ins.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) objects: BTreeSet<ObjectId>,
    pub(super) natives: BTreeSet<NativeId>,
    names: HashSet<Vec<u8>>,
    /// Well-known symbols that the program can get hold of, or that the runtime asks for on its objects.
    symbols: BTreeSet<SymbolId>,
    all_members: bool,
    /// The program logs nothing but primitives.
    primitive_console: bool,
    /// The program may name the property `stack`.
    names_stack: bool,
    /// The program may name the property `constructor`.
    names_constructor: bool,
    /// Objects may be converted to primitives, which asks for `toString` and `valueOf`.
    converts: bool,
    /// There may be objects that wrap a primitive value, so that conversions may ask for the methods of its prototype.
    wraps: bool,
    /// The names by which the program gets well-known symbols, if these are known.
    symbol_names: Option<HashSet<Vec<u8>>>,
    /// The program may change what regular expressions do.
    changes_expressions: bool,
    /// `match`, `matchAll` and `search` are only called, and only with literals: no pattern is compiled at run time.
    literal_patterns: bool,
    /// Prototypes of values that can arise: in once a member is.
    candidates: Vec<ObjectId>,
    /// Prototypes of errors that the runtime may throw: in once somebody can see an error before it is reported.
    errors: BTreeSet<ObjectId>,
    sees_errors: bool,
}

impl Reach {
    /// Everything.
    pub(super) fn everything() -> Reach {
        let mut reach = Reach::nothing(true);
        reach.symbols.extend(SymbolId::ALL);
        reach.objects.extend(ObjectId::ALL);
        reach.natives.extend(NativeId::ALL);
        reach
    }

    fn nothing(everything: bool) -> Reach {
        Reach {
            objects: BTreeSet::new(),
            natives: BTreeSet::new(),
            names: HashSet::new(),
            symbols: BTreeSet::new(),
            all_members: everything,
            primitive_console: false,
            symbol_names: None,
            changes_expressions: everything,
            literal_patterns: false,
            names_stack: everything,
            names_constructor: everything,
            converts: everything,
            wraps: everything,
            candidates: Vec::new(),
            errors: BTreeSet::new(),
            sees_errors: everything,
        }
    }

    pub(super) fn new(module: &Module, everything: bool, members: &Members) -> Reach {
        if everything {
            return Reach::everything();
        }
        let mut reach = Reach::nothing(false);
        reach.collect_names(module, members);
        // Before the names that natives ask for come in: the constructors of errors name it.
        reach.names_stack = reach.all_members || reach.names.contains(&b"stack"[..]);
        reach.names_constructor = reach.all_members || reach.names.contains(&b"constructor"[..]);
        let facts = Facts::of_closed_world(module);
        let symbol_names = pattern::symbol_names(module);
        reach.symbol_names = symbol_names.map(|names| names.into_iter().map(<[u8]>::to_vec).collect());
        reach.changes_expressions = pattern::changes_expressions(module, &facts, taint::unknown_keys(module));
        reach.literal_patterns = !reach.all_members && matches_literals(module);
        reach.primitive_console = !reach.all_members && logs_primitives(module, &facts);
        reach.converts = converts_objects(module, &facts);
        reach.add_object(ObjectId::ObjectPrototype);
        reach.add_values_of(module, members);
        members.natives().for_each(|native| reach.add_native(native));
        if MAKES_OTHERS.iter().any(|native| members.is_taken(module, *native)) {
            reach.add_native(NativeId::ConstructOther);
        }
        reach.close();
        reach
    }

    /// Whether objects may be converted to primitives.
    pub(super) fn converts_objects(&self) -> bool {
        self.converts
    }

    fn collect_names(&mut self, module: &Module, members: &Members) {
        let keys = taint::unknown_keys(module);
        // Some built-in functions take keys as arguments, or list all that there are.
        let names = |wanted: &[&str]| {
            module.functions.iter().flat_map(|f| &f.insts).any(|inst| match &inst.imm {
                Imm::Str(s) => wanted.iter().any(|name| module.string(*s) == name.as_bytes()),
                _ => false,
            })
        };
        let lists = names(&["getOwnPropertyNames", "getOwnPropertyDescriptors"]);
        let takes_keys = names(&[
            "hasOwnProperty",
            "hasOwn",
            "propertyIsEnumerable",
            "getOwnPropertyDescriptor",
            "defineProperty",
        ]);
        let keys = if takes_keys && keys == taint::Keys::None { taint::Keys::Known } else { keys };
        self.all_members = lists || keys == taint::Keys::AnyString;
        for (i, function) in module.functions.iter().enumerate() {
            for (k, inst) in function.live_insts() {
                if members.settles(FuncId(i as u32), k) {
                    continue;
                }
                match &inst.imm {
                    Imm::Str(s) if inst.op != Op::CheckInit => {
                        self.names.insert(module.string(*s).to_vec());
                    }
                    Imm::Keys(keys) => {
                        self.names.extend(keys.iter().map(|k| module.string(*k).to_vec()));
                    }
                    Imm::Const(Const::Str(s)) if keys != taint::Keys::None => {
                        self.names.insert(module.string(*s).to_vec());
                    }
                    _ => {}
                }
            }
            if let Some(name) = function.name
                && keys != taint::Keys::None
            {
                self.names.insert(module.string(name).to_vec());
            }
        }
    }

    fn add_values_of(&mut self, module: &Module, members: &Members) {
        self.candidates = vec![
            ObjectId::FunctionPrototype,
            ObjectId::ArrayPrototype,
            ObjectId::StringPrototype,
            ObjectId::NumberPrototype,
            ObjectId::BooleanPrototype,
            ObjectId::Arguments,
        ];
        // Any call may overflow the stack, any allocation run out of memory, almost any op throw a type error.
        for id in [ObjectId::ErrorPrototype, ObjectId::TypeErrorPrototype, ObjectId::RangeErrorPrototype] {
            self.add_error(id);
        }
        for (i, function) in module.functions.iter().enumerate() {
            for param in &function.signature.params {
                match param.kind {
                    ParamKind::Rest(_) => self.add_object(ObjectId::ArrayPrototype),
                    ParamKind::Arguments => self.add_object(ObjectId::Arguments),
                    _ => {}
                }
            }
            for (k, inst) in function.live_insts() {
                if members.settles(FuncId(i as u32), k) {
                    continue;
                }
                match (inst.op, &inst.imm) {
                    (Op::Builtin, Imm::Builtin(number)) => {
                        if let Some(value) = builtin_value(*number) {
                            self.add_value(value);
                        }
                    }
                    (Op::Closure, _) => self.add_object(ObjectId::FunctionPrototype),
                    (Op::NewArray, _) => self.add_object(ObjectId::ArrayPrototype),
                    (Op::CheckInit, _) => self.add_error(ObjectId::ReferenceErrorPrototype),
                    (Op::GlobalObject, _) => self.add_object(ObjectId::Global),
                    (Op::ThrowError, Imm::Error(kind, _)) => self.add_error(match kind {
                        ErrorKind::Error => ObjectId::ErrorPrototype,
                        ErrorKind::TypeError => ObjectId::TypeErrorPrototype,
                        ErrorKind::RangeError => ObjectId::RangeErrorPrototype,
                        ErrorKind::ReferenceError => ObjectId::ReferenceErrorPrototype,
                        ErrorKind::SyntaxError => ObjectId::SyntaxErrorPrototype,
                    }),
                    _ => {}
                }
            }
        }
        if module.open_world || module.functions.iter().any(super::features::sees_errors) {
            self.see_errors();
        }
    }

    /// The runtime may throw errors with this prototype.
    fn add_error(&mut self, id: ObjectId) {
        if self.sees_errors {
            self.add_object(id);
        } else {
            self.errors.insert(id);
        }
    }

    /// Errors can be seen: brings their prototypes in.
    fn see_errors(&mut self) {
        self.sees_errors = true;
        while let Some(id) = self.errors.pop_first() {
            self.add_object(id);
        }
    }

    /// Whether the program can see the stack of an error: it can get hold of one, and names the property or logs objects, of
    /// whose errors `console` prints the stack.
    pub(super) fn sees_stacks(&self, module: &Module) -> bool {
        let logs_objects =
            || !self.primitive_console && CONSOLE.iter().any(|(full, _)| self.natives.contains(full));
        // A promise hands on what was thrown without a handler in the program.
        let rejections = || self.natives.contains(&NativeId::RunJobs);
        (self.names_stack || logs_objects()) && (self.makes_errors() || rejections() || catches(module))
    }

    /// Whether a constructor of errors is reachable.
    fn makes_errors(&self) -> bool {
        self.natives.iter().any(|id| NATIVES[*id as usize].name.ends_with("Error"))
    }

    /// Whether this member of a reachable object is in the image.
    pub(super) fn keeps(&self, object: ObjectId, property: &Property) -> bool {
        let row = &OBJECTS[object as usize];
        if let Some(symbol) = SymbolId::of_key(property.key) {
            return self.symbols.contains(&symbol);
        }
        if let (PropertyValue::Symbol(_), Some(names)) = (property.value, &self.symbol_names) {
            return names.contains(property.key.as_bytes());
        }
        self.all_members
            || self.names.contains(property.key.as_bytes())
            || (self.converts && CONVERSIONS.contains(&property.key) && (self.wraps || !WRAPPED.contains(&object)))
            // `new` and `instanceof` ask for a constructor's prototype without naming it.
            || property.key == "prototype"
            // Uncaught errors are printed with these.
            || (row.class == jerboa_abi::builtins::Class::Error && matches!(property.key, "name" | "message"))
    }

    fn add_object(&mut self, id: ObjectId) {
        if !self.objects.insert(id) {
            return;
        }
        if let Some(proto) = OBJECTS[id as usize].proto {
            self.add_object(proto);
        }
        self.add_members(id);
    }

    fn add_members(&mut self, id: ObjectId) {
        for property in OBJECTS[id as usize].properties {
            if self.keeps(id, property) {
                self.add_value(property.value);
            }
        }
    }

    /// The native that stands for another in this program: the forms of `console.log` that do not carry the formatter.
    pub(super) fn actual(&self, id: NativeId) -> NativeId {
        match CONSOLE.iter().find(|(full, _)| *full == id) {
            Some((_, primitive)) if self.primitive_console => *primitive,
            _ => id,
        }
    }

    fn add_native(&mut self, id: NativeId) {
        let id = self.actual(id);
        if !self.natives.insert(id) {
            return;
        }
        if !super::features::keeps_no_errors(id) {
            self.see_errors();
        }
        let row = &NATIVES[id as usize];
        if let Some(properties) = row.properties {
            self.add_object(properties);
        }
        // What the native asks for by name must be found on the built-ins that are there already, too.
        let known = self.names.len();
        self.names.extend(row.wants.iter().map(|name| name.as_bytes().to_vec()));
        // What it makes has a tag without anybody naming the symbol.
        if id == NativeId::ModuleNamespace {
            self.add_native(NativeId::CustomTag);
        }
        // Generators are iterable without anybody naming the symbol.
        if id == NativeId::GeneratorStart {
            self.add_symbol(SymbolId::Iterator);
        }
        if matches!(id, NativeId::AsyncGeneratorStart | NativeId::AsyncIterateStart) {
            self.add_symbol(SymbolId::AsyncIterator);
        }
        for (native, companions) in COMPANIONS {
            if *native == id {
                for companion in *companions {
                    self.add_native(*companion);
                }
            }
        }
        if COMPILING.contains(&id) && !self.literal_patterns {
            self.add_native(NativeId::RegExp);
        }
        for (native, objects) in CREATED {
            if *native == id {
                for object in *objects {
                    self.add_object(*object);
                }
            }
        }
        let before = (self.converts, self.wraps);
        self.converts |= CONVERTERS.contains(&id);
        self.wraps |= !never_wraps(id);
        if self.names.len() > known || before != (self.converts, self.wraps) {
            for object in self.objects.clone() {
                self.add_members(object);
            }
        }
    }

    fn add_value(&mut self, value: PropertyValue) {
        match value {
            PropertyValue::Native(id) => {
                self.add_native(id);
                // Called with a `this` that is not known.
                if MAKES_OTHERS.contains(&id) {
                    self.add_native(NativeId::ConstructOther);
                }
            }
            PropertyValue::Object(id) => self.add_object(id),
            PropertyValue::Accessor(getter, setter) => {
                for id in [getter, setter].into_iter().flatten() {
                    self.add_native(id);
                }
            }
            PropertyValue::Symbol(id) => self.add_symbol(id),
            PropertyValue::Number(_)
            | PropertyValue::String(_)
            | PropertyValue::Undefined
            | PropertyValue::True => {}
        }
    }

    /// A symbol that can be used as a key.
    fn add_symbol(&mut self, id: SymbolId) {
        if self.add_key(id) {
            self.add_native(NativeId::SymbolText);
            self.add_native(NativeId::ObjectGetOwnPropertySymbols);
            for hook in symbol_hooks(id) {
                self.add_native(*hook);
            }
        }
    }

    /// A symbol that the runtime asks for. Whether it is new.
    fn add_key(&mut self, id: SymbolId) -> bool {
        let new = self.symbols.insert(id);
        if new {
            for object in self.objects.clone() {
                self.add_members(object);
            }
        }
        new
    }

    /// Whether an array may have another `constructor` than the built-in one.
    fn has_other_arrays(&self) -> bool {
        let has = |ids: &[NativeId]| ids.iter().any(|id| self.natives.contains(id));
        let derives = has(&[NativeId::SuperCall, NativeId::SuperCallArray, NativeId::ReflectConstruct]);
        self.names_constructor
            || derives && has(&[NativeId::Array])
            || has(&[
                NativeId::ObjectSetPrototypeOf,
                NativeId::ObjectSetProto,
                NativeId::ReflectSetPrototypeOf,
            ])
    }

    /// Whether patterns of string methods may say themselves what to do.
    pub(super) fn has_pattern_methods(&self) -> bool {
        SymbolId::OF_PATTERNS.iter().any(|symbol| self.symbols.contains(symbol))
    }

    /// Lets the methods of strings ask their patterns, see `runtime-library/src/pattern.rs`.
    fn add_pattern_methods(&mut self, has_expressions: bool) {
        for symbol in SymbolId::OF_PATTERNS {
            self.add_key(*symbol);
        }
        let makes = COMPILING.iter().any(|id| self.natives.contains(id));
        if has_expressions || makes {
            self.add_native(NativeId::RegExp);
            self.add_object(ObjectId::RegExpPrototype);
            self.add_native(NativeId::RegExpExec);
            self.add_native(NativeId::RegExpExecMethod);
            self.add_native(NativeId::RegExpNextMatch);
            self.add_key(SymbolId::Species);
            // The iterators of `matchAll` are asked as those of a program are.
            self.add_symbol(SymbolId::Iterator);
        }
    }

    /// A prototype that comes in may bring natives with further names, so this goes on until nothing is new.
    fn close(&mut self) {
        loop {
            let known = (self.objects.len(), self.names.len(), self.symbols.len());
            for id in self.candidates.clone() {
                if OBJECTS[id as usize].properties.iter().any(|p| self.keeps(id, p)) {
                    self.add_object(id);
                }
            }
            // What functions of these kinds inherit from is seen only where somebody asks for it.
            let asks = [NativeId::ObjectGetPrototypeOf, NativeId::ObjectGetProto];
            if asks.iter().any(|id| self.natives.contains(id))
                || self.names.contains(b"constructor".as_slice())
            {
                for (start, object) in FUNCTION_KINDS {
                    if self.natives.contains(start) {
                        self.add_object(*object);
                    }
                }
            }
            let formats = CONSOLE.iter().any(|(full, _)| self.natives.contains(full));
            for (makers, inspector) in INSPECTED {
                if formats && makers.iter().any(|maker| self.natives.contains(maker)) {
                    self.add_native(*inspector);
                }
            }
            if MAKES_LIKE.iter().any(|id| self.natives.contains(id)) && self.has_other_arrays() {
                self.add_native(NativeId::ArraySpecies);
                self.add_key(SymbolId::Species);
            }
            let has_expressions =
                [NativeId::RegExp, NativeId::RegExpLiteral].iter().any(|id| self.natives.contains(id));
            if self.changes_expressions && has_expressions || self.has_pattern_methods() {
                self.add_pattern_methods(has_expressions);
            }
            if known == (self.objects.len(), self.names.len(), self.symbols.len()) {
                return;
            }
        }
    }
}
