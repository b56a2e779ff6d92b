"use strict";
let name = "./other.js";
import(name);
