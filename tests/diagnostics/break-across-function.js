"use strict";
for (;;) { (function () { break; })(); }
