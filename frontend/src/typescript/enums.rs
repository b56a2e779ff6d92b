//! Enumerations: objects with their members and, for numbers, the names of their values.
//!
//! ```text
//! enum E { A, B = "b", C = f() }   is   const E = { A: 0, 0: "A", B: "b" };  E[E.C = f()] = "C";
//! ```
use super::*;
use oxc_syntax::constant_value::ConstantValue;
use oxc_syntax::number::NumberBase;
use oxc_syntax::operator::AssignmentOperator;

impl<'a> Eraser<'_, 'a> {
    /// Makes statements of an enumeration.
    pub(super) fn enumeration(&mut self, declaration: TSEnumDeclaration<'a>, out: &mut Vec<Statement<'a>>) {
        let TSEnumDeclaration { span, id, body, .. } = declaration;
        let symbol = id.symbol_id.get();
        // Several declarations of one name add to one object.
        let first = symbol.is_none_or(|symbol| self.scoping.symbol_span(symbol) == id.span);
        let (mut properties, mut statements) = (oxc_allocator::Vec::new_in(&self.builder), Vec::new());
        let mut in_literal = first;
        for member in body.members {
            let name = member.id.static_name();
            let value = body.scope_id.get().and_then(|scope| {
                let symbol = self.scoping.get_binding(scope, name.as_str().into())?;
                self.scoping.get_enum_member_value(symbol).cloned()
            });
            let span = member.span;
            in_literal &= value.is_some();
            match (in_literal, value) {
                (true, Some(value)) => {
                    let constant = self.constant(span, &value);
                    properties.push(self.property(span, name.as_str(), constant));
                    if let ConstantValue::Number(number) = value {
                        let text = self.string(span, name.as_str());
                        properties.push(self.property(span, &number_text(number), text));
                    }
                }
                (_, value) => {
                    let is_text = matches!(value, Some(ConstantValue::String(_)));
                    let value = match (&value, member.initializer) {
                        (Some(value), _) => self.constant(span, value),
                        (None, Some(mut computed)) => {
                            let outer = self.enum_name.replace(id.name);
                            self.visit_expression(&mut computed);
                            self.enum_name = outer;
                            computed
                        }
                        (None, None) => {
                            self.refuse(
                                span,
                                "a member without a value after a computed one",
                                "give it a value",
                            );
                            continue;
                        }
                    };
                    let key = self.string(span, name.as_str());
                    let mut assignment = self.assignment(span, id.name, key, value);
                    if !is_text {
                        let text = self.string(span, name.as_str());
                        assignment = self.assignment(span, id.name, assignment, text);
                    }
                    statements.push(Statement::new_expression_statement(span, assignment, &self.builder));
                }
            }
        }
        if first {
            let object = Expression::new_object_expression(span, properties, &self.builder);
            let pattern = BindingPattern::new_binding_identifier(id.span, id.name, &self.builder);
            let declarator = VariableDeclarator::new(span, pattern, None, Some(object), false, &self.builder);
            let kind = VariableDeclarationKind::Const;
            out.push(Statement::new_variable_declaration(span, kind, [declarator], false, &self.builder));
        }
        out.append(&mut statements);
    }

    /// The value of a member that is known, or where it is found: in an initialiser its bare name, elsewhere `E.A` of a
    /// `const enum`.
    pub(super) fn enum_value(&self, expression: &Expression<'a>) -> Option<Expression<'a>> {
        let span = expression.span();
        let (object, name) = match expression {
            Expression::Identifier(ident) => {
                let enum_name = self.enum_name?;
                let symbol = self.symbol_of(ident)?;
                if !self.scoping.symbol_flags(symbol).contains(SymbolFlags::EnumMember) {
                    return None;
                }
                if let Some(value) = self.scoping.get_enum_member_value(symbol) {
                    return Some(self.constant(span, value));
                }
                let object = Expression::new_identifier(span, enum_name, &self.builder);
                let key = self.string(span, ident.name.as_str());
                return Some(Expression::new_computed_member_expression(
                    span,
                    object,
                    key,
                    false,
                    &self.builder,
                ));
            }
            Expression::StaticMemberExpression(member) => (&member.object, member.property.name.as_str()),
            Expression::ComputedMemberExpression(member) => match &member.expression {
                Expression::StringLiteral(name) => (&member.object, name.value.as_str()),
                _ => return None,
            },
            _ => return None,
        };
        let Expression::Identifier(ident) = object else { return None };
        let symbol = self.symbol_of(ident)?;
        if !self.scoping.symbol_flags(symbol).contains(SymbolFlags::ConstEnum) {
            return None;
        }
        let scopes = self.scoping.get_enum_body_scopes(symbol)?;
        let member = scopes.iter().find_map(|scope| self.scoping.get_binding(*scope, name.into()))?;
        Some(self.constant(span, self.scoping.get_enum_member_value(member)?))
    }

    fn constant(&self, span: Span, value: &ConstantValue) -> Expression<'a> {
        match value {
            ConstantValue::Number(number) => {
                Expression::new_numeric_literal(span, *number, None, NumberBase::Decimal, &self.builder)
            }
            ConstantValue::String(text) => self.string(span, text.as_str()),
        }
    }

    fn string(&self, span: Span, text: &str) -> Expression<'a> {
        let text = Str::from_str_in(text, &self.builder);
        Expression::new_string_literal(span, text, None, &self.builder)
    }

    fn property(&self, span: Span, key: &str, value: Expression<'a>) -> ObjectPropertyKind<'a> {
        let key = Str::from_str_in(key, &self.builder);
        let key = PropertyKey::new_string_literal(span, key, None, &self.builder);
        ObjectPropertyKind::new_object_property(
            span,
            PropertyKind::Init,
            key,
            value,
            false,
            false,
            false,
            &self.builder,
        )
    }

    /// `object[key] = value`
    fn assignment(
        &self,
        span: Span,
        object: Ident<'a>,
        key: Expression<'a>,
        value: Expression<'a>,
    ) -> Expression<'a> {
        let object = Expression::new_identifier(span, object, &self.builder);
        let target =
            AssignmentTarget::new_computed_member_expression(span, object, key, false, &self.builder);
        Expression::new_assignment_expression(span, AssignmentOperator::Assign, target, value, &self.builder)
    }
}

/// A number as a property's name; the values of enumerations are small.
fn number_text(number: f64) -> String {
    if number == 0.0 {
        "0".to_string()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity".to_string() } else { "-Infinity".to_string() }
    } else {
        number.to_string()
    }
}
