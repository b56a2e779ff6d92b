// exit: 1
// stderr: Uncaught SyntaxError
// Caught, changed and thrown again.
"use strict";
try { JSON.parse("{bad"); } catch (e) { console.log(e.name); throw e; } finally { console.log("finally"); }
