"use strict";
var p = new Proxy({}, {});
