"use strict";
class A { }
