//! Loops.
//!
//! The test stands at the bottom, with a copy of it in front of the loop: one branch an iteration, and passes can
//! move what does not change to the place between. A long test is not copied; the loop is then entered at the test.
use super::*;
use oxc_span::GetSpan;

/// Length in the source up to which a test is copied, in bytes.
const MAX_COPIED_TEST: u32 = 160;

impl<'a> FunctionLowering<'_, 'a> {
    /// `while`
    pub(super) fn while_statement(&mut self, statement: &'a WhileStatement<'a>, labels: Vec<&'a str>) {
        self.loop_while(Some(&statement.test), None, &[], &statement.body, labels);
    }

    /// `do`-`while`
    pub(super) fn do_while_statement(&mut self, statement: &'a DoWhileStatement<'a>, labels: Vec<&'a str>) {
        let (body, test, end) = (self.b.block(), self.b.block(), self.b.block());
        self.jump(body);
        self.b.switch_to(body);
        self.loop_body(&statement.body, labels, end, test);
        self.jump(test);
        self.continue_in(test);
        if !self.dead() {
            self.branch_on(&statement.test, body, end);
        }
        self.b.seal(body);
        self.continue_in(end);
    }

    /// `for (;;)`
    pub(super) fn for_statement(&mut self, statement: &'a ForStatement<'a>, labels: Vec<&'a str>) {
        if let Some(scope) = statement.scope_id.get() {
            self.enter_scope(scope, &[]);
        }
        let mut cells = Vec::new();
        match &statement.init {
            Some(ForStatementInit::VariableDeclaration(declaration)) => {
                self.variable_declaration(declaration);
                if !declaration.kind.is_const() {
                    cells = self.lexical_symbols(declaration);
                    cells.retain(|id| self.is_cell(*id));
                }
                // Closures made by the initialisation keep the variables of before the first iteration.
                if !cells.is_empty() && self.makes_closures(declaration.span) {
                    self.renew_cells(&cells);
                }
            }
            Some(init) => {
                if let Some(expression) = init.as_expression() {
                    self.effect_of(expression);
                }
            }
            None => {}
        }
        if self.dead() {
            return;
        }
        self.loop_while(statement.test.as_ref(), statement.update.as_ref(), &cells, &statement.body, labels);
    }

    /// Whether closures are made in a range of this function.
    fn makes_closures(&self, span: Span) -> bool {
        self.cx
            .scopes
            .functions
            .iter()
            .any(|f| f.parent == Some(self.id) && span.start <= f.created.0 && f.created.0 < span.end)
    }

    fn loop_while(
        &mut self,
        test: Option<&'a Expression<'a>>,
        update: Option<&'a Expression<'a>>,
        cells: &[SymbolId],
        statement: &'a Statement<'a>,
        labels: Vec<&'a str>,
    ) {
        let (body, next, end) = (self.b.block(), self.b.block(), self.b.block());
        let copied = test.is_none_or(|t| t.span().size() <= MAX_COPIED_TEST);
        let head = if copied { body } else { self.b.block() };
        match test {
            Some(test) if copied => self.branch_on(test, body, end),
            _ => self.jump(head),
        }
        if !copied && let Some(test) = test {
            self.b.switch_to(head);
            self.branch_on(test, body, end);
            self.b.seal(body);
        }
        self.b.switch_to(body);
        self.loop_body(statement, labels, end, next);
        self.jump(next);
        self.continue_in(next);
        if !self.dead() {
            self.renew_cells(cells);
            if let Some(update) = update {
                self.effect_of(update);
            }
            match test {
                Some(test) if copied => self.branch_on(test, body, end),
                _ => self.jump(head),
            }
        }
        self.b.seal(head);
        self.continue_in(end);
    }

    fn loop_body(
        &mut self,
        statement: &'a Statement<'a>,
        labels: Vec<&'a str>,
        breaks: Block,
        continues: Block,
    ) {
        self.frames.push(Frame::Target {
            labels,
            breaks: Some(breaks),
            continues: Some(continues),
            unlabelled: true,
        });
        self.statement(statement);
        self.frames.pop();
    }

    /// `for`-`in`
    pub(super) fn for_in_statement(&mut self, statement: &'a ForInStatement<'a>, labels: Vec<&'a str>) {
        if let Some(scope) = statement.scope_id.get() {
            self.enter_scope(scope, &[]);
        }
        let object = self.expr(&statement.right);
        self.at(statement.right.span().start);
        let state = self.op0(Op::ForInStart, &[object]);
        let offset = statement.right.span().start;
        let (body, next, end) = (self.b.block(), self.b.block(), self.b.block());
        let item = self.b.variable();
        self.advance(Op::ForInNext, state, item, offset, body, end);
        self.b.switch_to(body);
        self.assign_item(&statement.left, statement.scope_id.get(), item);
        self.loop_body(&statement.body, labels, end, next);
        self.jump(next);
        self.continue_in(next);
        if !self.dead() {
            self.advance(Op::ForInNext, state, item, offset, body, end);
        }
        self.b.seal(body);
        self.continue_in(end);
    }

    /// `for`-`of`
    pub(super) fn for_of_statement(&mut self, statement: &'a ForOfStatement<'a>, labels: Vec<&'a str>) {
        if let Some(scope) = statement.scope_id.get() {
            self.enter_scope(scope, &[]);
        }
        let values = self.expr(&statement.right);
        self.iterable_at(&statement.right);
        let awaits = statement.r#await;
        let state = if awaits {
            self.intrinsic(NativeId::AsyncIterateStart, &[values])
        } else {
            self.op0(Op::IterStart, &[values])
        };
        let offset = statement.right.span().start;
        let (body, next, end) = (self.b.block(), self.b.block(), self.b.block());
        let item = self.b.variable();
        self.advance_of(awaits, state, item, offset, body, end);
        self.b.switch_to(body);
        // A `continue` stays inside the iteration, a `break` leaves it.
        self.frames.push(Frame::Target {
            labels: labels.clone(),
            breaks: Some(end),
            continues: None,
            unlabelled: true,
        });
        self.frames.push(Frame::Iteration { state, handler: self.handler, awaits });
        self.frames.push(Frame::Target { labels, breaks: None, continues: Some(next), unlabelled: true });
        self.close_on_throw(state, awaits, |lowering| {
            lowering.assign_item(&statement.left, statement.scope_id.get(), item);
            lowering.statement(&statement.body);
        });
        self.frames.truncate(self.frames.len() - 3);
        self.jump(next);
        self.continue_in(next);
        if !self.dead() {
            self.advance_of(awaits, state, item, offset, body, end);
        }
        self.b.seal(body);
        self.continue_in(end);
    }

    /// The next value of a `for`-`of`.
    fn advance_of(
        &mut self,
        awaits: bool,
        state: Value,
        item: Variable,
        offset: u32,
        body: Block,
        end: Block,
    ) {
        if awaits {
            self.at(offset);
            self.advance_async(state, item, body, end);
        } else {
            self.advance(Op::IterNext, state, item, offset, body, end);
        }
    }

    /// Takes the next item: to `body` with it, or to `end`.
    fn advance(&mut self, op: Op, state: Value, item: Variable, offset: u32, body: Block, end: Block) {
        self.at(offset);
        let value = self.op0(op, &[state]);
        self.b.define(item, value);
        let empty = self.op0(Op::IsEmpty, &[value]);
        self.branch(empty, end, body);
    }

    fn assign_item(
        &mut self,
        left: &'a ForStatementLeft<'a>,
        scope: Option<oxc_syntax::scope::ScopeId>,
        item: Variable,
    ) {
        // Each iteration has its own variables.
        if let Some(scope) = scope {
            self.enter_scope(scope, &[]);
        }
        let value = self.b.read(item);
        match left {
            ForStatementLeft::VariableDeclaration(declaration) => {
                let first = !declaration.kind.is_var();
                if let Some(declarator) = declaration.declarations.first() {
                    self.at(declarator.span.start);
                    self.bind_pattern(&declarator.id, value, first);
                }
            }
            left => match left.as_assignment_target() {
                Some(target) => self.assign_target(target, value),
                None => {
                    self.refuse(left.span(), "this loop variable");
                }
            },
        }
    }
}
