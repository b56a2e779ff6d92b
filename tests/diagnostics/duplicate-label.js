"use strict";
a: { a: { } }
