"use strict";
function t(s) { }
t`x`;
