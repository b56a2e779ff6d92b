//! TypeScript, by taking the types out of the syntax tree before anything else sees it. What is left is JavaScript with the
//! positions of the source.
//!
//! Nothing is checked; that is the business of `tsc --noEmit`. The meaning of what has one is that of TypeScript for the target
//! `ES2022` or later (fields are defined, also those without a value; parameter properties are fields, too). Imports that
//! only types use are left out, as without `verbatimModuleSyntax`.
mod enums;

use crate::diagnostics::{self, Diagnostic};
use crate::source::Positions;
use crate::subset;
use oxc_allocator::{Allocator, TakeIn};
use oxc_ast::ast::*;
use oxc_ast::builder::AstBuilder;
use oxc_ast_visit::{VisitMut, walk_mut};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;
use oxc_syntax::symbol::{SymbolFlags, SymbolId};
use std::collections::HashSet;

/// Makes a program JavaScript. Returns the names of the types that it exports.
///
/// # Errors
/// What has a meaning at run time that is not supported.
pub fn erase<'a>(
    allocator: &'a Allocator,
    program: &mut Program<'a>,
    scoping: &Scoping,
    positions: &Positions,
) -> Result<HashSet<String>, Vec<Diagnostic>> {
    let mut eraser = Eraser {
        builder: AstBuilder::new(allocator),
        scoping,
        positions,
        types: HashSet::new(),
        errors: Vec::new(),
        enum_name: None,
    };
    eraser.visit_program(program);
    if eraser.errors.is_empty() { Ok(eraser.types) } else { Err(eraser.errors) }
}

struct Eraser<'s, 'a> {
    builder: AstBuilder<'a>,
    scoping: &'s Scoping,
    positions: &'s Positions,
    /// Exported types.
    types: HashSet<String>,
    errors: Vec<Diagnostic>,
    /// The enumeration whose members' values are being visited.
    enum_name: Option<Ident<'a>>,
}

impl<'a> Eraser<'_, 'a> {
    fn refuse(&mut self, span: Span, construct: &str, help: &str) {
        let place = subset::place(self.positions, span);
        self.errors.push(diagnostics::typescript(place, construct, help));
    }

    /// Whether something that is imported is only used as a type, or not at all.
    fn is_unused_value(&self, ident: &BindingIdentifier<'_>) -> bool {
        ident.symbol_id.get().is_some_and(|symbol| {
            !self.scoping.get_resolved_references(symbol).any(|reference| reference.is_value())
        })
    }

    /// Whether a name of the module's top level is a type and no value.
    fn is_type(&self, name: &str) -> bool {
        let Some(symbol) = self.scoping.get_root_binding(name.into()) else { return false };
        let flags = self.scoping.symbol_flags(symbol);
        let value = flags.intersects(SymbolFlags::Value | SymbolFlags::Import);
        !value || flags.contains(SymbolFlags::Ambient)
    }

    /// What stands in the place of a statement.
    fn statement(&mut self, statement: Statement<'a>, out: &mut Vec<Statement<'a>>) {
        match statement {
            Statement::TSInterfaceDeclaration(_)
            | Statement::TSTypeAliasDeclaration(_)
            | Statement::TSExternalModuleDeclaration(_)
            | Statement::TSGlobalDeclaration(_)
            | Statement::TSNamespaceExportDeclaration(_) => {}
            Statement::FunctionDeclaration(function) if function.body.is_none() || function.declare => {}
            Statement::ClassDeclaration(class) if class.declare => {}
            Statement::VariableDeclaration(declaration) if declaration.declare => {}
            Statement::TSEnumDeclaration(declaration) => {
                // One that is `const` is only its members' values; exported, it is an object for other modules, too.
                if !declaration.declare && !declaration.r#const {
                    self.enumeration(declaration.unbox(), out);
                }
            }
            Statement::TSNamespaceDeclaration(declaration) => {
                if !declaration.declare && has_values(&declaration.body) {
                    self.refuse_namespace(declaration.id.span);
                }
            }
            Statement::TSImportEqualsDeclaration(import) => self.import_equals(&import),
            Statement::TSExportAssignment(export) => self.refuse(
                Span::new(export.span.start, export.span.start + 6),
                "`export =`",
                "write `export default`, or name what is exported",
            ),
            Statement::ImportDeclaration(import) => self.import(import, out),
            Statement::ExportDeclaration(export) => self.export(export.unbox(), out),
            Statement::ExportNamedDeclaration(mut export) => {
                let types = export.export_kind.is_type();
                let specifiers = export.specifiers.take_in(&self.builder);
                for specifier in specifiers {
                    let local = specifier.local.name();
                    if types || specifier.export_kind.is_type() || self.is_type(local.as_str()) {
                        self.types.insert(specifier.exported.name().to_string());
                    } else {
                        export.specifiers.push(specifier);
                    }
                }
                out.push(Statement::ExportNamedDeclaration(export));
            }
            Statement::ExportFromDeclaration(mut export) => {
                let types = export.export_kind.is_type();
                let specifiers = export.specifiers.take_in(&self.builder);
                let all = specifiers.len();
                for specifier in specifiers {
                    if types || specifier.export_kind.is_type() {
                        self.types.insert(specifier.exported.name().to_string());
                    } else {
                        export.specifiers.push(specifier);
                    }
                }
                if all == 0 || !export.specifiers.is_empty() {
                    out.push(Statement::ExportFromDeclaration(export));
                }
            }
            Statement::ExportAllDeclaration(export) if export.export_kind.is_type() => {}
            Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(_) => {
                    self.types.insert("default".to_string());
                }
                ExportDefaultDeclarationKind::FunctionDeclaration(function) if function.body.is_none() => {}
                _ => out.push(Statement::ExportDefaultDeclaration(export)),
            },
            other => out.push(other),
        }
    }

    fn refuse_namespace(&mut self, span: Span) {
        self.refuse(span, "a namespace with values", "make it a module, or an object");
    }

    fn import_equals(&mut self, import: &TSImportEqualsDeclaration<'a>) {
        if !import.import_kind.is_type() && !self.is_unused_value(&import.id) {
            self.refuse(import.id.span, "`import … =`", "write an `import … from` or a `const`");
        }
    }

    fn import(
        &mut self,
        mut import: oxc_allocator::Box<'a, ImportDeclaration<'a>>,
        out: &mut Vec<Statement<'a>>,
    ) {
        if import.import_kind.is_type() {
            return;
        }
        if let Some(specifiers) = &mut import.specifiers
            && !specifiers.is_empty()
        {
            specifiers.retain(|specifier| {
                let types = matches!(specifier, ImportDeclarationSpecifier::ImportSpecifier(s)
                    if s.import_kind.is_type());
                !types && !self.is_unused_value(specifier.local())
            });
            if specifiers.is_empty() {
                return;
            }
        }
        out.push(Statement::ImportDeclaration(import));
    }

    fn export(&mut self, mut export: ExportDeclaration<'a>, out: &mut Vec<Statement<'a>>) {
        let id = match &export.declaration {
            Declaration::TSInterfaceDeclaration(declaration) => Some(&declaration.id),
            Declaration::TSTypeAliasDeclaration(declaration) => Some(&declaration.id),
            Declaration::TSNamespaceDeclaration(declaration) => Some(&declaration.id),
            Declaration::TSEnumDeclaration(declaration) if declaration.declare => Some(&declaration.id),
            Declaration::ClassDeclaration(class) if class.declare => class.id.as_ref(),
            _ => None,
        };
        if let Some(id) = id {
            self.types.insert(id.name.to_string());
        }
        match &export.declaration {
            Declaration::VariableDeclaration(declaration) if declaration.declare => {
                let names = declaration.declarations.iter().flat_map(|d| d.id.get_binding_identifiers());
                self.types.extend(names.map(|ident| ident.name.to_string()));
            }
            Declaration::FunctionDeclaration(function) if function.body.is_none() || function.declare => {}
            Declaration::ClassDeclaration(class) if class.declare => {}
            Declaration::VariableDeclaration(_)
            | Declaration::FunctionDeclaration(_)
            | Declaration::ClassDeclaration(_) => {
                let export = oxc_allocator::Box::new_in(export, &self.builder);
                out.push(Statement::ExportDeclaration(export));
            }
            Declaration::TSEnumDeclaration(declaration) if declaration.declare => {}
            Declaration::TSEnumDeclaration(_) => {
                let span = export.span;
                let declaration = export.declaration.take_in(&self.builder);
                if let Declaration::TSEnumDeclaration(declaration) = declaration {
                    let mut statements = Vec::new();
                    self.enumeration(declaration.unbox(), &mut statements);
                    for statement in statements {
                        out.push(match statement {
                            Statement::VariableDeclaration(declaration) => {
                                let declaration = Declaration::VariableDeclaration(declaration);
                                let export = ExportDeclaration::boxed(span, declaration, &self.builder);
                                Statement::ExportDeclaration(export)
                            }
                            other => other,
                        });
                    }
                }
            }
            Declaration::TSNamespaceDeclaration(declaration) => {
                let span = declaration.id.span;
                if !declaration.declare && has_values(&declaration.body) {
                    self.refuse_namespace(span);
                }
            }
            Declaration::TSImportEqualsDeclaration(import) => {
                let span = import.id.span;
                self.refuse(span, "`export import`", "write an `export … from` or an `export const`");
            }
            _ => {}
        }
    }

    /// Parameter properties: fields, which the constructor sets before anything else, or after `super(…)`.
    fn parameter_properties(&mut self, body: &mut ClassBody<'a>, derived: bool) {
        let mut fields = Vec::new();
        for element in &mut body.body {
            let ClassElement::MethodDefinition(method) = element else { continue };
            let method = &mut **method;
            if method.kind != MethodDefinitionKind::Constructor {
                continue;
            }
            let mut assignments = Vec::new();
            let function = &mut *method.value;
            let Some(code) = function.body.as_mut() else { continue };
            for param in &mut function.params.items {
                let is_property = param.accessibility.is_some() || param.readonly || param.r#override;
                param.accessibility = None;
                param.readonly = false;
                param.r#override = false;
                if let BindingPattern::BindingIdentifier(ident) = &param.pattern
                    && is_property
                {
                    fields.push(self.field(ident));
                    assignments.push(self.assignment_to_this(ident));
                }
            }
            let is_super = |statement: &Statement<'a>| {
                matches!(statement, Statement::ExpressionStatement(statement)
                    if matches!(&statement.expression, Expression::CallExpression(call)
                        if matches!(call.callee, Expression::Super(_))))
            };
            let at =
                if derived { code.statements.iter().position(is_super).map_or(0, |at| at + 1) } else { 0 };
            for (i, assignment) in assignments.into_iter().enumerate() {
                code.statements.insert(at + i, assignment);
            }
        }
        for (i, field) in fields.into_iter().enumerate() {
            body.body.insert(i, field);
        }
    }

    fn field(&self, ident: &BindingIdentifier<'a>) -> ClassElement<'a> {
        ClassElement::new_property_definition(
            ident.span,
            PropertyDefinitionType::PropertyDefinition,
            [],
            PropertyKey::new_static_identifier(ident.span, ident.name, &self.builder),
            None,
            None,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            None,
            &self.builder,
        )
    }

    fn assignment_to_this(&self, ident: &BindingIdentifier<'a>) -> Statement<'a> {
        let span = ident.span;
        let this = Expression::new_this_expression(span, &self.builder);
        let name = IdentifierName::new(span, ident.name, &self.builder);
        let target = AssignmentTarget::new_static_member_expression(span, this, name, false, &self.builder);
        let value = Expression::new_identifier(span, ident.name, &self.builder);
        let operator = oxc_syntax::operator::AssignmentOperator::Assign;
        let assignment = Expression::new_assignment_expression(span, operator, target, value, &self.builder);
        Statement::new_expression_statement(span, assignment, &self.builder)
    }

    /// The expression in parentheses of types; `None` if it has none.
    fn without_types(&self, expression: &mut Expression<'a>) -> Option<Expression<'a>> {
        let inner = match expression {
            Expression::TSAsExpression(typed) => &mut typed.expression,
            Expression::TSSatisfiesExpression(typed) => &mut typed.expression,
            Expression::TSNonNullExpression(typed) => &mut typed.expression,
            Expression::TSTypeAssertion(typed) => &mut typed.expression,
            Expression::TSInstantiationExpression(typed) => &mut typed.expression,
            _ => return None,
        };
        Some(inner.take_in(&self.builder))
    }

    /// The same for what is assigned to.
    fn target_without_types(&self, target: &mut SimpleAssignmentTarget<'a>) -> Option<Expression<'a>> {
        let inner = match target {
            SimpleAssignmentTarget::TSAsExpression(typed) => &mut typed.expression,
            SimpleAssignmentTarget::TSSatisfiesExpression(typed) => &mut typed.expression,
            SimpleAssignmentTarget::TSNonNullExpression(typed) => &mut typed.expression,
            SimpleAssignmentTarget::TSTypeAssertion(typed) => &mut typed.expression,
            _ => return None,
        };
        Some(inner.take_in(&self.builder))
    }

    fn symbol_of(&self, ident: &IdentifierReference<'_>) -> Option<SymbolId> {
        self.scoping.get_reference(ident.reference_id.get()?).symbol_id()
    }
}

/// Whether a namespace is more than types.
fn has_values(body: &TSNamespaceDeclarationBody<'_>) -> bool {
    fn is_value(declaration: &Declaration<'_>) -> bool {
        match declaration {
            Declaration::TSInterfaceDeclaration(_)
            | Declaration::TSTypeAliasDeclaration(_)
            | Declaration::TSImportEqualsDeclaration(_) => false,
            Declaration::TSNamespaceDeclaration(inner) => !inner.declare && has_values(&inner.body),
            Declaration::VariableDeclaration(inner) => !inner.declare,
            Declaration::FunctionDeclaration(inner) => !inner.declare && inner.body.is_some(),
            Declaration::ClassDeclaration(inner) => !inner.declare,
            Declaration::TSEnumDeclaration(inner) => !inner.declare,
            _ => false,
        }
    }
    match body {
        TSNamespaceDeclarationBody::TSNamespaceDeclaration(inner) => has_values(&inner.body),
        TSNamespaceDeclarationBody::TSModuleBlock(block) => {
            block.body.iter().any(|statement| match statement {
                Statement::ExportDeclaration(export) => is_value(&export.declaration),
                Statement::ExportNamedDeclaration(_) | Statement::ImportDeclaration(_) => false,
                other => other.as_declaration().is_none_or(is_value),
            })
        }
    }
}

impl<'a> VisitMut<'a> for Eraser<'_, 'a> {
    fn visit_statements(&mut self, it: &mut oxc_allocator::Vec<'a, Statement<'a>>) {
        let mut statements = Vec::with_capacity(it.len());
        for statement in it.take_in(&self.builder) {
            self.statement(statement, &mut statements);
        }
        it.extend(statements);
        walk_mut::walk_statements(self, it);
    }

    fn visit_expression(&mut self, it: &mut Expression<'a>) {
        while let Some(inner) = self.without_types(it) {
            *it = inner;
        }
        if let Some(value) = self.enum_value(it) {
            *it = value;
        } else {
            walk_mut::walk_expression(self, it);
        }
    }

    fn visit_simple_assignment_target(&mut self, it: &mut SimpleAssignmentTarget<'a>) {
        if let Some(mut inner) = self.target_without_types(it) {
            while let Some(more) = self.without_types(&mut inner) {
                inner = more;
            }
            let span = inner.span();
            *it = match inner {
                Expression::Identifier(ident) => SimpleAssignmentTarget::AssignmentTargetIdentifier(ident),
                Expression::StaticMemberExpression(member) => {
                    SimpleAssignmentTarget::StaticMemberExpression(member)
                }
                Expression::ComputedMemberExpression(member) => {
                    SimpleAssignmentTarget::ComputedMemberExpression(member)
                }
                Expression::PrivateFieldExpression(member) => {
                    SimpleAssignmentTarget::PrivateFieldExpression(member)
                }
                _ => return self.refuse(span, "this target of an assignment", "take the type away"),
            };
        }
        walk_mut::walk_simple_assignment_target(self, it);
    }

    fn visit_function(&mut self, it: &mut Function<'a>, flags: ScopeFlags) {
        it.type_parameters = None;
        it.this_param = None;
        it.return_type = None;
        walk_mut::walk_function(self, it, flags);
    }

    fn visit_arrow_function_expression(&mut self, it: &mut ArrowFunctionExpression<'a>) {
        it.type_parameters = None;
        it.return_type = None;
        walk_mut::walk_arrow_function_expression(self, it);
    }

    fn visit_formal_parameter(&mut self, it: &mut FormalParameter<'a>) {
        it.type_annotation = None;
        it.optional = false;
        walk_mut::walk_formal_parameter(self, it);
    }

    fn visit_formal_parameter_rest(&mut self, it: &mut FormalParameterRest<'a>) {
        it.type_annotation = None;
        walk_mut::walk_formal_parameter_rest(self, it);
    }

    fn visit_catch_parameter(&mut self, it: &mut CatchParameter<'a>) {
        it.type_annotation = None;
        walk_mut::walk_catch_parameter(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &mut VariableDeclarator<'a>) {
        it.type_annotation = None;
        it.definite = false;
        walk_mut::walk_variable_declarator(self, it);
    }

    fn visit_call_expression(&mut self, it: &mut CallExpression<'a>) {
        it.type_arguments = None;
        walk_mut::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &mut NewExpression<'a>) {
        it.type_arguments = None;
        walk_mut::walk_new_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &mut TaggedTemplateExpression<'a>) {
        it.type_arguments = None;
        walk_mut::walk_tagged_template_expression(self, it);
    }

    fn visit_class(&mut self, it: &mut Class<'a>) {
        it.type_parameters = None;
        it.implements.clear();
        it.r#abstract = false;
        if let Some(heritage) = &mut it.heritage {
            heritage.type_arguments = None;
        }
        it.body.body.retain(|element| match element {
            ClassElement::TSIndexSignature(_) => false,
            ClassElement::MethodDefinition(method) => {
                method.r#type == MethodDefinitionType::MethodDefinition && method.value.body.is_some()
            }
            ClassElement::PropertyDefinition(field) => {
                field.r#type == PropertyDefinitionType::PropertyDefinition && !field.declare
            }
            ClassElement::AccessorProperty(property) => {
                property.r#type == AccessorPropertyType::AccessorProperty
            }
            ClassElement::StaticBlock(_) => true,
        });
        let derived = it.heritage.is_some();
        self.parameter_properties(&mut it.body, derived);
        walk_mut::walk_class(self, it);
    }

    fn visit_property_definition(&mut self, it: &mut PropertyDefinition<'a>) {
        it.type_annotation = None;
        it.definite = false;
        walk_mut::walk_property_definition(self, it);
    }
}
