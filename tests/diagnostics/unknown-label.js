"use strict";
for (;;) { break nowhere; }
