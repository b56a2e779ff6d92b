"use strict";
if (1) { continue; }
