//! `encodeURI`, `encodeURIComponent`, `decodeURI`, `decodeURIComponent`.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::text;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, Result, StringBuilder, Thrown};

/// Punctuation that needs no escape anywhere.
const MARKS: &[u8] = b"-_.!~*'()";
/// Punctuation that separates the parts of a URI.
const RESERVED: &[u8] = b";/?:@&=+$,#";

jerboa_rt::native! {
    /// `encodeURI(text)`
    fn jrt_n_encode_uri(vm, args) {
        encode(vm, args, RESERVED)
    }

    /// `encodeURIComponent(text)`
    fn jrt_n_encode_uri_component(vm, args) {
        encode(vm, args, b"")
    }

    /// `decodeURI(text)`
    fn jrt_n_decode_uri(vm, args) {
        decode(vm, args, RESERVED)
    }

    /// `decodeURIComponent(text)`
    fn jrt_n_decode_uri_component(vm, args) {
        decode(vm, args, b"")
    }
}

fn encode<'a>(vm: &'a mut Vm, args: Args, kept: &[u8]) -> Result<Value<'a>> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let [source] = args.take(vm)?;
    let mut result = StringBuilder::new(vm)?;
    vm.to_flat_string(source)?;
    let mut at = 0;
    while let Some(byte) = byte_at(vm, source, at) {
        at += 1;
        if byte.is_ascii_alphanumeric() || MARKS.contains(&byte) || kept.contains(&byte) {
            result.push(vm, &[byte])?;
            continue;
        }
        // WTF-8 has surrogates only where they stand alone.
        if byte == 0xed && byte_at(vm, source, at).is_some_and(|next| next >= 0xa0) {
            return Err(malformed(vm));
        }
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
        result.push(vm, &[b'%', digit(byte >> 4), digit(byte & 15)])?;
    }
    result.finish(vm)
}

fn decode<'a>(vm: &'a mut Vm, args: Args, kept: &[u8]) -> Result<Value<'a>> {
    let [source] = args.take(vm)?;
    let mut result = StringBuilder::new(vm)?;
    vm.to_flat_string(source)?;
    let mut at = 0;
    while let Some(byte) = byte_at(vm, source, at) {
        if byte != b'%' {
            // Bytes of a longer sequence are gathered, as the builder takes whole ones.
            let len = sequence_len(byte);
            let mut sequence = [0; 4];
            for (i, slot) in sequence.iter_mut().take(len).enumerate() {
                *slot = byte_at(vm, source, at + i).unwrap_or(0);
            }
            result.push(vm, sequence.get(..len).unwrap_or_default())?;
            at += len;
            continue;
        }
        let Some(first) = escaped(vm, source, at) else { return Err(malformed(vm)) };
        if first < 0x80 {
            if kept.contains(&first) {
                let mut escape = *b"%00";
                for (i, slot) in escape.iter_mut().enumerate() {
                    *slot = byte_at(vm, source, at + i).unwrap_or(0);
                }
                result.push(vm, &escape)?;
            } else {
                result.push(vm, &[first])?;
            }
            at += 3;
            continue;
        }
        let len = sequence_len(first);
        let mut sequence = [first, 0, 0, 0];
        for (i, slot) in sequence.iter_mut().enumerate().take(len).skip(1) {
            let Some(next) = escaped(vm, source, at + 3 * i) else { return Err(malformed(vm)) };
            *slot = next;
        }
        let sequence = sequence.get(..len).unwrap_or_default();
        // A surrogate is valid WTF-8 but no UTF-8.
        let surrogate = matches!(sequence, [0xed, 0xa0..=0xff, ..]);
        if len < 2 || surrogate || !text::is_valid(sequence) {
            return Err(malformed(vm));
        }
        result.push(vm, sequence)?;
        at += 3 * len;
    }
    result.finish(vm)
}

fn byte_at(vm: &Vm, string: Slot, at: usize) -> Option<u8> {
    vm.text(string).get(at).copied()
}

/// The byte of the escape `%XX` at an offset.
fn escaped(vm: &Vm, string: Slot, at: usize) -> Option<u8> {
    let text = vm.text(string);
    let &[b'%', high, low] = text.get(at..at + 3)? else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(high)? << 4 | digit(low)?) as u8)
}

/// Bytes of the sequence that a byte leads; 1 if it leads none.
fn sequence_len(lead: u8) -> usize {
    match lead {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => 1,
    }
}

#[cold]
fn malformed(vm: &mut Vm) -> Thrown {
    let mut throw = || -> Result<Slot> {
        let [message, error] = vm.slots()?;
        vm.new_string(b"URI malformed")?.store(message);
        super::error::with_prototype(vm, ObjectId::UriErrorPrototype, message, error)?;
        Ok(error)
    };
    match throw() {
        Ok(error) => vm.throw(error),
        Err(thrown) => thrown,
    }
}
