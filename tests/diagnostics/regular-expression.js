"use strict";
var r = /a+/g;
