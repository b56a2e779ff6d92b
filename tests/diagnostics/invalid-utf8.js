"use strict";
var s = "ÿş";
