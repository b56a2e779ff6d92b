"use strict";
break;
