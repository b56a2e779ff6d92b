"use strict";
var s = "abc;
var t = 1;
