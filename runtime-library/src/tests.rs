//! Tests of the library by properties and by what Node prints, called as a program would call it. What programs see is
//! tested by the corpus; here is what needs a small heap, a failing allocation, or many random inputs.

mod runtime;

use jerboa_abi::builtins::{GLOBALS, NativeId, PropertyValue};
use jerboa_rt::number::oracle::{Random, rounds};
use jerboa_rt::testing::{machine_with, number, pending, show, text};
use jerboa_rt::value::{Result, Slot, Value};
use jerboa_rt::vm::Vm;

/// A machine with the library, with an arena of this size.
fn machine(arena: usize) -> Vm {
    machine_with(super::NATIVES, arena)
}

/// A new slot with the value of a global.
fn global(vm: &mut Vm, name: &str) -> Slot {
    let row = GLOBALS.iter().find(|global| global.name == name).expect("a global");
    let word = match row.value {
        PropertyValue::Object(id) => vm.intrinsic_word(id),
        PropertyValue::Native(id) => jerboa_rt::image::native_at(vm.image, id as u32),
        _ => panic!("{name} is neither function nor object"),
    };
    vm.push_word(word).unwrap()
}

/// Calls a method; the result is put in a new slot.
fn invoke(vm: &mut Vm, this: Slot, method: &str, arguments: &[Slot]) -> Result<Slot> {
    let [function, result] = vm.slots()?;
    vm.get_by_name(this, method)?.store(function);
    vm.call_with(function, this, arguments)?.store(result);
    Ok(result)
}

/// What `console.log` prints for values.
fn logged(vm: &mut Vm, arguments: &[Slot]) -> String {
    use super::console::captured::OUTPUT;
    let console = global(vm, "console");
    OUTPUT.with_borrow_mut(Vec::clear);
    invoke(vm, console, "log", arguments).unwrap();
    OUTPUT.with_borrow_mut(|output| String::from_utf8_lossy(output).into_owned())
}

/// The value of a JSON text, in a new slot.
fn parse(vm: &mut Vm, source: &str) -> Result<Slot> {
    let json = global(vm, "JSON");
    let source = text(vm, source);
    invoke(vm, json, "parse", &[source])
}

fn stringify(vm: &mut Vm, value: Slot) -> Result<String> {
    let json = global(vm, "JSON");
    let result = invoke(vm, json, "stringify", &[value])?;
    Ok(show(vm, result))
}

/// Random JSON in the form that `JSON.stringify` gives it.
fn random_json(random: &mut Random, depth: u32, out: &mut String) {
    match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => out.push_str("null"),
        1 => out.push_str(if random.below(2) == 0 { "true" } else { "false" }),
        2 => out.push_str(&random.below(1 << 33).to_string()),
        3 => out.push_str(&format!("{}.5", random.below(1 << 20))),
        4 => random_string(random, out),
        5 | 6 => {
            out.push('[');
            for i in 0..random.below(5) {
                out.push_str(if i == 0 { "" } else { "," });
                random_json(random, depth - 1, out);
            }
            out.push(']');
        }
        _ => {
            out.push('{');
            for i in 0..random.below(5) {
                out.push_str(&format!("{}\"key{i}{}\":", if i == 0 { "" } else { "," }, random.below(100)));
                random_json(random, depth - 1, out);
            }
            out.push('}');
        }
    }
}

fn random_string(random: &mut Random, out: &mut String) {
    const PIECES: &[&str] =
        &["a", "bc", "é", "日", "😀", "\\n", "\\\"", "\\\\", "\\u0001", " ", "'", "\\ud800"];
    out.push('"');
    for _ in 0..random.below(8) {
        out.push_str(PIECES[random.below(PIECES.len() as u64) as usize]);
    }
    out.push('"');
}

#[test]
fn json_comes_back_as_it_was() {
    let mut random = Random(5);
    let mut vm = machine(1 << 16);
    for _ in 0..rounds(4000) {
        let mut source = String::new();
        random_json(&mut random, 4, &mut source);
        // Halves of a surrogate pair are joined when they meet.
        if source.contains("\\ud800") {
            source = source.replace("\\ud800😀", "😀");
        }
        let mark = vm.mark();
        let value = parse(&mut vm, &source).unwrap();
        assert_eq!(stringify(&mut vm, value).unwrap(), source);
        vm.release(mark);
    }
    vm.check_heap().unwrap();
}

#[test]
fn damaged_json_is_a_syntax_error() {
    let mut random = Random(6);
    let mut vm = machine(1 << 16);
    let mut refused = 0;
    for _ in 0..rounds(4000) {
        let mut source = String::new();
        random_json(&mut random, 3, &mut source);
        let mut bytes = source.into_bytes();
        let at = random.below(bytes.len() as u64) as usize;
        bytes[at] = b"{}[]\",:0x\\"[random.below(10) as usize];
        let mark = vm.mark();
        if parse(&mut vm, &String::from_utf8_lossy(&bytes)).is_err() {
            refused += 1;
            let message = pending(&mut vm);
            assert!(message.starts_with("SyntaxError: "), "{message}");
        }
        vm.release(mark);
    }
    assert!(refused > rounds(4000) / 4, "only {refused} texts were refused");
}

#[test]
fn deep_json_ends_in_an_error() {
    let mut vm = machine(1 << 16);
    assert!(parse(&mut vm, &"[".repeat(5000)).is_err());
    assert_eq!(pending(&mut vm), "RangeError: Maximum call stack size exceeded");
    vm.check_heap().unwrap();
}

#[test]
fn sort_orders_as_strings_and_is_stable() {
    let mut random = Random(7);
    let mut vm = machine(1 << 17);
    for _ in 0..rounds(600) {
        let mark = vm.mark();
        let mut model: Vec<f64> = (0..random.below(70)).map(|_| random.below(40) as f64 - 10.0).collect();
        let [array] = vm.slots().unwrap();
        vm.new_array(0).unwrap().store(array);
        for &value in &model {
            let inner = vm.mark();
            let slot = number(&mut vm, value);
            vm.array_push(array, slot).unwrap();
            vm.release(inner);
        }
        model.sort_by_key(|value| value.to_string());
        invoke(&mut vm, array, "sort", &[]).unwrap();
        let expected: Vec<String> = model.iter().map(f64::to_string).collect();
        assert_eq!(show(&mut vm, array), expected.join(","));
        vm.release(mark);
    }
}

#[test]
fn join_undoes_split() {
    let mut random = Random(8);
    let mut vm = machine(1 << 16);
    let separators = ["a", "é", "😀", "ab", ", "];
    for _ in 0..rounds(2000) {
        let mark = vm.mark();
        let source: String = (0..random.below(20))
            .map(|_| ["a", "b", "é", "😀", ", ", "x"][random.below(6) as usize])
            .collect();
        let separator = separators[random.below(separators.len() as u64) as usize];
        let string = text(&mut vm, &source);
        let slot = text(&mut vm, separator);
        let parts = invoke(&mut vm, string, "split", &[slot]).unwrap();
        assert_eq!(vm.array_length(parts) as usize, source.split(separator).count());
        let joined = invoke(&mut vm, parts, "join", &[slot]).unwrap();
        assert_eq!(show(&mut vm, joined), source);
        let replacement = text(&mut vm, "<$&>");
        let replaced = invoke(&mut vm, string, "replaceAll", &[slot, replacement]).unwrap();
        assert_eq!(show(&mut vm, replaced), source.replace(separator, &format!("<{separator}>")));
        vm.release(mark);
    }
}

#[test]
fn uri_components_come_back_as_they_were() {
    let mut random = Random(9);
    let mut vm = machine(1 << 16);
    let none = vm.push_value(Value::UNDEFINED).unwrap();
    let (encode, decode) = (global(&mut vm, "encodeURIComponent"), global(&mut vm, "decodeURIComponent"));
    for _ in 0..rounds(2000) {
        let mark = vm.mark();
        let source: String =
            (0..random.below(12)).filter_map(|_| char::from_u32(random.below(0x11_0000) as u32)).collect();
        let string = text(&mut vm, &source);
        let [coded] = vm.slots().unwrap();
        vm.call_with(encode, none, &[string]).unwrap().store(coded);
        assert!(show(&mut vm, coded).is_ascii());
        vm.call_with(decode, none, &[coded]).unwrap().store(coded);
        assert_eq!(show(&mut vm, coded), source);
        vm.release(mark);
    }
}

#[test]
fn the_console_shows_what_node_shows() {
    let mut vm = machine(1 << 16);
    for (source, expected) in [
        (r#"[1,-2.5,"it's",null,true]"#, "[ 1, -2.5, \"it's\", null, true ]\n"),
        (r#"{"a":{"b":{"c":{"d":1}}}}"#, "{ a: { b: { c: [Object] } } }\n"),
        (r#"[1,2,3,4,5,6,100]"#, "[\n  1, 2,   3, 4,\n  5, 6, 100\n]\n"),
        (r#"{"a-b":[],"c":{}}"#, "{ 'a-b': [], c: {} }\n"),
    ] {
        let value = parse(&mut vm, source).unwrap();
        assert_eq!(logged(&mut vm, &[value]), expected);
    }
    let format = text(&mut vm, "%s=%d%%");
    let (name, value) = (text(&mut vm, "x"), text(&mut vm, "4.5"));
    assert_eq!(logged(&mut vm, &[format, name, value, value]), "x=4.5% 4.5\n");
    let zero = number(&mut vm, -0.0);
    assert_eq!(logged(&mut vm, &[zero, name]), "-0 x\n");
    let long = text(&mut vm, &"日本".repeat(50));
    assert_eq!(logged(&mut vm, &[long]), format!("{}\n", "日本".repeat(50)));
}

#[test]
fn the_console_for_primitives_refuses_objects() {
    let mut vm = machine(1 << 16);
    let word = jerboa_rt::image::native_at(vm.image, NativeId::ConsoleLogPrimitive as u32);
    let function = vm.push_word(word).unwrap();
    let value = parse(&mut vm, "[]").unwrap();
    assert!(vm.call_with(function, value, &[value]).is_err());
    assert!(pending(&mut vm).starts_with("TypeError: "));
}

#[test]
fn an_array_in_itself_is_joined_once() {
    let mut vm = machine(1 << 16);
    let array = parse(&mut vm, "[1,[2,3],4]").unwrap();
    vm.array_push(array, array).unwrap();
    assert_eq!(show(&mut vm, array), "1,2,3,4,");
    assert_eq!(vm.joins.get(), 0);
}

/// Library calls that allocate in all kinds of places.
#[cfg(feature = "fail-allocation")]
fn workload(vm: &mut Vm) -> Result<()> {
    let source = r#"{"list":[3,1,2.5,"x"],"text":"some longer text","more":{"a":[],"b":null}}"#;
    let json = global(vm, "JSON");
    let [slot, list, part] = vm.slots()?;
    vm.new_string(source.as_bytes())?.store(slot);
    let value = invoke(vm, json, "parse", &[slot])?;
    invoke(vm, json, "stringify", &[value])?;
    vm.get_by_name(value, "list")?.store(list);
    invoke(vm, list, "sort", &[])?;
    invoke(vm, list, "concat", &[list])?;
    vm.get_by_name(value, "text")?.store(part);
    invoke(vm, part, "toUpperCase", &[])?;
    invoke(vm, part, "split", &[part])?;
    super::inspect::inspect(vm, value, super::inspect::Options::default(), part)?;
    invoke(vm, value, "toString", &[])?;
    Ok(())
}

#[cfg(feature = "fail-allocation")]
#[test]
fn every_failing_allocation_is_an_error() {
    for n in 0.. {
        let mut vm = machine(1 << 15);
        let mark = vm.mark();
        vm.fail_allocation(n);
        let outcome = workload(&mut vm);
        vm.fail_allocation(u32::MAX);
        vm.release(mark);
        vm.check_heap().unwrap();
        if outcome.is_ok() {
            assert!(n > 50, "the workload allocates {n} times only");
            return;
        }
        assert_eq!(pending(&mut vm), "RangeError: out of memory", "allocation {n}");
        workload(&mut vm).unwrap();
    }
}
