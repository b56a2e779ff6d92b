"use strict";
a: { for (;;) { continue a; } }
