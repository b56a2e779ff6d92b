"use strict";
return 1;
