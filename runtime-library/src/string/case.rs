//! `toLowerCase`, `toUpperCase` and their locale forms, `normalize`, `isWellFormed`, `toWellFormed`.

use jerboa_rt::string::is_ascii;
use jerboa_rt::text::{self, Counter, Sink};
use jerboa_rt::value::Value;
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result};

use super::receiver;

jerboa_rt::native! {
    /// `string.toLowerCase()`
    fn jrt_n_string_to_lower_case(vm, args) {
        lower(vm, args)
    }

    /// `string.toLocaleLowerCase()`
    fn jrt_n_string_to_locale_lower_case(vm, args) {
        lower(vm, args)
    }

    /// `string.toUpperCase()`
    fn jrt_n_string_to_upper_case(vm, args) {
        upper(vm, args)
    }

    /// `string.toLocaleUpperCase()`
    fn jrt_n_string_to_locale_upper_case(vm, args) {
        upper(vm, args)
    }

    /// `string.normalize(form)`: text that the form can not change comes back; the tables for other text are not in the
    /// runtime, so that throws a RangeError.
    fn jrt_n_string_normalize(vm, args) {
        let [form] = args.take(vm)?;
        let this = receiver(vm, args)?;
        if vm.get(form).is_undefined() {
            vm.intern_text(b"NFC")?.store(form);
        }
        vm.to_flat_string(form)?;
        let limit = match vm.text(form) {
            // The first character that composes with one before it is U+0300.
            b"NFC" => 0x300,
            b"NFD" | b"NFKC" | b"NFKD" => 0x80,
            _ => return Err(vm.throw_range("The normalization form should be one of NFC, NFD, NFKC, NFKD.")),
        };
        if !is_below(vm.text(this), limit) {
            return Err(vm.throw_range("normalize() is not available for text with such characters"));
        }
        Ok(vm.get(this))
    }

    /// `string.isWellFormed()`: whether there are no lone surrogates.
    fn jrt_n_string_is_well_formed(vm, args) {
        let this = receiver(vm, args)?;
        Ok(Value::bool(!has_surrogates(vm.text(this))))
    }

    /// `string.toWellFormed()`: U+FFFD in the place of lone surrogates.
    fn jrt_n_string_to_well_formed(vm, args) {
        let this = receiver(vm, args)?;
        if !has_surrogates(vm.text(this)) {
            return Ok(vm.get(this));
        }
        // A surrogate and the replacement both take three bytes.
        let len = vm.text(this).len();
        vm.build_string(len, |vm, sink| {
            let all = vm.text(this);
            let mut rest = all;
            while let Some((code, len)) = text::decode(rest) {
                let replaced = if is_surrogate(code) { 0xfffd } else { code };
                sink.push(text::encode(replaced, &mut [0; 4]));
                rest = rest.get(len..).unwrap_or_default();
            }
        })
    }
}

/// Whether a code point of WTF-8 is a lone surrogate.
fn is_surrogate(code: u32) -> bool {
    (0xd800..0xe000).contains(&code)
}

/// Whether there are lone surrogates in WTF-8: only they start with these two bytes.
fn has_surrogates(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, [0xed, 0xa0..=0xbf]))
}

fn lower<'a>(vm: &'a mut Vm, args: Args) -> Result<Value<'a>> {
    let this = receiver(vm, args)?;
    let len = if is_ascii(vm.get(this).word()) {
        vm.text(this).len()
    } else {
        let mut counter = Counter::default();
        text::to_lower(vm.text(this), &mut counter);
        counter.len
    };
    vm.build_string(len, |vm, sink| text::to_lower(vm.text(this), sink))
}

fn upper<'a>(vm: &'a mut Vm, args: Args) -> Result<Value<'a>> {
    let this = receiver(vm, args)?;
    let len = if is_ascii(vm.get(this).word()) {
        vm.text(this).len()
    } else {
        let mut counter = Counter::default();
        text::to_upper(vm.text(this), &mut counter);
        counter.len
    };
    vm.build_string(len, |vm, sink| text::to_upper(vm.text(this), sink))
}

/// Whether all code points are below a limit.
fn is_below(text: &[u8], limit: u32) -> bool {
    let mut rest = text;
    while let Some((code, len)) = text::decode(rest) {
        if code >= limit {
            return false;
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    true
}
