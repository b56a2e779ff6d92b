"use strict";
var n = 10n;
