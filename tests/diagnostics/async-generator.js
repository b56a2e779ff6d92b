'use strict';
async function* numbers() { yield 1; }
