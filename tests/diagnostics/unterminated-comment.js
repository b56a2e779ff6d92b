"use strict";
var a;
/* never closed
var b;
