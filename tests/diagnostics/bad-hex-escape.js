"use strict";
var s = "\xg1";
