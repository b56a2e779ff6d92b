"use strict";
const c;
