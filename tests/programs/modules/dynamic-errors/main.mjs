// What is wrong with a module that only `import()` asks for is thrown when it is asked for, and nothing of it runs.
const shown = (promise) => promise.then(
    (module) => console.log("loaded", Object.keys(module).join()),
    (error) => console.log(error.name, error instanceof SyntaxError),
);
await shown(import("./broken.mjs"));
await shown(import("./missing.mjs"));
await shown(import("./ambiguous.mjs"));
await shown(import("./around.mjs"));
await shown(import("./good.mjs"));

// Beside the name there may be options.
const order = [];
const options = { get with() { order.push("with"); return { get type() { order.push("type"); return 1; } }; } };
await import("./good.mjs", options).catch((error) => console.log(error.name, order.join()));
await shown(import("./good.mjs", undefined));
await shown(import("./good.mjs", {}));
await import("./good.mjs", 5).catch((error) => console.log(error.name));
try { import("./good.mjs")``; } catch (error) { console.log(error.name); }
