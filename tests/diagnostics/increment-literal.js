"use strict";
5++;
