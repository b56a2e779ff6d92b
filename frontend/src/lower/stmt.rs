//! Statements other than loops and `try`.
use super::function::name_of_pattern;
use super::*;
use crate::literal::string_bytes;
use crate::scope::BindingKind;
use oxc_span::GetSpan;

impl<'a> FunctionLowering<'_, 'a> {
    /// Lowers a list of statements up to the first that can not be reached.
    pub(super) fn statements(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            if self.dead() {
                return;
            }
            self.statement(statement);
        }
    }

    /// Lowers a statement.
    pub(super) fn statement(&mut self, statement: &'a Statement<'a>) {
        if self.dead() {
            return;
        }
        let labels = std::mem::take(&mut self.labels);
        if has_completion(statement) {
            self.complete_empty();
        }
        match statement {
            Statement::ExpressionStatement(statement) => match self.completion {
                Some(completion) => {
                    let value = self.expr(&statement.expression);
                    self.b.define(completion, value);
                }
                None => self.effect_of(&statement.expression),
            },
            Statement::VariableDeclaration(declaration) => self.variable_declaration(declaration),
            // Made when the block was entered.
            Statement::FunctionDeclaration(_)
            | Statement::EmptyStatement(_)
            | Statement::DebuggerStatement(_) => {}
            Statement::ClassDeclaration(class) => {
                self.class(class, None);
            }
            Statement::BlockStatement(block) => self.block(block),
            Statement::IfStatement(statement) => self.if_statement(statement),
            Statement::WhileStatement(statement) => self.while_statement(statement, labels),
            Statement::DoWhileStatement(statement) => self.do_while_statement(statement, labels),
            Statement::ForStatement(statement) => self.for_statement(statement, labels),
            Statement::ForInStatement(statement) => self.for_in_statement(statement, labels),
            Statement::ForOfStatement(statement) => self.for_of_statement(statement, labels),
            Statement::SwitchStatement(statement) => self.switch_statement(statement, labels),
            Statement::LabeledStatement(statement) => self.labelled(statement, labels),
            Statement::BreakStatement(statement) => {
                self.at(statement.span.start);
                self.break_to(statement.label.as_ref().map(|l| l.name.as_str()));
            }
            Statement::ContinueStatement(statement) => {
                self.at(statement.span.start);
                self.continue_to(statement.label.as_ref().map(|l| l.name.as_str()));
            }
            Statement::ReturnStatement(statement) => {
                let mut value = match &statement.argument {
                    Some(argument) => self.expr(argument),
                    None => self.undefined(),
                };
                self.at(statement.span.start);
                if statement.argument.is_some() && self.is_async_generator() {
                    value = self.await_value(value);
                }
                self.return_value(value);
            }
            Statement::ThrowStatement(statement) => {
                let value = self.expr(&statement.argument);
                self.at(statement.span.start);
                self.throw_value(value);
            }
            Statement::TryStatement(statement) => self.try_statement(statement),
            other => {
                self.refuse(other.span(), "this statement");
            }
        }
    }

    /// Makes `undefined` the value that the code has if it ends here.
    pub(super) fn complete_empty(&mut self) {
        if let Some(completion) = self.completion {
            let undefined = self.undefined();
            self.b.define(completion, undefined);
        }
    }

    /// Makes the last directive that the user has written the value that the code has if it ends here.
    pub(super) fn complete_with_directives(&mut self, program: &'a Program<'a>) {
        self.complete_empty();
        // The first one is ours.
        if let (Some(directive), Some(completion)) =
            (program.directives.iter().skip(1).last(), self.completion)
        {
            let value = self.literal(&Literal::Str(string_bytes(&directive.expression)));
            self.b.define(completion, value);
        }
    }

    /// Lowers a block with its scope.
    pub(super) fn block(&mut self, block: &'a BlockStatement<'a>) {
        if let Some(scope) = block.scope_id.get() {
            self.enter_scope(scope, &block.body);
        }
        self.statements(&block.body);
    }

    /// Lowers a declaration of variables.
    pub(super) fn variable_declaration(&mut self, declaration: &'a VariableDeclaration<'a>) {
        for declarator in &declaration.declarations {
            self.declarator(declarator, declaration.kind);
        }
    }

    fn declarator(&mut self, declarator: &'a VariableDeclarator<'a>, kind: VariableDeclarationKind) {
        let first = !kind.is_var();
        let Some(init) = &declarator.init else {
            if first
                && let BindingPattern::BindingIdentifier(ident) = &declarator.id
                && let Some(symbol) = ident.symbol_id.get()
            {
                let undefined = self.undefined();
                self.initialise(symbol, undefined);
            }
            return;
        };
        if let BindingPattern::BindingIdentifier(ident) = &declarator.id
            && let Some(symbol) = ident.symbol_id.get()
            && self.is_never_read(symbol)
        {
            // Every use names the function or the constant itself.
            match init {
                Expression::FunctionExpression(function) => {
                    let scope = function.scope_id.get().expect("the checker has made the scopes");
                    let id = self.cx.scopes.function_of(scope);
                    self.cx.enqueue(id, Code::Function(function));
                    let name = function.id.as_ref().map_or(ident.name.as_str(), |id| id.name.as_str());
                    self.name_function(id, display_name(name).as_bytes());
                    return;
                }
                Expression::ArrowFunctionExpression(arrow) => {
                    let scope = arrow.scope_id.get().expect("the checker has made the scopes");
                    let id = self.cx.scopes.function_of(scope);
                    self.cx.enqueue(id, Code::Arrow(arrow));
                    self.name_function(id, display_name(ident.name.as_str()).as_bytes());
                    return;
                }
                _ if Literal::of(init).is_some() => return,
                _ => {}
            }
        }
        let value = self.named(init, name_of_pattern(&declarator.id));
        self.at(declarator.span.start);
        self.bind_pattern(&declarator.id, value, first);
    }

    /// Whether a binding's value is known and no use needs the variable.
    fn is_never_read(&self, symbol: SymbolId) -> bool {
        let info = self.cx.scopes.symbol(symbol);
        !info.used && (info.known.is_some() || info.constant.is_some())
    }

    fn if_statement(&mut self, statement: &'a IfStatement<'a>) {
        let (then, end) = (self.b.block(), self.b.block());
        let otherwise = if statement.alternate.is_some() { self.b.block() } else { end };
        self.branch_on(&statement.test, then, otherwise);
        self.continue_in(then);
        self.statement(&statement.consequent);
        self.jump(end);
        if let Some(alternate) = &statement.alternate {
            self.continue_in(otherwise);
            self.statement(alternate);
            self.jump(end);
        }
        self.continue_in(end);
    }

    fn labelled(&mut self, statement: &'a LabeledStatement<'a>, mut labels: Vec<&'a str>) {
        labels.push(statement.label.name.as_str());
        if statement.body.is_iteration_statement()
            || matches!(statement.body, Statement::LabeledStatement(_) | Statement::SwitchStatement(_))
        {
            self.labels = labels;
            self.statement(&statement.body);
            return;
        }
        let end = self.b.block();
        self.frames.push(Frame::Target { labels, breaks: Some(end), continues: None, unlabelled: false });
        self.statement(&statement.body);
        self.frames.pop();
        self.jump(end);
        self.continue_in(end);
    }

    /// Tests in order, then the bodies in order, each falling into the next.
    fn switch_statement(&mut self, statement: &'a SwitchStatement<'a>, labels: Vec<&'a str>) {
        let value = self.expr(&statement.discriminant);
        if let Some(scope) = statement.scope_id.get() {
            self.enter_scope(scope, &[]);
            for case in &statement.cases {
                self.function_declarations(&case.consequent);
            }
        }
        let end = self.b.block();
        let bodies: Vec<_> = statement.cases.iter().map(|_| self.b.block()).collect();
        for (case, body) in statement.cases.iter().zip(&bodies) {
            let Some(test) = &case.test else { continue };
            let tested = self.expr(test);
            self.at(case.span.start);
            let equal = self.op0(Op::StrictEq, &[value, tested]);
            let next = self.b.block();
            self.branch(equal, *body, next);
            self.continue_in(next);
        }
        let default = statement.cases.iter().position(|c| c.test.is_none());
        self.jump(default.map_or(end, |i| bodies[i]));
        self.frames.push(Frame::Target { labels, breaks: Some(end), continues: None, unlabelled: true });
        for (i, case) in statement.cases.iter().enumerate() {
            self.continue_in(bodies[i]);
            self.statements(&case.consequent);
            self.jump(bodies.get(i + 1).copied().unwrap_or(end));
        }
        self.frames.pop();
        self.continue_in(end);
    }

    /// The variables of a `let` or `const`.
    pub(super) fn lexical_symbols(&self, declaration: &VariableDeclaration<'_>) -> Vec<SymbolId> {
        if declaration.kind.is_var() {
            return Vec::new();
        }
        let idents = declaration.declarations.iter().flat_map(|d| d.id.get_binding_identifiers());
        idents
            .filter_map(|ident| ident.symbol_id.get())
            .filter(|id| self.cx.scopes.symbol(*id).kind != BindingKind::Var)
            .collect()
    }
}

/// Whether a statement has a value even if nothing in it has one.
fn has_completion(statement: &Statement<'_>) -> bool {
    statement.is_iteration_statement()
        || matches!(
            statement,
            Statement::IfStatement(_) | Statement::SwitchStatement(_) | Statement::TryStatement(_)
        )
}
