//! Operators (ES5 chapter 11). Operands are slots that keep their values.

use core::cmp::Ordering;

use jerboa_abi::builtins::NativeId;
use jerboa_abi::header::{self, Kind};
use jerboa_abi::value as word;

use crate::Result;
use crate::coerce::Hint;
use crate::gate::gate;
use crate::memory::load;
use crate::number;
use crate::property::name;
use crate::value::{Key, Slot, Value};
use crate::vm::Vm;

gate! {
    if StringOperands, fn compare_strings(vm: &mut Vm, a: Slot, b: Slot) -> Result<Ordering> {
        vm.compare_strings(a, b)
    }
    if StringOperands, fn strings_equal(vm: &mut Vm, a: Slot, b: Slot) -> Result<bool> {
        vm.strings_equal(a, b)
    }
}

/// Arithmetic on two numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arithmetic {
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`
    Div,
    /// `a % b`
    Rem,
    /// `a ** b`
    Exp,
}

/// Operators on 32-bit integers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bitwise {
    /// `a & b`
    And,
    /// `a | b`
    Or,
    /// `a ^ b`
    Xor,
    /// `a << b`
    Shl,
    /// `a >> b`
    Shr,
    /// `a >>> b`
    ShrUnsigned,
}

/// Comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `a < b`
    Less,
    /// `a <= b`
    LessEqual,
    /// `a > b`
    Greater,
    /// `a >= b`
    GreaterEqual,
}

impl Comparison {
    const fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Less => matches!(order, Ordering::Less),
            Comparison::LessEqual => !matches!(order, Ordering::Greater),
            Comparison::Greater => matches!(order, Ordering::Greater),
            Comparison::GreaterEqual => !matches!(order, Ordering::Less),
        }
    }
}

/// What `typeof` tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// `undefined`
    Undefined,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `string`
    String,
    /// `symbol`
    Symbol,
    /// `function`
    Function,
    /// `object`
    Object,
}

impl Type {
    /// The text that `typeof` gives.
    pub const fn name(self) -> &'static str {
        match self {
            Type::Undefined => "undefined",
            Type::Boolean => "boolean",
            Type::Number => "number",
            Type::String => "string",
            Type::Symbol => "symbol",
            Type::Function => "function",
            Type::Object => "object",
        }
    }
}

/// The word of 0.
const ZERO: u32 = word::INT_BIT;

impl Value<'_> {
    /// What `typeof` says.
    pub fn type_of(self) -> Type {
        match self.word() {
            word::UNDEFINED | word::EMPTY => Type::Undefined,
            word::NULL => Type::Object,
            w if word::is_bool(w) => Type::Boolean,
            _ if self.is_number() => Type::Number,
            _ if self.is_string() => Type::String,
            _ if self.is(Kind::Symbol) => Type::Symbol,
            _ if self.is_callable() => Type::Function,
            _ => Type::Object,
        }
    }
}

/// The remainder as `%` defines it: the sign of the dividend.
fn remainder(a: f64, b: f64) -> f64 {
    libm::fmod(a, b)
}

impl Vm {
    /// `a + b`.
    ///
    /// # Errors
    /// Whatever the conversions throw.
    #[inline]
    pub fn add(&mut self, a: Slot, b: Slot) -> Result<Value<'_>> {
        let (x, y) = (load(a.0), load(b.0));
        if x & y & word::INT_BIT != 0
            && let Some(sum) = Value::int(word::to_int(x) + word::to_int(y))
        {
            return Ok(sum);
        }
        self.add_slow(a, b)
    }

    #[inline(never)]
    fn add_slow(&mut self, a: Slot, b: Slot) -> Result<Value<'_>> {
        if let (Some(x), Some(y)) = (self.get(a).as_number(), self.get(b).as_number()) {
            return self.number(x + y);
        }
        let mark = self.mark();
        let x = self.push(a)?;
        let y = self.push(b)?;
        self.to_primitive(x, Hint::Default)?;
        self.to_primitive(y, Hint::Default)?;
        let result = if self.get(x).is_string() || self.get(y).is_string() {
            self.to_string(x)?;
            self.to_string(y)?;
            self.concat(x, y)?.word()
        } else {
            let sum = self.to_number(x)? + self.to_number(y)?;
            self.number(sum)?.word()
        };
        self.release(mark);
        Ok(Value::of(result))
    }

    /// `a - b`, `a * b`, `a / b`, `a % b`, `a ** b`.
    ///
    /// # Errors
    /// Whatever the conversions throw.
    pub fn arithmetic(&mut self, operator: Arithmetic, a: Slot, b: Slot) -> Result<Value<'_>> {
        self.arithmetic_inline(operator, a, b)
    }

    /// The same, for callers with one operator, who take only that one's code.
    #[inline(always)]
    pub(crate) fn arithmetic_inline(&mut self, operator: Arithmetic, a: Slot, b: Slot) -> Result<Value<'_>> {
        if let (Some(x), Some(y)) = (self.get(a).as_int(), self.get(b).as_int()) {
            let exact = match operator {
                Arithmetic::Sub => Some(i64::from(x) - i64::from(y)),
                // A product of zero may be -0.
                Arithmetic::Mul if x != 0 && y != 0 || x > 0 || y > 0 || x == 0 && y == 0 => {
                    let product = i64::from(x) * i64::from(y);
                    (product != 0 || x >= 0 && y >= 0).then_some(product)
                }
                Arithmetic::Rem if x >= 0 && y > 0 => Some(i64::from(x % y)),
                _ => None,
            };
            if let Some(exact) = exact
                && exact.unsigned_abs() < 1 << 53
            {
                return self.integer(exact);
            }
        }
        let x = self.to_number(a)?;
        let y = self.to_number(b)?;
        self.number(match operator {
            Arithmetic::Sub => x - y,
            Arithmetic::Mul => x * y,
            Arithmetic::Div => x / y,
            Arithmetic::Rem => remainder(x, y),
            Arithmetic::Exp => number::math::pow(x, y),
        })
    }

    /// The bitwise operators.
    ///
    /// # Errors
    /// Whatever the conversions throw.
    pub fn bitwise(&mut self, operator: Bitwise, a: Slot, b: Slot) -> Result<Value<'_>> {
        let x = self.to_i32(a)?;
        let y = self.to_i32(b)?;
        let shift = y as u32 & 31;
        self.integer(match operator {
            Bitwise::And => i64::from(x & y),
            Bitwise::Or => i64::from(x | y),
            Bitwise::Xor => i64::from(x ^ y),
            Bitwise::Shl => i64::from(x << shift),
            Bitwise::Shr => i64::from(x >> shift),
            Bitwise::ShrUnsigned => i64::from(x as u32 >> shift),
        })
    }

    /// `-a`.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn negate(&mut self, a: Slot) -> Result<Value<'_>> {
        let x = self.to_number(a)?;
        self.number(-x)
    }

    /// `+a`.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn to_numeric(&mut self, a: Slot) -> Result<Value<'_>> {
        if self.get(a).is_number() {
            return Ok(Value::of(load(a.0)));
        }
        let x = self.to_number(a)?;
        self.number(x)
    }

    /// `~a`.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn bit_not(&mut self, a: Slot) -> Result<Value<'_>> {
        let x = self.to_i32(a)?;
        self.integer(i64::from(!x))
    }

    /// `a + 1` or `a - 1` on a number ([`Vm::to_numeric`]), as `++` and `--` do.
    ///
    /// # Errors
    /// Whatever the conversion throws.
    pub fn increment(&mut self, a: Slot, by: i32) -> Result<Value<'_>> {
        let x = self.to_number(a)?;
        self.number(x + f64::from(by))
    }

    /// `a < b` and the like.
    ///
    /// # Errors
    /// Whatever the conversions throw.
    pub fn compare(&mut self, operator: Comparison, a: Slot, b: Slot) -> Result<bool> {
        if let (Some(x), Some(y)) = (self.get(a).as_int(), self.get(b).as_int()) {
            return Ok(operator.holds(x.cmp(&y)));
        }
        let mark = self.mark();
        let x = self.push(a)?;
        let y = self.push(b)?;
        self.to_primitive(x, Hint::Number)?;
        self.to_primitive(y, Hint::Number)?;
        let order = if self.get(x).is_string() && self.get(y).is_string() {
            Some(compare_strings(self, x, y)?)
        } else {
            let (x, y) = (self.to_number(x)?, self.to_number(y)?);
            x.partial_cmp(&y)
        };
        self.release(mark);
        Ok(order.is_some_and(|order| operator.holds(order)))
    }

    /// `a === b`.
    ///
    /// # Errors
    /// Throws a RangeError if a string has to be made flat and the heap is full.
    #[inline]
    pub fn strict_equals(&mut self, a: Slot, b: Slot) -> Result<bool> {
        let (x, y) = (load(a.0), load(b.0));
        // Unless both are pointers, equality of words decides, but for 0 and the boxed -0.
        if !word::is_pointer(x | y) && x != ZERO && y != ZERO {
            return Ok(x == y);
        }
        self.strict_equals_slow(a, b)
    }

    #[inline(never)]
    fn strict_equals_slow(&mut self, a: Slot, b: Slot) -> Result<bool> {
        let (x, y) = (self.get(a), self.get(b));
        if !x.is_pointer() || !y.is_pointer() {
            let zero =
                |value: Value<'_>| value.word() == ZERO || value.is(Kind::Double) && value.double() == 0.0;
            return Ok(x == y || zero(x) && zero(y));
        }
        let kind = header::kind(x.header());
        if kind == Kind::Double as u32 {
            return Ok(y.is(Kind::Double) && x.double() == y.double());
        }
        if x == y {
            return Ok(true);
        }
        if kind <= Kind::Rope as u32 && y.is_string() { strings_equal(self, a, b) } else { Ok(false) }
    }

    /// SameValue, for values that need no flattening: two different ropes are compared by what they were made from only if
    /// flat.
    pub(crate) fn same_value(&mut self, a: Value<'_>, b: Value<'_>) -> bool {
        // The values come from slots of the caller; nothing here allocates.
        if a == b {
            return true;
        }
        if let (Some(x), Some(y)) = (a.as_number(), b.as_number()) {
            return number::same_value(x, y);
        }
        a.is_string() && b.is_string() && !a.text().is_empty() && *a.text() == *b.text()
    }

    /// `Object.is(a, b)`.
    ///
    /// # Errors
    /// Throws a RangeError if a string has to be made flat and the heap is full.
    pub fn same_values(&mut self, a: Slot, b: Slot) -> Result<bool> {
        match (self.get(a).as_number(), self.get(b).as_number()) {
            (Some(x), Some(y)) => Ok(number::same_value(x, y)),
            _ => self.strict_equals(a, b),
        }
    }

    /// SameValueZero, as `includes`, Map and Set compare.
    ///
    /// # Errors
    /// Throws a RangeError if a string has to be made flat and the heap is full.
    pub fn same_values_zero(&mut self, a: Slot, b: Slot) -> Result<bool> {
        match (self.get(a).as_number(), self.get(b).as_number()) {
            (Some(x), Some(y)) => Ok(number::same_value_zero(x, y)),
            _ => self.strict_equals(a, b),
        }
    }

    /// `a == b`.
    ///
    /// # Errors
    /// Whatever the conversions throw.
    pub fn loose_equals(&mut self, a: Slot, b: Slot) -> Result<bool> {
        let mark = self.mark();
        let x = self.push(a)?;
        let y = self.push(b)?;
        let result = self.loose_equals_in_place(x, y)?;
        self.release(mark);
        Ok(result)
    }

    fn loose_equals_in_place(&mut self, x: Slot, y: Slot) -> Result<bool> {
        // At most an object becomes a primitive on either side.
        for _ in 0..3 {
            let (a, b) = (self.get(x), self.get(y));
            if a.is_nullish() || b.is_nullish() {
                return Ok(a.is_nullish() && b.is_nullish());
            }
            let (left, right) = (a.type_of(), b.type_of());
            let (a_object, b_object) = (a.is_object(), b.is_object());
            if left == right || a_object && b_object {
                return self.strict_equals(x, y);
            }
            if a_object {
                self.to_primitive(x, Hint::Default)?;
                continue;
            }
            if b_object {
                self.to_primitive(y, Hint::Default)?;
                continue;
            }
            if left == Type::Symbol || right == Type::Symbol {
                return Ok(false);
            }
            return Ok(self.to_number(x)? == self.to_number(y)?);
        }
        Ok(false)
    }

    /// `typeof a`.
    ///
    /// # Errors
    /// Throws a RangeError if the heap is full and the image does not have the text.
    pub fn type_name(&mut self, a: Slot) -> Result<Value<'_>> {
        let name = self.get(a).type_of().name();
        self.intern_text(name.as_bytes())
    }

    /// `a instanceof b`.
    ///
    /// # Errors
    /// Throws a TypeError if `b` is no function or has no prototype object.
    pub fn instance_of(&mut self, a: Slot, b: Slot) -> Result<bool> {
        let function = load(b.0);
        if Value::of(function).is_object()
            && let Some(custom) = self.call_hook(NativeId::CustomInstance, &[a, b])?
            && custom != word::EMPTY
        {
            return Ok(custom == word::TRUE);
        }
        if !Value::of(function).is_callable() {
            let object = Value::of(function).is_object();
            return Err(self.throw_type(if object {
                "Right-hand side of 'instanceof' is not callable"
            } else {
                "Right-hand side of 'instanceof' is not an object"
            }));
        }
        self.is_instance(a, function)
    }

    /// Whether an object inherits from the prototype of a function, given as a word.
    ///
    /// # Errors
    /// What a getter throws; a TypeError if the prototype is no object.
    pub fn is_instance(&mut self, a: Slot, mut function: u32) -> Result<bool> {
        if !self.get(a).is_object() {
            return Ok(false);
        }
        while Value::of(function).is(Kind::Bound) {
            function = load(function + 4);
        }
        let mark = self.mark();
        let function = self.push_word(function)?;
        let prototype = self.get_named(function, name::PROTOTYPE)?.word();
        self.release(mark);
        if !Value::of(prototype).is_object() {
            return Err(self.throw_type("Function has non-object prototype in instanceof check"));
        }
        let mut at = self.prototype_word(load(a.0));
        while at != word::NULL {
            if at == prototype {
                return Ok(true);
            }
            at = self.prototype_word(at);
        }
        Ok(false)
    }

    /// `key in object`.
    ///
    /// # Errors
    /// Throws a TypeError if it is no object, and what the key's conversion throws.
    pub fn has_element(&mut self, key: Slot, object: Slot) -> Result<bool> {
        if !self.get(object).is_object() {
            let mark = self.mark();
            let name = self.push(key)?;
            self.to_property_key(name)?;
            let thrown = self.throw_error(
                crate::error::ErrorKind::Type,
                &[
                    crate::error::Piece::Text("Cannot use 'in' operator to search for '"),
                    crate::error::Piece::value(name),
                    crate::error::Piece::Text("' in "),
                    crate::error::Piece::value(object),
                ],
            );
            self.release(mark);
            return Err(thrown);
        }
        let mark = self.mark();
        let name = self.push(key)?;
        self.to_property_key(name)?;
        let result = self.has_property(object, Key::slot(name), true)?;
        self.release(mark);
        Ok(result)
    }

    /// `delete object[key]` in strict code.
    ///
    /// # Errors
    /// Throws a TypeError if the property can not be deleted, or the object is undefined or null.
    pub fn delete_element(&mut self, object: Slot, key: Slot) -> Result<()> {
        let mark = self.mark();
        let name = self.push(key)?;
        self.to_property_key(name)?;
        let target = self.push(object)?;
        self.to_object(target)?;
        if !self.delete_property(target, Key::slot(name))? {
            return Err(self.throw_property(
                crate::error::PropertyError::NotDeletable,
                target,
                Key::slot(name),
            ));
        }
        self.release(mark);
        Ok(())
    }
}
