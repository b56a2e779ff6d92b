//! Destructuring, in declarations and in assignments.
use super::assign::Reference;
use super::expr::Key;
use super::function::name_of_pattern;
use super::object::property_key;
use super::*;
use crate::literal::StaticKey;
use oxc_span::GetSpan;

impl<'a> FunctionLowering<'_, 'a> {
    /// Gives the variables of a pattern their values; `first` if these are their first ones (all but `var`).
    pub(super) fn bind_pattern(&mut self, pattern: &'a BindingPattern<'a>, value: Value, first: bool) {
        match pattern {
            BindingPattern::BindingIdentifier(ident) => {
                if let Some(symbol) = ident.symbol_id.get() {
                    self.at(ident.span.start);
                    if first { self.initialise(symbol, value) } else { self.store(symbol, value) }
                }
            }
            BindingPattern::AssignmentPattern(default) => {
                let value = self.with_default(value, &default.right, name_of_pattern(&default.left));
                self.bind_pattern(&default.left, value, first);
            }
            BindingPattern::ObjectPattern(object) => {
                self.require_object(value, object.span.start, object.properties.is_empty());
                let mut keys = Vec::new();
                for property in &object.properties {
                    let (key, offset) = self.pattern_key(&property.key);
                    keys.push(key);
                    let part = self.get(value, key, offset);
                    self.bind_pattern(&property.value, part, first);
                }
                if let Some(rest) = &object.rest {
                    let part = self.rest_properties(value, &keys, rest.span.start);
                    self.bind_pattern(&rest.argument, part, first);
                }
            }
            BindingPattern::ArrayPattern(array) => {
                self.at(array.span.start);
                let state = self.op0(Op::IterStart, &[value]);
                self.closing(state, |lowering| {
                    for element in &array.elements {
                        lowering.at(array.span.start);
                        let part = lowering.next_element(state);
                        if let Some(element) = element {
                            lowering.bind_pattern(element, part, first);
                        }
                    }
                    if let Some(rest) = &array.rest {
                        lowering.at(rest.span.start);
                        let part = lowering.rest_elements(state);
                        lowering.bind_pattern(&rest.argument, part, first);
                    }
                });
                if array.rest.is_none() {
                    self.close_iteration(state);
                }
            }
        }
    }

    /// Assigns to any target.
    pub(super) fn assign_target(&mut self, target: &'a AssignmentTarget<'a>, value: Value) {
        match target {
            AssignmentTarget::ArrayAssignmentTarget(array) => self.assign_array(array, value),
            AssignmentTarget::ObjectAssignmentTarget(object) => self.assign_object(object, value),
            other => match other.as_simple_assignment_target() {
                Some(simple) => {
                    let reference = self.reference(simple);
                    self.set_reference(&reference, value);
                }
                None => {
                    self.refuse(other.span(), "this assignment target");
                }
            },
        }
    }

    fn assign_array(&mut self, array: &'a ArrayAssignmentTarget<'a>, value: Value) {
        self.at(array.span.start);
        let state = self.op0(Op::IterStart, &[value]);
        self.closing(state, |lowering| {
            for element in &array.elements {
                match element {
                    Some(element) => {
                        let reference = lowering.target_reference(target_of(element));
                        lowering.at(array.span.start);
                        let part = lowering.next_element(state);
                        lowering.assign_maybe_default(element, reference, part);
                    }
                    None => {
                        lowering.at(array.span.start);
                        lowering.next_element(state);
                    }
                }
            }
            if let Some(rest) = &array.rest {
                let reference = lowering.target_reference(&rest.target);
                lowering.at(rest.span.start);
                let part = lowering.rest_elements(state);
                match reference {
                    Some(reference) => lowering.set_reference(&reference, part),
                    None => lowering.assign_target(&rest.target, part),
                }
            }
        });
        if array.rest.is_none() {
            self.at(array.span.start);
            self.close_iteration(state);
        }
    }

    fn assign_object(&mut self, object: &'a ObjectAssignmentTarget<'a>, value: Value) {
        self.require_object(value, object.span.start, object.properties.is_empty());
        let mut keys = Vec::new();
        for property in &object.properties {
            match property {
                AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) => {
                    let ident = &property.binding;
                    let name = self.resolve(ident);
                    let key = Key::Name(self.intern(&ident.name));
                    keys.push(key);
                    let mut part = self.get(value, key, ident.span.start);
                    if let Some(default) = &property.init {
                        part = self.with_default(part, default, Some(ident.name.as_bytes()));
                    }
                    self.write_name(&name, part, ident.span.start);
                }
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                    let (key, offset) = self.pattern_key(&property.name);
                    keys.push(key);
                    let reference = self.target_reference(target_of(&property.binding));
                    let part = self.get(value, key, offset);
                    self.assign_maybe_default(&property.binding, reference, part);
                }
            }
        }
        if let Some(rest) = &object.rest {
            let reference = self.target_reference(&rest.target);
            let part = self.rest_properties(value, &keys, rest.span.start);
            match reference {
                Some(reference) => self.set_reference(&reference, part),
                None => self.assign_target(&rest.target, part),
            }
        }
    }

    /// A new object with the properties that the pattern has not named.
    fn rest_properties(&mut self, value: Value, keys: &[Key], offset: u32) -> Value {
        self.at(offset);
        let target = self.op(Op::NewObject, &[], Imm::Keys(Vec::new()));
        let mut operands = vec![target, value];
        for key in keys {
            operands.push(match key {
                Key::Name(name) => self.constant(Const::Str(*name)),
                Key::Value(key) => *key,
            });
        }
        self.intrinsic(NativeId::CopyProperties, &operands)
    }

    /// Evaluates the parts of a target before its value is known; `None` for a nested pattern, which has none.
    fn target_reference(&mut self, target: &'a AssignmentTarget<'a>) -> Option<Reference> {
        target.as_simple_assignment_target().map(|simple| self.reference(simple))
    }

    fn assign_maybe_default(
        &mut self,
        target: &'a AssignmentTargetMaybeDefault<'a>,
        reference: Option<Reference>,
        value: Value,
    ) {
        let value = match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with) => {
                let name = match &with.binding {
                    AssignmentTarget::AssignmentTargetIdentifier(ident) => {
                        Some(display_name(ident.name.as_str()).as_bytes())
                    }
                    _ => None,
                };
                self.with_default(value, &with.init, name)
            }
            _ => value,
        };
        match reference {
            Some(reference) => self.set_reference(&reference, value),
            None => self.assign_target(target_of(target), value),
        }
    }

    /// The key of a property in a pattern, and its offset.
    fn pattern_key(&mut self, key: &'a PropertyKey<'a>) -> (Key, u32) {
        let offset = key.span().start;
        let evaluated = match property_key(key) {
            Some(StaticKey::Name(name)) => Key::Name(self.cx.module.intern(&name)),
            Some(StaticKey::Index(index)) => Key::Value(self.number(f64::from(index))),
            None => match key.as_expression() {
                Some(expression) => {
                    let value = self.expr(expression);
                    self.at(offset);
                    Key::Value(self.op0(Op::ToKey, &[value]))
                }
                None => Key::Value(self.refuse(key.span(), "this property key")),
            },
        };
        (evaluated, offset)
    }

    /// An object pattern needs something that has properties; without properties nothing else would find out.
    fn require_object(&mut self, value: Value, offset: u32, empty: bool) {
        if !empty {
            return;
        }
        self.at(offset);
        let nullish = self.op0(Op::IsNullish, &[value]);
        let (bad, good) = (self.b.block(), self.b.block());
        self.branch(nullish, bad, good);
        self.continue_in(bad);
        self.throw_error(ErrorKind::TypeError, "Cannot destructure a value that is undefined or null.");
        self.continue_in(good);
    }

    /// The next value of an iteration; undefined at its end.
    fn next_element(&mut self, state: Value) -> Value {
        let result = self.b.variable();
        let (ended, go_on) = (self.b.block(), self.b.block());
        let value = self.op0(Op::IterNext, &[state]);
        self.b.define(result, value);
        let empty = self.op0(Op::IsEmpty, &[value]);
        self.branch(empty, ended, go_on);
        self.continue_in(ended);
        let undefined = self.undefined();
        self.b.define(result, undefined);
        self.jump(go_on);
        self.continue_in(go_on);
        self.b.read(result)
    }

    /// An array of the values that an iteration still gives.
    fn rest_elements(&mut self, state: Value) -> Value {
        let array = self.op0(Op::NewArray, &[]);
        if self.dead() {
            return array;
        }
        let (head, body, end) = (self.b.block(), self.b.block(), self.b.block());
        self.jump(head);
        self.b.switch_to(head);
        let value = self.op0(Op::IterNext, &[state]);
        let empty = self.op0(Op::IsEmpty, &[value]);
        self.branch(empty, end, body);
        self.continue_in(body);
        self.effect(Op::ArrayPush, &[array, value], Imm::None);
        self.jump(head);
        self.b.seal(head);
        self.continue_in(end);
        array
    }
}

/// The target without its default value.
fn target_of<'t, 'a>(target: &'t AssignmentTargetMaybeDefault<'a>) -> &'t AssignmentTarget<'a> {
    match target {
        AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with) => &with.binding,
        other => other.as_assignment_target().expect("every other target is a plain one"),
    }
}
