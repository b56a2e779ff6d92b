// AggregateError: errors first, then message and options.
"use strict"; var e = new AggregateError([1, "two", new TypeError("three")], "several", { cause: 4 });
console.log(e.name, e.message, e.errors.length, e.errors[1], e.cause);
console.log(e instanceof AggregateError, e instanceof Error, String(e));
console.log(Object.getOwnPropertyNames(e).join(), Object.keys(e).length);
console.log(Object.getOwnPropertyDescriptor(e, "errors").enumerable);
console.log(AggregateError("ab").errors, AggregateError.length, AggregateError.name);
console.log(Object.getPrototypeOf(AggregateError) === Error);
[undefined, null, 5, {}, "x"].forEach(function (v) {
    try { console.log(AggregateError(v).errors); } catch (x) { console.log(x.name + ": " + x.message); }
});
