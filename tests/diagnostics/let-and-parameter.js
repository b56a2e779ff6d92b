"use strict";
function f(a) { let a = 1; return a; }
