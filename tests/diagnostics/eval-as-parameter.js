"use strict";
function f(eval) { }
