"use strict";
async function f() { }
