"use strict";
var s = "\u{110000}";
