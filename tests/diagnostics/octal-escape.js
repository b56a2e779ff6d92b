"use strict";
var s = "\101";
