"use strict";
function fail(what) { throw what; }
var got = 0;
try { fail("8"); } catch (e) { got = e - 1; }
console.log(got);
