"use strict";
var o = { set x() { } };
