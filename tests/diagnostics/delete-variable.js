"use strict";
var v = 1;
delete v;
