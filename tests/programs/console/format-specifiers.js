// Format specifiers in the first argument.
"use strict";
console.log("%s and %s", "a", 1, "extra");
console.log("%d %i %f", "42.5", 42.9, "1.5x", "rest");
console.log("%s %s %s %s %s", undefined, null, true, -0, 1e21);
console.log("%s|%s", { a: 1 }, [1, [2, [3]]]);
console.log("%o ignored %j", 1, { a: [1] });
console.log("%j %j", { a: 1, b: [2] }, "str");
console.log("100%", 5, "%d");
console.log("%% %s %%", "x");
console.log("%x %", "unknown");
console.log("%s");
console.log("%d", "abc", "%s");
console.log("%c styled", "color: red");
console.log(5, "%s", "not first");
console.log("%i %d %f", {}, [], undefined);
console.log("%O", { a: { b: { c: { d: 1 } } } });
console.log("a\n%s", "b");
