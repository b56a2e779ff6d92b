"use strict";
var t = new.target;
