//! Expressions.
use super::*;
use crate::literal::{StaticKey, template_bytes};
use jerboa_abi::builtins::{NativeId, intrinsic_number};
use oxc_span::GetSpan;
use oxc_syntax::operator::{LogicalOperator, UnaryOperator};

/// The key of a property access.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// A name that is no array index.
    Name(StrId),
    /// Any value.
    Value(Value),
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Lowers an expression for its value.
    pub(super) fn expr(&mut self, expression: &'a Expression<'a>) -> Value {
        if let Some(literal) = Literal::of(expression) {
            return self.literal(&literal);
        }
        match expression {
            Expression::Identifier(ident) => self.read_name(ident),
            Expression::ThisExpression(this) => self.this_value(this.span.start),
            Expression::TemplateLiteral(template) => self.template(template),
            Expression::ArrayExpression(array) => self.array(array),
            Expression::ObjectExpression(object) => self.object(object),
            Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_) => {
                self.named(expression, None)
            }
            Expression::AssignmentExpression(assignment) => self.assignment(assignment),
            Expression::UpdateExpression(update) => self.update(update, true),
            Expression::BinaryExpression(binary) => match operators::arithmetic_op(binary.operator) {
                Some(op) => self.arithmetic(op, binary),
                None => self.boxed_bool(expression),
            },
            Expression::LogicalExpression(logical) => self.logical(logical),
            Expression::ConditionalExpression(conditional) => self.conditional(conditional),
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::LogicalNot | UnaryOperator::Delete => self.boxed_bool(expression),
                _ => self.unary(unary),
            },
            Expression::SequenceExpression(sequence) => self.sequence(sequence),
            Expression::CallExpression(call) => self.call(call),
            Expression::NewExpression(new) => self.new_object(new),
            Expression::ChainExpression(chain) => self.chain(chain),
            Expression::YieldExpression(expression) => self.yield_expression(expression),
            Expression::AwaitExpression(expression) => self.await_expression(expression),
            Expression::ClassExpression(class) => self.class(class, None),
            Expression::TaggedTemplateExpression(tagged) => self.tagged_template(tagged),
            Expression::PrivateFieldExpression(member) => self.private_member(member),
            Expression::PrivateInExpression(test) => self.private_in(test),
            Expression::StaticMemberExpression(member) if let Expression::Super(home) = &member.object => {
                let name = self.intern(&member.property.name);
                self.super_member(home, Key::Name(name), member.property.span.start).0
            }
            Expression::ComputedMemberExpression(member) if let Expression::Super(home) = &member.object => {
                self.this_value(home.span.start);
                let key = self.key(&member.expression);
                self.super_member(home, key, member.expression.span().start).0
            }
            Expression::StaticMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let name = self.intern(&member.property.name);
                self.get(object, Key::Name(name), member.property.span.start)
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let key = self.key(&member.expression);
                self.get(object, key, member.expression.span().start)
            }
            Expression::NewTarget(_) => self.new_target_value(),
            Expression::RegExpLiteral(literal) => self.regexp(literal),
            Expression::ParenthesizedExpression(inner) => self.expr(&inner.expression),
            other => self.refuse(other.span(), "this expression"),
        }
    }

    /// Lowers an expression whose value nobody wants.
    pub(super) fn effect_of(&mut self, expression: &'a Expression<'a>) {
        match expression {
            Expression::UpdateExpression(update) => {
                self.update(update, false);
            }
            Expression::LogicalExpression(logical) => {
                let (right, end) = (self.b.block(), self.b.block());
                if logical.operator == LogicalOperator::Coalesce {
                    let left = self.expr(&logical.left);
                    self.skip_unless(logical.operator, left, right, end);
                } else if logical.operator == LogicalOperator::And {
                    self.branch_on(&logical.left, right, end);
                } else {
                    self.branch_on(&logical.left, end, right);
                }
                self.continue_in(right);
                self.effect_of(&logical.right);
                self.jump(end);
                self.continue_in(end);
            }
            Expression::ConditionalExpression(conditional) => {
                let (then, otherwise, end) = (self.b.block(), self.b.block(), self.b.block());
                self.branch_on(&conditional.test, then, otherwise);
                self.continue_in(then);
                self.effect_of(&conditional.consequent);
                self.jump(end);
                self.continue_in(otherwise);
                self.effect_of(&conditional.alternate);
                self.jump(end);
                self.continue_in(end);
            }
            Expression::SequenceExpression(sequence) => {
                for expression in &sequence.expressions {
                    self.effect_of(expression);
                }
            }
            _ => {
                if self.bool_expr(expression).is_none() {
                    self.expr(expression);
                }
            }
        }
    }

    /// A new regular expression, from a program that is a constant of ours.
    fn regexp(&mut self, literal: &'a RegExpLiteral<'a>) -> Value {
        let Ok(program) = crate::regexp::program(literal) else {
            return self.refuse(literal.span, "this regular expression");
        };
        let maker = self.op(Op::Builtin, &[], Imm::Builtin(intrinsic_number(NativeId::RegExpLiteral)));
        let this = self.undefined();
        let program = self.literal(&Literal::Str(program));
        self.at(literal.span.start);
        self.op0(Op::Call, &[maker, this, program])
    }

    fn boxed_bool(&mut self, expression: &'a Expression<'a>) -> Value {
        match self.bool_expr(expression) {
            Some(value) => self.op0(Op::BoxBool, &[value]),
            None => self.refuse(expression.span(), "this operator"),
        }
    }

    /// Left-associative chains are long in programs that build text; they are walked in a loop.
    fn arithmetic(&mut self, op: Op, binary: &'a BinaryExpression<'a>) -> Value {
        let mut chain = vec![(op, binary)];
        let mut first = &binary.left;
        while let Expression::BinaryExpression(inner) = first
            && let Some(op) = operators::arithmetic_op(inner.operator)
        {
            chain.push((op, inner));
            first = &inner.left;
        }
        let mut value = self.expr(first);
        for (op, binary) in chain.into_iter().rev() {
            let right = self.expr(&binary.right);
            self.at(binary.span.start);
            value = self.op0(op, &[value, right]);
        }
        value
    }

    fn sequence(&mut self, sequence: &'a SequenceExpression<'a>) -> Value {
        let Some((last, others)) = sequence.expressions.split_last() else { return self.undefined() };
        for expression in others {
            self.effect_of(expression);
        }
        self.expr(last)
    }

    fn template(&mut self, template: &'a TemplateLiteral<'a>) -> Value {
        let mut parts = Vec::new();
        for (i, quasi) in template.quasis.iter().enumerate() {
            let text = template_bytes(quasi);
            if !text.is_empty() {
                parts.push(self.literal(&Literal::Str(text)));
            }
            if let Some(expression) = template.expressions.get(i) {
                let value = self.expr(expression);
                // Each substitution is converted before the next one is evaluated.
                let simple = matches!(template.expressions.len(), 1) || Literal::of(expression).is_some();
                self.at(expression.span().start);
                parts.push(if simple { value } else { self.op0(Op::ToStr, &[value]) });
            }
        }
        self.at(template.span.start);
        self.op0(Op::Concat, &parts)
    }

    /// The key of `a[…]`.
    pub(super) fn key(&mut self, expression: &'a Expression<'a>) -> Key {
        match StaticKey::of_literal(expression) {
            Some(StaticKey::Name(name)) => Key::Name(self.cx.module.intern(&name)),
            Some(StaticKey::Index(index)) => Key::Value(self.number(f64::from(index))),
            None => Key::Value(self.expr(expression)),
        }
    }

    /// Reads a property; `offset` is where the key is.
    pub(super) fn get(&mut self, object: Value, key: Key, offset: u32) -> Value {
        self.at(offset);
        match key {
            Key::Name(name) => self.op(Op::GetProp, &[object], Imm::Str(name)),
            Key::Value(key) => self.op0(Op::GetElem, &[object, key]),
        }
    }

    /// Writes a property.
    pub(super) fn set(&mut self, object: Value, key: Key, value: Value, offset: u32) {
        self.at(offset);
        match key {
            Key::Name(name) => self.effect(Op::SetProp, &[object, value], Imm::Str(name)),
            Key::Value(key) => self.effect(Op::SetElem, &[object, key, value], Imm::None),
        };
    }

    /// `a?.b`: undefined if the chain ends early.
    fn chain(&mut self, chain: &'a ChainExpression<'a>) -> Value {
        let result = self.b.variable();
        let (short, end) = (self.b.block(), self.b.block());
        self.chains.push(short);
        let value = match &chain.expression {
            ChainElement::CallExpression(call) => self.call(call),
            ChainElement::StaticMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let name = self.intern(&member.property.name);
                self.get(object, Key::Name(name), member.property.span.start)
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.chain_object(&member.object, member.optional);
                let key = self.key(&member.expression);
                self.get(object, key, member.expression.span().start)
            }
            ChainElement::PrivateFieldExpression(member) => self.private_member(member),
            _ => self.refuse(chain.span, "this element of a chain"),
        };
        self.chains.pop();
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(short);
        let undefined = self.undefined();
        self.b.define(result, undefined);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }

    /// The object of a member expression, which ends the chain early if it is nullish and followed by `?.`.
    pub(super) fn chain_object(&mut self, object: &'a Expression<'a>, optional: bool) -> Value {
        let value = self.expr(object);
        if optional {
            self.end_chain_if_nullish(value);
        }
        value
    }

    /// Leaves the innermost chain if the value is nullish.
    pub(super) fn end_chain_if_nullish(&mut self, value: Value) {
        let Some(short) = self.chains.last().copied() else { return };
        let nullish = self.op0(Op::IsNullish, &[value]);
        let next = self.b.block();
        self.branch(nullish, short, next);
        self.continue_in(next);
    }
}
