//! Classes, `super` and private names.
//!
//! A class is its constructor, which is a function like any other but for how `new` calls it. Everything that user code in the
//! class's body computes is evaluated first; then the constructor is made, which captures it; then the prototype, the methods, and
//! what is static.
use super::assign::Reference;
use super::expr::Key;
use super::object::{is_anonymous_function, property_key};
use super::*;
use crate::literal::StaticKey;
use crate::scope::{FunctionKind, explicit_constructor, private_methods};
use crate::this;
use oxc_span::GetSpan;

/// Flags of a method, as the runtime takes them.
const GETTER: f64 = 1.0;
const SETTER: f64 = 2.0;
const READ_ONLY: f64 = 4.0;

/// The key of an element of a class.
struct ElementKey {
    value: Value,
    /// Its text, if that is known here.
    text: Option<Vec<u8>>,
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Evaluates a class. `name` is what the context calls it, if it is anonymous.
    pub(super) fn class(&mut self, class: &'a Class<'a>, name: Option<&[u8]>) -> Value {
        let info = self.cx.scopes.class_at(class.span.start).clone();
        if class.is_expression()
            && let Some(scope) = class.scope_id.get()
        {
            self.enter_scope(scope, &[]);
        }
        if let Some(cell) = info.inner_name {
            self.at(class.span.start);
            let empty = self.constant(Const::Empty);
            let value = self.op0(Op::NewCell, &[empty]);
            self.set_synthetic(cell, value);
        }
        let parent = class.heritage.as_ref().map(|heritage| self.expr(&heritage.expression));
        for (name, id) in &info.private_names {
            self.at(class.span.start);
            let text = self.literal(&Literal::Str(format!("#{name}").into_bytes()));
            let value = self.intrinsic(NativeId::PrivateName, &[text]);
            self.set_synthetic(*id, value);
        }
        let mut method_keys = HashMap::new();
        for element in &class.body.body {
            let (key, computed) = match element {
                ClassElement::MethodDefinition(method) => (&method.key, method.computed),
                ClassElement::PropertyDefinition(field) => (&field.key, field.computed),
                _ => continue,
            };
            let Some(expression) = key.as_expression().filter(|_| computed) else { continue };
            let value = self.expr(expression);
            self.at(key.span().start);
            let value = self.op0(Op::ToKey, &[value]);
            match info.field_keys.get(&key.span().start) {
                Some(id) => {
                    self.set_synthetic(*id, value);
                }
                None => {
                    method_keys.insert(key.span().start, value);
                }
            }
        }
        self.at(class.span.start);
        self.cx.enqueue(info.constructor, Code::Constructor(class));
        let own_name = class.id.as_ref().map(|id| display_name(id.name.as_str()).as_bytes()).or(name);
        if let Some(name) = own_name {
            self.name_function(info.constructor, name);
        }
        if let Some((_, cell)) = info.instance_initialiser {
            let empty = self.constant(Const::Empty);
            let value = self.op0(Op::NewCell, &[empty]);
            self.set_synthetic(cell, value);
        }
        let constructor = self.closure(info.constructor);
        let arguments: &[Value] = match &parent {
            Some(parent) => &[constructor, *parent],
            None => &[constructor],
        };
        let prototype = self.intrinsic(NativeId::ClassPrototype, arguments);
        self.set_synthetic(info.prototype, prototype);
        self.set_synthetic(info.class, constructor);
        if let Some(symbol) = class.id.as_ref().and_then(|id| id.symbol_id.get()) {
            self.initialise(symbol, constructor);
        }
        if let Some((initialiser, cell)) = info.instance_initialiser {
            self.at(class.span.start);
            self.cx.enqueue(initialiser, Code::InstanceInitialiser(class));
            self.name_function(initialiser, b"<instance_members_initializer>");
            let closure = self.closure(initialiser);
            let cell = self.synthetic(cell);
            self.effect(Op::StoreCell, &[cell, closure], Imm::None);
        }
        for element in &class.body.body {
            if let ClassElement::MethodDefinition(method) = element
                && method.kind != MethodDefinitionKind::Constructor
            {
                let home = if method.r#static { constructor } else { prototype };
                let key = method_keys.get(&method.key.span().start).copied();
                self.method(home, key, method);
            }
        }
        if let Some(cell) = info.inner_name {
            let cell = self.synthetic(cell);
            self.effect(Op::StoreCell, &[cell, constructor], Imm::None);
        }
        if let Some(initialiser) = info.static_initialiser {
            self.at(class.span.start);
            self.cx.enqueue(initialiser, Code::StaticInitialiser(class));
            self.name_function(initialiser, b"<static_initializer>");
            let closure = self.closure(initialiser);
            self.op0(Op::Call, &[closure, constructor]);
        }
        constructor
    }

    fn method(&mut self, home: Value, key: Option<Value>, method: &'a MethodDefinition<'a>) {
        let computed = key.is_some();
        let key = match key {
            Some(value) => ElementKey { value, text: None },
            None => self.element_key(&method.key),
        };
        let (prefix, flags): (&[u8], f64) = match method.kind {
            MethodDefinitionKind::Get => (b"get ", GETTER),
            MethodDefinitionKind::Set => (b"set ", SETTER),
            _ if matches!(method.key, PropertyKey::PrivateIdentifier(_)) => (b"", READ_ONLY),
            _ => (b"", 0.0),
        };
        let name = key.text.map(|text| [prefix, &text[..]].concat());
        let mut function = self.function_expression(&method.value, name.as_deref());
        self.at(method.span.start);
        if computed {
            let kind = self.number(if flags == READ_ONLY { 0.0 } else { flags });
            function = self.intrinsic(NativeId::SetFunctionName, &[function, key.value, kind]);
        }
        let flags = self.number(flags);
        self.intrinsic(NativeId::DefineMethod, &[home, key.value, function, flags]);
    }

    /// A key that is not computed.
    fn element_key(&mut self, key: &'a PropertyKey<'a>) -> ElementKey {
        if let PropertyKey::PrivateIdentifier(name) = key {
            let text = Some(format!("#{}", name.name).into_bytes());
            return ElementKey { value: self.private_name(name), text };
        }
        match property_key(key) {
            Some(StaticKey::Name(name)) => {
                let value = self.literal(&Literal::Str(name.clone()));
                ElementKey { value, text: Some(name) }
            }
            Some(StaticKey::Index(index)) => {
                let text = Some(index.to_string().into_bytes());
                ElementKey { value: self.number(f64::from(index)), text }
            }
            None => {
                let value = match key.as_expression() {
                    Some(expression) => self.expr(expression),
                    None => self.refuse(key.span(), "this property key"),
                };
                self.at(key.span().start);
                ElementKey { value: self.op0(Op::ToKey, &[value]), text: None }
            }
        }
    }

    /// Lowers a constructor.
    pub(super) fn constructor(&mut self, class: &'a Class<'a>, args: &[Value]) {
        self.at(class.span.start);
        let new_target = self.new_target.expect("constructors ask for it");
        let undefined = self.op0(Op::IsUndefined, &[new_target]);
        let (bad, good) = (self.b.block(), self.b.block());
        self.branch(undefined, bad, good);
        self.continue_in(bad);
        let name = self.cx.module.functions[self.id.index()].name;
        let name = name.map_or_else(String::new, |name| {
            String::from_utf8_lossy(self.cx.module.string(name)).into_owned() + " "
        });
        let message = format!("Class constructor {name}cannot be invoked without 'new'");
        self.throw_error(ErrorKind::TypeError, &message);
        self.continue_in(good);
        let info = self.cx.scopes.class_at(class.span.start);
        let initialises = info.initialises && info.instance_initialiser.is_none();
        self.fields_of = initialises.then_some(class);
        if class.heritage.is_some() {
            let empty = self.constant(Const::Empty);
            self.derived_this = Some(if self.cx.scopes.function(self.id).this_captured {
                DerivedThis::Cell(self.op0(Op::NewCell, &[empty]))
            } else {
                let variable = self.b.variable();
                self.b.define(variable, empty);
                DerivedThis::Variable(variable)
            });
        } else if let Some(this) = self.this {
            self.initialise_fields(this);
        }
        match explicit_constructor(class) {
            Some(function) => {
                self.bind_parameters(&function.params, args);
                if let Some(body) = &function.body {
                    self.body(function.scope_id.get(), body);
                }
            }
            None if class.heritage.is_some() => {
                self.at(class.span.start);
                let callee = self.callee.expect("a derived constructor has its callee");
                let this = self.intrinsic(NativeId::SuperCallArray, &[callee, new_target, args[0]]);
                self.bind_this(this);
            }
            None => {}
        }
    }

    /// Lowers what runs static fields and blocks.
    pub(super) fn static_initialiser(&mut self, class: &'a Class<'a>) {
        let this = self.this.expect("static initialisers ask for it");
        for element in &class.body.body {
            match element {
                ClassElement::PropertyDefinition(field) if field.r#static => {
                    self.field(this, class, field, true);
                }
                ClassElement::StaticBlock(block) => {
                    let scope = block.scope_id.get().expect("the checker has made the scopes");
                    self.declare_vars(scope);
                    self.enter_scope(scope, &block.body);
                    self.statements(&block.body);
                }
                _ => {}
            }
            if self.dead() {
                return;
            }
        }
    }

    /// Lowers what initialises instances, where the constructor does not do that itself.
    pub(super) fn instance_initialiser(&mut self, class: &'a Class<'a>) {
        let this = self.this.expect("initialisers ask for it");
        self.fields_of = Some(class);
        self.initialise_fields(this);
    }

    /// Gives a new instance what its class says.
    fn initialise_fields(&mut self, this: Value) {
        let Some(class) = self.fields_of else { return };
        if private_methods(class) {
            self.at(class.span.start);
            let info = self.cx.scopes.class_at(class.span.start);
            let prototype = match info.instance_initialiser {
                Some(_) => self.synthetic(info.prototype),
                None => self.own_prototype(),
            };
            self.intrinsic(NativeId::PrivateMethods, &[this, prototype]);
        }
        // A base class or an initialiser that gets hold of the object can make it refuse further properties.
        let mut is_known = class.heritage.is_some();
        for element in &class.body.body {
            if let ClassElement::PropertyDefinition(field) = element
                && !field.r#static
            {
                is_known |= field.value.as_ref().is_some_and(this::in_expression);
                self.field(this, class, field, is_known);
            }
        }
    }

    /// Defines a field; `exact` if the object may be one that refuses it.
    fn field(&mut self, this: Value, class: &'a Class<'a>, field: &'a PropertyDefinition<'a>, exact: bool) {
        let ids = &self.cx.scopes.class_at(class.span.start).field_keys;
        let key = match ids.get(&field.key.span().start).copied() {
            Some(id) => ElementKey { value: self.synthetic(id), text: None },
            None => self.element_key(&field.key),
        };
        let mut value = match &field.value {
            Some(value) => self.named(value, key.text.as_deref()),
            None => self.undefined(),
        };
        self.at(field.span.start);
        if key.text.is_none() && field.value.as_ref().is_some_and(is_anonymous_function) {
            let kind = self.number(0.0);
            value = self.intrinsic(NativeId::SetFunctionName, &[value, key.value, kind]);
        }
        if matches!(field.key, PropertyKey::PrivateIdentifier(_)) {
            self.intrinsic(NativeId::PrivateAdd, &[this, key.value, value]);
        } else if exact {
            self.intrinsic(NativeId::DefineOwnField, &[this, key.value, value]);
        } else {
            self.effect(Op::DefineField, &[this, key.value, value], Imm::None);
        }
    }

    /// The property `prototype` of the constructor that is running, which no program can change.
    fn own_prototype(&mut self) -> Value {
        let callee = self.callee.expect("the analysis has asked for the callee");
        let name = self.intern("prototype");
        self.op(Op::GetProp, &[callee], Imm::Str(name))
    }

    /// The nearest function that is no arrow function.
    fn constructor_around(&self) -> FuncId {
        let mut id = self.id;
        while self.cx.scopes.function(id).kind == FunctionKind::Arrow {
            let Some(parent) = self.cx.scopes.function(id).parent else { return id };
            id = parent;
        }
        id
    }

    /// Whether `this` here is that of a derived constructor.
    pub(super) fn is_in_derived_constructor(&self) -> bool {
        self.cx.scopes.function(self.constructor_around()).kind == FunctionKind::DerivedConstructor
    }

    /// `this` of a derived constructor, or empty.
    fn raw_this(&mut self) -> Value {
        match (self.derived_this, self.captured.get(&Captured::This).copied()) {
            (Some(DerivedThis::Variable(variable)), _) => self.b.read(variable),
            (Some(DerivedThis::Cell(cell)), _) | (None, Some(cell)) => self.op0(Op::LoadCell, &[cell]),
            (None, None) => self.constant(Const::Empty),
        }
    }

    /// `this` of a derived constructor; an error before `super(…)`.
    pub(super) fn checked_this(&mut self) -> Value {
        let this = self.raw_this();
        if self.is_sure(this) {
            return this;
        }
        let empty = self.op0(Op::IsEmpty, &[this]);
        let (bad, good) = (self.b.block(), self.b.block());
        self.branch(empty, bad, good);
        self.continue_in(bad);
        self.throw_error(
            ErrorKind::ReferenceError,
            "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        );
        self.continue_in(good);
        this
    }

    /// Whether a value is what a call has given, so that it is not empty.
    fn is_sure(&self, value: Value) -> bool {
        match self.b.function.values[value.index()].def {
            jerboa_ir::ValueDef::Result(inst) => self.b.function.inst(inst).op == Op::Call,
            jerboa_ir::ValueDef::Param(..) => false,
        }
    }

    /// `super(…)` has given an object.
    fn bind_this(&mut self, this: Value) {
        let old = self.raw_this();
        let known_empty = match self.b.function.values[old.index()].def {
            jerboa_ir::ValueDef::Result(inst) => self.b.function.inst(inst).imm == Imm::Const(Const::Empty),
            jerboa_ir::ValueDef::Param(..) => false,
        };
        if !known_empty {
            let empty = self.op0(Op::IsEmpty, &[old]);
            let (bad, good) = (self.b.block(), self.b.block());
            self.branch(empty, good, bad);
            self.continue_in(bad);
            self.throw_error(ErrorKind::ReferenceError, "Super constructor may only be called once");
            self.continue_in(good);
        }
        match (self.derived_this, self.captured.get(&Captured::This).copied()) {
            (Some(DerivedThis::Variable(variable)), _) => self.b.define(variable, this),
            (Some(DerivedThis::Cell(cell)), _) | (None, Some(cell)) => {
                self.effect(Op::StoreCell, &[cell, this], Imm::None);
            }
            (None, None) => {}
        }
        match self.cx.scopes.instance_initialiser(self.constructor_around()) {
            Some((_, cell)) => {
                let cell = self.synthetic(cell);
                let initialiser = self.op0(Op::LoadCell, &[cell]);
                self.op0(Op::Call, &[initialiser, this]);
            }
            None => self.initialise_fields(this),
        }
    }

    /// `super(…)`
    pub(super) fn super_call(&mut self, call: &'a CallExpression<'a>) -> Value {
        let constructor = self.captured.get(&Captured::Constructor).copied().or(self.callee);
        let constructor = constructor.expect("the analysis has asked for the constructor");
        let new_target = self.new_target_value();
        let this = if call.arguments.iter().any(Argument::is_spread) {
            let list = self.arguments_array(&call.arguments);
            self.at(call.span.start);
            self.intrinsic(NativeId::SuperCallArray, &[constructor, new_target, list])
        } else {
            let mut operands = vec![constructor, new_target];
            self.arguments_into(&call.arguments, &mut operands);
            self.at(call.span.start);
            self.intrinsic(NativeId::SuperCall, &operands)
        };
        self.bind_this(this);
        this
    }

    /// Returns from the function.
    pub(super) fn finish_with(&mut self, value: Value) {
        if self.derived_this.is_none() {
            self.b.terminate(Terminator::Return(value));
            return;
        }
        // No handler of the constructor sees what goes wrong here.
        let handler = self.handler.take();
        let frames = std::mem::take(&mut self.frames);
        let is_object = self.b.variable();
        self.b.define(is_object, value);
        let undefined = self.op0(Op::IsUndefined, &[value]);
        let (missing, given) = (self.b.block(), self.b.block());
        self.branch(undefined, missing, given);
        self.continue_in(missing);
        if !self.dead() {
            let this = self.checked_this();
            self.b.terminate(Terminator::Return(this));
        }
        self.continue_in(given);
        if !self.dead() {
            let result = self.intrinsic(NativeId::RequireObject, &[value]);
            self.b.terminate(Terminator::Return(result));
        }
        self.handler = handler;
        self.frames = frames;
    }

    /// Gives a value without a name in the source its place.
    pub(super) fn set_synthetic(&mut self, id: SyntheticId, value: Value) {
        self.synthetics.insert(id, value);
        if self.cx.scopes.synthetics[id.index()].1 && self.cx.scopes.shared_synthetics.contains(&id) {
            let global = self.cx.synthetic_global(id);
            self.effect(Op::StoreGlobal, &[value], Imm::Global(global));
        }
    }

    /// A value without a name in the source.
    pub(super) fn synthetic(&mut self, id: SyntheticId) -> Value {
        if let Some(value) = self.synthetics.get(&id).or_else(|| self.captured.get(&Captured::Synthetic(id)))
        {
            return *value;
        }
        let (owner, once) = self.cx.scopes.synthetics[id.index()];
        if once && owner != self.id {
            let global = self.cx.synthetic_global(id);
            return self.op(Op::LoadGlobal, &[], Imm::Global(global));
        }
        // The only one that nobody has put there.
        self.own_prototype()
    }

    fn synthetic_at(&mut self, offset: u32, span: Span) -> Value {
        match self.cx.scopes.synthetic_uses.get(&offset).copied() {
            Some(id) => self.synthetic(id),
            None => self.refuse(span, "this use of `super` or a private name"),
        }
    }

    /// `super.key`, and `this`, for calls.
    pub(super) fn super_member(&mut self, home: &Super, key: Key, offset: u32) -> (Value, Value) {
        let Reference::Super(home, key, this, offset) = self.super_reference(home, key, offset) else {
            unreachable!("it was just made")
        };
        self.at(offset);
        (self.intrinsic(NativeId::SuperGet, &[home, key, this]), this)
    }

    /// `super.key` as a place.
    pub(super) fn super_reference(&mut self, home: &Super, key: Key, offset: u32) -> Reference {
        let this = self.this_value(home.span.start);
        let home = self.synthetic_at(home.span.start, home.span);
        let key = match key {
            Key::Name(name) => self.constant(Const::Str(name)),
            Key::Value(key) => key,
        };
        Reference::Super(home, key, this, offset)
    }

    /// The value of a private name.
    pub(super) fn private_name(&mut self, name: &PrivateIdentifier<'_>) -> Value {
        self.synthetic_at(name.span.start, name.span)
    }

    /// `object.#name` with the object evaluated.
    pub(super) fn private_get(&mut self, object: Value, name: &PrivateIdentifier<'_>) -> Value {
        let offset = name.span.start;
        let name = self.private_name(name);
        self.at(offset);
        self.intrinsic(NativeId::PrivateGet, &[object, name])
    }

    /// `object.#name`
    pub(super) fn private_member(&mut self, member: &'a PrivateFieldExpression<'a>) -> Value {
        let object = self.chain_object(&member.object, member.optional);
        self.private_get(object, &member.field)
    }

    /// `#name in object`
    pub(super) fn private_in(&mut self, test: &'a PrivateInExpression<'a>) -> Value {
        let object = self.expr(&test.right);
        let name = self.private_name(&test.left);
        self.at(test.span.start);
        self.intrinsic(NativeId::PrivateHas, &[object, name])
    }
}
