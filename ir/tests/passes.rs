//! Inference and specialisation on small programs in the text form.
use jerboa_ir::passes;
use jerboa_ir::text::{parse, print};
use jerboa_ir::verify::verify;
use jerboa_ir::{FuncId, Value};

fn optimised(text: &str) -> String {
    let mut module = parse(text).unwrap();
    verify(&module).unwrap();
    passes::run(&mut module).unwrap_or_else(|e| panic!("{e}\n{}", print(&module)));
    print(&module)
}

/// `function fib(n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2) } fib(25)`
#[test]
fn fib_takes_an_integer() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 25
    v1 = val:call_direct fn1, v0
    return v1
}
fn1 (arg0 val) -> val length 1 {
block0(v0: val):
    v1 = const_ 2
    v2 = lt v0, v1
    branch v2, block1, block2
block1:
    return v0
block2:
    v3 = const_ 1
    v4 = sub v0, v3
    v5 = val:call_direct fn1, v4
    v6 = sub v0, v1
    v7 = val:call_direct fn1, v6
    v8 = add v5, v7
    return v8
}
",
    );
    assert!(out.contains("fn1 (arg0 i32) -> val"), "{out}");
    assert!(out.contains("icmp slt"), "{out}");
    assert!(out.contains("isub"), "no overflow: n is at least 2 there\n{out}");
    assert!(out.contains("num_add"), "the sum may overflow\n{out}");
}

/// `function sum(n) { var s = 0.5; for (var i = 0; i < 100; i++) s = s * 1.5 + i; return s }`
#[test]
fn loops_keep_integers_and_doubles_in_registers() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 0
    v1 = const_ 0x3fe0000000000000
    jump block1(v0, v1)
block1(v2: val, v3: val):
    v4 = const_ 100
    v5 = lt v2, v4
    branch v5, block2, block3
block2:
    v6 = const_ 0x3ff8000000000000
    v7 = mul v3, v6
    v8 = add v7, v2
    v9 = to_numeric v2
    v10 = inc v9
    jump block1(v10, v8)
block3:
    return v3
}
",
    );
    assert!(out.contains("block1(v2: i32, v3: f64)"), "{out}");
    assert!(out.contains("fmul") && out.contains("fadd") && out.contains("iadd"), "{out}");
    assert!(out.contains("box_f64"), "the entry returns a value\n{out}");
}

#[test]
fn functions_used_as_values_take_values() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    v1 = val:call_direct fn1, v0
    v2 = closure fn1
    return v2
}
fn1 (arg0 val) -> val length 1 {
block0(v0: val):
    v1 = const_ 1
    v2 = bit_or v0, v1
    return v2
}
",
    );
    assert!(out.contains("fn1 (arg0 val) -> val"), "{out}");
    assert!(out.contains("to_i32") && out.contains("ior") && out.contains("box_i32"), "{out}");
}

/// In a try region, a call that throws stays the last instruction of its block, and an addition that became typed
/// no longer has a handler edge.
#[test]
fn handlers() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    v1 = val:call_direct fn1, v0
    exit block1, block3
block1:
    v2 = add v1, v0
    exit block2, block3
block2:
    return v2
block3:
    v3 = catch
    return v3
}
fn1 (arg0 val) -> val length 1 {
block0(v0: val):
    v1 = const_ 0x3ff8000000000000
    v2 = mul v0, v1
    throw v2
}
",
    );
    assert!(out.contains("exit block1, block3"), "{out}");
}

#[test]
fn minus_zero_is_no_integer() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 0
    v1 = const_ -5
    v2 = mul v0, v1
    v3 = neg v0
    v4 = new_array v2, v3
    return v4
}
",
    );
    // Folded or not, both are the double -0.
    assert_eq!(out.matches("const_ 0x8000000000000000").count(), 2, "{out}");
}

/// The kinds of the values of a program's entry function, in a closed world.
fn kinds(text: &str) -> impl Fn(u32) -> String + use<> {
    let module = parse(text).unwrap();
    verify(&module).unwrap();
    let facts = passes::infer::Facts::of_closed_world(&module);
    move |value| format!("{:?}", facts.kind(FuncId(0), Value(value)))
}

/// `var o = { n: 1 }; o.n; o.absent; [o.n][0]`
#[test]
fn memory_holds_what_is_stored() {
    let kind = kinds(
        "str0 \"n\"
str1 \"absent\"
entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    v1 = new_object [str0], v0
    v2 = get_prop str0, v1
    v3 = get_prop str1, v1
    v4 = new_array v2
    v5 = get_elem v4, v0
    return v5
}
",
    );
    assert_eq!(kind(2), "int[-2147483648, 2147483647]");
    assert_eq!(kind(3), "undefined");
    assert_eq!(kind(5), "undefined|int[-2147483648, 2147483647]");
}

/// `var a = { n: 1 }, b = { n: "" }; a.n = true; a.n; b.n; delete b.m; …` with and without the last
#[test]
fn literals_have_properties_of_their_own() {
    let text = |rest: &str| {
        format!(
            "str0 \"n\"
str1 \"\"
entry fn0
fn0 () -> val length 0 {{
block0:
    v0 = const_ 1
    v1 = const_ str1
    v2 = const_ true
    v3 = new_object [str0], v0
    v4 = new_object [str0], v1
    set_prop str0, v3, v2
    v6 = get_prop str0, v3
    v7 = get_prop str0, v4
    {rest}
    return v7
}}
"
        )
    };
    let kind = kinds(&text(""));
    assert_eq!(kind(6), "bool|int[-2147483648, 2147483647]");
    assert_eq!(kind(7), "string");
    let kind = kinds(&text("v8 = delete_prop str0, v4"));
    assert_eq!(kind(7), "undefined|string");
}

/// What comparisons say of a variable that may have left the integers: `do i++; while (…); if (i < 100) …`
#[test]
fn what_left_the_integers_is_above_or_below_them() {
    let kind = kinds(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    jump block1(v0)
block1(v1: val):
    v2 = inc v1
    v3 = to_bool v1
    branch v3, block1(v2), block2
block2:
    v4 = const_ 100
    v5 = lt v2, v4
    branch v5, block3, block5
block3:
    v6 = add v2, v0
    v7 = lt v2, v0
    branch v7, block4, block5
block4:
    v8 = add v2, v0
    return v8
block5:
    return v2
}
",
    );
    // Counted up for ever, it may be anything above, but not where it is below 100.
    assert!(kind(2).contains("above"), "{}", kind(2));
    assert!(!kind(2).contains("below"), "{}", kind(2));
    assert!(kind(6).starts_with("int[3, ") && !kind(6).contains("above"), "{}", kind(6));
    // It is never below 1: nothing gets there.
    assert_eq!(kind(8), "");
}

/// `var o = { n: 1 }; o[x] = "";` with a key that may be any string
#[test]
fn memory_may_hold_anything_after_a_computed_key() {
    let kind = kinds(
        "str0 \"n\"
entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    v1 = new_object [str0], v0
    v2 = type_of v1
    set_elem v1, v2, v2
    v4 = get_prop str0, v1
    return v4
}
",
    );
    assert!(kind(4).contains("string"), "{}", kind(4));
}

/// Arrays of their own have elements of their own; those that a module variable holds in turn are one.
#[test]
fn arrays_that_may_be_the_same_share_elements() {
    let kind = kinds(
        "str0 \"x\"
g0 val \"g\"
entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 0
    v1 = const_ str0
    v2 = new_array v0
    v3 = new_array v1
    v4 = new_array v0
    store_global g0, v3
    store_global g0, v4
    v7 = get_elem v2, v0
    v8 = get_elem v4, v0
    return v8
}
",
    );
    assert!(!kind(7).contains("string"), "{}", kind(7));
    assert!(kind(8).contains("string"), "{}", kind(8));
}

/// `var n = 1; (function () { n += 1; return n })`, and the same with a call before the last load.
#[test]
fn what_a_cell_holds_is_known_until_something_may_store_it() {
    let loads = |between: &str| {
        let out = optimised(&format!(
            "entry fn0
fn0 () -> val length 0 {{
block0:
    v0 = const_ 1
    v1 = new_cell v0
    v2 = closure fn1, v1
    return v2
}}
fn1 (callee val) -> val length 0 captures 1 {{
block0(v0: val):
    v1 = load_capture #0, v0
    v2 = load_cell v1
    v3 = const_ 1
    v4 = add v2, v3
    store_cell v1, v4
{between}    v5 = load_cell v1
    return v5
}}
"
        ));
        out.matches("load_cell").count()
    };
    assert_eq!(loads(""), 1);
    assert_eq!(loads("    v6 = call v0, v0\n"), 2);
}

/// `function counter(step) { var n = 0; return function () { return n += step } }` and two counters called in a loop.
#[test]
fn counters_become_variables() {
    let out = optimised(
        "str0 \"counter\"
file0 \"a.js\"
entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 1
    v1 = val:call_direct fn1, v0 @f0:3:1
    v2 = const_ undefined
    v3 = const_ 0
    jump block1(v3)
block1(v4: val):
    v5 = call v1, v2 @f0:4:1
    v6 = const_ 255
    v7 = bit_and v5, v6
    v8 = lt v7, v6
    branch v8, block1(v7), block2
block2:
    return v7
}
fn1 str0 (arg0 val) -> val length 1 {
block0(v0: val):
    v1 = const_ undefined
    v2 = new_cell v1
    v3 = const_ 0
    store_cell v2, v3
    v4 = closure fn2, v2, v0
    return v4
}
fn2 (callee val) -> val length 0 captures 2 {
block0(v0: val):
    v1 = load_capture #0, v0
    v2 = load_capture #1, v0
    v3 = load_cell v1
    v4 = add v3, v2 @f0:1:5
    store_cell v1, v4
    return v4
}
",
    );
    assert!(!out.contains("fn1") && !out.contains("fn2"), "{out}");
    assert!(!out.contains("cell"), "{out}");
    assert!(out.contains("inlined0 f0 f0:4:1"), "{out}");
    assert!(out.contains("num_add"), "{out}");
}

/// `class P { constructor(x) { this.x = x } get() { return this.x } }`, an object and a call of its method; `written` is
/// a name that the program assigns to.
fn class_program(written: &str) -> String {
    optimised(&format!(
        "str0 \"P\"
str1 \"get\"
str2 \"x\"
str3 \"other\"
entry fn0
fn0 () -> val length 0 {{
block0:
    v0 = closure fn1
    v1 = builtin \"jrt_n_class_prototype\"
    v2 = const_ undefined
    v3 = call v1, v2, v0
    v4 = const_ str1
    v5 = closure fn2
    v6 = const_ 0
    v7 = builtin \"jrt_n_define_method\"
    v8 = call v7, v2, v3, v4, v5, v6
    v9 = const_ 7
    v10 = new v0, v9
    set_prop {written}, v3, v9
    v11 = call_method str1, v10
    return v11
}}
fn1 str0 (this val, arg0 val, new_target val) -> val length 1 constructor has_properties class single {{
block0(v0: val, v1: val, v2: val):
    v3 = is_undefined v2
    branch v3, block1, block2
block1:
    throw_error TypeError str0
    unreachable
block2:
    set_prop str2, v0, v1
    v4 = const_ undefined
    return v4
}}
fn2 str1 (this val) -> val length 0 single {{
block0(v0: val):
    v1 = get_prop str2, v0
    return v1
}}
"
    ))
}

#[test]
fn methods_of_known_classes_are_called_directly() {
    let out = class_program("str3");
    assert!(out.contains("new_instance") && out.contains("call_direct fn1"), "{out}");
    assert!(out.contains("has_class fn1"), "{out}");
    assert!(out.contains("get_prop str2, v10") && out.contains("call_method str1"), "{out}");
}

#[test]
fn methods_whose_name_is_written_are_looked_up() {
    let out = class_program("str1");
    assert!(out.contains("new_instance") && !out.contains("has_class"), "{out}");
}

/// `let a = […], n = …; do { a[i * 5 + j]; other(); } while (…)`, where another function may store the variable or not.
fn loop_program(stores: bool) -> String {
    let store = if stores { "store_global g0, v0" } else { "v2 = get_elem v0, v0" };
    optimised(&format!(
        "str0 \"other\"
g0 val \"a\"
entry fn0
fn0 () -> val length 0 {{
block0:
    v0 = new_array
    store_global g0, v0
    v1 = closure fn1
    v2 = const_ 0
    v3 = const_ undefined
    v4 = const_ 1
    jump block1(v2)
block1(v5: val):
    v6 = val:load_global g0
    v7 = get_elem v6, v5
    v8 = call v1, v3, v7
    v9 = const_ 100
    v10 = add v5, v4
    v11 = lt v10, v9
    branch v11, block1(v10), block2
block2:
    return v3
}}
fn1 str0 (callee val, this val, arg0 val) -> val length 1 single {{
block0(v9: val, v8: val, v0: val):
    {store}
    v1 = const_ undefined
    return v1
}}
"
    ))
}

#[test]
fn variables_that_a_loop_does_not_store_are_read_before_it() {
    let loads = |text: &str| {
        let (_, body) = text.split_once("block1(").expect("the loop is there");
        body.contains("load_global")
    };
    let out = loop_program(false);
    assert!(!loads(&out), "{out}");
    let out = loop_program(true);
    assert!(loads(&out), "{out}");
}

#[test]
fn constants_decide_the_first_test_of_a_loop() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = const_ 3
    v1 = const_ 4
    v2 = mul v0, v1
    v3 = lt v2, v1
    branch v3, block1, block2
block1:
    return v0
block2:
    return v1
}
",
    );
    assert!(!out.contains("imul") && !out.contains("icmp") && !out.contains("branch"), "{out}");
}

/// `if (a === 4 || a === undefined) return a; return 4` as it is when the condition comes from a function that was inlined.
#[test]
fn conditions_are_not_boxed() {
    let out = optimised(
        "entry fn0
fn0 () -> val length 0 {
block0:
    v0 = closure fn1
    return v0
}
fn1 (arg0 val) -> val length 1 {
block0(v0: val):
    v1 = const_ 4
    v2 = strict_eq v0, v1
    v3 = box_bool v2
    v4 = to_bool v3
    branch v4, block2(v3), block1
block1:
    v5 = const_ undefined
    v6 = strict_eq v0, v5
    v7 = box_bool v6
    jump block2(v7)
block2(v8: val):
    v9 = to_bool v8
    branch v9, block3, block4
block3:
    return v0
block4:
    return v1
}
",
    );
    assert!(out.contains("strict_eq") && out.matches("branch").count() == 2, "{out}");
    assert!(!out.contains("box_bool") && !out.contains("to_bool"), "{out}");
}
