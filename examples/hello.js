// The smallest program: a greeting, with the name given in a template.
"use strict";
const greet = (name) => `Hello, ${name}!`;
console.log(greet("world"));
console.log(greet("jerboa"));
