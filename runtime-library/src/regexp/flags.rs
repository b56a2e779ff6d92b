//! The accessors of `RegExp.prototype`, and `toString`.

use jerboa_abi::builtins::ObjectId;
use jerboa_abi::regexp::{Program, flag};
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

use crate::pattern::asks_properties;

jerboa_rt::native! {
    /// `regexp.hasIndices`
    fn jrt_n_reg_exp_has_indices(vm, args) {
        has(vm, args, flag::INDICES, "hasIndices")
    }

    /// `regexp.global`
    fn jrt_n_reg_exp_global(vm, args) {
        has(vm, args, flag::GLOBAL, "global")
    }

    /// `regexp.ignoreCase`
    fn jrt_n_reg_exp_ignore_case(vm, args) {
        has(vm, args, flag::IGNORE_CASE, "ignoreCase")
    }

    /// `regexp.multiline`
    fn jrt_n_reg_exp_multiline(vm, args) {
        has(vm, args, flag::MULTILINE, "multiline")
    }

    /// `regexp.dotAll`
    fn jrt_n_reg_exp_dot_all(vm, args) {
        has(vm, args, flag::DOT_ALL, "dotAll")
    }

    /// `regexp.unicode`
    fn jrt_n_reg_exp_unicode(vm, args) {
        has(vm, args, flag::UNICODE, "unicode")
    }

    /// `regexp.sticky`
    fn jrt_n_reg_exp_sticky(vm, args) {
        has(vm, args, flag::STICKY, "sticky")
    }

    /// `regexp.flags`
    fn jrt_n_reg_exp_flags(vm, args) {
        let [text] = vm.slots()?;
        if !vm.get(args.this()).is_object() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[
                    Piece::Text("RegExp.prototype.flags getter called on non-object "),
                    Piece::value(args.this()),
                ],
            ));
        }
        let shown = asks_properties(vm) || !is_instance(vm, args.this());
        letters(vm, args.this(), text, shown)?;
        Ok(vm.get(text))
    }

    /// `regexp.source`
    fn jrt_n_reg_exp_source(vm, args) {
        let [text] = vm.slots()?;
        if !is_instance(vm, args.this()) {
            if is_prototype(vm, args) {
                return vm.new_string(b"(?:)");
            }
            return Err(not_a_regexp(vm, "source"));
        }
        let mut source = StringBuilder::new(vm)?;
        push_source(vm, &mut source, args.this(), text)?;
        source.finish(vm)
    }

    /// `regexp.toString()`
    fn jrt_n_reg_exp_to_string(vm, args) {
        let [text] = vm.slots()?;
        let regexp = args.this();
        if !vm.get(regexp).is_object() {
            return Err(vm.throw_error(
                ErrorKind::Type,
                &[
                    Piece::Text("Method RegExp.prototype.toString called on incompatible receiver "),
                    Piece::value(regexp),
                ],
            ));
        }
        let mut result = StringBuilder::new(vm)?;
        result.push(vm, b"/")?;
        if is_instance(vm, regexp) && !asks_properties(vm) {
            push_source(vm, &mut result, regexp, text)?;
            result.push(vm, b"/")?;
            letters(vm, regexp, text, false)?;
        } else {
            vm.get_by_name(regexp, "source")?.store(text);
            vm.to_flat_string(text)?;
            result.push_string(vm, text)?;
            result.push(vm, b"/")?;
            vm.get_by_name(regexp, "flags")?.store(text);
            vm.to_flat_string(text)?;
        }
        result.push_string(vm, text)?;
        result.finish(vm)
    }
}

fn is_instance(vm: &Vm, value: Slot) -> bool {
    vm.get(value).instance_class() == Some(InstanceClass::RegExp)
}

fn is_prototype(vm: &Vm, args: Args) -> bool {
    vm.get(args.this()).word() == vm.intrinsic_word(ObjectId::RegExpPrototype)
}

#[cold]
fn not_a_regexp(vm: &mut Vm, name: &str) -> jerboa_rt::Thrown {
    vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("RegExp.prototype."),
            Piece::Text(name),
            Piece::Text(" getter called on non-RegExp object"),
        ],
    )
}

fn flags_of(vm: &Vm, regexp: Slot) -> u8 {
    vm.instance_state(regexp).text().first().copied().unwrap_or(0)
}

fn has<'a>(vm: &'a mut Vm, args: Args, flag: u8, name: &str) -> Result<Value<'a>> {
    if is_instance(vm, args.this()) {
        return Ok(Value::bool(flags_of(vm, args.this()) & flag != 0));
    }
    if is_prototype(vm, args) { Ok(Value::UNDEFINED) } else { Err(not_a_regexp(vm, name)) }
}

/// The letters of an object's flags, in a slot: those that it was made with, or if they are to be `shown`, those whose
/// properties are true.
pub(super) fn letters(vm: &mut Vm, object: Slot, to: Slot, shown: bool) -> Result<()> {
    const NAMES: [&str; 7] =
        ["hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky"];
    let mut letters = [0; NAMES.len()];
    let mut count = 0;
    for ((letter, bit), name) in flag::LETTERS.into_iter().zip(NAMES) {
        let there =
            if shown { vm.get_by_name(object, name)?.to_boolean() } else { flags_of(vm, object) & bit != 0 };
        if there && let Some(place) = letters.get_mut(count) {
            *place = letter;
            count += 1;
        }
    }
    vm.new_string(letters.get(..count).unwrap_or_default())?.store(to);
    Ok(())
}

/// Appends the source of an instance as a literal would have it: slashes and line terminators escaped.
fn push_source(vm: &mut Vm, text: &mut StringBuilder, regexp: Slot, part: Slot) -> Result<()> {
    vm.instance_state(regexp).store(part);
    let (start, end) = {
        let text = vm.text(part);
        (text.len() - Program::of(text).source.len(), text.len())
    };
    if start == end {
        return text.push(vm, b"(?:)");
    }
    let source = vm.push(part)?;
    let (mut class, mut escaped) = (false, false);
    let mut at = start;
    while at < end {
        let (code, len) = {
            let all = vm.text(source);
            jerboa_rt::text::decode(all.get(at..).unwrap_or_default()).unwrap_or((0, 1))
        };
        let shown: &[u8] = match code {
            0x2f if !class && !escaped => b"\\/",
            0xa if escaped => b"n",
            0xa => b"\\n",
            0xd if escaped => b"r",
            0xd => b"\\r",
            0x2028 if escaped => b"u2028",
            0x2028 => b"\\u2028",
            0x2029 if escaped => b"u2029",
            0x2029 => b"\\u2029",
            _ => b"",
        };
        match (escaped, code) {
            (false, 0x5b) => class = true,
            (false, 0x5d) => class = false,
            _ => {}
        }
        escaped = code == 0x5c && !escaped;
        if shown.is_empty() {
            text.push_code_point(vm, code)?;
        } else {
            text.push(vm, shown)?;
        }
        at += len;
    }
    Ok(())
}
