"use strict";
function f(x, get = () => x) { var x; return get() + x; }
