"use strict";
var n = 1 # 2;
