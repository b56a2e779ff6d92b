//! Which features of the runtime programs are said to bring about: what is not said to be there is not in a device's image, so
//! every way to bring a feature about has to be seen.
use jerboa_abi::feature::Feature::{self, Calls, Elements, NullishElements, Properties};
use jerboa_backend_bytecode::{ImageOptions, compile_image};
use jerboa_frontend::{Options, Source};

/// The features of a program that are among those of interest.
fn features(source: &str, wanted: &[Feature]) -> Vec<Feature> {
    let text = format!("'use strict'; {source}");
    let compiled = jerboa_frontend::compile(&[Source::new("test.js", &text)], &Options::default());
    let mut module = compiled.unwrap_or_else(|e| panic!("{source}: {e:?}")).module;
    jerboa_ir::passes::run(&mut module).expect("the passes keep the invariants");
    let image = compile_image(&module, &ImageOptions::default()).expect("it compiles");
    image.features.into_iter().filter(|feature| wanted.contains(feature)).collect()
}

/// Fails unless each program brings about exactly these features of those of interest.
fn expect(wanted: &[Feature], programs: &[(&str, &[Feature])]) {
    for (source, expected) in programs {
        assert_eq!(features(source, wanted), *expected, "{source}");
    }
}

/// Something that is not known before the program runs: true or false, 0 or 1.
const FLAG: &str = "var clock = [0]; function flag() { clock[0]++; return clock[0] > 3; }";

#[test]
fn elements_of_arrays_by_index_are_all_that_is_needed() {
    let with = |body: &str| format!("var a = []; for (var i = 0; i < 9; i++) a.push(i); {body}");
    let only: &[Feature] = &[];
    let programs = [
        (with("console.log('' + a[3]);"), only),
        (with("console.log('' + a[-1] + a[0.5] + a[1e10]);"), only),
        (with("for (i = 8; i >= 0; i--) a[i] = i + 1;"), only),
        // An index that may be negative names a property.
        (with("for (i = 8; i >= -1; i--) a[i] = 1;"), &[Elements]),
        (with("a[a[0] - 1] = 1;"), &[Elements]),
        (with("a[0.5] = 1;"), &[Elements]),
        // So does a string, and an object.
        (with("a['x' + i] = 1;"), &[Elements]),
        (with("console.log('' + a['x' + i]);"), &[Elements]),
        (with("console.log('' + a[a]);"), &[Elements]),
        // What is no array, or may be something else.
        (with("var s = 'text'; console.log(s[i - 6]);"), &[Elements]),
        (with("var o = { x: 1 }; console.log('' + o[i]);"), &[Elements]),
        (with(&format!("{FLAG} var x = flag() ? a : 'text'; console.log('' + x[0]);")), &[Elements]),
        // Prototypes with elements.
        (with("Array.prototype[20] = 1; console.log('' + a[20]);"), &[Elements]),
        (with("Object.prototype[20] = 1; console.log('' + a[20]);"), &[Elements]),
        (with("Array.prototype['-1'] = 1; console.log('' + a[-1]);"), &[Elements]),
        (with("Object.defineProperty(a, 3, { value: 1 }); console.log('' + a[3]);"), &[Elements]),
        (with("Object.freeze(a); a[3] = 1;"), &[Elements]),
        (with("a.__proto__ = [1]; console.log('' + a[20]);"), &[Elements]),
    ];
    for (source, expected) in &programs {
        assert_eq!(features(source, &[Elements]), *expected, "{source}");
    }
}

#[test]
fn elements_of_nothing_are_seen() {
    expect(
        &[Elements, NullishElements],
        &[
            ("var rows = [[1], [2]]; console.log('' + rows[1][0]);", &[NullishElements]),
            ("var row = [1]; console.log('' + row[0]);", &[]),
        ],
    );
}

#[test]
fn properties_of_literals_are_all_that_is_needed() {
    let with = |body: &str| {
        format!(
            "{FLAG} function make(next) {{ return {{ next: next, x: 1 }}; }}
             var list = make(make(null)), other = {{ x: 2, y: 3 }}; {body}"
        )
    };
    let only: &[Feature] = &[];
    let programs = [
        (with("console.log('' + list.x);"), only),
        (with("for (var at = list; at !== null; at = at.next) at.x = 'one'; console.log(list.x);"), only),
        (with("var both = flag() ? list : other; both.x = 5; console.log('' + list.x);"), only),
        // A property that an object did not have from the start.
        (with("list.z = 1;"), &[Properties]),
        (with("var both = flag() ? list : other; both.y = 5;"), &[Properties]),
        (with("var both = flag() ? list : other; console.log('' + both.y);"), &[Properties]),
        // One that it may no longer have.
        (with("delete list.x; console.log('' + list.x);"), &[Properties]),
        (with("var k = 'x' + (flag() ? 'y' : ''); delete list[k]; console.log('' + list.x);"), &[Properties]),
        // What is inherited, and what is no object of a literal.
        (with("console.log('' + list.toString);"), &[Properties]),
        (with("console.log('' + 'text'.length.x);"), &[Properties]),
        (with("console.log('' + make.name);"), &[Properties]),
        (with("make.x = 1; console.log('' + make.x);"), &[Properties]),
        (with("var from = flag() ? list : [1]; from.x = 1;"), &[Properties]),
        // Objects that come from elsewhere.
        (with("var copy = Object.assign({}, list); console.log('' + copy.x);"), &[Properties]),
        (with("var made = JSON.parse('{\"x\": 1}'); console.log('' + made.x);"), &[Properties]),
        (with("try { make(); } catch (e) { console.log('' + e.x); }"), &[Properties]),
        // What changes objects unseen.
        (with("Object.defineProperty(list, 'x', { get: make }); console.log('' + list.x);"), &[Properties]),
        (with("Object.freeze(list); list.x = 2;"), &[Properties]),
    ];
    for (source, expected) in &programs {
        assert_eq!(features(source, &[Properties]), *expected, "{source}");
    }
}

#[test]
fn calls_of_what_may_be_anything_are_seen() {
    let with =
        |body: &str| format!("{FLAG} function one() {{ return clock[0]; }} var o = {{ f: one }}; {body}");
    let only: &[Feature] = &[];
    let programs = [
        (with("console.log('' + one());"), only),
        (with("o.f = flag; console.log('' + o.f());"), only),
        (with("o.f = null; console.log('' + o.f());"), &[Calls]),
        (with("o.f = flag() ? one : 1; console.log('' + o.f());"), &[Calls]),
        (with("o.f = Math.sqrt; console.log('' + o.f(4));"), &[Calls]),
    ];
    for (source, expected) in &programs {
        assert_eq!(features(source, &[Calls]), *expected, "{source}");
    }
}
