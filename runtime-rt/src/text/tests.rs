//! Text operations against their definition on UTF-16 code units, and against Node.

use super::*;
use crate::number::oracle::{Random, node, rounds, step};

/// WTF-8 of code units, by the definition.
fn wtf8(units: &[u16]) -> Vec<u8> {
    let mut out = Vec::new();
    for code in char::decode_utf16(units.iter().copied()) {
        let code = code.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from);
        out.extend_from_slice(encode(code, &mut [0; 4]));
    }
    out
}

fn units(text: &[u8]) -> Vec<u16> {
    Units::new(text).collect()
}

fn collect(write: impl FnOnce(&mut dyn Sink)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut |bytes: &[u8]| out.extend_from_slice(bytes));
    out
}

/// Few distinct units, so that matches, pairs, halves and equal prefixes are frequent.
fn random_units(random: &mut Random, max: u64) -> Vec<u16> {
    const ALPHABET: [u16; 16] = [
        0x61, 0x61, 0x62, 0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x20ac, 0xd83d, 0xd83d, 0xdbff, 0xde00, 0xdc00,
        0xe000, 0xffff,
    ];
    let ascii = random.below(4) == 0;
    let count = random.below(max + 1);
    (0..count).map(|_| ALPHABET[random.below(if ascii { 3 } else { 16 }) as usize]).collect()
}

#[test]
fn encoding_is_the_standard_librarys() {
    for c in (0..0x11_0000).filter_map(char::from_u32) {
        let mut buf = [0; 4];
        let mut own = [0; 4];
        let expected = c.encode_utf8(&mut buf).as_bytes();
        assert_eq!(encode(c as u32, &mut own), expected);
        assert_eq!(decode(expected), Some((c as u32, expected.len())));
        assert_eq!(decode_last(expected), Some((c as u32, expected.len())));
        assert!(is_valid(expected));
    }
    for unit in 0xd800..=0xdfff {
        let mut buf = [0; 4];
        let bytes = encode_unit(unit, &mut buf);
        assert_eq!(decode(bytes), Some((u32::from(unit), 3)));
        assert_eq!(decode_last(bytes), Some((u32::from(unit), 3)));
        assert!(is_valid(bytes));
    }
    assert_eq!((decode(b""), decode_last(b"")), (None, None));
}

/// Valid means: what encoding some code units gives.
#[test]
fn validity() {
    let mut random = Random(31);
    let interesting = [
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xaf, 0xb0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
        0xed, 0xed, 0xee, 0xf0, 0xf1, 0xf4, 0xf5, 0xff,
    ];
    let mut valid = 0;
    for _ in 0..rounds(1_000_000) {
        let count = random.below(8);
        let text: Vec<u8> =
            (0..count).map(|_| interesting[random.below(interesting.len() as u64) as usize]).collect();
        let round_trip = wtf8(&units(&text)) == text;
        assert_eq!(is_valid(&text), round_trip, "{text:x?}");
        valid += u32::from(round_trip && count != 0);
        // Nothing panics on bytes that are not valid.
        slice(&text, 1, 3);
        utf16_len(&text);
        decode_last(&text);
        index_of(&text, &[0xed, 0xa0], 1);
        json_quote(&text, &mut Counter::default());
        to_lower(&text, &mut Counter::default());
        trim(&text);
        let _ = json_unquote(&text, &mut Counter::default());
    }
    assert!(valid > rounds(10_000) as u32, "only {valid} valid samples");
}

#[test]
fn lengths_indices_and_slices() {
    let mut random = Random(32);
    for _ in 0..rounds(60_000) {
        let model = random_units(&mut random, 14);
        let text = wtf8(&model);
        assert!(is_valid(&text));
        assert_eq!(units(&text), model);
        assert_eq!(utf16_len(&text), model.len());
        assert_eq!(is_ascii(&text), model.iter().all(|&unit| unit < 0x80));
        for index in 0..model.len() + 2 {
            assert_eq!(char_code_at(&text, index), model.get(index).copied());
            let expected = char::decode_utf16(model.iter().skip(index).copied())
                .next()
                .map(|code| code.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
            assert_eq!(code_point_at(&text, index), expected);
            let place = place_of(&text, index);
            let back = unit_index(&text, place.offset) + usize::from(place.low_half);
            assert_eq!(back, index.min(model.len()));
        }
        let start = random.below(16) as usize;
        let end = random.below(16) as usize;
        let part = slice(&text, start, end);
        let written = collect(|sink| part.write(sink));
        let (start, end) = (start.min(model.len()), end.min(model.len()));
        assert_eq!(written, wtf8(model.get(start..end).unwrap_or_default()), "{model:x?} {start} {end}");
        assert_eq!(part.byte_len(), written.len());
    }
}

#[test]
fn concatenation_joins_pairs() {
    let mut random = Random(33);
    let mut joined = 0;
    for _ in 0..rounds(60_000) {
        let (a, b) = (random_units(&mut random, 4), random_units(&mut random, 4));
        let (text_a, text_b) = (wtf8(&a), wtf8(&b));
        let both = collect(|sink| concat(&text_a, &text_b, sink));
        assert_eq!(both, wtf8(&[a, b].concat()));
        assert_eq!(concat_len(&text_a, &text_b), both.len());
        joined += u32::from(joint(&text_a, &text_b).is_some());
    }
    assert!(joined > rounds(200) as u32, "only {joined} joints");
}

#[test]
fn order_is_by_code_units() {
    let mut random = Random(34);
    for _ in 0..rounds(200_000) {
        let (a, b) = (random_units(&mut random, 4), random_units(&mut random, 4));
        assert_eq!(compare(&wtf8(&a), &wtf8(&b)), a.cmp(&b), "{a:x?} {b:x?}");
    }
}

#[test]
fn search_is_by_code_units() {
    let mut random = Random(35);
    let mut found = 0;
    for _ in 0..rounds(150_000) {
        let (text, needle) = (random_units(&mut random, 10), random_units(&mut random, 3));
        let from = random.below(13) as usize;
        let matches = |&at: &usize| text[at..].starts_with(&needle);
        let from_within = from.min(text.len());
        let first = (from_within..=text.len()).find(matches);
        let last = (0..=from_within).rev().find(matches);
        let (bytes, needle_bytes) = (wtf8(&text), wtf8(&needle));
        assert_eq!(index_of(&bytes, &needle_bytes, from), first, "{text:x?} {needle:x?} {from}");
        assert_eq!(last_index_of(&bytes, &needle_bytes, from), last, "{text:x?} {needle:x?} {from}");
        found += u32::from(first.is_some() && !needle.is_empty());
    }
    assert!(found > rounds(3_000) as u32, "only {found} matches");
}

#[test]
fn hash_is_fixed() {
    assert_eq!(hash(b""), 0x811c_9dc5 ^ 0x811c_9dc5 >> 15);
    // FNV-1a of "a" and "foobar", mixed.
    assert_eq!(hash(b"a"), 0xe40c_292c ^ 0xe40c_292c >> 15);
    assert_eq!(hash(b"foobar"), 0xbf9c_f968 ^ 0xbf9c_f968 >> 15);
}

#[test]
fn white_space_agrees_with_node() {
    let Some(out) = node("all(Uint8Array.from({length: 65536}, (_, i) =>
        (String.fromCharCode(i).trim() === '') + 2 * (/^.$/s.test(String.fromCharCode(i)) && !/^.$/.test(String.fromCharCode(i)))))", b"")
    else {
        return;
    };
    for (code, &class) in out.iter().enumerate() {
        assert_eq!(is_white_space(code as u32), class & 1 != 0, "U+{code:04X}");
        assert_eq!(is_line_terminator(code as u32), class & 2 != 0, "U+{code:04X}");
    }
}

#[test]
fn trimming() {
    let text = "\u{feff} \u{3000}a b\u{2029}\u{a0}\n".as_bytes();
    assert_eq!(trim(text), b"a b");
    assert_eq!(trim_start(text), "a b\u{2029}\u{a0}\n".as_bytes());
    assert_eq!(trim_end(text), "\u{feff} \u{3000}a b".as_bytes());
    assert_eq!(trim(" \u{2003} ".as_bytes()), b"");
    assert_eq!(trim("\u{200b}".as_bytes()), "\u{200b}".as_bytes());
}

/// Every code point that Node's version of Unicode knows, alone and around a capital sigma.
#[test]
fn case_agrees_with_node() {
    let script = "const out = [], known = /\\p{Assigned}/u;
        for (let i = 0; i < 0x110000; i++) {
            if (i >= 0xd800 && i < 0xe000) continue;
            const c = String.fromCodePoint(i);
            if (!known.test(c)) continue;
            out.push([c, c.toUpperCase(), ('a' + c + 'Σ' + c + 'a').toLowerCase(), (c + 'Σ').toLowerCase(),
                ('aΣ' + c).toLowerCase()].join('\\0'));
        }
        all(Buffer.from(out.join('\\x01')))";
    let Some(out) = node(script, b"") else { return };
    let text = String::from_utf8(out).unwrap();
    let lower = |text: String| String::from_utf8(collect(|sink| to_lower(text.as_bytes(), sink))).unwrap();
    let mut seen = 0;
    for line in text.split('\x01').step_by(step()) {
        let fields: Vec<&str> = line.split('\0').collect();
        let [c, upper, inside, after, before] = fields[..] else { continue };
        // Skips the two separators themselves.
        if c.is_empty() {
            continue;
        }
        let own = collect(|sink| to_upper(c.as_bytes(), sink));
        assert_eq!(own, upper.as_bytes(), "{c}");
        assert_eq!(lower(format!("a{c}Σ{c}a")), inside, "{c}");
        assert_eq!(lower(format!("{c}Σ")), after, "{c}");
        assert_eq!(lower(format!("aΣ{c}")), before, "{c}");
        seen += 1;
    }
    assert!(seen > 140_000 / step(), "only {seen} characters");
}

#[test]
fn json_quoting_agrees_with_node() {
    let mut random = Random(36);
    let mut cases: Vec<Vec<u16>> = (0..0x80).map(|unit| vec![unit]).collect();
    cases.extend((0..rounds(20_000)).map(|_| {
        let mut text = random_units(&mut random, 6);
        text.insert(random.below(text.len() as u64 + 1) as usize, random.below(0x80) as u16);
        text
    }));
    let input: Vec<u8> = cases
        .iter()
        .flat_map(|text| std::iter::once(text.len() as u16).chain(text.iter().copied()))
        .flat_map(u16::to_le_bytes)
        .collect();
    let script = "const units = new Uint16Array(new Uint8Array(input).buffer), out = [];
        for (let at = 0; at < units.length; at += 1 + units[at])
            out.push(JSON.stringify(String.fromCharCode(...units.subarray(at + 1, at + 1 + units[at]))));
        all(Buffer.from(out.join('\\n')))";
    let Some(out) = node(script, &input) else { return };
    for (model, expected) in cases.iter().zip(out.split(|&byte| byte == b'\n')) {
        let text = wtf8(model);
        let own = collect(|sink| json_quote(&text, sink));
        assert_eq!(own, expected, "{model:x?}");
        let mut back = Vec::new();
        let read = json_unquote(&own[1..], &mut |bytes: &[u8]| back.extend_from_slice(bytes));
        assert_eq!((read, back), (Ok(own.len() - 1), text));
    }
}

#[test]
fn json_unquoting() {
    let read = |text: &[u8]| {
        let mut out = Vec::new();
        json_unquote(text, &mut |bytes: &[u8]| out.extend_from_slice(bytes)).map(|len| (len, out))
    };
    assert_eq!(read(b"a\\n\\/\\u0041\"rest"), Ok((12, b"a\n/A".to_vec())));
    assert_eq!(read(b"\\ud83d\\uDE00\""), Ok((13, "\u{1f600}".as_bytes().to_vec())));
    assert_eq!(read(b"\\ud83dx\""), Ok((8, b"\xed\xa0\xbdx".to_vec())));
    assert_eq!(read(b"\\ud83d\""), Ok((7, b"\xed\xa0\xbd".to_vec())));
    // Halves that are escaped and halves that are not join too.
    assert_eq!(read(b"\\ud83d\xed\xb8\x80\""), Ok((10, "\u{1f600}".as_bytes().to_vec())));
    assert_eq!(read(b"\xed\xa0\xbd\\ude00\""), Ok((10, "\u{1f600}".as_bytes().to_vec())));
    assert_eq!(read(b"abc"), Err(JsonStringError::Unterminated));
    assert_eq!(read(b"ab\\"), Err(JsonStringError::Unterminated));
    assert_eq!(read(b"ab\n\""), Err(JsonStringError::ControlCharacter(2)));
    assert_eq!(read(b"a\\x41\""), Err(JsonStringError::BadEscape(1)));
    assert_eq!(read(b"a\\u00g0\""), Err(JsonStringError::BadEscape(1)));
}

#[test]
fn numeric_keys() {
    let cases: [(&[u8], Option<u32>); 12] = [
        (b"0", Some(0)),
        (b"7", Some(7)),
        (b"4294967294", Some(4_294_967_294)),
        (b"4294967295", None),
        (b"9999999999", None),
        (b"42949672940", None),
        (b"00", None),
        (b"01", None),
        (b"", None),
        (b"-1", None),
        (b"1.0", None),
        (b"1a", None),
    ];
    for (key, index) in cases {
        assert_eq!(array_index(key), index);
    }
    assert_eq!(canonical_numeric_index(b"1.5"), Some(1.5));
    assert!(canonical_numeric_index(b"-0").is_some_and(|zero| zero.is_sign_negative()));
    assert!(canonical_numeric_index(b"NaN").is_some_and(f64::is_nan));
    assert_eq!(canonical_numeric_index(b"-Infinity"), Some(f64::NEG_INFINITY));
    assert_eq!(canonical_numeric_index(b"1e+21"), Some(1e21));
    for key in [&b"1e21"[..], b"01", b"+1", b"1.50", b"", b"length", b"Index", b"Name"] {
        assert_eq!(canonical_numeric_index(key), None);
    }
}

#[test]
fn sinks() {
    let mut buf = [0; 4];
    let mut sink = SliceSink::new(&mut buf);
    sink.push(b"ab");
    sink.push(b"cd");
    assert_eq!(sink.finish(), Some(&b"abcd"[..]));
    let mut sink = SliceSink::new(&mut buf);
    sink.push(b"abcde");
    sink.push(b"x");
    assert_eq!(sink.finish(), None);
}
