"use strict";
var n = 3in [];
