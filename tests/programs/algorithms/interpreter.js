// A Brainfuck interpreter and a small stack machine.
"use strict";
function bf(src, input) {
    var jump = [], stack = [], tape = [0], p = 0, out = "", at = 0, i, steps = 0;
    for (i = 0; i < src.length; i++) { jump.push(0); if (src[i] === "[") stack.push(i); else if (src[i] === "]") { var o = stack.pop(); jump[o] = i; jump[i] = o; } }
    for (i = 0; i < src.length; i++) {
        steps++;
        switch (src[i]) {
            case ">": if (++p === tape.length) tape.push(0); break;
            case "<": p--; break;
            case "+": tape[p] = tape[p] + 1 & 255; break;
            case "-": tape[p] = tape[p] - 1 & 255; break;
            case ".": out += String.fromCharCode(tape[p]); break;
            case ",": tape[p] = at < input.length ? input.charCodeAt(at++) : 0; break;
            case "[": if (!tape[p]) i = jump[i]; break;
            case "]": if (tape[p]) i = jump[i]; break;
        }
    }
    return out + "/" + steps;
}
console.log(bf("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.", ""));
console.log(bf(",[.,]", "echo"), bf(",>,<[->+<]>.", "\u0015\u0020"));
function vm(code) {
    var s = [], pc = 0, n = 0, vars = {};
    var ops = { push: function (x) { s.push(x); }, add: function () { s.push(s.pop() + s.pop()); }, mul: function () { s.push(s.pop() * s.pop()); }, sub: function () { var b = s.pop(); s.push(s.pop() - b); }, store: function (k) { vars[k] = s.pop(); }, load: function (k) { s.push(vars[k]); }, jnz: function (t) { if (s.pop()) pc = t; }, dup: function () { s.push(s[s.length - 1]); } };
    while (pc < code.length) { var c = code[pc++]; ops[c[0]](c[1]); n++; }
    return JSON.stringify(vars) + n + s.join();
}
console.log(vm([["push", 1], ["store", "r"], ["push", 10], ["store", "n"], ["load", "r"], ["load", "n"], ["mul"], ["store", "r"], ["load", "n"], ["push", 1], ["sub"], ["dup"], ["store", "n"], ["jnz", 4]]));
