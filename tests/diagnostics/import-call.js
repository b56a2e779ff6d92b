"use strict";
import("./other.js");
