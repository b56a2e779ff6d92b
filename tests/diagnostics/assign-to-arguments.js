"use strict";
function f() { arguments = []; }
