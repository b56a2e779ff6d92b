// Error classes made with prototypes.
"use strict";
function AppError(message, code) {
    this.message = message;
    this.code = code;
}
AppError.prototype = Object.create(Error.prototype);
AppError.prototype.constructor = AppError;
AppError.prototype.name = "AppError";
function NotFound(what) { AppError.call(this, what + " not found", 404); this.what = what; }
NotFound.prototype = Object.create(AppError.prototype, { constructor: { value: NotFound }, name: { value: "NotFound" } });
function attempt(f) {
    try { return f(); } catch (e) {
        if (e instanceof NotFound) return "NF:" + e.what + ":" + e.code;
        if (e instanceof AppError) return "App:" + e.message;
        if (e instanceof TypeError) return "Type";
        throw e;
    }
}
console.log(attempt(function () { throw new NotFound("page"); }), attempt(function () { throw new AppError("bad", 1); }), attempt(function () { null.x; }), attempt(function () { return "fine"; }));
try { attempt(function () { throw new RangeError("passes"); }); } catch (e) { console.log(e.name, e.message); }
var n = new NotFound("x");
console.log(String(n), n instanceof Error, Object.prototype.toString.call(n), n.constructor === NotFound, Object.keys(n).join());
function wrap(f) { try { f(); } catch (e) { var w = new Error("wrapped: " + e.message); w.inner = e; throw w; } }
try { wrap(function () { wrap(function () { throw new Error("core"); }); }); } catch (e) { console.log(e.message, e.inner.message, e.inner.inner.message); }
var results = [1, 0, -1].map(function (x) { try { if (x < 0) throw new RangeError("neg"); return x ? "pos" : (function () { throw "zero"; })(); } catch (e) { return e.message || e; } });
console.log(results.join());
