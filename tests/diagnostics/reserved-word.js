"use strict";
var interface = 1;
