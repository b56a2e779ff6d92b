//! Which built-ins a program can reach.
//!
//! A member of a reachable built-in object is kept if its name occurs in the program as a property key. A prototype
//! that keeps no member is left out, and the runtime goes on at `Object.prototype`: the program can not tell, unless it
//! asks for the prototype by a path that keeps it. When the program may use strings as keys that it makes at run time
//! ([`super::taint`]), every member of a reachable object is kept.
use super::members::Members;
use super::{pattern, taint};
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

/// Functions whose result is made by the constructor that is their `this`.
const MAKES_OTHERS: &[NativeId] = &[NativeId::ArrayFrom, NativeId::ArrayOf];

/// Methods of arrays that ask the array's constructor for their result.
const MAKES_LIKE: &[NativeId] = &[
    NativeId::ArrayConcat,
    NativeId::ArrayFilter,
    NativeId::ArrayFlat,
    NativeId::ArrayFlatMap,
    NativeId::ArrayMap,
    NativeId::ArraySlice,
    NativeId::ArraySplice,
];

/// The prototypes of generator functions and the like, by what such a function calls first.
const FUNCTION_KINDS: &[(NativeId, ObjectId)] = &[
    (NativeId::AsyncStart, ObjectId::AsyncFunctionPrototype),
    (NativeId::GeneratorStart, ObjectId::GeneratorFunctionPrototype),
    (NativeId::AsyncGeneratorStart, ObjectId::AsyncGeneratorFunctionPrototype),
];

/// What conversions of objects ask for.
const CONVERSIONS: &[&str] = &["toString", "valueOf"];

/// Prototypes of primitive values, which are asked for their conversions on behalf of wrapper objects only.
const WRAPPED: &[ObjectId] =
    &[ObjectId::StringPrototype, ObjectId::NumberPrototype, ObjectId::BooleanPrototype];

/// Whether a function makes no wrapper object and does not let the program choose the `this` of another, which might.
fn never_wraps(id: NativeId) -> bool {
    const OWNERS: &[ObjectId] = &[
        ObjectId::ArrayPrototype,
        ObjectId::Console,
        ObjectId::ErrorPrototype,
        ObjectId::Json,
        ObjectId::Math,
        ObjectId::NumberPrototype,
        ObjectId::ObjectPrototype,
        ObjectId::StringPrototype,
    ];
    let is_member = |owner: &ObjectId| {
        OBJECTS[*owner as usize].properties.iter().any(|p| {
            matches!(p.value, PropertyValue::Native(native) if native == id) && p.key != "constructor"
        })
    };
    id == NativeId::FunctionToString
        || CONSOLE.iter().any(|(_, primitive)| *primitive == id)
        || id == NativeId::ConsoleLogParts
        || NATIVES[id as usize].name.ends_with("Error")
        || OWNERS.iter().any(is_member)
}

/// Functions of `console`, and what they are where all arguments are primitives.
pub(super) const CONSOLE: &[(NativeId, NativeId)] = &[
    (NativeId::ConsoleLog, NativeId::ConsoleLogPrimitive),
    (NativeId::ConsoleError, NativeId::ConsoleErrorPrimitive),
    (NativeId::ConsoleWarn, NativeId::ConsoleWarnPrimitive),
    (NativeId::ConsoleInfo, NativeId::ConsoleInfoPrimitive),
    (NativeId::ConsoleDebug, NativeId::ConsoleDebugPrimitive),
];

/// Whether every function called `log`, `error` and so on gets only primitives, and is got only to be called.
fn logs_primitives(module: &Module, facts: &Facts) -> bool {
    let is_console =
        |name: &[u8]| CONSOLE.iter().any(|(id, _)| NATIVES[*id as usize].name.as_bytes() == name);
    for (i, function) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        if !facts.reached[i] {
            continue;
        }
        let got = |value: &Value| match function.values[value.index()].def {
            ValueDef::Result(inst) => match (function.inst(inst).op, &function.inst(inst).imm) {
                (Op::GetProp, Imm::Str(name)) => is_console(module.string(*name)),
                _ => false,
            },
            ValueDef::Param(..) => false,
        };
        for (b, block) in function.blocks.iter().enumerate() {
            let primitive = |value: &Value| {
                function.ty(*value) != Type::Val || facts.kind_in(id, Block(b as u32), *value).is_primitive()
            };
            for inst in &block.insts {
                let inst = function.inst(*inst);
                let (callee, rest) = match (inst.op, &inst.imm) {
                    (Op::CallMethod, Imm::Str(name)) if is_console(module.string(*name)) => {
                        (&inst.args[..0], &inst.args[1..])
                    }
                    (Op::Call, _) if got(&inst.args[0]) => (&inst.args[..1], &inst.args[2..]),
                    _ => (&inst.args[..0], &inst.args[..0]),
                };
                // A first string may hold `%s` and the like, which only the formatter knows.
                let formats = rest.len() > 1 && !is_plain(module, facts, (id, Block(b as u32)), rest[0]);
                if formats || !rest.iter().all(primitive) || inst.args[callee.len()..].iter().any(got) {
                    return false;
                }
            }
            let terminator = block.terminator.iter();
            let passed = terminator.flat_map(|t| {
                t.operand().into_iter().chain(t.successors().flat_map(|c| c.args.iter().copied()))
            });
            if passed.into_iter().any(|v| got(&v)) {
                return false;
            }
        }
    }
    true
}

/// Whether a value is no string, or one that is known and has no `%`.
fn is_plain(module: &Module, facts: &Facts, (id, block): (FuncId, Block), value: Value) -> bool {
    let function = module.function(id);
    if function.ty(value) != Type::Val || facts.kind_in(id, block, value).is_number() {
        return true;
    }
    let ValueDef::Result(inst) = function.values[value.index()].def else { return false };
    match (function.inst(inst).op, &function.inst(inst).imm) {
        (Op::Const, Imm::Const(Const::Str(text))) => !module.string(*text).contains(&b'%'),
        (Op::Const, _) | (Op::BoxBool | Op::BoxI32 | Op::BoxU32 | Op::BoxF64, _) => true,
        _ => false,
    }
}

/// Whether a handler does more with what it caught than to throw it again.
fn catches(module: &Module) -> bool {
    module.functions.iter().any(|function| {
        let insts = || function.blocks.iter().flat_map(|b| &b.insts).map(|i| function.inst(*i));
        let caught: HashSet<Value> = insts().filter(|i| i.op == Op::Catch).filter_map(|i| i.result).collect();
        let passed = |t: &Terminator| match t {
            Terminator::Throw { handler, .. } => {
                handler.iter().any(|call| call.args.iter().any(|arg| caught.contains(arg)))
            }
            t => {
                t.operand().is_some_and(|value| caught.contains(&value))
                    || t.successors().any(|call| call.args.iter().any(|arg| caught.contains(arg)))
            }
        };
        !caught.is_empty()
            && (insts().any(|i| i.args.iter().any(|arg| caught.contains(arg)))
                || function.blocks.iter().filter_map(|b| b.terminator.as_ref()).any(passed))
    })
}

/// Natives that convert what they find in objects, or let the program call those that do.
const CONVERTERS: &[NativeId] = &[
    NativeId::ArrayJoin,
    NativeId::ArraySort,
    NativeId::ArrayToString,
    NativeId::FunctionApply,
    NativeId::FunctionCall,
    NativeId::FunctionBind,
];

/// Functions that make instances of a class, and the one by which the console's formatter looks into them: in if both the
/// formatter and one of those are.
const INSPECTED: &[(&[NativeId], NativeId)] = &[
    (&[NativeId::Map, NativeId::Set], NativeId::CollectionContents),
    (&[NativeId::RegExp, NativeId::RegExpLiteral], NativeId::RegExpToString),
    (&[NativeId::Date], NativeId::DateInspect),
    (&[NativeId::Promise, NativeId::AsyncStart, NativeId::AsyncGeneratorStart], NativeId::PromiseContents),
];

/// String methods that make a regular expression of what is none.
const COMPILING: &[NativeId] = &[NativeId::StringMatch, NativeId::StringMatchAll, NativeId::StringSearch];

/// Whether the methods [`COMPILING`] are only ever called with the value of a literal as first argument.
fn matches_literals(module: &Module) -> bool {
    let is_method = |name: &[u8]| COMPILING.iter().any(|id| NATIVES[*id as usize].name.as_bytes() == name);
    module.functions.iter().all(|function| {
        let defined = |value: &Value| match function.values[value.index()].def {
            ValueDef::Result(inst) => Some(function.inst(inst)),
            ValueDef::Param(..) => None,
        };
        let is_literal = |value: &Value| {
            let callee =
                defined(value).filter(|call| call.op == Op::Call).and_then(|call| defined(&call.args[0]));
            callee.is_some_and(|builtin| match (builtin.op, &builtin.imm) {
                (Op::Builtin, Imm::Builtin(number)) => *number == intrinsic_number(NativeId::RegExpLiteral),
                _ => false,
            })
        };
        function.insts.iter().all(|inst| match (inst.op, &inst.imm) {
            (Op::CallMethod, Imm::Str(name)) if is_method(module.string(*name)) => {
                inst.args.get(1).is_some_and(is_literal)
            }
            (_, Imm::Str(name)) => !is_method(module.string(*name)),
            _ => true,
        })
    })
}

/// What the runtime calls, if it is there, for what a native makes.
const COMPANIONS: &[(NativeId, &[NativeId])] = &[
    (NativeId::Symbol, &[NativeId::SymbolText, NativeId::ObjectGetOwnPropertySymbols]),
    (NativeId::SymbolFor, &[NativeId::SymbolText, NativeId::ObjectGetOwnPropertySymbols]),
    (NativeId::ClassPrototype, &[NativeId::ClassText]),
    (NativeId::ArraySpecies, &[NativeId::DefineOwnField]),
    (NativeId::ConstructOther, &[NativeId::DefineOwnField]),
    (NativeId::GeneratorStart, &[NativeId::GeneratorStep]),
    (NativeId::Promise, &[NativeId::RunJobs, NativeId::PromiseExecutor]),
    (NativeId::QueueMicrotask, &[NativeId::RunJobs]),
    (NativeId::SetTimeout, &[NativeId::RunJobs]),
    (NativeId::SetInterval, &[NativeId::RunJobs]),
    (NativeId::ClearTimer, &[NativeId::RunJobs]),
    (NativeId::AsyncStart, &[NativeId::RunJobs]),
    (NativeId::AsyncGeneratorStart, &[NativeId::RunJobs, NativeId::AsyncGeneratorResume]),
    (NativeId::RunJobs, &[NativeId::PromiseFulfil, NativeId::PromiseReject]),
    (
        NativeId::PromiseFinally,
        &[
            NativeId::PromiseFinallyValue,
            NativeId::PromiseFinallyError,
            NativeId::PromisePassValue,
            NativeId::PromisePassError,
        ],
    ),
    (NativeId::PromiseAll, &[NativeId::PromiseElement]),
    (NativeId::PromiseAllSettled, &[NativeId::PromiseElement]),
    (NativeId::PromiseAny, &[NativeId::PromiseElement]),
    (NativeId::Int8Array, &[NativeId::TypedArray]),
    (NativeId::Uint8Array, &[NativeId::TypedArray]),
    (NativeId::Uint8ClampedArray, &[NativeId::TypedArray]),
    (NativeId::Int16Array, &[NativeId::TypedArray]),
    (NativeId::Uint16Array, &[NativeId::TypedArray]),
    (NativeId::Int32Array, &[NativeId::TypedArray]),
    (NativeId::Uint32Array, &[NativeId::TypedArray]),
    (NativeId::Float32Array, &[NativeId::TypedArray]),
    (NativeId::Float64Array, &[NativeId::TypedArray]),
];

/// Built-in objects of which a native makes instances.
const CREATED: &[(NativeId, &[ObjectId])] = &[
    (NativeId::JsonParse, &[ObjectId::SyntaxErrorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::Function, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AsyncFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::GeneratorFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AsyncGeneratorFunction, &[ObjectId::EvalErrorPrototype]),
    (NativeId::Eval, &[ObjectId::EvalErrorPrototype]),
    (NativeId::AggregateError, &[ObjectId::ArrayPrototype]),
    (NativeId::DecodeUri, &[ObjectId::UriErrorPrototype]),
    (NativeId::DecodeUriComponent, &[ObjectId::UriErrorPrototype]),
    (NativeId::EncodeUri, &[ObjectId::UriErrorPrototype]),
    (NativeId::EncodeUriComponent, &[ObjectId::UriErrorPrototype]),
    (NativeId::RegExp, &[ObjectId::SyntaxErrorPrototype]),
    (NativeId::RegExpLiteral, &[ObjectId::RegExpPrototype]),
    (NativeId::RegExpExec, &[ObjectId::ArrayPrototype]),
    (NativeId::StringMatch, &[ObjectId::ArrayPrototype, ObjectId::RegExpPrototype]),
    (NativeId::StringMatchAll, &[ObjectId::RegExpStringIteratorPrototype, ObjectId::RegExpPrototype]),
    (NativeId::StringSearch, &[ObjectId::RegExpPrototype]),
    (NativeId::RegExpMatchAll, &[ObjectId::RegExpStringIteratorPrototype]),
    (NativeId::MapEntries, &[ObjectId::MapIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::MapKeys, &[ObjectId::MapIteratorPrototype]),
    (NativeId::MapValues, &[ObjectId::MapIteratorPrototype]),
    (NativeId::SetEntries, &[ObjectId::SetIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::SetValues, &[ObjectId::SetIteratorPrototype]),
    (NativeId::Object, &[ObjectId::StringPrototype, ObjectId::NumberPrototype, ObjectId::BooleanPrototype]),
    (NativeId::String, &[ObjectId::StringPrototype]),
    (NativeId::Number, &[ObjectId::NumberPrototype]),
    (NativeId::Boolean, &[ObjectId::BooleanPrototype]),
    (NativeId::ArrayKeys, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::ArrayValues, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::ArrayEntries, &[ObjectId::ArrayIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::StringIterator, &[ObjectId::StringIteratorPrototype]),
    (NativeId::TypedKeys, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::TypedValues, &[ObjectId::ArrayIteratorPrototype]),
    (NativeId::TypedEntries, &[ObjectId::ArrayIteratorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::TypedBuffer, &[ObjectId::ArrayBufferPrototype]),
    (NativeId::DataViewBuffer, &[ObjectId::ArrayBufferPrototype]),
    (NativeId::MapGroupBy, &[ObjectId::MapPrototype, ObjectId::ArrayPrototype]),
    (NativeId::ObjectGroupBy, &[ObjectId::ArrayPrototype]),
    (NativeId::Symbol, &[ObjectId::SymbolPrototype]),
    (NativeId::GeneratorStart, &[ObjectId::GeneratorPrototype]),
    (NativeId::AsyncStart, &[ObjectId::PromisePrototype]),
    (NativeId::AsyncGeneratorStart, &[ObjectId::AsyncGeneratorPrototype, ObjectId::PromisePrototype]),
    (NativeId::RunJobs, &[ObjectId::PromisePrototype]),
    (NativeId::PromiseAll, &[ObjectId::ArrayPrototype]),
    (NativeId::PromiseAllSettled, &[ObjectId::ArrayPrototype]),
    (NativeId::PromiseAny, &[ObjectId::AggregateErrorPrototype, ObjectId::ArrayPrototype]),
    (NativeId::SymbolFor, &[ObjectId::SymbolPrototype]),
];

/// Natives that do not convert the objects that they are given to strings or numbers.
const TAKES_OBJECTS_AS_THEY_ARE: &[NativeId] = &[
    NativeId::ConsoleLog,
    NativeId::ConsoleError,
    NativeId::ConsoleWarn,
    NativeId::ConsoleInfo,
    NativeId::ConsoleDebug,
    NativeId::ArrayPush,
    NativeId::ArrayUnshift,
    NativeId::ArrayIsArray,
    NativeId::ArrayForEach,
    NativeId::ArrayMap,
    NativeId::ArrayFilter,
    NativeId::ArrayReduce,
    NativeId::ArrayEvery,
    NativeId::ArraySome,
    NativeId::ArrayFind,
    NativeId::ArrayFindIndex,
    NativeId::ArrayConcat,
    NativeId::ObjectKeys,
    NativeId::ObjectValues,
    NativeId::ObjectEntries,
    NativeId::ObjectAssign,
    NativeId::ObjectFreeze,
    NativeId::ObjectCreate,
    NativeId::ObjectGetPrototypeOf,
    NativeId::JsonStringify,
    NativeId::MapGet,
    NativeId::MapSet,
    NativeId::MapHas,
    NativeId::MapDelete,
    NativeId::MapForEach,
    NativeId::SetAdd,
    NativeId::SetHas,
    NativeId::SetDelete,
    NativeId::SetForEach,
    NativeId::WeakMapGet,
    NativeId::WeakMapSet,
    NativeId::WeakMapHas,
    NativeId::WeakMapDelete,
    NativeId::WeakSetAdd,
    NativeId::WeakSetHas,
    NativeId::WeakSetDelete,
    NativeId::Map,
    NativeId::Set,
    NativeId::WeakMap,
    NativeId::WeakSet,
    NativeId::CopyProperties,
    NativeId::TemplateObject,
    NativeId::DefineMethod,
    NativeId::SetFunctionName,
    NativeId::ClassPrototype,
    NativeId::SuperGet,
    NativeId::SuperSet,
    NativeId::RequireObject,
    NativeId::DefineOwnField,
    NativeId::PrivateName,
    NativeId::PrivateGet,
    NativeId::PrivateSet,
    NativeId::PrivateAdd,
    NativeId::PrivateHas,
    NativeId::PrivateMethods,
    NativeId::GeneratorStart,
    NativeId::GeneratorDelegate,
    NativeId::AsyncStart,
    NativeId::RunJobs,
    NativeId::AsyncGeneratorStart,
    NativeId::AsyncIterateStart,
    NativeId::AsyncIterateStep,
    NativeId::AsyncIterateClose,
    NativeId::AsyncIterateCheck,
    NativeId::Promise,
    NativeId::PromiseThen,
    NativeId::PromiseCatch,
    NativeId::PromiseFinally,
    NativeId::PromiseResolveValue,
    NativeId::PromiseRejectValue,
    NativeId::PromiseAll,
    NativeId::PromiseAllSettled,
    NativeId::PromiseAny,
    NativeId::PromiseRace,
    NativeId::QueueMicrotask,
];

/// Whether the program may convert an object to a primitive by the methods that objects inherit: by an operator, or by handing
/// one to a built-in function.
fn converts_objects(module: &Module, facts: &Facts) -> bool {
    for (i, function) in module.functions.iter().enumerate() {
        let id = FuncId(i as u32);
        if !facts.reached[i] {
            continue;
        }
        for (b, block) in function.blocks.iter().enumerate() {
            for inst in &block.insts {
                let inst = function.inst(*inst);
                let is_object = |value: &Value| {
                    function.ty(*value) == Type::Val
                        && !facts.kind_in(id, Block(b as u32), *value).is_primitive()
                };
                let converted = match inst.op {
                    // Objects and constructors as operands are what these are for.
                    Op::InstanceOf => false,
                    Op::In => is_object(&inst.args[0]),
                    Op::GetElem
                    | Op::DeleteElem
                    | Op::SetElem
                    | Op::DefineField
                    | Op::DefineGetter
                    | Op::DefineSetter => is_object(&inst.args[1]),
                    Op::CallElem => is_object(&inst.args[0]) && is_object(&inst.args[1]),
                    Op::Add
                    | Op::Sub
                    | Op::Mul
                    | Op::Div
                    | Op::Rem
                    | Op::Exp
                    | Op::BitAnd
                    | Op::BitOr
                    | Op::BitXor
                    | Op::Shl
                    | Op::Sar
                    | Op::Shr
                    | Op::Neg
                    | Op::BitNot
                    | Op::Inc
                    | Op::Dec
                    | Op::Lt
                    | Op::Le
                    | Op::Gt
                    | Op::Ge
                    | Op::LooseEq
                    | Op::ToNumeric
                    | Op::ToF64
                    | Op::ToI32
                    | Op::ToStr
                    | Op::ToKey
                    | Op::Concat => inst.args.iter().any(is_object),
                    Op::Call if facts.is_function(id, Block(b as u32), inst.args[0]) => false,
                    Op::Call if intrinsic(function, inst.args[0]).is_some() => {
                        let as_they_are = intrinsic(function, inst.args[0])
                            .is_some_and(|id| TAKES_OBJECTS_AS_THEY_ARE.contains(&id));
                        !as_they_are && inst.args.iter().skip(2).any(is_object)
                    }
                    Op::Call | Op::CallMethod | Op::New => {
                        let name = match &inst.imm {
                            Imm::Str(name) => Some(module.string(*name)),
                            _ => callee_name(module, function, inst.args[0]),
                        };
                        let skip = if inst.op == Op::Call { 2 } else { 1 };
                        !takes_objects(name) && inst.args.iter().skip(skip).any(is_object)
                    }
                    Op::CallArray | Op::NewArrayArgs => true,
                    _ => false,
                };
                if converted {
                    return true;
                }
            }
        }
    }
    false
}

/// The intrinsic function that a callee is.
pub(super) fn intrinsic(function: &Function, callee: Value) -> Option<NativeId> {
    let ValueDef::Result(inst) = function.values[callee.index()].def else { return None };
    let Imm::Builtin(number) = function.inst(inst).imm else { return None };
    match builtin_value(number)? {
        PropertyValue::Native(id) => INTRINSICS.contains(&id).then_some(id),
        _ => None,
    }
}

/// The property name that a callee was got by.
fn callee_name<'m>(module: &'m Module, function: &Function, callee: Value) -> Option<&'m [u8]> {
    let ValueDef::Result(inst) = function.values[callee.index()].def else { return None };
    match (function.inst(inst).op, &function.inst(inst).imm) {
        (Op::GetProp, Imm::Str(name)) => Some(module.string(*name)),
        _ => None,
    }
}

/// Whether every built-in function of this name takes objects as they are; a function of the program's own converts nothing
/// that its body does not show.
fn takes_objects(name: Option<&[u8]>) -> bool {
    let Some(name) = name else { return false };
    NativeId::ALL
        .iter()
        .filter(|id| NATIVES[**id as usize].name.as_bytes() == name)
        .all(|id| TAKES_OBJECTS_AS_THEY_ARE.contains(id))
}
