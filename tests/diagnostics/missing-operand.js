"use strict";
var n = 1 + ;
