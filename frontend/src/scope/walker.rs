//! The state of the walk that records what each function and binding needs, and what its steps have in common.
use super::*;

/// A loop that the walk is in.
pub(super) struct Loop {
    pub(super) span: Span,
    pub(super) function: FuncId,
}

/// A value other than a variable that a function wants of one around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct OuterValue {
    pub(super) user: FuncId,
    pub(super) owner: FuncId,
    pub(super) value: Captured,
}

pub(super) struct Walker<'s> {
    pub(super) scoping: &'s Scoping,
    pub(super) scopes: Scopes,
    pub(super) uses: Vec<Use>,
    /// Functions and what they want of a function around them.
    pub(super) outer_values: Vec<OuterValue>,
    pub(super) current: FuncId,
    pub(super) loops: Vec<Loop>,
    /// When an assignment to the targets being visited has happened.
    pub(super) write_end: u32,
    /// When the declarators being visited have initialised their variables.
    pub(super) declared_end: Option<u32>,
    /// Start of the innermost block that hoists function declarations.
    pub(super) block_start: u32,
    /// Depth of statements in the current function's body.
    pub(super) statement_depth: u32,
    pub(super) declaration_kind: VariableDeclarationKind,
    /// When the function expression that comes next is created, if not where it stands.
    pub(super) next_created: Option<Moment>,
    /// Kind of the function expression that comes next, if it is not an ordinary one.
    pub(super) next_kind: Option<FunctionKind>,
    pub(super) switch_scopes: HashSet<ScopeId>,
    /// The reference that is the callee of a call.
    pub(super) callee: Option<u32>,
    pub(super) candidates: HashMap<SymbolId, FuncId>,
    pub(super) literals: HashMap<SymbolId, Literal>,
    pub(super) with_properties: HashSet<SymbolId>,
    /// Source ranges that belong to a function although they do not stand in it: initialisers of fields, and the function.
    pub(super) regions: Vec<(Span, FuncId)>,
    /// Private names of the classes around.
    pub(super) private_names: Vec<HashMap<String, SyntheticId>>,
    /// The object whose prototype `super` means here.
    pub(super) home: Option<SyntheticId>,
    /// Names of the classes around that mean something else inside.
    pub(super) inner_names: Vec<(SymbolId, SyntheticId)>,
    pub(super) used_homes: HashSet<SyntheticId>,
    /// Whether the program mentions something that compiles code.
    pub(super) evaluates: bool,
    /// Start of a mention of `Function` that does not compile any.
    pub(super) harmless_function: Option<u32>,
}

impl<'s> Walker<'s> {
    pub(super) fn new(program: &Program<'_>, scoping: &'s Scoping) -> Walker<'s> {
        let scope = program.scope_id.get().expect("the checker has made the scopes");
        let script = FunctionInfo {
            params_span: Span::new(0, 0),
            single: true,
            ..FunctionInfo::new(FunctionKind::Script, None, (0, 0), program.span, scope)
        };
        let scopes = Scopes {
            functions: vec![script],
            symbols: Vec::new(),
            by_scope: HashMap::from([(scope, FuncId(0))]),
            global_object: false,
            publishes: false,
            evaluated: false,
            sloppy_function: None,
            open_world: false,
            assigned_builtins: HashSet::new(),
            inert_until: inert_prefix(program),
            classes: HashMap::new(),
            synthetics: Vec::new(),
            shared_synthetics: HashSet::new(),
            synthetic_uses: HashMap::new(),
            homes: HashMap::new(),
            puts_off: false,
            custom_iterators: false,
            var_conflicts: Vec::new(),
            linked: linked_names(scoping),
            module_functions: Vec::new(),
        };
        let mut walker = Walker {
            scoping,
            scopes,
            uses: Vec::new(),
            outer_values: Vec::new(),
            current: FuncId(0),
            loops: Vec::new(),
            write_end: 0,
            declared_end: None,
            block_start: 0,
            statement_depth: 0,
            declaration_kind: VariableDeclarationKind::Var,
            next_kind: None,
            next_created: None,
            switch_scopes: HashSet::new(),
            callee: None,
            candidates: HashMap::new(),
            literals: HashMap::new(),
            with_properties: HashSet::new(),
            regions: Vec::new(),
            private_names: Vec::new(),
            home: None,
            inner_names: Vec::new(),
            used_homes: HashSet::new(),
            evaluates: false,
            harmless_function: None,
        };
        walker.scopes.symbols = scoping.symbol_ids().map(|id| Some(walker.new_symbol(id))).collect();
        walker
    }

    pub(super) fn new_symbol(&self, id: SymbolId) -> SymbolInfo {
        let flags = self.scoping.symbol_flags(id);
        let redeclared = !self.scoping.symbol_redeclarations(id).is_empty();
        let kind = if flags.contains(SymbolFlags::CatchVariable) {
            if flags.contains(SymbolFlags::BlockScopedVariable) {
                BindingKind::Let
            } else {
                BindingKind::Catch
            }
        } else if flags.contains(SymbolFlags::ConstVariable) {
            BindingKind::Const
        } else if flags.intersects(SymbolFlags::BlockScopedVariable | SymbolFlags::Class) {
            BindingKind::Let
        } else if flags.contains(SymbolFlags::FunctionExpression) && !redeclared {
            BindingKind::FunctionName
        } else if flags.contains(SymbolFlags::FunctionScopedVariable) {
            BindingKind::Var
        } else if flags.contains(SymbolFlags::Function) {
            BindingKind::Function
        } else {
            BindingKind::Var
        };
        SymbolInfo {
            // Set when the walk meets the declaration.
            function: FuncId(0),
            kind,
            initialised: (u32::MAX, 0),
            settled: (0, 0),
            assignments: 0,
            initialisers: 0,
            unconditional: false,
            in_switch: false,
            top_level: false,
            known: None,
            constant: None,
            used: false,
            early: false,
            storage: Storage::Local,
        }
    }

    pub(super) fn symbol_mut(&mut self, id: SymbolId) -> &mut SymbolInfo {
        self.scopes.symbols[id.index()].as_mut().expect("every symbol has its entry")
    }

    /// The end of the outermost loop around the current place that does not contain the binding's scope.
    pub(super) fn settled_end(&self, id: SymbolId, end: u32) -> u32 {
        let kind = self.scopes.symbol(id).kind;
        let block_scoped = matches!(kind, BindingKind::Let | BindingKind::Const | BindingKind::Catch)
            || (kind == BindingKind::Function);
        let declared = self.scoping.symbol_span(id).start;
        self.loops
            .iter()
            .filter(|l| l.function == self.current)
            .find(|l| !(block_scoped && l.span.start <= declared && declared < l.span.end))
            .map_or(end, |l| l.span.end.max(end))
    }

    pub(super) fn declare(
        &mut self,
        ident: &BindingIdentifier<'_>,
        kind: Option<BindingKind>,
        moment: Moment,
    ) {
        let Some(id) = ident.symbol_id.get() else { return };
        let settled = (self.settled_end(id, moment.0), moment.1);
        let unconditional = self.statement_depth <= 1;
        let redeclares = ident.span.start != self.scoping.symbol_span(id).start;
        let symbol = self.symbol_mut(id);
        if let Some(kind) = kind
            && symbol.kind == BindingKind::Var
        {
            symbol.kind = kind;
        } else if kind.is_none()
            && matches!(symbol.kind, BindingKind::Param | BindingKind::Catch)
            && redeclares
        {
            symbol.assignments += 1;
            symbol.settled = symbol.settled.max(settled);
            return;
        }
        symbol.initialisers += 1;
        symbol.initialised = if symbol.initialisers == 1 { moment } else { symbol.initialised.max(moment) };
        symbol.settled = symbol.settled.max(settled);
        symbol.unconditional = unconditional;
    }

    pub(super) fn declare_pattern(
        &mut self,
        pattern: &BindingPattern<'_>,
        kind: Option<BindingKind>,
        moment: Moment,
    ) {
        for ident in pattern.get_binding_identifiers() {
            self.declare(ident, kind, moment);
        }
    }

    /// Notes how a function suspends.
    pub(super) fn suspending(&mut self, function: FuncId, generator: bool, is_async: bool) {
        let info = &mut self.scopes.functions[function.index()];
        info.coroutine = match (generator, is_async) {
            (true, true) => Some(Coroutine::AsyncGenerator),
            (true, false) => Some(Coroutine::Generator),
            (false, true) => Some(Coroutine::Async),
            (false, false) => return,
        };
        info.uses_callee = true;
        self.scopes.custom_iterators |= generator;
        self.scopes.puts_off |= is_async;
    }

    /// Whether a function's body runs at most once: the script's and those of modules.
    pub(super) fn runs_once(&self, function: FuncId) -> bool {
        function == FuncId(0) || self.scopes.module_functions.contains(&function)
    }

    /// The nearest function with its own `this`.
    pub(super) fn this_function(&self) -> FuncId {
        let mut id = self.current;
        while self.scopes.function(id).kind == FunctionKind::Arrow {
            id = self.scopes.function(id).parent.expect("the script is no arrow function");
        }
        id
    }

    /// Notes the use of `this` and the like.
    pub(super) fn use_outer_value(&mut self, value: Captured) {
        let owner = self.this_function();
        let info = &mut self.scopes.functions[owner.index()];
        match value {
            Captured::This => info.uses_this = true,
            Captured::Arguments => info.uses_arguments = true,
            Captured::NewTarget => info.uses_new_target = true,
            Captured::Constructor => info.uses_callee = true,
            Captured::Symbol(_) | Captured::Synthetic(_) => {}
        }
        if info.kind == FunctionKind::Script {
            if value == Captured::This {
                self.uses_global_object();
            }
        } else if owner != self.current {
            if value == Captured::This {
                self.scopes.functions[owner.index()].this_captured = true;
            }
            self.outer_values.push(OuterValue { user: self.current, owner, value });
        }
    }

    pub(super) fn uses_global_object(&mut self) {
        self.scopes.global_object = true;
        self.scopes.publishes = true;
        self.scopes.custom_iterators = true;
    }

    /// Walks a function; `walk` visits its children.
    pub(super) fn enter_function(
        &mut self,
        kind: FunctionKind,
        scope: ScopeId,
        span: Span,
        created: Moment,
        params: &FormalParameters<'_>,
        walk: impl FnOnce(&mut Self),
    ) -> FuncId {
        let id = FuncId(self.scopes.functions.len() as u32);
        let single = self.runs_once(self.current) && self.loops.is_empty();
        let parent = &mut self.scopes.functions[self.current.index()];
        parent.closure_in_params |=
            parent.params_span.start <= span.start && span.end <= parent.params_span.end;
        let length =
            params.items.iter().take_while(|p| p.initializer.is_none() && !p.pattern.is_assignment_pattern());
        self.scopes.functions.push(FunctionInfo {
            params_span: params.span,
            params: params.items.len() as u32,
            length: length.count() as u32,
            rest: params.rest.is_some(),
            single,
            ..FunctionInfo::new(kind, Some(self.current), created, span, scope)
        });
        self.scopes.by_scope.insert(scope, id);
        let current = std::mem::replace(&mut self.current, id);
        let block_start = std::mem::replace(&mut self.block_start, span.start);
        let statement_depth = std::mem::replace(&mut self.statement_depth, 0);
        let declared_end = self.declared_end.take();
        // In a list of plain names all have their values at entry; else each gets its own in turn.
        let simple =
            params.items.iter().all(|p| p.initializer.is_none() && p.pattern.is_binding_identifier());
        for param in &params.items {
            let end = if simple { span.start } else { param.span.end };
            self.declare_pattern(&param.pattern, Some(BindingKind::Param), (end, 0));
        }
        if let Some(rest) = &params.rest {
            let simple = simple && rest.rest.argument.is_binding_identifier();
            let end = if simple { span.start } else { rest.span.end };
            self.declare_pattern(&rest.rest.argument, Some(BindingKind::Param), (end, 0));
        }
        walk(self);
        self.current = current;
        self.block_start = block_start;
        self.statement_depth = statement_depth;
        self.declared_end = declared_end;
        id
    }

    pub(super) fn in_loop(&mut self, span: Span, walk: impl FnOnce(&mut Self)) {
        self.loops.push(Loop { span, function: self.current });
        walk(self);
        self.loops.pop();
    }

    pub(super) fn in_block(&mut self, start: u32, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.block_start, start);
        walk(self);
        self.block_start = outer;
    }

    /// Notes that the object of a member expression is used as a constructor or gets properties.
    pub(super) fn note_properties(&mut self, object: &Expression<'_>, name: &str) {
        if matches!(name, "call" | "apply" | "bind" | "length" | "name" | "toString") {
            return;
        }
        self.note_constructor(object);
    }

    pub(super) fn note_constructor(&mut self, object: &Expression<'_>) {
        if let Expression::Identifier(ident) = object
            && let Some(symbol) = self.scopes.resolve(self.scoping, ident)
        {
            self.with_properties.insert(symbol);
        }
    }

    pub(super) fn with_write_end<R>(&mut self, end: u32, walk: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.write_end, end);
        let result = walk(self);
        self.write_end = outer;
        result
    }
}

/// End of the top-level statements that can not call any function of the program.
fn inert_prefix(program: &Program<'_>) -> u32 {
    let mut end = 0;
    for statement in &program.body {
        match statement {
            Statement::FunctionDeclaration(_) | Statement::EmptyStatement(_) => {}
            Statement::VariableDeclaration(declaration) => {
                for declarator in &declaration.declarations {
                    if !declarator.id.is_binding_identifier()
                        || !declarator.init.as_ref().is_none_or(is_inert)
                    {
                        return end;
                    }
                    end = declarator.span.end;
                }
            }
            _ => return end,
        }
        end = statement.span().end;
    }
    end
}

/// Whether evaluating the expression runs no function of the program.
fn is_inert(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_) => true,
        Expression::ArrayExpression(array) => {
            array.elements.iter().all(|e| e.is_elision() || e.as_expression().is_some_and(is_inert))
        }
        Expression::ObjectExpression(object) => object.properties.iter().all(|p| match p {
            ObjectPropertyKind::ObjectProperty(p) => !p.computed && is_inert(&p.value),
            ObjectPropertyKind::SpreadProperty(_) => false,
        }),
        // What the linker puts first makes objects, and nothing else.
        Expression::CallExpression(call) => {
            matches!(&call.callee, Expression::Identifier(callee) if callee.name.starts_with('%'))
                && call.arguments.iter().all(|a| a.as_expression().is_some_and(is_inert))
        }
        other => Literal::of(other).is_some(),
    }
}

/// The bindings of modules, by what says which they are.
fn linked_names(scoping: &Scoping) -> HashMap<String, SymbolId> {
    scoping
        .symbol_ids()
        .filter_map(|id| {
            let (_, key) = scoping.symbol_name(id).split_once(MARK)?;
            Some((key.to_string(), id))
        })
        .collect()
}
