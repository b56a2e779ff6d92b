"use strict";
try { }
var a;
