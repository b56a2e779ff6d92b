// A loop without end is stopped; no handler and no finally block gets to see it.
// fuel: 20000
// exit: 4
// stderr: used up its fuel
"use strict";
function spin() {
    try { for (;;) { } } catch (e) { console.log("caught", e); } finally { console.log("finally"); }
}
console.log("start");
try { spin(); } catch (e) { console.log("caught", e); } finally { console.log("finally"); }
