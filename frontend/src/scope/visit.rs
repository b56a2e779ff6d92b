//! What the walk records at each kind of node.
use super::walker::Walker;
use super::*;

impl<'a> Visit<'a> for Walker<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        let scope = it.scope_id.get().expect("the checker has made the scopes");
        let kind = self.next_kind.take().unwrap_or(FunctionKind::Ordinary);
        let declaration = it.is_declaration();
        let created = if declaration {
            (self.block_start, it.span.start)
        } else {
            self.next_created.take().unwrap_or((it.span.start, 0))
        };
        let home = if kind == FunctionKind::Ordinary { self.home.take() } else { self.home };
        if declaration && let Some(id) = &it.id {
            self.declare(id, None, (self.block_start, it.span.start + 1));
            if let Some(symbol) = id.symbol_id.get() {
                // Several declarations of one name: the last one wins, so none is known.
                self.candidates.insert(symbol, FuncId(self.scopes.functions.len() as u32));
            }
        }
        let is_module = it.id.as_ref().is_some_and(|id| id.name.starts_with(MARK));
        let function = self.enter_function(kind, scope, it.span, created, &it.params, |w| {
            if is_module {
                w.scopes.module_functions.push(w.current);
            }
            walk::walk_function(w, it, flags);
        });
        self.home = home;
        self.suspending(function, it.generator, it.r#async);
        if !declaration && let Some(symbol) = it.id.as_ref().and_then(|id| id.symbol_id.get()) {
            let info = self.symbol_mut(symbol);
            if info.kind == BindingKind::FunctionName {
                info.initialised = (0, 0);
                info.known = Some(function);
            }
        }
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        let scope = it.scope_id.get().expect("the checker has made the scopes");
        let created = (it.span.start, 0);
        let function = self.enter_function(FunctionKind::Arrow, scope, it.span, created, &it.params, |w| {
            walk::walk_arrow_function_expression(w, it);
        });
        self.suspending(function, false, it.r#async);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        self.visit_property_key(&it.key);
        self.next_kind = match it.kind {
            PropertyKind::Init if it.method => Some(FunctionKind::Method),
            PropertyKind::Init => None,
            PropertyKind::Get | PropertyKind::Set => Some(FunctionKind::Accessor),
        };
        if !matches!(it.value, Expression::FunctionExpression(_)) {
            self.next_kind = None;
        }
        self.visit_expression(&it.value);
        self.next_kind = None;
    }

    fn visit_object_expression(&mut self, it: &ObjectExpression<'a>) {
        self.object_literal(it);
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        self.class(it);
    }

    fn visit_super(&mut self, it: &Super) {
        self.use_home(it.span.start);
    }

    fn visit_private_identifier(&mut self, it: &PrivateIdentifier<'a>) {
        self.use_private_name(it);
    }

    fn visit_statement(&mut self, it: &Statement<'a>) {
        self.statement_depth += 1;
        walk::walk_statement(self, it);
        self.statement_depth -= 1;
    }

    fn visit_block_statement(&mut self, it: &BlockStatement<'a>) {
        self.in_block(it.span.start, |w| walk::walk_block_statement(w, it));
    }

    fn visit_switch_statement(&mut self, it: &SwitchStatement<'a>) {
        self.switch_scopes.extend(it.scope_id.get());
        self.visit_expression(&it.discriminant);
        self.in_block(it.discriminant.span().end, |w| {
            for case in &it.cases {
                w.visit_switch_case(case);
            }
        });
    }

    fn visit_while_statement(&mut self, it: &WhileStatement<'a>) {
        self.in_loop(it.span, |w| walk::walk_while_statement(w, it));
    }

    fn visit_do_while_statement(&mut self, it: &DoWhileStatement<'a>) {
        self.in_loop(it.span, |w| walk::walk_do_while_statement(w, it));
    }

    fn visit_for_statement(&mut self, it: &ForStatement<'a>) {
        // The initialisation runs once, but its variables belong to the loop.
        if let Some(init) = &it.init {
            self.visit_for_statement_init(init);
        }
        self.in_loop(it.span, |w| {
            // What follows the initialisation is not at the function's top level any more.
            w.statement_depth += 1;
            if let Some(test) = &it.test {
                w.visit_expression(test);
            }
            if let Some(update) = &it.update {
                w.visit_expression(update);
            }
            w.visit_statement(&it.body);
            w.statement_depth -= 1;
        });
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        self.in_loop(it.span, |w| w.for_each(&it.left, &it.right, &it.body));
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.in_loop(it.span, |w| w.for_each(&it.left, &it.right, &it.body));
    }

    fn visit_variable_declaration(&mut self, it: &VariableDeclaration<'a>) {
        let outer = std::mem::replace(&mut self.declaration_kind, it.kind);
        walk::walk_variable_declaration(self, it);
        self.declaration_kind = outer;
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        let kind = self.declaration_kind;
        let assigned_by_loop = self.declared_end;
        let end = assigned_by_loop.unwrap_or(it.span.end);
        if it.init.is_some() || assigned_by_loop.is_some() || !kind.is_var() {
            self.declare_pattern(&it.id, None, (end, 0));
        }
        if kind.is_var() {
            for ident in it.id.get_binding_identifiers() {
                let Some(id) = ident.symbol_id.get() else { continue };
                let conflict = match self.scopes.symbol(id).kind {
                    BindingKind::Catch => true,
                    BindingKind::Param => self.scopes.function(self.current).closure_in_params,
                    _ => false,
                };
                if conflict {
                    self.scopes.var_conflicts.push((id, ident.span));
                }
            }
        }
        if let BindingPattern::BindingIdentifier(ident) = &it.id
            && let Some(symbol) = ident.symbol_id.get()
        {
            match &it.init {
                Some(Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_)) => {
                    self.candidates.insert(symbol, FuncId(self.scopes.functions.len() as u32));
                }
                Some(init) if kind.is_const() => {
                    if let Some(literal) = Literal::of(init) {
                        self.literals.insert(symbol, literal);
                    }
                }
                _ => {}
            }
        }
        let outer = self.declared_end.take();
        walk::walk_variable_declarator(self, it);
        self.declared_end = outer;
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        if let Some(param) = &it.param {
            self.declare_pattern(&param.pattern, None, (param.span.end, 0));
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        if let AssignmentTarget::StaticMemberExpression(member) = &it.left {
            self.note_properties(&member.object, member.property.name.as_str());
        }
        self.with_write_end(it.span.end, |w| w.visit_assignment_target(&it.left));
        self.visit_expression(&it.right);
    }

    fn visit_update_expression(&mut self, it: &UpdateExpression<'a>) {
        self.with_write_end(it.span.end, |w| walk::walk_update_expression(w, it));
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        if it.operator == BinaryOperator::Instanceof {
            self.harmless_function = Some(it.right.span().start);
        }
        walk::walk_binary_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.evaluates |= EVALUATING.contains(&it.value.as_str());
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.evaluates |= EVALUATING.contains(&it.property.name.as_str());
        self.evaluates |= it.property.name == "constructor" && is_special_function(&it.object);
        if it.property.name == "prototype" {
            self.harmless_function = Some(it.object.span().start);
            self.note_constructor(&it.object);
        } else if it.property.name == "getOwnPropertySymbols" {
            self.scopes.custom_iterators = true;
        } else if PUTTING_OFF.contains(&it.property.name.as_str()) {
            self.scopes.puts_off = true;
        }
        walk::walk_static_member_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.note_constructor(&it.callee);
        walk::walk_new_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if matches!(it.callee, Expression::Super(_)) {
            self.use_outer_value(Captured::This);
            self.use_outer_value(Captured::NewTarget);
            self.use_outer_value(Captured::Constructor);
            self.super_call();
            for argument in &it.arguments {
                self.visit_argument(argument);
            }
            return;
        }
        if self.scopes.is_global_object_idiom(self.scoping, it) {
            self.uses_global_object();
            return;
        }
        if let Expression::Identifier(ident) = &it.callee
            && !it.optional
            && !it.arguments.iter().any(Argument::is_spread)
        {
            self.callee = Some(ident.span.start);
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        self.use_outer_value(Captured::This);
    }

    fn visit_new_target(&mut self, _: &NewTarget) {
        self.use_outer_value(Captured::NewTarget);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        let Some(reference) = it.reference_id.get().map(|id| self.scoping.get_reference(id)) else { return };
        let callee = self.callee.take() == Some(it.span.start);
        self.evaluates |= FUNCTION_CONSTRUCTORS.contains(&display_name(it.name.as_str()));
        let Some(symbol) = self.scopes.resolve(self.scoping, it) else {
            let name = display_name(it.name.as_str());
            if name == "arguments" && it.name.contains(MARK) {
                return;
            }
            if name == "arguments" && self.scopes.function(self.this_function()).kind != FunctionKind::Script
            {
                self.use_outer_value(Captured::Arguments);
            } else if name == "globalThis" {
                self.uses_global_object();
            } else if EVALUATING.contains(&name) {
                self.evaluates |= self.harmless_function != Some(it.span.start);
            } else if name == "Symbol" {
                self.scopes.custom_iterators = true;
            } else if PUTTING_OFF.contains(&name) {
                self.scopes.puts_off = true;
            } else if reference.is_write() && GLOBALS.iter().any(|g| g.name == name && g.writable) {
                self.scopes.assigned_builtins.insert(name.to_string());
            }
            return;
        };
        if let Some((_, cell)) = self.inner_names.iter().find(|(name, _)| *name == symbol).copied() {
            self.scopes.synthetic_uses.insert(it.span.start, cell);
            self.use_synthetic(cell);
            return;
        }
        let constant =
            matches!(self.scopes.symbol(symbol).kind, BindingKind::Const | BindingKind::FunctionName);
        if reference.is_write() && !constant {
            let settled = (self.settled_end(symbol, self.write_end), 0);
            let info = self.symbol_mut(symbol);
            info.assignments += 1;
            info.settled = info.settled.max(settled);
        }
        self.uses.push(Use {
            symbol,
            function: self.current,
            offset: it.span.start,
            callee,
            write: reference.is_write(),
        });
    }
}

impl Walker<'_> {
    fn for_each<'a>(&mut self, left: &ForStatementLeft<'a>, right: &Expression<'a>, body: &Statement<'a>) {
        self.declared_end = Some(right.span().end);
        self.statement_depth += 1;
        self.with_write_end(right.span().end, |w| w.visit_for_statement_left(left));
        self.declared_end = None;
        self.visit_expression(right);
        self.visit_statement(body);
        self.statement_depth -= 1;
    }
}

/// Whether an expression is an asynchronous function or a generator function.
fn is_special_function(expression: &Expression<'_>) -> bool {
    match expression.without_parentheses() {
        Expression::FunctionExpression(function) => function.r#async || function.generator,
        Expression::ArrowFunctionExpression(arrow) => arrow.r#async,
        _ => false,
    }
}
