"use strict";
eval("1 + 1");
