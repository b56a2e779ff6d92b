"use strict";
function f() {
  return 1;

