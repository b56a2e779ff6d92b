// The stack names the functions that were active.
// skip: aot,aot-gc,wasm,wasm-gc,m3-aot,m4-aot,m4-aot-gc,m33-aot,rv32-aot compiled code keeps no record of its calls
"use strict";
function thrower() { throw new TypeError("with stack"); }
function caller() { thrower(); }
try { caller(); } catch (e) {
    var lines = e.stack.split("\n");
    console.log(lines.length > 2, lines[1].indexOf("thrower") > 0, lines[2].indexOf("caller") > 0);
}
var native;
try { [1].forEach(function visit() { undefined.x; }); } catch (e) { native = e.stack; }
console.log(native.indexOf("visit") > 0);
