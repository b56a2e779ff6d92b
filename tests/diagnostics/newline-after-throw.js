"use strict";
throw
new Error("x");
