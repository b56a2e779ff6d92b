//! Classes, private names and `super`.
//!
//! What the code of a class shares without a name in the source (private names, computed keys of fields, the objects whose
//! prototypes `super` means) are *synthetic values*: they belong to the function that evaluates the class or literal, and closures
//! capture them as they capture variables that do not change.
//!
//! Initialisers of fields are part of the constructor, those of static fields and static blocks part of one function that runs when
//! everything else of the class is there.
use super::walker::OuterValue;
use super::*;

/// A value that closures share and that has no name in the source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SyntheticId(pub u32);

impl SyntheticId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A class.
#[derive(Clone, Debug)]
pub struct ClassInfo {
    /// Its constructor.
    pub constructor: FuncId,
    /// What runs its static fields and blocks.
    pub static_initialiser: Option<FuncId>,
    /// Its prototype object.
    pub prototype: SyntheticId,
    /// The class itself.
    pub class: SyntheticId,
    /// Its private names, in order.
    pub private_names: Vec<(String, SyntheticId)>,
    /// Computed keys of fields, by the offset of the key.
    pub field_keys: HashMap<u32, SyntheticId>,
    /// The cell of the name that the class has inside, where the variable that a declaration makes is assigned to.
    pub inner_name: Option<SyntheticId>,
    /// Whether it has instance fields, private methods or private accessors.
    pub initialises: bool,
    /// The function that initialises instances, and the cell with its closure, if that is not done by the constructor: when
    /// `super(…)` stands in an arrow function.
    pub instance_initialiser: Option<(FuncId, SyntheticId)>,
}

impl Scopes {
    /// The function that initialises instances for a constructor, and the cell with its closure, if there is one.
    pub fn instance_initialiser(&self, constructor: FuncId) -> Option<(FuncId, SyntheticId)> {
        self.classes.values().find(|class| class.constructor == constructor)?.instance_initialiser
    }

    /// The class that starts at an offset.
    pub fn class_at(&self, offset: u32) -> &ClassInfo {
        &self.classes[&offset]
    }
}

impl Walker<'_> {
    fn synthetic(&mut self, owner: FuncId) -> SyntheticId {
        let once = self.runs_once(owner) && self.loops.is_empty() && !self.scopes.evaluated;
        self.scopes.synthetics.push((owner, once));
        SyntheticId(self.scopes.synthetics.len() as u32 - 1)
    }

    pub(super) fn use_synthetic(&mut self, id: SyntheticId) {
        let (owner, once) = self.scopes.synthetics[id.index()];
        if owner != self.current && once {
            self.scopes.shared_synthetics.insert(id);
        } else if owner != self.current {
            self.outer_values.push(OuterValue { user: self.current, owner, value: Captured::Synthetic(id) });
        }
    }

    /// Notes what `super` at an offset means.
    pub(super) fn use_home(&mut self, offset: u32) {
        let Some(home) = self.home else { return };
        let (owner, _) = self.scopes.synthetics[home.index()];
        if matches!(
            self.scopes.function(owner).kind,
            FunctionKind::Constructor | FunctionKind::DerivedConstructor
        ) {
            self.scopes.functions[owner.index()].uses_callee = true;
        }
        self.scopes.synthetic_uses.insert(offset, home);
        self.used_homes.insert(home);
        self.use_synthetic(home);
        // The receiver.
        self.use_outer_value(Captured::This);
    }

    /// Notes which private name an identifier means.
    pub(super) fn use_private_name(&mut self, name: &PrivateIdentifier<'_>) {
        let found = self.private_names.iter().rev().find_map(|names| names.get(name.name.as_str()).copied());
        // An undeclared one is an early error.
        if let Some(id) = found {
            self.scopes.synthetic_uses.insert(name.span.start, id);
            self.use_synthetic(id);
        }
    }

    /// Notes a call of the parent constructor, which is followed by the initialisation of the instance.
    pub(super) fn super_call(&mut self) {
        let owner = self.this_function();
        if let Some((_, cell)) = self.scopes.instance_initialiser(owner) {
            self.use_synthetic(cell);
        }
    }

    /// An object literal: `super` in its methods means its prototype.
    pub(super) fn object_literal<'a>(&mut self, it: &ObjectExpression<'a>) {
        let has_methods = it.properties.iter().any(|property| match property {
            ObjectPropertyKind::ObjectProperty(p) => p.method || p.kind != PropertyKind::Init,
            ObjectPropertyKind::SpreadProperty(_) => false,
        });
        if !has_methods {
            walk::walk_object_expression(self, it);
            return;
        }
        let home = self.synthetic(self.current);
        for property in &it.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property)
                    if property.method || property.kind != PropertyKind::Init =>
                {
                    let outer = self.home;
                    self.visit_property_key(&property.key);
                    self.home = Some(home);
                    self.next_kind = Some(match property.kind {
                        PropertyKind::Init => FunctionKind::Method,
                        _ => FunctionKind::Accessor,
                    });
                    self.visit_expression(&property.value);
                    self.next_kind = None;
                    self.home = outer;
                }
                other => self.visit_object_property_kind(other),
            }
        }
        if self.used_homes.contains(&home) {
            self.scopes.homes.insert(it.span.start, home);
        }
    }

    /// A class.
    pub(super) fn class<'a>(&mut self, it: &Class<'a>) {
        let end = it.body.span.end;
        let inner_name = self.inner_name(it);
        if let Some(heritage) = &it.heritage {
            self.visit_expression(&heritage.expression);
        }
        let owner = self.current;
        let mut names = Vec::new();
        for element in &it.body.body {
            if let Some(PropertyKey::PrivateIdentifier(name)) = key_of(element)
                && !names.iter().any(|(known, _): &(String, SyntheticId)| *known == name.name.as_str())
            {
                let id = self.synthetic(owner);
                names.push((name.name.to_string(), id));
            }
        }
        self.private_names.push(names.iter().cloned().collect());
        let mut field_keys = HashMap::new();
        for element in &it.body.body {
            if is_computed(element)
                && let Some(key) = key_of(element)
            {
                self.visit_property_key(key);
                if matches!(element, ClassElement::PropertyDefinition(_)) {
                    let id = self.synthetic(owner);
                    field_keys.insert(key.span().start, id);
                }
            }
        }
        let (prototype, class) = (self.synthetic(owner), self.synthetic(owner));
        let outer_home = self.home;
        if let Some(id) = &it.id {
            // Nothing but the constructor sees it before.
            self.declare(id, None, (end, 0));
            if let Some(symbol) = id.symbol_id.get() {
                if it.is_expression() {
                    self.symbol_mut(symbol).kind = BindingKind::Const;
                }
                self.candidates.insert(symbol, FuncId(self.scopes.functions.len() as u32));
            }
        }
        let constructor = FuncId(self.scopes.functions.len() as u32);
        let constructor_home = self.synthetic(constructor);
        let initialises = it.body.body.iter().any(|element| match element {
            ClassElement::PropertyDefinition(field) => !field.r#static,
            ClassElement::MethodDefinition(method) => {
                !method.r#static && matches!(method.key, PropertyKey::PrivateIdentifier(_))
            }
            _ => false,
        });
        let info = ClassInfo {
            constructor,
            static_initialiser: None,
            prototype,
            class,
            private_names: names,
            field_keys,
            inner_name,
            initialises,
            // The function comes after the constructor.
            instance_initialiser: (initialises && calls_super_indirectly(it))
                .then(|| (FuncId(u32::MAX), self.synthetic(owner))),
        };
        self.scopes.classes.insert(it.span.start, info);
        self.home = Some(constructor_home);
        self.constructor(it, (end, 1));
        if let Some((_, cell)) = self.scopes.class_at(it.span.start).instance_initialiser {
            self.home = Some(prototype);
            let id = self.instance_initialiser(it, (end, 1));
            let info = self.scopes.classes.get_mut(&it.span.start).expect("it was just put in");
            info.instance_initialiser = Some((id, cell));
        }
        for element in &it.body.body {
            if let ClassElement::MethodDefinition(method) = element
                && method.kind != MethodDefinitionKind::Constructor
            {
                if let PropertyKey::PrivateIdentifier(name) = &method.key {
                    self.use_private_name(name);
                }
                self.home = Some(if method.r#static { class } else { prototype });
                self.next_created = Some((end, 1));
                self.next_kind = Some(match method.kind {
                    MethodDefinitionKind::Get | MethodDefinitionKind::Set => FunctionKind::Accessor,
                    _ => FunctionKind::Method,
                });
                self.visit_function(&method.value, ScopeFlags::Function);
                self.next_kind = None;
                self.next_created = None;
            }
        }
        self.home = Some(class);
        let initialiser = self.static_initialiser(it, (end, 1));
        self.scopes.classes.get_mut(&it.span.start).expect("it was just put in").static_initialiser =
            initialiser;
        self.home = outer_home;
        self.private_names.pop();
        if inner_name.is_some() {
            self.inner_names.pop();
        }
    }

    /// Gives a class declaration a name of its own inside, which does not change when the variable does.
    fn inner_name(&mut self, it: &Class<'_>) -> Option<SyntheticId> {
        let symbol = it.id.as_ref().filter(|_| !it.is_expression())?.symbol_id.get()?;
        if !self.scoping.get_resolved_references(symbol).any(|reference| reference.is_write()) {
            return None;
        }
        let cell = self.synthetic(self.current);
        self.inner_names.push((symbol, cell));
        Some(cell)
    }

    fn constructor<'a>(&mut self, it: &Class<'a>, created: Moment) {
        let derived = it.heritage.is_some();
        let kind = if derived { FunctionKind::DerivedConstructor } else { FunctionKind::Constructor };
        let id = FuncId(self.scopes.functions.len() as u32);
        let explicit = explicit_constructor(it);
        match explicit {
            Some(function) => {
                let scope = function.scope_id.get().expect("the checker has made the scopes");
                let separate = self.scopes.class_at(it.span.start).instance_initialiser.is_some();
                self.enter_function(kind, scope, function.span, created, &function.params, |w| {
                    if !separate {
                        w.fields(it, id);
                    }
                    walk::walk_function(w, function, ScopeFlags::Function | ScopeFlags::Constructor);
                });
            }
            None => {
                self.enter_synthetic(kind, it.span, created, |w| w.fields(it, id));
                self.scopes.functions[id.index()].rest = derived;
            }
        }
        let initialises = self.scopes.class_at(it.span.start).initialises;
        let info = &mut self.scopes.functions[id.index()];
        info.has_properties = true;
        info.uses_new_target = true;
        if derived {
            info.uses_callee |= explicit.is_none();
        } else {
            info.uses_this |= initialises;
        }
        if private_methods(it) {
            self.scopes.functions[id.index()].uses_callee = true;
        }
    }

    /// The initialisers of a class's fields as a function of their own.
    fn instance_initialiser<'a>(&mut self, it: &Class<'a>, created: Moment) -> FuncId {
        let id = FuncId(self.scopes.functions.len() as u32);
        self.enter_synthetic(FunctionKind::Initialiser, it.body.span, created, |w| {
            w.fields(it, id);
            if private_methods(it) {
                let prototype = w.scopes.class_at(it.span.start).prototype;
                w.use_synthetic(prototype);
            }
        });
        self.scopes.functions[id.index()].uses_this = true;
        id
    }

    /// The initialisers of a class's fields, as part of its constructor or another function.
    fn fields<'a>(&mut self, it: &Class<'a>, constructor: FuncId) {
        for element in &it.body.body {
            let ClassElement::PropertyDefinition(field) = element else { continue };
            if field.r#static {
                continue;
            }
            self.field_key(it, field);
            if let Some(value) = &field.value {
                self.regions.push((value.span(), constructor));
                self.visit_expression(value);
            }
        }
    }

    /// Notes the use of a field's key that is not in the source of the initialiser.
    fn field_key<'a>(&mut self, class: &Class<'a>, field: &PropertyDefinition<'a>) {
        if let PropertyKey::PrivateIdentifier(name) = &field.key {
            self.use_private_name(name);
        } else if field.computed {
            let id = self.scopes.class_at(class.span.start).field_keys[&field.key.span().start];
            self.use_synthetic(id);
        }
    }

    fn static_initialiser<'a>(&mut self, it: &Class<'a>, created: Moment) -> Option<FuncId> {
        let is_static = |element: &ClassElement<'a>| match element {
            ClassElement::StaticBlock(_) => true,
            ClassElement::PropertyDefinition(field) => field.r#static,
            _ => false,
        };
        if !it.body.body.iter().any(is_static) {
            return None;
        }
        let id = FuncId(self.scopes.functions.len() as u32);
        self.enter_synthetic(FunctionKind::Initialiser, it.body.span, created, |w| {
            for element in &it.body.body {
                match element {
                    ClassElement::StaticBlock(block) => {
                        let scope = block.scope_id.get().expect("the checker has made the scopes");
                        w.scopes.by_scope.insert(scope, id);
                        w.regions.push((block.span, id));
                        w.in_block(block.span.start, |w| {
                            for statement in &block.body {
                                w.visit_statement(statement);
                            }
                        });
                    }
                    ClassElement::PropertyDefinition(field) if field.r#static => {
                        w.field_key(it, field);
                        if let Some(value) = &field.value {
                            w.regions.push((value.span(), id));
                            w.visit_expression(value);
                        }
                    }
                    _ => {}
                }
            }
        });
        self.scopes.functions[id.index()].uses_this = true;
        Some(id)
    }

    /// A function that has no node of its own.
    fn enter_synthetic(
        &mut self,
        kind: FunctionKind,
        span: Span,
        created: Moment,
        walk: impl FnOnce(&mut Self),
    ) {
        let id = FuncId(self.scopes.functions.len() as u32);
        let single = self.runs_once(self.current) && self.loops.is_empty();
        let script = &self.scopes.functions[0];
        let scope = script.scope;
        self.scopes.functions.push(FunctionInfo {
            single,
            ..FunctionInfo::new(kind, Some(self.current), created, span, scope)
        });
        let current = std::mem::replace(&mut self.current, id);
        let statement_depth = std::mem::replace(&mut self.statement_depth, 0);
        let declared_end = self.declared_end.take();
        walk(self);
        self.current = current;
        self.statement_depth = statement_depth;
        self.declared_end = declared_end;
    }
}

/// The key of an element of a class.
pub fn key_of<'c, 'a>(element: &'c ClassElement<'a>) -> Option<&'c PropertyKey<'a>> {
    match element {
        ClassElement::MethodDefinition(method) => Some(&method.key),
        ClassElement::PropertyDefinition(field) => Some(&field.key),
        _ => None,
    }
}

fn is_computed(element: &ClassElement<'_>) -> bool {
    match element {
        ClassElement::MethodDefinition(method) => method.computed,
        ClassElement::PropertyDefinition(field) => field.computed,
        _ => false,
    }
}

/// The constructor that a class states.
pub fn explicit_constructor<'c, 'a>(class: &'c Class<'a>) -> Option<&'c Function<'a>> {
    class.body.body.iter().find_map(|element| match element {
        ClassElement::MethodDefinition(method) if method.kind == MethodDefinitionKind::Constructor => {
            method.value.body.is_some().then_some(&*method.value)
        }
        _ => None,
    })
}

/// Whether instances get private methods or accessors.
pub fn private_methods(class: &Class<'_>) -> bool {
    class.body.body.iter().any(|element| match element {
        ClassElement::MethodDefinition(method) => {
            !method.r#static && matches!(method.key, PropertyKey::PrivateIdentifier(_))
        }
        _ => false,
    })
}

/// Whether `super(…)` stands in an arrow function of the class's constructor.
fn calls_super_indirectly(class: &Class<'_>) -> bool {
    /// Finds calls, and knows the depth of arrow functions around them.
    struct Finder {
        arrows: u32,
        found: bool,
    }

    impl<'a> Visit<'a> for Finder {
        fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
            self.arrows += 1;
            walk::walk_arrow_function_expression(self, it);
            self.arrows -= 1;
        }

        fn visit_super(&mut self, _: &Super) {
            // Other uses of `super` are counted, too: the class is then only a little larger than it need be.
            self.found |= self.arrows > 0;
        }

        // These have a `super` of their own.
        fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}
    }

    let mut finder = Finder { arrows: 0, found: false };
    if let Some(constructor) = explicit_constructor(class).filter(|_| class.heritage.is_some()) {
        walk::walk_function(&mut finder, constructor, ScopeFlags::Function);
    }
    finder.found
}
