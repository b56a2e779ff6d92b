"use strict";
switch (1) {
  default:
  default:
}
