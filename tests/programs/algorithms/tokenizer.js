// A tokenizer and recursive descent calculator.
"use strict";
function tokens(src) {
    var out = [], i = 0;
    while (i < src.length) {
        var c = src.charAt(i);
        if (c === " ") { i++; continue; }
        if (c >= "0" && c <= "9" || c === ".") { var s = i; while (i < src.length && (src[i] >= "0" && src[i] <= "9" || src[i] === ".")) i++; out.push({ t: "num", v: parseFloat(src.slice(s, i)) }); continue; }
        if (c >= "a" && c <= "z") { s = i; while (i < src.length && src[i] >= "a" && src[i] <= "z") i++; out.push({ t: "id", v: src.slice(s, i) }); continue; }
        if ("+-*/()^,=".indexOf(c) < 0) throw new SyntaxError("bad character " + c + " at " + i);
        out.push({ t: c, v: c }); i++;
    }
    return out;
}
function evaluate(src, env) {
    var ts = tokens(src), p = 0;
    var fns = { max: Math.max, min: Math.min, abs: Math.abs };
    function is(t) { return p < ts.length && ts[p].t === t; }
    function eat(t) { if (!is(t)) throw new SyntaxError("expected " + t); return ts[p++].v; }
    function expr() { var v = term(); while (is("+") || is("-")) v = eat(ts[p].t) === "+" ? v + term() : v - term(); return v; }
    function term() { var v = unary(); while (is("*") || is("/")) v = eat(ts[p].t) === "*" ? v * unary() : v / unary(); return v; }
    function unary() { if (is("-")) { p++; return -unary(); } var b = atom(); if (is("^")) { p++; return Math.pow(b, unary()); } return b; }
    function atom() {
        if (is("num")) return eat("num");
        if (is("id")) {
            var n = eat("id");
            if (is("(")) { p++; var args = []; if (!is(")")) { args.push(expr()); while (is(",")) { p++; args.push(expr()); } } eat(")"); return fns[n].apply(null, args); }
            if (!(n in env)) throw new ReferenceError(n);
            return env[n];
        }
        eat("("); var v = expr(); eat(")"); return v;
    }
    var v = expr();
    if (p < ts.length) throw new SyntaxError("unexpected " + ts[p].v);
    return v;
}
var env = { x: 3, pi: 3.14 };
["1+2*3", "(1+2)*3", "-2^2", "2^3^2", "x*x - 1", "10/4/5", "max(1, x, 2) + min(4, 5)", "abs(-7)", "2 * pi", "((((5))))", "1 +", "2 $ 3", "y", "1 2", "max()"].forEach(function (s) {
    try { console.log(s, "=", evaluate(s, env)); } catch (e) { console.log(s, "->", e.name + ": " + e.message); }
});
