"use strict";
var s = `abc ${1;
