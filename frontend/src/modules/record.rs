//! What a module asks of others and offers to them.
use crate::this;
use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::Span;
use oxc_syntax::scope::ScopeFlags;
use oxc_syntax::symbol::SymbolId;
use std::collections::{HashMap, HashSet};

/// The standard's module record, as far as linking needs it.
#[derive(Default)]
pub struct Record {
    /// Files that are evaluated before this one, in the order of the text.
    pub requests: Vec<Request>,
    /// Files that `import()` names.
    pub dynamic: Vec<Request>,
    /// Imported names.
    pub imports: HashMap<SymbolId, Imported>,
    /// Exported names, but for those of `export * from`.
    pub exports: HashMap<String, Exported>,
    /// `export * from`: indices of requests.
    pub stars: Vec<usize>,
    /// Names of TypeScript's types that are exported.
    pub types: HashSet<String>,
    /// Whether it awaits something outside of functions.
    pub awaits: bool,
    /// Functions of the top level that do not look at their `this`, and that nothing assigns to.
    pub free_of_this: HashSet<SymbolId>,
}

/// A specifier.
pub struct Request {
    /// Its text.
    pub specifier: String,
    /// Where it is.
    pub span: Span,
    /// The attribute `type`, if there is one.
    pub attribute: Option<(String, Span)>,
}

/// An imported name.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Index of the request.
    pub request: usize,
    /// The name in the other module; `None` for its namespace object.
    pub name: Option<String>,
    /// Where it is imported.
    pub span: Span,
}

/// An exported name.
#[derive(Clone, Debug)]
pub enum Exported {
    /// A binding of the module, or one that it has imported.
    Local(SymbolId),
    /// The value of `export default`, if that has no name of its own.
    Default,
    /// A name of another module.
    From(Imported),
}

impl Record {
    /// Reads a program without TypeScript.
    pub fn new(program: &Program<'_>, scoping: &Scoping) -> Record {
        let mut record = Record::default();
        for statement in &program.body {
            record.statement(statement, scoping);
        }
        let mut walker = Walker { record: &mut record, depth: 0 };
        walker.visit_program(program);
        record
    }

    fn statement(&mut self, statement: &Statement<'_>, scoping: &Scoping) {
        match statement {
            Statement::ImportDeclaration(import) => {
                let request = self.request(&import.source, import.with_clause.as_deref());
                for specifier in import.specifiers.iter().flatten() {
                    let (local, name, span) = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(s) => {
                            (&s.local, Some(s.imported.name().to_string()), s.span)
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => {
                            (&s.local, Some("default".to_string()), s.span)
                        }
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => (&s.local, None, s.span),
                    };
                    if let Some(symbol) = local.symbol_id.get() {
                        self.imports.insert(symbol, Imported { request, name, span });
                    }
                }
            }
            Statement::ExportAllDeclaration(export) => {
                let request = self.request(&export.source, export.with_clause.as_deref());
                match &export.exported {
                    Some(name) => {
                        let imported = Imported { request, name: None, span: export.span };
                        self.exports.insert(name.name().to_string(), Exported::From(imported));
                    }
                    None => self.stars.push(request),
                }
            }
            Statement::ExportFromDeclaration(export) => {
                let request = self.request(&export.source, export.with_clause.as_deref());
                for specifier in &export.specifiers {
                    let name = Some(specifier.local.name().to_string());
                    let imported = Imported { request, name, span: specifier.span };
                    self.exports.insert(specifier.exported.name().to_string(), Exported::From(imported));
                }
            }
            Statement::ExportNamedDeclaration(export) => {
                for specifier in &export.specifiers {
                    let local = specifier.local.name();
                    if let Some(symbol) = scoping.get_root_binding(local.as_str().into()) {
                        self.exports.insert(specifier.exported.name().to_string(), Exported::Local(symbol));
                    }
                }
            }
            Statement::ExportDeclaration(export) => {
                self.note_declaration(&export.declaration, scoping);
                match &export.declaration {
                    Declaration::VariableDeclaration(declaration) => {
                        for declarator in &declaration.declarations {
                            for ident in declarator.id.get_binding_identifiers() {
                                self.export_own(ident);
                            }
                        }
                    }
                    Declaration::FunctionDeclaration(function) => {
                        function.id.iter().for_each(|id| self.export_own(id));
                    }
                    Declaration::ClassDeclaration(class) => {
                        class.id.iter().for_each(|id| self.export_own(id));
                    }
                    _ => {}
                }
            }
            Statement::ExportDefaultDeclaration(export) => {
                let id = match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                        self.note_function(function, scoping);
                        function.id.as_ref()
                    }
                    ExportDefaultDeclarationKind::ClassDeclaration(class) => class.id.as_ref(),
                    _ => None,
                };
                let symbol = id.and_then(|id| id.symbol_id.get());
                let exported = symbol.map_or(Exported::Default, Exported::Local);
                self.exports.insert("default".to_string(), exported);
            }
            other => {
                if let Some(declaration) = other.as_declaration() {
                    self.note_declaration(declaration, scoping);
                }
            }
        }
    }

    fn export_own(&mut self, ident: &BindingIdentifier<'_>) {
        if let Some(symbol) = ident.symbol_id.get() {
            self.exports.insert(ident.name.to_string(), Exported::Local(symbol));
        }
    }

    fn request(&mut self, source: &StringLiteral<'_>, clause: Option<&WithClause<'_>>) -> usize {
        let attribute = clause.and_then(|clause| clause.with_entries.first()).map(|entry| {
            let key = match &entry.key {
                ImportAttributeKey::Identifier(name) => name.name.as_str(),
                ImportAttributeKey::StringLiteral(name) => name.value.as_str(),
            };
            (format!("{key}: {}", entry.value.value), entry.span)
        });
        self.requests.push(Request { specifier: source.value.to_string(), span: source.span, attribute });
        self.requests.len() - 1
    }

    fn note_declaration(&mut self, declaration: &Declaration<'_>, scoping: &Scoping) {
        match declaration {
            Declaration::FunctionDeclaration(function) => self.note_function(function, scoping),
            Declaration::VariableDeclaration(declaration) => {
                for declarator in &declaration.declarations {
                    if let BindingPattern::BindingIdentifier(ident) = &declarator.id
                        && let Some(init) = &declarator.init
                        && let Some(symbol) = ident.symbol_id.get()
                        && !scoping.symbol_is_mutated(symbol)
                        && match init {
                            Expression::FunctionExpression(function) => !this::in_function(function),
                            Expression::ArrowFunctionExpression(_) => true,
                            _ => false,
                        }
                    {
                        self.free_of_this.insert(symbol);
                    }
                }
            }
            _ => {}
        }
    }

    fn note_function(&mut self, function: &Function<'_>, scoping: &Scoping) {
        if let Some(symbol) = function.id.as_ref().and_then(|id| id.symbol_id.get())
            && !scoping.symbol_is_mutated(symbol)
            && !this::in_function(function)
        {
            self.free_of_this.insert(symbol);
        }
    }
}

/// The specifier of an `import()` that says it.
pub fn literal_specifier<'e>(source: &'e Expression<'_>) -> Option<&'e str> {
    match source {
        Expression::StringLiteral(text) if !text.lone_surrogates => Some(text.value.as_str()),
        Expression::TemplateLiteral(template) if template.expressions.is_empty() => {
            template.quasis.first()?.value.cooked.as_ref().map(|text| text.as_str())
        }
        _ => None,
    }
}

/// Finds what stands anywhere in a module.
struct Walker<'r> {
    record: &'r mut Record,
    /// Functions, and initialisers of fields, around.
    depth: u32,
}

impl<'a> Visit<'a> for Walker<'_> {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.depth -= 1;
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.record.awaits |= self.depth == 0;
        walk::walk_await_expression(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.record.awaits |= it.r#await && self.depth == 0;
        walk::walk_for_of_statement(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        if let Some(specifier) = literal_specifier(&it.source) {
            let request = Request { specifier: specifier.to_string(), span: it.span, attribute: None };
            self.record.dynamic.push(request);
        }
        walk::walk_import_expression(self, it);
    }
}
