// return out of try, catch and finally.
"use strict";
var log;
function a() { try { return "try"; } finally { log += "f"; } }
function b() { try { throw 1; } catch (e) { return "catch" + e; } finally { log += "f"; } }
function c() { try { return "try"; } finally { return "finally"; } }
function d() { try { throw 1; } finally { return "swallowed"; } }
function e() { var x = 1; try { return x; } finally { x = 2; } }
function f() { var o = { x: 1 }; try { return o; } finally { o.x = 2; } }
function g() { try { try { return "inner"; } finally { log += "1"; } } finally { log += "2"; } }
function h() { for (;;) { try { return "loop"; } finally { log += "3"; } } }
function i() { try { } finally { log += "4"; } return "after"; }
function j() { try { return (log += "value", "j"); } finally { log += "fin"; } }
function k() { try { throw "lost"; } catch (e) { throw "also lost"; } finally { return "k"; } }
[a, b, c, d, e, function () { return f().x; }, g, h, i, j, k].forEach(function (fn) {
    log = "";
    var r = fn();
    console.log(r, log);
});
