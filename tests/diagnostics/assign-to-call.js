"use strict";
function f() { }
f() = 1;
