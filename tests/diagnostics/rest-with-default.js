"use strict";
function f(...a = []) { }
