//! Functions: signatures, parameters, bodies, closures.
use super::*;
use crate::scope::{BindingKind, Coroutine, FunctionKind, Storage};
use jerboa_ir::op::Terminator;
use jerboa_ir::{Function as IrFunction, FunctionFlags, Param, ParamKind, Signature, Type};
use oxc_syntax::scope::ScopeId;

impl<'a> Lowering<'a> {
    /// Adds all functions with their signatures, so that calls can be made before the callee is lowered.
    pub(super) fn declare_functions(&mut self) {
        for i in 0..self.scopes.functions.len() {
            let info = &self.scopes.functions[i];
            let mut params = Vec::new();
            let mut add = |kind| params.push(Param { kind, ty: Type::Val });
            if info.kind != FunctionKind::Script {
                if info.needs_callee {
                    add(ParamKind::Callee);
                }
                if info.uses_this && info.kind != FunctionKind::DerivedConstructor {
                    add(ParamKind::This);
                }
                for i in 0..info.params {
                    add(ParamKind::Arg(i));
                }
                if info.rest {
                    add(ParamKind::Rest(info.params));
                }
                if info.uses_arguments {
                    add(ParamKind::Arguments);
                }
                if info.uses_new_target {
                    add(ParamKind::NewTarget);
                }
            }
            let loc = self.loc(info.span.start);
            let mut function = IrFunction::new(None, Signature { params, result: Type::Val }, loc);
            function.length = info.length;
            function.captures = info.captures.len() as u32;
            function.flags = FunctionFlags {
                constructor: info.coroutine.is_none()
                    && matches!(
                        info.kind,
                        FunctionKind::Ordinary | FunctionKind::Constructor | FunctionKind::DerivedConstructor
                    ),
                generator: matches!(info.coroutine, Some(Coroutine::Generator | Coroutine::AsyncGenerator)),
                is_async: matches!(info.coroutine, Some(Coroutine::Async | Coroutine::AsyncGenerator)),
                class: matches!(info.kind, FunctionKind::Constructor | FunctionKind::DerivedConstructor),
                derived: info.kind == FunctionKind::DerivedConstructor,
                has_properties: info.has_properties,
                single: info.single,
            };
            self.module.functions.push(function);
        }
        self.queued = vec![false; self.module.functions.len()];
        self.module.entry = Some(FuncId(0));
    }

    /// Gives a body to the functions of code that can not be reached: nothing refers to them.
    pub(super) fn stub_unreached(&mut self) {
        for i in 0..self.queued.len() {
            if !self.queued[i] {
                let mut b = FunctionBuilder::new(self.module.functions[i].clone());
                b.terminate(Terminator::Unreachable);
                self.module.functions[i] = b.finish();
            }
        }
    }

    /// Lowers one function.
    pub(super) fn function(&mut self, id: FuncId, code: Code<'a>) {
        let function = self.module.function(id).clone();
        let mut lowering = FunctionLowering {
            b: FunctionBuilder::new(function),
            cx: self,
            id,
            variables: HashMap::new(),
            captured: HashMap::new(),
            callee: None,
            this: None,
            arguments: None,
            new_target: None,
            derived_this: None,
            synthetics: HashMap::new(),
            fields_of: None,
            handler: None,
            frames: Vec::new(),
            labels: Vec::new(),
            chains: Vec::new(),
            completion: None,
        };
        let args = lowering.take_parameters();
        if lowering.cx.scopes.sloppy_function == Some(id) {
            lowering.make_this_an_object();
        }
        match code {
            Code::Script(program) => {
                let scope = program.scope_id.get().expect("the checker has made the scopes");
                if lowering.cx.scopes.evaluated {
                    lowering.completion = Some(lowering.b.variable());
                    lowering.complete_with_directives(program);
                }
                lowering.declare_vars(scope);
                lowering.declare_vars_of_modules();
                lowering.enter_scope(scope, &program.body);
                lowering.statements(&program.body);
                if let Some(completion) = lowering.completion
                    && !lowering.dead()
                {
                    let value = lowering.b.read(completion);
                    lowering.finish_with(value);
                } else if lowering.cx.scopes.puts_off && !lowering.dead() {
                    lowering.intrinsic(NativeId::RunJobs, &[]);
                }
            }
            Code::Function(function) => {
                lowering.start_before_parameters();
                lowering.bind_parameters(&function.params, &args);
                lowering.start_after_parameters();
                if let Some(body) = &function.body {
                    lowering.body(function.scope_id.get(), body);
                }
            }
            Code::Constructor(class) => lowering.constructor(class, &args),
            Code::StaticInitialiser(class) => lowering.static_initialiser(class),
            Code::InstanceInitialiser(class) => lowering.instance_initialiser(class),
            Code::Arrow(arrow) => {
                lowering.start_before_parameters();
                lowering.bind_parameters(&arrow.params, &args);
                match &arrow.body {
                    ArrowFunctionBody::FunctionBody(body) => lowering.body(arrow.scope_id.get(), body),
                    body => {
                        let scope = arrow.scope_id.get().expect("the checker has made the scopes");
                        lowering.declare_vars(scope);
                        let value = lowering.expr(body.to_expression());
                        lowering.return_value(value);
                    }
                }
            }
        }
        if lowering.dead() {
            lowering.finish_dead();
        } else {
            let value = lowering.undefined();
            lowering.finish_with(value);
        }
        let function = lowering.b.finish();
        // The name was given where the closure is made.
        let slot = &mut self.module.functions[id.index()];
        *slot = IrFunction { name: slot.name, ..function };
        self.split_coroutine(id);
    }
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Sorts the entry block's parameters out; returns the positional ones, then the rest array.
    fn take_parameters(&mut self) -> Vec<Value> {
        let entry = self.b.function.block(IrFunction::ENTRY).params.clone();
        let kinds: Vec<_> = self.b.function.signature.params.iter().map(|p| p.kind).collect();
        let mut args = Vec::new();
        for (kind, value) in kinds.into_iter().zip(entry) {
            match kind {
                ParamKind::Callee => self.callee = Some(value),
                ParamKind::This => self.this = Some(value),
                ParamKind::Arg(_) | ParamKind::Rest(_) => args.push(value),
                ParamKind::Arguments => self.arguments = Some(value),
                ParamKind::NewTarget => self.new_target = Some(value),
            }
        }
        let captures = self.cx.scopes.function(self.id).captures.clone();
        for (i, captured) in captures.into_iter().enumerate() {
            let callee = self.callee.expect("a function with captures has its callee");
            let value = self.op(Op::LoadCapture, &[callee], Imm::Index(i as u32));
            self.captured.insert(captured, value);
        }
        args
    }

    /// `this` of sloppy code: the global object in the place of `undefined` and `null`, objects in the place of other
    /// primitive values.
    fn make_this_an_object(&mut self) {
        let Some(this) = self.this else { return };
        let result = self.b.variable();
        let (missing, there, end) = (self.b.block(), self.b.block(), self.b.block());
        let nullish = self.op0(Op::IsNullish, &[this]);
        self.branch(nullish, missing, there);
        self.continue_in(missing);
        let global = self.op0(Op::GlobalObject, &[]);
        self.b.define(result, global);
        self.jump(end);
        self.continue_in(there);
        let object = jerboa_abi::builtins::builtin_number("Object").expect("it is a global name");
        let object = self.op(Op::Builtin, &[], Imm::Builtin(object));
        let undefined = self.undefined();
        let object = self.op0(Op::Call, &[object, undefined, this]);
        self.b.define(result, object);
        self.jump(end);
        self.continue_in(end);
        self.this = Some(self.b.read(result));
    }

    pub(super) fn bind_parameters(&mut self, params: &'a FormalParameters<'a>, args: &[Value]) {
        let patterns =
            || params.items.iter().map(|p| &p.pattern).chain(params.rest.iter().map(|r| &r.rest.argument));
        for pattern in patterns() {
            for ident in pattern.get_binding_identifiers() {
                if let Some(symbol) = ident.symbol_id.get() {
                    self.declare_lexical(symbol);
                }
            }
        }
        for (param, value) in params.items.iter().zip(args) {
            let mut value = *value;
            if let Some(default) = &param.initializer {
                value = self.with_default(value, default, name_of_pattern(&param.pattern));
            }
            self.bind_pattern(&param.pattern, value, true);
        }
        if let (Some(rest), Some(value)) = (&params.rest, args.get(params.items.len())) {
            self.bind_pattern(&rest.rest.argument, *value, true);
        }
    }

    pub(super) fn body(&mut self, scope: Option<ScopeId>, body: &'a FunctionBody<'a>) {
        let scope = scope.expect("the checker has made the scopes");
        self.declare_vars(scope);
        self.enter_scope(scope, &body.statements);
        self.statements(&body.statements);
    }

    /// Bindings of a scope, in order of declaration.
    fn bindings(&self, scope: ScopeId) -> Vec<SymbolId> {
        let mut symbols: Vec<_> = self.cx.scoping.get_bindings(scope).values().copied().collect();
        symbols.sort_unstable();
        symbols
    }

    /// Makes the `var`s of a function.
    pub(super) fn declare_vars(&mut self, scope: ScopeId) {
        for id in self.bindings(scope) {
            let symbol = self.cx.scopes.symbol(id);
            if symbol.kind != BindingKind::Var {
                continue;
            }
            // Nothing can see a module variable before the end of the inert prefix.
            let first_seen_initialised = symbol.initialisers == 1
                && symbol.unconditional
                && self.cx.scopes.initialised_before_calls(id);
            match symbol.storage {
                Storage::Local | Storage::Callee => {}
                Storage::Cell => {
                    let undefined = self.undefined();
                    let cell = self.op0(Op::NewCell, &[undefined]);
                    let variable = self.variable(id);
                    self.b.define(variable, cell);
                }
                Storage::Global if first_seen_initialised => {}
                Storage::GlobalProperty if self.cx.scopes.evaluated => self.declare_global_property(id),
                // Other modules may have assigned to it before.
                Storage::Global if symbol.function != FuncId(0) => {}
                Storage::Global | Storage::GlobalProperty => {
                    let undefined = self.undefined();
                    self.store(id, undefined);
                }
            }
        }
    }

    /// Makes the `var` of evaluated code, which may be there already.
    fn declare_global_property(&mut self, id: SymbolId) {
        let name = self.intern(self.cx.scoping.symbol_name(id));
        let key = self.constant(Const::Str(name));
        let object = self.op0(Op::GlobalObject, &[]);
        let exists = self.op0(Op::In, &[key, object]);
        let (missing, end) = (self.b.block(), self.b.block());
        self.branch(exists, end, missing);
        self.continue_in(missing);
        let undefined = self.undefined();
        self.store(id, undefined);
        self.jump(end);
        self.continue_in(end);
    }

    /// Gives the `var`s of modules that run later, and that other modules may see before, their first value.
    fn declare_vars_of_modules(&mut self) {
        for module in self.cx.scopes.module_functions.clone() {
            for id in self.bindings(self.cx.scopes.function(module).scope) {
                let symbol = self.cx.scopes.symbol(id);
                if symbol.kind == BindingKind::Var && symbol.storage == Storage::Global {
                    let undefined = self.undefined();
                    self.store(id, undefined);
                }
            }
        }
    }

    /// Makes a block's `let`s, `const`s and functions.
    pub(super) fn enter_scope(&mut self, scope: ScopeId, body: &'a [Statement<'a>]) {
        for id in self.bindings(scope) {
            let kind = self.cx.scopes.symbol(id).kind;
            if matches!(kind, BindingKind::Let | BindingKind::Const | BindingKind::Function) {
                self.declare_lexical(id);
            }
        }
        self.function_declarations(body);
    }

    /// Creates the functions that a list of statements declares.
    pub(super) fn function_declarations(&mut self, body: &'a [Statement<'a>]) {
        for statement in body {
            if let Statement::FunctionDeclaration(function) = statement {
                self.function_declaration(function);
            }
        }
    }

    /// Makes a binding that starts without a value.
    pub(super) fn declare_lexical(&mut self, id: SymbolId) {
        let symbol = self.cx.scopes.symbol(id);
        // Functions of a block may capture each other before they are created.
        let visible = symbol.early || symbol.kind == BindingKind::Function;
        if !visible || !symbol.used {
            return;
        }
        match symbol.storage {
            Storage::Cell => {
                let empty = self.constant(Const::Empty);
                let cell = self.op0(Op::NewCell, &[empty]);
                let variable = self.variable(id);
                self.b.define(variable, cell);
            }
            Storage::Local if symbol.early => {
                let empty = self.constant(Const::Empty);
                let variable = self.variable(id);
                self.b.define(variable, empty);
            }
            // Module variables are born empty.
            _ => {}
        }
    }

    fn function_declaration(&mut self, function: &'a Function<'a>) {
        let Some(ident) = &function.id else { return };
        let (Some(symbol), Some(scope)) = (ident.symbol_id.get(), function.scope_id.get()) else { return };
        let id = self.cx.scopes.function_of(scope);
        self.cx.enqueue(id, Code::Function(function));
        self.name_function(id, display_name(ident.name.as_str()).as_bytes());
        let info = self.cx.scopes.symbol(symbol);
        if !info.used && info.known.is_some() {
            return;
        }
        self.at(function.span.start);
        let closure = self.closure(id);
        self.store(symbol, closure);
    }

    /// Gives a function its name; the first one stays.
    pub(super) fn name_function(&mut self, id: FuncId, name: &[u8]) {
        let name = self.cx.module.intern(name);
        self.cx.module.functions[id.index()].name.get_or_insert(name);
    }

    /// Lowers a function expression. `name` is what the context calls it, if it is anonymous.
    pub(super) fn function_expression(&mut self, function: &'a Function<'a>, name: Option<&[u8]>) -> Value {
        let scope = function.scope_id.get().expect("the checker has made the scopes");
        let id = self.cx.scopes.function_of(scope);
        self.cx.enqueue(id, Code::Function(function));
        if let Some(name) = function.id.as_ref().map(|id| display_name(id.name.as_str()).as_bytes()).or(name)
        {
            self.name_function(id, name);
        }
        self.at(function.span.start);
        self.closure(id)
    }

    /// Lowers an arrow function.
    pub(super) fn arrow_function(
        &mut self,
        arrow: &'a ArrowFunctionExpression<'a>,
        name: Option<&[u8]>,
    ) -> Value {
        let scope = arrow.scope_id.get().expect("the checker has made the scopes");
        let id = self.cx.scopes.function_of(scope);
        self.cx.enqueue(id, Code::Arrow(arrow));
        if let Some(name) = name {
            self.name_function(id, name);
        }
        self.at(arrow.span.start);
        self.closure(id)
    }

    /// The closure of a function over what it captures.
    pub(super) fn closure(&mut self, id: FuncId) -> Value {
        let captures = self.cx.scopes.function(id).captures.clone();
        let values: Vec<_> = captures.iter().map(|captured| self.captured_value(*captured)).collect();
        self.op(Op::Closure, &values, Imm::Func(id))
    }

    /// The value or cell that a closure made here captures.
    fn captured_value(&mut self, captured: Captured) -> Value {
        if let Some(value) = self.captured.get(&captured) {
            return *value;
        }
        let missing = "the analysis has asked for what closures capture";
        match captured {
            Captured::This => match self.derived_this {
                Some(DerivedThis::Cell(cell)) => cell,
                _ => self.this.expect(missing),
            },
            Captured::Constructor => self.callee.expect(missing),
            Captured::Synthetic(id) => self.synthetic(id),
            Captured::Arguments => self.arguments.expect(missing),
            Captured::NewTarget => self.new_target.expect(missing),
            Captured::Symbol(id) => {
                if self.is_running_closure(id) {
                    return self.callee.expect(missing);
                }
                let variable = self.variable(id);
                self.b.read(variable)
            }
        }
    }

    /// Whether the binding's value is the closure that is running.
    pub(super) fn is_running_closure(&self, id: SymbolId) -> bool {
        let symbol = self.cx.scopes.symbol(id);
        !symbol.top_level && symbol.known == Some(self.id)
    }

    /// Lowers an expression whose value gets a name if it is an anonymous function.
    pub(super) fn named(&mut self, expression: &'a Expression<'a>, name: Option<&[u8]>) -> Value {
        match expression {
            Expression::FunctionExpression(function) => self.function_expression(function, name),
            Expression::ArrowFunctionExpression(arrow) => self.arrow_function(arrow, name),
            Expression::ClassExpression(class) => self.class(class, name),
            _ => self.expr(expression),
        }
    }
}

/// The name that a function gets from the pattern it is assigned to.
pub(super) fn name_of_pattern<'p>(pattern: &'p BindingPattern<'_>) -> Option<&'p [u8]> {
    match pattern {
        BindingPattern::BindingIdentifier(ident) => Some(display_name(ident.name.as_str()).as_bytes()),
        _ => None,
    }
}
