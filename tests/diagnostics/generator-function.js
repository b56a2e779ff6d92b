"use strict";
function* g() { yield 1; }
