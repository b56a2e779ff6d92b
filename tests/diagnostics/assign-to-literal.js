"use strict";
1 = 2;
