//! Strings: ropes, interning, UTF-16 positions, builders.

use crate::StringBuilder;
use crate::testing::{machine, show, text};
use crate::value::Value;

#[test]
fn short_strings_are_immediate() {
    let mut vm = machine(64 << 10);
    for s in ["", "a", "ab", "abc", "é", "€"] {
        let slot = text(&mut vm, s);
        assert!(!vm.get(slot).is_pointer());
        assert_eq!(show(&mut vm, slot), s);
    }
    let longer = text(&mut vm, "some text");
    assert!(!vm.char_at(longer, 1).unwrap().is_pointer());
}

#[test]
fn building_a_long_string_is_linear_and_keeps_all() {
    let mut vm = machine(4 << 20);
    let [whole, piece] = vm.slots().unwrap();
    vm.set(whole, Value::EMPTY_STRING);
    let count = if cfg!(feature = "gc-stress") { 2000 } else { 200_000 };
    for i in 0..count {
        vm.new_string(format!("{} ", i % 10).as_bytes()).unwrap().store(piece);
        vm.concat(whole, piece).unwrap().store(whole);
    }
    vm.flatten(whole).unwrap();
    let text = vm.get(whole).text();
    assert_eq!(text.len(), 2 * count);
    assert!(text.chunks(2).enumerate().all(|(i, chunk)| chunk == format!("{} ", i % 10).as_bytes()));
}

#[test]
fn ropes_of_any_form_flatten() {
    let mut vm = machine(1 << 20);
    let mut random = super::collector::Random(3);
    let mut parts: Vec<(crate::Slot, String)> = Vec::new();
    for i in 0..12 {
        let s = format!("piece number {i} of a rope, {}", if i % 3 == 0 { "é𝄞€" } else { "plain" });
        parts.push((text(&mut vm, &s), s));
    }
    for _ in 0..60 {
        let a = random.below(parts.len() as u32) as usize;
        let b = random.below(parts.len() as u32) as usize;
        let joined = format!("{}{}", parts[a].1, parts[b].1);
        if joined.len() > 20_000 {
            continue;
        }
        let [slot] = vm.slots().unwrap();
        vm.concat(parts[a].0, parts[b].0).unwrap().store(slot);
        if random.below(4) == 0 {
            vm.flatten(slot).unwrap();
        }
        parts.push((slot, joined));
    }
    for (slot, expected) in &parts {
        assert_eq!(&show(&mut vm, *slot), expected);
        assert_eq!(vm.string_length(*slot).unwrap() as usize, expected.encode_utf16().count());
    }
    vm.check_heap().unwrap();
}

#[test]
fn halves_of_a_pair_join_across_every_seam() {
    let mut vm = machine(64 << 10);
    let long = "a long enough string to make a rope of it ";
    for pad in ["", long] {
        let [high, low, whole] = vm.slots().unwrap();
        let mut left = pad.as_bytes().to_vec();
        left.extend([0xed, 0xa0, 0xb4]);
        let mut right = vec![0xed, 0xb4, 0x9e];
        right.extend(pad.as_bytes());
        vm.new_string(&left).unwrap().store(high);
        vm.new_string(&right).unwrap().store(low);
        vm.concat(high, low).unwrap().store(whole);
        assert_eq!(show(&mut vm, whole), format!("{pad}𝄞{pad}"));
        let mut builder = StringBuilder::new(&mut vm).unwrap();
        builder.push_string(&mut vm, high).unwrap();
        builder.push_string(&mut vm, low).unwrap();
        builder.finish(&mut vm).unwrap().store(whole);
        assert_eq!(show(&mut vm, whole), format!("{pad}𝄞{pad}"));
    }
}

#[test]
fn code_units_by_index_in_any_order() {
    let mut vm = machine(64 << 10);
    let s = "aé𝄞b€".repeat(20);
    let units: Vec<u16> = s.encode_utf16().collect();
    let slot = text(&mut vm, &s);
    let mut random = super::collector::Random(11);
    for i in 0..units.len() as u32 {
        assert_eq!(vm.code_unit_at(slot, i), Some(units[i as usize]));
    }
    for _ in 0..500 {
        let i = random.below(units.len() as u32 + 3);
        assert_eq!(vm.code_unit_at(slot, i), units.get(i as usize).copied(), "at {i}");
        let j = i + random.below(8);
        let [part] = vm.slots().unwrap();
        vm.substring(slot, i, j).unwrap().store(part);
        let expected = &units[(i as usize).min(units.len())..(j as usize).min(units.len())];
        let got: Vec<u16> = crate::text::Units::new(&vm.get(part).text()).collect();
        assert_eq!(got, expected, "{i}..{j}");
        vm.release(part);
    }
}

#[test]
fn builders_give_what_was_pushed() {
    let mut vm = machine(1 << 20);
    for len in [0, 1, 3, 4, 5, 100, 70_000] {
        let mark = vm.mark();
        let mut builder = StringBuilder::new(&mut vm).unwrap();
        for i in 0..len {
            builder.push(&mut vm, &[b'a' + (i % 26) as u8]).unwrap();
            if cfg!(feature = "gc-stress") && i > 200 {
                break;
            }
        }
        let expected = builder.len();
        let [slot] = vm.slots().unwrap();
        builder.finish(&mut vm).unwrap().store(slot);
        assert_eq!(vm.get(slot).text().len() as u32, expected);
        assert_eq!(vm.get(slot).is_pointer(), expected > 3);
        vm.check_heap().unwrap();
        vm.release(mark);
    }
}

#[test]
fn equality_and_order() {
    let mut vm = machine(64 << 10);
    let a = text(&mut vm, "a string that is long enough");
    let b = text(&mut vm, "a string that is long enough");
    let c = text(&mut vm, "a string that is long enouGh");
    assert!(vm.strings_equal(a, b).unwrap());
    assert!(!vm.strings_equal(a, c).unwrap());
    vm.to_property_key(a).unwrap();
    assert!(vm.strings_equal(a, b).unwrap());
    assert_eq!(vm.compare_strings(a, c).unwrap(), core::cmp::Ordering::Greater);
}
