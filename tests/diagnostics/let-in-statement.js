"use strict";
if (true) let x = 1;
