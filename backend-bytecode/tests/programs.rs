//! JavaScript programs through the frontend, the passes, the emitter and the interpreter.
mod machine;

use machine::{Outcome, image, run};

/// Runs with and without inference.
fn expect(source: &str, log: &str) {
    for optimise in [false, true] {
        let image = image(source, optimise);
        let outcome = run(&image.bytes, &image.natives, 1 << 20, None);
        if outcome != Outcome::Ended(log.to_owned()) {
            println!("{}", jerboa_backend_bytecode::disassemble(&image.bytes).expect("it is valid"));
            panic!("optimise = {optimise}: {outcome:?}");
        }
    }
}

#[test]
fn recursion() {
    expect(
        "'use strict'; function fib(n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }
         console.log('fib ' + fib(15));",
        "fib 610\n",
    );
}

#[test]
fn loops_and_arrays() {
    expect(
        "'use strict'; function sieve(n) { var flags = [], i, k, count = 0;
           for (i = 0; i < n; i++) flags.push(true);
           for (i = 2; i < n; i++) { if (flags[i]) { count++; for (k = i + i; k < n; k += i) flags[k] = false; } }
           return count; }
         console.log('sieve ' + sieve(1000));",
        "sieve 168\n",
    );
}

#[test]
fn doubles() {
    expect(
        "'use strict'; function mandel(w, h, maxIt) {
            var px, py, x, y, cx, cy, t, i, sum = 0;
            for (py = 0; py < h; py++) { for (px = 0; px < w; px++) {
                    cx = px / w * 3.0 - 2.0; cy = py / h * 2.0 - 1.0; x = 0.0; y = 0.0;
                    for (i = 0; i < maxIt && x * x + y * y < 4.0; i++) {
                        t = x * x - y * y + cx; y = 2.0 * x * y + cy; x = t; }
                    sum += i; } }
            return sum; }
         console.log('mandelbrot ' + mandel(32, 32, 50));",
        "mandelbrot 17839\n",
    );
}

#[test]
fn objects_closures_and_constructors() {
    expect(
        "'use strict';
         function counter() { var n = 0; return { up: function () { n++; return n; }, get: function () { return n; } }; }
         var c = counter(); c.up(); c.up(); console.log(c.get());
         function Point(x, y) { this.x = x; this.y = y; }
         Point.prototype.sum = function () { return this.x + this.y; };
         var p = new Point(3, 4); console.log(p.sum() + ' ' + (p instanceof Point));
         var fs = []; for (let i = 0; i < 3; i++) fs.push(function () { return i; });
         console.log(fs[0]() + fs[1]() * 10 + fs[2]() * 100);
         function rest(a, ...more) { return a + ':' + more.length + ':' + more[0]; }
         console.log(rest(1, 2, 3)); console.log(rest(1));
         function args() { return arguments.length + ',' + arguments[1]; }
         console.log(args(7, 8, 9));
         var o = { a: 1, get b() { return this.a + 1; }, set b(v) { this.a = v; } }; o.b = 10; console.log(o.b);
         var keys = ''; for (var k in o) keys += k; console.log(keys);
         var text = ''; for (const ch of 'abc') text = ch + text; console.log(text);
         console.log([1, 2, 3].length, 'hello'.length, -0 === 0, 7 % 3, 2 ** 10, 1 / 4);
         console.log(Math.floor === undefined, rest.length, delete o.a, 'a' in o);
         console.log(add(...[1, 2])); function add(a, b) { return a + b; }",
        "2\n7 true\n210\n1:2:2\n1:0:undefined\n3,8\n11\nab\ncba\n3 5 true 1 1024 0.25\nfalse 1 true false\n3\n",
    );
}

#[test]
fn exceptions() {
    expect(
        "'use strict';
         function f(x) { try { if (x === 0) throw 'zero'; if (x === 1) return 'one'; null.foo; } catch (e) {
             return 'caught ' + (typeof e === 'string' ? e : e.message); } finally { console.log('finally ' + x); } }
         console.log(f(0)); console.log(f(1)); console.log(f(2));
         function deep(n) { return deep(n + 1) + 1; }
         try { deep(0); } catch (e) { console.log(e.message); }
         function thrower() { throw 5; }
         function outer() { var a = 1; try { thrower(); a = 2; } catch (e) { a += e; } return a; }
         console.log(outer());
         try { undefined_function_value(); } catch (e) { console.log(e.message); }
         var undefined_function_value;",
        "finally 0\ncaught zero\nfinally 1\none\nfinally 2\ncaught Cannot read properties of null (reading 'foo')\n\
         Maximum call stack size exceeded\n6\nundefined_function_value is not a function\n",
    );
}

/// Prints sizes and code of the benchmark programs: `cargo test -p jerboa-backend-bytecode -- --ignored --nocapture`.
#[test]
#[ignore = "prints listings for people"]
fn listings() {
    let programs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench/programs");
    for name in
        ["empty", "fib_rec", "sieve1k", "mandelbrot", "closures", "qsort", "richards", "nbody", "json"]
    {
        let source = std::fs::read_to_string(programs.join(name).with_extension("js")).expect("it is there");
        let image = image(&source, true);
        println!("== {name}: program {} {:?}", image.sizes.program(), image.sizes);
        println!("{}", jerboa_backend_bytecode::disassemble(&image.bytes).expect("it is valid"));
    }
}

#[test]
fn memory_runs_out_where_a_handler_sees_it() {
    for optimise in [false, true] {
        let image = image(
            "'use strict'; var n = 0;
             // In a function of its own: a register that is no longer used keeps its array until the frame ends.
             function fill() { var a = [1]; for (const x of a) { a.push(x); n++; } }
             try { fill(); } catch (e) { console.log(e.message); }
             console.log(n > 100);",
            optimise,
        );
        let outcome = run(&image.bytes, &image.natives, 1 << 14, None);
        assert_eq!(outcome, Outcome::Ended("out of memory\ntrue\n".to_owned()));
    }
}
