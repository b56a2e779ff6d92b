//! Assignment and update.
use super::binding::Name;
use super::expr::Key;
use super::*;
use oxc_span::GetSpan;
use oxc_syntax::operator::{AssignmentOperator, UpdateOperator};

/// A place that can be assigned to, its parts evaluated.
pub(super) enum Reference {
    /// A variable, and its identifier's offset.
    Name(Name, u32),
    /// A property, and its key's offset.
    Property(Value, Key, u32),
    /// A property of `super`: the object whose prototype is meant, the key, `this`, and the key's offset.
    Super(Value, Value, Value, u32),
    /// A private name: the object, the name, and its offset.
    Private(Value, Value, u32),
}

impl<'a> FunctionLowering<'_, 'a> {
    /// Evaluates the parts of a target that is no pattern.
    pub(super) fn reference(&mut self, target: &'a SimpleAssignmentTarget<'a>) -> Reference {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(ident) => {
                Reference::Name(self.resolve(ident), ident.span.start)
            }
            SimpleAssignmentTarget::StaticMemberExpression(member)
                if let Expression::Super(home) = &member.object =>
            {
                let name = self.intern(&member.property.name);
                self.super_reference(home, Key::Name(name), member.property.span.start)
            }
            SimpleAssignmentTarget::ComputedMemberExpression(member)
                if let Expression::Super(home) = &member.object =>
            {
                self.this_value(home.span.start);
                let key = self.key(&member.expression);
                self.super_reference(home, key, member.expression.span().start)
            }
            SimpleAssignmentTarget::PrivateFieldExpression(member) => {
                let object = self.expr(&member.object);
                let name = self.private_name(&member.field);
                Reference::Private(object, name, member.field.span.start)
            }
            SimpleAssignmentTarget::StaticMemberExpression(member) => {
                let object = self.expr(&member.object);
                let name = self.intern(&member.property.name);
                Reference::Property(object, Key::Name(name), member.property.span.start)
            }
            SimpleAssignmentTarget::ComputedMemberExpression(member) => {
                let object = self.expr(&member.object);
                let key = self.key(&member.expression);
                Reference::Property(object, key, member.expression.span().start)
            }
            other => {
                let object = self.refuse(other.span(), "this assignment target");
                Reference::Property(object, Key::Value(object), other.span().start)
            }
        }
    }

    fn get_reference(&mut self, reference: &Reference) -> Value {
        match reference {
            Reference::Name(Name::Symbol(id), offset) => self.read_symbol(*id, *offset),
            Reference::Name(Name::Class(cell, name), offset) => self.read_class_name(*cell, name, *offset),
            Reference::Name(Name::Global(name), offset) => {
                let name = name.clone();
                self.read_global(&name, *offset)
            }
            Reference::Property(object, key, offset) => self.get(*object, *key, *offset),
            Reference::Super(home, key, this, offset) => {
                self.at(*offset);
                self.intrinsic(NativeId::SuperGet, &[*home, *key, *this])
            }
            Reference::Private(object, name, offset) => {
                self.at(*offset);
                self.intrinsic(NativeId::PrivateGet, &[*object, *name])
            }
        }
    }

    /// Assigns to a reference.
    pub(super) fn set_reference(&mut self, reference: &Reference, value: Value) {
        match reference {
            Reference::Name(name, offset) => self.write_name(name, value, *offset),
            Reference::Property(object, key, offset) => self.set(*object, *key, value, *offset),
            Reference::Super(home, key, this, offset) => {
                self.at(*offset);
                self.intrinsic(NativeId::SuperSet, &[*home, *key, value, *this]);
            }
            Reference::Private(object, name, offset) => {
                self.at(*offset);
                self.intrinsic(NativeId::PrivateSet, &[*object, *name, value]);
            }
        }
    }

    /// Converts the key of a property that is both read and written, once, and only if there is an object.
    fn settle_key(&mut self, reference: &mut Reference, target: &'a SimpleAssignmentTarget<'a>) {
        if let Reference::Property(object, Key::Value(key), offset) = reference
            && let SimpleAssignmentTarget::ComputedMemberExpression(member) = target
            && !is_primitive(&member.expression)
        {
            self.at(*offset);
            let nullish = self.op0(Op::IsNullish, &[*object]);
            let (bad, good) = (self.b.block(), self.b.block());
            self.branch(nullish, bad, good);
            self.continue_in(bad);
            self.op0(Op::GetElem, &[*object, *key]);
            self.finish_dead();
            self.continue_in(good);
            *key = self.op0(Op::ToKey, &[*key]);
        }
    }

    /// `a = b`, `a += b`, `a &&= b`.
    pub(super) fn assignment(&mut self, assignment: &'a AssignmentExpression<'a>) -> Value {
        let Some(target) = assignment.left.as_simple_assignment_target() else {
            let value = self.expr(&assignment.right);
            self.assign_target(&assignment.left, value);
            return value;
        };
        let name = match target {
            // In parentheses it names nothing.
            SimpleAssignmentTarget::AssignmentTargetIdentifier(ident)
                if ident.span.start == assignment.span.start =>
            {
                Some(display_name(ident.name.as_str()).as_bytes())
            }
            _ => None,
        };
        let mut reference = self.reference(target);
        if assignment.operator == AssignmentOperator::Assign {
            let value = self.named(&assignment.right, name);
            self.set_reference(&reference, value);
            return value;
        }
        self.settle_key(&mut reference, target);
        let old = self.get_reference(&reference);
        if let Some(op) = operators::compound_op(assignment.operator) {
            let right = self.expr(&assignment.right);
            self.at(assignment.span.start);
            let value = self.op0(op, &[old, right]);
            self.set_reference(&reference, value);
            return value;
        }
        let Some(operator) = assignment.operator.to_logical_operator() else {
            return self.refuse(assignment.span, "this assignment operator");
        };
        let result = self.b.variable();
        let (right, end) = (self.b.block(), self.b.block());
        self.b.define(result, old);
        self.skip_unless(operator, old, right, end);
        self.continue_in(right);
        let value = self.named(&assignment.right, name);
        self.set_reference(&reference, value);
        self.b.define(result, value);
        self.jump(end);
        self.continue_in(end);
        self.b.read(result)
    }

    /// `a++`, `--a`. If nobody wants the value, it makes no difference which side the operator stands on.
    pub(super) fn update(&mut self, update: &'a UpdateExpression<'a>, wanted: bool) -> Value {
        let mut reference = self.reference(&update.argument);
        self.settle_key(&mut reference, &update.argument);
        let old = self.get_reference(&reference);
        self.at(update.span.start);
        let old = self.op0(Op::ToNumeric, &[old]);
        let op = match update.operator {
            UpdateOperator::Increment => Op::Inc,
            UpdateOperator::Decrement => Op::Dec,
        };
        let new = self.op0(op, &[old]);
        self.set_reference(&reference, new);
        if wanted && !update.prefix { old } else { new }
    }
}

/// Whether the value of the expression is surely no object, so that using it as a key twice runs no code.
fn is_primitive(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::BinaryExpression(_)
        | Expression::UpdateExpression(_)
        | Expression::UnaryExpression(_)
        | Expression::TemplateLiteral(_) => true,
        Expression::AssignmentExpression(assignment) => assignment.operator.is_arithmetic(),
        other => Literal::of(other).is_some(),
    }
}
